"""Last year's result in the demo: deliberated, published on 26 March, its awards decided."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from app.demo.contest.days import Calendar
from app.demo.contest.seasons import step
from app.demo.days import Turn, moment
from app.demo.places import Place
from app.queries.contest.seasons import season_of
from app.services.events import By
from app.services.results.publishing import decide_awards, publish
from workflows.calendar import local_day

DECISION = "12-QĐ/ĐTN"


def turns_of_results(district: Place, calendar: Calendar) -> Iterator[Turn]:
    """Yield what follows the last round."""
    after = moment(calendar.district[1] + timedelta(days=1), 60)
    yield Turn(after, partial(step, district, calendar.year, "deliberate"))
    yield Turn(moment(calendar.publish_on, 60), partial(_publish, district, calendar.year))
    yield Turn(moment(calendar.publish_on, 120), partial(_decide, district, calendar.year))


def _publish(district: Place, year: int, now: datetime) -> None:
    if season := season_of(district.unit.id, year):
        publish(year, "", by=By(district.officers[0], now), seen=season.version)


def _decide(district: Place, year: int, now: datetime) -> None:
    decide_awards(year, DECISION, local_day(now), by=By(district.officers[0], now))
