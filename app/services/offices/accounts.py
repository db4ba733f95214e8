"""Accounts: invited by someone above, opened with an own password, signed in with it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import Account, Person, Unit
from app.policies import Right
from app.queries.accounts import account_of, appointments_of, invited_by
from app.queries.links import digest_of
from app.queries.people.roster import member_choices
from app.services.authority import over
from app.services.events import By, Change, found, record, seen_before
from app.services.links import secret_for
from app.services.offices.appointments import Office, appoint, facts_of, giving, may_renew
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import broken_constraint, use_case
from app.vietnamese import clean_name
from workflows.calendar import local_day

INVITED_FOR = timedelta(days=14)
TRIES = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")

hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Verified where nobody has the name, so that both answers take the same time: the hash, made once
# and for all, of a random password that was not kept.
NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$Mkuc1UaATskDmcVDe63Plw$SYZDCAsCneN6Nbwo2O2vInJTgnnUfik72tNX4mQLiog"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(Office):
    """Who is invited to a post; ``person_id`` names the member of the unit who it is."""

    username: str
    name: str = ""
    email: str = ""
    person_id: int | None = None


@use_case
def sign_in(username: str, password: str, *, now: datetime) -> Account | None:
    """Return the account that the name and password open, else nothing.

    From the tenth wrong try on an account has to wait, a minute at first and a quarter of an hour
    at most, and then is let in again. An unknown name, a wrong password and an account that has to
    wait get the same answer in the same time.
    """
    account = _account_named(username.strip().lower())
    stored = account.password_hash if account and account.is_active else None
    fits = _fits(stored or NOBODY, password) and stored is not None
    if account is None or (account.locked_until and account.locked_until > now):
        return None
    if not fits:
        _count_failure(account, now)
        return None
    account.failed_attempts, account.locked_until = 0, None
    return account


def _account_named(username: str) -> Account | None:
    """What cannot be a name is not looked for: the database keeps no NUL."""
    if not USERNAME.fullmatch(username):
        return None
    query = select(Account).where(Account.username == username)
    return db.session.scalar(query.with_for_update())


def _fits(stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, _typed(password))
    except VerificationError:
        return False


def _typed(password: str) -> str:
    """One spelling for all keyboards, and never more to hash than a password may have."""
    return normalize("NFC", password[: 4 * LONGEST_PASSWORD])[: LONGEST_PASSWORD + 1]


def _count_failure(account: Account, now: datetime) -> None:
    account.failed_attempts += 1
    too_many = account.failed_attempts - TRIES
    if too_many >= 0:
        account.locked_until = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(too_many, 10))
    if too_many == 0:
        record(account, Change("slow_down"), By(None, now))


@use_case
def invite(asked: Invitation, *, by: By) -> str:
    """Invite someone to a post and return the secret of the link; sent twice, it is the same.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to invite there.
        Invalid: a value is wrong: user name, e-mail address, member, post or days.
    """
    unit, by = giving(asked, by)
    secret = secret_for("invitation", by)
    if seen_before(by.request_key):
        return secret
    account = _new_account(unit, asked, by)
    account.invitation_hash, account.invited_until = digest_of(secret), by.now + INVITED_FOR
    try:
        found(account, Change("invite", facts=facts_of(asked)), by)
    except IntegrityError as error:
        if broken_constraint(error) != "uq_accounts_username":
            raise
        raise Invalid("username", "taken") from error
    appoint(account, asked, by)
    return secret


def _new_account(unit: Unit, asked: Invitation, by: By) -> Account:
    username = asked.username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Invalid("username", "not_a_username")
    member = _member(unit, asked.person_id, by)
    name = member.name if member else clean_name(asked.name)
    if not name:
        raise Invalid("name", "no_name")
    return Account(
        district_id=unit.district_id,
        username=username,
        name=name,
        email=_address(asked.email),
        person_id=member.id if member else None,
    )


def _member(unit: Unit, person_id: int | None, by: By) -> Person | None:
    if person_id is None:
        return None
    if person_id not in dict(member_choices(unit.id, unit.id)):
        raise Invalid("person_id", "unknown_person")
    if by.actor and by.actor.person_id == person_id:
        raise Invalid("person_id", "yourself")
    if account := account_of(person_id):
        raise Invalid("person_id", "has_account", username=account.username)
    return db.session.get_one(Person, person_id)


def _address(email: str) -> str:
    if not email.strip():
        return ""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid("email", "not_an_address") from error


@use_case
def renew_link(unit_id: int, account_id: int, *, by: By) -> tuple[Account, str]:
    """Return an account of a unit with a new link: the first was lost, or the password forgotten.

    Raises:
        NotFound: no such unit for this person, or nobody there has this account.
        Forbidden: it has a post that this person does not stand above, or it is their own.
    """
    unit, by = over(unit_id, Right.INVITE, by, lock=True)
    today, secret = local_day(by.now), secret_for("invitation", by)
    account = db.session.get(Account, account_id)
    if account is None or unit.id not in {p.unit_id for p in appointments_of(account_id, today)}:
        raise NotFound
    if not may_renew(by.actor, account, today):
        raise Forbidden("not_your_desk")
    if not seen_before(by.request_key):
        account.invitation_hash, account.invited_until = digest_of(secret), by.now + INVITED_FOR
        record(account, Change("renew_link"), by)
    return account, secret


@use_case
def accept(secret: str, password: str, *, now: datetime) -> Account:
    """Open an invited account with the password its holder chose.

    Raises:
        NotFound: the link is unknown, used or too old.
        Invalid: the password is too short or too long.
    """
    account = invited_by(secret, now)
    if account is None:
        raise NotFound
    _set_password(account, password)
    account.invitation_hash, account.invited_until = None, None
    account.failed_attempts, account.locked_until = 0, None
    record(account, Change("accept"), By(None, now))
    return account


@use_case
def change_password(old: str, new: str, *, by: By) -> Account:
    """Replace a password; every other session of the account ends.

    Raises:
        Invalid: the old one is wrong, or the new one too short or too long.
    """
    account = db.session.get_one(Account, by.actor.account_id if by.actor else 0)
    if not _fits(account.password_hash or NOBODY, old):
        raise Invalid("old", "wrong_password")
    _set_password(account, new)
    record(account, Change("change_password"), by)
    return account


def _set_password(account: Account, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("password", "too_short", shortest=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Invalid("password", "too_long", longest=LONGEST_PASSWORD)
    account.password_hash = hasher.hash(_typed(password))
    account.session_epoch += 1
