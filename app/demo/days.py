"""The days of the demo: everything happened before today, in working hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflows.calendar import TIME_ZONE

FIRST_HOUR = 7


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that happens at a moment."""

    at: datetime
    play: Callable[[datetime], None]


def moment(day: date, minutes: int = 0) -> datetime:
    """Return a moment of a day, in minutes after seven in the morning."""
    return datetime.combine(day, time(FIRST_HOUR), TIME_ZONE) + timedelta(minutes=minutes)
