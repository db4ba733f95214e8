"""The yearly classification: a sheet per branch and year with a line per member, and the branch."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from app.models.types import EncryptedJson
from app.models.units import Unit
from workflows.classification.scales import BranchGrade, Grade
from workflows.classification.scope import NotClassified


class ClassificationSheet(Chained, Model):
    """The members of a unit in a year: proposed, voted on, handed up, confirmed and frozen.

    ``confirming_unit_id`` is the grass-roots union above; of a chi đoàn cơ sở, which would confirm
    itself, the direct superior.
    """

    __tablename__ = "classification_sheets"
    __table_args__ = (
        UniqueConstraint("unit_id", "year"),
        Index("ix_classification_sheets_confirming", "confirming_unit_id", "year", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    confirming_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    state: Mapped[str]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    handed_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    handed_up_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")
    lines: Mapped[list["ClassificationLine"]] = relationship(
        lazy="raise_on_sql", order_by="ClassificationLine.place"
    )


class ClassificationLine(Model):
    """A member on a sheet: what they say of themselves, what is proposed, and the vote in totals.

    ``figures`` and ``computed`` are what the program worked out, frozen with the vote; ``private``
    holds circumstances and discipline. Of a person and year one confirmed grade stands.
    """

    __tablename__ = "classification_lines"
    __table_args__ = (
        Index(
            "uq_classification_lines_confirmed",
            "person_id",
            "year",
            unique=True,
            postgresql_where=text("is_confirmed AND grade IS NOT NULL"),
        ),
        CheckConstraint("in_favour >= 0 AND against >= 0 AND blank >= 0", "counts"),
        CheckConstraint("in_favour + against + blank = present", "total"),
        CheckConstraint("tasks_assigned >= 0 AND tasks_done >= 0", "tasks"),
        CheckConstraint("grade IS NULL OR excluded IS NULL", "scope"),
    )

    sheet_id: Mapped[int] = mapped_column(ForeignKey("classification_sheets.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    year: Mapped[int]
    place: Mapped[int]
    name: Mapped[str]
    own_grade: Mapped[Grade | None]
    grade: Mapped[Grade | None]
    reason: Mapped[str] = mapped_column(default="")
    tasks_assigned: Mapped[int | None]
    tasks_done: Mapped[int | None]
    former_comment: Mapped[str] = mapped_column(default="")
    private: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson)
    excluded: Mapped[NotClassified | None]
    computed: Mapped[Grade | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    voted_grade: Mapped[Grade | None]
    present: Mapped[int | None]
    in_favour: Mapped[int | None]
    against: Mapped[int | None]
    blank: Mapped[int | None]
    needed: Mapped[int | None]
    returned: Mapped[str] = mapped_column(default="")
    is_mended: Mapped[bool] = mapped_column(default=False)
    is_confirmed: Mapped[bool] = mapped_column(default=False)


class BranchRating(Chained, Model):
    """How a unit did in a year, by the measures of branches: proposed by it, confirmed above."""

    __tablename__ = "branch_ratings"
    __table_args__ = (
        UniqueConstraint("unit_id", "year"),
        Index("ix_branch_ratings_confirming", "confirming_unit_id", "year", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    confirming_unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]
    state: Mapped[str]
    typed: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    figures: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    computed: Mapped[BranchGrade | None]
    grade: Mapped[BranchGrade | None]
    reason: Mapped[str] = mapped_column(default="")
    returned: Mapped[str] = mapped_column(default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    handed_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[datetime | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")
