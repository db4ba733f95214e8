"""Who may not judge whom: kin, own people, and whoever leads or led them (statement 36)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class ConflictKind(StrEnum):
    """What stands between a judge and an entrant; the last three are declared by people."""

    ITSELF = "itself"
    HOME = "home"
    POST = "post"
    KINSHIP = "kinship"
    COACH = "coach"
    OTHER = "other"


DECLARED = (ConflictKind.KINSHIP, ConflictKind.COACH, ConflictKind.OTHER)


@dataclass(frozen=True, slots=True)
class JudgeTies:
    """What ties a judge to units, present and past, and what was declared about entries.

    ``homes`` are the paths of units they belong or belonged to, ``posts`` of those where they
    hold or held one; ``declared`` names the kind by the number of the entry.
    """

    person_id: int | None = None
    homes: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    declared: Mapping[int, ConflictKind] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who is to be judged: the entry, the person, and the path of their branch.

    ``past`` are the paths on which the branch lay before it was handed over or split off.
    """

    entry: int
    person_id: int
    path: str
    past: Sequence[str] = ()


def conflict_of(ties: JudgeTies, entrant: Entrant, organiser: str) -> ConflictKind | None:
    """Name what keeps a judge from an entrant in a round of an organiser, named by its path.

    Units count up to the organiser's own: in the round of a commune the own branch, in that of a
    district the whole own commune; where units changed, both as they lie now and as they lay.
    """
    if ties.person_id == entrant.person_id:
        return ConflictKind.ITSELF
    if entrant.entry in ties.declared:
        return ties.declared[entrant.entry]
    parts = _parts_below(organiser, (entrant.path, *entrant.past))
    if parts & _parts_below(organiser, ties.homes):
        return ConflictKind.HOME
    if parts & _parts_below(organiser, ties.posts):
        return ConflictKind.POST
    return None


def _parts_below(organiser: str, paths: Collection[str]) -> set[str]:
    return {part_below(organiser, path) for path in paths} - {""}


def part_below(organiser: str, path: str) -> str:
    """Return the part of the organiser that a unit lies in; nothing for itself or one outside.

    Both are named by their paths.
    """
    if not path.startswith(organiser):
        return ""
    return path.removeprefix(organiser).partition(".")[0]
