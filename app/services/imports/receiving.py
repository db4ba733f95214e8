"""Receiving a list: the file is read whole at once; what was read can be read otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select

from app.extensions import db
from app.models import Import, ImportRow
from app.models.imports import ImportState
from app.policies import Right
from app.services.authority import over
from app.services.events import By
from app.services.imports.columns import Field, header_at
from app.services.imports.loading import import_for
from app.services.imports.old_encodings import Encoding
from app.services.imports.tables import FIRST_ROWS, Table, read_cells, read_table
from app.services.refusals import Forbidden
from app.services.use_case import use_case
from app.vietnamese import clean_name
from workflows.levels import Level

KEPT_FOR = timedelta(days=7)
MAX_NAME = 120


@use_case
def receive_list(unit_id: int, content: bytes, filename: str, *, by: By) -> UUID:
    """Take in a file for a unit and those below it; nothing of it is judged yet.

    Lists that were never taken are forgotten after a week: they are full of people.

    Raises:
        NotFound, Forbidden: no such unit for this person, or not theirs to fill.
        UnfitTable: the file is no list of people that can be read.
    """
    unit, by = over(unit_id, Right.IMPORT, by)
    if by.actor is None or unit.level not in {Level.COMMUNE, Level.BRANCH}:
        raise Forbidden("not_your_desk")
    table = read_table(content)
    row = Import(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        account_id=by.actor.account_id,
        filename=_plain_name(filename),
        sha256=sha256(content).hexdigest(),
        content=table.rows,
        received_at=by.now,
    )
    return _kept(row, table)


def _kept(row: Import, table: Table) -> UUID:
    _describe(row, table)
    _forget_old(row)
    db.session.add(row)
    db.session.flush()
    return row.id


def _describe(row: Import, table: Table) -> None:
    _begin(row, table.header.row, table.encoding, table.header.at)
    row.header = _widened(row, table.header.names)
    row.columns |= {"certain": table.certain.value}


def _begin(row: Import, header_row: int, encoding: Encoding, at: Mapping[Field, int]) -> None:
    """Judging begins anew, with other columns or another encoding."""
    places = {column.value: place for column, place in at.items()}
    row.columns = {**(row.columns or {}), "header_row": header_row, "at": places}
    row.encoding = encoding.value
    row.state, row.done = ImportState.RECEIVED, 0
    row.total = sum(number > header_row for number, _ in row.content)


def _widened(row: Import, names: Sequence[str]) -> list[str]:
    """A column without a name is one all the same."""
    widest = max(len(cells) for _, cells in row.content)
    return [*names, *[""] * (widest - len(names))]


def _plain_name(filename: str) -> str:
    return clean_name(filename).replace("\\", "/").rpartition("/")[2][-MAX_NAME:]


def _forget_old(row: Import) -> None:
    is_old = or_(Import.received_at < row.received_at - KEPT_FOR, _same_file(row))
    ids = list(
        db.session.scalars(select(Import.id).where(is_old, Import.state != ImportState.TAKEN))
    )
    db.session.execute(delete(ImportRow).where(ImportRow.import_id.in_(ids)))
    db.session.execute(delete(Import).where(Import.id.in_(ids)))


def _same_file(row: Import) -> ColumnElement[bool]:
    """Match what the same person sent before: a form that was sent twice, or is sent again."""
    return and_(
        Import.account_id == row.account_id,
        Import.unit_id == row.unit_id,
        Import.sha256 == row.sha256,
    )


@dataclass(frozen=True, slots=True)
class ByHand:
    """How a person says that a list is to be read: the row of its header, columns, encoding."""

    header_row: int
    encoding: Encoding
    at: Mapping[Field, int] | None = None


@use_case
def read_otherwise(import_id: UUID, said: ByHand, *, by: By) -> None:
    """Read a list as a person says, from its first row; columns not said are found by name.

    Raises:
        NotFound, Forbidden: no such import for this person, or it was taken already.
    """
    row, _unit, by = import_for(import_id, by)
    if row.state is ImportState.TAKEN:
        raise Forbidden("already_taken")
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))
    start = [
        (number, read_cells(cells, said.encoding)) for number, cells in row.content[:FIRST_ROWS]
    ]
    header = header_at(start, said.header_row)
    row.header = _widened(row, header.names)
    _begin(row, header.row, said.encoding, header.at if said.at is None else said.at)


@use_case
def forget_list(import_id: UUID, *, by: By) -> None:
    """Throw away a list that was not taken.

    Raises:
        NotFound, Forbidden: no such import for this person, or it was taken already.
    """
    row, _unit, by = import_for(import_id, by)
    if row.state is ImportState.TAKEN:
        raise Forbidden("already_taken")
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))
    db.session.delete(row)
