"""What a recommendation to the Party carries, the titles it rests on, and who has read it.

What people write of somebody's political conduct is encrypted at rest (Law 91/2025/QH15).
"""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Model
from app.models.events import Chained
from app.models.types import EncryptedText
from workflows.recommendation_facts import Side


class Recommendation(Model):
    """One exemplary member's file: forms 3.1 and 3.3, the Party's answers, the resolution.

    The member book holds the rest of what the forms print; ``vote_id`` is the branch's opinion.
    """

    __tablename__ = "recommendations"
    __table_args__ = (
        CheckConstraint(
            "committee_for + committee_against <= committee_present"
            " AND committee_present <= committee_members"
            " AND committee_for >= 0 AND committee_against >= 0",
            "committee",
        ),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    birth_place: Mapped[str] = mapped_column(default="")
    permanent_address: Mapped[str] = mapped_column(default="")
    position: Mapped[str] = mapped_column(default="")
    it_skills: Mapped[str] = mapped_column(default="")
    awards: Mapped[str] = mapped_column(default="")
    joined_at: Mapped[str] = mapped_column(default="")
    own_class: Mapped[str | None] = mapped_column(EncryptedText)
    wish_on: Mapped[date | None]
    essay_on: Mapped[date | None]
    branch_comment: Mapped[str | None] = mapped_column(EncryptedText)
    union_work: Mapped[str] = mapped_column(default="")
    work_results: Mapped[str] = mapped_column(default="")
    union_comment: Mapped[str | None] = mapped_column(EncryptedText)
    listed_on: Mapped[date | None]
    listed_to: Mapped[str] = mapped_column(default="")
    prospect_on: Mapped[date | None]
    prospect_ref: Mapped[str] = mapped_column(default="")
    class_on: Mapped[date | None]
    class_ref: Mapped[str] = mapped_column(default="")
    party_helper: Mapped[str | None] = mapped_column(EncryptedText)
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_votes.id"))
    proposed_on: Mapped[date | None]
    proposal_text: Mapped[str | None] = mapped_column(EncryptedText)
    new_vote_needed: Mapped[bool] = mapped_column(default=False)
    resolved_on: Mapped[date | None]
    committee_members: Mapped[int | None]
    committee_present: Mapped[int | None]
    committee_for: Mapped[int | None]
    committee_against: Mapped[int | None]
    against_reason: Mapped[str | None] = mapped_column(EncryptedText)
    strengths: Mapped[str | None] = mapped_column(EncryptedText)
    weaknesses: Mapped[str | None] = mapped_column(EncryptedText)
    cell_on: Mapped[date | None]
    cell: Mapped[str] = mapped_column(default="")
    accepted_on: Mapped[date | None]
    admitted_on: Mapped[date | None]
    full_on: Mapped[date | None]
    delay_reason: Mapped[str | None] = mapped_column(EncryptedText)


class ListKind(enum.StrEnum):
    """What is done to all on a list: chosen for the title, or handed over to the Party."""

    CHOICE = "choice"
    HANDOVER = "handover"


class ExemplaryList(Chained, Model):
    """One act of a grass-roots union on many members, with a line for each result."""

    __tablename__ = "exemplary_lists"
    __table_args__ = (Index("ix_exemplary_lists_unit", "unit_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[ListKind]
    year: Mapped[int]
    held_on: Mapped[date]
    to_whom: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class ExemplaryLine(Model):
    """What became of one member on a list; ``problem`` is empty where it went through."""

    __tablename__ = "exemplary_lines"

    list_id: Mapped[int] = mapped_column(ForeignKey("exemplary_lists.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id"))
    problem: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)


class ExemplaryTitle(Model):
    """The title of one year; a dossier goes on with the titles of several."""

    __tablename__ = "exemplary_titles"
    __table_args__ = (Index("ix_exemplary_titles_dossier", "dossier_id", "year"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    list_id: Mapped[int] = mapped_column(ForeignKey("exemplary_lists.id"))


class QuarterComment(Model):
    """What one side says of a prospect in a quarter; written once."""

    __tablename__ = "quarter_comments"
    __table_args__ = (CheckConstraint("number BETWEEN 1 AND 4", "number"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    comment: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class ProbationOpinion(Model):
    """What one side says of a Party member in probation, by the numbers asked (form 3.4)."""

    __tablename__ = "probation_opinions"
    __table_args__ = (
        CheckConstraint(
            "asked > 0 AND in_favour >= 0 AND against >= 0 AND in_favour + against <= asked",
            "numbers",
        ),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(primary_key=True)
    held_on: Mapped[date]
    asked: Mapped[int]
    in_favour: Mapped[int]
    against: Mapped[int]
    strengths: Mapped[str | None] = mapped_column(EncryptedText)
    weaknesses: Mapped[str | None] = mapped_column(EncryptedText)
    against_reason: Mapped[str | None] = mapped_column(EncryptedText)


class Reading(Chained, Model):
    """Somebody read a dossier on a day; an event of its own, so that it makes nobody's form old."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("dossier_id", "account_id", "read_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    read_on: Mapped[date]
