"""Who stands how on a day: away, deferred, suspended, a guest; and who grows out in a year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.models import Account, Appointment, Membership, Person, Standing, Unit
from workflows.calendar import months_after
from workflows.levels import Level
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.standing import ABSENCES, ENDING, LASTING

# Standings of a person's own unit, as its register lists them.
OF_THE_UNIT = ABSENCES | {PersonStatus.SUSPENDED, PersonStatus.TEMPORARILY_OUT}
_IS_GUEST = Standing.status == PersonStatus.RESIDENCE_GUEST


def is_open_on(day: date) -> ColumnElement[bool]:
    """Match standings, begun or announced, that on a day are neither ended nor over."""
    lasts = or_(Standing.status.in_(LASTING), Standing.to_on.is_(None), Standing.to_on >= day)
    return and_(Standing.ended_on.is_(None), lasts)


def holds_on(day: date) -> ColumnElement[bool]:
    """Match standings that hold on a day: begun, and neither ended nor over by themselves."""
    return and_(Standing.from_on <= day, or_(Standing.ended_on >= day, is_open_on(day)))


def stands_on(day: date, statuses: Collection[PersonStatus]) -> ColumnElement[bool]:
    """Match people who stand in one of some ways on a day.

    Of who stands so by their status, and has no stretch of time on record, it holds for every day.
    """
    of_them = and_(Standing.person_id == Person.id, Standing.status.in_(statuses))
    dated, undated = exists().where(of_them, holds_on(day)), ~exists().where(of_them)
    return or_(dated, and_(Person.status.in_(statuses), undated))


def stands(person_id: int, day: date, statuses: Collection[PersonStatus]) -> bool:
    """Whether somebody stands in one of some ways on a day."""
    asked = select(Person.id).where(Person.id == person_id, stands_on(day, statuses))
    return db.session.scalar(asked) is not None


def status_on(day: date) -> ColumnElement[PersonStatus]:
    """Return what people are on a day: what is over by itself is not what they are.

    The column says what was recorded last; nobody has to record that a time is over. Who was
    suspended while away is away again; a guest from outside has gone.
    """
    theirs = exists().where(Standing.person_id == Person.id)
    as_recorded = theirs.where(Standing.status == Person.status)
    is_over = and_(Person.status.in_(ENDING), as_recorded, ~as_recorded.where(is_open_on(day)))
    still = [
        (theirs.where(Standing.status == status, is_open_on(day)), _said(status))
        for status in sorted(ABSENCES)
    ]
    is_gone = Person.status == PersonStatus.TEMPORARILY_IN
    gone = (is_gone, _said(PersonStatus.TRANSFERRED))
    return case((~is_over, Person.status), gone, *still, else_=_said(PersonStatus.MEMBER))


def _said(status: PersonStatus) -> ColumnElement[PersonStatus]:
    return literal(status, Person.status.type)


def status_of(person: Person, day: date) -> PersonStatus:
    """Return what a person is on a day."""
    if person.status not in ENDING:
        return person.status
    asked = select(status_on(day)).where(Person.id == person.id)
    return db.session.execute(asked).scalar_one()


def open_standings(
    person_id: int, day: date, statuses: Collection[PersonStatus] = tuple(PersonStatus)
) -> list[Standing]:
    """List the standings of a person, begun or announced, that are not over on a day."""
    query = select(Standing).where(
        Standing.person_id == person_id, Standing.status.in_(statuses), is_open_on(day)
    )
    return list(db.session.scalars(query.order_by(Standing.from_on, Standing.id)))


def suspensions_of(person_id: int) -> list[tuple[date, date]]:
    """List the first and last days on which somebody was suspended, the latest first."""
    until = func.coalesce(Standing.ended_on, Standing.to_on)
    rows = db.session.execute(
        select(Standing.from_on, until)
        .where(Standing.person_id == person_id, Standing.status == PersonStatus.SUSPENDED)
        .where(until >= Standing.from_on)
        .order_by(Standing.from_on.desc())
    )
    return [(first, last) for first, last in rows]


def open_stay(person_id: int) -> Membership | None:
    """Return the stay of a person that has no end."""
    return db.session.scalar(
        select(Membership).where(Membership.person_id == person_id, Membership.to_on.is_(None))
    )


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One stretch of time in a register; ``unit_name`` is the unit that matters to its reader."""

    person_id: int
    name: str
    unit_name: str
    status: PersonStatus
    from_on: date
    to_on: date | None
    ended_on: date | None
    address: str | None
    reason: str

    def is_late(self, today: date) -> bool:
        """Whether the day expected has passed, and no end is on record."""
        return self.ended_on is None and self.to_on is not None and self.to_on < today

    def is_long(self, today: date, months: int) -> bool:
        """Whether it has lasted for more than so many months, which then excuse nothing."""
        return today > months_after(self.from_on, months)


