"""Awards follow the places: the first award to the first places, and so on down the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from workflows.contest.rules import Award
from workflows.contest.scoring import Place, Ranking


@dataclass(frozen=True, slots=True)
class Honours:
    """Who gets which award, by entry; ``exceeded`` names awards that equals share beyond count."""

    awards: dict[int, str]
    exceeded: tuple[str, ...]


def honours(awards: Sequence[Award], ranking: Ranking) -> Honours:
    """Give the awards of the rules; equals get the same one, even where it is then exceeded."""
    given: dict[int, str] = {}
    exceeded: list[str] = []
    left = [(award.title, award.count) for award in awards if award.count > 0]
    for _rank, group in groupby(ranking.places, key=_rank_of):
        equals = [place.entry for place in group]
        if not left:
            break
        (title, count), *rest = left
        given |= dict.fromkeys(equals, title)
        if len(equals) > count:
            exceeded.append(title)
        left = [(title, count - len(equals)), *rest] if len(equals) < count else rest
    return Honours(given, tuple(exceeded))


def _rank_of(place: Place) -> int:
    return place.rank
