"""Book, card and badge: the sheet of a unit, and how far the re-issue of what was lost has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from app.actors import HeldPost
from app.extensions import db
from app.models import Event, Membership, Person, Unit
from app.queries.rules import rulebook
from workflows.calendar import local_day
from workflows.holdings import Item, LossAnswers, LossFacts, Move, Stage, moves_from
from workflows.levels import Seat
from workflows.membership import MEMBER_STATUSES, Holding
from workflows.rules import RuleSet

SAID = "set_holdings"
STEPS = (SAID, *Move)
# What a card may be after one was given for it.
REPLACED = (Holding.REISSUED, Holding.LOST)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A member in the sheet of a unit."""

    person_id: int
    name: str
    birth_date: date
    card_number: str | None
    book: Holding
    card: Holding
    badge: Holding


def sheet_of(unit_id: int) -> list[SheetLine]:
    """List the members of a unit with what each has, by given name."""
    rows = db.session.execute(
        select(
            *(Person.id, Person.name, Person.birth_date, Person.card_number),
            *(Person.book, Person.card, Person.badge),
        )
        .where(Person.unit_id == unit_id, Person.status.in_(MEMBER_STATUSES))
        .order_by(Person.sort_key, Person.id)
    )
    return [SheetLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A member in the list of a unit and those below it."""

    name: str
    birth_date: date
    birth_year_only: bool
    unit_name: str
    card_number: str | None
    book: Holding
    card: Holding
    badge: Holding


def listed_below(unit_path: str) -> list[ListedLine]:
    """List the members of a unit and of those below it with what each has, by given name."""
    rows = db.session.execute(
        select(
            *(Person.name, Person.birth_date, Person.birth_year_only, Unit.name),
            *(Person.card_number, Person.book, Person.card, Person.badge),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(Unit.path.startswith(unit_path, autoescape=True))
        .where(Person.status.in_(MEMBER_STATUSES))
        .order_by(Person.sort_key, Person.id)
    )
    return [ListedLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Loss:
    """How far a re-issue has come; ``rules`` are those of the day it was asked for."""

    stage: Stage
    rules: RuleSet
    reported_on: date | None = None


def loss_of(person: Person, item: Item, today: date) -> Loss:
    """Return how far the re-issue of something has come, as the person's events tell."""
    is_lost = getattr(person, item) is Holding.LOST
    found = _losses([person.id]).get((person.id, item)) if is_lost else None
    return found or Loss(Stage.UNREPORTED, rulebook().on(today))


def _losses(people: Collection[int]) -> dict[tuple[int, Item], Loss]:
    """Return the re-issues under way: a later word of a sheet, or an answer, ends one."""
    rows = db.session.scalars(
        select(Event)
        .where(Event.subject == "people", Event.subject_id.in_(people), Event.step.in_(STEPS))
        .order_by(Event.subject_id, Event.sequence)
    )
    found: dict[tuple[int, Item], Loss] = {}
    for event in rows:
        _follow(found, event)
    return found


def _follow(found: dict[tuple[int, Item], Loss], event: Event) -> None:
    for item in _items(event):
        at = (event.subject_id, item)
        if event.step == Move.REPORT:
            day = local_day(event.at)
            applied = date.fromisoformat(event.facts["applied_on"])
            found[at] = Loss(Stage.REPORTED, rulebook().on(day), applied)
        elif event.step == Move.PROPOSE and at in found:
            found[at] = replace(found[at], stage=Stage.PROPOSED)
        else:
            found.pop(at, None)


def _items(event: Event) -> Iterable[Item]:
    named = event.facts["changes"] if event.step == SAID else [event.facts["item"]]
    return [Item(name) for name in named]


def facts_of(
    person: Person, item: Item, loss: Loss, answers: LossAnswers, *, today: date
) -> LossFacts:
    """Return what the rules of a re-issue read."""
    stays = list(
        db.session.scalars(
            select(Membership.from_on)
            .where(Membership.person_id == person.id)
            .order_by(Membership.from_on.desc())
        )
    )
    since = stays[0] if stays else person.joined_on or person.birth_date
    joined = person.joined_on or since
    return LossFacts(
        rules=loss.rules,
        today=today,
        answers=answers,
        status=person.status,
        holding=getattr(person, item),
        since=since,
        had_former_unit=len(stays) > 1 or joined < since,
        reported_on=loss.reported_on,
        card_number=person.card_number,
        is_used_up=_is_used_up(person.district_id, answers.card_number.strip()),
    )


def _is_used_up(district_id: int, number: str) -> bool:
    """Whether a number was on a card for which another one was given."""
    if not number:
        return False
    query = (
        select(Event.id)
        .join(Person, Person.id == Event.subject_id)
        .where(
            *(Person.district_id == district_id, Person.card.in_(REPLACED)),
            *(Event.subject == "people", Event.step == Move.REISSUE_CARD),
            Event.facts["lost_number"].astext == number,
        )
    )
    return db.session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class LossLine:
    """Something that a member lost."""

    person_id: int
    name: str
    unit_name: str
    item: Item
    loss: Loss


def losses_below(unit_path: str, today: date) -> list[LossLine]:
    """List what the members of a unit and of all below it have lost, by unit and given name."""
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name, Person.book, Person.card, Person.badge)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Unit.path.startswith(unit_path, autoescape=True), _has_lost())
        .where(Person.status.in_(MEMBER_STATUSES))
        .order_by(Unit.sort_key, Unit.id, Person.sort_key, Person.id)
    ).all()
    under_way = _losses([number for number, *_rest in rows]) if rows else {}
    unreported = Loss(Stage.UNREPORTED, rulebook().on(today))
    return [
        LossLine(number, name, unit, item, under_way.get((number, item), unreported))
        for number, name, unit, *held in rows
        for item, holding in zip(Item, held, strict=True)
        if holding is Holding.LOST
    ]


def losses_waiting(held: HeldPost, seat: Seat, today: date) -> int:
    """Count what was lost below a post's unit and waits for a decision of the seat it holds."""
    lines = losses_below(held.path, today)
    return sum(
        any(move.seat is seat for move in moves_from(line.item, line.loss.stage, line.loss.rules))
        for line in lines
    )


def _has_lost() -> ColumnElement[bool]:
    return or_(*(getattr(Person, item) == Holding.LOST for item in Item))
