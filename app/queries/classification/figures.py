"""What the registers know of the members of a unit in a year, in a few grouped queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import (
    ClassificationLine,
    ClassificationSheet,
    Dossier,
    DuesPayment,
    Meeting,
    MeetingAttendance,
    Membership,
    Person,
    Standing,
    Transfer,
    Unit,
)
from app.queries.dues.sheets import owed_spots, payments_of
from app.queries.programme.results import results_of
from app.queries.units.past import one_with
from workflows.classification.criteria import NOT_MARKED, Figures
from workflows.classification.scope import Stretch, Year
from workflows.dues import months_of, over_by
from workflows.membership import PersonStatus

DAY = timedelta(days=1)
ABSENT = (PersonStatus.WORKING_AWAY, PersonStatus.DEFERRED, PersonStatus.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Known:
    """A member with what is on record of their year; the unit before, and what it said of them."""

    person_id: int
    name: str
    year: Year
    figures: Figures
    former_unit: str = ""
    former_comment: str = ""


def closing_day(year: int, today: date) -> date:
    """Return the day whose members a year's sheet lists: the last one, or today until then."""
    return min(today, date(year, 12, 31))


def known_of(
    unit: Unit, year: int, today: date, people: Collection[int] | None = None
) -> list[Known]:
    """Return what is known of the members of a unit in a year, by given name.

    They are those of the closing day, or the ``people`` whom a sheet lists already. Units that
    merged into this one count as it.
    """
    members = _members(unit, closing_day(year, today), people)
    ids = [person.id for person in members]
    years, former = _years(unit, members, year, today), _former(ids)
    figures = _figures(unit, ids, year, today)
    return [
        Known(person.id, person.name, years[person.id], figures[person.id], *former[person.id])
        for person in members
    ]


def _members(unit: Unit, on: date, people: Collection[int] | None) -> list[Person]:
    if people is None:
        there = Person.id.in_(
            select(Membership.person_id).where(
                Membership.unit_id.in_(one_with(unit)),
                Membership.from_on <= on,
                or_(Membership.to_on.is_(None), Membership.to_on > on),
            )
        )
    else:
        there = Person.id.in_(people)
    query = select(Person).where(there).order_by(Person.sort_key, Person.id)
    return list(db.session.scalars(query))


def _years(unit: Unit, members: Sequence[Person], year: int, today: date) -> dict[int, Year]:
    ids = [person.id for person in members]
    first, last = _stays(unit, ids, closing_day(year, today))
    absences, elsewhere = _absences(ids, year, today), graded_elsewhere(ids, year)
    return {
        person.id: Year(
            number=year,
            joined_on=person.joined_on or first.get(person.id, date.min),
            here_since=last.get(person.id, date.min),
            absences=absences.get(person.id, ()),
            graded_in=elsewhere.get(person.id, ""),
        )
        for person in members
    }


def _stays(unit: Unit, ids: Collection[int], on: date) -> tuple[dict[int, date], dict[int, date]]:
    """Return the first day of the first and of the last stay of each, as of a day.

    Who came along when units merged has been here since they were in the old one.
    """
    stay, here = Membership, set(db.session.scalars(one_with(unit)))
    rows = db.session.execute(
        select(stay.person_id, stay.unit_id, stay.from_on, stay.to_on)
        .where(stay.person_id.in_(ids), stay.from_on <= on)
        .order_by(stay.from_on, stay.id)
    )
    first, last = dict[int, date](), dict[int, date]()
    until: dict[int, date | None] = {}
    for person, unit_id, from_on, to_on in rows:
        first.setdefault(person, from_on)
        if unit_id not in here or until.get(person) != from_on - DAY:
            last[person] = from_on
        until[person] = to_on if unit_id in here else None
    return first, last


def _absences(ids: Collection[int], year: int, today: date) -> Mapping[int, list[Stretch]]:
    last = date(year, 12, 31)
    found: dict[int, list[Stretch]] = defaultdict(list)
    query = select(Standing).where(
        Standing.person_id.in_(ids),
        Standing.status.in_(ABSENT),
        Standing.from_on <= last,
    )
    for each in db.session.scalars(query):
        end = each.ended_on or each.to_on or closing_day(year, today)
        if end >= date(year, 1, 1):
            found[each.person_id].append((each.from_on, min(end, last)))
    return found


