"""Debates in pairs: who speaks for a motion, who against it, drawn from a seed that is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model


class Debate(Model):
    """One debate of a part of a round, by its number, with the motion drawn for it, if any."""

    __tablename__ = "contest_debates"
    __table_args__ = (UniqueConstraint("round_id", "part", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("contest_rounds.id"))
    part: Mapped[str]
    number: Mapped[int]
    motion: Mapped[str] = mapped_column(default="")
    seed: Mapped[str]
    drawn_at: Mapped[datetime]

    speakers: Mapped[list["Speaker"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Speaker.is_against"
    )


class Speaker(Model):
    """A contestant in a debate, for or against the motion. Each is scored once in a part.

    Who speaks again, against somebody for whom nobody was left, is not scored there.
    """

    __tablename__ = "contest_speakers"
    __table_args__ = (
        Index(
            "uq_contest_speakers_scored",
            *("contestant_id", "part"),
            unique=True,
            postgresql_where=text("is_scored"),
        ),
    )

    debate_id: Mapped[int] = mapped_column(ForeignKey("contest_debates.id"), primary_key=True)
    is_against: Mapped[bool] = mapped_column(primary_key=True)
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"))
    part: Mapped[str]
    is_scored: Mapped[bool] = mapped_column(default=True)
