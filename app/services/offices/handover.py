"""Offices change: a substitute for some days, and an office handed over to another account."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, update

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models import Account, Appointment, Dossier, Draft, StagedFile, Unit
from app.policies import Right
from app.queries.accounts import account_known, appointments_of, post_held
from app.queries.offices import own_posts, who_can_stand_in
from app.services.authority import over
from app.services.events import By, Change, record, seen_before
from app.services.offices.appointments import Office, appoint, end_now, facts_of, is_own, may_end
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day

REFERENCE = re.compile(r"^/dossiers/([A-Z]+-[0-9]+-[0-9]+)/")


@dataclass(frozen=True, slots=True)
class Substitution:
    """Who stands in for an officer, from a day to the end of another one."""

    account_id: int
    from_on: date
    to_on: date


def post_to_lend(unit_id: int, by: By) -> tuple[Unit, Appointment, By]:
    """Return the post for which somebody may name a substitute, and the act in that post.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: they hold no post there in their own right that may act.
    """
    unit, by = over(unit_id, Right.LOOK, by)
    account_id = by.actor.account_id if by.actor else 0
    own = own_posts(account_id, unit.id, local_day(by.now))
    if not own or by.actor is None:
        raise Forbidden("not_your_desk")
    held = (each for each in by.actor.posts if each.unit_id == unit.id and not each.on_behalf_of)
    post = next(each for each in held if each.post is own[0].post)
    return unit, own[0], replace(by, post=post)


@use_case
def name_substitute(unit_id: int, asked: Substitution, *, by: By) -> str:
    """Let another account stand in for the person who acts, and return its holder's name.

    The rights end by themselves at the end of the last day.

    Raises:
        NotFound, Forbidden: as above.
        Invalid: the account cannot stand in, or the days are wrong.
    """
    unit, own, by = post_to_lend(unit_id, by)
    principal = db.session.get_one(Account, own.account_id)
    known = {each.account_id for each in who_can_stand_in(unit, principal, local_day(by.now))}
    substitute = db.session.get(Account, asked.account_id)
    if substitute is None or (substitute.id not in known and not seen_before(by.request_key)):
        raise Invalid("account_id", "cannot_stand_in")
    if seen_before(by.request_key):
        return substitute.name
    _check_days(asked, own, local_day(by.now))
    office = Office(unit_id=unit.id, post=own.post, from_on=asked.from_on, to_on=asked.to_on)
    facts = facts_of(office)
    record(principal, Change("name_substitute", facts={**facts, "by": substitute.id}), by)
    once = replace(by, request_key=None)
    record(substitute, Change("give_post", facts={**facts, "for": principal.id}), once)
    _appoint_as(substitute, office, "account_id", by, stands_in_for=principal.id)
    return substitute.name


def _check_days(asked: Substitution, own: Appointment, today: date) -> None:
    if asked.from_on < today:
        raise Invalid("from_on", "day_gone_by")
    if asked.to_on < asked.from_on:
        raise Invalid("to_on", "before_first_day")
    if own.to_on and asked.to_on > own.to_on:
        raise Invalid("to_on", "beyond_own_term")


def _appoint_as(
    account: Account, office: Office, field: str, by: By, *, stands_in_for: int | None = None
) -> None:
    """Appoint somebody who was named in a field of a form, which then bears what is wrong."""
    try:
        appoint(account, office, by, stands_in_for)
    except Invalid as error:
        raise Invalid(field, error.code) from error


@use_case
def end_substitution(unit_id: int, appointment_id: int, *, by: By) -> None:
    """Take back at once what was lent to a substitute.

    Raises:
        NotFound, Forbidden: as above, or nobody stands in there for this person.
    """
    unit, own, by = post_to_lend(unit_id, by)
    if seen_before(by.request_key):
        return
    today = local_day(by.now)
    lent = post_held(unit.id, appointment_id, today)
    if lent is None or lent.stands_in_for_id != own.account_id:
        raise NotFound
    office = Office(unit_id=unit.id, post=lent.post, from_on=lent.from_on, to_on=lent.to_on)
    principal = db.session.get_one(Account, own.account_id)
    facts = {**facts_of(office), "by": lent.account_id}
    record(principal, Change("end_substitute", facts=facts), by)
    end_now(lent, today)


@use_case
def hand_over(unit_id: int, appointment_id: int, username: str, *, by: By) -> str:
    """Hand an office of a unit to another account, today, and return its holder's name.

    What lies at the desk stays there; the drafts that the former holder left for this unit move.

    Raises:
        NotFound: no such unit or post for this person.
        Forbidden: it is not theirs to give, or it is their own.
        Invalid: nobody known by this name, or no one to hand it to.
    """
    unit, by = over(unit_id, Right.INVITE, by, lock=True)
    if event := seen_before(by.request_key):
        return str(event.facts["to_name"])
    today = local_day(by.now)
    held, former = _office_of(unit, appointment_id, by)
    successor = _successor(username, former, by.actor)
    _pass_post(held, former, successor, by)
    _pass_drafts(former, successor, unit, today)
    return successor.name


def _pass_post(held: Appointment, former: Account, successor: Account, by: By) -> None:
    since = max(local_day(by.now), held.from_on)
    office = Office(unit_id=held.unit_id, post=held.post, from_on=since, to_on=held.to_on)
    facts = {**facts_of(office), "to": successor.id, "to_name": successor.name}
    record(former, Change("hand_over", facts=facts), by)
    once = replace(by, request_key=None)
    record(successor, Change("take_over", facts={**facts_of(office), "from": former.id}), once)
    end_now(held, local_day(by.now))
    db.session.flush()
    _appoint_as(successor, office, "username", by)


def _office_of(unit: Unit, appointment_id: int, by: By) -> tuple[Appointment, Account]:
    held = post_held(unit.id, appointment_id, local_day(by.now))
    if held is None or held.stands_in_for_id is not None:
        raise NotFound
    former = db.session.get_one(Account, held.account_id)
    if not may_end(by.actor, unit, held.post, former):
        raise Forbidden("not_your_desk")
    return held, former


def _successor(username: str, former: Account, actor: Actor | None) -> Account:
    reach = policies.posts_with(actor, Right.INVITE) if actor else None
    successor = account_known(username.strip().lower(), reach)
    if successor is None or not successor.is_active:
        raise Invalid("username", "unknown_account")
    if successor.id == former.id:
        raise Invalid("username", "same_holder")
    if actor and is_own(actor, successor):
        raise Invalid("username", "yourself")
    return successor


def _pass_drafts(former: Account, successor: Account, unit: Unit, today: date) -> None:
    """Give over what the former holder left unfinished; what the new one has there already stays.

    Who holds another post keeps the drafts that are not about this unit.
    """
    theirs = {each.place: each for each in _drafts(former.id)}
    if appointments_of(former.id, today):
        of_unit = _refs_of(unit, theirs)
        theirs = {place: each for place, each in theirs.items() if _is_of(each, unit, of_unit)}
    passed = theirs.keys() - {each.place for each in _drafts(successor.id)}
    staged = [number for place in passed for number in theirs[place].fields.get("staged", ())]
    for model, rows in (
        (Draft, Draft.place.in_(passed)),
        (StagedFile, StagedFile.id.in_([UUID(number) for number in staged])),
    ):
        statement = update(model).where(model.account_id == former.id, rows)
        db.session.execute(statement.values(account_id=successor.id))


def _drafts(account_id: int) -> list[Draft]:
    return list(db.session.scalars(select(Draft).where(Draft.account_id == account_id)))


def _refs_of(unit: Unit, places: Collection[str]) -> set[str]:
    """Return which of the dossiers that some places name lie in a unit or below it."""
    named = [found[1] for place in places if (found := REFERENCE.match(place))]
    below = select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True))
    units = (Dossier.branch_id, Dossier.commune_id, Dossier.to_commune_id, Dossier.to_branch_id)
    query = select(Dossier.ref).where(
        Dossier.ref.in_(named), or_(Dossier.district_id == unit.id, *(u.in_(below) for u in units))
    )
    return set(db.session.scalars(query))


def _is_of(draft: Draft, unit: Unit, refs: Collection[str]) -> bool:
    """Whether a draft is about a dossier of a unit, or its form or address names the unit."""
    if found := REFERENCE.match(draft.place):
        return found[1] in refs
    named = {*draft.fields.get("unit_id", ()), draft.place.partition("unit=")[2]}
    return str(unit.id) in named
