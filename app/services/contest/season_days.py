"""The days of a season: planned by the district, kept for each round, extended with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import policies
from app.extensions import db
from app.models import ContestExtension, ContestRound, Season, Unit
from app.policies import Right
from app.queries.contest.seasons import call_ends, round_by_id, rounds_of
from app.queries.units.tree import unit_by_id
from app.services.contest.round_layout import planned_days, written_days
from app.services.contest.seasons import season_run
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import TIME_ZONE
from workflows.contest.season import TAKING_ENTRIES, WRITING, SeasonState
from workflows.contest.timeline import Stretch

OVER = {SeasonState.PUBLISHED, SeasonState.CLOSED}


@dataclass(frozen=True, slots=True)
class SeasonDays:
    """The days that the district sets: publication, the call, and each round by its code."""

    title: str
    publish_on: date
    call: Stretch
    rounds: Mapping[str, Stretch]


@dataclass(frozen=True, slots=True)
class RoundDays:
    """When and where a unit holds its round; a reason where it goes on longer."""

    begins: datetime
    ends: datetime
    place: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time to enter, for a unit and all below it, and why."""

    unit_id: int
    until: datetime
    reason: str


@use_case
def set_days(year: int, days: SeasonDays, *, by: By, seen: int) -> None:
    """Set the days of a season; rounds that units have not moved themselves move with it.

    Raises:
        NotFound, Forbidden, Stale: as for every act on a season.
        Invalid: days that cannot follow each other.
    """
    season, by = season_run(year, by)
    if seen_before(by.request_key):
        return
    check_version(season, seen)
    if season.state not in WRITING:
        raise Forbidden("days_are_set")
    _check(season, days)
    before, opened = planned_days(season), season.state == SeasonState.CALL_OPEN
    if opened and (days.call.begins, days.call.ends) != (season.call_from, season.call_until):
        raise Invalid("call_until", "call_is_open")
    season.title, season.publish_on = days.title, days.publish_on
    season.call_from, season.call_until = days.call.begins, days.call.ends
    season.planned = written_days(days.rounds)
    _move(season, before, days.rounds, by)
    record(season, Change("set_days", season.state, season.state, facts=_facts(days)), by)


def _check(season: Season, days: SeasonDays) -> None:
    if days.publish_on.year != season.year:
        raise Invalid("publish_on", "other_year", year=season.year)
    _follows("call_until", days.call)
    for code, each in days.rounds.items():
        _follows(f"ends_{code}", each)
    for code, each in days.rounds.items():
        if each.ends.astimezone(TIME_ZONE).date() > days.publish_on:
            raise Invalid(f"ends_{code}", "after_publication", publish=days.publish_on)


def _follows(field: str, each: Stretch) -> None:
    if each.ends <= each.begins:
        raise Invalid(field, "ends_before_it_begins")


def _facts(days: SeasonDays) -> dict[str, Any]:
    call = {"begins": days.call.begins.isoformat(), "ends": days.call.ends.isoformat()}
    rounds = written_days(days.rounds)
    return {"publish_on": days.publish_on.isoformat(), "call": call, "rounds": rounds}


def _move(
    season: Season, before: Mapping[str, Stretch], after: Mapping[str, Stretch], by: By
) -> None:
    by = replace(by, request_key=None)
    for held in rounds_of(season.id):
        old, new = before.get(held.code), after.get(held.code)
        if not (old and new) or old == new or not _stands_as_planned(held, old):
            continue
        held.opens_at, held.closes_at = new.begins, new.ends
        record(held, Change("set_round_days", facts=written_days({held.code: new})[held.code]), by)


def _stands_as_planned(held: ContestRound, days: Stretch) -> bool:
    return (held.opens_at, held.closes_at) == (days.begins, days.ends)


@use_case
def extend_call(year: int, wanted: Extension, *, by: By) -> None:
    """Give a unit, and all below it, more time to enter (statement 20).

    Raises:
        NotFound: no such season or unit for this person.
        Forbidden: it is not theirs to give, or no entries are taken.
        Invalid: no reason, or a time that gives nobody more.
    """
    season, by = season_run(year, by)
    if seen_before(by.request_key):
        return
    if season.state not in TAKING_ENTRIES:
        raise Forbidden("call_not_open")
    unit = _unit_of(season, wanted.unit_id)
    _check_extension(season, unit, wanted, by)
    db.session.add(_granted(season, wanted, by))
    facts = {"piece": unit.name, "unit_id": unit.id, "until": wanted.until.isoformat()}
    change = Change("extend_call", season.state, season.state, wanted.reason, facts)
    record(season, change, by)


