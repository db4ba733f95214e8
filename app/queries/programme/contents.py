"""What a training programme asks: the editions of a unit, and the one in force for its members."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import Programme, ProgrammeContent, ProgrammeEdition, Unit
from workflows.programme_facts import Content


def in_force(unit: Unit, year: int, today: date) -> ProgrammeEdition | None:
    """Return what members of a unit register for: its newest open edition, else the one above's."""
    path = [int(number) for number in unit.path.split(".") if number]
    return _newest_open(path, year, today)


def above(unit: Unit, year: int, today: date) -> ProgrammeEdition | None:
    """Return the edition that a unit adapts: the newest open one above it."""
    path = [int(number) for number in unit.path.split(".") if number]
    return _newest_open([number for number in path if number != unit.id], year, today)


def _newest_open(unit_ids: Sequence[int], year: int, today: date) -> ProgrammeEdition | None:
    return db.session.scalar(
        select(ProgrammeEdition)
        .join(Programme, Programme.id == ProgrammeEdition.programme_id)
        .join(Unit, Unit.id == Programme.unit_id)
        .options(joinedload(ProgrammeEdition.programme), selectinload(ProgrammeEdition.contents))
        .where(Programme.unit_id.in_(unit_ids), Programme.year == year)
        .where(ProgrammeEdition.opened_on <= today)
        .order_by(func.length(Unit.path).desc(), ProgrammeEdition.number.desc())
        .limit(1)
    )


def programme_of(unit_id: int, year: int, *, lock: bool = False) -> Programme | None:
    """Return the programme of a unit and year itself; ``lock`` for who changes it."""
    query = select(Programme).where(Programme.unit_id == unit_id, Programme.year == year)
    if lock:
        query = query.with_for_update(key_share=True)
    return db.session.scalar(query.execution_options(populate_existing=True))


def editions_of(programme_id: int) -> list[ProgrammeEdition]:
    """List the editions of a programme with their contents, the newest first."""
    query = (
        select(ProgrammeEdition)
        .options(selectinload(ProgrammeEdition.contents))
        .where(ProgrammeEdition.programme_id == programme_id)
        .order_by(ProgrammeEdition.number.desc())
    )
    return list(db.session.scalars(query))


def content_of(row: ProgrammeContent, unit_id: int) -> Content:
    """Return a content as the programme of a unit has it."""
    return Content(
        text=row.text,
        field=row.field,
        is_required=row.is_required,
        target=row.target,
        measure=row.measure,
        due_on=row.due_on,
        is_fixed=row.is_required and row.set_by_id != unit_id,
    )
