"""When the contest happens in the demo district."""

from collections.abc import Iterator

from app.demo.contest.days import last_season, this_season
from app.demo.contest.judging import turns_of_judging
from app.demo.contest.results import turns_of_results
from app.demo.contest.seasons import turns_of_one, turns_of_seasons
from app.demo.contest.stations import turns_of_last_year, turns_of_this_year
from app.demo.days import Turn
from app.demo.people import Casting
from app.demo.places import Place


def turns_of_contest(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield all that happens in both seasons."""
    last, this = last_season(casting.today), this_season(casting.today)
    yield from turns_of_one(district, last)
    yield from turns_of_last_year(district, last)
    yield from turns_of_judging(district, last, final=1, ends=True)
    yield from turns_of_results(district, last)
    yield from turns_of_seasons(district, casting)
    yield from turns_of_this_year(district, this)
    yield from turns_of_judging(district, this, final=0.5, ends=False)
