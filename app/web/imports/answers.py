"""Answers to doubtful rows: the same person, or somebody else and why (statement 31)."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.services.imports.previewing import answer_doubts, call_the_rest_same
from app.services.refusals import Invalid
from app.web.access import asked_by, needs
from app.web.fields import SHORT, as_number, stripped
from app.web.imports.routes import WRONG, blueprint, page

ANSWER, REASON = "answer-", "reason-"


@blueprint.post("/<uuid:import_id>/answers")
@needs(Right.IMPORT)
def answer(import_id: UUID) -> ResponseReturnValue:
    """Keep the answers of one page; somebody new needs a reason."""
    try:
        answer_doubts(import_id, _typed(ANSWER), _typed(REASON), by=asked_by())
    except Invalid as error:
        said = _("Dòng %(row)s: ghi vì sao là người khác.", row=error.field)
        return page(import_id, said=said, blamed=int(error.field), status=WRONG)
    flash(_("Đã lưu các câu trả lời."), "success")
    return _back(import_id)


@blueprint.post("/<uuid:import_id>/same")
@needs(Right.IMPORT)
def same(import_id: UUID) -> ResponseReturnValue:
    """Say of all doubtful rows without an answer that they are the same person."""
    call_the_rest_same(import_id, by=asked_by())
    return _back(import_id)


def _typed(kind: str) -> dict[int, str]:
    found = {as_number(name.removeprefix(kind)): name for name in request.form if kind in name}
    return {
        number: stripped(request.form[name])[:SHORT]
        for number, name in found.items()
        if number is not None
    }


def _back(import_id: UUID) -> ResponseReturnValue:
    after = request.args.get("after")
    place = url_for("imports.show", import_id=import_id, rows="doubtful", after=after)
    return redirect(place, 303)