def graded_elsewhere(ids: Collection[int], year: int, but_for: int | None = None) -> dict[int, str]:
    """Return by which unit some people have a confirmed grade of a year already.

    ``but_for`` is the sheet that asks. What a branch that merged had handed up counts too, while
    it waits to be confirmed.
    """
    line, sheet = ClassificationLine, ClassificationSheet
    waits = (sheet.state == "submitted") & Unit.valid_to.is_not(None)
    rows = db.session.execute(
        select(line.person_id, Unit.name)
        .join(ClassificationSheet, ClassificationSheet.id == line.sheet_id)
        .join(Unit, Unit.id == ClassificationSheet.unit_id)
        .where(line.person_id.in_(ids), line.year == year)
        .where(line.is_confirmed | waits)
        .where(line.grade.is_not(None), line.sheet_id != (but_for or 0))
    )
    return {row.person_id: row.name for row in rows}


def _former(ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Return the unit from which each came last, with the comment that went along."""
    comments = _comments(ids)
    found: dict[int, tuple[str, str]] = defaultdict(lambda: ("", ""))
    earlier = aliased(Membership)
    rows = db.session.execute(
        select(earlier.person_id, Unit.name)
        .join(Unit, Unit.id == earlier.unit_id)
        .where(earlier.person_id.in_(ids), earlier.to_on.is_not(None))
        .order_by(earlier.to_on, earlier.id)
    )
    for person, name in rows:
        found[person] = (name, comments.get(person, ""))
    return found


def _comments(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(
        select(Dossier.person_id, Transfer.comment)
        .join(Transfer, Transfer.dossier_id == Dossier.id)
        .where(Dossier.person_id.in_(ids), Dossier.state == "received", Transfer.comment != "")
        .order_by(Dossier.id)
    )
    return {person: comment for person, comment in rows}  # noqa: C416  (rows are not pairs)


def _figures(unit: Unit, ids: Collection[int], year: int, today: date) -> dict[int, Figures]:
    meetings, dues = _attendance(ids, year), _dues(unit, ids, year, today)
    marks = programme_marks(ids, year)
    return {
        person: replace(
            Figures(*meetings.get(person, (0, 0)), programme=marks[person]),
            payable=dues[person][0],
            owed=dues[person][1],
        )
        for person in ids
    }


def _attendance(ids: Collection[int], year: int) -> dict[int, tuple[int, int]]:
    """Count the meetings on record that each was to attend, and those they attended."""
    came = func.count().filter(MeetingAttendance.is_present)
    rows = db.session.execute(
        select(MeetingAttendance.person_id, func.count(), came)
        .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
        .where(MeetingAttendance.person_id.in_(ids))
        .where(Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(MeetingAttendance.person_id)
    )
    return {person: (entitled, present) for person, entitled, present in rows}


def _dues(unit: Unit, ids: Collection[int], year: int, today: date) -> dict[int, tuple[int, int]]:
    """Count the months payable and those owed, where the unit keeps its dues here."""
    months = over_by(months_of(year), today)
    if not keeps_dues(unit):
        return dict.fromkeys(ids, (0, 0))
    paid = payments_of(ids, months)
    owed = Counter(
        person for person, _month in owed_spots(months, today, Membership.person_id.in_(ids))
    )
    had = Counter(person for person, _month in paid)
    return {person: (had[person] + owed[person], owed[person]) for person in ids}


def keeps_dues(unit: Unit) -> bool:
    """Whether a unit ever wrote down here who paid; of one that did not nothing is known."""
    query = select(DuesPayment.person_id).where(DuesPayment.unit_id.in_(one_with(unit)))
    return db.session.scalar(query.limit(1)) is not None


def programme_marks(ids: Collection[int], year: int) -> dict[int, str | None]:
    """Return the mark of each in the training programme of a year; without one, ``NOT_MARKED``.

    Who is not registered though others are has none; where nobody is, there is no programme.
    """
    results = results_of(ids, year)
    if not any(each.registered for each in results.values()):
        return dict.fromkeys(ids, NOT_MARKED)
    return {
        person: (each.mark.value if each.mark else NOT_MARKED) if each.registered else None
        for person, each in results.items()
    }
