"""When exemplary members go on: two waves of choices, and for each member a plot of acts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select

from app.demo.classification.last_year import close_last_year
from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import Place
from app.demo.recommendation.wave import Member, Wave
from app.extensions import db
from app.models import ClassificationSheet, Unit
from workflows.engine import NoSuchStep, Refused

Act = Callable[[Member, datetime], None]
DAY = timedelta(days=1)
# The first paper grades were entered when the program came.
GRADED = 695
# When those of the former choice are chosen once more.
AGAIN = 360
BEFORE_THE_LIST = ((10, Member.complete), (15, Member.comment))
LISTED = 20
RECOGNISED = (*BEFORE_THE_LIST, (50, Member.recognise), (60, Member.quarter))
ASKED = (*RECOGNISED, (100, Member.ask))
VOTED = (*ASKED, (105, Member.vote))
SUBMITTED = (*VOTED, (107, Member.submit))
RESOLVED = (*SUBMITTED, (112, Member.resolve))
AT_THE_CELL = (*RESOLVED, (115, Member.hand_to_cell))
ACCEPTED = (*AT_THE_CELL, (125, Member.accept))
ADMITTED = (*ACCEPTED, (170, Member.admit))


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a commune: how many days ago, and the plot of each member chosen."""

    commune: str
    days_ago: int
    plots: tuple[tuple[tuple[int, Act], ...], ...]


# A small commune has few who are excellent: what is most worth seeing comes first in each.
FORMER = (
    Choice(
        "xa.tanluoc",
        660,
        (
            (*ADMITTED, (560, Member.become_full)),
            ADMITTED,
            BEFORE_THE_LIST,
            (*RECOGNISED, (400, Member.quarter)),
        ),
    ),
    Choice(
        "xa.thanhtrung",
        650,
        ((*RECOGNISED, (300, Member.close)), (*BEFORE_THE_LIST, (90, Member.withdraw))),
    ),
)
# Who is chosen once more and not admitted yet: whom the Party has on its list.
CHOSEN_AGAIN = 2
LATELY = (
    Choice("xa.tanquoi", 240, (SUBMITTED, RECOGNISED, ASKED, ())),
    Choice(
        "xa.mythuan",
        230,
        (
            (*BEFORE_THE_LIST[:1], (18, Member.send_back)),
            (*AT_THE_CELL, (130, Member.cell_returns)),
        ),
    ),
    Choice("xa.thanhdong", 220, (ADMITTED, BEFORE_THE_LIST)),
    Choice("xa.thanhloi", 215, (AT_THE_CELL, ())),
    Choice("xa.tanthanh", 210, (ACCEPTED, VOTED)),
    Choice("xa.tanbinh", 205, (RESOLVED, BEFORE_THE_LIST[:1])),
    Choice("xa.nguyenvanthanh", 200, (ASKED, ())),
)


def turns_of_recommendation(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the grades of the years before, and what becomes of all who are chosen."""
    yield from _grades(district, casting.today)
    for choice in (*FORMER, *LATELY):
        year = title_year(choice, casting.today)
        wave = Wave(district.find(choice.commune), casting, len(choice.plots), year)
        yield from _way(wave, choice, casting.today)
        if choice is FORMER[0]:
            again = partial(wave.choose_again, place=CHOSEN_AGAIN)
            yield Turn(moment(casting.today - AGAIN * DAY), again)


def title_year(choice: Choice, today: date) -> int:
    """Return the year of a title: the former ones were given for the year that had ended."""
    year = (today - choice.days_ago * DAY).year
    return year - 1 if choice in FORMER else year


def _grades(district: Place, today: date) -> Iterator[Turn]:
    """Grade the communes for the years that count at a choice, unless it is last year."""
    for choice in (*FORMER, *LATELY):
        year = (today - choice.days_ago * DAY).year - 1
        if year < today.year - 1:
            closing = partial(_grade_once, district.find(choice.commune), year)
            yield Turn(max(moment(today - GRADED * DAY), moment(date(year, 12, 28))), closing)


def _grade_once(commune: Place, year: int, now: datetime) -> None:
    """Two choices may rest on the same year of a commune."""
    graded = select(ClassificationSheet.id).join(Unit, Unit.id == ClassificationSheet.unit_id)
    here = Unit.path.startswith(commune.unit.path), ClassificationSheet.year == year
    if db.session.scalar(graded.where(*here).limit(1)) is None:
        close_last_year(commune, year, now)


def _way(wave: Wave, choice: Choice, today: date) -> Iterator[Turn]:
    """The list is handed over for all together, everything else happens to each alone."""
    start = today - choice.days_ago * DAY
    yield Turn(moment(start), wave.choose)
    yield Turn(moment(start + LISTED * DAY), wave.hand_over)
    for place, plot in enumerate(choice.plots):
        for days, act in plot:
            at = moment(start + days * DAY, 20 * (place + 1))
            yield Turn(at, partial(_play, wave, place, act))


def _play(wave: Wave, place: int, act: Act, now: datetime) -> None:
    """Who left meanwhile, or has grown too far from the plot, stays where they are."""
    member = wave.member(place)
    if member is None:
        return
    try:
        act(member, now)
    except (Refused, NoSuchStep):
        return
