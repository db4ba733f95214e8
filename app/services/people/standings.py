"""Changes of standing: each one event on the person, refused with everything that is unmet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app import policies
from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Person, Unit
from app.policies import Right
from app.queries.people.standing_facts import facts_of
from app.queries.units.tree import grassroots_of
from app.services.events import By, seen_before
from app.services.people.standing_writes import write
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.use_case import use_case
from app.services.versions import changed_since, check_version
from workflows.calendar import local_day
from workflows.engine import Refused, Unmet
from workflows.levels import Seat
from workflows.standing import CHANGES, StandingChange, unmet
from workflows.standing_facts import Kind, StandingAnswers

RIGHTS: Mapping[Seat, Right] = {Seat.BRANCH: Right.PREPARE, Seat.GRASSROOTS: Right.SIT}


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A ceremony of maturity: its day and place."""

    held_on: date | None
    place: str = ""


class PeopleRefused(Exception):  # noqa: N818
    """People whom a ceremony cannot cover: what is unmet, and who changed since, by person."""

    def __init__(self, unmet: Mapping[int, list[Unmet]], changed: Mapping[int, Stale]) -> None:
        super().__init__(", ".join(map(str, [*unmet, *changed])))
        self.unmet, self.changed = dict(unmet), dict(changed)


def seat_of(person: Person, seat: Seat, right: Right, actor: Actor) -> HeldPost:
    """Return the post in which somebody acts on a person, for the unit that holds a seat.

    Raises:
        NotFound: no such person for this one.
        Forbidden: they see the person, but the right is not theirs.
    """
    unit = db.session.get_one(Unit, person.unit_id)
    if not policies.may(actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    place = grassroots_of(unit) if seat is Seat.GRASSROOTS else unit
    held = policies.posts_with(actor, right)
    mine = next((each for each in held if place and each.unit_id == place.id), None)
    if mine is None:
        raise Forbidden("not_your_desk")
    return mine


def post_for(person: Person, change: StandingChange, actor: Actor | None) -> HeldPost | None:
    """Return the post in which somebody makes a change; the program itself needs none.

    Raises:
        NotFound, Forbidden: as above, or it is to be decided on the actor.
    """
    if actor is None:
        return None
    post = seat_of(person, change.seat, RIGHTS[change.seat], actor)
    bar = policies.bars_on_person(actor, post, person.id) if change.decides else None
    if bar:
        raise Forbidden(bar)
    return post


@use_case
def change_standing(
    person_id: int, kind: Kind, answers: StandingAnswers, *, by: By, seen: int
) -> None:
    """Change how a person stands, as the rule of the kind allows.

    Raises:
        NotFound, Forbidden: no such person for this one, or it is not theirs to do.
        Stale: somebody changed the person since.
        Refused: with everything that is unmet.
    """
    person = _locked([person_id]).get(person_id)
    if person is None:
        raise NotFound
    by = replace(by, post=post_for(person, CHANGES[kind], by.actor))
    if seen_before(by.request_key):
        return
    check_version(person, seen)
    if reasons := unmet(kind, facts_of(person, kind, answers, local_day(by.now))):
        raise Refused(reasons)
    write(person, kind, answers, by)


@use_case
def hold_ceremony(unit_id: int, ceremony: Ceremony, people: Mapping[int, int], *, by: By) -> None:
    """Record the maturity of many members of a unit in one ceremony; all of them or none.

    ``people`` are ids with the version of each that was seen.

    Raises:
        Invalid: nobody was chosen.
        NotFound, Forbidden: a person is not of this unit for this one, or it is not theirs to do.
        PeopleRefused: with everything that is unmet and changed, by person.
    """
    if not people:
        raise Invalid("people", "nobody_chosen")
    found = _locked(people)
    if len(found) < len(people) or any(each.unit_id != unit_id for each in found.values()):
        raise NotFound
    posts = [post_for(each, CHANGES[Kind.MATURE], by.actor) for each in found.values()]
    by = replace(by, post=posts[0])
    if seen_before(by.request_key):
        return
    answers = StandingAnswers(on=ceremony.held_on, address=ceremony.place.strip())
    _judge(found, people, answers, by)
    for person in found.values():
        write(person, Kind.MATURE, answers, by)
        by = replace(by, request_key=None)


def _judge(
    found: Mapping[int, Person], seen: Mapping[int, int], answers: StandingAnswers, by: By
) -> None:
    refused: dict[int, list[Unmet]] = {}
    changed: dict[int, Stale] = {}
    for number, person in found.items():
        if refusal := changed_since(person, seen[number]):
            changed[number] = refusal
        elif reasons := unmet(
            Kind.MATURE, facts_of(person, Kind.MATURE, answers, local_day(by.now))
        ):
            refused[number] = reasons
    if refused or changed:
        raise PeopleRefused(refused, changed)


def _locked(person_ids: Any) -> dict[int, Person]:  # noqa: ANN401
    """Take people in the order of their ids: two acts never wait for each other in a ring."""
    query = select(Person).where(Person.id.in_(list(person_ids))).order_by(Person.id)
    return {each.id: each for each in db.session.scalars(query.with_for_update(of=Person))}
