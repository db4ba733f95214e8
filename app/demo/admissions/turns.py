"""When each wave plays its scenes: counted back from today, so that the demo is always fresh."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from app.demo.admissions.nominees import Nomination
from app.demo.admissions.plots import PLOTS, Plot, Where
from app.demo.admissions.waves import Wave
from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import MARKET, SCATTERED, WITHOUT_BRANCH, Place

SOME_SCENES_APART = 20  # minutes between two scenes of one day


def turns_of_admissions(district: Place, casting: Casting) -> list[Turn]:
    """Cast every plot; whoever helps in one is then busy."""
    numbers = count()
    turns = []
    for plot in PLOTS:
        for _ in range(plot.waves):
            turns += _turns(plot, next(numbers), district, casting)
    return turns


def _turns(plot: Plot, number: int, district: Place, casting: Casting) -> list[Turn]:
    moments = list(_moments(plot, casting))
    union = _union(plot, number, district)
    wave = Wave(union, Nomination(plot, union, casting, moments[0].date()).candidates(), casting)
    for each in wave.candidates:
        casting.busy |= {each.helper_id, each.introducer_id}
    pairs = zip(moments, plot.scenes, strict=True)
    return [Turn(at, partial(beat.scene, wave)) for at, beat in pairs]


def _moments(plot: Plot, casting: Casting) -> Iterator[datetime]:
    """Count the days back from the last scene, which is ``rest`` days ago."""
    rng = casting.rng
    gaps = [rng.randint(*beat.after) for beat in plot.scenes]
    day = casting.today - timedelta(days=rng.randint(*plot.rest) + sum(gaps))
    start = rng.randint(0, 120)
    for index, gap in enumerate(gaps):
        day += timedelta(days=gap)
        yield moment(day, start + index * SOME_SCENES_APART)


def _union(plot: Plot, number: int, district: Place) -> Place:
    """Go round the communes or the grass-roots branches; other plots have their place."""
    if plot.where is Where.COMMUNES:
        communes = [each for each in district.below if each.is_commune]
        return communes[number % len(communes)]
    if plot.where is Where.GRASSROOTS_BRANCHES:
        alone = [each for each in district.below if not each.is_commune]
        return alone[number % len(alone)]
    keys = {Where.MARKET: MARKET, Where.SCATTERED: SCATTERED, Where.WITHOUT_BRANCH: WITHOUT_BRANCH}
    place = district.find(keys[plot.where])
    return place if place.is_commune else place.above or place
