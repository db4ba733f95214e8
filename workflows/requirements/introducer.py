"""Claims about the introduction: one of the kinds the Statute knows, three months together."""

from workflows.admission_facts import PERSONAL_INTRODUCERS, AdmissionFacts, IntroducerKind, Section
from workflows.calendar import months_after
from workflows.engine import NOT_YET, Values, requirement


@requirement("introduced", section=Section.INTRODUCER, clause="introducer")
def introduced(facts: AdmissionFacts) -> Values | None:
    """An introduction is on file, given before the meeting; a person's says since when."""
    given = facts.introducer
    if given is None or not given.named or given.introduced_on is None:
        return {}
    complete = given.together_since or given.kind not in PERSONAL_INTRODUCERS
    return None if complete and given.introduced_on <= facts.counted_on else {}


@requirement("introducer_is_member", section=Section.INTRODUCER, clause="introducer")
def introducer_is_member(facts: AdmissionFacts) -> Values | None:
    """A member who introduces is a member today."""
    given = facts.introducer
    if given is None or given.kind is not IntroducerKind.MEMBER:
        return NOT_YET
    return None if given.is_member else {}


@requirement("three_months_together", section=Section.INTRODUCER, clause="introducer")
def three_months_together(facts: AdmissionFacts) -> Values | None:
    """A person who introduces has worked or studied with the candidate three months running."""
    given = facts.introducer
    if given is None or given.kind not in PERSONAL_INTRODUCERS or given.together_since is None:
        return NOT_YET
    earliest = months_after(given.together_since, facts.rules.introducer_months)
    return None if facts.counted_on >= earliest else {"earliest": earliest}