_COLUMNS = (
    *(Standing.person_id, Person.name, Unit.name, Standing.status),
    *(Standing.from_on, Standing.to_on, Standing.ended_on, Standing.address, Standing.reason),
)


def standings_of(person_id: int) -> list[RegisterLine]:
    """List how a person stood from day to day, the newest first.

    What was ended before it began is not among it.
    """
    query = (
        select(*_COLUMNS)
        .select_from(Standing)
        .join(Person, Person.id == Standing.person_id)
        .join(Unit, Unit.id == Standing.unit_id)
        .where(Standing.person_id == person_id)
        .where(or_(Standing.ended_on.is_(None), Standing.ended_on >= Standing.from_on))
    )
    rows = db.session.execute(query.order_by(Standing.from_on.desc(), Standing.id.desc()))
    return [RegisterLine(*row) for row in rows]


def register_of(path: str, today: date) -> list[RegisterLine]:
    """List who is absent from a unit and those below it, by the day they are expected back.

    What is over by itself is not among it.
    """
    asked = and_(Standing.status.in_(OF_THE_UNIT), is_open_on(today))
    return _register(Person.unit_id, Person.unit_id, path, asked)


def guests_in(path: str) -> list[RegisterLine]:
    """List the guests at the residence in a unit and below it, with the units of their files."""
    return _register(Standing.unit_id, Person.unit_id, path, _IS_GUEST)


def guests_from(path: str) -> list[RegisterLine]:
    """List the members of a unit, and of those below it, who are guests at their residence."""
    return _register(Person.unit_id, Standing.unit_id, path, _IS_GUEST)


def _register(
    within: InstrumentedAttribute[int],
    shown: InstrumentedAttribute[int],
    path: str,
    asked: ColumnElement[bool],
) -> list[RegisterLine]:
    units = select(Unit.id).where(Unit.path.startswith(path, autoescape=True))
    rows = db.session.execute(
        select(*_COLUMNS)
        .select_from(Standing)
        .join(Person, Person.id == Standing.person_id)
        .join(Unit, Unit.id == shown)
        .where(within.in_(units), asked, Standing.ended_on.is_(None))
        .order_by(Standing.to_on, Person.sort_key, Standing.id)
    )
    return [RegisterLine(*row) for row in rows]


def hosts_for(unit: Unit, today: date) -> list[tuple[int, str]]:
    """List the branches of the same district that can be hosts: id, and name with the one above."""
    above = select(Unit.id, Unit.name).subquery()
    rows = db.session.execute(
        select(Unit.id, Unit.name, above.c.name)
        .join(above, above.c.id == Unit.parent_id)
        .where(Unit.district_id == unit.district_id, Unit.level == Level.BRANCH)
        .where(Unit.id != unit.id, Unit.valid_from <= today)
        .where(or_(Unit.valid_to.is_(None), Unit.valid_to >= today))
        .order_by(above.c.name, Unit.sort_key, Unit.id)
    )
    return [(number, f"{name} ({parent})") for number, name, parent in rows]


def office_holders(person_ids: Collection[int], on: date) -> set[int]:
    """Return which of some people hold a post on a day or later."""
    rows = db.session.scalars(
        select(Account.person_id)
        .join(Appointment, Appointment.account_id == Account.id)
        .where(Account.person_id.in_(person_ids))
        .where(or_(Appointment.to_on.is_(None), Appointment.to_on >= on))
    )
    return {number for number in rows if number is not None}


@dataclass(frozen=True, slots=True)
class Grown:
    """A member who is over thirty in a year and not staying on, with the version of the row."""

    person_id: int
    name: str
    unit_id: int
    unit_name: str
    birth_date: date
    birth_year_only: bool
    version: int


def grown_in(path: str, year: int, ages: tuple[int, int]) -> list[Grown]:
    """List who is due for maturity in a year: ``ages`` are that of maturity, and that of staying.

    Who stays on is listed again in the year of the second.
    """
    maturity, stay = ages
    born = func.extract("year", Person.birth_date)
    units = select(Unit.id).where(Unit.path.startswith(path, autoescape=True))
    rows = db.session.execute(
        select(
            *(Person.id, Person.name, Unit.id, Unit.name),
            *(Person.birth_date, Person.birth_year_only, Person.version),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.unit_id.in_(units), Person.status.in_(MEMBER_STATUSES))
        .where(born <= year - maturity, or_(~Person.stays_until_35, born <= year - stay))
        .order_by(Unit.sort_key, Unit.id, Person.sort_key, Person.id)
    )
    return [Grown(*row) for row in rows]
