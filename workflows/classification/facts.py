"""What the rules of a sheet read: its lines, its meeting, and what somebody is about to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import floor

from workflows.classification.scales import Grade, scale_of
from workflows.classification.scope import NotClassified
from workflows.rules import RuleSet
from workflows.voting import Ballots, Roll, verdict


class Part(StrEnum):
    """What a claim about a sheet is about."""

    GRADES = "grades"
    MEETING = "meeting"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Vote:
    """The totals of the vote on the grade of a member."""

    grade: Grade
    ballots: Ballots


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A member on a sheet; without ``grade`` they are ``excluded``.

    ``computed`` is what the figures lead to.
    """

    person_id: int
    name: str
    grade: Grade | None = None
    computed: Grade | None = None
    excluded: NotClassified | None = None
    reason: str = ""
    vote: Vote | None = None
    asks_former_unit: bool = False
    former_comment: str = ""
    is_returned: bool = False
    is_mended: bool = False
    graded_in: str = ""

    @property
    def is_other(self) -> bool:
        """Whether the branch proposes another grade than the figures lead to."""
        return self.grade is not None and self.grade is not self.computed


@dataclass(frozen=True, slots=True)
class Gathering:
    """The meeting that a sheet is voted on in."""

    held_on: date | None
    roll: Roll
    online: bool = False


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A sheet on the day of a step; dates are local calendar days.

    ``reasons`` are the reasons of a return, by the ids of the members they are about; ``votes`` the
    votes of the meeting that is being recorded.
    """

    rules: RuleSet
    today: date
    year: int
    lines: tuple[LineFacts, ...]
    gathering: Gathering | None = None
    votes: Mapping[int, Vote] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def graded(self) -> list[LineFacts]:
        """The lines of those who are classified."""
        return [line for line in self.lines if line.grade]

    @property
    def ceiling(self) -> int | None:
        """How many may be excellent, where a ceiling is set: a share of those good or better."""
        share = self.rules.local.excellent_ceiling
        if share is None:
            return None
        return floor(share * sum(self._place(line) <= 1 for line in self.graded))

    @property
    def excellent(self) -> int:
        """How many are proposed as excellent."""
        return sum(self._place(line) == 0 for line in self.graded)

    def _place(self, line: LineFacts) -> int:
        return scale_of(self.year).place_of(line.grade) if line.grade else len(self.lines)

    def passed(self, vote: Vote) -> bool:
        """Whether the meeting accepts a grade: more than the share set of those present."""
        if self.gathering is None:
            return False
        return verdict(self.gathering.roll, vote.ballots, self.rules.local.grade_majority).passed
