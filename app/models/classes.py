"""Classes in which a commune teaches candidates about the Union."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.dossiers import Dossier
from app.models.events import Chained


class TrainingClass(Chained, Model):
    """One class of a grass-roots union, with its days and number of sessions."""

    __tablename__ = "training_classes"
    __table_args__ = (
        Index("ix_training_classes_unit", "unit_id", "from_on"),
        CheckConstraint("to_on >= from_on", "dates"),
        CheckConstraint("sessions > 0", "sessions"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    title: Mapped[str]
    place: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date]
    sessions: Mapped[int]

    places: Mapped[list["ClassPlace"]] = relationship(lazy="raise_on_sql")


class ClassPlace(Model):
    """A candidate in a class: sessions attended, and passed or not once recorded."""

    __tablename__ = "class_places"
    __table_args__ = (
        Index("ix_class_places_dossier", "dossier_id"),
        CheckConstraint("attended >= 0", "attended"),
    )

    class_id: Mapped[int] = mapped_column(ForeignKey("training_classes.id"), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    attended: Mapped[int] = mapped_column(default=0)
    passed: Mapped[bool | None]
    recorded_at: Mapped[datetime | None]

    training_class: Mapped[TrainingClass] = relationship(lazy="raise_on_sql", overlaps="places")
    dossier: Mapped[Dossier] = relationship(lazy="raise_on_sql")
