"""Results: what decided a tie, what was published in which version, what the hall may see."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from workflows.contest.rules import TieKind


class TieRuling(Model):
    """How entries that stood equal were set apart: an extra question, the chair's vote, a draw.

    ``standing`` gives each contestant's number a value, the higher the better.
    """

    __tablename__ = "contest_tie_rulings"

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("contest_rounds.id"), index=True)
    kind: Mapped[TieKind]
    standing: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seed: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    ruled_at: Mapped[datetime]
    ruled_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class Publication(Model):
    """A numbered snapshot of the result; a later correction is a new one with its reason.

    ``decision_ref`` and ``decided_on`` are those of the district's decision on the awards.
    """

    __tablename__ = "contest_publications"
    __table_args__ = (UniqueConstraint("season_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("contest_seasons.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    content_hash: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    decision_ref: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]


class BoardRelease(Model):
    """What the board in the hall may show of a round: the result of one part, or the ranking."""

    __tablename__ = "contest_board_releases"
    __table_args__ = (UniqueConstraint("round_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("contest_rounds.id"))
    part: Mapped[str] = mapped_column(default="")
    released_at: Mapped[datetime]
    released_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
