"""The rules of a contest as data: rounds, parts, criteria, tie-breaks and awards (domain §4).

A rule set is a document: made in the browser, read from YAML, kept whole with its season, and
frozen and hashed before the first final sheet. Amounts are exact decimals.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workflows.levels import Level


class PartKind(StrEnum):
    """What contestants do in a part (domain §4.2)."""

    DOSSIER = "dossier"
    WRITTEN = "written"
    QUIZ = "quiz"
    SITUATION = "situation"
    TALENT = "talent"
    PRESENTATION = "presentation"
    DEBATE = "debate"


class Combine(StrEnum):
    """How the totals of several judges become one; ``TRIMMED`` leaves out highest and lowest."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED = "trimmed"


class TieKind(StrEnum):
    """What separates equal totals, in the order that the rules name."""

    PART = "part"
    DURATION = "duration"
    EXTRA_QUESTION = "extra_question"
    CHAIR = "chair"
    DRAW = "draw"


class AdvanceBy(StrEnum):
    """Who goes on to the next round."""

    ALL = "all"
    TOP = "top"
    PERCENT = "percent"


class Certainty(StrEnum):
    """Whether a rule was read in a source, filled in where it is silent, or proposed."""

    SOURCE = "source"
    FILLED_IN = "filled_in"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a score sheet: points from 0 to ``max`` in steps of ``step``.

    ``justify_below`` asks for a justification of any score under it; an optional criterion that
    is left empty lowers no mean.
    """

    code: str
    title: str
    max: Decimal
    step: Decimal = Decimal("0.5")
    required: bool = True
    justify_below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TimePoints:
    """Points given, or taken where negative, to who needed at most so many seconds."""

    up_to_seconds: int
    points: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a round.

    ``max`` bounds a judge's total; ``weight`` is what a point of it adds to the round's total.
    Judged parts have criteria and ``sheets`` (how many final sheets an entry must have); a quiz
    has ``questions`` of ``points_each`` and lasts ``minutes``. ``trim_from`` is the number of
    judges from which ``TRIMMED`` leaves out the highest and the lowest.
    """

    code: str
    title: str
    kind: PartKind
    max: Decimal
    weight: Decimal = Decimal(1)
    criteria: tuple[Criterion, ...] = ()
    combine: Combine = Combine.MEAN
    trim_from: int = 5
    sheets: int = 3
    minutes: int | None = None
    questions: int | None = None
    points_each: Decimal = Decimal(1)
    points_wrong: Decimal = Decimal(0)
    time_points: tuple[TimePoints, ...] = ()
    certainty: Certainty = Certainty.SOURCE

    @property
    def is_judged(self) -> bool:
        """Whether judges fill in sheets; a quiz is graded by its answers."""
        return self.kind is not PartKind.QUIZ


@dataclass(frozen=True, slots=True)
class Advance:
    """Who goes on: everybody, the first ``value``, or all with ``value`` percent of the points.

    ``on`` names the part whose points count; empty for the total.
    """

    by: AdvanceBy = AdvanceBy.ALL
    value: int = 0
    on: str = ""


@dataclass(frozen=True, slots=True)
class TieBreak:
    """One way to separate equal totals; ``part`` names the part whose score decides."""

    kind: TieKind
    part: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: who organises it, its parts, who goes on, and how ties are broken."""

    code: str
    title: str
    level: Level
    parts: tuple[Part, ...]
    advance: Advance = Advance()
    ties: tuple[TieBreak, ...] = ()

    def part(self, code: str) -> Part:
        """Return a part by its code; an unknown one is a mistake of ours and raises KeyError."""
        return {each.code: each for each in self.parts}[code]

    @property
    def quizzes(self) -> list[Part]:
        """The online quizzes among the parts."""
        return [each for each in self.parts if each.kind is PartKind.QUIZ]

    @property
    def debates(self) -> list[Part]:
        """The debates in pairs among the parts."""
        return [each for each in self.parts if each.kind is PartKind.DEBATE]


@dataclass(frozen=True, slots=True)
class Award:
    """A place of honour and how many of it are given."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class ContestRules:
    """A whole rule set. ``endorsed`` is how many entries each commune may endorse.

    ``anonymous`` shows judges a code in the place of name and unit.
    """

    title: str
    rounds: tuple[Round, ...]
    awards: tuple[Award, ...] = ()
    source: str = ""
    certainty: Certainty = Certainty.SOURCE
    endorsed: int = 1
    anonymous: bool = False
    max_age: int | None = None

    @property
    def has_quiz(self) -> bool:
        """Whether a part of it is a quiz, which needs questions."""
        return any(not part.is_judged for each in self.rounds for part in each.parts)

    def round(self, code: str) -> Round:
        """Return a round by its code; an unknown one is a mistake of ours and raises KeyError."""
        return {each.code: each for each in self.rounds}[code]
