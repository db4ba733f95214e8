"""Exemption from dues: decided by the committee of the grass-roots union (HD20 §32.1)."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app import policies
from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import DuesExemption, Person
from app.policies import Right
from app.queries.dues.sheets import exempt_months
from app.queries.rules import rulebook
from app.services.events import By, Change, record, seen_before
from app.services.people.standings import seat_of
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.dues import ExemptionFacts, exemption_unmet
from workflows.engine import Refused
from workflows.levels import Seat
from workflows.membership import MEMBER_STATUSES


@dataclass(frozen=True, slots=True)
class Exemption:
    """From which month, for how many, decided when, and the hardship."""

    from_month: date | None
    months: int
    decided_on: date | None
    reason: str


def post_to_exempt(person: Person, actor: Actor | None) -> HeldPost | None:
    """Return the post in which somebody exempts a person; the program itself needs none.

    Raises:
        NotFound: no such person for this one.
        Forbidden: it is not theirs, or it is to be decided on themselves.
    """
    if actor is None:
        return None
    post = seat_of(person, Seat.GRASSROOTS, Right.SIT, actor)
    if bar := policies.bars_on_person(actor, post, person.id):
        raise Forbidden(bar)
    return post


@use_case
def exempt(person_id: int, asked: Exemption, *, by: By) -> None:
    """Exempt a member from the dues of some months.

    Raises:
        NotFound, Forbidden: no such person for this one, or it is not theirs to decide.
        Refused: with everything that is unmet.
    """
    query = select(Person).where(Person.id == person_id)
    person = db.session.scalar(query.with_for_update(of=Person))
    if person is None:
        raise NotFound
    by = replace(by, post=post_to_exempt(person, by.actor))
    if seen_before(by.request_key):
        return
    facts = _facts(person, asked, by)
    if reasons := exemption_unmet(facts):
        raise Refused(reasons)
    _keep(person, facts, by)


def _facts(person: Person, asked: Exemption, by: By) -> ExemptionFacts:
    today = local_day(by.now)
    return ExemptionFacts(
        rules=rulebook().on(asked.decided_on or today),
        today=today,
        is_member=person.status in MEMBER_STATUSES,
        from_month=asked.from_month,
        months=asked.months,
        decided_on=asked.decided_on,
        reason=asked.reason,
        taken=tuple(exempt_months([person.id])[person.id]),
    )


def _keep(person: Person, facts: ExemptionFacts, by: By) -> None:
    covered = facts.covered()
    row = DuesExemption(
        district_id=person.district_id,
        person_id=person.id,
        from_month=covered[0],
        to_month=covered[-1],
        reason=facts.reason,
        decided_on=facts.decided_on,
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(row)
    months = {"from_month": covered[0].isoformat(), "to_month": covered[-1].isoformat()}
    record(person, Change("exempt_dues", comment=facts.reason, facts=months), by)
