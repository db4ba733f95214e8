"""Branch meetings: who was entitled and present, the totals of each vote; never who voted how."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from app.models.units import Unit


class Body(enum.StrEnum):
    """Who meets: all members of the branch, or its committee in the special way."""

    BRANCH = "branch"
    COMMITTEE = "committee"


class Meeting(Chained, Model):
    """One meeting that voted on admissions, frozen once it is recorded."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_unit", "unit_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    body: Mapped[Body] = mapped_column(default=Body.BRANCH)
    online: Mapped[bool] = mapped_column(default=False)
    secret: Mapped[bool] = mapped_column(default=False)
    held_on: Mapped[date]
    place: Mapped[str]
    chair: Mapped[str]
    minute_taker: Mapped[str]
    guests: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    entitled: Mapped[int]
    present: Mapped[int]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")
    attendances: Mapped[list["MeetingAttendance"]] = relationship(lazy="raise_on_sql")
    votes: Mapped[list["MeetingVote"]] = relationship(
        lazy="raise_on_sql", back_populates="meeting", order_by="MeetingVote.id"
    )


class MeetingAttendance(Model):
    """One person entitled to vote in a meeting, by the name held then, and whether present."""

    __tablename__ = "meeting_attendances"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    name: Mapped[str]
    is_present: Mapped[bool]


class MeetingVote(Model):
    """The totals of a vote on one candidate; a correction adds a revision and keeps the old one."""

    __tablename__ = "meeting_votes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "dossier_id", "revision"),
        Index(
            "uq_meeting_votes_current",
            "meeting_id",
            "dossier_id",
            unique=True,
            postgresql_where=text("is_current"),
        ),
        Index("ix_meeting_votes_dossier", "dossier_id"),
        CheckConstraint(
            "in_favour >= 0 AND against >= 0 AND blank >= 0 AND spoiled >= 0", "counts"
        ),
        CheckConstraint("present > 0 AND present <= entitled", "roll"),
        CheckConstraint("in_favour + against + blank + spoiled = present", "total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    revision: Mapped[int] = mapped_column(default=1)
    is_current: Mapped[bool] = mapped_column(default=True)
    entitled: Mapped[int]
    present: Mapped[int]
    in_favour: Mapped[int]
    against: Mapped[int]
    blank: Mapped[int]
    spoiled: Mapped[int]
    needed: Mapped[int]
    passed: Mapped[bool]
    clause: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql", back_populates="votes")
