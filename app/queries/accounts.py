"""Accounts: who signs in, who is invited, and the posts that hold on a day."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, and_, or_, select

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Account, Appointment, Unit


def _with_posts(today: date) -> Select[Account, Appointment, Unit]:
    holds = and_(
        Appointment.account_id == Account.id,
        Appointment.from_on <= today,
        Appointment.to_on.is_(None) | (Appointment.to_on >= today),
    )
    return (
        select(Account, Appointment, Unit)
        .outerjoin(Appointment, holds)
        .outerjoin(Unit, Unit.id == Appointment.unit_id)
        .order_by(Appointment.from_on, Appointment.id)
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
    posts = tuple(_held(each, unit) for _, each, unit in rows if each and unit)
    return Actor(account.id, account.name, account.person_id, posts)


def _held(appointment: Appointment, unit: Unit) -> HeldPost:
    return HeldPost(
        post=appointment.post,
        unit_id=unit.id,
        unit_name=unit.name,
        level=unit.level,
        path=unit.path,
        district_id=unit.district_id,
        is_grassroots=unit.is_grassroots,
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


def account_of(person_id: int) -> Account | None:
    """Return the account of a person, where they have one."""
    return db.session.scalar(select(Account).where(Account.person_id == person_id))


def appointments_of(account_id: int, today: date) -> list[Appointment]:
    """List the posts that an account holds today or later."""
    query = select(Appointment).where(Appointment.account_id == account_id)
    return list(
        db.session.scalars(query.where(Appointment.to_on.is_(None) | (Appointment.to_on >= today)))
    )


def post_held(unit_id: int, appointment_id: int, today: date) -> Appointment | None:
    """Return a post of a unit that somebody holds today or later."""
    query = select(Appointment).where(
        Appointment.id == appointment_id,
        Appointment.unit_id == unit_id,
        Appointment.to_on.is_(None) | (Appointment.to_on >= today),
    )
    return db.session.scalar(query)
