"""What the admission's requirements read: one frozen picture of a dossier, filled by one query."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.rules import RuleSet
from workflows.voting import Ballots, Roll


class Section(StrEnum):
    """The parts of an admission dossier, as its checklist and a return name them."""

    PERSON = "person"
    NOMINATION = "nomination"
    APPLICATION = "application"
    BACKGROUND = "background"
    INTRODUCER = "introducer"
    STUDY = "study"
    PARTY_OPINION = "party_opinion"
    VOTE = "vote"
    PROPOSAL = "proposal"
    DECISION = "decision"
    CEREMONY = "ceremony"
    CARD = "card"


EDITABLE = (
    Section.PERSON,
    Section.NOMINATION,
    Section.APPLICATION,
    Section.BACKGROUND,
    Section.INTRODUCER,
    Section.STUDY,
    Section.PARTY_OPINION,
    Section.PROPOSAL,
)
# What a branch can mend; a return that named anything else could never be sent up again.
MENDABLE = frozenset({*EDITABLE, Section.VOTE})


class Way(StrEnum):
    """The usual way and the special ones of HD 20-HD/TWĐTN-BTC (2023) §1.3d and §1.4.

    ``GRASSROOTS_BRANCH``: a chi đoàn cơ sở admits by its own resolution. ``NO_BRANCH``: the
    grass-roots union does it all; it sits at the branch's desk too and its committee votes.
    """

    BRANCH = "branch"
    GRASSROOTS_BRANCH = "grassroots_branch"
    NO_BRANCH = "no_branch"


class Source(StrEnum):
    """Where a candidate comes from (domain §2.3 step 2)."""

    PIONEER = "pioneer"
    RESIDENT = "resident"
    WORKER = "worker"
    PUPIL = "pupil"
    STUDENT = "student"
    OFFICIAL = "official"
    SOLDIER = "soldier"


class IntroducerKind(StrEnum):
    """Who may introduce (HD 20-HD/TWĐTN-BTC (2023) §1.3c)."""

    MEMBER = "member"
    PARTY_MEMBER = "party_member"
    FEDERATION = "federation"
    STUDENT_ASSOCIATION = "student_association"
    PIONEERS = "pioneers"


PERSONAL_INTRODUCERS = {IntroducerKind.MEMBER, IntroducerKind.PARTY_MEMBER}


class Schooling(StrEnum):
    """General schooling completed, lowest first."""

    NONE = "none"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Introducer:
    """Who introduces the candidate, and since when they have worked or studied together."""

    kind: IntroducerKind
    named: bool
    together_since: date | None
    introduced_on: date | None
    is_member: bool = True


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """The recorded vote of a meeting on this candidate."""

    held_on: date
    online: bool
    by_committee: bool
    committee_consent_on: date | None
    roll: Roll
    ballots: Ballots


@dataclass(frozen=True, slots=True)
class Answers:
    """What the actor types with a step."""

    reason: str = ""
    sections: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    meeting_on: date | None = None
    signed_on: date | None = None
    ceremony_on: date | None = None
    card_number: str = ""
    card_issued_on: date | None = None
    new_vote_needed: bool = False


@dataclass(frozen=True, slots=True)
class AdmissionFacts:
    """Everything the admission's requirements may ask; dates are local calendar days."""

    rules: RuleSet
    today: date
    answers: Answers
    birth_date: date | None
    sex_given: bool = True
    schooling: Schooling | None = None
    schooling_waived: bool = False
    is_member: bool = False
    expelled_on: date | None = None
    way: Way = Way.BRANCH
    source: Source | None = None
    has_helper: bool = False
    applied_on: date | None = None
    background_on: date | None = None
    relative_in_custody: bool | None = None
    party_opinion_on: date | None = None
    introducer: Introducer | None = None
    study_passed_on: date | None = None
    meeting_planned_on: date | None = None
    vote: VoteFacts | None = None
    proposed_on: date | None = None
    opened_on: date | None = None
    last_moved_on: date | None = None
    returned_sections: frozenset[str] = frozenset()
    amended_sections: frozenset[str] = frozenset()
    new_vote_needed: bool = False
    signed_on: date | None = None
    ceremony_on: date | None = None
    card_number: str = ""

    @property
    def counted_on(self) -> date:
        """The day on which age and times count: of the vote, of the meeting planned, or today."""
        asked = self.answers.meeting_on
        held = self.vote.held_on if self.vote else None
        return asked or held or self.meeting_planned_on or self.today
