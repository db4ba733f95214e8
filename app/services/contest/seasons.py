"""A season: opened by the district, and taken from step to step until it is closed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app import policies
from app.actors import HeldPost
from app.extensions import db
from app.models import Season
from app.policies import Right
from app.queries.contest.season_facts import season_facts
from app.queries.contest.seasons import season_by_id, season_of, season_seen
from app.services.contest.round_layout import lay_out_rounds
from app.services.events import By, Change, found, hash_of, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.contest.plain import to_plain
from workflows.contest.rules import ContestRules
from workflows.contest.season import SEASON, SeasonState
from workflows.contest.timeline import proposed_call
from workflows.engine import Case, NoSuchStep

YEARS = (2000, 2100)
LAYING_OUT = {"open_call", "start_rounds"}


@dataclass(frozen=True, slots=True)
class SeasonPlan:
    """What is said of a season when it is opened."""

    year: int
    title: str
    publish_on: date
    rules: ContestRules


@use_case
def open_season(plan: SeasonPlan, *, by: By) -> int:
    """Open the season of a year in the district that the person works for; return the year.

    Raises:
        Forbidden: they work for no district.
        Invalid: the year has a season already, or publication lies in another year.
    """
    post = _post_of_district(by)
    district_id = post.district_id or post.unit_id
    if seen_before(by.request_key):
        return plan.year
    _check(plan, district_id)
    season = _season_of(plan, district_id, by)
    facts = {"year": plan.year, "publish_on": plan.publish_on.isoformat()}
    found(season, Change("open_season", None, SEASON.initial, facts=facts), replace(by, post=post))
    return plan.year


def _season_of(plan: SeasonPlan, district_id: int, by: By) -> Season:
    call, rules = proposed_call(plan.publish_on), to_plain(plan.rules)
    return Season(
        district_id=district_id,
        year=plan.year,
        title=plan.title,
        state=SEASON.initial,
        publish_on=plan.publish_on,
        call_from=call.begins,
        call_until=call.ends,
        rules=rules,
        rules_hash=hash_of(rules),
        planned={},
        created_by_id=by.actor.account_id if by.actor else None,
    )


def _post_of_district(by: By) -> HeldPost:
    posts = policies.posts_with(by.actor, Right.RUN_CONTEST) if by.actor else []
    held = [each for each in posts if each.unit_id == each.district_id]
    if not held:
        raise Forbidden("not_your_desk")
    return held[0]


def _check(plan: SeasonPlan, district_id: int) -> None:
    first, last = YEARS
    if not first <= plan.year <= last:
        raise Invalid("year", "year_range", first=first, last=last)
    if plan.publish_on.year != plan.year:
        raise Invalid("publish_on", "other_year", year=plan.year)
    if season_of(district_id, plan.year):
        raise Invalid("year", "taken")


def season_run(year: int, by: By) -> tuple[Season, By]:
    """Return a season of the district, locked, and who runs it in the post in which they do.

    Raises:
        NotFound: no such season for this person.
        Forbidden: it is not theirs to run.
    """
    seen = season_seen(by.actor.posts, year) if by.actor else None
    if seen is None or by.actor is None:
        raise NotFound
    posts = policies.posts_with(by.actor, Right.RUN_CONTEST)
    held = [each for each in posts if each.unit_id == seen.district_id]
    if not held:
        raise Forbidden("not_your_desk")
    season: Any = season_by_id(seen.id, lock=True)
    return season, replace(by, post=held[0])


@use_case
def take_season_step(year: int, step: str, reason: str, *, by: By, seen: int) -> str:
    """Take a step of a season that a person asks for; return the state that follows.

    Raises:
        NotFound: no such season for this person.
        Forbidden: it is not theirs to run.
        Stale: somebody changed it since.
        NoSuchStep: there is no such step here, or another act takes it.
        Refused: requirements are not met; all of them are named.
    """
    season, by = season_run(year, by)
    if event := seen_before(by.request_key):
        return event.to_state or season.state
    check_version(season, seen)
    if SEASON.step_from(season.state, step).through:
        raise NoSuchStep(season.state, step)
    return advance_season(season, step, by, reason=reason)


def advance_season(
    season: Season, step: str, by: By, *, reason: str = "", facts: dict[str, Any] | None = None
) -> str:
    """Take a step of a locked season within a running transaction; return the state that follows.

    Raises:
        NoSuchStep: there is no such step here.
        Refused: requirements are not met; all of them are named.
    """
    case = Case(str(season.state), season_facts(season, by.now, reason))
    SEASON.fire(case, step)
    before, season.state = season.state, case.state
    if step in LAYING_OUT:
        lay_out_rounds(season, by)
    record(season, Change(step, before, case.state, reason, facts or {}), by)
    db.session.flush()
    return str(SeasonState(case.state))
