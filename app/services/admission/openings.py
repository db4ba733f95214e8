"""Opening an admission dossier: a person, new or known, and an empty file at the branch."""

from dataclasses import dataclass

from app.extensions import db
from app.models import Admission, Person, Unit
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
from app.services.use_case import use_case
from workflows.admission import ADMISSION
from workflows.admission_facts import Source, Way
from workflows.levels import Level
from workflows.membership import MEMBER_STATUSES, PersonStatus


@dataclass(frozen=True, slots=True)
class Nominee(Newcomer):
    """Who is nominated, and from where."""

    source: Source | None = None


@use_case
def open_admission(unit_id: int, nominee: Nominee, *, by: By) -> Receipt:
    """Open a dossier for a nominee at a branch, or at a commune for a place without one.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to prepare.
        TwinFound: a match that was not answered.
        Invalid: the person named as the same is unknown here, or a member already.
    """
    unit, by = place_to_prepare(unit_id, by)
    twins = others_like(unit.district_id or unit.id, nominee.name, nominee.birth_date)
    if receipt := opened_before(by.request_key):
        return receipt
    status = PersonStatus.CANDIDATE
    person = person_for(nominee, twins, unit=unit, status=status, by=by, bar=_bar)
    dossier = new_dossier(ADMISSION, unit, person, by)
    change = Change("open", None, ADMISSION.initial, nominee.twin_reason, {"person": person.id})
    found(dossier, change, by)
    way = _way(unit)
    reason = nominee.twin_reason
    file = Admission(dossier_id=dossier.id, way=way, source=nominee.source, twin_reason=reason)
    db.session.add(file)
    return Receipt(dossier.ref, "open", dossier.state, by.now)


def _way(unit: Unit) -> Way:
    if unit.level is not Level.BRANCH:
        return Way.NO_BRANCH
    return Way.GRASSROOTS_BRANCH if unit.is_grassroots else Way.BRANCH


def _bar(person: Person) -> str | None:
    """A dossier lets its branch write the person's book, so it is opened for no member."""
    return "not_yet_member" if person.status in MEMBER_STATUSES else None
