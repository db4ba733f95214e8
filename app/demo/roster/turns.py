"""What happens on the roster, in no order yet."""

from collections.abc import Iterator
from itertools import chain

from app.demo.days import Turn
from app.demo.people import Casting
from app.demo.places import Place
from app.demo.roster.dues import turns_of_dues
from app.demo.roster.holdings import turns_of_holdings
from app.demo.roster.lists import turns_of_lists
from app.demo.roster.moves import turns_of_moves
from app.demo.roster.offices import turns_of_offices
from app.demo.roster.standings import turns_of_standings
from app.demo.roster.units import turns_of_units


def turns_of_roster(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield everything, each kind cast from who is free by then."""
    parts = (
        turns_of_units,
        turns_of_standings,
        turns_of_moves,
        turns_of_holdings,
        turns_of_offices,
        turns_of_lists,
        turns_of_dues,
    )
    return chain.from_iterable(part(district, casting) for part in parts)
