"""The chair's pages: how far the round is, who is late, and what only the chair decides."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.queries.judging.panels import has_chair, is_chair, judge_lines, sits_on
from app.queries.judging.progress import counted, declared_in, late_sheets, stands_of
from app.services.judging.closing import end_round, go_on
from app.services.judging.panels import remind
from app.services.judging.reopening import reopen, sheet_led
from app.services.judging.rounds import may_organise, round_seen, to_lead
from app.services.refusals import Invalid
from app.services.results.access import sees_ranking
from app.web.access import asked_by, me, now, signed_in
from app.web.fields import KeyedForm, as_number
from app.web.judging.forms import ReasonForm
from app.web.judging.lists import blueprint


@blueprint.get("/rounds/<int:round_id>/judging")
@signed_in
def progress(year: int, round_id: int) -> ResponseReturnValue:
    """Show how far a round is: counts and names, and never a score."""
    file = round_seen(round_id, year, me())
    stands = stands_of(round_id, file.rules.parts)
    return render_template(
        "judging/progress.html",
        file=file,
        hour=file.hour(now()),
        judges=judge_lines(round_id),
        stands=stands,
        counted=counted(stands),
        late=late_sheets(round_id),
        conflicts=declared_in(round_id),
        leads=is_chair(round_id, me().account_id),
        has_chair=has_chair(round_id),
        organises=may_organise(file, me()),
        sees_ranking=sees_ranking(round_id, year, me()),
        judges_here=sits_on(round_id, me().account_id),
        form=KeyedForm(formdata=None),
    )


@blueprint.post("/rounds/<int:round_id>/reminders")
@signed_in
def reminders(year: int, round_id: int) -> ResponseReturnValue:
    """Remind a judge, or everybody who still owes sheets; once a day each."""
    number = remind(round_id, year, as_number(request.form.get("judge")), by=asked_by())
    said = ngettext("Đã nhắc %(num)s giám khảo.", "Đã nhắc %(num)s giám khảo.", number)
    flash(said if number else _("Hôm nay đã nhắc rồi."), "success" if number else "info")
    return back_to_progress(year, round_id)


@blueprint.post("/rounds/<int:round_id>/end")
@signed_in
def end(year: int, round_id: int) -> ResponseReturnValue:
    """End the judging of a round."""
    end_round(round_id, year, by=asked_by())
    flash(_("Đã kết thúc chấm vòng này."), "success")
    return back_to_progress(year, round_id)


@blueprint.route("/rounds/<int:round_id>/go-on", methods=["GET", "POST"])
@signed_in
def again(year: int, round_id: int) -> ResponseReturnValue:
    """Take scores again in a round that was ended too early."""
    file, _by = to_lead(round_id, year, asked_by(), lock=False)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            go_on(round_id, year, form.reason.data or "", by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Vòng này nhận điểm tiếp."), "success")
            return back_to_progress(year, round_id)
    page = render_template("judging/again.html", file=file, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/sheets/<int:sheet_id>/reopen", methods=["GET", "POST"])
@signed_in
def let_in(year: int, sheet_id: int) -> ResponseReturnValue:
    """Reopen a final sheet for its judge, or let one in after the round, with a reason."""
    file, form = sheet_led(sheet_id, year, asked_by()), ReasonForm()
    if form.validate_on_submit():
        reopen(sheet_id, year, form.reason.data or "", by=asked_by(), seen=form.version())
        flash(_("Đã mở phiếu cho giám khảo."), "success")
        return back_to_progress(year, file.sheet.round_id)
    if not form.is_submitted():
        form.seen.data = str(file.sheet.version)
    page = render_template("judging/let_in.html", file=file, form=form)
    return page, 422 if form.errors else 200


def back_to_progress(year: int, round_id: int) -> ResponseReturnValue:
    """Lead back to how far the round is."""
    return redirect(url_for(".progress", year=year, round_id=round_id), 303)
