"""The contest: a season with its rules, and the rounds that communes and the district hold."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from app.models.units import Unit


class Season(Chained, Model):
    """One year's contest of a district. ``rules`` is the rule set as plain data.

    ``planned`` holds the first and the last moment of each round, by its code, until the rounds
    themselves stand. From ``frozen_at`` on the rules refuse any change; ``rules_hash`` is their
    SHA-256.
    """

    __tablename__ = "contest_seasons"
    __table_args__ = (
        UniqueConstraint("district_id", "year"),
        CheckConstraint("call_until IS NULL OR call_until > call_from", "call"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    title: Mapped[str]
    state: Mapped[str]
    publish_on: Mapped[date]
    call_from: Mapped[datetime | None]
    call_until: Mapped[datetime | None]
    planned: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    rules: Mapped[dict[str, Any]] = mapped_column(JSONB)
    rules_hash: Mapped[str] = mapped_column(default="")
    frozen_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    rounds: Mapped[list["ContestRound"]] = relationship(
        lazy="raise_on_sql", back_populates="season", order_by="ContestRound.id"
    )


class ContestRound(Chained, Model):
    """A round as one unit holds it: each commune its own, the district its own.

    ``code`` names the round in the season's rules; scores received after ``closes_at`` and the
    time of grace are refused. ``closed_at`` is set when the chair ends it. Where units merged,
    ``unit_id`` holds the round of another one, ``begun_by_id``, which was named ``begun_as``.
    """

    __tablename__ = "contest_rounds"
    __table_args__ = (
        Index(
            "uq_contest_rounds_begun",
            *("season_id", "code", text("coalesce(begun_by_id, unit_id)")),
            unique=True,
        ),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", "days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("contest_seasons.id"))
    code: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    place: Mapped[str] = mapped_column(default="")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    begun_as: Mapped[str] = mapped_column(default="")

    season: Mapped[Season] = relationship(lazy="raise_on_sql", back_populates="rounds")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")

    @property
    def origin(self) -> int:
        """The unit that the round was laid out for."""
        return self.begun_by_id or self.unit_id

    def held_by(self, unit: Unit) -> str:
        """Name the unit that holds the round, and the one whose round it was before they merged."""
        return f"{unit.name} ({self.begun_as})" if self.begun_as else unit.name


class ContestExtension(Model):
    """More time to enter, for a unit and all below it, with the reason."""

    __tablename__ = "contest_extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("contest_seasons.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    until: Mapped[datetime]
    reason: Mapped[str]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
