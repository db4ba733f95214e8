"""Claims about what the Party's side tells us: each recorded with its day, one after the other."""

from datetime import date

from workflows.calendar import months_after
from workflows.engine import Values, requirement
from workflows.recommendation_facts import Part, RecommendationFacts, Side


def _between(day: date | None, first: date | None, last: date) -> Values | None:
    first = first or last
    return None if day and first <= day <= last else {"first": first, "last": last}


@requirement("listed_in_time", section=Part.PARTY, clause="party_list", of_answer=True)
def listed_in_time(facts: RecommendationFacts) -> Values | None:
    """The list is handed over on a day since the choice, not ahead of today."""
    return _between(facts.answers.on, facts.opened_on, facts.today)


@requirement("party_named", section=Part.PARTY, clause="party_list", of_answer=True)
def party_named(facts: RecommendationFacts) -> Values | None:
    """It is said to whom it is handed: the Party committee, or the Party cell."""
    return None if facts.answers.to_whom.strip() else {}


@requirement("recognised_in_time", section=Part.PROSPECT, clause="prospect", of_answer=True)
def recognised_in_time(facts: RecommendationFacts) -> Values | None:
    """The Party committee recognises a prospect once it has the list."""
    return _between(facts.answers.on, facts.listed_on, facts.today)


@requirement("recognition_numbered", section=Part.PROSPECT, clause="prospect", of_answer=True)
def recognition_numbered(facts: RecommendationFacts) -> Values | None:
    """The recognition is a decision with a number."""
    return None if facts.answers.number.strip() else {}


@requirement("resolved_in_time", section=Part.RESOLUTION, clause="resolution", of_answer=True)
def resolved_in_time(facts: RecommendationFacts) -> Values | None:
    """The committee meets once the branch has proposed, and not ahead of today."""
    first = max(facts.counted_on, facts.proposed_on or facts.counted_on)
    return _between(facts.answers.on, first, facts.today)


@requirement("handed_in_time", section=Part.PARTY, clause="resolution", of_answer=True)
def handed_in_time(facts: RecommendationFacts) -> Values | None:
    """The file goes to the Party cell once there is a resolution."""
    return _between(facts.answers.on, facts.resolved_on, facts.today)


@requirement("accepted_in_time", section=Part.PARTY, clause="resolution", of_answer=True)
def accepted_in_time(facts: RecommendationFacts) -> Values | None:
    """The cell accepts what it was handed."""
    return _between(facts.answers.on, facts.cell_on, facts.today)


@requirement("admitted_in_time", section=Part.PARTY, clause="party_admission", of_answer=True)
def admitted_in_time(facts: RecommendationFacts) -> Values | None:
    """Probation begins with the admission, after the cell accepted the file."""
    return _between(facts.answers.on, facts.accepted_on, facts.today)


@requirement("probation_served", section=Part.PARTY, clause="party_admission", of_answer=True)
def probation_served(facts: RecommendationFacts) -> Values | None:
    """A Party member in probation becomes a full one after twelve months at the earliest."""
    begun = facts.admitted_on or facts.today
    first = months_after(begun, facts.rules.party_probation_months)
    day = facts.answers.on
    return None if day and first <= day <= facts.today else {"first": first, "last": facts.today}


@requirement("branch_commented_on_probation", section=Part.BRANCH_PROBATION, clause="probation")
def branch_commented_on_probation(facts: RecommendationFacts) -> Values | None:
    """The branch comments on its member in probation."""
    return None if Side.BRANCH in facts.commented_on_probation else {}


@requirement("union_commented_on_probation", section=Part.UNION_PROBATION, clause="probation")
def union_commented_on_probation(facts: RecommendationFacts) -> Values | None:
    """So does the committee of the grass-roots union."""
    return None if Side.UNION in facts.commented_on_probation else {}
