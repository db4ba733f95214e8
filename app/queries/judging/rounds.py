"""A round at hand: the unit that holds it, its season and its rules."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from app.extensions import db
from app.models import ContestRound, Season, Unit
from app.queries.contest.seasons import rules_of
from workflows.contest.hours import Hour, Times, hour_of
from workflows.contest.rules import ContestRules, Round


@dataclass(frozen=True, slots=True)
class RoundFile:
    """A round with what it hangs on."""

    round: ContestRound
    season: Season
    unit: Unit

    @property
    def holder(self) -> str:
        """The name of the unit that holds it, and of the one whose round it was."""
        return self.round.held_by(self.unit)

    @property
    def season_rules(self) -> ContestRules:
        """The rules of the whole season."""
        return rules_of(self.season)

    @property
    def rules(self) -> Round:
        """The rules of this round."""
        return self.season_rules.round(self.round.code)

    def hour(self, now: datetime) -> Hour:
        """Tell whether the round takes scores that are received now."""
        return hour_at(self.round, self.season, now)


def hour_at(round_: ContestRound, season: Season, now: datetime) -> Hour:
    """Tell whether a round takes scores that are received now."""
    times = Times(round_.opens_at, round_.closes_at, round_.closed_at)
    return hour_of(times, season.state, now, grace=grace())


def grace() -> timedelta:
    """Return how long after the close what was on its way is still taken (statement 42)."""
    return timedelta(minutes=current_app.config["SETTINGS"].score_grace_minutes)


def round_file(round_id: int, year: int) -> RoundFile | None:
    """Return a round of a year's contest."""
    query = (
        select(ContestRound, Season, Unit)
        .join(Season, Season.id == ContestRound.season_id)
        .join(Unit, Unit.id == ContestRound.unit_id)
        .where(ContestRound.id == round_id, Season.year == year)
    )
    row = db.session.execute(query).one_or_none()
    return RoundFile(*row) if row else None
