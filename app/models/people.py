"""People: candidates, members and former members, with the fields of the member book."""

from datetime import date

from sqlalchemy import Computed, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from app.models.types import EncryptedText
from app.models.units import Unit
from workflows.admission_facts import Schooling
from workflows.membership import Holding, PersonStatus, Sex


class Person(Chained, Model):
    """A person and the member book's self-description; sensitive columns are encrypted.

    ``name_key`` is the name without marks for searching, ``sort_key`` sorts by given name first.
    """

    __tablename__ = "people"
    __table_args__ = (
        UniqueConstraint("district_id", "card_number"),
        Index("ix_people_name_search", "name_search", postgresql_using="gin"),
        Index("ix_people_unit_sort", "unit_id", "sort_key", "id"),
        Index("ix_people_district_sort", "district_id", "sort_key", "id"),
        Index("ix_people_twins", "district_id", "name_key", "birth_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    status: Mapped[PersonStatus] = mapped_column(default=PersonStatus.CANDIDATE)
    name: Mapped[str]
    name_key: Mapped[str]
    sort_key: Mapped[str] = mapped_column(Text(collation="C"))
    name_search: Mapped[str] = deferred(
        mapped_column(TSVECTOR, Computed("to_tsvector('simple', name_key)", persisted=True))
    )
    birth_date: Mapped[date]
    sex: Mapped[Sex | None]
    birth_name: Mapped[str] = mapped_column(default="")
    other_names: Mapped[str] = mapped_column(default="")
    home_place: Mapped[str] = mapped_column(default="")
    residence: Mapped[str] = mapped_column(default="")
    ethnicity: Mapped[str] = mapped_column(default="")
    occupation: Mapped[str] = mapped_column(default="")
    schooling: Mapped[Schooling | None]
    professional: Mapped[str] = mapped_column(default="")
    political_theory: Mapped[str] = mapped_column(default="")
    languages: Mapped[str] = mapped_column(default="")
    been_abroad: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    religion: Mapped[str | None] = mapped_column(EncryptedText)
    family_class: Mapped[str | None] = mapped_column(EncryptedText)
    health: Mapped[str | None] = mapped_column(EncryptedText)
    family: Mapped[str | None] = mapped_column(EncryptedText)
    citizen_id: Mapped[str | None] = mapped_column(EncryptedText)
    joined_on: Mapped[date | None]
    expelled_on: Mapped[date | None]
    birth_year_only: Mapped[bool] = mapped_column(default=False)
    book: Mapped[Holding] = mapped_column(default=Holding.LACKS)
    card: Mapped[Holding] = mapped_column(default=Holding.LACKS)
    badge: Mapped[Holding] = mapped_column(default=Holding.LACKS)
    has_wage: Mapped[bool] = mapped_column(default=False)
    stays_until_35: Mapped[bool] = mapped_column(default=False)
    card_number: Mapped[str | None]
    card_issued_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="raise_on_sql")


class Membership(Model):
    """One stay of a member in a unit, from day to day; at most one is open."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_open",
            "person_id",
            unique=True,
            postgresql_where=text("to_on IS NULL"),
        ),
        Index("ix_memberships_unit", "unit_id", "from_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
