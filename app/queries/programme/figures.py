"""How many members of a year registered, were approved and were concluded on, unit by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from app.extensions import db
from app.models import Membership, ProgrammeRegistration, Unit
from app.queries.programme.sheets import closing_day, there_on
from workflows.programme import TRACKED
from workflows.programme_facts import Mark


@dataclass(frozen=True, slots=True)
class Share:
    """The members of a unit and of all below it: how many are where, and with what result.

    ``waiting`` are registered and not approved yet, ``approved`` approved and not concluded on.
    """

    unit_id: int
    name: str
    members: int = 0
    waiting: int = 0
    approved: int = 0
    concluded: int = 0
    done_well: int = 0
    average: int = 0
    not_done: int = 0

    @property
    def registered(self) -> int:
        """All who registered, however far they are."""
        return self.waiting + self.approved + self.concluded

    @property
    def missing(self) -> int:
        """Who has not registered."""
        return self.members - self.registered


_COUNTS = Share.__dataclass_fields__.keys() - {"unit_id", "name"}


def shares_below(unit: Unit, year: int, today: date) -> list[Share]:
    """Return the shares of the units directly below one that have members in a year, by name."""
    query = select(Unit).where(
        Unit.parent_id == unit.id, or_(Unit.valid_to.is_(None), Unit.valid_to >= date(year, 1, 1))
    )
    children = list(db.session.scalars(query.order_by(Unit.sort_key, Unit.id)))
    counted = _counted([unit.path], year, today)
    shares = [
        _summed(child, [c for p, c in counted if p.startswith(child.path)]) for child in children
    ]
    return [each for each in shares if each.members]


def shares_of(units: Sequence[Unit], year: int, today: date) -> dict[int, Share]:
    """Return the shares of some units, each with all below it, by their ids."""
    counted = _counted([unit.path for unit in units], year, today)
    return {
        unit.id: _summed(unit, [c for path, c in counted if path.startswith(unit.path)])
        for unit in units
    }


def _counted(paths: Sequence[str], year: int, today: date) -> list[tuple[str, dict[str, int]]]:
    """Count, in one statement, the members of every unit below some paths."""
    row, state = ProgrammeRegistration, ProgrammeRegistration.state
    counts = {
        "members": func.count(),
        "waiting": func.count().filter(state.in_(("registered", "returned"))),
        "approved": func.count().filter(state.in_(TRACKED)),
        "concluded": func.count().filter(row.mark.is_not(None)),
        **{mark.value: func.count().filter(row.mark == mark) for mark in Mark},
    }
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    rows = db.session.execute(
        select(Unit.path, *(each.label(name) for name, each in counts.items()))
        .join(Membership, Membership.unit_id == Unit.id)
        .outerjoin(row, and_(row.person_id == Membership.person_id, row.year == year))
        .where(or_(*below), there_on(closing_day(year, today)))
        .group_by(Unit.id)
    )
    return [(each.path, {name: each._mapping[name] for name in counts}) for each in rows]  # noqa: SLF001


def _summed(unit: Unit, counted: Sequence[dict[str, int]]) -> Share:
    sums = {name: sum(each[name] for each in counted) for name in _COUNTS}
    return Share(unit.id, unit.name, **sums)
