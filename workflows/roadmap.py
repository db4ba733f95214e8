"""The roadmap of an exemplary member: its stations, and what may be written at each."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import MENDABLE_LATER, Part


@dataclass(frozen=True, slots=True)
class Station:
    """A station of the way to the Party, and the states in which one stands there."""

    name: str
    states: frozenset[str]


def _station(name: str, states: str) -> Station:
    return Station(name, frozenset(states.split()))


STATIONS = (
    _station("chosen", "chosen listing"),
    _station("with_party", "with_party"),
    _station("prospect", "prospect"),
    _station("opinion", "branch_vote ready"),
    _station("resolution", "resolution resolved"),
    _station("cell", "with_cell cell_accepted"),
    _station("probation", "probation"),
    _station("full_member", "full_member"),
)
IN_THE_PARTY = frozenset({"probation", "full_member"})
# From the recognition to the admission a prospect is commented on every quarter.
COMMENTED = frozenset({"prospect", "opinion", "resolution", "cell"})


def station_of(state: str, *, listed: bool = False) -> str:
    """Return the station at which a dossier stands; one that ended elsewhere stands at ``ended``.

    What was returned stands where it came from: before the list was handed over, or after.
    """
    if state == "returned":
        return "resolution" if listed else "chosen"
    return next((each.name for each in STATIONS if state in each.states), "ended")


BRANCH_PARTS = {
    "chosen": frozenset({Part.PROFILE, Part.WISH, Part.EFFORT}),
    "ready": frozenset({Part.PROPOSAL}),
}
UNION_PARTS = {
    "listing": frozenset({Part.UNION_COMMENT}),
    "prospect": frozenset({Part.PROSPECT}),
}
WRITTEN_BY_BRANCH = frozenset({Part.PROFILE, Part.WISH, Part.EFFORT, Part.PROPOSAL})


def open_parts(state: str, returned: Iterable[str]) -> frozenset[Part]:
    """Return the parts that may be written in a state; after a return only those it named."""
    if RECOMMENDATION.states[state].is_final:
        return frozenset()
    found = BRANCH_PARTS.get(state, frozenset()) | UNION_PARTS.get(state, frozenset())
    if state == "returned":
        found |= {Part(each) for each in returned if each in MENDABLE_LATER} & WRITTEN_BY_BRANCH
    if station_of(state, listed=True) in COMMENTED:
        found |= {Part.BRANCH_QUARTER, Part.UNION_QUARTER}
    if state == "probation":
        found |= {Part.BRANCH_PROBATION, Part.UNION_PROBATION}
    return found | {Part.DELAY}
