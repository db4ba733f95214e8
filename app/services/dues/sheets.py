"""The dues of a branch: a whole sheet written in one act, month by month and member by member."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app import policies
from app.extensions import db
from app.models import DuesPayment, Membership, Person, Unit
from app.policies import Right
from app.queries.dues.sheets import Spot, payments_of
from app.services.authority import held_unit
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid
from app.services.use_case import use_case
from workflows.calendar import months_after
from workflows.dues import rate_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody did to a sheet: which months were ticked when they saw it, and which are now.

    Only the differences count, so two who keep the same sheet never undo each other's ticks.
    ``earning`` and ``earned`` do the same for who has a wage.
    """

    paid: frozenset[Spot]
    was_paid: frozenset[Spot]
    earning: frozenset[int]
    earned: frozenset[int]


def keeper(unit_id: int, by: By, right: Right, *, at: int | None) -> tuple[Unit, By]:
    """Return a unit, locked, and the act in the post at ``at`` that keeps its dues.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: they see it, but the right is not theirs.
    """
    unit = held_unit(unit_id, by)
    if by.actor is None:
        return unit, by
    held = policies.posts_with(by.actor, right)
    post = next((each for each in held if each.unit_id == at), None)
    if post is None:
        raise Forbidden("not_your_desk")
    return unit, replace(by, post=post)


@use_case
def keep_sheet(unit_id: int, sheet: Sheet, *, by: By) -> int:
    """Write the ticks of a sheet and return how many months were added or taken back.

    Months that somebody else ticked or took back meanwhile stay as they are. Each member concerned
    gets one event.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its sheet is not theirs.
        Invalid: somebody was no member here in that month, or no rate is known for it.
    """
    unit, by = keeper(unit_id, by, Right.PREPARE, at=unit_id)
    if event := seen_before(by.request_key):
        return int(event.facts["changes"])
    added, dropped = sheet.paid - sheet.was_paid, sheet.was_paid - sheet.paid
    people = _people(unit.id, added | dropped, sheet.earning ^ sheet.earned)
    _check(unit, added)
    _set_wages(people, sheet, by)
    gone, written = _drop(unit, dropped), _add(unit, added, people, by)
    _tell(unit, people, gone, written, by=by)
    return len(gone) + len(written)


def _people(unit_id: int, spots: Iterable[Spot], also: Collection[int]) -> dict[int, Person]:
    """Take the people concerned in the order of their ids; all have or had their stay here."""
    wanted = {person for person, _month in spots} | set(also)
    here = select(Membership.person_id).where(Membership.unit_id == unit_id)
    query = select(Person).where(Person.id.in_(wanted), Person.id.in_(here)).order_by(Person.id)
    found = {each.id: each for each in db.session.scalars(query.with_for_update(of=Person))}
    if found.keys() != wanted:
        raise Invalid("sheet", "stranger")
    return found


def _set_wages(people: dict[int, Person], sheet: Sheet, by: By) -> None:
    for number in sorted(sheet.earning ^ sheet.earned):
        has_wage = number in sheet.earning
        if people[number].has_wage != has_wage:
            people[number].has_wage = has_wage
            change = Change("set_wage", facts={"has_wage": has_wage})
            record(people[number], change, replace(by, request_key=None))


def _check(unit: Unit, added: Collection[Spot]) -> None:
    """A month is paid where one was a member in it, at a known rate, and not where it is exempt."""
    stays: dict[int, list[Membership]] = defaultdict(list)
    numbers = {person for person, _month in added}
    query = select(Membership).where(
        Membership.unit_id == unit.id, Membership.person_id.in_(numbers)
    )
    for stay in db.session.scalars(query):
        stays[stay.person_id].append(stay)
    for person, month in added:
        if not (rate_of(month) and any(_was_here(stay, month) for stay in stays[person])):
            raise Invalid("sheet", "stranger")


def _was_here(stay: Membership, month: date) -> bool:
    begun = stay.from_on < months_after(month, 1)
    return begun and (stay.to_on is None or stay.to_on >= month)


def _drop(unit: Unit, dropped: Collection[Spot]) -> list[Spot]:
    """Take back payments that this unit wrote down."""
    months = sorted({month for _person, month in dropped})
    paid = payments_of({person for person, _month in dropped}, months)
    gone = [spot for spot in sorted(dropped) if spot in paid and paid[spot] == unit.id]
    for person, month in gone:
        spot = (DuesPayment.person_id == person, DuesPayment.month == month)
        db.session.execute(delete(DuesPayment).where(*spot))
    return gone


def _add(unit: Unit, added: Collection[Spot], people: dict[int, Person], by: By) -> dict[Spot, int]:
    """Write down payments; of a month that is paid already nothing changes."""
    rows = [
        _payment(people[number], month, unit_id=unit.id, by=by) for number, month in sorted(added)
    ]
    if not rows:
        return {}
    kept = (DuesPayment.person_id, DuesPayment.month, DuesPayment.amount)
    written = db.session.execute(
        insert(DuesPayment).on_conflict_do_nothing().returning(*kept), rows
    )
    return {(number, month): amount for number, month, amount in written}


def _payment(person: Person, month: date, *, unit_id: int, by: By) -> dict[str, Any]:
    rate = rate_of(month)
    return {
        "person_id": person.id,
        "month": month,
        "amount": rate.amount(has_wage=person.has_wage) if rate else 0,
        "district_id": person.district_id,
        "unit_id": unit_id,
        "has_wage": person.has_wage,
        "recorded_at": by.now,
        "recorded_by_id": by.actor.account_id if by.actor else None,
    }


def _tell(
    unit: Unit,
    people: dict[int, Person],
    gone: list[Spot],
    written: dict[Spot, int],
    *,
    by: By,
) -> None:
    """Record what each member paid, and what was taken back."""
    for number in sorted({person for person, _month in [*gone, *written]}):
        paid = {spot: amount for spot, amount in written.items() if spot[0] == number}
        facts = {
            "unit": unit.id,
            "paid": [month.isoformat() for _person, month in sorted(paid)],
            "taken_back": [month.isoformat() for person, month in gone if person == number],
            "amount": sum(paid.values()),
            "changes": len(gone) + len(written),
        }
        record(people[number], Change("pay_dues", facts=facts), by)
        by = replace(by, request_key=None)
