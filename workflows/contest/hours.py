"""When a round takes scores: between opening and close, and a little later for what was on its way.

A phone's clock is not to be trusted: "sent in time" means received within the time of grace
(statement 42). What the chair let in, by name and with a reason, waits for no hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# The states of a season in which scores are taken; after publication nothing changes any more.
SCORING = frozenset({"rounds", "deliberation"})


class Hour(StrEnum):
    """Where a round stands: not begun, taking scores, closed, or past with its whole season."""

    BEFORE = "before"
    OPEN = "open"
    OVER = "over"
    SEASON_SHUT = "season_shut"


@dataclass(frozen=True, slots=True)
class Times:
    """The hours of a round; ``closed_at`` is when the chair ended it."""

    opens_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None

    @property
    def ends_at(self) -> datetime | None:
        """The earlier of the close that was set and the end that the chair made."""
        ends = [each for each in (self.closes_at, self.closed_at) if each is not None]
        return min(ends, default=None)


def hour_of(times: Times, season: str, now: datetime, *, grace: timedelta) -> Hour:
    """Tell where a round stands in a state of its season, for what is received now."""
    if season not in SCORING:
        return Hour.SEASON_SHUT
    if times.opens_at is None or now < times.opens_at:
        return Hour.BEFORE
    ends = times.ends_at
    return Hour.OPEN if ends is None or now <= ends + grace else Hour.OVER


def takes_scores(hour: Hour, *, let_in: bool) -> bool:
    """Whether a sheet can be handed in: in the hours of the round, or let in by the chair."""
    return hour is Hour.OPEN or (let_in and hour is Hour.OVER)
