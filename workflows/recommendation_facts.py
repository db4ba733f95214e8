"""What the recommendation's requirements read: an exemplary member on the way to the Party."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.admission_facts import Schooling, VoteFacts
from workflows.rules import RuleSet


class Part(StrEnum):
    """The parts of a recommendation, as its checklist and a return name them."""

    MEMBER = "member"
    PROFILE = "profile"
    WISH = "wish"
    EFFORT = "effort"
    UNION_COMMENT = "union_comment"
    PROSPECT = "prospect"
    BRANCH_QUARTER = "branch_quarter"
    UNION_QUARTER = "union_quarter"
    VOTE = "vote"
    PROPOSAL = "proposal"
    RESOLUTION = "resolution"
    PARTY = "party"
    BRANCH_PROBATION = "branch_probation"
    UNION_PROBATION = "union_probation"
    DELAY = "delay"


# What a branch can mend before the list is handed over, and after it met.
MENDABLE = frozenset({Part.PROFILE, Part.WISH, Part.EFFORT})
MENDABLE_LATER = MENDABLE | {Part.VOTE, Part.PROPOSAL}


class Side(StrEnum):
    """Who comments: the branch, and the grass-roots union above it (HD30 §III.2 b3, b5)."""

    BRANCH = "branch"
    UNION = "union"


@dataclass(frozen=True, slots=True)
class CommitteeVote:
    """How the committee of a grass-roots union voted, out of all its members."""

    members: int
    present: int
    in_favour: int
    against: int


@dataclass(frozen=True, slots=True)
class RecommendationAnswers:
    """What the actor types with a step; ``on`` is the day of what is recorded."""

    reason: str = ""
    sections: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    new_vote_needed: bool = False
    on: date | None = None
    meeting_on: date | None = None
    number: str = ""
    to_whom: str = ""
    committee: CommitteeVote | None = None
    strengths: str = ""
    weaknesses: str = ""
    against_reason: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """Everything the recommendation's requirements may ask; dates are local calendar days."""

    rules: RuleSet
    today: date
    answers: RecommendationAnswers
    birth_date: date | None
    schooling: Schooling | None = None
    is_member: bool = True
    moved_out: bool = False
    is_suspended: bool = False
    is_graded_excellent: bool = True
    title_year: int = 0
    has_profile: bool = True
    wish_on: date | None = None
    essay_on: date | None = None
    has_branch_comment: bool = True
    has_effort: bool = True
    has_union_comment: bool = True
    listed_on: date | None = None
    prospect_on: date | None = None
    class_on: date | None = None
    class_ref: str = ""
    has_party_helper: bool = True
    without_branch: bool = False
    vote: VoteFacts | None = None
    proposed_on: date | None = None
    resolved_on: date | None = None
    cell_on: date | None = None
    accepted_on: date | None = None
    admitted_on: date | None = None
    commented_on_probation: frozenset[Side] = frozenset()
    returned_sections: frozenset[str] = frozenset()
    amended_sections: frozenset[str] = frozenset()
    new_vote_needed: bool = False
    opened_on: date | None = None

    @property
    def counted_on(self) -> date:
        """The day on which age counts: of the branch's meeting, before it of one held today."""
        return self.vote.held_on if self.vote else self.answers.meeting_on or self.today
