"""Claims about the candidate: identity, age, schooling, membership, earlier expulsion."""

from workflows.admission_facts import AdmissionFacts, Schooling, Section
from workflows.calendar import anniversary
from workflows.engine import NOT_YET, Values, requirement


@requirement("identity_complete", section=Section.PERSON, clause="background")
def identity_complete(facts: AdmissionFacts) -> Values | None:
    """Name, full birth date and sex are on file."""
    return None if facts.birth_date and facts.sex_given else {}


@requirement("old_enough", section=Section.PERSON, clause="age")
def old_enough(facts: AdmissionFacts) -> Values | None:
    """On the day of the meeting the candidate has reached the lowest age."""
    if facts.birth_date is None:
        return NOT_YET
    earliest = facts.rules.earliest_vote(facts.birth_date)
    return None if facts.counted_on >= earliest else {"earliest": earliest}


@requirement("not_too_old", section=Section.PERSON, clause="age_limit")
def not_too_old(facts: AdmissionFacts) -> Values | None:
    """On the day of the meeting the candidate is not past the highest age."""
    if facts.birth_date is None:
        return NOT_YET
    latest = facts.rules.latest_vote(facts.birth_date)
    return None if facts.counted_on <= latest else {"latest": latest}


@requirement("schooled", section=Section.PERSON, clause="schooling")
def schooled(facts: AdmissionFacts) -> Values | None:
    """Primary school is completed, or the place is one where the rule is flexible."""
    if facts.schooling is None:
        return {}
    return None if facts.schooling is not Schooling.NONE or facts.schooling_waived else {}


@requirement("not_yet_member", section=Section.PERSON, clause="ratify")
def not_yet_member(facts: AdmissionFacts) -> Values | None:
    """Nobody is admitted twice."""
    return {} if facts.is_member else None


@requirement("expulsion_is_over", section=Section.PERSON, clause="expelled")
def expulsion_is_over(facts: AdmissionFacts) -> Values | None:
    """A person once expelled waits a full year before a new vote."""
    if facts.expelled_on is None:
        return NOT_YET
    earliest = anniversary(facts.expelled_on, facts.rules.expelled_years)
    return None if facts.counted_on >= earliest else {"earliest": earliest}
