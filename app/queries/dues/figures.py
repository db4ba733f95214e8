"""What units took in dues, what went up and was confirmed, and how much is still owed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Account, DuesPayment, DuesRemittance, Membership, Unit
from app.queries.dues.sheets import owed_by_unit
from workflows.dues import share_up

Sums = dict[int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a unit took over some months, in đồng: from members, and from the units below it.

    ``passed`` is what it passed up, ``confirmed`` what of that was received; ``owing`` members owe
    ``owed_months`` months between them.
    """

    collected: int
    passed: int
    confirmed: int
    owing: int
    owed_months: int

    @property
    def share(self) -> int:
        """What goes up of what the unit took."""
        return share_up(self.collected)

    @property
    def lacking(self) -> int:
        """What is still to be passed up."""
        return max(0, self.share - self.passed)


def figures_of(units: Sequence[Unit], months: Sequence[date], today: date) -> dict[int, Figures]:
    """Return the figures of some units, side by side in the tree, by their ids."""
    ids = [unit.id for unit in units]
    took = _paid_in(ids, months)
    took.update(_received(ids, months))
    passed = _passed(ids, months)
    confirmed = _passed(ids, months, _CONFIRMED)
    owing = _owing(units, months, today)
    return {
        number: Figures(
            *(took[number], passed.get(number, 0), confirmed.get(number, 0)),
            *(len(owing[number]), owing[number].total()),
        )
        for number in ids
    }


_CONFIRMED = DuesRemittance.confirmed_at.is_not(None)


def _paid_in(unit_ids: Collection[int], months: Sequence[date]) -> Counter[int]:
    rows = db.session.execute(
        select(DuesPayment.unit_id, func.sum(DuesPayment.amount))
        .where(DuesPayment.unit_id.in_(unit_ids), DuesPayment.month.in_(months))
        .group_by(DuesPayment.unit_id)
    )
    return Counter({unit: int(amount) for unit, amount in rows})


def _received(unit_ids: Collection[int], months: Sequence[date]) -> Sums:
    """Sum up what came in from below, once it was confirmed."""
    child = aliased(Unit)
    rows = db.session.execute(
        select(child.parent_id, func.sum(DuesRemittance.amount))
        .join(child, child.id == DuesRemittance.unit_id)
        .where(child.parent_id.in_(unit_ids), DuesRemittance.month.in_(months), _CONFIRMED)
        .group_by(child.parent_id)
    )
    return {unit: int(amount) for unit, amount in rows if unit is not None}


def _passed(
    unit_ids: Collection[int],
    months: Sequence[date],
    *asked: ColumnElement[bool],
) -> Sums:
    rows = db.session.execute(
        select(DuesRemittance.unit_id, func.sum(DuesRemittance.amount))
        .where(DuesRemittance.unit_id.in_(unit_ids), DuesRemittance.month.in_(months), *asked)
        .group_by(DuesRemittance.unit_id)
    )
    return {number: int(amount) for number, amount in rows}


def _owing(units: Sequence[Unit], months: Sequence[date], today: date) -> dict[int, Counter[int]]:
    """Count the months that each member owes, for the unit they or their branch belong to."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    below = [Unit.path.startswith(unit.path, autoescape=True) for unit in units]
    rows = db.session.execute(select(Unit.id, Unit.path).where(or_(false(), *below)))
    paths = {row.id: row.path for row in rows}
    query = owed_by_unit(months, today, Membership.unit_id.in_(paths)) if units else None
    for place, person, _month in db.session.execute(query) if query is not None else ():
        owner = next(unit.id for unit in units if paths[place].startswith(unit.path))
        found[owner][person] += 1
    return found


def units_under(unit: Unit, months: Sequence[date]) -> list[Unit]:
    """List the units directly below one that existed in some of the months, by name."""
    query = select(Unit).where(
        Unit.parent_id == unit.id,
        or_(Unit.valid_to.is_(None), Unit.valid_to >= months[0]),
    )
    return list(db.session.scalars(query.order_by(Unit.sort_key, Unit.id)))


@dataclass(frozen=True, slots=True)
class Remittance:
    """What a unit passed up, who wrote it down, and who confirmed to have it."""

    id: int
    unit_id: int
    unit_name: str
    month: date
    amount: int
    passed_on: date
    recorded_by_id: int | None
    recorded_by: str | None
    confirmed_at: datetime | None
    confirmed_by: str | None


def remittances_of(unit_ids: Collection[int], months: Sequence[date]) -> list[Remittance]:
    """List what some units passed up for some months, the newest first."""
    recorder, confirmer = aliased(Account), aliased(Account)
    rows = db.session.execute(
        select(
            *(DuesRemittance.id, Unit.id, Unit.name, DuesRemittance.month, DuesRemittance.amount),
            *(DuesRemittance.passed_on, DuesRemittance.recorded_by_id, recorder.name),
            *(DuesRemittance.confirmed_at, confirmer.name),
        )
        .join(Unit, Unit.id == DuesRemittance.unit_id)
        .outerjoin(recorder, recorder.id == DuesRemittance.recorded_by_id)
        .outerjoin(confirmer, confirmer.id == DuesRemittance.confirmed_by_id)
        .where(DuesRemittance.unit_id.in_(unit_ids), DuesRemittance.month.in_(months))
        .order_by(DuesRemittance.passed_on.desc(), DuesRemittance.id.desc())
    )
    return [Remittance(*row) for row in map(tuple, rows)]
