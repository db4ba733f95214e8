"""What the rules of a change of standing read about one person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Person, Standing, Unit
from app.queries.admission.meetings import roll_of
from app.queries.dues.sheets import unpaid_months
from app.queries.people.standings import (
    office_holders,
    open_standings,
    open_stay,
    status_of,
    suspensions_of,
)
from app.queries.rules import rulebook
from workflows.dues import month_of, months_before
from workflows.levels import Level
from workflows.membership import PersonStatus
from workflows.standing import CHANGES
from workflows.standing_facts import Kind, StandingAnswers, StandingFacts

GUEST = {PersonStatus.RESIDENCE_GUEST}
AWAY = {PersonStatus.WORKING_AWAY}
SUSPENSIONS = {Kind.SUSPEND, Kind.SUSPEND_LONGER}
A_YEAR = 12
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record of a person whatever the change: status, stay, open standings, office."""

    status: PersonStatus
    since: date
    standings: list[Standing]
    holds_office: bool

    def open_since(self, ends: Collection[PersonStatus]) -> date | None:
        """Return since when they stand in one of some ways.

        Who does so by their status alone has done so for as long as they are here.
        """
        begun = [each.from_on for each in self.standings if each.status in ends]
        return min(begun) if begun else (self.since if self.status in ends else None)


def known_of(person: Person, on: date, today: date) -> Known:
    """Read what is on record of a person today, and whether they hold an office on a day."""
    stay = open_stay(person.id)
    since = stay.from_on if stay else person.birth_date
    holds_office = bool(office_holders([person.id], on))
    standings = open_standings(person.id, today)
    return Known(status_of(person, today), since, standings, holds_office)


def facts_of(
    person: Person, kind: Kind, answers: StandingAnswers, today: date, *, known: Known | None = None
) -> StandingFacts:
    """Return the facts of one change of a person on a day."""
    on = answers.on or today
    known = known or known_of(person, on, today)
    return StandingFacts(
        rules=rulebook().on(on),
        today=today,
        answers=answers,
        status=known.status,
        birth_date=person.birth_date,
        since=known.since,
        open_since=known.open_since(CHANGES[kind].ends),
        away_since=known.open_since(AWAY),
        is_guest=any(each.status in GUEST for each in known.standings),
        is_host_elsewhere=_is_elsewhere(person, answers.host_id, on),
        stays_on=person.stays_until_35,
        holds_office=known.holds_office,
        **(_of_a_deletion(person, on, today) if kind is Kind.DELETE and answers.on else {}),
        **(_of_a_suspension(person, on) if kind in SUSPENSIONS else {}),
    )


def _of_a_deletion(person: Person, on: date, today: date) -> dict[str, Any]:
    unpaid = unpaid_in_the_year_before(person.id, on, today)
    return {"counted": counted_on(person.unit_id, on), "unpaid": unpaid}


def _of_a_suspension(person: Person, on: date) -> dict[str, Any]:
    """Count the suspensions that would lead up to one more without a day between them."""
    known = suspensions_of(person.id)
    until = max((last for _first, last in known if last >= on), default=None)
    begins, in_a_row = until + DAY if until else on, 0
    for first, last in known:
        if first < begins <= last + DAY:
            begins, in_a_row = first, in_a_row + 1
    return {"suspended_until": until, "suspensions": in_a_row}


def unpaid_in_the_year_before(person_id: int, on: date, today: date) -> tuple[date, ...]:
    """Return the months without dues in the twelve before that of a day."""
    return tuple(unpaid_months(person_id, months_before(month_of(on), A_YEAR), today))


def counted_on(unit_id: int, on: date) -> int:
    """Count those whom the roll of a unit counts on a day."""
    unit = db.session.get_one(Unit, unit_id)
    return sum(voter.counts for voter in roll_of(unit, on))


def _is_elsewhere(person: Person, host_id: int | None, on: date) -> bool:
    host = db.session.get(Unit, host_id) if host_id else None
    if host is None or host.id == person.unit_id or host.level is not Level.BRANCH:
        return False
    is_open = host.valid_from <= on and (host.valid_to is None or host.valid_to >= on)
    return is_open and host.district_id == person.district_id
