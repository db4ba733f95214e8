"""Publishing the result, the district's decision on awards, and the data of certificates."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.contest.season_facts import season_facts
from app.queries.results.publications import entries_per_commune, publications_of
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.results.publishing import (
    decide_awards,
    decides_awards,
    publish,
    season_to_publish,
    snapshot,
)
from app.web.access import asked_by, now, signed_in, today
from app.web.exports import export
from app.web.results.forms import DecisionForm, PublishForm
from app.web.results.ranking import blueprint
from workflows.contest.season import SEASON, SeasonState
from workflows.engine import Refused, Unmet


@blueprint.route("/publish", methods=["GET", "POST"])
@signed_in
def publication(year: int) -> ResponseReturnValue:
    """Show what would be published and everything that is missing; publish it."""
    form = PublishForm()
    if form.validate_on_submit() and (done := _published(year, form)):
        return done
    season = _mine(year)
    status = 422 if form.is_submitted() else 200
    if status == 200:  # noqa: PLR2004
        form.seen.data = str(season.version)
    return _page(season, form, DecisionForm(formdata=None)), status


def _published(year: int, form: PublishForm) -> ResponseReturnValue | None:
    """Publish, or show at the form why not; what is missing stands on the page anyhow."""
    try:
        number = publish(year, form.reason.data or "", by=asked_by(), seen=form.version())
    except Invalid as error:
        form.refuse(error)
    except Refused:
        form.form_errors = [_("Chưa công bố được: xem các mục còn thiếu.")]
    else:
        flash(_("Đã công bố lần %(number)s.", number=number), "receipt")
        return redirect(url_for(".publication", year=year), 303)
    return None


def _mine(year: int) -> Any:  # noqa: ANN401
    season, _by = season_to_publish(year, asked_by(), lock=False)
    return season


def _unmet(season: Any) -> list[Unmet]:  # noqa: ANN401
    if season.state != SeasonState.DELIBERATION:
        return []
    return SEASON.step_from(season.state, "publish").unmet(season_facts(season, now()))


def _decides(year: int) -> bool:
    _season, by = season_to_publish(year, asked_by(), lock=False)
    return decides_awards(by)


def _page(season: Any, form: PublishForm, decision: DecisionForm) -> str:  # noqa: ANN401
    made, entries = publications_of(season.id), entries_per_commune(season.id)
    may_publish = season.state == SeasonState.DELIBERATION
    return render_template(
        "results/publish.html",
        season=season,
        form=form,
        decision=decision,
        unmet=_unmet(season),
        awards_now=snapshot(season)[0]["awards"] if may_publish else [],
        made=made,
        decides=_decides(season.year),
        may_publish=may_publish,
        pictured=[(name, [number]) for name, number in entries],
    )


@blueprint.post("/awards")
@signed_in
def awards(year: int) -> ResponseReturnValue:
    """Record the district's decision on the awards."""
    season, form = _mine(year), DecisionForm()
    if form.validate():
        ref, day = form.decision_ref.data or "", form.decided_on.day or today()
        try:
            decide_awards(year, ref, day, by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã ghi quyết định khen thưởng."), "receipt")
            return redirect(url_for(".publication", year=year), 303)
    season = _mine(year)
    shown = PublishForm(formdata=None)
    shown.seen.data = str(season.version)
    return _page(season, shown, form), 422


@blueprint.get("/awards/export")
@signed_in
def awards_export(year: int) -> ResponseReturnValue:
    """Give the awards as a file: what certificates are printed from."""
    season, by = season_to_publish(year, asked_by(), lock=False)
    made = publications_of(season.id)
    if not made:
        raise NotFound
    if by.post is None:
        raise Forbidden("not_your_desk")
    heads = [_("Giải"), _("Họ và tên"), _("Chi đoàn"), _("Đoàn cơ sở"), _("Số quyết định")]
    lines = [
        (each["award"], each["name"], each["branch"], each["commune"], made[0].decision_ref)
        for each in made[0].content["awards"]
    ]
    return export("giai-hoi-thi", _("Giải hội thi"), heads, lines)
