"""Opening a season with its rules and days, calling for entries, one branch given more time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from app.demo.contest.days import EVENING, TITLE, Calendar, this_season
from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import Place
from app.queries.contest.seasons import season_of
from app.services.contest.rules_file import example
from app.services.contest.season_days import Extension, extend_call, set_days
from app.services.contest.seasons import SeasonPlan, open_season, take_season_step
from app.services.events import By

LATE_BRANCH, LATE_DAYS = 2, 2
WHY_LATE = "Bí thư chi đoàn dự tập huấn quân sự, nộp hồ sơ sau"


def turns_of_seasons(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the opening and the call of the season under way, with one extension."""
    calendar = this_season(casting.today)
    yield from turns_of_one(district, calendar)
    extended = moment(calendar.call[1], EVENING - 60)
    yield Turn(extended, partial(_extend, district, calendar))


def turns_of_one(district: Place, calendar: Calendar) -> Iterator[Turn]:
    """Yield the opening and the call of a season."""
    opened, called = moment(calendar.opened, 60), moment(calendar.call[0], 20)
    yield Turn(opened, partial(_open, district, calendar))
    yield Turn(called, partial(step, district, calendar.year, "open_call"))


def step(district: Place, year: int, name: str, now: datetime) -> None:
    """Take a step of a season, as the district's officer."""
    season = season_of(district.unit.id, year)
    if season:
        take_season_step(year, name, "", by=_by(district, now), seen=season.version)


def _by(district: Place, now: datetime) -> By:
    return By(district.officers[1], now)


def _open(district: Place, calendar: Calendar, now: datetime) -> None:
    rules, by = example("default"), _by(district, now)
    open_season(SeasonPlan(calendar.year, TITLE, calendar.publish_on, rules), by=by)
    set_days(calendar.year, calendar.days(rules), by=by, seen=1)
    step(district, calendar.year, "rehearse", now)


def _extend(district: Place, calendar: Calendar, now: datetime) -> None:
    communes = [each for each in district.below if each.is_commune]
    branch = communes[0].below[LATE_BRANCH]
    until = moment(calendar.call[1] + timedelta(days=LATE_DAYS), EVENING)
    wanted = Extension(branch.unit.id, until, WHY_LATE)
    extend_call(calendar.year, wanted, by=_by(district, now))
