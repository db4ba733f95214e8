"""Dues: the sheet of a unit, who paid and who is exempt, and who owes which month."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Select,
    and_,
    column,
    exists,
    or_,
    select,
    values,
)

from app.extensions import db
from app.models import DuesExemption, DuesPayment, Event, Membership, Person, Unit
from workflows.calendar import TIME_ZONE, months_after
from workflows.dues import over_by

Spot = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a member on the sheet of a unit.

    ``is_open`` where a payment can be ticked or taken back here; ``elsewhere`` names the unit that
    took the payment instead.
    """

    month: date
    is_open: bool
    is_paid: bool = False
    is_exempt: bool = False
    is_owed: bool = False
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A member on the sheet: the months, and how many are owed.

    Who moved elsewhere since is no longer ``ours``.
    """

    person_id: int
    name: str
    has_wage: bool
    is_member_here: bool
    is_ours: bool
    cells: Sequence[Cell]

    @property
    def owed(self) -> int:
        """How many of the months on the sheet are owed."""
        return sum(cell.is_owed for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What is known of the members of a unit: stays, payments, exemptions, what is owed."""

    unit_id: int
    stays: Mapping[int, list[Membership]]
    paid: Mapping[Spot, int]
    exempt: Mapping[int, set[date]]
    owed: Collection[Spot]
    units: Mapping[int, str]

    def row(self, person: Person, months: Sequence[date]) -> SheetRow:
        is_member_here = any(stay.to_on is None for stay in self.stays[person.id])
        return SheetRow(
            person_id=person.id,
            name=person.name,
            has_wage=person.has_wage,
            is_member_here=is_member_here,
            is_ours=person.unit_id == self.unit_id,
            cells=[self._cell(person.id, month) for month in months],
        )

    def _cell(self, person_id: int, month: date) -> Cell:
        here = any(_overlaps(stay, month) for stay in self.stays[person_id])
        taker = self.paid.get((person_id, month))
        is_exempt = month in self.exempt[person_id] and taker is None
        return Cell(
            month=month,
            is_open=taker == self.unit_id or (here and taker is None and not is_exempt),
            is_paid=taker == self.unit_id,
            is_exempt=is_exempt,
            is_owed=(person_id, month) in self.owed,
            elsewhere=self.units.get(taker, "") if taker else "",
        )


def sheet_of(unit_id: int, months: Sequence[date], today: date) -> list[SheetRow]:
    """Return the sheet of a unit: who was a member in any of some months, by given name."""
    stays = _stays(unit_id, months[0], months_after(months[-1], 1))
    paid = payments_of(stays, months)
    ledger = _Ledger(
        unit_id=unit_id,
        stays=stays,
        paid=paid,
        exempt=exempt_months(stays),
        owed=set(owed_spots(months, today, Membership.unit_id == unit_id)),
        units=_names(set(paid.values()) - {unit_id}),
    )
    return [ledger.row(person, months) for person in _people(stays)]


def _stays(unit_id: int, first: date, before: date) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    query = select(Membership).where(
        Membership.unit_id == unit_id,
        Membership.from_on < before,
        or_(Membership.to_on.is_(None), Membership.to_on >= first),
    )
    for stay in db.session.scalars(query):
        found[stay.person_id].append(stay)
    return found


def _people(person_ids: Collection[int]) -> list[Person]:
    query = select(Person).where(Person.id.in_(person_ids))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id)))


def _overlaps(stay: Membership, month: date) -> bool:
    begun = stay.from_on < months_after(month, 1)
    return begun and (stay.to_on is None or stay.to_on >= month)


def _names(unit_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    return {row.id: row.name for row in rows}


def payments_of(person_ids: Collection[int], months: Sequence[date]) -> dict[Spot, int]:
    """Return the unit that took what some people paid for some months."""
    rows = db.session.execute(
        select(DuesPayment.person_id, DuesPayment.month, DuesPayment.unit_id).where(
            DuesPayment.person_id.in_(person_ids), DuesPayment.month.in_(months)
        )
    )
    return {(person, month): unit for person, month, unit in rows}


def exempt_months(person_ids: Collection[int]) -> dict[int, set[date]]:
    """Return the months in which some people need not pay."""
    found: dict[int, set[date]] = defaultdict(set)
    query = select(DuesExemption).where(DuesExemption.person_id.in_(person_ids))
    for each in db.session.scalars(query):
        month = each.from_month
        while month <= each.to_month:
            found[each.person_id].add(month)
            month = months_after(month, 1)
    return found


def owed_by_unit(
    months: Sequence[date], today: date, *asked: object
) -> Select[int, int, date] | None:
    """Select who owes which month, and where.

    A month is owed to the unit in which one is a member on its first day, once it is over. Of who
    came with a list, nothing is known of the months before that.
    """
    countable = over_by(months, today)
    if not countable:
        return None
    columns = column("month", Date), column("over", DateTime(timezone=True))
    months_asked = values(*columns, name="months").data([(each, _over(each)) for each in countable])
    month = months_asked.c.month
    there = and_(
        Membership.from_on <= month,
        or_(Membership.to_on.is_(None), Membership.to_on >= month),
    )
    return (
        select(Membership.unit_id, Membership.person_id, month)
        .join(months_asked, there)
        .where(~_paid(month), ~_exempt(month), ~_listed_after(months_asked.c.over), *asked)  # type: ignore[arg-type]
        .distinct()
    )


def _over(month: date) -> datetime:
    """Return the moment at which a month is over."""
    return datetime.combine(months_after(month, 1), time(), TIME_ZONE)


def _listed_after(over: ColumnElement[datetime]) -> ColumnElement[bool]:
    return exists().where(
        Event.subject == Person.__tablename__,
        Event.subject_id == Membership.person_id,
        Event.sequence == 1,
        Event.facts.has_key("import"),
        Event.at >= over,
    )


def _paid(month: ColumnElement[date]) -> ColumnElement[bool]:
    return exists().where(DuesPayment.person_id == Membership.person_id, DuesPayment.month == month)


def _exempt(month: ColumnElement[date]) -> ColumnElement[bool]:
    return exists().where(
        DuesExemption.person_id == Membership.person_id,
        DuesExemption.from_month <= month,
        DuesExemption.to_month >= month,
    )


def owed_spots(months: Sequence[date], today: date, *asked: object) -> list[Spot]:
    """List who owes which of some months, of the stays that are asked for."""
    query = owed_by_unit(months, today, *asked)
    if query is None:
        return []
    return [(person, month) for _unit, person, month in db.session.execute(query)]


def unpaid_months(person_id: int, months: Sequence[date], today: date) -> list[date]:
    """List which of some months a person owes, wherever they were a member."""
    owed = owed_spots(months, today, Membership.person_id == person_id)
    return sorted(month for _person, month in owed)
