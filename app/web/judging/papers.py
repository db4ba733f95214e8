"""Typing a sheet from paper: two people do it, and see where they differ."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.judging.sheets import SheetFile
from app.queries.judging.typings import TypingLine, both_typings
from app.services.judging.papers import Typed, sheet_to_type, type_paper
from app.services.judging.sheets import Faulty
from app.web.access import asked_by, me, signed_in
from app.web.judging.chairing import back_to_progress
from app.web.judging.lists import blueprint
from app.web.judging.score_sheet import SheetForm, boxes_of
from workflows.contest.marking import Fault, Mark
from workflows.contest.rules import Criterion


@blueprint.route("/sheets/<int:sheet_id>/paper", methods=["GET", "POST"])
@signed_in
def paper(year: int, sheet_id: int) -> ResponseReturnValue:
    """Type a paper sheet; it is final once a second person typed the same points."""
    form = SheetForm()
    if not form.validate_on_submit():
        file = sheet_to_type(sheet_id, year, asked_by())
        return _page(file, form, form.marks(file.part)), 422 if form.errors else 200
    try:
        typed = type_paper(sheet_id, year, form.filled(), by=asked_by())
    except Faulty as refusal:
        file = sheet_to_type(sheet_id, year, asked_by())
        return _page(file, form, form.marks(file.part), faults=refusal.faults), 422
    return _typed(year, sheet_id, typed)


def _typed(year: int, sheet_id: int, typed: Typed) -> ResponseReturnValue:
    if typed.differs:
        flash(_("Hai người nhập khác nhau: xem lại phiếu giấy."), "warning")
        return redirect(url_for(".paper", year=year, sheet_id=sheet_id), 303)
    said = _("Hai người nhập giống nhau: phiếu đã chốt.") if typed.is_final else ""
    flash(said or _("Đã nhập lần một; cần một người khác nhập lần hai."), "success")
    return back_to_progress(year, typed.round_id)


def _page(
    file: SheetFile,
    form: SheetForm,
    typed: Mapping[str, Mark],
    *,
    faults: Mapping[str, Fault] | None = None,
) -> str:
    """Draw the sheet; the other typing is shown only beside an own one."""
    both = both_typings(file.sheet.id, me().account_id)
    return render_template(
        "judging/paper.html",
        file=file,
        form=form,
        boxes=boxes_of(file.part, typed, faults=faults),
        fault=(faults or {}).get(""),
        names=[each.name for each in both],
        rows=[_compared(each, both) for each in file.part.criteria],
    )


def _compared(criterion: Criterion, both: Sequence[TypingLine]) -> tuple[str, list[str], bool]:
    """Return a criterion, what each typed there, and whether that differs."""
    points = [each.scores.get(criterion.code, [None])[0] or "" for each in both]
    return criterion.title, points, len(set(points)) > 1
