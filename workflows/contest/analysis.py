"""What a chair looks at before publishing: how far judges lie apart, and what hangs on one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from workflows.contest.ranking import rank
from workflows.contest.rules import Round
from workflows.contest.scoring import PartScores, Ranking, RoundScores

CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Strictness:
    """How a judge scores against the panel: the mean difference on the entries they share.

    Below zero is stricter than the others; ``sheets`` is on how many entries it rests.
    """

    judge: int
    difference: Decimal
    sheets: int


@dataclass(frozen=True, slots=True)
class Shift:
    """A place that would be another one if a judge were left out."""

    judge: int
    entry: int
    rank: int
    without: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How far the judges of an entry in a part lie apart: the highest and the lowest total."""

    entry: int
    part: str
    lowest: Decimal
    highest: Decimal

    @property
    def width(self) -> Decimal:
        """The points between the highest and the lowest."""
        return self.highest - self.lowest


def spreads(ranking: Ranking) -> list[Spread]:
    """List how far the judges lie apart, the widest first; one judge alone is no spread."""
    found = [
        Spread(place.entry, line.code, min(line.by_judge.values()), max(line.by_judge.values()))
        for place in ranking.places
        for line in place.parts
        if len(line.by_judge) > 1
    ]
    return sorted(found, key=lambda each: (-each.width, each.entry, each.part))


def strictness(ranking: Ranking) -> list[Strictness]:
    """List how each judge scores against the panel, the strictest first."""
    differences: dict[int, list[Decimal]] = defaultdict(list)
    for place in ranking.places:
        for line in place.parts:
            for judge, points in _against_the_others(line.by_judge):
                differences[judge].append(points)
    found = [
        Strictness(
            judge, (sum(points, ZERO) / len(points)).quantize(CENT, ROUND_HALF_UP), len(points)
        )
        for judge, points in differences.items()
    ]
    return sorted(found, key=lambda each: (each.difference, each.judge))


def _against_the_others(by_judge: Mapping[int, Decimal]) -> Iterable[tuple[int, Decimal]]:
    if len(by_judge) < len(("one", "another")):
        return
    total = sum(by_judge.values(), ZERO)
    for judge, points in by_judge.items():
        yield judge, points - (total - points) / (len(by_judge) - 1)


def shifts(rules: Round, scores: RoundScores, ranking: Ranking) -> list[Shift]:
    """List the places that would change if one judge were left out, judge by judge."""
    judges = {judge for place in ranking.places for line in place.parts for judge in line.by_judge}
    before = {place.entry: place.rank for place in ranking.places}
    return [
        Shift(judge, place.entry, before[place.entry], place.rank)
        for judge in sorted(judges)
        for place in rank(rules, _without(judge, scores)).places
        if place.rank != before[place.entry]
    ]


def _without(judge: int, scores: RoundScores) -> RoundScores:
    entries = {
        entry: {code: _part_without(judge, part) for code, part in parts.items()}
        for entry, parts in scores.entries.items()
    }
    return RoundScores(entries, scores.decisions)


def _part_without(judge: int, part: PartScores) -> PartScores:
    """Leave a judge out; whoever judged alone stays, for nothing would be left to compare."""
    if judge not in part.sheets or len(part.sheets) == 1:
        return part
    sheets = {other: sheet for other, sheet in part.sheets.items() if other != judge}
    return replace(part, sheets=sheets)
