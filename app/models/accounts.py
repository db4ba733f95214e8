"""Accounts by invitation, and the posts they hold as dated appointments."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from app.models.units import Unit
from workflows.levels import Post


class Account(Chained, Model):
    """Who may sign in. ``session_epoch`` grows with each password change and ends all sessions."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    password_hash: Mapped[str | None]
    session_epoch: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    failed_attempts: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    invitation_hash: Mapped[str | None] = mapped_column(unique=True)
    invited_until: Mapped[datetime | None]

    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="account", lazy="raise_on_sql", foreign_keys="Appointment.account_id"
    )


class Appointment(Model):
    """A post held in a unit from day to day; rights come from those that hold today.

    A substitute holds the post of ``stands_in_for_id`` for a time, and acts on their behalf.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        Index("ix_appointments_account", "account_id", "from_on"),
        Index("ix_appointments_unit", "unit_id", "post"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", "dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    post: Mapped[Post]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    stands_in_for_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    account: Mapped[Account] = relationship(
        back_populates="appointments", lazy="raise_on_sql", foreign_keys=[account_id]
    )
    unit: Mapped[Unit] = relationship(lazy="raise_on_sql")
