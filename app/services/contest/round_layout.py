"""The rounds that the rules ask for, as rows: one for each union that holds it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.models import ContestRound, Season
from app.queries.contest.seasons import grassroots_units, rounds_of, rules_of
from app.services.events import By, Change, found
from workflows.calendar import TIME_ZONE, local_day
from workflows.contest.rules import Round
from workflows.contest.timeline import Stretch, proposed_rounds
from workflows.levels import Level


def planned_days(season: Season) -> dict[str, Stretch]:
    """Return the days of each round: as they were planned, else counted back from publication."""
    rounds = rules_of(season).rounds
    proposed = proposed_rounds(rounds, season.publish_on)
    written = {code: _read(each) for code, each in season.planned.items()}
    return {each.code: written.get(each.code) or proposed[each.code] for each in rounds}


def _read(plain: Mapping[str, str]) -> Stretch:
    begins, ends = (datetime.fromisoformat(plain[name]) for name in ("begins", "ends"))
    return Stretch(begins.astimezone(TIME_ZONE), ends.astimezone(TIME_ZONE))


def written_days(days: Mapping[str, Stretch]) -> dict[str, Any]:
    """Return the days of rounds as a season stores them."""
    return {
        code: {"begins": each.begins.isoformat(), "ends": each.ends.isoformat()}
        for code, each in days.items()
    }


def lay_out_rounds(season: Season, by: By) -> None:
    """Make the rounds that are still missing, within a running transaction.

    Units founded later get theirs when it is called again.
    """
    there = {(each.code, each.unit_id) for each in rounds_of(season.id)}
    days, by = planned_days(season), replace(by, request_key=None)
    for rules in rules_of(season).rounds:
        for unit_id in _units(season, rules, by):
            if (rules.code, unit_id) not in there:
                held = _held_by(season, unit_id, rules.code, days[rules.code])
                found(held, Change("lay_out_round", facts={"round": rules.code}), by)


def _units(season: Season, rules: Round, by: By) -> list[int]:
    if rules.level is not Level.COMMUNE:
        return [season.district_id]
    return [unit.id for unit in grassroots_units(season.district_id, local_day(by.now))]


def _held_by(season: Season, unit_id: int, code: str, days: Stretch) -> ContestRound:
    return ContestRound(
        district_id=season.district_id,
        season_id=season.id,
        code=code,
        unit_id=unit_id,
        opens_at=days.begins,
        closes_at=days.ends,
    )
