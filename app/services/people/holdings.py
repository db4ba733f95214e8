"""Book, card and badge: a sheet written in one act, and the re-issue of what was lost."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app import policies
from app.actors import HeldPost
from app.extensions import db
from app.models import Person, Unit
from app.policies import Right
from app.queries.people.holdings import SAID, Loss, facts_of, loss_of
from app.queries.units.tree import grassroots_of, unit_by_id
from app.services.events import By, Change, record, seen_before
from app.services.people.member_book import keeper
from app.services.people.records import person_locked
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day
from workflows.engine import NoSuchStep, Refused
from workflows.holdings import (
    Item,
    LossAnswers,
    LossMove,
    Move,
    may_be_set,
    moves_from,
    unmet,
)
from workflows.levels import Seat
from workflows.membership import MEMBER_STATUSES, Holding

# What a sheet said when somebody saw it, and what it is to say.
Marks = Mapping[Item, tuple[Holding, Holding]]
RIGHTS = {Seat.BRANCH: Right.PREPARE, Seat.GRASSROOTS: Right.SIT, Seat.SUPERIOR: Right.ISSUE_CARDS}


@use_case
def keep_holdings(unit_id: int, sheet: Mapping[int, Marks], *, by: By) -> list[str]:
    """Write what the members of a unit have, and return who was left out, by name.

    Only the differences count; each member concerned gets one event. Left out is whom somebody
    else marked otherwise meanwhile.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its sheet is not theirs.
        Invalid: a mark that no sheet can give.
    """
    unit = unit_by_id(unit_id)
    if unit is None:
        raise NotFound
    by = keeper(unit, by)
    if event := seen_before(by.request_key):
        return list(event.facts["left_out"])
    changed = {number: marks for number, each in sheet.items() if (marks := _changed(each))}
    people = _members(unit, changed)
    clean = {each: _news(each, changed[each.id]) for each in people}
    left_out = [each.name for each, news in clean.items() if news is None]
    for person, news in clean.items():
        if news:
            _write(person, news, left_out, by)
            by = replace(by, request_key=None)
    return left_out


def _changed(marks: Marks) -> Marks:
    if not all(may_be_set(*mark) for mark in marks.values()):
        raise Invalid("sheet", "only_by_decision")
    return {item: mark for item, mark in marks.items() if mark[0] is not mark[1]}


def _members(unit: Unit, changed: Mapping[int, Marks]) -> list[Person]:
    """Take members in the order of their ids: two sheets never wait for each other in a ring."""
    query = select(Person).where(Person.id.in_(list(changed)), Person.unit_id == unit.id)
    members = query.where(Person.status.in_(MEMBER_STATUSES)).order_by(Person.id)
    return list(db.session.scalars(members.with_for_update(of=Person)))


def _news(person: Person, marks: Marks) -> Marks | None:
    """Return what is still to be written; nothing where somebody else said otherwise."""
    now = {item: getattr(person, item) for item in marks}
    if any(now[item] not in mark for item, mark in marks.items()):
        return None
    return {item: mark for item, mark in marks.items() if now[item] is not mark[1]}


def _write(person: Person, news: Marks, left_out: list[str], by: By) -> None:
    changes = {item.value: [before.value, after.value] for item, (before, after) in news.items()}
    for item, (_before, after) in news.items():
        setattr(person, item, after)
    record(person, Change(SAID, facts={"changes": changes, "left_out": left_out}), by)


def post_for(person: Person, move: LossMove, by: By) -> HeldPost | None:
    """Return the post in which somebody makes a move about a loss; the program needs none.

    Raises:
        NotFound: no such person for this one.
        Forbidden: it is for another unit or post, or it is to be decided on the actor.
    """
    if by.actor is None:
        return None
    unit = db.session.get_one(Unit, person.unit_id)
    if not policies.may(by.actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    if move.decides and by.actor.person_id == person.id:
        raise Forbidden("about_yourself")
    place = _place(unit, move.seat)
    held = policies.posts_with(by.actor, RIGHTS[move.seat])
    mine = next((each for each in held if each.unit_id == place), None)
    if mine is None:
        raise Forbidden("not_your_desk")
    return mine


def _place(unit: Unit, seat: Seat) -> int | None:
    if seat is Seat.GRASSROOTS:
        union = grassroots_of(unit)
        return union.id if union else None
    return unit.district_id if seat is Seat.SUPERIOR else unit.id


def move_named(loss: Loss, item: Item, name: Move) -> LossMove:
    """Return a move about something lost.

    Raises:
        NoSuchStep: the re-issue has not come that far, or is past it.
    """
    for each in moves_from(item, loss.stage, loss.rules):
        if each.move is name:
            return each
    raise NoSuchStep(loss.stage, name)


@use_case
def answer_loss(
    person_id: int, item: Item, name: Move, answers: LossAnswers, *, by: By, seen: int
) -> None:
    """Report a loss, propose a re-issue, re-issue or decline.

    Raises:
        NotFound, Forbidden: no such person for this one, or it is not theirs to do.
        NoSuchStep: the re-issue has not come that far, or is past it.
        Stale: somebody changed the person since.
        Refused: with everything that is unmet.
        Invalid: the number is on somebody else's card.
    """
    person, today = person_locked(person_id), local_day(by.now)
    if seen_before(by.request_key):
        return
    loss = loss_of(person, item, today)
    move = move_named(loss, item, name)
    by = replace(by, post=post_for(person, move, by))
    check_version(person, seen)
    if reasons := unmet(move, facts_of(person, item, loss, answers, today=today)):
        raise Refused(reasons)
    facts = {"item": item.value, **WRITES[name](person, item, answers)}
    record(person, Change(name.value, comment=answers.reason, facts=facts), by)


def _report(person: Person, item: Item, answers: LossAnswers) -> dict[str, Any]:
    setattr(person, item, Holding.LOST)
    day = answers.applied_on.isoformat() if answers.applied_on else None
    told: dict[str, Any] = {"applied_on": day}
    if item is Item.BOOK:
        told |= {"was_active": answers.was_active, "former_unit": answers.former_unit.strip()}
    return told


def _reissue(person: Person, item: Item, answers: LossAnswers) -> dict[str, Any]:
    setattr(person, item, Holding.REISSUED)
    day = answers.decided_on.isoformat() if answers.decided_on else None
    return {"decided_on": day, "decision": answers.decision.strip()}


def _reissue_card(person: Person, item: Item, answers: LossAnswers) -> dict[str, Any]:
    lost, person.card_number = person.card_number, answers.card_number.strip()
    person.card_issued_on = answers.decided_on
    numbers = {"lost_number": lost, "card_number": person.card_number}
    return {**_reissue(person, item, answers), **numbers}


def _nothing(_person: Person, _item: Item, _answers: LossAnswers) -> dict[str, Any]:
    return {}


WRITES: Mapping[Move, Callable[[Person, Item, LossAnswers], dict[str, Any]]] = {
    Move.REPORT: _report,
    Move.PROPOSE: _nothing,
    Move.REISSUE_CARD: _reissue_card,
    Move.REISSUE_BOOK: _reissue,
    Move.DECLINE: _nothing,
}
