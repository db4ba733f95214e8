"""Entries are shared out over judges: never against a conflict, and as evenly as may be."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[int, int]  # an entry and a judge


@dataclass(frozen=True, slots=True)
class Shares:
    """New pairs of entry and judge, and how many judges an entry still lacks."""

    pairs: tuple[Pair, ...]
    lacks: Mapping[int, int]


def share_out(
    free: Mapping[int, Collection[int]], each: int, *, given: Iterable[Pair] = ()
) -> Shares:
    """Give every entry so many judges, of those that are free for it.

    ``free`` names by entry the judges without a conflict, ``given`` the pairs that stand. Entries
    with little choice come first; of the judges who are free, who has least to do is taken.
    """
    standing = set(given)
    load = Counter(judge for _entry, judge in standing)
    pairs: list[Pair] = []
    lacks: dict[int, int] = {}
    for entry in sorted(free, key=lambda entry: (len(free[entry]), entry)):
        has = {judge for other, judge in standing if other == entry}
        wanted = max(each - len(has), 0)
        choice = sorted(set(free[entry]) - has, key=lambda judge: (load[judge], judge))[:wanted]
        load.update(choice)
        pairs += [(entry, judge) for judge in choice]
        if len(choice) < wanted:
            lacks[entry] = wanted - len(choice)
    return Shares(tuple(pairs), lacks)
