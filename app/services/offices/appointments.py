"""Posts: given from day to day by someone above, and ended."""

from dataclasses import dataclass
from datetime import date, timedelta

from app import policies
from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Account, Appointment, Unit
from app.policies import Right
from app.queries.accounts import account_known, appointments_of, post_held, substitutes_of
from app.queries.units.tree import unit_by_id
from app.services.authority import over
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.levels import Level, Post

OF_A_BRANCH = (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER)
OF_A_UNION = (*OF_A_BRANCH, Post.OFFICER, Post.ADMINISTRATOR)
# Within one unit a post is given by one that stands above it; the head's comes from the superior,
# who ratifies it (Hướng dẫn 20-HD/TWĐTN-BTC (2023) §8).
RANK = {Post.SECRETARY: 2, Post.DEPUTY: 1, Post.ADMINISTRATOR: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post in a unit from day to day; without a last day it lasts until it is ended."""

    unit_id: int
    post: Post
    from_on: date
    to_on: date | None = None


def posts_to_give(actor: Actor, unit: Unit) -> list[Post]:
    """List the posts of a unit that a person may give and end, the highest first."""
    is_plain_branch = unit.level is Level.BRANCH and not unit.is_grassroots
    posts = OF_A_BRANCH if is_plain_branch else OF_A_UNION
    return [post for post in posts if may_give(actor, unit, post)]


def may_give(actor: Actor | None, unit: Unit, post: Post) -> bool:
    """Whether a person may give and end a post of a unit; the program itself may any."""
    if actor is None:
        return True
    held = policies.posts_with(actor, Right.INVITE)
    return any(_stands_above(each, unit, post) for each in held if each.reaches(unit.path))


def _stands_above(held: HeldPost, unit: Unit, post: Post) -> bool:
    return held.unit_id != unit.id or RANK.get(held.post, 0) > RANK.get(post, 0)


@use_case
def give_post(username: str, office: Office, *, by: By) -> int:
    """Give a post to someone who has an account already, and return the account's id.

    Raises:
        NotFound, Forbidden: as for an invitation.
        Invalid: nobody known by this name, the person themselves, or a post they hold already.
    """
    _unit, by = giving(office, by)
    if event := seen_before(by.request_key):
        return event.subject_id
    reach = policies.posts_with(by.actor, Right.INVITE) if by.actor else None
    account = account_known(username.strip().lower(), reach)
    if account is None:
        raise Invalid("username", "unknown_account")
    if by.actor and is_own(by.actor, account):
        raise Invalid("username", "yourself")
    record(account, Change("give_post", facts=facts_of(office)), by)
    appoint(account, office, by)
    return account.id


def giving(office: Office, by: By) -> tuple[Unit, By]:
    """Make sure that a post can be given by this person, within a running transaction.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to give posts there.
        Invalid: the post comes from above, or it ends before it begins.
    """
    unit, by = over(office.unit_id, Right.INVITE, by, lock=True)
    if not may_give(by.actor, unit, office.post):
        raise Invalid("post", "from_above")
    if office.to_on and office.to_on < office.from_on:
        raise Invalid("to_on", "before_first_day")
    return unit, by


def is_own(actor: Actor, account: Account) -> bool:
    """Whether an account is that of the person who acts, or of the same member."""
    same_member = actor.person_id is not None and actor.person_id == account.person_id
    return same_member or actor.account_id == account.id


def facts_of(office: Office) -> dict[str, object]:
    """Return what an event keeps of a post."""
    until = office.to_on.isoformat() if office.to_on else None
    facts = {"unit": office.unit_id, "post": office.post.value}
    return {**facts, "from_on": office.from_on.isoformat(), "to_on": until}


def appoint(account: Account, office: Office, by: By, stands_in_for: int | None = None) -> None:
    """Add the post to an account, within a running transaction; a substitute's names whose it is.

    Raises:
        Invalid: the account holds the same post in these days already.
    """
    held = appointments_of(account.id, office.from_on)
    last = office.to_on or date.max
    same = (each for each in held if (each.unit_id, each.post) == (office.unit_id, office.post))
    if any(each.from_on <= last for each in same):
        raise Invalid("post", "already_held")
    appointment = Appointment(
        account_id=account.id,
        unit_id=office.unit_id,
        post=office.post,
        from_on=office.from_on,
        to_on=office.to_on,
        stands_in_for_id=stands_in_for,
        appointed_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(appointment)


@use_case
def end_appointment(unit_id: int, appointment_id: int, *, by: By) -> None:
    """End a post of a unit at once: yesterday was its last day; one of today never was.

    Raises:
        NotFound: no such unit or post for this person.
        Forbidden: it is not theirs to end, or it is their own.
    """
    unit, by = over(unit_id, Right.INVITE, by, lock=True)
    if seen_before(by.request_key):
        return
    today = local_day(by.now)
    appointment = post_held(unit.id, appointment_id, today)
    if appointment is None:
        raise NotFound
    account = db.session.get_one(Account, appointment.account_id)
    if not may_end(by.actor, unit, appointment.post, account):
        raise Forbidden("not_your_desk")
    office = Office(unit_id=unit.id, post=appointment.post, from_on=appointment.from_on)
    record(account, Change("end_post", facts=facts_of(office)), by)
    end_now(appointment, today)


def end_now(appointment: Appointment, today: date) -> None:
    """End a post, and with it whoever stands in for its holder, within a running transaction."""
    for each in (appointment, *substitutes_of(appointment, today)):
        if each.from_on < today:
            each.to_on = today - timedelta(days=1)
        else:
            db.session.delete(each)


def may_end(actor: Actor | None, unit: Unit, post: Post, account: Account) -> bool:
    """Whether a person may end a post that someone holds in a unit."""
    return actor is None or (may_give(actor, unit, post) and not is_own(actor, account))


def may_renew(actor: Actor | None, account: Account, today: date) -> bool:
    """Whether a person may hand out a new link: they stand above every post of the account."""
    if actor is None:
        return True
    held = [(unit_by_id(each.unit_id), each.post) for each in appointments_of(account.id, today)]
    above = all(unit and may_give(actor, unit, post) for unit, post in held)
    return above and not is_own(actor, account)
