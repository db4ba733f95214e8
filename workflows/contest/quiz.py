"""The online quiz: which questions a contestant draws, in which order, and what they earn.

Draws follow from a stored seed alone, by SHA-256 and no generator of random numbers, so that
anybody can draw them again and find the same questions.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from workflows.contest.rules import Part

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question drawn, and its options' places in the order in which they are shown."""

    question: int
    shuffle: tuple[int, ...]


def draw(bank: Mapping[int, int], count: int, seed: str) -> list[Drawn]:
    """Draw ``count`` questions of a bank, which names how many options each question has.

    Raises:
        ValueError: the bank holds fewer.
    """
    if len(bank) < count:
        raise ValueError(count)
    chosen = _mixed(bank, seed)[:count]
    return [Drawn(each, tuple(_mixed(range(bank[each]), f"{seed}:{each}"))) for each in chosen]


def _mixed(things: Iterable[int], seed: str) -> list[int]:
    return sorted(things, key=lambda each: hashlib.sha256(f"{seed}/{each}".encode()).digest())


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: the right place among the options as shown, and the one chosen, if any."""

    right: int
    chosen: int | None


def graded(part: Part, answers: Sequence[Given]) -> Decimal:
    """Return the points of an attempt: never below zero, and at most the part's maximum."""
    answered = [each for each in answers if each.chosen is not None]
    right = sum(each.chosen == each.right for each in answered)
    points = right * part.points_each + (len(answered) - right) * part.points_wrong
    return min(max(points, ZERO), part.max)


def ends(part: Part, started: datetime, round_ends: datetime | None) -> datetime:
    """Return when an attempt ends: after the minutes of the part, and with the round.

    Raises:
        ValueError: the part has neither.
    """
    by_clock = started + timedelta(minutes=part.minutes) if part.minutes else None
    found = [each for each in (by_clock, round_ends) if each is not None]
    return min(found)
