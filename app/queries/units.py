"""Units: the tree, and the place of a unit in the chain of an admission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal, or_, select

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Appointment, Person, Unit
from workflows.levels import Level, Post
from workflows.membership import MEMBER_STATUSES


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree with the number of its own members."""

    unit: Unit
    members: int


def unit_by_id(unit_id: int) -> Unit | None:
    """Return a unit."""
    return db.session.get(Unit, unit_id)


def grassroots_of(unit: Unit) -> Unit | None:
    """Return the grass-roots organisation that a unit belongs to: itself or the nearest above."""
    return db.session.scalar(
        select(Unit)
        .where(Unit.is_grassroots, literal(unit.path).startswith(Unit.path))
        .order_by(func.length(Unit.path).desc())
        .limit(1)
    )


def tree_below(posts: Sequence[HeldPost], today: date) -> list[UnitLine]:
    """List the units of today that the posts look over, parents before children."""
    members = (
        select(Person.unit_id, func.count().label("number"))
        .where(Person.status.in_(MEMBER_STATUSES))
        .group_by(Person.unit_id)
        .subquery()
    )
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    rows = db.session.execute(
        select(Unit, func.coalesce(members.c.number, 0))
        .outerjoin(members, members.c.unit_id == Unit.id)
        .where(or_(*below), Unit.valid_from <= today, _still(today))
        .order_by(Unit.sort_key, Unit.id)
    )
    return _family_order([UnitLine(*row) for row in rows])


def _still(today: date) -> object:
    return Unit.valid_to.is_(None) | (Unit.valid_to >= today)


def _family_order(lines: list[UnitLine]) -> list[UnitLine]:
    known = {line.unit.id for line in lines}
    children: dict[int | None, list[UnitLine]] = {}
    for line in lines:
        parent = line.unit.parent_id if line.unit.parent_id in known else None
        children.setdefault(parent, []).append(line)

    def walk(parent: int | None) -> list[UnitLine]:
        return [each for line in children.get(parent, ()) for each in (line, *walk(line.unit.id))]

    return walk(None)


def branch_choices(posts: Sequence[HeldPost], today: date) -> list[tuple[int, str]]:
    """List the branches under some posts, for a filter."""
    return [
        (line.unit.id, line.unit.name)
        for line in tree_below(posts, today)
        if line.unit.level is Level.BRANCH
    ]


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone who holds a post of a unit today."""

    appointment_id: int
    name: str
    post: Post
    from_on: date
    to_on: date | None


def holders_of(unit_id: int, today: date) -> list[Holder]:
    """List who holds posts of a unit today or later."""
    rows = db.session.execute(
        select(
            Appointment.id, Account.name, Appointment.post, Appointment.from_on, Appointment.to_on
        )
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.unit_id == unit_id)
        .where(Appointment.to_on.is_(None) | (Appointment.to_on >= today))
        .order_by(Appointment.from_on, Appointment.id)
    )
    return [Holder(*row) for row in rows]
