"""Setting a round's judging up: the panel, who judges whom, and who may not."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.queries.judging.panels import candidates_for, seats_of
from app.queries.judging.rounds import RoundFile
from app.queries.judging.shares import named_contestants, panel_sizes
from app.services.judging.conflicts import declare_for
from app.services.judging.panels import replace_judge, seat_at, seat_judge
from app.services.judging.rounds import may_organise, to_organise, to_run
from app.services.judging.sharing import Shared, assign
from app.services.refusals import Invalid
from app.web.access import asked_by, me, signed_in, today
from app.web.judging.forms import PairForm, ReplaceForm, SeatForm, ShareForm
from app.web.judging.lists import blueprint


@blueprint.route("/rounds/<int:round_id>/panel", methods=["GET", "POST"])
@signed_in
def panel(year: int, round_id: int) -> ResponseReturnValue:
    """Show who sits on the panel, and seat one more."""
    file, _by = to_run(round_id, year, asked_by(), lock=False)
    form = SeatForm()
    form.offer(file.rules.parts)
    if form.is_submitted():
        to_organise(round_id, year, asked_by(), lock=False)
    if form.validate_on_submit():
        try:
            name = seat_judge(round_id, year, form.seat(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("%(name)s đã ở trong ban giám khảo.", name=name), "success")
            return redirect(url_for(".panel", year=year, round_id=round_id), 303)
    return _panel_page(file, form), 422 if form.errors else 200


def _panel_page(file: RoundFile, form: SeatForm) -> str:
    return render_template(
        "judging/panel.html",
        file=file,
        form=form,
        seats=seats_of(file.round.id),
        titles={each.code: each.title for each in file.rules.parts},
        candidates=candidates_for(file.unit.id, file.round.district_id, today()),
        organises=may_organise(file, me()),
    )


@blueprint.route("/seats/<int:seat_id>/replace", methods=["GET", "POST"])
@signed_in
def replacement(year: int, seat_id: int) -> ResponseReturnValue:
    """Take a judge off the panel; what they had not made final goes to whoever takes over."""
    seat, form = seat_at(seat_id, year, asked_by()), ReplaceForm()
    if form.validate_on_submit():
        try:
            replace_judge(seat_id, year, form.replacement(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã thay giám khảo."), "success")
            return redirect(url_for(".panel", year=year, round_id=seat.round_id), 303)
    file, _by = to_run(seat.round_id, year, asked_by(), lock=False)
    page = render_template("judging/replacement.html", file=file, seat=seat, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/rounds/<int:round_id>/shares", methods=["GET", "POST"])
@signed_in
def shares(year: int, round_id: int) -> ResponseReturnValue:
    """Share contestants out over the judges of a part; what stands is kept, what lacks is added."""
    file, _by = to_run(round_id, year, asked_by(), lock=False)
    form = ShareForm()
    judged = [each for each in file.rules.parts if each.is_judged]
    form.part.choices = [SelectChoice(each.code, each.title) for each in judged]
    if form.validate_on_submit():
        try:
            made = assign(round_id, year, form.part.data, form.wanted(judged), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            _say_shared(made)
            return redirect(url_for(".progress", year=year, round_id=round_id), 303)
    sizes = panel_sizes(round_id, [each.code for each in judged])
    page = render_template("judging/shares.html", file=file, form=form, parts=judged, sizes=sizes)
    return page, 422 if form.errors else 200


def _say_shared(made: Shared) -> None:
    flash(_("Đã phân công thêm %(number)s phiếu.", number=made.sheets), "success")
    if made.lacking:
        said = _(
            "%(number)s thí sinh chưa đủ giám khảo: cần thêm người không có mối liên quan.",
            number=made.lacking,
        )
        flash(said, "warning")


@blueprint.route("/rounds/<int:round_id>/conflicts", methods=["GET", "POST"])
@signed_in
def conflicts(year: int, round_id: int) -> ResponseReturnValue:
    """Keep a judge from a contestant; a sheet that exists leaves the result."""
    file, _by = to_run(round_id, year, asked_by(), lock=False)
    form = PairForm()
    judges = {seat.account_id: seat.account.name for seat in seats_of(round_id)}
    form.judge.choices = [SelectChoice(str(number), name) for number, name in judges.items()]
    people = named_contestants(round_id)
    form.contestant.choices = [SelectChoice(str(number), name) for number, name in people]
    if form.validate_on_submit():
        pair = (int(form.contestant.data), int(form.judge.data))
        declare_for(round_id, year, pair, form.declared(), by=asked_by())
        flash(_("Đã ghi mối liên quan; phiếu của giám khảo này không tính nữa."), "success")
        return redirect(url_for(".progress", year=year, round_id=round_id), 303)
    page = render_template("judging/conflicts.html", file=file, form=form)
    return page, 422 if form.errors else 200
