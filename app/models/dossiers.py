"""Dossiers: what every workflow shares, and all that a queue needs without a join."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Sequence, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Text

from app.extensions import Base, Model
from app.models.events import Chained
from app.models.people import Person
from app.models.units import Unit

reference_numbers = Sequence("dossier_reference_numbers", metadata=Base.metadata)
OPEN = text("desk_unit_id IS NOT NULL")
ARRIVING = text("to_commune_id IS NOT NULL")
ASSIGNED = text("to_branch_id IS NOT NULL")
MOVING = text("workflow = 'transfer' AND desk_unit_id IS NOT NULL")
RECOMMENDED = text("workflow = 'recommendation' AND desk_unit_id IS NOT NULL")


class Dossier(Chained, Model):
    """A process about a person: where it stands, at whose desk, since when and until when.

    ``district_id`` is the direct superior, ``commune_id`` the grass-roots organisation,
    ``branch_id`` the unit that does the branch's part (the commune where there is no branch);
    ``to_commune_id`` and ``to_branch_id`` are to whom a transfer was introduced.
    A closed dossier has no desk; of a person at most one transfer is open, and one recommendation.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        Index("ix_dossiers_desk", "desk_unit_id", "entered_desk_at", "id", postgresql_where=OPEN),
        Index(
            "ix_dossiers_district_open",
            "district_id",
            "entered_desk_at",
            "id",
            postgresql_where=OPEN,
        ),
        Index(
            "ix_dossiers_commune_open", "commune_id", "entered_desk_at", "id", postgresql_where=OPEN
        ),
        Index("ix_dossiers_branch", "branch_id", "id"),
        Index("ix_dossiers_to_commune", "to_commune_id", "id", postgresql_where=ARRIVING),
        Index("ix_dossiers_to_branch", "to_branch_id", "id", postgresql_where=ASSIGNED),
        Index("uq_dossiers_open_transfer", "person_id", unique=True, postgresql_where=MOVING),
        Index(
            "uq_dossiers_open_recommendation",
            "person_id",
            unique=True,
            postgresql_where=RECOMMENDED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    workflow: Mapped[str]
    state: Mapped[str]
    rule_set: Mapped[str]
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    commune_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    to_commune_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    to_branch_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    desk_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    entered_desk_at: Mapped[datetime]
    due_on: Mapped[date | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person_name: Mapped[str]
    name_key: Mapped[str]
    opened_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    handed_up_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    introduced_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    returned_sections: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    amended_sections: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise_on_sql")
    branch: Mapped[Unit] = relationship(foreign_keys=[branch_id], lazy="raise_on_sql")
    commune: Mapped[Unit] = relationship(foreign_keys=[commune_id], lazy="raise_on_sql")
