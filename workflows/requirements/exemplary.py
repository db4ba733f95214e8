"""Claims about an exemplary member: standing, age, schooling, grade, wish, and what is written."""

from datetime import date

from workflows.admission_facts import Schooling
from workflows.calendar import anniversary
from workflows.engine import NOT_YET, Values, requirement
from workflows.recommendation_facts import (
    MENDABLE,
    MENDABLE_LATER,
    Part,
    RecommendationFacts,
)

SCHOOLED = frozenset({Schooling.LOWER_SECONDARY, Schooling.UPPER_SECONDARY, Schooling.HIGHER})


@requirement("still_a_member", section=Part.MEMBER, clause="exemplary")
def still_a_member(facts: RecommendationFacts) -> Values | None:
    """Only a member of the Union is recommended by it."""
    return None if facts.is_member else {}


@requirement("in_good_standing", section=Part.MEMBER, clause="exemplary")
def in_good_standing(facts: RecommendationFacts) -> Values | None:
    """Nobody is recommended while suspended."""
    return {} if facts.is_suspended else None


@requirement("graded_excellent", section=Part.MEMBER, clause="grade_year")
def graded_excellent(facts: RecommendationFacts) -> Values | None:
    """The year that counts for the title was graded excellent."""
    return None if facts.is_graded_excellent else {"year": facts.title_year}


@requirement("of_party_age", section=Part.MEMBER, clause="party_member")
def of_party_age(facts: RecommendationFacts) -> Values | None:
    """On the day of the branch's meeting the member is eighteen."""
    if facts.birth_date is None:
        return {"earliest": None}
    earliest = anniversary(facts.birth_date, facts.rules.party_age)
    return None if facts.counted_on >= earliest else {"earliest": earliest}


@requirement("schooled_for_party", section=Part.MEMBER, clause="party_member")
def schooled_for_party(facts: RecommendationFacts) -> Values | None:
    """Lower secondary school is completed."""
    return None if facts.schooling in SCHOOLED else {}


@requirement("profile_written", section=Part.PROFILE, clause="selection")
def profile_written(facts: RecommendationFacts) -> Values | None:
    """What the list of exemplary members says of each is on file (form 3.1)."""
    return None if facts.has_profile else {}


@requirement("own_wish_written", section=Part.WISH, clause="exemplary")
def own_wish_written(facts: RecommendationFacts) -> Values | None:
    """The member wishes to join the Party, and said so."""
    return _in_their_life(facts.wish_on, facts)


@requirement("essay_received", section=Part.WISH, clause="selection")
def essay_received(facts: RecommendationFacts) -> Values | None:
    """The member wrote down what the Party means to them."""
    return _in_their_life(facts.essay_on, facts)


def _in_their_life(day: date | None, facts: RecommendationFacts) -> Values | None:
    born = facts.birth_date or date.min
    return None if day and born < day <= facts.today else {}


@requirement("branch_commented", section=Part.WISH, clause="selection")
def branch_commented(facts: RecommendationFacts) -> Values | None:
    """The branch comments on its member."""
    return None if facts.has_branch_comment else {}


@requirement("effort_written", section=Part.EFFORT, clause="party_list")
def effort_written(facts: RecommendationFacts) -> Values | None:
    """The list goes with a summary of each one's effort (form 3.3)."""
    return None if facts.has_effort else {}


@requirement("union_commented", section=Part.UNION_COMMENT, clause="selection")
def union_commented(facts: RecommendationFacts) -> Values | None:
    """The grass-roots union comments on each before the list is handed over."""
    return None if facts.has_union_comment else {}


@requirement("sections_named", section=Part.RESOLUTION, clause="return", of_answer=True)
def sections_named(facts: RecommendationFacts) -> Values | None:
    """A return names at least one part, and none that the branch cannot mend at this station."""
    named, repeats = frozenset(facts.answers.sections), facts.answers.new_vote_needed
    has_met = facts.vote is not None
    fits = named and named <= (MENDABLE_LATER if has_met else MENDABLE)
    return None if fits and (has_met or not repeats) else {}


@requirement("has_left", section=Part.MEMBER, clause="exemplary")
def has_left(facts: RecommendationFacts) -> Values | None:
    """A dossier is closed as left only once the person is no member here any more."""
    return {} if facts.is_member else None


@requirement("proposal_written", section=Part.PROPOSAL, clause="opinion")
def proposal_written(facts: RecommendationFacts) -> Values | None:
    """The branch's own proposal goes up with the minutes, dated on or after the meeting."""
    if facts.vote is None:
        return NOT_YET
    held = facts.vote.held_on
    return None if facts.proposed_on and facts.proposed_on >= held else {}
