"""Units: the tree, who holds their posts, and their place in the chain of an admission."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, false, func, literal, or_, select
from sqlalchemy.orm import joinedload

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Appointment, Dossier, Person, Unit
from app.queries.accounts import Principal
from app.queries.people.standings import status_on
from app.queries.queues import Count, in_general_lists
from workflows.levels import Level, Post
from workflows.membership import MEMBER_STATUSES, PersonStatus


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in the tree, and how far below the top it stands."""

    unit: Unit
    depth: int


@dataclass(frozen=True, slots=True)
class UnitLine(Place):
    """A unit in the tree with the members in it and below."""

    members: int


AnyPlace = TypeVar("AnyPlace", bound=Place)


def unit_by_id(unit_id: int) -> Unit | None:
    """Return a unit."""
    return db.session.get(Unit, unit_id)


def unit_with_parent(unit_id: int) -> Unit | None:
    """Return a unit with the one above it."""
    query = select(Unit).options(joinedload(Unit.parent)).where(Unit.id == unit_id)
    return db.session.scalar(query)


def grassroots_of(unit: Unit) -> Unit | None:
    """Return the grass-roots organisation that a unit belongs to: itself or the nearest above."""
    return db.session.scalar(
        select(Unit)
        .where(Unit.is_grassroots, literal(unit.path).startswith(Unit.path))
        .order_by(func.length(Unit.path).desc())
        .limit(1)
    )


def places_below(posts: Sequence[HeldPost], today: date) -> list[Place]:
    """List the units of today that the posts look over, parents before children."""
    units = list(db.session.scalars(_units_in(_paths(posts), today)))
    top = _top(units)
    return _family_order([Place(unit, _depth(unit) - top) for unit in units])


def tree_below(posts: Sequence[HeldPost], today: date) -> list[UnitLine]:
    """List the units of today that the posts look over with their members, as ``places_below``."""
    return _tree(_paths(posts), today)


def tree_of(unit: Unit, today: date) -> list[UnitLine]:
    """List the units of today below one of them, parents before children."""
    return [line for line in _tree([unit.path], today) if line.unit.id != unit.id]


def _paths(posts: Sequence[HeldPost]) -> list[str]:
    return [each.path for each in posts]


def _units_in(paths: Sequence[str], today: date) -> Select[Unit]:
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return (
        select(Unit)
        .where(or_(false(), *below), Unit.valid_from <= today, _still(today))
        .order_by(Unit.sort_key, Unit.id)
    )


def _tree(paths: Sequence[str], today: date) -> list[UnitLine]:
    are_members = (Person.unit_id == Unit.id, Person.status.in_(MEMBER_STATUSES))
    own = select(func.count()).select_from(Person).where(*are_members).scalar_subquery()
    rows = [
        (unit, number)
        for unit, number in db.session.execute(_units_in(paths, today).add_columns(own))
    ]
    members: Counter[int] = Counter()
    for unit, number in rows:
        for above in unit.path.split(".")[:-1]:
            members[int(above)] += number
    top = _top(unit for unit, _ in rows)
    return _family_order([UnitLine(unit, _depth(unit) - top, members[unit.id]) for unit, _ in rows])


def _top(units: Iterable[Unit]) -> int:
    return min(map(_depth, units), default=0)


def _depth(unit: Unit) -> int:
    return unit.path.count(".")


def _still(today: date) -> ColumnElement[bool]:
    return Unit.valid_to.is_(None) | (Unit.valid_to >= today)


def _family_order(lines: list[AnyPlace]) -> list[AnyPlace]:
    known = {line.unit.id for line in lines}
    children: dict[int | None, list[AnyPlace]] = {}
    for line in lines:
        parent = line.unit.parent_id if line.unit.parent_id in known else None
        children.setdefault(parent, []).append(line)

    def walk(parent: int | None) -> list[AnyPlace]:
        return [each for line in children.get(parent, ()) for each in (line, *walk(line.unit.id))]

    return walk(None)


def branch_choices(posts: Sequence[HeldPost], today: date) -> list[tuple[int, str]]:
    """List the branches under some posts, for a filter."""
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    rows = db.session.execute(
        select(Unit.id, Unit.name)
        .where(or_(false(), *below), Unit.level == Level.BRANCH)
        .where(Unit.valid_from <= today, _still(today))
        .order_by(Unit.sort_key, Unit.id)
    )
    return [(number, name) for number, name in rows]


def sibling_names(parent_id: int, unit_id: int | None, today: date) -> list[str]:
    """List the names of the other units under a parent that are not closed."""
    others = select(Unit.name).where(Unit.parent_id == parent_id, _still(today))
    return list(db.session.scalars(others.where(Unit.id != (unit_id or 0))))


def people_by_status(unit: Unit, today: date) -> list[tuple[PersonStatus, int]]:
    """Count the people of a unit and of all below it by their status today, the most first."""
    units = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
    rows = db.session.execute(
        select(status_on(today).label("today"), func.count())
        .where(Person.unit_id.in_(units))
        .group_by("today")
        .order_by(func.count().desc(), "today")
    )
    return [(status, number) for status, number in rows]


def waits_at(unit_id: int, today: date) -> list[Count]:
    """Count by state what waits at the desk of a unit, and how much of it is late."""
    late = func.count().filter(Dossier.due_on < today)
    rows = db.session.execute(
        select(Dossier.workflow, Dossier.state, func.count(), late)
        .where(Dossier.desk_unit_id == unit_id, in_general_lists())
        .group_by(Dossier.workflow, Dossier.state)
        .order_by(Dossier.workflow, Dossier.state)
    )
    return [Count(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Holder:
    """Someone who holds a post of a unit today or later; ``has_entered`` once they signed in."""

    appointment_id: int
    account_id: int
    name: str
    username: str
    has_entered: bool
    post: Post
    from_on: date
    to_on: date | None
    on_behalf_of: str | None


def holders_of(unit_id: int, today: date) -> list[Holder]:
    """List who holds posts of a unit today or later, the highest post first."""
    rows = db.session.execute(
        select(
            *(Appointment.id, Account.id, Account.name, Account.username),
            Account.password_hash.is_not(None),
            *(Appointment.post, Appointment.from_on, Appointment.to_on, Principal.name),
        )
        .join(Account, Account.id == Appointment.account_id)
        .outerjoin(Principal, Principal.id == Appointment.stands_in_for_id)
        .where(Appointment.unit_id == unit_id)
        .where(Appointment.to_on.is_(None) | (Appointment.to_on >= today))
        .order_by(Appointment.from_on, Appointment.id)
    )
    posts = list(Post)
    return sorted((Holder(*row) for row in rows), key=lambda each: posts.index(each.post))
