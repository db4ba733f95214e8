"""Writing a part of a transfer: what is on file is shown, mistakes keep what was typed."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.queries.transfers import TransferFile, places_from
from app.queries.units.tree import unit_by_id
from app.services.dossiers import file_for
from app.services.refusals import Forbidden, Invalid, Stale
from app.services.transfer.parts import PART_FIELDS, may_open, save_part
from app.web.access import asked_by, me, today
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.filters import moment, word
from app.web.transfer.forms import OUT, MoveForm, form_of
from workflows.transfer_facts import Kind, Part


def section(file: TransferFile, name: str) -> ResponseReturnValue:
    """Answer GET and POST of a part's form."""
    part = next((each for each in PART_FIELDS if each.value == name), None)
    if part is None:
        abort(404)
    if not policies.may_write(me(), file.dossier):
        raise Forbidden("not_your_desk")
    if not may_open(file, part):
        raise Forbidden("section_closed")
    return _answer(file, part)


def _answer(file: TransferFile, part: Part) -> ResponseReturnValue:
    if wants_later():
        title = f"{file.dossier.ref} {file.dossier.person_name}: {word(part, 'section')}"
        return put_aside(title)
    form = _form(file, part)
    if form.validate_on_submit():
        return _save(file, part, form)
    return _page(file, part, form), 422 if form.errors else 200


def _form(file: TransferFile, part: Part) -> Any:  # noqa: ANN401
    make: Any = form_of(part, file.transfer.kind)
    form = resumed(make, data=_on_file(file, part) | {"seen": file.dossier.version})
    if isinstance(form, MoveForm):
        commune = unit_by_id(file.dossier.commune_id)
        form.offer(places_from(file.branch, commune, today()) if commune else [])
    return form


def _on_file(file: TransferFile, part: Part) -> dict[str, Any]:
    found = {name: getattr(file.transfer, name) for name in PART_FIELDS[part]}
    if part is Part.MOVE:
        place = found["destination_id"]
        outside = OUT if file.transfer.kind is Kind.OUT else ""
        found["destination_id"] = str(place) if place else outside
    return found


def _save(file: TransferFile, part: Part, form: Any) -> ResponseReturnValue:  # noqa: ANN401
    ref, by = file.dossier.ref, asked_by(form.request_key.data)
    try:
        receipt = save_part(ref, part, form.values(), by=by, seen=form.version())
    except Stale as stale:
        fresh: Any = file_for(ref, me(), lock=False)
        form.seen.data = str(stale.version)
        return _page(fresh, part, form, stale=stale), 409
    except Invalid:
        form.destination_id.errors = [_("Không chuyển đến đơn vị này được. Chọn nơi khác.")]
        return _page(file, part, form), 422
    finished()
    saved = _(
        "Đã lưu mục %(name)s lúc %(time)s.", name=word(part, "section"), time=moment(receipt.at)
    )
    flash(saved, "success")
    return redirect(url_for("dossiers.show", ref=ref), 303)


def _page(
    file: TransferFile,
    part: Part,
    form: Any,  # noqa: ANN401
    *,
    stale: Stale | None = None,
) -> str:
    return render_template(
        "dossiers/section.html",
        file=file,
        dossier=file.dossier,
        section=part,
        form=form,
        uploads=None,
        stale=stale,
        on_file=_on_file(file, part),
    )
