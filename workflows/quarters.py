"""Quarters of a year, and which of them still lack a comment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.calendar import months_after

MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter: its year, and its number from 1 to 4."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, MONTHS * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """The day it ends."""
        return months_after(self.first_day, MONTHS) - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarters_between(first: date, last: date) -> list[Quarter]:
    """List the quarters from that of the first day to that of the last, both included."""
    start, end = quarter_of(first), quarter_of(last)
    numbers = range(4 * start.year + start.number - 1, 4 * end.year + end.number)
    return [Quarter(number // 4, number % 4 + 1) for number in numbers]


def late(since: date, until: date, written: Collection[Quarter], today: date) -> list[Quarter]:
    """List the quarters that are over and have no comment, of those from one day to another.

    A prospect is commented on every quarter (HD30 §III.2 b3): from that of the recognition on.
    """
    due = quarters_between(since, min(until, today))
    return [each for each in due if each.last_day < today and each not in written]
