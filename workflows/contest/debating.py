"""Who debates against whom: pairs drawn by lots from a seed that everybody may see (domain §4.2).

No source tells how pairs are made: that they are drawn, that people of one unit do not meet while
there is another choice, and how an odd number is dealt with, are rules of this program.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workflows.contest.draws import drawn


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two contestants who debate; ``first`` speaks for the motion, ``second`` against it.

    ``second_again``: the second speaks once more, against whom nobody was left for, and is not
    scored this time.
    """

    first: int
    second: int
    second_again: bool = False


def pair_up(alone: Mapping[int, str], others: Mapping[int, str], seed: str) -> tuple[Pairing, ...]:
    """Pair those who are alone, in the order in which they debate; the same seed draws the same.

    Both name by contestant the unit they come from, right below the one that holds the round.
    People of one unit meet only where there is no other choice. Of an odd number, one meets
    somebody of the pairs or of the ``others``, who debated already. Nobody to meet: no pair.
    """
    lots = _lots(alone, seed)
    odd = _odd_one(alone, lots)
    line = [each for each in _by_units(alone, lots) if each != odd]
    half = len(line) // 2
    met = [
        sorted(pair, key=lambda each: lots[each])
        for pair in zip(line[:half], line[half:], strict=True)
    ]
    pairs = [Pairing(one, other) for one, other in sorted(met, key=lambda pair: lots[pair[0]])]
    if odd is not None and (again := _once_more(odd, {**alone, **others}, seed)):
        pairs.append(Pairing(odd, again, second_again=True))
    return tuple(pairs)


def _odd_one(units: Mapping[int, str], lots: Mapping[int, int]) -> int | None:
    """Return who is left of an odd number, by lot; of a unit that has more than half, if any."""
    if len(units) % 2 == 0:
        return None
    sizes = Counter(units.values())
    return min(units, key=lambda each: (sizes[units[each]] <= len(units) // 2, lots[each]))


def _by_units(units: Mapping[int, str], lots: Mapping[int, int]) -> list[int]:
    """Line up unit after unit, the largest first.

    Whoever stands half a line away is of another unit, unless one unit has more than half of all.
    """
    sizes = Counter(units.values())
    first = {units[each]: lots[each] for each in sorted(units, key=lambda each: -lots[each])}
    return sorted(units, key=lambda each: (-sizes[units[each]], first[units[each]], lots[each]))


def _once_more(alone: int, everybody: Mapping[int, str], seed: str) -> int | None:
    """Draw who speaks once more: of another unit where there is one."""
    lots = _lots(everybody, f"{seed}/again")
    choice = [each for each in lots if each != alone]
    home = everybody[alone]
    return min(choice, key=lambda each: (everybody[each] == home, lots[each]), default=None)


def _lots(entries: Iterable[int], seed: str) -> dict[int, int]:
    return {entry: int(place) for entry, place in drawn(entries, seed).items()}
