"""Units of the organisation: a tree with levels, kinds and dates of validity."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from workflows.levels import Area, Level, UnitKind


class Unit(Chained, Model):
    """A union or branch. ``path`` lists the ids from the root down (``1.5.23.``).

    ``is_grassroots`` marks a grass-roots organisation: a commune's union or a chi đoàn cơ sở.
    ``district_id`` is the direct superior of the grass-roots unions here, by whatever level it
    has (district until 2025, province since); units above it have none.
    """

    __tablename__ = "units"
    __table_args__ = (
        Index("ix_units_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", "validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str]
    level: Mapped[Level]
    kind: Mapped[UnitKind | None]
    area: Mapped[Area] = mapped_column(default=Area.RURAL)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(Text(collation="C"))
    is_grassroots: Mapped[bool] = mapped_column(default=False)
    is_disadvantaged: Mapped[bool] = mapped_column(default=False)
    committee_votes_from: Mapped[date | None]
    committee_votes_ref: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    parent: Mapped["Unit | None"] = relationship(
        remote_side=[id], foreign_keys=[parent_id], lazy="raise_on_sql"
    )
