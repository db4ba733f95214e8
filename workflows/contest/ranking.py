"""From scores to places: what each part adds, who stands where, and which tie-break decided."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from workflows.contest.rules import AdvanceBy, Combine, Part, Round, TieBreak, TieKind
from workflows.contest.scoring import (
    PartLine,
    PartScores,
    Place,
    Ranking,
    RoundScores,
    Sheet,
    TieDecision,
)

# What is compared is what is shown: each part is rounded once, half up, and only then added.
SHOWN = Decimal("0.001")
ZERO = Decimal(0)
# Who has no value for a tie-break stands behind all who have one.
NOTHING = Decimal("-Infinity")

# What people decide; all else follows from the scores.
RULED = frozenset({TieKind.EXTRA_QUESTION, TieKind.CHAIR, TieKind.DRAW})

Group = list[Place]


def rank(rules: Round, scores: RoundScores) -> Ranking:
    """Rank all entries of a round, each place with its reason.

    Equal totals are set apart by the tie-breaks of the rules in their order; who stays equal
    shares the rank, and the next rank is skipped.
    """
    found = [_unplaced(rules, entry, scores.entries[entry]) for entry in sorted(scores.entries)]
    groups = [
        group
        for equals in _split(found, lambda place: place.total)
        for group in _set_apart(equals, rules.ties, scores)
    ]
    advancing, cut_in_tie = _advancing(rules, groups)
    places = tuple(
        replace(place, rank=first, advances=place.entry in advancing)
        for first, group in _counted(groups)
        for place in group
    )
    equals = [frozenset(place.entry for place in group) for group in groups if len(group) > 1]
    open_ties = tuple(group for group in equals if awaits(rules, group, scores.decisions))
    return Ranking(places, open_ties, cut_in_tie)


def awaits(rules: Round, equals: frozenset[int], decisions: Iterable[TieDecision]) -> list[TieKind]:
    """List the tie-breaks of the rules that people still have to make among equals, in order.

    Where none is left, the equals share their place (statement 39).
    """
    made = [tie.kind for tie in rules.ties if tie.kind in RULED]
    known = tuple(decisions)
    return [kind for kind in made if _ruling_on(kind, equals, known) is None]


def part_line(part: Part, scores: PartScores) -> PartLine:
    """Work out one part of one entry: the judges' common result, times, adjustments, weight."""
    by_judge, missing = judge_totals(scores.sheets)
    dropped = _dropped(part, by_judge)
    kept = [total for judge, total in by_judge.items() if judge not in dropped]
    combined = scores.points if not part.is_judged else _combined(part, kept)
    extra = _time_points(part, scores.seconds)
    added = None
    if combined is not None:
        combined = _shown(combined)
        added = _shown((combined + extra + scores.adjusted) * part.weight)
    return PartLine(part.code, by_judge, dropped, missing, combined, extra, scores.adjusted, added)


def judge_totals(sheets: Mapping[int, Sheet]) -> tuple[dict[int, Decimal], frozenset[str]]:
    """Return each judge's total, and the criteria that somebody left empty.

    An empty criterion counts as the mean that the other judges gave for it, so that it lowers
    nothing (statement 38).
    """
    gaps = frozenset(
        code for sheet in sheets.values() for code, points in sheet.items() if points is None
    )
    means = {code: _mean_of(code, sheets.values()) for code in gaps}
    totals = {
        judge: sum(
            (means[code] if points is None else points for code, points in sheet.items()), ZERO
        )
        for judge, sheet in sheets.items()
    }
    return totals, gaps


def _mean_of(code: str, sheets: Iterable[Sheet]) -> Decimal:
    given = [points for sheet in sheets if (points := sheet.get(code)) is not None]
    return sum(given, ZERO) / len(given) if given else ZERO


def _dropped(part: Part, by_judge: Mapping[int, Decimal]) -> frozenset[int]:
    """The highest and the lowest, once there are judges enough; of equals the earlier judge."""
    trims = part.combine is Combine.TRIMMED
    if not trims or len(by_judge) < max(part.trim_from, 3):
        return frozenset()
    lowest = min(by_judge, key=lambda judge: (by_judge[judge], judge))
    rest = [judge for judge in by_judge if judge != lowest]
    return frozenset({lowest, max(rest, key=lambda judge: (by_judge[judge], -judge))})


