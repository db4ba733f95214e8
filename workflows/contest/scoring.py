"""Sheets become totals, totals become places, each with its reason; in exact decimals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workflows.contest.rules import TieKind

# One judge's scores of one entry in one part, by criterion; ``None`` is left empty.
Sheet = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class PartScores:
    """What one entry earned in one part.

    ``sheets`` are the final sheets by judge; ``points`` is the graded result of a quiz.
    ``seconds`` is the time needed, ``adjusted`` the sum of bonus and penalty points.
    """

    sheets: Mapping[int, Sheet] = field(default_factory=dict)
    points: Decimal | None = None
    seconds: int | None = None
    adjusted: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class TieDecision:
    """What was decided among entries that stood equal, by one of the rules' tie-breaks.

    ``order`` gives a number to each entry, the higher the better; ``seed`` is that of a draw.
    """

    kind: TieKind
    order: Mapping[int, Decimal]
    seed: str = ""


@dataclass(frozen=True, slots=True)
class RoundScores:
    """All that a ranking of a round needs, by entry and part."""

    entries: Mapping[int, Mapping[str, PartScores]]
    decisions: tuple[TieDecision, ...] = ()


@dataclass(frozen=True, slots=True)
class PartLine:
    """How one part of one entry came about.

    ``by_judge`` are the judges' totals, ``dropped`` the judges left out, ``missing`` the optional
    criteria left empty by anybody; ``combined`` is the judges' common result, ``added`` what the
    part adds to the total (``None`` while there is nothing).
    """

    code: str
    by_judge: Mapping[int, Decimal]
    dropped: frozenset[int]
    missing: frozenset[str]
    combined: Decimal | None
    time_points: Decimal
    adjusted: Decimal
    added: Decimal | None


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one entry: equal places share a rank, and the next is skipped.

    ``decided_by`` names the tie-break that set it apart from its equals, if one did; ``lacks``
    counts the final sheets that are missing, by part.
    """

    entry: int
    rank: int
    total: Decimal
    parts: tuple[PartLine, ...]
    decided_by: TieKind | None = None
    decided_part: str = ""
    lacks: Mapping[str, int] = field(default_factory=dict)
    advances: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """All places in order; ``open_ties`` are equals whom the rules can still set apart.

    ``cut_in_tie`` is true where the cut between who goes on and who does not falls inside one.
    """

    places: tuple[Place, ...]
    open_ties: tuple[frozenset[int], ...] = ()
    cut_in_tie: bool = False
