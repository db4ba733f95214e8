"""Entries of a contest: what a contestant brings, and in which rounds they compete."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.contests import ContestRound, Season
from app.models.dossiers import Dossier


class Entry(Model):
    """What an entry dossier carries beside the contestant: achievements, and who entered them.

    ``endorsed_at`` stays while the district has the entry mended: it keeps its place, one of those
    of ``endorsing_unit_id``.
    """

    __tablename__ = "contest_entries"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("contest_seasons.id"), index=True)
    is_own: Mapped[bool] = mapped_column(default=True)
    posts_held: Mapped[str] = mapped_column(default="")
    achievements: Mapped[str] = mapped_column(default="")
    branch_results: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    endorsed_at: Mapped[datetime | None]
    endorsing_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    award: Mapped[str] = mapped_column(default="")

    season: Mapped[Season] = relationship(lazy="raise_on_sql")
    dossier: Mapped[Dossier] = relationship(lazy="raise_on_sql")


class Contestant(Model):
    """An entry in one round, with the number drawn there and the code that hides the name."""

    __tablename__ = "contestants"
    __table_args__ = (
        UniqueConstraint("round_id", "dossier_id"),
        UniqueConstraint("round_id", "code"),
        CheckConstraint("out_at IS NULL OR out_reason <> ''", "out"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("contest_rounds.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), index=True)
    code: Mapped[str]
    entered_at: Mapped[datetime]
    out_at: Mapped[datetime | None]
    out_reason: Mapped[str] = mapped_column(default="")

    round: Mapped[ContestRound] = relationship(lazy="raise_on_sql")
    dossier: Mapped[Dossier] = relationship(lazy="raise_on_sql")


class Adjustment(Model):
    """Bonus points, or penalty points where negative, that a contestant gets for a reason."""

    __tablename__ = "contest_adjustments"

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"), index=True)
    part: Mapped[str]
    points: Mapped[Decimal]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class PartTime(Model):
    """How long a contestant needed in a part, in whole seconds, as the organisers measured it."""

    __tablename__ = "contest_part_times"

    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    seconds: Mapped[int]
