"""Building the demo district: rows first, then a year of work through the use cases."""

import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select, text

from app.demo.chains import enter, number
from app.demo.days import moment
from app.demo.officers import Office, enter_accounts, offices_of, seat
from app.demo.people import Casting
from app.demo.places import FOUNDED, SCATTERED, WITHOUT_BRANCH, Place, draw_district
from app.demo.timetable import timetable
from app.extensions import db
from app.models import Account, Dossier, Membership, Person, Unit
from app.services.events import Change
from app.services.offices.accounts import hasher
from app.services.use_case import use_case
from config import PRODUCTION, Settings
from workflows.calendar import local_day
from workflows.levels import Level

SEED = 863  # the district's number
IN_OFFICE = timedelta(days=700)
COMMITTEE_SIZE = 5
CONSENT = "CV 12-CV/ĐTN"


class DemoRefused(Exception):  # noqa: N818
    """There is no room for made-up people here; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """How much the demo district holds."""

    communes: int
    branches: int
    people: int
    dossiers: int
    accounts: int


def build_demo(settings: Settings, password: str, now: datetime) -> Built:
    """Build the district with its people, accounts and a year of admissions.

    Names and plots come from a fixed seed, dates are counted back from ``now``.

    Raises:
        DemoRefused: this is production, or the database has units.
    """
    _check_room(settings)
    today = local_day(now)
    casting = Casting(random.Random(SEED), today)  # noqa: S311  (nothing secret)
    province = draw_district(casting)
    with _hurried():
        offices, accounts = _enter_district(province, casting, hasher.hash(password))
        district = province.below[0]
        seat(offices, accounts, today)
        _name_committees(district)
        casting.busy |= _in_office(district)
        for turn in timetable(district, casting):
            turn.play(turn.at)
    return _counted(district, len(accounts))


def _check_room(settings: Settings) -> None:
    if settings.app_env == PRODUCTION:
        raise DemoRefused("APP_ENV=production: the demo district is for trying things out")
    if db.session.scalar(select(exists(select(Unit.id)))):
        raise DemoRefused("the database has units already; the demo district needs an empty one")


@contextmanager
def _hurried() -> Iterator[None]:
    """Wait neither for the disk nor for the garbage collector; it saves a quarter of the time.

    What a crash would lose is made again by starting anew with an empty database.
    """
    _wait_for_the_disk("off")
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        _wait_for_the_disk("on")


@use_case
def _wait_for_the_disk(value: str) -> None:
    db.session.execute(text(f"SET synchronous_commit TO {value}"))


@use_case
def _enter_district(
    province: Place, casting: Casting, password_hash: str
) -> tuple[list[Office], list[Account]]:
    """Enter units, members and accounts; the rows stay at hand as they are."""
    since = casting.today - IN_OFFICE
    _enter_units(province)
    _enter_members(province, moment(since))
    offices = offices_of(province.below[0], casting.fates)
    for office in offices:
        casting.fates.pop(office.person, None)
    accounts = enter_accounts(offices, password_hash, since)
    db.session.flush()
    db.session.expunge_all()
    return offices, accounts


def _enter_units(province: Place) -> None:
    district = province.below[0]
    places = list(province.walk())
    number([place.unit for place in places])
    for place in places:
        above = place.above.unit if place.above else None
        place.unit.parent_id = above.id if above else None
        place.unit.path = f"{above.path if above else ''}{place.unit.id}."
        place.unit.district_id = district.unit.id if above else None
    scattered = province.find(SCATTERED).unit
    scattered.committee_votes_from, scattered.committee_votes_ref = FOUNDED, CONSENT
    enter((place.unit, Change("enter"), moment(FOUNDED)) for place in places)
    db.session.flush()


def _enter_members(province: Place, opened: datetime) -> None:
    """Enter the rolls as of the day the program came, and those who joined since."""
    people = [(place.unit, person) for place in province.walk() for person in place.members]
    number([person for _, person in people])
    for unit, person in people:
        person.unit_id, person.district_id = unit.id, unit.district_id or unit.id
    enter(
        (person, Change("enter", to_state=person.status), max(opened, moment(_joined(person))))
        for _, person in people
    )
    db.session.flush()
    db.session.add_all(_stay(person) for _, person in people)


def _joined(person: Person) -> date:
    return person.joined_on or FOUNDED


def _stay(person: Person) -> Membership:
    return Membership(
        district_id=person.district_id,
        person_id=person.id,
        unit_id=person.unit_id,
        from_on=_joined(person),
        to_on=person.expelled_on - timedelta(days=1) if person.expelled_on else None,
    )


def _name_committees(district: Place) -> None:
    """Name who votes where members do not: a branch's committee, a commune's secretaries."""
    scattered, alone = district.find(SCATTERED), district.find(WITHOUT_BRANCH)
    scattered.committee = [person.id for person in scattered.members[:COMMITTEE_SIZE]]
    alone.committee = [
        officer.person_id
        for place in alone.walk()
        for officer in place.officers[:1]
        if officer.person_id is not None
    ]


def _in_office(district: Place) -> set[int]:
    """List who holds an office or votes for the others: they stay where they are."""
    found = {number for place in district.walk() for number in place.committee}
    officers = [officer.person_id for place in district.walk() for officer in place.officers]
    return found | {number for number in officers if number is not None}


def _counted(district: Place, accounts: int) -> Built:
    def rows(model: type[Unit | Person | Dossier], *where: ColumnElement[bool]) -> int:
        return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0

    places = list(district.walk())
    return Built(
        communes=sum(place.is_commune for place in places),
        branches=rows(Unit, Unit.level == Level.BRANCH, Unit.valid_to.is_(None)),
        people=rows(Person),
        dossiers=rows(Dossier),
        accounts=accounts,
    )
