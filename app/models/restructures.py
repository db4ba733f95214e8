"""Changes of the tree: which units became which others, by which decision, from which day."""

import enum
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.units import Unit


class ChangeKind(enum.StrEnum):
    """What was done to units (HD20 §5.1)."""

    FOUND = "found"
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    HAND = "hand"
    CLOSE = "close"


class UnitChange(Model):
    """One decision about units."""

    __tablename__ = "unit_changes"
    __table_args__ = (Index("ix_unit_changes_district", "district_id", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[ChangeKind]
    on_day: Mapped[date]
    decision: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    lines: Mapped[list["UnitChangeLine"]] = relationship(lazy="raise_on_sql")


class UnitChangeLine(Model):
    """A unit that a change concerns: one that was before, or one that is after it."""

    __tablename__ = "unit_change_lines"
    __table_args__ = (Index("ix_unit_change_lines_unit", "unit_id"),)

    change_id: Mapped[int] = mapped_column(ForeignKey("unit_changes.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    is_after: Mapped[bool] = mapped_column(primary_key=True)
    name_then: Mapped[str]

    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
