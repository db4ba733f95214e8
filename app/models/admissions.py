"""What an admission dossier carries beyond the person: the fields of form 1.1 and its course."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import Model
from app.models.dossiers import Dossier
from app.models.meetings import MeetingVote
from app.models.people import Person
from app.models.types import EncryptedText
from workflows.admission_facts import IntroducerKind, Source, Way


class Admission(Model):
    """The admission's own facts, section by section."""

    __tablename__ = "admissions"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id"), primary_key=True)
    way: Mapped[Way]
    # nomination
    source: Mapped[Source | None]
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    twin_reason: Mapped[str] = mapped_column(default="")
    # application (form 1.1)
    applied_on: Mapped[date | None]
    own_words: Mapped[str] = mapped_column(default="")
    # background
    background_on: Mapped[date | None]
    custody: Mapped[str | None] = mapped_column(EncryptedText)
    custody_note: Mapped[str | None] = mapped_column(EncryptedText)
    # introducer
    introducer_kind: Mapped[IntroducerKind | None]
    introducer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    introducer_name: Mapped[str] = mapped_column(default="")
    together_since: Mapped[date | None]
    introduced_on: Mapped[date | None]
    introduction: Mapped[str] = mapped_column(default="")
    # study
    self_study_on: Mapped[date | None]
    self_study_result: Mapped[str] = mapped_column(default="")
    # party opinion
    party_opinion_on: Mapped[date | None]
    party_opinion: Mapped[str | None] = mapped_column(EncryptedText)
    # vote
    meeting_planned_on: Mapped[date | None]
    vote_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_votes.id"))
    # proposal
    proposed_on: Mapped[date | None]
    proposal: Mapped[str] = mapped_column(default="")
    # decision
    new_vote_needed: Mapped[bool] = mapped_column(default=False)
    superior_opinion: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    # ceremony
    ceremony_on: Mapped[date | None]

    dossier: Mapped[Dossier] = relationship(lazy="raise_on_sql")
    helper: Mapped[Person | None] = relationship(foreign_keys=[helper_id], lazy="raise_on_sql")
    introducer: Mapped[Person | None] = relationship(
        foreign_keys=[introducer_id], lazy="raise_on_sql"
    )
    vote: Mapped[MeetingVote | None] = relationship(foreign_keys=[vote_id], lazy="raise_on_sql")
