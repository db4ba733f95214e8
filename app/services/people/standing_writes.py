"""What each change of standing writes: stretches of time, the status, the end of a membership."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Person, Standing
from app.queries.people.standings import open_standings, status_of
from app.services.events import By, Change, record
from app.services.people.exits import leave
from workflows.calendar import local_day
from workflows.membership import PersonStatus
from workflows.standing import ABSENCES, CHANGES
from workflows.standing_facts import Kind, StandingAnswers

DAY = timedelta(days=1)


def write(person: Person, kind: Kind, answers: StandingAnswers, by: By) -> None:
    """Do what a change says, and record it with the person's status before and after.

    Within a running transaction; the rule has been asked already.
    """
    change, today = CHANGES[kind], local_day(by.now)
    before = person.status = status_of(person, today)
    on = answers.on or today
    facts: dict[str, Any] = {"on": on.isoformat()}
    if change.begins:
        facts |= _begin(person, change.begins, replace(answers, on=on), by)
    elif change.ends:
        facts |= _end(person, change.ends, replace(answers, on=on), by)
    elif change.exit_as:
        facts |= leave(person, change.exit_as, on, by)
    facts |= OTHER_FACTS.get(kind, _nothing)(person, answers)
    record(person, Change(kind.value, before, person.status, answers.reason, facts), by)


def _begin(
    person: Person, status: PersonStatus, answers: StandingAnswers, by: By
) -> dict[str, Any]:
    """A guest's own status stays: the file, and with it the vote, is where it was."""
    is_guest = status is PersonStatus.RESIDENCE_GUEST
    standing = Standing(
        district_id=person.district_id,
        person_id=person.id,
        unit_id=answers.host_id if is_guest else person.unit_id,
        status=status,
        from_on=_first_day(person, status, answers, by),
        to_on=answers.until,
        address=answers.address.strip() or None,
        reason=answers.reason,
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(standing)
    person.status = person.status if is_guest else status
    until = answers.until.isoformat() if answers.until else None
    return {"until": until, "unit": standing.unit_id}


def _first_day(
    person: Person, status: PersonStatus, answers: StandingAnswers, by: By
) -> date | None:
    """One more stretch of the same follows the first without a day between them."""
    running = open_standings(person.id, local_day(by.now), {status})
    last = running[-1].to_on if running else None
    return last + DAY if last else answers.on


def _end(
    person: Person, ends: Collection[PersonStatus], answers: StandingAnswers, by: By
) -> dict[str, Any]:
    """Who was suspended while away is away again."""
    today, on = local_day(by.now), answers.on or local_day(by.now)
    ended = open_standings(person.id, today, ends)
    for standing in ended:
        standing.ended_on = on - DAY
    if person.status in ends:
        rest = open_standings(person.id, today, ABSENCES - set(ends))
        person.status = rest[-1].status if rest else PersonStatus.MEMBER
    return {"unit": ended[0].unit_id if ended else person.unit_id}


def _nothing(_person: Person, _answers: StandingAnswers) -> dict[str, Any]:
    return {}


def _stays(person: Person, _answers: StandingAnswers) -> dict[str, Any]:
    person.stays_until_35 = True
    return {}


def _place_of_ceremony(_person: Person, answers: StandingAnswers) -> dict[str, Any]:
    return {"place": answers.address}


def _application(_person: Person, answers: StandingAnswers) -> dict[str, Any]:
    return {"applied_on": answers.applied_on.isoformat() if answers.applied_on else None}


def _vote(_person: Person, answers: StandingAnswers) -> dict[str, Any]:
    """The totals alone: who voted how is known to nobody."""
    roll, ballots = answers.roll, answers.ballots
    return {
        "missed": answers.missed.value,
        "missed_months": answers.missed_months,
        "contacted_on": answers.contacted_on.isoformat() if answers.contacted_on else None,
        **{name: getattr(roll, name) for name in ("entitled", "present")},
        **{name: getattr(ballots, name) for name in ("in_favour", "against", "blank", "spoiled")},
    }


OTHER_FACTS: Mapping[Kind, Callable[[Person, StandingAnswers], dict[str, Any]]] = {
    Kind.STAY_ON: _stays,
    Kind.MATURE: _place_of_ceremony,
    Kind.RESIGN: _application,
    Kind.DELETE: _vote,
}
