"""Entries are shared out over judges: never against a conflict, and as evenly as may be."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]  # an entry and a judge


@dataclass(frozen=True, slots=True)
class Shares:
    """New pairs of entry and judge, and how many judges an entry still lacks."""

    pairs: tuple[Pair, ...]
    lacks: Mapping[int, int]


def share_out(
    free: Mapping[int, Collection[int]],
    each: int,
    *,
    given: Iterable[Pair] = (),
    together: Iterable[Collection[int]] = (),
) -> Shares:
    """Give every entry so many judges, of those that are free for it.

    ``free`` names by entry the judges without a conflict, ``given`` the pairs that stand, and
    ``together`` the entries that the same judges should hear, as in a debate. Entries with little
    choice come first; of the judges who are free, who has least to do is taken.
    """
    has = _by_entry(given)
    load = Counter(judge for judges in has.values() for judge in judges)
    mates = {entry: [one for one in team if one in free] for team in together for entry in team}
    pairs: list[Pair] = []
    for entry in sorted(free, key=lambda entry: _turn(entry, free, mates.get(entry, [entry]))):
        beside = [(has[one], free[one]) for one in mates.get(entry, ()) if one != entry]
        wanted = max(each - len(has[entry]), 0)
        choice = _in_turn(set(free[entry]) - has[entry], beside, load)[:wanted]
        load.update(choice)
        has[entry].update(choice)
        pairs += [(entry, judge) for judge in choice]
    return Shares(tuple(pairs), _lacks(has, free, each))


def _lacks(has: Mapping[int, set[int]], free: Iterable[int], each: int) -> dict[int, int]:
    return {entry: each - len(has[entry]) for entry in free if len(has[entry]) < each}


def _by_entry(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    has: dict[int, set[int]] = defaultdict(set)
    for entry, judge in pairs:
        has[entry].add(judge)
    return has


def _turn(
    entry: int, free: Mapping[int, Collection[int]], team: Collection[int]
) -> tuple[int, int, int, int]:
    """Put who has least choice first, and those who belong together one after the other."""
    return min(len(free[one]) for one in team), min(team), len(free[entry]), entry


def _in_turn(
    judges: Iterable[int],
    beside: Sequence[tuple[Collection[int], Collection[int]]],
    load: Mapping[int, int],
) -> list[int]:
    """Line up judges: first who hears, or may hear, all those beside; then who has least to do."""

    def turn(judge: int) -> tuple[bool, bool, int, int]:
        hears = all(judge in has for has, _free in beside)
        may = all(judge in free for _has, free in beside)
        return not hears, not may, load[judge], judge

    return sorted(judges, key=turn)