def _granted(season: Season, wanted: Extension, by: By) -> ContestExtension:
    return ContestExtension(
        district_id=season.district_id,
        season_id=season.id,
        unit_id=wanted.unit_id,
        until=wanted.until,
        reason=wanted.reason,
        granted_at=by.now,
        granted_by_id=by.actor.account_id if by.actor else None,
    )


def _unit_of(season: Season, unit_id: int) -> Unit:
    district: Any = unit_by_id(season.district_id)
    query = select(Unit).where(Unit.id == unit_id)
    unit = db.session.scalar(query.where(Unit.path.startswith(district.path, autoescape=True)))
    if unit is None:
        raise NotFound
    return unit


def _check_extension(season: Season, unit: Unit, wanted: Extension, by: By) -> None:
    ends, until = call_ends(season, unit), wanted.until
    if until <= by.now or (ends and until <= ends):
        raise Invalid("until", "no_longer", ends=max(filter(None, (ends, by.now))))
    if until.astimezone(TIME_ZONE).date() >= season.publish_on:
        raise Invalid("until", "after_publication", publish=season.publish_on)
    if not wanted.reason.strip():
        raise Invalid("reason", "reason_missing")


@use_case
def set_round_days(year: int, round_id: int, days: RoundDays, *, by: By, seen: int) -> None:
    """Set when and where a unit holds its round, by the unit itself or the district.

    Once it has begun, an end that moves is an extension and needs a reason.

    Raises:
        NotFound: no such round for this person.
        Forbidden: it is not theirs to set, or it is closed.
        Stale: somebody changed it since.
        Invalid: days that cannot follow each other, or no reason.
    """
    held, by = round_run(year, round_id, by)
    if seen_before(by.request_key):
        return
    _lock(held)
    check_version(held, seen)
    if held.closed_at or held.season.state in OVER:
        raise Forbidden("round_closed")
    _check_round(held, days, by)
    extends = _has_begun(held, by) and days.ends != held.closes_at
    step = "extend_round" if extends else "set_round_days"
    facts = {"begins": days.begins.isoformat(), "ends": days.ends.isoformat(), "place": days.place}
    held.opens_at, held.closes_at, held.place = days.begins, days.ends, days.place
    record(held, Change(step, comment=days.reason, facts=facts), by)


def _lock(held: ContestRound) -> None:
    """Take the round as it stands now; its season and unit stay at hand."""
    columns = [each.key for each in ContestRound.__mapper__.column_attrs]
    db.session.refresh(held, attribute_names=columns, with_for_update=True)


def round_run(year: int, round_id: int, by: By) -> tuple[ContestRound, By]:
    """Return the round of a unit, and who runs it in the post in which they do.

    Raises:
        NotFound: no such round in the district of this person.
        Forbidden: it is not theirs to run.
    """
    held = round_by_id(round_id)
    if held is None or by.actor is None or held.season.year != year:
        raise NotFound
    if all(each.district_id != held.district_id for each in by.actor.posts):
        raise NotFound
    posts = policies.posts_with(by.actor, Right.RUN_CONTEST)
    mine = [each for each in posts if each.reaches(held.unit.path)]
    if not mine:
        raise Forbidden("not_your_desk")
    return held, replace(by, post=mine[0])


def _has_begun(held: ContestRound, by: By) -> bool:
    return held.opens_at is not None and held.opens_at <= by.now


def _check_round(held: ContestRound, days: RoundDays, by: By) -> None:
    if days.ends <= days.begins:
        raise Invalid("ends", "ends_before_it_begins")
    if days.ends.astimezone(TIME_ZONE).date() > held.season.publish_on:
        raise Invalid("ends", "after_publication", publish=held.season.publish_on)
    if _has_begun(held, by) and days.ends != held.closes_at and not days.reason.strip():
        raise Invalid("reason", "reason_missing")
