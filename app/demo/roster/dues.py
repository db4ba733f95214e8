"""Dues of this year and the last: paid month by month, owed by some, exempted, and passed up.

The branches of one commune keep the last months in the program; all else is from paper books.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from app.demo.days import Turn, moment
from app.demo.people import Casting, Fate
from app.demo.places import MARKET, Place
from app.demo.roster import texts
from app.demo.roster.paper_books import Books, enter_payments, enter_remittances
from app.queries.dues.figures import figures_of
from app.queries.dues.sheets import sheet_of
from app.services.dues.exemptions import Exemption, exempt
from app.services.dues.remittances import Passed, confirm, pass_up
from app.services.dues.sheets import Sheet, keep_sheet
from app.services.events import By
from workflows.calendar import local_day, months_after
from workflows.dues import month_of, months_before, months_of

KEEPS_SHEETS = "xa.tanquoi"
KEPT = 3  # months
FORGOTTEN = 0.06  # share of payments on a sheet
STOPPED = 0.05  # share of members who pay no longer, in each book
SILENT = 6  # months without dues of those who are to be deleted
A_QUARTER = 3  # months
COUNTED = timedelta(days=12)  # from the last month to the day on which its share is passed up
IN_HAND = timedelta(minutes=4)  # from the one who passes up to the one who confirms
# Who is exempt: in which branch, since how many days, for how many months.
EXEMPT = (
    (MARKET, 120, 6),
    ("ap.tanquoi.4", 60, 3),
    ("ap.tanluoc.2", 45, 3),
    ("ap.mythuan.1", 400, 6),
)


def turns_of_dues(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the books, the sheets of the last months, and the exemptions."""
    last = month_of(casting.today)
    kept = months_before(last, KEPT)
    for months in _books(last):
        closed = months_after(months[-1], 1) + COUNTED
        book = Book(district, casting, months, kept[0])
        yield Turn(moment(min(closed, casting.today - timedelta(days=2))), book.close)
    for month in kept:
        for number, branch in enumerate(district.find(KEEPS_SHEETS).below):
            # Of the last month some shares were not passed up, others not confirmed yet.
            is_whole = month < kept[-1]
            yield from _sheet(branch, month, casting, number=4 if is_whole else number % 4)
    yield from _exemptions(district, casting)


def _books(last: date) -> list[list[date]]:
    """List the months of the books: last year, and the halves of this one so far."""
    this_year = [month for month in months_of(last.year) if month < last]
    books = (months_of(last.year - 1), this_year[:6], this_year[6:])
    return [months for months in books if months]


@dataclass(frozen=True, slots=True)
class Book:
    """The dues of some months in the whole district, but those that a sheet says."""

    district: Place
    casting: Casting
    months: Sequence[date]
    kept_from: date

    def close(self, now: datetime) -> None:
        """Enter what members paid, and what units passed up quarter by quarter."""
        kept = {each.unit.id for each in self.district.find(KEEPS_SHEETS).below}
        books = Books(self.months, self._stopped(), kept, self.kept_from)
        took = enter_payments(books, now)
        for start in range(0, len(self.months), A_QUARTER):
            quarter = self.months[start : start + A_QUARTER]
            on = min(months_after(quarter[-1], 1) + COUNTED, local_day(now))
            sums = sum((Counter(took[month]) for month in quarter), Counter())
            self._pass_on(quarter, enter_remittances(quarter[-1], sums, on, now), on, now)

    def _stopped(self) -> dict[int, date]:
        """Choose who does not pay to the end; who is to be deleted has not for long."""
        members = [each.id for place in self.district.walk() for each in place.members]
        some = self.casting.rng.sample(members, int(len(members) * STOPPED))
        stopped = {number: self.casting.rng.choice(self.months) for number in some}
        gone = [each.id for each, fate in self.casting.fates.items() if fate is Fate.DELETED]
        silent = months_before(month_of(self.casting.today), SILENT)
        return stopped | dict.fromkeys(gone, max(silent[0], self.months[0]))

    def _pass_on(
        self, quarter: Sequence[date], received: dict[int, int], on: date, now: datetime
    ) -> None:
        """Let communes pass up what came to them: this year each by itself."""
        received.pop(self.district.unit.id, None)
        if quarter[0].year < month_of(self.casting.today).year:
            enter_remittances(quarter[-1], received, on, now)
        elif len(quarter) == A_QUARTER and quarter[-1] < self.kept_from:
            for number, commune in enumerate(self.district.below):
                if commune.unit.id in received:
                    _pass_up(commune, quarter, now, is_confirmed=bool(number % 4))


def _pass_up(place: Place, months: Sequence[date], now: datetime, *, is_confirmed: bool) -> None:
    """Pass up the share of what a unit took, and let the one above confirm it."""
    unit, day = place.unit, local_day(now)
    share = figures_of([unit], months, day)[unit.id].lacking
    if not share or place.above is None:
        return
    number = pass_up(unit.id, Passed(months[-1], share, day), by=By(place.officers[0], now))
    if is_confirmed:
        confirm(unit.id, number, by=By(place.above.officers[-1], now + IN_HAND))


def _sheet(branch: Place, month: date, casting: Casting, *, number: int) -> Iterator[Turn]:
    """Yield the sheet of a month and its share: of 0 none, of 1 not confirmed."""
    ended = months_after(month, 1) + timedelta(days=4)
    at = moment(min(ended, casting.today - timedelta(days=1)), casting.rng.randint(0, 300))
    yield Turn(at, partial(_keep_month, branch, month, casting))
    if number:
        yield Turn(at + IN_HAND, partial(_pass_up, branch, [month], is_confirmed=number > 1))


def _keep_month(branch: Place, month: date, casting: Casting, now: datetime) -> None:
    """Tick on the sheet who paid for a month; some forgot."""
    rows = sheet_of(branch.unit.id, [month], local_day(now))
    spots = [(row.person_id, month) for row in rows if row.cells[0].is_open]
    paid = frozenset(spot for spot in spots if casting.rng.random() > FORGOTTEN)
    earning = frozenset(row.person_id for row in rows if row.has_wage)
    sheet = Sheet(paid, frozenset(), earning, earning)
    keep_sheet(branch.unit.id, sheet, by=By(branch.officers[0], now))


def _exemptions(district: Place, casting: Casting) -> Iterator[Turn]:
    for key, days, months in EXEMPT:
        place = district.find(key)
        decided = casting.today - timedelta(days=days)
        asked = Exemption(month_of(decided), months, decided, casting.rng.choice(texts.HARDSHIPS))
        person = casting.one_of(place.members)
        yield Turn(moment(decided), partial(_exempt, person.id, asked, place))


def _exempt(person_id: int, asked: Exemption, place: Place, now: datetime) -> None:
    exempt(person_id, asked, by=By(place.union.officers[0], now))
