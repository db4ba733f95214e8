"""The days of a season: all of them at once, more time to enter, and the days of one round."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.contest.seasons import call_ends, rules_of
from app.queries.units.tree import tree_of, unit_by_id
from app.services.contest.round_layout import planned_days
from app.services.contest.season_days import extend_call, round_run, set_days, set_round_days
from app.services.refusals import Invalid
from app.web.access import asked_by, needs, today
from app.web.contest.at_hand import season_at, season_run_by_me
from app.web.contest.forms import ExtensionForm, RoundDaysForm, days_form, held_days
from app.web.contest.seasons import blueprint
from workflows.contest.season import SeasonState


@blueprint.route("/<int:year>/days", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def days(year: int) -> ResponseReturnValue:
    """Set the title of a season and all its days."""
    season = season_run_by_me(year)
    rounds = rules_of(season).rounds
    form = days_form(rounds, held_days(season, planned_days(season)))
    if form.validate_on_submit():
        try:
            set_days(year, form.days(rounds), by=asked_by(), seen=form.version())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã lưu các mốc ngày."), "receipt")
            return redirect(url_for(".show", year=year), 303)
    if not form.is_submitted():
        form.seen.data = str(season.version)
    opened = season.state == SeasonState.CALL_OPEN
    shown = {"season": season, "rounds": rounds, "form": form, "opened": opened}
    return render_template("contest/days.html", **shown), 422 if form.errors else 200


@blueprint.route("/<int:year>/extend", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def extend(year: int) -> ResponseReturnValue:
    """Give the district, or a unit of it, more time to enter."""
    season = season_run_by_me(year)
    district: Any = unit_by_id(season.district_id)
    form = ExtensionForm()
    form.offer([district, *(line.unit for line in tree_of(district, today()))])
    if form.validate_on_submit():
        try:
            extend_call(year, form.wanted(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã gia hạn đăng ký."), "receipt")
            return redirect(url_for(".show", year=year), 303)
    shown = {"season": season, "form": form, "ends": call_ends(season, district)}
    return render_template("contest/extend.html", **shown), 422 if form.errors else 200


@blueprint.route("/<int:year>/rounds/<int:round_id>/days", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def round_days(year: int, round_id: int) -> ResponseReturnValue:
    """Set when and where a unit holds its round."""
    held, form = _round_at(year, round_id)
    if form.validate_on_submit():
        try:
            set_round_days(year, round_id, form.days(), by=asked_by(), seen=form.version())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã lưu ngày giờ, nơi thi."), "receipt")
            return redirect(url_for(".show", year=year), 303)
    title = rules_of(held.season).round(held.code).title
    shown = {"season": held.season, "held": held, "title": title, "form": form}
    return render_template("contest/round_days.html", **shown), 422 if form.errors else 200


def _round_at(year: int, round_id: int) -> tuple[Any, RoundDaysForm]:
    season_at(year)
    held, _by = round_run(year, round_id, asked_by())
    stored = {"begins": held.opens_at, "ends": held.closes_at, "place": held.place}
    form = RoundDaysForm(data=stored)
    if not form.is_submitted():
        form.seen.data = str(held.version)
    return held, form
