"""Admission dossiers with all that their steps and pages read, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import (
    Admission,
    ClassPlace,
    Dossier,
    Meeting,
    MeetingVote,
    Person,
    TrainingClass,
    Unit,
)
from app.models.meetings import Body
from workflows.admission_facts import AdmissionFacts, Answers, Introducer, VoteFacts
from workflows.calendar import local_day
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.rules import RuleSet
from workflows.voting import Ballots, Roll

Introducing = aliased(Person, name="introducer")
Helping = aliased(Person, name="helper")


@dataclass(frozen=True, slots=True)
class Friend:
    """A member who introduces or helps, as far as a dossier reads of them."""

    id: int
    name: str
    status: PersonStatus


@dataclass(slots=True)
class AdmissionFile:
    """A dossier with the rows around it; a step reads and writes these and no others."""

    dossier: Dossier
    admission: Admission
    person: Person
    branch: Unit
    vote: MeetingVote | None
    meeting: Meeting | None
    class_passed_on: date | None
    introducer: Friend | None
    helper: Friend | None

    @property
    def meeting_planned_on(self) -> date | None:
        """The day on which the branch means to meet."""
        return self.admission.meeting_planned_on


def _passed_class() -> ScalarSelect[date]:
    last_day = select(func.max(TrainingClass.to_on)).join(
        ClassPlace, ClassPlace.class_id == TrainingClass.id
    )
    passed = ClassPlace.passed.is_(True)
    return last_day.where(ClassPlace.dossier_id == Dossier.id, passed).scalar_subquery()


_FILES: Select[*tuple[Any, ...]] = (
    select(
        *(Dossier, Admission, Person, Unit, MeetingVote, Meeting, _passed_class()),
        *(Introducing.id, Introducing.name, Introducing.status),
        *(Helping.id, Helping.name, Helping.status),
    )
    .join(Admission, Admission.dossier_id == Dossier.id)
    .join(Person, Person.id == Dossier.person_id)
    .join(Unit, Unit.id == Dossier.branch_id)
    .outerjoin(MeetingVote, MeetingVote.id == Admission.vote_id)
    .outerjoin(Meeting, Meeting.id == MeetingVote.meeting_id)
    .outerjoin(Introducing, Introducing.id == Admission.introducer_id)
    .outerjoin(Helping, Helping.id == Admission.helper_id)
)


def admission_files(*where: ColumnElement[bool], lock: bool = False) -> list[AdmissionFile]:
    """List files, the person's id first; ``lock`` keeps others from deciding meanwhile.

    The person is locked too, and first: two dossiers of one person cannot both be approved, and
    whoever locks several waits for each in the same order as everybody else.
    """
    query = _FILES.where(*where).order_by(Person.id, Dossier.id)
    if lock:
        query = query.with_for_update(of=[Person, Dossier], key_share=True)
    rows = db.session.execute(query, execution_options={"populate_existing": lock})
    return [_file(row) for row in rows]


def _file(row: Sequence[Any]) -> AdmissionFile:
    friends = (Friend(*each) if each[0] else None for each in (row[7:10], row[10:]))
    return AdmissionFile(*row[:7], *friends)


def load(refs: Sequence[str], *, lock: bool) -> list[AdmissionFile]:
    """List the files that have one of these references."""
    return admission_files(Dossier.ref.in_(refs), lock=lock)


# Facts that a requirement reads as they are kept.
_AS_KEPT = (
    *("way", "source", "applied_on", "background_on", "party_opinion_on", "meeting_planned_on"),
    *("proposed_on", "new_vote_needed", "signed_on", "ceremony_on"),
)


def facts_of(file: AdmissionFile, rules: RuleSet, today: date, answers: Answers) -> AdmissionFacts:
    """Draw the frozen picture of a file that the requirements read."""
    dossier, admission = file.dossier, file.admission
    return AdmissionFacts(
        rules=rules,
        today=today,
        answers=answers,
        **{name: getattr(admission, name) for name in _AS_KEPT},
        **_about_the_person(file.person),
        schooling_waived=file.branch.is_disadvantaged,
        has_helper=admission.helper_id is not None,
        relative_in_custody=_yes_or_no(admission.custody),
        introducer=_introducer(file),
        study_passed_on=file.class_passed_on or admission.self_study_on,
        vote=vote_facts(file),
        opened_on=local_day(dossier.opened_at),
        last_moved_on=local_day(dossier.entered_desk_at),
        returned_sections=frozenset(dossier.returned_sections),
        amended_sections=frozenset(dossier.amended_sections),
    )


def _about_the_person(person: Person) -> dict[str, Any]:
    return {
        # A year alone is no birth date: neither the identity nor any age is known by it.
        "birth_date": None if person.birth_year_only else person.birth_date,
        "sex_given": person.sex is not None,
        "schooling": person.schooling,
        "is_member": person.status in MEMBER_STATUSES,
        "expelled_on": person.expelled_on,
        "card_number": person.card_number or "",
    }


def _yes_or_no(written: str | None) -> bool | None:
    return None if written is None else written == "yes"


def _introducer(file: AdmissionFile) -> Introducer | None:
    admission = file.admission
    if admission.introducer_kind is None:
        return None
    friend = file.introducer
    return Introducer(
        kind=admission.introducer_kind,
        named=friend is not None or bool(admission.introducer_name),
        together_since=admission.together_since,
        introduced_on=admission.introduced_on,
        is_member=friend is not None and friend.status in MEMBER_STATUSES,
    )


def vote_facts(file: Any) -> VoteFacts | None:  # noqa: ANN401  (of any workflow that is voted on)
    """Draw the picture of the vote that a dossier stands on, whatever it is about."""
    vote, meeting = file.vote, file.meeting
    if vote is None or meeting is None:
        return None
    return VoteFacts(
        held_on=meeting.held_on,
        online=meeting.online,
        by_committee=meeting.body is Body.COMMITTEE,
        committee_consent_on=file.branch.committee_votes_from,
        roll=Roll(vote.entitled, vote.present),
        ballots=Ballots(vote.in_favour, vote.against, vote.blank, vote.spoiled),
    )
