"""The exemplary title: a grass-roots union chooses many members at once, each on their own."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app import policies
from app.actors import HeldPost
from app.extensions import db
from app.models import (
    Dossier,
    ExemplaryLine,
    ExemplaryList,
    ExemplaryTitle,
    Person,
    Recommendation,
    Unit,
)
from app.models.recommendations import ListKind
from app.policies import Right
from app.queries.recommendation.choosing import eligible_for
from app.services.authority import refuse_closed
from app.services.events import By, Change, found, record, seen_before
from app.services.new_dossiers import new_dossier
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.recommendation import RECOMMENDATION


def place_to_choose(unit_id: int, by: By) -> tuple[Unit, By]:
    """Return the grass-roots union that chooses, and the act in the post held there.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to choose for, or the unit has ended.
    """
    unit, actor = db.session.get(Unit, unit_id), by.actor
    if unit is None or actor is None or not policies.may(actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    held = [each for each in policies.posts_with(actor, Right.SIT) if each.unit_id == unit_id]
    if not held or not unit.is_grassroots:
        raise Forbidden("not_your_desk")
    refuse_closed(unit, by)
    return unit, replace(by, post=held[0])


@use_case
def choose(unit_id: int, year: int, chosen: Collection[int], *, held_on: date, by: By) -> int:
    """Give the title of a year to many members and return the list's id.

    Everyone has their own dossier; who has one under way goes on with it. Whom something bars, also
    what happened since the page was read, is left out and named; the others go through.

    Raises:
        NotFound, Forbidden: as above.
        NotFound: somebody is no member graded excellent here.
        Invalid: nobody was chosen, or the year or day cannot be.
    """
    unit, by = place_to_choose(unit_id, by)
    if event := seen_before(by.request_key):
        return event.subject_id
    _check(year, chosen, held_on, local_day(by.now))
    people = _locked(chosen)
    known = {each.person_id: each for each in eligible_for(unit, year, local_day(by.now))}
    if people.keys() != set(chosen) or people.keys() - known.keys():
        raise NotFound
    made = _made(unit, year, held_on, by)
    for number, person in people.items():
        bar = known[number].bar or _bar(person, by)
        db.session.add(_line(made, person, bar, replace(by, request_key=None)))
    return made.id


def _check(year: int, chosen: Collection[int], held_on: date, today: date) -> None:
    if not chosen:
        raise Invalid("chosen", "nobody_chosen")
    if year not in {today.year, today.year - 1}:
        raise Invalid("year", "year_closed")
    if held_on > today:
        raise Invalid("held_on", "still_ahead")
    if held_on.year < year:
        raise Invalid("held_on", "before_the_year")


def _locked(chosen: Collection[int]) -> dict[int, Person]:
    """Take the people in the order of their ids: who else chooses them waits for this."""
    query = select(Person).where(Person.id.in_(chosen)).order_by(Person.id)
    rows = db.session.scalars(query.with_for_update(key_share=True))
    return {person.id: person for person in rows}


def _bar(person: Person, by: By) -> str:
    held: HeldPost | None = by.post
    actor = by.actor
    return (policies.bars_on_person(actor, held, person.id) if actor else None) or ""


def _made(unit: Unit, year: int, held_on: date, by: By) -> ExemplaryList:
    made = ExemplaryList(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        kind=ListKind.CHOICE,
        year=year,
        held_on=held_on,
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
    )
    facts = {"year": year, "held_on": held_on.isoformat()}
    found(made, Change("choose_exemplary", facts=facts), by)
    return made


def _line(made: ExemplaryList, person: Person, bar: str, by: By) -> ExemplaryLine:
    line = ExemplaryLine(list_id=made.id, person_id=person.id, problem=bar, detail={})
    if not bar:
        dossier = _open_dossier(person) or _new(person, made, by)
        _entitle(dossier, made, by)
        line.dossier_id = dossier.id
    return line


def _open_dossier(person: Person) -> Dossier | None:
    return db.session.scalar(
        select(Dossier)
        .where(Dossier.person_id == person.id, Dossier.workflow == RECOMMENDATION.name)
        .where(Dossier.desk_unit_id.is_not(None))
        .with_for_update(key_share=True)
    )


def _new(person: Person, made: ExemplaryList, by: By) -> Dossier:
    unit = db.session.get_one(Unit, person.unit_id)
    dossier = new_dossier(RECOMMENDATION, unit, person, by)
    facts = {"person": person.id, "year": made.year, "list": made.id}
    found(dossier, Change("open", None, dossier.state, facts=facts), by)
    db.session.add(Recommendation(dossier_id=dossier.id))
    return dossier


def _entitle(dossier: Dossier, made: ExemplaryList, by: By) -> None:
    """Add the title; a dossier that was under way says that its person was chosen again."""
    title: dict[str, Any] = {"person_id": dossier.person_id, "year": made.year}
    rest = {"district_id": dossier.district_id, "dossier_id": dossier.id, "list_id": made.id}
    db.session.add(ExemplaryTitle(**title, **rest))
    if dossier.version > 1:
        facts = {"year": made.year, "list": made.id}
        record(dossier, Change("choose_again", dossier.state, dossier.state, facts=facts), by)
