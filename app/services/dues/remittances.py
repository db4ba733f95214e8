"""The share that goes up: passed by a unit, confirmed by the one above, taken back until then."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.extensions import db
from app.models import DuesRemittance, Unit
from app.policies import Right
from app.services.dues.sheets import keeper
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.dues import month_of


@dataclass(frozen=True, slots=True)
class Passed:
    """What a unit passed up: for which month, how much in đồng, on which day."""

    month: date
    amount: int
    passed_on: date


@use_case
def pass_up(unit_id: int, passed: Passed, *, by: By) -> int:
    """Write down what a unit passed up and return its id; the unit above confirms it.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its dues are not theirs.
        Invalid: nothing was passed, or on a day ahead; there is no unit above.
    """
    unit, by = keeper(unit_id, by, Right.PREPARE, at=unit_id)
    if event := seen_before(by.request_key):
        return int(event.facts["remittance"])
    _check(passed, local_day(by.now))
    row = DuesRemittance(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        month=month_of(passed.month),
        amount=passed.amount,
        passed_on=passed.passed_on,
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(row)
    db.session.flush()
    record(unit, Change("pass_dues_up", facts=_facts(row)), by)
    return row.id


def _check(passed: Passed, today: date) -> None:
    if passed.amount < 1:
        raise Invalid("amount", "nothing_passed")
    if passed.passed_on > today:
        raise Invalid("passed_on", "still_ahead")


@use_case
def confirm(unit_id: int, remittance_id: int, *, by: By) -> None:
    """Confirm, as the unit above, to have what a unit passed up; confirming twice is once.

    Raises:
        NotFound: no such unit for this person, or nothing of this kind was passed.
        Forbidden: it is not theirs to confirm, or they wrote it down themselves.
    """
    above = db.session.scalar(select(Unit.parent_id).where(Unit.id == unit_id))
    unit, by = keeper(unit_id, by, Right.RECEIVE_DUES, at=above)
    row = _of(unit, remittance_id)
    if row.confirmed_at:
        return
    if row.recorded_by_id and row.recorded_by_id in _accounts(by):
        raise Forbidden("prepared_by_you")
    row.confirmed_at = by.now
    row.confirmed_by_id = by.actor.account_id if by.actor else None
    record(unit, Change("confirm_dues", facts=_facts(row)), by)


@use_case
def take_back(unit_id: int, remittance_id: int, *, by: By) -> None:
    """Take away what was written down by mistake, until the unit above has confirmed it.

    Raises:
        NotFound: no such unit for this person, or nothing of this kind was passed.
        Forbidden: the unit's dues are not theirs.
        Invalid: it is confirmed.
    """
    unit, by = keeper(unit_id, by, Right.PREPARE, at=unit_id)
    if seen_before(by.request_key):
        return
    row = _of(unit, remittance_id)
    if row.confirmed_at:
        raise Invalid("remittance", "confirmed")
    record(unit, Change("take_dues_back", facts=_facts(row)), by)
    db.session.delete(row)


def _of(unit: Unit, remittance_id: int) -> DuesRemittance:
    row = db.session.get(DuesRemittance, remittance_id)
    if row is None or row.unit_id != unit.id:
        raise NotFound
    return row


def _accounts(by: By) -> set[int | None]:
    """Return on whose account somebody confirms: their own, and that of whom they stand in for."""
    return {by.actor.account_id if by.actor else None, by.post.principal_id if by.post else None}


def _facts(row: DuesRemittance) -> dict[str, object]:
    return {
        "remittance": row.id,
        "month": row.month.isoformat(),
        "amount": row.amount,
        "passed_on": row.passed_on.isoformat(),
    }
