"""When the classification happens: at the end of last year, and in these days."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from app.demo.classification.last_year import close_last_year
from app.demo.classification.this_year import FAR, classify_this_year, first_day
from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import Place


def turns_of_classification(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the closing of last year, and the branches that are at work on this one."""
    last = casting.today.year - 1
    closing = partial(close_last_year, district, last)
    yield Turn(moment(date(last, 12, 28)), closing)
    for turn, (key, stage) in enumerate(FAR.items()):
        play = partial(classify_this_year, district.find(key), stage, casting.today.year)
        yield Turn(moment(first_day(casting.today), 40 * turn), play)