def _combined(part: Part, totals: list[Decimal]) -> Decimal | None:
    if not totals:
        return None
    if part.combine is not Combine.MEDIAN:
        return sum(totals, ZERO) / len(totals)
    middle = sorted(totals)[(len(totals) - 1) // 2 : len(totals) // 2 + 1]
    return sum(middle, ZERO) / len(middle)


def _time_points(part: Part, seconds: int | None) -> Decimal:
    if seconds is None:
        return ZERO
    steps = sorted(part.time_points, key=lambda each: each.up_to_seconds)
    return next((each.points for each in steps if seconds <= each.up_to_seconds), ZERO)


def _shown(points: Decimal) -> Decimal:
    return points.quantize(SHOWN, ROUND_HALF_UP)


def _unplaced(rules: Round, entry: int, by_part: Mapping[str, PartScores]) -> Place:
    nothing = PartScores()
    scores = {part.code: by_part.get(part.code, nothing) for part in rules.parts}
    lines = tuple(part_line(part, scores[part.code]) for part in rules.parts)
    lacks = {
        part.code: part.sheets - len(scores[part.code].sheets)
        for part in rules.parts
        if part.is_judged and len(scores[part.code].sheets) < part.sheets
    }
    total = sum((line.added for line in lines if line.added is not None), ZERO)
    return Place(entry, 0, total, lines, lacks=lacks)


def _split(places: Iterable[Place], value: Callable[[Place], Decimal]) -> list[Group]:
    """Split places into groups of equals, the best first; within a group by entry."""
    groups: dict[Decimal, Group] = {}
    for place in places:
        groups.setdefault(value(place), []).append(place)
    return [groups[points] for points in sorted(groups, reverse=True)]


def _set_apart(equals: Group, ties: tuple[TieBreak, ...], scores: RoundScores) -> Iterator[Group]:
    """Ask the tie-breaks one after the other, each about those whom the last left equal."""
    if len(equals) == 1 or not ties:
        yield equals
        return
    groups = _split(equals, _value_for(ties[0], equals, scores))
    for group in groups:
        decided = group if len(groups) == 1 else [_by(ties[0], place) for place in group]
        yield from _set_apart(decided, ties[1:], scores)


def _by(tie: TieBreak, place: Place) -> Place:
    return replace(place, decided_by=tie.kind, decided_part=tie.part)


def _value_for(tie: TieBreak, equals: Group, scores: RoundScores) -> Callable[[Place], Decimal]:
    if tie.kind is TieKind.PART:
        return lambda place: _points_in(place, tie.part)
    if tie.kind is TieKind.DURATION:
        return lambda place: _speed(scores.entries[place.entry].values())
    ruling = _ruling_on(tie.kind, frozenset(place.entry for place in equals), scores.decisions)
    return lambda place: ruling.order[place.entry] if ruling else ZERO


def _points_in(place: Place, code: str) -> Decimal:
    added = next((line.added for line in place.parts if line.code == code), None)
    return NOTHING if added is None else added


def _speed(parts: Iterable[PartScores]) -> Decimal:
    """The less time, the better; who has no time on record stands behind all who have."""
    times = [each.seconds for each in parts if each.seconds is not None]
    return Decimal(-sum(times)) if times else NOTHING


def _ruling_on(
    kind: TieKind, equals: frozenset[int], decisions: Iterable[TieDecision]
) -> TieDecision | None:
    """Return the last decision of a kind that covers all who are still equal."""
    fitting = [each for each in decisions if each.kind is kind and equals <= each.order.keys()]
    return fitting[-1] if fitting else None


def _counted(groups: Iterable[Group]) -> Iterator[tuple[int, Group]]:
    first = 1
    for group in groups:
        yield first, group
        first += len(group)


def _advancing(rules: Round, groups: list[Group]) -> tuple[set[int], bool]:
    """Return who goes on, and whether the cut falls among equals: then none of these does."""
    cut, places = rules.advance, [place for group in groups for place in group]
    if cut.by is AdvanceBy.ALL:
        return {place.entry for place in places}, False
    if cut.by is AdvanceBy.PERCENT:
        needed = _most(rules, cut.on) * cut.value / 100
        measured = [(place, _measure(place, cut.on)) for place in places]
        return {place.entry for place, points in measured if points >= needed}, False
    if cut.on:
        groups = _split(places, lambda place: _points_in(place, cut.on))
    return _first(groups, cut.value)


def _first(groups: list[Group], value: int) -> tuple[set[int], bool]:
    taken: set[int] = set()
    for group in groups:
        if len(taken) + len(group) > value:
            return taken, len(taken) < value
        taken |= {place.entry for place in group}
    return taken, False


def _measure(place: Place, on: str) -> Decimal:
    return _points_in(place, on) if on else place.total


def _most(rules: Round, on: str) -> Decimal:
    """Return the most points that can be had in a part, or in all of them."""
    parts = [part for part in rules.parts if on in {"", part.code}]
    return sum((part.max * part.weight for part in parts), ZERO)
