"""What opening a dossier shares in every workflow: the place, a new person, an empty dossier."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app import policies
from app.extensions import db
from app.models import Dossier, Person, Unit
from app.policies import Right
from app.queries.people.roster import Twin
from app.queries.rules import rulebook
from app.queries.units.tree import grassroots_of
from app.services.authority import refuse_closed
from app.services.dossiers import Receipt, next_reference
from app.services.events import By, Change, found, seen_before
from app.services.people.twins import TwinFound
from app.services.refusals import Forbidden, Invalid, NotFound
from app.vietnamese import clean_name, search_key, sort_key
from workflows.calendar import local_day
from workflows.engine import Workflow
from workflows.membership import PersonStatus, Sex


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is entered with a dossier; ``same_as`` or ``twin_reason`` answers a twin."""

    name: str
    birth_date: date
    sex: Sex | None
    same_as: int | None = None
    twin_reason: str = ""


def place_to_prepare(unit_id: int, by: By) -> tuple[Unit, By]:
    """Return the unit where a person opens a dossier, and the act in the post held there.

    Meanwhile the unit does not merge away.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to prepare, or the unit has ended.
    """
    unit, actor = db.session.get(Unit, unit_id, with_for_update={"read": True}), by.actor
    if actor is None:
        raise Forbidden("not_your_desk")
    if unit is None or not policies.may(actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    held = [each for each in policies.posts_with(actor, Right.PREPARE) if each.unit_id == unit_id]
    if not held:
        raise Forbidden("not_your_desk")
    refuse_closed(unit, by)
    return unit, replace(by, post=held[0])


def opened_before(request_key: str | None) -> Receipt | None:
    """Return the receipt of a dossier that the same request opened already."""
    event = seen_before(request_key)
    if event is None:
        return None
    ref = db.session.scalar(select(Dossier.ref).where(Dossier.id == event.subject_id))
    return Receipt(str(ref), event.step, event.to_state, event.at, repeated=True)


def person_for(
    newcomer: Newcomer,
    twins: list[Twin],
    *,
    unit: Unit,
    status: PersonStatus,
    by: By,
    bar: Callable[[Person], str | None],
) -> Person:
    """Return the twin that was chosen, unless ``bar`` says why not, else enter a new person.

    Raises:
        TwinFound: a match that was not answered.
        Invalid: the person named as the same is unknown here, or barred.
    """
    if newcomer.same_as is not None:
        return _chosen(newcomer.same_as, twins, bar)
    if twins and not newcomer.twin_reason.strip():
        raise TwinFound(twins)
    return _new_person(unit, newcomer, status, by)


def _chosen(person_id: int, twins: list[Twin], bar: Callable[[Person], str | None]) -> Person:
    if person_id not in {twin.id for twin in twins}:
        raise Invalid("same_as", "unknown_person")
    person = db.session.get_one(Person, person_id)
    if code := bar(person):
        raise Invalid("same_as", code)
    return person


def _new_person(unit: Unit, newcomer: Newcomer, status: PersonStatus, by: By) -> Person:
    name = clean_name(newcomer.name)
    person = Person(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        status=status,
        name=name,
        name_key=search_key(name),
        sort_key=sort_key(name),
        birth_date=newcomer.birth_date,
        sex=newcomer.sex,
    )
    found(person, Change("enter", to_state=person.status), replace(by, request_key=None))
    return person


def new_dossier(workflow: Workflow, unit: Unit, person: Person, by: By) -> Dossier:
    """Return an empty dossier about a person at the unit that prepares it.

    Raises:
        Invalid: the unit belongs to no grass-roots union.
    """
    commune = grassroots_of(unit)
    if commune is None:
        raise Invalid("unit_id", "no_grassroots_union")
    return Dossier(
        ref=next_reference(workflow, by.now),
        workflow=workflow.name,
        state=workflow.initial,
        rule_set=rulebook().on(local_day(by.now)).name,
        district_id=unit.district_id or unit.id,
        commune_id=commune.id,
        branch_id=unit.id,
        desk_unit_id=unit.id,
        entered_desk_at=by.now,
        person_id=person.id,
        person_name=person.name,
        name_key=person.name_key,
        opened_at=by.now,
        created_by_id=by.actor.account_id if by.actor else None,
    )
