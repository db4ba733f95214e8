"""A sheet as it is read: its members with figures, proposals and votes, and the facts of a step."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import ClassificationSheet, Event, Unit
from app.queries.classification.figures import known_of
from app.queries.classification.members import Member, frozen, member, typed_in
from app.queries.rules import rulebook
from workflows.classification.facts import SheetFacts
from workflows.classification.scales import scale_of

OPEN = {"draft", "returned"}


def sheet_of(unit_id: int, year: int, *, lock: bool = False) -> ClassificationSheet | None:
    """Return the sheet of a unit and year with its lines and its unit."""
    sheets = sheets_where(
        ClassificationSheet.unit_id == unit_id, ClassificationSheet.year == year, lock=lock
    )
    return sheets[0] if sheets else None


def sheets_where(*asked: Any, lock: bool = False) -> list[ClassificationSheet]:  # noqa: ANN401
    """List sheets with their lines and units, in the order of their ids."""
    query = (
        select(ClassificationSheet)
        .options(selectinload(ClassificationSheet.lines), joinedload(ClassificationSheet.unit))
        .where(*asked)
        .order_by(ClassificationSheet.id)
    )
    if lock:
        query = query.with_for_update(of=ClassificationSheet).execution_options(
            populate_existing=True
        )
    return list(db.session.scalars(query))


def year_of_meeting(meeting_id: int) -> int | None:
    """Return the year whose sheet a meeting voted on, where it did."""
    query = select(Event.facts).where(Event.subject == "meetings", Event.subject_id == meeting_id)
    facts = db.session.scalar(query.order_by(Event.sequence).limit(1))
    about = (facts or {}).get("classification")
    return int(about["year"]) if about else None


def members_of(
    unit: Unit, year: int, sheet: ClassificationSheet | None, today: date
) -> list[Member]:
    """List the members of a sheet: worked out anew while it is written, as frozen afterwards."""
    if sheet is not None and sheet.state not in OPEN:
        return [frozen(line) for line in sheet.lines]
    lines = {line.person_id: line for line in sheet.lines} if sheet else {}
    listed = lines.keys() if sheet is not None and sheet.state == "returned" else None
    scale = scale_of(year)
    return [
        member(known, typed_in(lines.get(known.person_id)), scale, lines.get(known.person_id))
        for known in known_of(unit, year, today, listed)
    ]


def facts_of(
    year: int,
    members: Collection[Member],
    today: date,
    **answered: Any,  # noqa: ANN401
) -> SheetFacts:
    """Return the facts of a sheet; ``answered`` is what somebody is about to say."""
    return SheetFacts(
        rules=rulebook().on(today),
        today=today,
        year=year,
        lines=tuple(each.facts() for each in members),
        **answered,
    )
