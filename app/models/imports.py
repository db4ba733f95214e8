"""Lists of members brought in from spreadsheets: read, looked at row by row, then taken."""

import enum
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.extensions import Model
from app.models.types import EncryptedJson


class ImportState(enum.StrEnum):
    """How far an import has come."""

    RECEIVED = "received"
    PREVIEWED = "previewed"
    TAKEN = "taken"


class RowVerdict(enum.StrEnum):
    """What a row is, as its preview says."""

    NEW = "new"
    SAME = "same"
    DOUBTFUL = "doubtful"
    ERROR = "error"


class Import(Model):
    """One file, how it is read, and how far: ``done`` of its ``total`` rows have a verdict.

    ``content`` holds all rows as they were typed, until they are taken; ``columns`` says where
    the rows begin and which column holds which field.
    """

    __tablename__ = "imports"
    __table_args__ = (Index("ix_imports_unit", "unit_id", "received_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[ImportState] = mapped_column(default=ImportState.RECEIVED)
    filename: Mapped[str]
    sha256: Mapped[str]
    encoding: Mapped[str] = mapped_column(default="")
    columns: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    header: Mapped[list[str]] = mapped_column(JSONB, default=list)
    content: Mapped[Any] = deferred(mapped_column(EncryptedJson))
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


class ImportRow(Model):
    """One row of a file, encrypted as it may hold anything, with its verdict and the choice.

    ``keys`` are what no two rows of a file may share: name with birth date, and card number.
    """

    __tablename__ = "import_rows"
    __table_args__ = (Index("ix_import_rows_verdict", "import_id", "verdict", "number"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    cells: Mapped[list[str]] = mapped_column(EncryptedJson)
    verdict: Mapped[RowVerdict]
    keys: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    problem: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    choice: Mapped[str] = mapped_column(default="")
