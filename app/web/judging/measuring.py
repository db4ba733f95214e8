"""What contestants get beside the judges' points: bonus, penalty, the time they needed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.queries.judging.extras import extras_of, times_of
from app.queries.judging.rounds import RoundFile
from app.queries.judging.shares import named_contestants
from app.services.judging.measuring import adjust, time_part
from app.services.judging.rounds import to_lead, to_run
from app.services.refusals import Invalid
from app.web.access import asked_by, signed_in
from app.web.judging.forms import ExtraForm, TimeForm
from app.web.judging.lists import blueprint


@blueprint.route("/rounds/<int:round_id>/extras", methods=["GET", "POST"])
@signed_in
def extras(year: int, round_id: int) -> ResponseReturnValue:
    """Give bonus or penalty points, each with its reason."""
    file, _by = to_lead(round_id, year, asked_by(), lock=False)
    form = ExtraForm()
    _offer(file, form)
    if form.validate_on_submit():
        try:
            adjust(round_id, year, form.extra(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã ghi điểm cộng, điểm trừ."), "success")
            return redirect(url_for(".extras", year=year, round_id=round_id), 303)
    page = render_template("judging/extras.html", file=file, form=form, lines=extras_of(round_id))
    return page, 422 if form.errors else 200


@blueprint.route("/rounds/<int:round_id>/times", methods=["GET", "POST"])
@signed_in
def times(year: int, round_id: int) -> ResponseReturnValue:
    """Write down how long contestants needed."""
    file, _by = to_run(round_id, year, asked_by(), lock=False)
    timed = next((each.code for each in file.rules.parts if each.time_points), None)
    form = TimeForm(data={"part": timed})
    _offer(file, form)
    if form.validate_on_submit():
        try:
            time_part(round_id, year, form.needed(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã ghi thời gian."), "success")
            return redirect(url_for(".times", year=year, round_id=round_id), 303)
    page = render_template("judging/times.html", file=file, form=form, lines=times_of(round_id))
    return page, 422 if form.errors else 200


def _offer(file: RoundFile, form: ExtraForm | TimeForm) -> None:
    """Offer the contestants of a round and its parts."""
    people = named_contestants(file.round.id)
    form.contestant.choices = [SelectChoice(str(number), name) for number, name in people]
    form.part.choices = [SelectChoice(each.code, each.title) for each in file.rules.parts]
