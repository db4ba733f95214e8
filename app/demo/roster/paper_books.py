"""Dues from paper books, entered like the first rolls: many at once, an event for each member."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Row,
    case,
    column,
    exists,
    insert,
    literal,
    or_,
    select,
    values,
)
from sqlalchemy.dialects.postgresql import insert as insert_once

from app.extensions import db
from app.models import DuesExemption, DuesPayment, DuesRemittance, Membership, Person, Unit
from app.services.chains import record_all
from app.services.events import By, Change
from app.services.use_case import use_case
from workflows.dues import rate_of, share_up

Sums = dict[int, int]
_PAID = ("person_id", "month", "district_id", "unit_id", "has_wage", "amount", "recorded_at")


@dataclass(frozen=True, slots=True)
class Books:
    """The books of some months, and who paid no longer from one of them on.

    ``kept`` are units that keep sheets of their own from ``kept_from`` on.
    """

    months: Sequence[date]
    stopped: Mapping[int, date]
    kept: Collection[int]
    kept_from: date


@use_case
def enter_payments(books: Books, now: datetime) -> dict[date, Sums]:
    """Enter what members paid and return how much each unit took in each month, in đồng."""
    rows = db.session.execute(_insertion(books, now)).all()
    told = _told(rows)
    for turn in range(max(map(len, told.values()), default=0)):
        changes = {number: each[turn] for number, each in told.items() if len(each) > turn}
        record_all(Person, changes, By(None, now))
    took: dict[date, Sums] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        took[row.month][row.unit_id] += row.amount
    return took


def _insertion(books: Books, now: datetime) -> Any:  # noqa: ANN401
    months, stopped = _months(books.months), _stopped(books)
    month, person = months.c.month, Membership.person_id
    amount = case((Person.has_wage, months.c.with_wage), else_=months.c.without_wage)
    paid = (
        select(
            *(person, month, Membership.district_id, Membership.unit_id),
            *(Person.has_wage, amount, literal(now)),
        )
        .join(Person, Person.id == person)
        .join(months, Membership.from_on <= month)
        .outerjoin(stopped, stopped.c.person_id == person)
        .where(or_(Membership.to_on.is_(None), Membership.to_on >= month))
        .where(or_(stopped.c.from_month.is_(None), month < stopped.c.from_month))
        .where(or_(Membership.unit_id.not_in(books.kept), month < books.kept_from))
        .where(~_is_exempt(month))
    )
    returned = (DuesPayment.person_id, DuesPayment.unit_id, DuesPayment.month, DuesPayment.amount)
    once = insert_once(DuesPayment).from_select(_PAID, paid).on_conflict_do_nothing()
    return once.returning(*returned)


def _is_exempt(month: Any) -> Any:  # noqa: ANN401
    return exists().where(
        DuesExemption.person_id == Membership.person_id,
        DuesExemption.from_month <= month,
        DuesExemption.to_month >= month,
    )


def _months(months: Sequence[date]) -> Any:  # noqa: ANN401
    rates = [(each, rate_of(each)) for each in months]
    rows = [(each, rate.without_wage, rate.with_wage) for each, rate in rates if rate]
    columns = (column("month", Date), column("without_wage", Integer), column("with_wage", Integer))
    return values(*columns, name="months").data(rows)


def _stopped(books: Books) -> Any:  # noqa: ANN401
    columns = (column("person_id", Integer), column("from_month", Date))
    return values(*columns, name="stopped").data([*books.stopped.items()])


def _told(rows: Iterable[Row[Any]]) -> dict[int, list[Change]]:
    """Return for each member what the event of each unit says."""
    paid: dict[tuple[int, int], dict[date, int]] = defaultdict(dict)
    for row in rows:
        paid[row.person_id, row.unit_id][row.month] = row.amount
    told: dict[int, list[Change]] = defaultdict(list)
    for (person, unit), months in paid.items():
        facts = {
            "unit": unit,
            "paid": [month.isoformat() for month in sorted(months)],
            "taken_back": [],
            "amount": sum(months.values()),
            "changes": len(months),
        }
        told[person].append(Change("pay_dues", facts=facts))
    return told


@use_case
def enter_remittances(month: date, took: Mapping[int, int], on: date, now: datetime) -> Sums:
    """Enter what units passed up for a month on a day, and return what came to those above them."""
    shares = {number: share for number, amount in took.items() if (share := share_up(amount))}
    units = db.session.execute(
        select(Unit.id, Unit.parent_id, Unit.district_id).where(Unit.id.in_(shares))
    ).all()
    same = {"month": month, "passed_on": on, "recorded_at": now, "confirmed_at": now}
    rows = [
        {"district_id": unit.district_id, "unit_id": unit.id, "amount": shares[unit.id], **same}
        for unit in units
    ]
    columns = (DuesRemittance.id, DuesRemittance.unit_id, DuesRemittance.amount)
    written = db.session.execute(insert(DuesRemittance).returning(*columns), rows).all()
    _tell(written, month, on, now)
    received: Sums = defaultdict(int)
    for unit in units:
        received[unit.parent_id] += shares[unit.id]
    return received


def _tell(written: Sequence[Any], month: date, on: date, now: datetime) -> None:
    days = {"month": month.isoformat(), "passed_on": on.isoformat()}
    facts = {row.unit_id: {"remittance": row.id, "amount": row.amount, **days} for row in written}
    for step in ("pass_dues_up", "confirm_dues"):
        told = {unit: Change(step, facts=each) for unit, each in facts.items()}
        record_all(Unit, told, By(None, now))
