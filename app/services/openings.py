"""Opening an admission dossier: a person, new or known, and an empty file at the branch."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models import Admission, Dossier, Person, Unit
from app.policies import Right
from app.queries.people import Twin
from app.queries.rules import rulebook
from app.queries.units import grassroots_of, unit_by_id
from app.services.dossiers import Receipt, next_reference
from app.services.events import By, Change, found, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.twins import TwinFound, others_like
from app.services.use_case import use_case
from app.vietnamese import clean_name, search_key, sort_key
from workflows.admission import ADMISSION
from workflows.admission_facts import Source, Way
from workflows.calendar import local_day
from workflows.levels import Level
from workflows.membership import MEMBER_STATUSES, PersonStatus, Sex


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who is nominated; ``same_as`` or ``twin_reason`` answers a match of name and birth date."""

    name: str
    birth_date: date
    sex: Sex | None
    source: Source | None = None
    same_as: int | None = None
    twin_reason: str = ""


@use_case
def open_admission(unit_id: int, nominee: Nominee, *, by: By) -> Receipt:
    """Open a dossier for a nominee at a branch, or at a commune for a place without one.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to prepare.
        TwinFound: a match that was not answered.
        Invalid: the person named as the same is unknown here, or a member already.
    """
    unit = _place(unit_id, by)
    twins = others_like(unit.district_id or unit.id, nominee.name, nominee.birth_date)
    if event := seen_before(by.request_key):
        ref = db.session.scalar(select(Dossier.ref).where(Dossier.id == event.subject_id))
        return Receipt(str(ref), "open", event.to_state, event.at, repeated=True)
    post = next(p for p in policies.posts_with(_actor(by), Right.PREPARE) if p.unit_id == unit_id)
    by = replace(by, post=post)
    person = _person(unit, nominee, twins, by)
    dossier = _dossier(unit, person, by)
    change = Change("open", None, ADMISSION.initial, nominee.twin_reason, {"person": person.id})
    found(dossier, change, by)
    way = _way(unit)
    reason = nominee.twin_reason
    file = Admission(dossier_id=dossier.id, way=way, source=nominee.source, twin_reason=reason)
    db.session.add(file)
    return Receipt(dossier.ref, "open", dossier.state, by.now)


def _actor(by: By) -> Actor:
    if by.actor is None:
        raise Forbidden("not_your_desk")
    return by.actor


def _place(unit_id: int, by: By) -> Unit:
    unit = unit_by_id(unit_id)
    actor = _actor(by)
    if unit is None or not policies.may(actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    if not policies.may(actor, Right.PREPARE, unit.id, unit.path):
        raise Forbidden("not_your_desk")
    return unit


def _way(unit: Unit) -> Way:
    if unit.level is not Level.BRANCH:
        return Way.NO_BRANCH
    return Way.GRASSROOTS_BRANCH if unit.is_grassroots else Way.BRANCH


def _person(unit: Unit, nominee: Nominee, twins: list[Twin], by: By) -> Person:
    if nominee.same_as is not None:
        return _known_person(nominee.same_as, twins)
    if twins and not nominee.twin_reason.strip():
        raise TwinFound(twins)
    return _new_person(unit, nominee, by)


def _known_person(person_id: int, twins: list[Twin]) -> Person:
    """A dossier lets its branch write the person's book, so it is opened for no member."""
    if person_id not in {twin.id for twin in twins}:
        raise Invalid("same_as", "unknown_person")
    person = db.session.get_one(Person, person_id)
    if person.status in MEMBER_STATUSES:
        raise Invalid("same_as", "not_yet_member")
    return person


def _new_person(unit: Unit, nominee: Nominee, by: By) -> Person:
    name = clean_name(nominee.name)
    person = Person(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        status=PersonStatus.CANDIDATE,
        name=name,
        name_key=search_key(name),
        sort_key=sort_key(name),
        birth_date=nominee.birth_date,
        sex=nominee.sex,
    )
    found(person, Change("enter", to_state=person.status), replace(by, request_key=None))
    return person


def _dossier(unit: Unit, person: Person, by: By) -> Dossier:
    commune = grassroots_of(unit)
    if commune is None:
        raise Invalid("unit_id", "no_grassroots_union")
    return Dossier(
        ref=next_reference(ADMISSION, by.now),
        workflow=ADMISSION.name,
        state=ADMISSION.initial,
        rule_set=rulebook().on(local_day(by.now)).name,
        district_id=unit.district_id or unit.id,
        commune_id=commune.id,
        branch_id=unit.id,
        desk_unit_id=unit.id,
        entered_desk_at=by.now,
        due_on=None,
        person_id=person.id,
        person_name=person.name,
        name_key=person.name_key,
        opened_at=by.now,
        created_by_id=_actor(by).account_id,
        returned_sections=[],
        amended_sections=[],
    )
