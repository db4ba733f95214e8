"""Changes of units: what a unit holds, who could merge with it, who is in it, what it has been."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.extensions import db
from app.models import (
    Account,
    Appointment,
    Dossier,
    Person,
    Season,
    TrainingClass,
    Unit,
    UnitChange,
    UnitChangeLine,
)
from app.models.restructures import ChangeKind
from app.queries.people.standings import status_on
from workflows.levels import Level, Post
from workflows.membership import MEMBER_STATUSES, PersonStatus

SEATS: tuple[InstrumentedAttribute[Any], ...] = (
    *(Dossier.branch_id, Dossier.commune_id, Dossier.district_id),
    *(Dossier.to_branch_id, Dossier.to_commune_id, Dossier.desk_unit_id),
)
PRESENT = MEMBER_STATUSES | {PersonStatus.TEMPORARILY_IN}


def seated_in(unit_ids: Collection[int]) -> ColumnElement[bool]:
    """Match the dossiers in which one of some units has a part."""
    return or_(*(column.in_(unit_ids) for column in SEATS))


@dataclass(frozen=True, slots=True)
class Load:
    """What some units hold, they and those below them."""

    people: int
    members: int
    open_dossiers: int
    closed_dossiers: int
    posts: int
    classes: int
    units_below: int

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left that lives: no member, open dossier, post or unit below."""
        return not (self.members or self.open_dossiers or self.posts or self.units_below)


def load_of(units: Sequence[Unit], today: date) -> Load:
    """Count what some units hold today; people, members and dossiers with those below them."""
    ids = [unit.id for unit in units]
    below = or_(*(Unit.path.startswith(unit.path, autoescape=True) for unit in units))
    family = select(Unit.id).where(below)
    mine, here = seated_in(ids), Person.unit_id.in_(family)
    is_open = Dossier.desk_unit_id.is_not(None)
    row = db.session.execute(
        select(
            _count(Person.id, here),
            _count(Person.id, here, status_on(today).in_(PRESENT)),
            _count(Dossier.id, mine, is_open),
            _count(Dossier.id, mine, ~is_open),
            _count(Appointment.id, Appointment.unit_id.in_(ids), _lasts(Appointment.to_on, today)),
            _count(TrainingClass.id, TrainingClass.unit_id.in_(ids)),
            _count(Unit.id, below, Unit.id.not_in(ids), _lasts(Unit.valid_to, today)),
        )
    ).one()
    return Load(*row)


def load_of_people(unit_id: int, people: Collection[int]) -> tuple[int, int, int]:
    """Count among some people of a unit the members, and the dossiers there, open and closed."""
    theirs = Dossier.branch_id == unit_id, Dossier.person_id.in_(people)
    is_open = Dossier.desk_unit_id.is_not(None)
    members = Person.id.in_(people), Person.status.in_(PRESENT)
    row = db.session.execute(
        select(
            _count(Person.id, *members),
            _count(Dossier.id, *theirs, is_open),
            _count(Dossier.id, *theirs, ~is_open),
        )
    ).one()
    return row[0], row[1], row[2]


def _count(column: InstrumentedAttribute[int], *where: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(column)).where(*where).scalar_subquery()


def _lasts(until: InstrumentedAttribute[date | None], today: date) -> ColumnElement[bool]:
    return until.is_(None) | (until >= today)


def sisters_of(unit: Unit, today: date) -> list[Unit]:
    """List the units of today that one could merge with: same level, under the same superior."""
    query = select(Unit).where(
        Unit.parent_id == unit.parent_id,
        Unit.level == unit.level,
        Unit.is_grassroots == unit.is_grassroots,
        Unit.id != unit.id,
        Unit.valid_from <= today,
        _lasts(Unit.valid_to, today),
    )
    return list(db.session.scalars(query.order_by(Unit.sort_key, Unit.id)))


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a unit that changes, with its holder."""

    appointment_id: int
    name: str
    unit_id: int
    unit_name: str
    post: Post


def seats_in(unit_ids: Collection[int], today: date) -> list[Seat]:
    """List the posts of some units that are held today or later, by unit and post.

    Substitutes are left out: they go with the post that they stand in for.
    """
    rows = db.session.execute(
        select(Appointment.id, Account.name, Unit.id, Unit.name, Appointment.post)
        .join(Account, Account.id == Appointment.account_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.unit_id.in_(unit_ids), _lasts(Appointment.to_on, today))
        .where(Appointment.stands_in_for_id.is_(None))
        .order_by(Unit.sort_key, Unit.id, Appointment.from_on, Appointment.id)
    )
    return [Seat(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Inmate:
    """Somebody on the roll of a unit, as a list to tick shows them."""

    id: int
    name: str
    birth_date: date
    birth_year_only: bool
    status: PersonStatus


def people_in(unit_id: int, today: date) -> list[Inmate]:
    """List everybody on the roll of a unit, whatever their status, by given name."""
    rows = db.session.execute(
        select(
            *(Person.id, Person.name, Person.birth_date, Person.birth_year_only),
            status_on(today),
        )
        .where(Person.unit_id == unit_id)
        .order_by(Person.status.in_(PRESENT).desc(), Person.sort_key, Person.id)
    )
    return [Inmate(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change of units as their history shows it: names by unit, before and after."""

    kind: ChangeKind
    on_day: date
    decision: str
    note: str
    before: dict[int, str]
    after: dict[int, str]


def changes_of(unit_id: int) -> list[ChangeEntry]:
    """List what a unit was made of and became, the newest first."""
    concerned = select(UnitChangeLine.change_id).where(UnitChangeLine.unit_id == unit_id)
    query = select(UnitChange).options(joinedload(UnitChange.lines))
    newest = query.where(UnitChange.id.in_(concerned)).order_by(
        UnitChange.on_day.desc(), UnitChange.id.desc()
    )
    return [_entry(change) for change in db.session.scalars(newest).unique()]


def _entry(change: UnitChange) -> ChangeEntry:
    lines = sorted(change.lines, key=lambda line: line.name_then)
    before, after = (
        {line.unit_id: line.name_then for line in lines if line.is_after is side}
        for side in (False, True)
    )
    return ChangeEntry(change.kind, change.on_day, change.decision, change.note, before, after)


def cards_twice(district_id: int, other_id: int) -> int:
    """Count the card numbers that two districts have both given."""
    mine = select(Person.card_number).where(Person.district_id == district_id)
    theirs = and_(Person.district_id == other_id, Person.card_number.in_(mine))
    return db.session.scalar(select(func.count()).where(theirs)) or 0


def season_twice(district_id: int, other_id: int) -> int | None:
    """Return a year in which two districts both hold a contest."""
    mine = select(Season.year).where(Season.district_id == district_id)
    both = select(Season.year).where(Season.district_id == other_id, Season.year.in_(mine))
    return db.session.scalar(both.order_by(Season.year.desc()).limit(1))


def has_other_district(unit: Unit) -> bool:
    """Whether below a unit there are units whose direct superior is another one."""
    other = select(Unit.id).where(
        Unit.path.startswith(unit.path, autoescape=True),
        Unit.district_id != unit.id,
        Unit.level != Level.DISTRICT,
    )
    return db.session.scalar(other.limit(1)) is not None
