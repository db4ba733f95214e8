"""Dues: what each member paid for a month, exemptions, and the share passed up."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model


class DuesPayment(Model):
    """The dues of one member for one month (its first day), in đồng; paid in one unit."""

    __tablename__ = "dues_payments"
    __table_args__ = (
        Index("ix_dues_payments_unit", "unit_id", "month"),
        CheckConstraint("amount >= 0", "amount"),
        CheckConstraint("EXTRACT(DAY FROM month) = 1", "month"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    amount: Mapped[int]
    has_wage: Mapped[bool] = mapped_column(default=False)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class DuesExemption(Model):
    """Months that a member in hardship need not pay, by the commune's decision (HD20 §32.1)."""

    __tablename__ = "dues_exemptions"
    __table_args__ = (
        Index("ix_dues_exemptions_person", "person_id", "from_month"),
        CheckConstraint("to_month >= from_month", "months"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    from_month: Mapped[date]
    to_month: Mapped[date]
    reason: Mapped[str]
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class DuesRemittance(Model):
    """What a unit passed up for a month or quarter, in đồng, and who confirmed to have it."""

    __tablename__ = "dues_remittances"
    __table_args__ = (
        Index("ix_dues_remittances_unit", "unit_id", "month"),
        CheckConstraint("amount > 0", "amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    month: Mapped[date]
    amount: Mapped[int]
    passed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
