"""The seasons of the contest: the list, opening one, the page that leads on, its steps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.contest.entries import takes_entries
from app.queries.contest.roles import roles_in
from app.queries.contest.season_facts import competing, season_facts
from app.queries.contest.seasons import (
    call_ends,
    extensions_of,
    rounds_of,
    rules_of,
    seasons_of,
)
from app.queries.dossiers import history_of
from app.queries.units.tree import unit_by_id
from app.services.contest.rules_file import example, example_names
from app.services.contest.seasons import SeasonPlan, open_season, take_season_step
from app.services.refusals import Forbidden, Invalid
from app.web.access import asked_by, me, needs, now, signed_in, today
from app.web.contest.at_hand import exists_for_me, runs, season_at, season_run_by_me, usual_year
from app.web.contest.forms import OpenForm, StepForm
from app.web.contest.line import line_of
from app.web.fields import KeyedForm
from app.web.filters import unmet, word
from workflows.contest.rules import ContestRules
from workflows.contest.season import SEASON
from workflows.contest.season_facts import SeasonFacts
from workflows.contest.timeline import founding_day
from workflows.engine import Refused, Step, Unmet
from workflows.levels import Level

blueprint = Blueprint("contests", __name__, url_prefix="/contests")
blueprint.app_context_processor(lambda: {"contest_year": usual_year})
EMPTY, LAST = "empty", "last"
# Steps that ask for a reason on a page of their own.
REASONED = {"resume_rounds", "correct"}


@blueprint.get("")
@signed_in
def listing() -> ResponseReturnValue:
    """List the seasons of my district."""
    seasons = [each for each in seasons_of(me().posts) if exists_for_me(each)]
    return render_template("contest/listing.html", seasons=seasons, may_open=_may_open())


def _may_open() -> bool:
    posts = policies.posts_with(me(), Right.RUN_CONTEST)
    return any(each.unit_id == each.district_id for each in posts)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def new() -> ResponseReturnValue:
    """Open a season, with rules to begin from."""
    if not _may_open():
        raise Forbidden("not_your_desk")
    before = seasons_of(me().posts)
    form = OpenForm(data=_usual({each.year for each in before}))
    form.offer(_starts(before))
    if form.validate_on_submit():
        plan = SeasonPlan(
            form.year.data or 0,
            form.title.data,
            form.publish_on.day or today(),
            _first_rules(form.start.data, before, form.title.data),
        )
        try:
            made = open_season(plan, by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã lập mùa hội thi. Tiếp theo: xem lại thể lệ và các mốc ngày."), "receipt")
            return redirect(url_for(".show", year=made), 303)
    return render_template("contest/new.html", form=form), 422 if form.errors else 200


def _usual(taken: Collection[int]) -> dict[str, Any]:
    """Return what a new season begins with, in the first year that has none yet."""
    year = next(each for each in count(usual_year()) if each not in taken)
    title = _("Hội thi Bí thư chi đoàn giỏi")
    return {"year": year, "title": title, "publish_on": founding_day(year)}


def _starts(before: Sequence[Any]) -> list[tuple[str, str]]:
    titles = {
        "default": _("Mẫu của chương trình (đề xuất)"),
        "long_hai_2020": _("Thể lệ Long Hải 2020 (một phần điền thêm)"),
        "nong_lam_2024": _("Hội thi Nông Lâm 2024 (một phần điền thêm)"),
    }
    last = [(LAST, _("Thể lệ năm %(year)s của đơn vị", year=before[0].year))] if before else []
    named = [(name, titles.get(name, name)) for name in example_names()]
    return [*last, *named, (EMPTY, _("Để trống, tự soạn từ đầu"))]


def _first_rules(start: str, before: Sequence[Any], title: str) -> ContestRules:
    if start == LAST and before:
        return rules_of(before[0])
    return example(start) if start in example_names() else ContestRules(title, ())


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that can be taken from here, and everything that closes it now."""

    step: Step
    unmet: tuple[Unmet, ...]

    @property
    def needs_reason(self) -> bool:
        """Whether the step is taken on a page of its own."""
        return self.step.name in REASONED


