"""When the programme happens: opened in January, registered for, looked at in summer, concluded."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import Place
from app.demo.programme import texts
from app.demo.programme.branches import Branch
from app.demo.programme.paper_books import Book, enter_books
from app.queries.programme.contents import in_force
from app.services.events import By
from app.services.programme.contents import Origin, begin_draft, open_edition, write_draft
from workflows.calendar import local_day
from workflows.programme_facts import Content

IN_OFFICE = timedelta(days=690)  # the officers of today, and not much longer
ACT_BY_ACT = "xa.tanquoi"
# How the branches of the other communes stand by now.
STATES = ("registered", "approved", "approved", "reviewed", "reviewed", "self_evaluated")
STAGES: tuple[tuple[Callable[[Branch], None], ...], ...] = (
    (Branch.register, Branch.approve, Branch.review, Branch.evaluate),
    (Branch.register, Branch.approve, Branch.review),
    (Branch.register, Branch.approve),
    (Branch.register,),
)


def turns_of_programme(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield last year as the books have it, and this year as far as it has come."""
    today, last = casting.today, casting.today.year - 1
    before = max(date(last, 1, 5), today - IN_OFFICE)
    yield Turn(moment(before), partial(_open, district, last, texts.OF_THE_DISTRICT))
    closing = partial(_enter, district, last, ("concluded",))
    yield Turn(moment(date(last, 12, 20)), closing)
    begun = first_day(today)
    yield Turn(moment(begun), partial(_open, district, today.year, texts.OF_THE_DISTRICT))
    commune = district.find(ACT_BY_ACT)
    yield Turn(moment(begun, 20), partial(_adapt, commune, today.year))
    yield Turn(moment(begun, 40), partial(_enter, district, today.year, STATES))
    for turn, branch in enumerate(commune.below):
        acts = STAGES[turn % len(STAGES)]
        yield Turn(moment(begun, 60 + 30 * turn), partial(_work, branch, today.year, acts))


def first_day(today: date) -> date:
    """Return the day on which this year's programme was opened: in January, and before today."""
    return max(date(today.year, 1, 1), min(date(today.year, 1, 12), today - timedelta(days=2)))


def _open(place: Place, year: int, contents: tuple[Content, ...], now: datetime) -> None:
    unit, by = place.unit, By(place.officers[0], now)
    seen = begin_draft(unit.id, year, Origin.BLANK, by=by, seen=0)
    seen = write_draft(unit.id, year, contents, by=by, seen=seen)
    open_edition(unit.id, year, local_day(now), by=by, seen=seen)


def _adapt(place: Place, year: int, now: datetime) -> None:
    """Let a commune add a content of its own to what the district asks."""
    unit, by = place.unit, By(place.officers[0], now)
    seen = begin_draft(unit.id, year, Origin.ABOVE, by=by, seen=0)
    own = [each for each in texts.OF_THE_DISTRICT if not each.is_required]
    seen = write_draft(unit.id, year, [*own, texts.OF_A_COMMUNE], by=by, seen=seen)
    open_edition(unit.id, year, local_day(now), by=by, seen=seen)


def _enter(district: Place, year: int, states: tuple[str, ...], now: datetime) -> None:
    """Enter the books of all branches; this year those of one commune work act by act instead."""
    is_over = states == ("concluded",)
    by_hand = () if is_over else district.find(ACT_BY_ACT).below
    branches = [each for each in district.walk() if each.members and each not in by_hand]
    edition = in_force(district.unit, year, local_day(now))
    if edition:
        enter_books(Book(branches, edition, states, year), now)


def _work(
    place: Place, year: int, acts: tuple[Callable[[Branch], None], ...], now: datetime
) -> None:
    if not place.officers:
        return
    branch = Branch(place, year, now)
    for act in acts:
        act(branch)
