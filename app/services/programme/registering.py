"""Registering for a programme: the whole branch in one act, or a member through a link."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.models import ProgrammeChoice, ProgrammeEdition, ProgrammeRegistration, Unit
from app.queries.programme.contents import in_force
from app.queries.programme.sheets import facts_of, members_of, registrations_of
from app.queries.rules import rulebook
from app.services.events import By, Change, found, seen_before
from app.services.people.standings import PeopleRefused
from app.services.programme.seats import seated
from app.services.programme.steps import Said, advance
from app.services.refusals import Invalid, Stale
from app.services.use_case import use_case
from app.services.versions import changed_since
from workflows.calendar import local_day
from workflows.engine import Refused, Unmet
from workflows.programme import PROGRAMME


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contents a member registers, by id, on the version that was seen; 0 for the first."""

    seen: int
    contents: Collection[int]


@use_case
def register(unit_id: int, year: int, wanted: Mapping[int, Wanted], *, by: By) -> int:
    """Register some members of a unit, by person, and return how many.

    Until it is approved a registration can be changed. It keeps the edition it was made for; one
    that was returned is made anew for the edition in force.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its sheet is not theirs.
        Invalid: no programme is open, somebody is no member here, or a content is not of theirs.
        NoSuchStep: somebody's registration is approved already.
        PeopleRefused: with everything that is unmet, and whose registration changed since.
    """
    unit, by = seated(unit_id, by, wanted.keys(), decides=False)
    if seen_before(by.request_key):
        return len(wanted)
    register_at(unit, year, wanted, by)
    return len(wanted)


def register_at(
    unit: Unit,
    year: int,
    wanted: Mapping[int, Wanted],
    by: By,
    **facts: Any,  # noqa: ANN401
) -> None:
    """Register some members within a running transaction, the unit locked."""
    edition = in_force(unit, year, local_day(by.now))
    if wanted.keys() - members_of(unit.id, year, local_day(by.now)).keys():
        raise Invalid("sheet", "stranger")
    rows = registrations_of(wanted.keys(), year, lock=True)
    changed, unmet = _changed(wanted, rows), dict[int, list[Unmet]]()
    for number in sorted(wanted.keys() - changed.keys()):
        try:
            row = rows.get(number) or _new(unit, number, year, edition)
            _register(row, wanted[number].contents, edition, by=by, facts=facts)
            by = replace(by, request_key=None)
        except Refused as refused:
            unmet[number] = list(refused.unmet)
    if unmet or changed:
        raise PeopleRefused(unmet, changed)


def _changed(
    wanted: Mapping[int, Wanted], rows: Mapping[int, ProgrammeRegistration]
) -> dict[int, Stale]:
    found = {number: changed_since(rows.get(number), wanted[number].seen) for number in wanted}
    return {number: refusal for number, refusal in found.items() if refusal}


def _new(
    unit: Unit, person_id: int, year: int, edition: ProgrammeEdition | None
) -> ProgrammeRegistration:
    if edition is None:
        raise Invalid("sheet", "no_programme")
    return ProgrammeRegistration(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        person_id=person_id,
        year=year,
        edition=edition,
        state=PROGRAMME.initial,
        choices=[],
    )


def _register(
    row: ProgrammeRegistration,
    contents: Collection[int],
    edition: ProgrammeEdition | None,
    *,
    by: By,
    facts: dict[str, Any],
) -> None:
    if row.state == "returned" and edition:
        row.edition = edition
    offered = {each.id: each for each in row.edition.contents}
    if set(contents) - offered.keys():
        raise Invalid("sheet", "stranger")
    kept = {each.content_id: each for each in row.choices}
    row.choices = [
        kept.get(number) or ProgrammeChoice(content_id=number, content=offered[number], evidence="")
        for number in sorted(contents)
    ]
    facts = {"contents": [offered[number].text for number in sorted(contents)], **facts}
    if row.id:
        advance(row, "register", Said(row.version), by, **facts)
    else:
        _found(row, by, facts)


def _found(row: ProgrammeRegistration, by: By, facts: dict[str, Any]) -> None:
    """The first registration asks what every later one asks."""
    read = facts_of(row, rulebook().on(local_day(by.now)))
    if unmet := PROGRAMME.step_from(PROGRAMME.initial, "register").unmet(read):
        raise Refused(unmet)
    found(row, Change("register", to_state=row.state, facts=facts), by)
