"""Steps on the registrations of a branch: many members in one act, each on the version seen."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.models import ProgrammeRegistration, Unit
from app.queries.programme.sheets import (
    choices_of,
    facts_of,
    members_of,
    registrations_of,
)
from app.queries.rules import rulebook
from app.services.events import By, Change, record, seen_before
from app.services.people.standings import PeopleRefused
from app.services.programme.seats import seated
from app.services.refusals import Invalid
from app.services.use_case import use_case
from app.services.versions import changed_since
from workflows.calendar import local_day
from workflows.engine import Case, Refused, Unmet
from workflows.programme import PROGRAMME
from workflows.programme_facts import Mark, RegistrationFacts

DECISIONS = {each.name for each in PROGRAMME.steps if each.decides}


@dataclass(frozen=True, slots=True)
class Said:
    """What goes with a step on one member, on the version that was seen.

    ``text`` is the reason of a return or the remark at mid-year; ``marks`` are by content,
    ``result`` and ``reason`` on the whole. No result means the one that the marks lead to.
    """

    seen: int
    text: str = ""
    marks: Mapping[int, Mark] = field(default_factory=dict)
    result: Mark | None = None
    reason: str = ""


@use_case
def take_step(unit_id: int, year: int, name: str, said: Mapping[int, Said], *, by: By) -> int:
    """Take a step on some members of a unit, by person, and return on how many.

    Either all of them go through or nothing is written.

    Raises:
        NotFound, Forbidden: no such unit for this person, or the step is not theirs.
        Invalid: somebody is on the sheet no more, or a mark is of no content of theirs.
        NoSuchStep: somebody's registration has no such step from where it stands.
        PeopleRefused: with everything that is unmet, and whose registration changed since.
    """
    unit, by = seated(unit_id, by, said.keys(), decides=name in DECISIONS)
    if seen_before(by.request_key):
        return len(said)
    rows = rows_of(unit, year, said.keys(), by)
    versions = {number: changed_since(row, said[number].seen) for number, row in rows.items()}
    changed = {number: refusal for number, refusal in versions.items() if refusal}
    unmet = _take_all({n: row for n, row in rows.items() if n not in changed}, name, said, by)
    if unmet or changed:
        raise PeopleRefused(unmet, changed)
    return len(rows)


def _take_all(
    rows: Mapping[int, ProgrammeRegistration], name: str, said: Mapping[int, Said], by: By
) -> dict[int, list[Unmet]]:
    """Take a step on each and return what is unmet; the request's key goes with the first."""
    unmet: dict[int, list[Unmet]] = {}
    for number, row in rows.items():
        try:
            _take(row, name, said[number], by)
            by = replace(by, request_key=None)
        except Refused as refused:
            unmet[number] = list(refused.unmet)
    return unmet


def rows_of(
    unit: Unit,
    year: int,
    people: Collection[int],
    by: By,
) -> dict[int, ProgrammeRegistration]:
    """Return the registrations of some members of a unit, locked, in the order of their ids.

    Raises:
        Invalid: somebody is no member there in that year, or has not registered.
    """
    rows = registrations_of(people, year, lock=True)
    if (
        rows.keys() != set(people)
        or rows.keys() - members_of(unit.id, year, local_day(by.now)).keys()
    ):
        raise Invalid("sheet", "stranger")
    return rows


def _take(row: ProgrammeRegistration, name: str, said: Said, by: By) -> None:
    _WRITES.get(name, _nothing)(row, said)
    advance(row, name, said, by)


def advance(row: ProgrammeRegistration, name: str, said: Said, by: By, **facts: Any) -> None:  # noqa: ANN401
    """Take one step within a running transaction: claims, machine, state, event.

    Raises:
        NoSuchStep, Refused: the registration has no such step, or it is not met.
    """
    rules = rulebook().on(local_day(by.now))
    read = facts_of(row, rules, said=said.text, result=said.result, reason=said.reason)
    case = Case(row.state, read)
    PROGRAMME.fire(case, name)
    before, row.state = row.state, case.state
    if PROGRAMME.states[row.state].is_final:
        facts |= _freeze(row, read, by)
    record(row, Change(name, before, case.state, said.text or said.reason, facts), by)


def _freeze(row: ProgrammeRegistration, read: RegistrationFacts, by: By) -> dict[str, Any]:
    """Keep the result, and return what its event keeps."""
    row.computed, row.mark = read.proposed, read.result
    row.reason, row.concluded_on = read.reason, local_day(by.now)
    marks = {each.content.text: each.mark for each in choices_of(row)}
    return {"result": row.mark, "proposed": row.computed, "marks": marks}


def _nothing(_row: ProgrammeRegistration, _said: Said) -> None:
    return None


def _return(row: ProgrammeRegistration, said: Said) -> None:
    row.returned = said.text


def _remark(row: ProgrammeRegistration, said: Said) -> None:
    row.remark = said.text


def _mark(row: ProgrammeRegistration, said: Said) -> None:
    choices = {each.content_id: each for each in row.choices}
    if said.marks.keys() - choices.keys():
        raise Invalid("sheet", "stranger")
    for number, mark in said.marks.items():
        choices[number].mark = mark


_WRITES: dict[str, Callable[[ProgrammeRegistration, Said], None]] = {
    "send_back": _return,
    "review": _remark,
    "conclude": _mark,
}
