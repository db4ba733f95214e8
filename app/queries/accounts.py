"""Accounts: who signs in, and the posts that hold on a day."""

from datetime import date

from sqlalchemy import Select, and_, select

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Account, Appointment, Unit


def _with_posts(today: date) -> Select[tuple[Account, Appointment, Unit]]:
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
