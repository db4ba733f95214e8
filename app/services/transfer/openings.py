"""Opening a transfer: for a member who moves, or for one who comes from outside the district."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models import Dossier, Person
from app.queries.transfers import open_transfer_of
from app.queries.units.tree import grassroots_of
from app.services.dossiers import Receipt
from app.services.events import By, Change, found
from app.services.new_dossiers import (
    Newcomer,
    new_dossier,
    opened_before,
    person_for,
    place_to_prepare,
)
from app.services.people.twins import others_like
from app.services.refusals import Invalid, NotFound
from app.services.transfer.parts import blank, kind_of, last_day, settled
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind

ARRIVED = "arrived"
# Who is none of these, and no member here, lost the membership that a transfer would move.
MAY_ARRIVE = frozenset(
    {
        *(PersonStatus.TRANSFERRED, PersonStatus.CANDIDATE),
        *(PersonStatus.TEMPORARILY_IN, PersonStatus.RESIDENCE_GUEST),
    }
)


@dataclass(frozen=True, slots=True)
class Arrival(Newcomer):
    """A member of a unit elsewhere, with the day of joining as the member book says it."""

    joined_on: date | None = None


@use_case
def open_transfer(person_id: int, values: Mapping[str, Any], *, by: By) -> Receipt:
    """Open the transfer of a member at their branch; ``values`` are those of the part ``move``.

    Raises:
        NotFound: no such person for this one.
        Forbidden: the person's unit is not theirs to prepare for.
        Invalid: no member, a transfer is under way already, or no place to move to.
    """
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound
    unit, by = place_to_prepare(person.unit_id, by)
    if receipt := opened_before(by.request_key):
        return receipt
    if person.status not in MEMBER_STATUSES:
        raise Invalid("person", "still_a_member")
    _none_open(person)
    values = settled(values)
    kind = kind_of(unit, grassroots_of(unit), values, local_day(by.now))
    return _found(new_dossier(TRANSFER, unit, person, by), kind, values, by)


@use_case
def open_arrival(unit_id: int, arrival: Arrival, values: Mapping[str, Any], *, by: By) -> Receipt:
    """Open the transfer of a member from outside, at the grass-roots union that receives them.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to prepare for.
        TwinFound: a match that was not answered.
        Invalid: the person named as the same is unknown here, or no member elsewhere.
    """
    unit, by = place_to_prepare(unit_id, by)
    twins = others_like(unit.district_id or unit.id, arrival.name, arrival.birth_date)
    if receipt := opened_before(by.request_key):
        return receipt
    if not unit.is_grassroots:
        raise Invalid("unit_id", "receives_from_outside")
    status = PersonStatus.TRANSFERRED
    person = person_for(arrival, twins, unit=unit, status=status, by=by, bar=_bar)
    _none_open(person)
    person.joined_on = person.joined_on or arrival.joined_on
    dossier = new_dossier(TRANSFER, unit, person, by)
    dossier.state, dossier.to_commune_id = ARRIVED, unit.id
    return _found(dossier, Kind.IN, settled(values), by, why=arrival.twin_reason)


def _bar(person: Person) -> str | None:
    if person.status in MEMBER_STATUSES:
        return "not_ours_already"
    return None if person.status in MAY_ARRIVE else "no_member_elsewhere"


def _none_open(person: Person) -> None:
    if ref := open_transfer_of(person.id):
        raise Invalid("person", "transfer_open", ref=ref)


def _found(
    dossier: Dossier, kind: Kind, values: Mapping[str, Any], by: By, *, why: str = ""
) -> Receipt:
    change = Change("open", None, dossier.state, why, {"person": dossier.person_id, "kind": kind})
    found(dossier, change, by)
    transfer = blank(kind, dossier.id, values)
    db.session.add(transfer)
    dossier.due_on = last_day(dossier, transfer)
    return Receipt(dossier.ref, "open", dossier.state, by.now)
