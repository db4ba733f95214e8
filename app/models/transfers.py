"""What a transfer dossier carries beyond the person and the units it leads between."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from workflows.transfer_facts import Kind


class Transfer(Model):
    """The introduction: comment, dues, days, and the unit that the branch asks for.

    The dossier names the receiving units once the member is introduced to them, and no sooner:
    from then on they see it.
    """

    __tablename__ = "transfers"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", "dates"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    kind: Mapped[Kind]
    temporary: Mapped[bool] = mapped_column(default=False)
    destination_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    moved_on: Mapped[date | None]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    outside_unit: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    dues_paid_until: Mapped[date | None]
    received_on: Mapped[date | None]
