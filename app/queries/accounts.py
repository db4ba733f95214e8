"""Accounts: who signs in, who is invited, and the posts that hold on a day."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Account, Appointment, Unit

Principal = aliased(Account, name="principal")


def holds_on(day: date) -> ColumnElement[bool]:
    """Match the posts that are held on a day, to the end of their last one."""
    lasts = Appointment.to_on.is_(None) | (Appointment.to_on >= day)
    return and_(Appointment.from_on <= day, lasts)


def _with_posts(today: date) -> Select[Account, Appointment, Unit, Account]:
    holds = and_(Appointment.account_id == Account.id, holds_on(today))
    return (
        select(Account, Appointment, Unit, Principal)
        .outerjoin(Appointment, holds)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .outerjoin(Principal, Principal.id == Appointment.stands_in_for_id)
        .order_by(Appointment.stands_in_for_id.is_not(None), Appointment.from_on, Appointment.id)
    )


def actor_for(account_id: int, session_epoch: int, today: date) -> Actor | None:
    """Return who is signed in with the posts of today; nobody once the password was changed."""
    rows = db.session.execute(
        _with_posts(today).where(
            Account.id == account_id, Account.session_epoch == session_epoch, Account.is_active
        )
    ).all()
    if not rows:
        return None
    account = rows[0][0]
    held = [_held(each, unit, whom) for _, each, unit, whom in rows if each and unit]
    return Actor(account.id, account.name, account.person_id, tuple(_in_order(held)))


def _in_order(held: list[HeldPost]) -> list[HeldPost]:
    """Put units with an own post first; in each, what one does on behalf of another."""
    units = list(dict.fromkeys(each.unit_id for each in held))
    return sorted(held, key=lambda each: (units.index(each.unit_id), not each.on_behalf_of))


def _held(appointment: Appointment, unit: Unit, principal: Account | None) -> HeldPost:
    return HeldPost(
        post=appointment.post,
        unit_id=unit.id,
        unit_name=unit.name,
        level=unit.level,
        path=unit.path,
        district_id=unit.district_id,
        is_grassroots=unit.is_grassroots,
        on_behalf_of=principal.name if principal else "",
        principal_id=principal.id if principal else None,
        principal_person_id=principal.person_id if principal else None,
    )


def digest_of(secret: str) -> str:
    """Return what is stored of the secret in the link of an invitation."""
    return hashlib.sha256(secret.encode()).hexdigest()


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
