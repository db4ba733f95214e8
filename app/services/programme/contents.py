"""Writing what a programme asks: drafted from above or from last year, adapted, then opened.

An edition that was opened never changes; what is changed later is a new edition.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from app.extensions import db
from app.models import Programme, ProgrammeContent, ProgrammeEdition, Unit
from app.policies import Right
from app.queries.programme.contents import above, content_of, editions_of, programme_of
from app.services.dues.sheets import keeper
from app.services.events import By, Change, found, record, seen_before
from app.services.refusals import Forbidden, Invalid
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day
from workflows.programme_facts import Content

OLDEST_YEAR = 2013
MOST = 30  # contents of a programme


class Origin(StrEnum):
    """What a draft begins with, beside what the units above require."""

    ABOVE = "above"
    LAST_YEAR = "last_year"
    BLANK = "blank"


@use_case
def begin_draft(unit_id: int, year: int, origin: Origin, *, by: By, seen: int) -> int:
    """Begin the draft of a unit's programme for a year and return the programme's version.

    A second edition begins with the first. What is required above is taken over as it stands there.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its programme is not theirs.
        Stale: somebody changed it since; ``seen`` is 0 where there was none.
        Invalid: a year that is out of reach, or a draft is there already.
    """
    unit, by = keeper(unit_id, by, Right.SET_PROGRAMME, at=unit_id)
    if seen_before(by.request_key):
        return seen
    if not OLDEST_YEAR <= year <= local_day(by.now).year + 1:
        raise Invalid("year", "out_of_reach")
    programme = _as_seen(unit, year, seen)
    editions = editions_of(programme.id) if programme else []
    if editions and editions[0].opened_on is None:
        raise Invalid("draft", "there_is_one")
    contents = _beginning(unit, year, origin, editions=editions, today=local_day(by.now))
    programme = _begun(programme, unit, year, by=by)
    number = editions[0].number + 1 if editions else 1
    db.session.add(ProgrammeEdition(programme_id=programme.id, number=number, contents=contents))
    return programme.version


def _begun(programme: Programme | None, unit: Unit, year: int, *, by: By) -> Programme:
    change = Change("begin_programme")
    if programme:
        record(programme, change, by)
        return programme
    made = Programme(district_id=unit.district_id or unit.id, unit_id=unit.id, year=year)
    found(made, change, by)
    return made


def _as_seen(unit: Unit, year: int, seen: int) -> Programme | None:
    programme = programme_of(unit.id, year, lock=True)
    check_version(programme, seen)
    return programme


def _beginning(
    unit: Unit,
    year: int,
    origin: Origin,
    *,
    editions: Sequence[ProgrammeEdition],
    today: date,
) -> list[ProgrammeContent]:
    """Put what is required above first, then what the unit begins with."""
    over = above(unit, year, today)
    theirs = list(over.contents) if over else []
    required = [each for each in theirs if each.is_required]
    own = _own(unit, year, origin, editions) if editions or origin is not Origin.ABOVE else theirs
    rest = [each for each in own if not content_of(each, unit.id).is_fixed]
    taken = {each.text for each in required}
    kept = [*required, *(each for each in rest if each.text not in taken)][:MOST]
    return [_copy(each, place, year) for place, each in enumerate(kept)]


def _own(
    unit: Unit, year: int, origin: Origin, editions: Sequence[ProgrammeEdition]
) -> Sequence[ProgrammeContent]:
    if editions:
        return editions[0].contents
    before = programme_of(unit.id, year - 1) if origin is Origin.LAST_YEAR else None
    opened = [each for each in editions_of(before.id) if each.opened_on] if before else []
    return opened[0].contents if opened else []


def _copy(row: ProgrammeContent, place: int, year: int) -> ProgrammeContent:
    """A day of another year falls away: it is to be set anew."""
    due_on = row.due_on if row.due_on and row.due_on.year >= year else None
    return ProgrammeContent(
        place=place,
        field=row.field,
        text=row.text,
        target=row.target,
        measure=row.measure,
        due_on=due_on,
        is_required=row.is_required,
        set_by_id=row.set_by_id,
    )


@use_case
def write_draft(unit_id: int, year: int, contents: Sequence[Content], *, by: By, seen: int) -> int:
    """Write the own contents of a draft, in their order, and return the programme's version.

    What is required above stays before them, as it is.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its programme is not theirs.
        Stale: somebody changed it since.
        Invalid: there is no draft, or two contents are the same.
    """
    unit, by = keeper(unit_id, by, Right.SET_PROGRAMME, at=unit_id)
    if seen_before(by.request_key):
        return seen
    programme, draft = _draft(unit, year, seen)
    rows = [row for row in draft.contents if content_of(row, unit.id).is_fixed]
    texts = [*(row.text for row in rows), *(each.text for each in contents)]
    if len(set(texts)) != len(texts):
        raise Invalid("text", "twice")
    before = [_told(row) for row in draft.contents]
    places = range(len(rows), len(texts))
    rows += [_row(each, place, unit.id) for each, place in zip(contents, places, strict=True)]
    draft.contents = rows
    facts = {"before": before, "after": [_told(row) for row in rows]}
    record(programme, Change("write_programme", facts=facts), by)
    return programme.version


def _draft(unit: Unit, year: int, seen: int) -> tuple[Programme, ProgrammeEdition]:
    programme = _as_seen(unit, year, seen)
    editions = editions_of(programme.id) if programme else []
    if programme is None or not editions or editions[0].opened_on:
        raise Invalid("draft", "there_is_none")
    return programme, editions[0]


def _row(content: Content, place: int, unit_id: int) -> ProgrammeContent:
    return ProgrammeContent(
        place=place,
        field=content.field,
        text=content.text,
        target=content.target,
        measure=content.measure,
        due_on=content.due_on,
        is_required=content.is_required,
        set_by_id=unit_id,
    )


def _told(row: ProgrammeContent) -> dict[str, Any]:
    return {"text": row.text, "field": row.field, "target": row.target, "required": row.is_required}


@use_case
def open_edition(unit_id: int, year: int, opened_on: date, *, by: By, seen: int) -> int:
    """Open a draft from a day on: members register for it, and it is frozen. Return its number.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its programme is not theirs.
        Stale: somebody changed it since.
        Invalid: there is no draft, it asks nothing, or the day is over.
    """
    unit, by = keeper(unit_id, by, Right.SET_PROGRAMME, at=unit_id)
    if event := seen_before(by.request_key):
        return int(event.facts["edition"])
    programme, draft = _draft(unit, year, seen)
    if not draft.contents:
        raise Invalid("contents", "none")
    if opened_on < local_day(by.now):
        raise Invalid("opened_on", "over")
    if unit.valid_to and unit.valid_to < opened_on:
        raise Forbidden("unit_closed")
    draft.opened_on = opened_on
    facts = {"edition": draft.number, "opened_on": opened_on.isoformat()}
    record(programme, Change("open_programme", facts=facts), by)
    return draft.number
