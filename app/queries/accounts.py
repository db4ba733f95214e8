"""Accounts: who signs in, who is invited, and the posts that hold on a day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Account, Appointment, Unit
from app.queries.links import digest_of

Principal = aliased(Account, name="principal")


def holds_on(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Match the posts that are held on a day, to the end of their last one."""
    lasts = Appointment.to_on.is_(None) | (Appointment.to_on >= day)
    return and_(Appointment.from_on <= day, lasts)


# Every request asks this: the columns it reads and no more, in a statement written once.
_WITH_POSTS = (
    select(
        *(Account.id, Account.name, Account.person_id),
        *(Appointment.post, Unit.id, Unit.name, Unit.level, Unit.path, Unit.district_id),
        *(Unit.is_grassroots, func.coalesce(Principal.name, ""), Principal.id),
        Principal.person_id,
    )
    .outerjoin(
        Appointment,
        and_(Appointment.account_id == Account.id, holds_on(bindparam("today", type_=Date))),
    )
    .outerjoin(Unit, Unit.id == Appointment.unit_id)
    .outerjoin(Principal, Principal.id == Appointment.stands_in_for_id)
    .where(
        Account.id == bindparam("account_id"),
        Account.session_epoch == bindparam("epoch"),
        Account.is_active,
    )
    .order_by(Appointment.stands_in_for_id.is_not(None), Appointment.from_on, Appointment.id)
)


def actor_for(account_id: int, session_epoch: int, today: date) -> Actor | None:
    """Return who is signed in with the posts of today; nobody once the password was changed."""
    asked = {"account_id": account_id, "epoch": session_epoch, "today": today}
    rows: Sequence[Any] = db.session.execute(_WITH_POSTS, asked).all()
    if not rows:
        return None
    held = [HeldPost(*row[3:]) for row in rows if row[3]]
    number, name, person_id = rows[0][:3]
    return Actor(number, name, person_id, tuple(_in_order(held)))


def _in_order(held: list[HeldPost]) -> list[HeldPost]:
    """Put units with an own post first; in each, what one does on behalf of another."""
    units = list(dict.fromkeys(each.unit_id for each in held))
    return sorted(held, key=lambda each: (units.index(each.unit_id), not each.on_behalf_of))


def invited_by(secret: str, now: datetime) -> Account | None:
    """Return whom a link invites; nobody once it was used or is too old."""
    link = Account.invitation_hash == digest_of(secret)
    return db.session.scalar(select(Account).where(link, Account.invited_until >= now))


def account_known(username: str, posts: Sequence[HeldPost] | None) -> Account | None:
    """Return an account that has or had a post in the subtrees of these posts (None: anywhere)."""
    query = select(Account).where(Account.username == username)
    if posts is not None:
        below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
        known = select(Appointment.account_id).join(Unit, Unit.id == Appointment.unit_id)
        query = query.where(Account.id.in_(known.where(or_(*below))))
    return db.session.scalar(query)


def account_by_id(account_id: int) -> Account:
    """Return an account that there is."""
    return db.session.get_one(Account, account_id)


def account_of(person_id: int) -> Account | None:
    """Return the account of a person, where they have one."""
    return db.session.scalar(select(Account).where(Account.person_id == person_id))


def appointments_of(account_id: int, today: date) -> list[Appointment]:
    """List the posts that an account holds today or later."""
    query = select(Appointment).where(Appointment.account_id == account_id)
    return list(
        db.session.scalars(query.where(Appointment.to_on.is_(None) | (Appointment.to_on >= today)))
    )


def substitutes_of(held: Appointment, today: date) -> list[Appointment]:
    """List who stands in for the holder of a post, today or later."""
    query = select(Appointment).where(
        Appointment.unit_id == held.unit_id,
        Appointment.post == held.post,
        Appointment.stands_in_for_id == held.account_id,
        Appointment.to_on.is_(None) | (Appointment.to_on >= today),
    )
    return list(db.session.scalars(query.order_by(Appointment.from_on, Appointment.id)))


def post_held(unit_id: int, appointment_id: int, today: date) -> Appointment | None:
    """Return a post of a unit that somebody holds today or later."""
    query = select(Appointment).where(
        Appointment.id == appointment_id,
        Appointment.unit_id == unit_id,
        Appointment.to_on.is_(None) | (Appointment.to_on >= today),
    )
    return db.session.scalar(query)


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """Return the names of some accounts."""
    rows = db.session.execute(
        select(Account.id, Account.name).where(Account.id.in_(account_ids)).order_by(Account.name)
    )
    return {row.id: row.name for row in rows}
