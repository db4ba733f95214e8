"""Group acts: a sitting, a ceremony or a card list that covers many dossiers at once."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.dossiers import Dossier


class ActKind(enum.StrEnum):
    """What a group act does to each of its dossiers."""

    SITTING = "sitting"
    CEREMONY = "ceremony"
    CARD_LIST = "card_list"


class GroupAct(Model):
    """One act of a unit on many dossiers, with a line for each result."""

    __tablename__ = "group_acts"
    __table_args__ = (Index("ix_group_acts_unit", "unit_id", "kind", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[ActKind]
    step: Mapped[str]
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    request_key: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    lines: Mapped[list["GroupActLine"]] = relationship(lazy="raise_on_sql")


class GroupActLine(Model):
    """What became of one dossier in a group act; ``problem`` is empty where it went through."""

    __tablename__ = "group_act_lines"

    act_id: Mapped[int] = mapped_column(ForeignKey("group_acts.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    problem: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    dossier: Mapped[Dossier] = relationship(lazy="raise_on_sql")
