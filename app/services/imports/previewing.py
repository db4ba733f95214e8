"""Previewing a list: its rows are judged in slices, and doubtful ones answered by a person."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from app.extensions import db
from app.models import Import, ImportRow
from app.models.imports import ImportState, RowVerdict
from app.services.events import By
from app.services.imports.columns import names_people
from app.services.imports.entries import Reading, read_entry
from app.services.imports.judging import keys_of
from app.services.imports.loading import at_of, import_for, judge_of, reading_of
from app.services.imports.old_encodings import Encoding
from app.services.imports.tables import read_cells
from app.services.imports.texts import NumberedRow
from app.services.refusals import Forbidden, Invalid
from app.services.use_case import use_case

# So many rows are judged within a second or two; a web server ends what takes half a minute.
ROWS_AT_A_TIME = 4000
SAME, NEW = "same", "new"


@use_case
def judge_on(import_id: UUID, *, by: By) -> None:
    """Judge the next rows of a list; after the last one it can be taken.

    It changes nothing that anybody asked for, and each row is judged once, so it may be called
    again and again, also by a page that is merely looked at.

    Raises:
        NotFound, Forbidden: no such import for this person.
    """
    row, unit, by = import_for(import_id, by)
    if row.state is not ImportState.RECEIVED or not names_people(at_of(row)):
        return
    slice_ = _behind_header(row)[row.done : row.done + ROWS_AT_A_TIME]
    judged = _judged(row, slice_, reading_of(row, unit, by))
    if judged:
        db.session.execute(insert(ImportRow), judged)
    row.done += len(slice_)
    if row.done >= row.total:
        row.state = ImportState.PREVIEWED


def _behind_header(row: Import) -> list[NumberedRow]:
    return [each for each in row.content if each[0] > row.columns["header_row"]]


def _judged(row: Import, rows: Sequence[NumberedRow], reading: Reading) -> list[dict[str, Any]]:
    encoding = Encoding(row.encoding)
    read = [(number, read_cells(cells, encoding)) for number, cells in rows]
    entries = [read_entry(cells, reading) for _, cells in read]
    judge = judge_of(row, reading, entries, _earlier(row))
    return [
        {
            "import_id": row.id,
            "number": number,
            "cells": cells,
            "keys": keys_of(entry),
            **asdict(judge.verdict_on(entry, number)),
        }
        for (number, cells), entry in zip(read, entries, strict=True)
    ]


def _earlier(row: Import) -> dict[str, int]:
    rows = db.session.execute(
        select(ImportRow.number, ImportRow.keys)
        .where(ImportRow.import_id == row.id)
        .order_by(ImportRow.number.desc())
    )
    return {key: number for number, keys in rows for key in keys}


@use_case
def answer_doubts(
    import_id: UUID, answers: Mapping[int, str], reasons: Mapping[int, str], *, by: By
) -> None:
    """Keep what a person says of doubtful rows: the same person, or somebody new with a reason.

    Raises:
        NotFound, Forbidden: no such import for this person, or it was taken already.
        Invalid: somebody new without a reason; ``field`` is the number of the row.
    """
    row, _unit, by = import_for(import_id, by)
    if row.state is ImportState.TAKEN:
        raise Forbidden("already_taken")
    for doubtful in _doubtful(row, answers):
        answer, reason = answers[doubtful.number], reasons.get(doubtful.number, "").strip()
        if answer == NEW and not reason:
            raise Invalid(str(doubtful.number), "no_reason")
        doubtful.choice = answer
        doubtful.problem = {**doubtful.problem, "reason": reason if answer == NEW else ""}


def _doubtful(row: Import, answers: Mapping[int, str]) -> list[ImportRow]:
    said = [number for number, answer in answers.items() if answer in {SAME, NEW}]
    query = select(ImportRow).where(
        ImportRow.import_id == row.id,
        ImportRow.verdict == RowVerdict.DOUBTFUL,
        ImportRow.number.in_(said),
    )
    return list(db.session.scalars(query.order_by(ImportRow.number)))


@use_case
def call_the_rest_same(import_id: UUID, *, by: By) -> None:
    """Say of all doubtful rows that nobody has answered yet that they are the same person.

    Raises:
        NotFound, Forbidden: no such import for this person, or it was taken already.
    """
    row, _unit, by = import_for(import_id, by)
    if row.state is ImportState.TAKEN:
        raise Forbidden("already_taken")
    db.session.execute(
        update(ImportRow)
        .where(ImportRow.import_id == row.id, ImportRow.verdict == RowVerdict.DOUBTFUL)
        .where(ImportRow.choice == "")
        .values(choice=SAME)
    )
