"""Claims about what the candidate and the branch wrote: source, helper, application, background."""

from workflows.admission_facts import AdmissionFacts, Section
from workflows.engine import NOT_YET, Values, requirement


@requirement("source_named", section=Section.NOMINATION, clause="plan")
def source_named(facts: AdmissionFacts) -> Values | None:
    """The list of candidates says where each comes from."""
    return None if facts.source else {}


@requirement("helper_assigned", section=Section.NOMINATION, clause="plan")
def helper_assigned(facts: AdmissionFacts) -> Values | None:
    """A member is assigned to help the candidate."""
    return None if facts.has_helper else {}


@requirement("application_written", section=Section.APPLICATION, clause="application")
def application_written(facts: AdmissionFacts) -> Values | None:
    """The candidate's own application is on file, written before the meeting."""
    on_file = facts.applied_on and facts.applied_on <= facts.counted_on
    return None if on_file else {}


@requirement("background_declared", section=Section.BACKGROUND, clause="background")
def background_declared(facts: AdmissionFacts) -> Values | None:
    """The candidate has declared the background, relatives in custody included."""
    declared = facts.background_on and facts.relative_in_custody is not None
    return None if declared else {}


@requirement("party_consulted", section=Section.PARTY_OPINION, clause="custody")
def party_consulted(facts: AdmissionFacts) -> Values | None:
    """Where a parent or sibling is in custody, the Party committee answers before the vote."""
    if not facts.relative_in_custody:
        return NOT_YET
    answered = facts.party_opinion_on and facts.party_opinion_on <= facts.counted_on
    return None if answered else {}


@requirement("proposal_written", section=Section.PROPOSAL, clause="application")
def proposal_written(facts: AdmissionFacts) -> Values | None:
    """The branch's own proposal goes up with the minutes, dated on or after the meeting."""
    if facts.proposed_on is None or facts.vote is None:
        return {}
    return None if facts.proposed_on >= facts.vote.held_on else {"held": facts.vote.held_on}
