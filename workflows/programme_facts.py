"""The training programme: its fields and marks, what a registration says, and its proposed result.

Source: the plan of the district asks for a programme that is simple, clear and clearly assessed for
each member, on political awareness, ethics, lifestyle, fitness, skills and professional work; the
frame is Hướng dẫn 13-HD/TWĐTN-BTC (2018). The marks follow a known rule of a branch of the Union:
two contents done well are the best result, 1-2 average ones a middling one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from workflows.rules import RuleSet


class Part(StrEnum):
    """The parts of a member's registration that a claim is about."""

    CONTENTS = "contents"
    REMARK = "remark"
    SELF = "self"
    RESULT = "result"


class Field(StrEnum):
    """The six fields of the plan."""

    POLITICS = "politics"
    ETHICS = "ethics"
    LIFESTYLE = "lifestyle"
    FITNESS = "fitness"
    SKILLS = "skills"
    WORK = "work"


class Mark(StrEnum):
    """How a content, or the whole, was carried out."""

    DONE_WELL = "done_well"
    AVERAGE = "average"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True)
class Content:
    """One content of a programme.

    ``target`` counts in ``measure`` (3 "buổi"); ``due_on`` is the day until which it counts as in
    time. What a unit above requires, ``is_fixed``, stays as that unit wrote it.
    """

    text: str
    field: Field
    is_required: bool = False
    target: int | None = None
    measure: str = ""
    due_on: date | None = None
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """A content that a member registered, and how it went.

    ``done`` counts like the target; ``self_mark`` is the member's own, ``mark`` the branch's.
    """

    text: str
    is_required: bool = False
    target: int | None = None
    due_on: date | None = None
    done: int | None = None
    done_on: date | None = None
    evidence: str = ""
    self_mark: Mark | None = None
    mark: Mark | None = None

    @property
    def proposed(self) -> Mark | None:
        """The mark that its number leads to; without a target, the member's own."""
        if self.target is None or self.done is None:
            return self.self_mark
        if self.done >= self.target:
            return Mark.DONE_WELL
        return Mark.AVERAGE if self.done > 0 else Mark.NOT_DONE

    @property
    def is_done(self) -> bool:
        """Whether the branch found it done, well or not so well."""
        return self.mark in {Mark.DONE_WELL, Mark.AVERAGE}

    @property
    def is_late(self) -> bool:
        """Whether it was done after its day."""
        return bool(self.due_on and self.done_on and self.done_on > self.due_on)


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """A member's registration for a year, and what somebody says with a step.

    ``required`` are the texts of the required contents of the programme, which offers ``offered``
    in all; ``result`` and ``reason`` are the branch's.
    """

    rules: RuleSet
    chosen: Sequence[Chosen] = ()
    required: Sequence[str] = ()
    offered: int = 0
    said: str = ""
    self_evaluated: bool = False
    result: Mark | None = None
    reason: str = ""

    @property
    def proposed(self) -> Mark | None:
        """The result that the marks of the contents lead to."""
        return proposed_result(self.chosen, self.rules.local.programme_shares)


def proposed_result(chosen: Sequence[Chosen], shares: tuple[Fraction, Fraction]) -> Mark | None:
    """Return the result of the whole that the marks of its contents lead to, once each has one.

    ``shares`` are how much of the contents must be done well for the best result, and how much
    must be done at all for the middle one. A required content that is not done bars the best.
    """
    if not chosen or any(each.mark is None for each in chosen):
        return None
    well = Fraction(sum(each.mark is Mark.DONE_WELL for each in chosen), len(chosen))
    done = Fraction(sum(each.is_done for each in chosen), len(chosen))
    if well >= shares[0] and not any(e.is_required and not e.is_done for e in chosen):
        return Mark.DONE_WELL
    return Mark.AVERAGE if done >= shares[1] else Mark.NOT_DONE
