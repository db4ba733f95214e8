"""When the contest happens in the demo district."""

from collections.abc import Iterator

from app.demo.contest.days import this_season
from app.demo.contest.judging import turns_of_judging
from app.demo.contest.seasons import turns_of_seasons
from app.demo.days import Turn
from app.demo.people import Casting
from app.demo.places import Place


def turns_of_contest(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield all that happens in both seasons."""
    yield from turns_of_seasons(district, casting)
    yield from turns_of_judging(district, this_season(casting.today), final=0.5, ends=False)
