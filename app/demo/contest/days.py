"""The days of the two seasons: last year's before its 26 March, this one's around today."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.demo.days import moment
from app.services.contest.season_days import SeasonDays
from workflows.contest.rules import ContestRules
from workflows.contest.timeline import Stretch, founding_day
from workflows.levels import Level

MORNING, EVENING = 30, 600  # minutes after seven
TITLE = "Hội thi Bí thư chi đoàn giỏi"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a season: opened, called for, held by communes and by the district."""

    publish_on: date
    opened: date
    call: tuple[date, date]
    communes: tuple[date, date]
    district: tuple[date, date]

    @property
    def year(self) -> int:
        """The year of the season."""
        return self.publish_on.year

    def days(self, rules: ContestRules) -> SeasonDays:
        """Return the days as the district sets them."""
        held = {Level.COMMUNE: self.communes, Level.DISTRICT: self.district}
        rounds = {each.code: _stretch(*held[each.level]) for each in rules.rounds}
        return SeasonDays(TITLE, self.publish_on, _stretch(*self.call), rounds)


def last_season(today: date) -> Calendar:
    """Return the days of the season whose 26 March has passed."""
    return _before(founding_day(this_season(today).year - 1))


def _before(day: date) -> Calendar:
    def back(days: int) -> date:
        return day - timedelta(days=days)

    return Calendar(day, back(100), (back(90), back(60)), (back(58), back(30)), (back(20), back(8)))


def this_season(today: date) -> Calendar:
    """Return the days of the season under way: the district's round goes on right now."""
    next_day = founding_day(today.year)
    day = next_day if next_day > today else founding_day(today.year + 1)

    def back(days: int) -> date:
        return today - timedelta(days=days)

    ends = min(today + timedelta(days=10), day)
    return Calendar(day, back(75), (back(70), back(25)), (back(23), back(6)), (back(4), ends))


def _stretch(first: date, last: date) -> Stretch:
    return Stretch(moment(first, MORNING), moment(last, EVENING))
