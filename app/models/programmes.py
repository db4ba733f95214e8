"""The training programme: its editions and contents, what members registered, personal links."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.events import Chained
from app.models.links import PersonalLink
from workflows.programme_facts import Field, Mark


class Programme(Chained, Model):
    """The programme of a unit for a year; what it asks stands in its editions."""

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int]


class ProgrammeEdition(Model):
    """One version of a programme: a draft until it is opened, and frozen from then on."""

    __tablename__ = "programme_editions"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        Index(
            "uq_programme_editions_draft",
            "programme_id",
            unique=True,
            postgresql_where=text("opened_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    number: Mapped[int]
    opened_on: Mapped[date | None]

    programme: Mapped[Programme] = relationship(lazy="raise_on_sql")
    contents: Mapped[list["ProgrammeContent"]] = relationship(
        lazy="raise_on_sql",
        order_by="ProgrammeContent.place",
        cascade="all, delete-orphan",
    )


class ProgrammeContent(Model):
    """One content of an edition; ``set_by_id`` is the unit that wrote it, here or above."""

    __tablename__ = "programme_contents"
    __table_args__ = (
        Index("ix_programme_contents_edition", "edition_id", "place"),
        CheckConstraint("target > 0", "target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("programme_editions.id"))
    place: Mapped[int]
    field: Mapped[Field]
    text: Mapped[str]
    target: Mapped[int | None]
    measure: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    is_required: Mapped[bool] = mapped_column(default=False)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("units.id"))


class ProgrammeRegistration(Chained, Model):
    """What a member registered for a year, and how it went; a person has one a year.

    ``mark`` stands once the branch has concluded; ``computed`` is what the rule proposed then.
    """

    __tablename__ = "programme_registrations"
    __table_args__ = (
        UniqueConstraint("person_id", "year"),
        Index("ix_programme_registrations_unit", "unit_id", "year"),
        CheckConstraint("(mark IS NULL) = (concluded_on IS NULL)", "concluded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    year: Mapped[int]
    edition_id: Mapped[int] = mapped_column(ForeignKey("programme_editions.id"))
    state: Mapped[str]
    returned: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    self_comment: Mapped[str] = mapped_column(default="")
    computed: Mapped[Mark | None]
    mark: Mapped[Mark | None]
    reason: Mapped[str] = mapped_column(default="")
    concluded_on: Mapped[date | None]

    edition: Mapped[ProgrammeEdition] = relationship(lazy="raise_on_sql")
    choices: Mapped[list["ProgrammeChoice"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class ProgrammeChoice(Model):
    """A content that a member registered: how far it went, with evidence, and its marks."""

    __tablename__ = "programme_choices"
    __table_args__ = (CheckConstraint("done >= 0", "done"),)

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("programme_registrations.id"), primary_key=True
    )
    content_id: Mapped[int] = mapped_column(ForeignKey("programme_contents.id"), primary_key=True)
    done: Mapped[int | None]
    done_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")
    self_mark: Mapped[Mark | None]
    mark: Mapped[Mark | None]

    content: Mapped[ProgrammeContent] = relationship(lazy="raise_on_sql")


class ProgrammeLink(PersonalLink, Model):
    """The personal link of a member to their own part of the programme."""

    __tablename__ = "programme_links"
    __table_args__ = (Index("ix_programme_links_person", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    valid_until: Mapped[datetime]
