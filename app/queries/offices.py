"""Offices: desks that nobody holds, who can stand in for whom, and offices handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Appointment, Dossier, Event, Unit
from app.queries.accounts import holds_on
from app.queries.units.tree import grassroots_of
from app.vietnamese import sort_key
from workflows.levels import ACTING_POSTS, Level

Above = aliased(Unit, name="above")


@dataclass(frozen=True, slots=True)
class VacantDesk:
    """A unit where nobody may act today, with what waits there and since when."""

    unit_id: int
    unit_name: str
    above_name: str
    waiting: int
    since: datetime


def _is_held(unit: type[Unit], today: date) -> ColumnElement[bool]:
    """Match units where somebody who may sign in holds a post today that may act."""
    holder = exists().where(
        Appointment.unit_id == unit.id,
        Appointment.post.in_(ACTING_POSTS),
        holds_on(today),
        Account.id == Appointment.account_id,
        Account.is_active,
    )
    return holder.correlate(unit)


def vacant_desks(posts: Sequence[HeldPost], today: date) -> list[VacantDesk]:
    """List the desks with open dossiers that nobody holds, for the nearest level above them.

    A level that nobody holds either is passed over. The longest waiting come first.
    """
    above = [each for each in posts if each.level is not Level.BRANCH]
    if not above:
        return []
    waiting = (
        select(func.count().label("number"), func.min(Dossier.entered_desk_at).label("since"))
        .where(Dossier.desk_unit_id == Unit.id)
        .lateral()
    )
    rows = db.session.execute(
        select(Unit.id, Unit.name, Above.name, waiting.c.number, waiting.c.since)
        .join(Above, Above.id == Unit.parent_id)
        .join(waiting, true())
        .where(or_(*(_nearest_below(each, today) for each in above)))
        .where(~_is_held(Unit, today), waiting.c.number > 0)
        .order_by(waiting.c.since, Unit.id)
    )
    return [VacantDesk(*row) for row in rows]


def _nearest_below(held: HeldPost, today: date) -> ColumnElement[bool]:
    """Match units below a post with no unit between them that somebody holds."""
    between = aliased(Unit, name="between")
    nearer = exists().where(
        between.path.startswith(held.path, autoescape=True),
        Unit.path.startswith(between.path),
        between.id.not_in((held.unit_id, Unit.id)),
        _is_held(between, today),
    )
    below = Unit.path.startswith(held.path, autoescape=True)
    return below & (Unit.id != held.unit_id) & ~nearer.correlate(Unit)


@dataclass(frozen=True, slots=True)
class Stand:
    """An account that could stand in, with the unit of a post it holds."""

    account_id: int
    name: str
    unit_name: str


def who_can_stand_in(unit: Unit, principal: Account, today: date) -> list[Stand]:
    """List who could stand in for an officer of a unit: who holds a post nearby today.

    Nearby is the grass-roots organisation; above it, the unit itself and those next below it. Who
    holds a post in the unit itself comes first, then by given name.
    """
    commune = grassroots_of(unit)
    near = (
        Unit.path.startswith(commune.path, autoescape=True)
        if commune
        else or_(Unit.id == unit.id, Unit.parent_id == unit.id)
    )
    themselves = Account.id == principal.id
    if principal.person_id is not None:
        themselves |= func.coalesce(Account.person_id == principal.person_id, False)
    rows = db.session.execute(
        select(Account.id, Account.name, func.min(Unit.name), func.bool_or(Unit.id == unit.id))
        .join(Appointment, Appointment.account_id == Account.id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(near, holds_on(today), Account.is_active, Appointment.stands_in_for_id.is_(None))
        .where(~themselves)
        .group_by(Account.id, Account.name)
    )
    nearest = sorted(rows, key=lambda row: (not row[3], sort_key(row.name), row.id))
    return [Stand(*row[:3]) for row in nearest]


def own_posts(account_id: int, unit_id: int, today: date) -> list[Appointment]:
    """List the posts that an account holds in a unit today in its own right and may act in."""
    query = select(Appointment).where(
        Appointment.account_id == account_id,
        Appointment.unit_id == unit_id,
        Appointment.post.in_(ACTING_POSTS),
        Appointment.stands_in_for_id.is_(None),
        holds_on(today),
    )
    found = db.session.scalars(query.order_by(Appointment.id))
    return sorted(found, key=lambda each: ACTING_POSTS.index(each.post))


@dataclass(frozen=True, slots=True)
class Substitute:
    """Who stands in for an officer of a unit, from day to day."""

    appointment_id: int
    name: str
    from_on: date
    to_on: date | None


def my_substitutes(account_id: int, unit_id: int, today: date) -> list[Substitute]:
    """List who stands in for an account in a unit today or later."""
    rows = db.session.execute(
        select(Appointment.id, Account.name, Appointment.from_on, Appointment.to_on)
        .join(Account, Account.id == Appointment.account_id)
        .where(Appointment.stands_in_for_id == account_id, Appointment.unit_id == unit_id)
        .where(Appointment.to_on >= today)
        .order_by(Appointment.from_on, Appointment.id)
    )
    return [Substitute(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class LostOffice:
    """An office that was handed over: which, to whom, and when."""

    post: str
    unit_id: int
    unit_name: str
    unit_path: str
    to_name: str
    at: datetime


def lost_office(account_id: int, held: Sequence[HeldPost]) -> LostOffice | None:
    """Return the office that an account handed over last, unless it acts in that unit again."""
    row = db.session.execute(
        select(Event, Unit)
        .join(Unit, Unit.id == Event.facts["unit"].as_integer())
        .where(Event.subject == "accounts", Event.subject_id == account_id)
        .where(Event.step == "hand_over")
        .order_by(Event.sequence.desc())
        .limit(1)
    ).first()
    if row is None or row.Unit.id in {each.unit_id for each in held}:
        return None
    event, unit = row
    return LostOffice(
        event.facts["post"], unit.id, unit.name, unit.path, event.facts["to_name"], event.at
    )


def lies_in(ref: str, office: LostOffice) -> bool:
    """Whether a dossier lies, or lay, in the unit of an office."""
    units = (Dossier.branch_id, Dossier.commune_id, Dossier.district_id)
    arriving = (Dossier.to_commune_id, Dossier.to_branch_id)
    theirs = or_(*(column == office.unit_id for column in (*units, *arriving)))
    query = select(Dossier.id).where(Dossier.ref == ref, theirs)
    return db.session.scalar(query) is not None
