"""How a member stands beside plain membership: away, deferred, a guest, suspended; day to day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.types import EncryptedText
from workflows.membership import PersonStatus


class Standing(Model):
    """One stretch of time; ``to_on`` is the last day expected, ``ended_on`` the day it ended.

    A guest at the residence, or for a time, stands in the host unit and has no vote there.
    """

    __tablename__ = "standings"
    __table_args__ = (
        Index("ix_standings_person", "person_id", "from_on"),
        Index("ix_standings_unit", "unit_id", "status", "from_on"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", "dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    status: Mapped[PersonStatus]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    address: Mapped[str | None] = mapped_column(EncryptedText)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