@blueprint.get("/<int:year>")
@signed_in
def show(year: int) -> ResponseReturnValue:
    """Show a season: where it stands, its days, its rounds, what can be done now."""
    season = season_at(year)
    rules, mine = rules_of(season), runs(season)
    rounds = _rounds_shown(season.id, mine=mine)
    may_set = _rounds_i_run(rounds)
    return render_template(
        "contest/show.html",
        season=season,
        rules=rules,
        rounds=rounds,
        competing=_competing(season.id, may_set),
        line=line_of(season, rules, rounds),
        states=list(SEASON.states),
        extensions=extensions_of(season.id),
        runs=mine,
        roles=roles_in(season.id, me()),
        offers=_offers(season.state, season_facts(season, now())) if mine else [],
        may_set=may_set,
        own=_own_units(),
        history=history_of(season.id, "contest_seasons") if mine else [],
        enters=_enters(season),
        sees_entries=bool(policies.posts_with(me(), Right.LOOK)),
        form=KeyedForm(data={"seen": str(season.version)}),
    )


def _own_units() -> set[int]:
    return {each.unit_id for each in policies.posts_with(me(), Right.RUN_CONTEST)}


def _rounds_shown(season_id: int, *, mine: bool) -> list[Any]:
    """List the rounds that concern me, those of my own units first; who runs it sees all."""
    rounds, own = (
        [each for each in rounds_of(season_id) if mine or _concerns_me(each)],
        _own_units(),
    )
    return sorted(rounds, key=lambda each: each.unit_id not in own)


def _competing(season_id: int, rounds: Collection[int]) -> Mapping[int, int]:
    """Count who competes in some rounds."""
    return {number: len(each) for number, each in competing(season_id).items() if number in rounds}


def _enters(season: Any) -> bool:  # noqa: ANN401
    """Whether a branch that I prepare for may enter now; a commune only looks at its entries."""
    held = policies.posts_with(me(), Right.PREPARE)
    posts = [each for each in held if each.level is Level.BRANCH]
    mine = [unit for each in posts if (unit := unit_by_id(each.unit_id))]
    return any(takes_entries(season, call_ends(season, unit), now()) for unit in mine)


def _offers(state: str, facts: SeasonFacts) -> list[Offer]:
    steps = [each for each in SEASON.steps_from(state) if not each.through]
    asked = [(each, [claim for claim in each.requires if not claim.of_answer]) for each in steps]
    return [
        Offer(each, tuple(reason for claim in claims if (reason := claim(facts))))
        for each, claims in asked
    ]


def _concerns_me(held: Any) -> bool:  # noqa: ANN401
    """Whether a round is that of my district, or of a unit on my way up or, merged, below mine."""
    paths, place = [each.path for each in me().posts], held.unit.path
    return held.unit_id == held.district_id or any(
        path.startswith(place) or place.startswith(path) for path in paths
    )


def _rounds_i_run(rounds: Sequence[Any]) -> set[int]:
    posts = policies.posts_with(me(), Right.RUN_CONTEST)
    return {each.id for each in rounds if any(held.reaches(each.unit.path) for held in posts)}


@blueprint.route("/<int:year>/steps/<step>", methods=["GET", "POST"])
@needs(Right.RUN_CONTEST)
def take(year: int, step: str) -> ResponseReturnValue:
    """Take a step of a season; one that needs a reason asks for it first."""
    season = season_run_by_me(year)
    SEASON.step_from(season.state, step)
    form = StepForm() if step in REASONED else KeyedForm()
    if not form.is_submitted():
        form.seen.data = str(season.version)
        return _step_page(season, step, form, ())
    if not form.validate():
        return _step_page(season, step, form, ())
    reason = form.reason.data if isinstance(form, StepForm) else ""
    try:
        take_season_step(year, step, reason, by=asked_by(), seen=form.version())
    except Refused as error:
        return _step_page(season, step, form, error.unmet)
    stands = word(season_at(year).state, "season_state")
    flash(_("Mùa hội thi nay ở bước: %(state)s.", state=stands), "receipt")
    return redirect(url_for(".show", year=year), 303)


def _step_page(
    season: Any,  # noqa: ANN401
    step: str,
    form: KeyedForm,
    reasons: Sequence[Unmet],
) -> ResponseReturnValue:
    said = [unmet(each) for each in reasons]
    page = render_template("contest/step.html", season=season, step=step, form=form, reasons=said)
    return page, 422 if form.errors or reasons else 200
