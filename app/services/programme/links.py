"""Personal links: handed out by the branch, opened by the member without an account, taken back.

Only the hash of a token is kept. A link shows and changes what its own member registered, nothing
else; it ends by itself after some days, and with the membership.
"""

from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from app.extensions import db
from app.models import Person, ProgrammeLink, Unit
from app.queries.links import digest_of
from app.queries.programme.sheets import (
    LinkHolder,
    holder_of,
    links_of,
    members_of,
    registrations_of,
)
from app.services.events import By, Change, record, seen_before
from app.services.links import secret_for
from app.services.programme.registering import Wanted, register_at
from app.services.programme.seats import seated
from app.services.programme.tracking import Told, track_in
from app.services.refusals import Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day


@use_case
def issue_link(unit_id: int, person_id: int, *, by: By) -> tuple[str, date]:
    """Return the token of a new link of a member, and the last day on which it opens.

    Links given out before end with it. A repeated request tells the same token again.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its members are not theirs.
        Invalid: somebody is no member there.
    """
    _unit, by = seated(unit_id, by, [person_id], decides=False)
    person = _member(unit_id, person_id, by)
    token, until = secret_for("programme-link", by), by.now + timedelta(days=_days())
    if not seen_before(by.request_key):
        _end(person_id, by)
        db.session.add(_link(person, token, by))
        record(person, Change("issue_link", facts={"until": until.isoformat()}), by)
    return token, local_day(until)


def _days() -> int:
    days: int = current_app.config["SETTINGS"].personal_link_days
    return days


def _link(person: Person, token: str, by: By) -> ProgrammeLink:
    return ProgrammeLink(
        district_id=person.district_id,
        person_id=person.id,
        token_hash=digest_of(token),
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
        valid_until=by.now + timedelta(days=_days()),
    )


def _member(unit_id: int, person_id: int, by: By) -> Person:
    today = local_day(by.now)
    if person_id not in members_of(unit_id, today.year, today):
        raise Invalid("sheet", "stranger")
    return db.session.get_one(Person, person_id, with_for_update={"key_share": True})


def _end(person_id: int, by: By) -> int:
    links = links_of(person_id, by.now)
    for link in links:
        link.revoked_at = by.now
    return len(links)


@use_case
def revoke_links(unit_id: int, person_id: int, *, by: By) -> None:
    """Take back the links of a member; from now on they open nothing.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its members are not theirs.
        Invalid: somebody is no member there.
    """
    _unit, by = seated(unit_id, by, [person_id], decides=False)
    person = _member(unit_id, person_id, by)
    if not seen_before(by.request_key) and _end(person_id, by):
        record(person, Change("revoke_link"), by)


@use_case
def register_by_link(token: str, year: int, wanted: Wanted, *, by: By) -> None:
    """Register the member whose link it is.

    Raises:
        NotFound: the link is unknown, taken back or too old.
        Invalid, NoSuchStep, PeopleRefused: as in `registering.register`.
    """
    holder = _holder(token, year, by)
    if not seen_before(by.request_key):
        asked = {holder.person_id: wanted}
        register_at(holder.unit, year, asked, by, through_link=holder.link.id)


@use_case
def track_by_link(token: str, year: int, told: Told, *, by: By) -> None:
    """Write down what the member did whose link it is, and their evaluation.

    Raises:
        NotFound: the link is unknown, taken back or too old, or nothing was registered.
        Forbidden, Invalid, Stale, Refused: as in `tracking.track`.
    """
    holder = _holder(token, year, by)
    if seen_before(by.request_key):
        return
    row = registrations_of([holder.person_id], year, lock=True).get(holder.person_id)
    if row is None:
        raise NotFound
    track_in(row, told, by, through_link=holder.link.id)


def _holder(token: str, year: int, by: By) -> LinkHolder:
    """Return whose link it is; their branch is locked, as by everyone who writes on its sheet."""
    holder = holder_of(token, year, by.now, local_day(by.now))
    if holder is None:
        raise NotFound
    db.session.execute(
        select(Unit.id).where(Unit.id == holder.unit.id).with_for_update(key_share=True)
    )
    return holder
