"""Judging: who sits on a panel, who scores whom, and the sheets with all their versions."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.accounts import Account
from app.models.contest_entries import Contestant
from app.models.contests import ContestRound
from app.models.events import Chained


class PanelSeat(Model):
    """A judge of a round, or its chair. A seat without a part covers all parts of the round."""

    __tablename__ = "contest_panel"
    __table_args__ = (
        Index(
            "uq_contest_panel_seated",
            *("round_id", "part", "account_id"),
            unique=True,
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("contest_rounds.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    part: Mapped[str] = mapped_column(default="")
    is_chair: Mapped[bool] = mapped_column(default=False)
    seated_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]

    round: Mapped[ContestRound] = relationship(lazy="raise_on_sql")
    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class DeclaredConflict(Model):
    """What a judge, or the chair, declared about a judge and a contestant (statement 36)."""

    __tablename__ = "contest_conflicts"
    __table_args__ = (UniqueConstraint("account_id", "contestant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"))
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class SheetState(enum.StrEnum):
    """A draft counts for nothing and is shown to nobody else; what is removed counts no more."""

    EMPTY = "empty"
    DRAFT = "draft"
    FINAL = "final"
    REMOVED = "removed"


class Sheet(Chained, Model):
    """What one judge gives one contestant in one part; assigned empty, scored, then final.

    ``removed_for`` says why it counts no more (a conflict, a judge replaced). ``let_in_at`` is when
    the chair reopened it, or let it be handed in late: such a sheet waits for no round to be open.
    """

    __tablename__ = "contest_sheets"
    __table_args__ = (
        Index(
            "uq_contest_sheets_assigned",
            *("contestant_id", "part", "judge_id"),
            unique=True,
            postgresql_where=text("state <> 'removed'"),
        ),
        Index("ix_contest_sheets_judge", "judge_id", "round_id", "part"),
        Index("ix_contest_sheets_round", "round_id", "part", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("contest_rounds.id"))
    part: Mapped[str]
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"))
    judge_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[SheetState] = mapped_column(default=SheetState.EMPTY)
    comment: Mapped[str] = mapped_column(default="")
    comment_released: Mapped[bool] = mapped_column(default=False)
    final_at: Mapped[datetime | None]
    let_in_at: Mapped[datetime | None]
    removed_for: Mapped[str] = mapped_column(default="")

    scores: Mapped[list["Score"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    contestant: Mapped[Contestant] = relationship(lazy="raise_on_sql")
    judge: Mapped[Account] = relationship(foreign_keys=[judge_id], lazy="raise_on_sql")


class Score(Model):
    """The points of one criterion on one sheet; ``None`` where an optional one is left empty."""

    __tablename__ = "contest_scores"
    __table_args__ = (CheckConstraint("points >= 0", "points"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("contest_sheets.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    points: Mapped[Decimal | None] = mapped_column(Numeric(9, 3))
    justification: Mapped[str] = mapped_column(default="")


class SheetVersion(Model):
    """A sheet as it was made final; reopening keeps the version before with the reason."""

    __tablename__ = "contest_sheet_versions"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("contest_sheets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    scores: Mapped[dict[str, Any]] = mapped_column(JSONB)
    comment: Mapped[str]
    final_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str] = mapped_column(default="")


class PaperTyping(Model):
    """A paper sheet as one person typed it; two people type each, and differences are shown."""

    __tablename__ = "contest_paper_typings"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("contest_sheets.id"), primary_key=True)
    typed_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    scores: Mapped[dict[str, Any]] = mapped_column(JSONB)
    comment: Mapped[str] = mapped_column(default="")
    typed_at: Mapped[datetime]


class LateSheet(Model):
    """What a judge sent after the round had closed: refused, and seen by the chair."""

    __tablename__ = "contest_late_sheets"

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("contest_sheets.id"), index=True)
    scores: Mapped[dict[str, Any]] = mapped_column(JSONB)
    comment: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime]
