"""The days of a season, counted back from the day of publication, 26 March (domain §4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workflows.calendar import TIME_ZONE
from workflows.contest.rules import Round
from workflows.levels import Level

FOUNDING_DAY = (3, 26)
MINUTE = timedelta(minutes=1)
# A local proposal: days before publication on which each stretch begins and ends.
CALL_DAYS = (80, 50)
ROUND_DAYS = {Level.COMMUNE: (48, 22), Level.DISTRICT: (16, 6)}
BEGINS, ENDS = time(7, 30), time(17, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the season with its first and its last moment."""

    begins: datetime
    ends: datetime


def founding_day(year: int) -> date:
    """Return the day on which the Union commends its best secretaries."""
    return date(year, *FOUNDING_DAY)


def is_over(deadline: datetime, now: datetime) -> bool:
    """Whether a deadline has passed: it means its minute, to the end."""
    return now >= deadline.replace(second=0, microsecond=0) + MINUTE


def days_before(moment: datetime, publish_on: date) -> int:
    """Return how many days before publication a moment lies; below zero after it."""
    return (publish_on - moment.astimezone(TIME_ZONE).date()).days


def proposed_call(publish_on: date) -> Stretch:
    """Propose when the call opens and closes."""
    return _stretch(publish_on, *CALL_DAYS)


def proposed_rounds(rounds: Sequence[Round], publish_on: date) -> Mapping[str, Stretch]:
    """Propose the days of each round; rounds of the same level share its stretch evenly."""
    found = {}
    for level, (first, last) in ROUND_DAYS.items():
        held = [each for each in rounds if each.level is level]
        for place, each in enumerate(held):
            begins = first - (first - last) * place // len(held)
            ends = first - (first - last) * (place + 1) // len(held)
            found[each.code] = _stretch(publish_on, begins, ends)
    return found


def _stretch(publish_on: date, first: int, last: int) -> Stretch:
    return Stretch(_at(publish_on, first, BEGINS), _at(publish_on, last, ENDS))


def _at(publish_on: date, days: int, hour: time) -> datetime:
    return datetime.combine(publish_on - timedelta(days=days), hour, TIME_ZONE)
