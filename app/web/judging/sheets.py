"""A judge's score sheet: drafts, final, and what is said where it is refused."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.judging.debates import Meeting, meeting_of
from app.queries.judging.sheets import SheetFile, marks_of, next_sheet, sheet_file, sheets_of
from app.queries.judging.ties import ties_of
from app.services.judging.conflicts import declare_own
from app.services.judging.sheets import Faulty, Handed, hand_in
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.web.access import asked_by, me, now, signed_in
from app.web.filters import moment
from app.web.judging.forms import ConflictForm
from app.web.judging.lists import blueprint
from app.web.judging.score_sheet import SheetForm, boxes_of
from workflows.contest.conflicts import conflict_of
from workflows.contest.hours import takes_scores
from workflows.contest.marking import Fault, Mark

FINAL, DRAFT_NEXT = "final", "draft_next"


def my_sheet(sheet_id: int, year: int) -> SheetFile:
    """Return a sheet of mine that counts.

    Raises:
        NotFound: I have no such sheet.
        Forbidden: something stands between me and the contestant (statement 36).
    """
    file, judge = sheet_file(sheet_id, year), me().account_id
    if file is None or file.sheet.judge_id != judge or not file.counts:
        raise NotFound
    if conflict_of(ties_of([judge])[judge], file.entrant, file.round_file.unit.path):
        raise Forbidden("judge_conflict")
    return file


@blueprint.route("/sheets/<int:sheet_id>", methods=["GET", "POST"])
@signed_in
def sheet(year: int, sheet_id: int) -> ResponseReturnValue:
    """Show a sheet of mine; save it as a draft or make it final, and lead on to the next."""
    form = SheetForm()
    if not form.is_submitted():
        file = my_sheet(sheet_id, year)
        form.seen.data, form.comment.data = str(file.sheet.version), file.sheet.comment
        return _page(file, form, marks_of(sheet_id)), 200
    if not form.validate():
        return _again(year, sheet_id, form, {}), 422
    wish = request.form.get("do", "")
    try:
        handed = hand_in(
            *(sheet_id, year, form.filled()),
            is_final=wish == FINAL,
            by=asked_by(),
            seen=form.version(),
        )
    except Faulty as refusal:
        return _again(year, sheet_id, form, refusal.faults), 422
    except Stale as stale:
        return _again(year, sheet_id, form, {}, reason=_overtaken(stale)), 409
    if handed is Handed.LATE:
        return _again(year, sheet_id, form, {}, reason=_too_late()), 422
    return _onwards(year, sheet_id, wish, handed)


def _onwards(year: int, sheet_id: int, wish: str, handed: Handed) -> ResponseReturnValue:
    """Lead to the next sheet, back to this one, or to the list once nothing is left."""
    done = _("Đã chốt điểm.") if handed is Handed.FINAL else _("Đã lưu nháp.")
    flash(done, "success")
    if wish not in {FINAL, DRAFT_NEXT}:
        return redirect(url_for(".sheet", year=year, sheet_id=sheet_id), 303)
    if after := next_sheet(me().account_id, sheet_id):
        return redirect(url_for(".sheet", year=year, sheet_id=after), 303)
    return redirect(url_for(".mine", year=year), 303)


def _again(
    year: int, sheet_id: int, form: SheetForm, faults: Mapping[str, Fault], *, reason: str = ""
) -> str:
    """Show what was typed again, beside what is wrong, and what is on record where it differs."""
    file = my_sheet(sheet_id, year)
    form.seen.data = str(file.sheet.version)
    return _page(file, form, form.marks(file.part), faults=faults, reason=reason)


def _page(
    file: SheetFile,
    form: SheetForm,
    typed: Mapping[str, Mark],
    *,
    faults: Mapping[str, Fault] | None = None,
    reason: str = "",
) -> str:
    kept = marks_of(file.sheet.id) if form.is_submitted() else None
    hour = file.round_file.hour(now())
    return render_template(
        "judging/sheet.html",
        file=file,
        form=form,
        boxes=boxes_of(file.part, typed, kept=kept, faults=faults),
        fault=(faults or {}).get(""),
        reason=reason,
        hour=hour,
        is_open=takes_scores(hour, let_in=file.sheet.let_in_at is not None),
        mine=_beside(file),
        meeting=_meeting(file),
    )


def _meeting(file: SheetFile) -> Meeting | None:
    is_debate = file.part in file.round_file.rules.debates
    return meeting_of(file.contestant.id, file.part.code) if is_debate else None


def _beside(file: SheetFile) -> object:
    """Return the list that a sheet stands in: how many are final, which comes next."""
    lists = sheets_of(me().account_id, file.round_file.season.year)
    place = (file.sheet.round_id, file.sheet.part)
    return next(each for each in lists if (each.file.round.id, each.part.code) == place)


def _overtaken(stale: Stale) -> str:
    """Say that the sheet changed since it was opened."""
    who = stale.last.who if stale.last else ""
    time = moment(stale.last.at) if stale.last else ""
    said = _("Phiếu này đã đổi từ khi đồng chí mở (%(who)s, lúc %(time)s).", who=who, time=time)
    kept = _("Điểm vừa ghi vẫn còn đây: xem lại rồi gửi.")
    return f"{said} {kept}"


def _too_late() -> str:
    said = _("Vòng thi đã hết giờ nhận điểm nên điểm này chưa được tính.")
    seen = _("Trưởng ban giám khảo đã thấy lần gửi này và có thể mở phiếu cho đồng chí.")
    return f"{said} {seen}"


@blueprint.route("/sheets/<int:sheet_id>/conflict", methods=["GET", "POST"])
@signed_in
def step_back(year: int, sheet_id: int) -> ResponseReturnValue:
    """Declare what stands between me and a contestant: the sheet goes to somebody else."""
    form = ConflictForm()
    if form.validate_on_submit():
        try:
            declare_own(sheet_id, year, form.declared(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã ghi. Thí sinh này sẽ có giám khảo khác."), "success")
            return redirect(url_for(".mine", year=year), 303)
    page = render_template("judging/step_back.html", file=my_sheet(sheet_id, year), form=form)
    return page, 422 if form.errors else 200
