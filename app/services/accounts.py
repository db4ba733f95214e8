"""Accounts: invited by someone above, opened with an own password, signed in with it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import select

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models import Account, Appointment, Unit
from app.policies import Right
from app.queries.units import unit_by_id
from app.services.events import By, Change, found, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from app.vietnamese import clean_name
from workflows.calendar import local_day
from workflows.levels import Post

INVITED_FOR = timedelta(days=14)
TRIES = 10
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 10

hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified where nobody has the name, so that both answers take the same time.
_NOBODY = hasher.hash(secrets.token_urlsafe())


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited to which post, from when."""

    unit_id: int
    post: Post
    username: str
    name: str
    email: str
    from_on: date
    to_on: date | None = None


@use_case
def sign_in(username: str, password: str, *, now: datetime) -> Account | None:
    """Return the account that the name and password open, else nothing.

    Ten wrong tries close an account for a quarter of an hour; an unknown name, a wrong password
    and a closed account get the same answer.
    """
    query = select(Account).where(Account.username == username.strip().lower())
    account = db.session.scalar(query.with_for_update())
    stored = account.password_hash if account and account.is_active else None
    fits = _fits(stored or _NOBODY, password) and stored is not None
    if account is None or (account.locked_until and account.locked_until > now):
        return None
    if not fits:
        _count_failure(account, now)
        return None
    account.failed_attempts, account.locked_until = 0, None
    return account


def _fits(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except VerificationError:
        return False


def _count_failure(account: Account, now: datetime) -> None:
    account.failed_attempts += 1
    if account.failed_attempts >= TRIES:
        account.failed_attempts, account.locked_until = 0, now + LOCKED_FOR
        record(account, Change("lock"), By(None, now))


@use_case
def invite(asked: Invitation, *, by: By) -> str:
    """Invite someone to a post and return the secret of the link, which is told only once.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to invite there.
        Invalid: the user name is taken.
    """
    unit = _inviting_unit(asked.unit_id, by)
    if seen_before(by.request_key):
        raise Invalid("username", "sent_twice")
    username = asked.username.strip().lower()
    if db.session.scalar(select(Account.id).where(Account.username == username)):
        raise Invalid("username", "taken")
    secret = secrets.token_urlsafe(24)
    account = Account(
        district_id=unit.district_id,
        username=username,
        name=clean_name(asked.name),
        email=asked.email.strip(),
        invitation_hash=_digest(secret),
        invited_until=by.now + INVITED_FOR,
    )
    facts = {"unit": unit.id, "post": asked.post.value, "from_on": asked.from_on.isoformat()}
    found(account, Change("invite", facts=facts), by)
    _appoint(account, asked, by.actor)
    return secret


def _inviting_unit(unit_id: int, by: By) -> Unit:
    unit = unit_by_id(unit_id)
    if unit is None:
        raise NotFound
    if by.actor is None:
        return unit
    if not policies.may(by.actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    if not policies.may(by.actor, Right.INVITE, unit.id, unit.path):
        raise Forbidden("not_yours_to_invite")
    return unit


def _appoint(account: Account, asked: Invitation, actor: Actor | None) -> None:
    appointment = Appointment(
        account_id=account.id,
        unit_id=asked.unit_id,
        post=asked.post,
        from_on=asked.from_on,
        to_on=asked.to_on,
        appointed_by_id=actor.account_id if actor else None,
    )
    db.session.add(appointment)


@use_case
def end_appointment(appointment_id: int, *, by: By) -> int:
    """End a post with today; its rights end with the day. Return the unit's id.

    Raises:
        NotFound, Forbidden: as for an invitation.
        Invalid: somebody tries to end their own post.
    """
    appointment = db.session.get(Appointment, appointment_id)
    if appointment is None:
        raise NotFound
    _inviting_unit(appointment.unit_id, by)
    if by.actor and appointment.account_id == by.actor.account_id:
        raise Invalid("appointment", "own_post")
    today = local_day(by.now)
    appointment.to_on = max(today - timedelta(days=1), appointment.from_on)
    account = db.session.get_one(Account, appointment.account_id)
    facts = {"unit": appointment.unit_id, "post": appointment.post.value}
    record(account, Change("end_post", facts=facts), by)
    return appointment.unit_id


@use_case
def accept(secret: str, password: str, *, now: datetime) -> Account:
    """Open an invited account with the password its holder chose.

    Raises:
        NotFound: the link is unknown, used or too old.
        Invalid: the password is too short.
    """
    query = select(Account).where(Account.invitation_hash == _digest(secret))
    account = db.session.scalar(query.with_for_update())
    if account is None or account.invited_until is None or account.invited_until < now:
        raise NotFound
    _set_password(account, password)
    account.invitation_hash, account.invited_until = None, None
    record(account, Change("accept"), By(None, now))
    return account


@use_case
def change_password(old: str, new: str, *, by: By) -> Account:
    """Replace a password; every other session of the account ends.

    Raises:
        Invalid: the old one is wrong, or the new one too short.
    """
    account = db.session.get_one(Account, by.actor.account_id if by.actor else 0)
    if not _fits(account.password_hash or _NOBODY, old):
        raise Invalid("old", "wrong_password")
    _set_password(account, new)
    record(account, Change("change_password"), by)
    return account


def _set_password(account: Account, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("password", "too_short", shortest=SHORTEST_PASSWORD)
    account.password_hash = hasher.hash(password)
    account.session_epoch += 1


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
