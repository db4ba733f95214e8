"""Claims about the branch meeting: held in person, enough people, counts that agree, passed."""

from workflows.admission_facts import AdmissionFacts, Section, Way
from workflows.engine import NOT_YET, Values, requirement
from workflows.voting import disagreements, quorum_needed, verdict


@requirement("meeting_day_named", section=Section.VOTE, clause="vote", of_answer=True)
def meeting_day_named(facts: AdmissionFacts) -> Values | None:
    """Who calls to the vote names the day on which the branch meets."""
    return None if facts.answers.meeting_on else {}


@requirement("vote_recorded", section=Section.VOTE, clause="vote")
def vote_recorded(facts: AdmissionFacts) -> Values | None:
    """A meeting's vote on this candidate is on record."""
    return None if facts.vote else {}


@requirement("vote_in_person", section=Section.VOTE, clause="offline")
def vote_in_person(facts: AdmissionFacts) -> Values | None:
    """Admissions are never voted on in an online meeting."""
    if facts.vote is None:
        return NOT_YET
    return {} if facts.vote.online else None


@requirement("vote_not_ahead", section=Section.VOTE, clause="vote")
def vote_not_ahead(facts: AdmissionFacts) -> Values | None:
    """A meeting is recorded once it was held."""
    if facts.vote is None:
        return NOT_YET
    held = facts.vote.held_on
    return {"held": held} if held > facts.today else None


@requirement("counts_agree", section=Section.VOTE, clause="vote")
def counts_agree(facts: AdmissionFacts) -> Values | None:
    """The ballots add up to those present."""
    if facts.vote is None:
        return NOT_YET
    faults = disagreements(facts.vote.roll, facts.vote.ballots)
    if not faults:
        return None
    return {"fault": faults[0].code, "left": faults[0].left, "right": faults[0].right}


@requirement("quorum_met", section=Section.VOTE, clause="quorum")
def quorum_met(facts: AdmissionFacts) -> Values | None:
    """Enough of those entitled were present."""
    if facts.vote is None:
        return NOT_YET
    needed = quorum_needed(facts.vote.roll.entitled, facts.rules.local.quorum)
    present = facts.vote.roll.present
    return None if present >= needed else {"present": present, "needed": needed}


@requirement("committee_may_vote", section=Section.VOTE, clause="vote")
def committee_may_vote(facts: AdmissionFacts) -> Values | None:
    """The committee votes for a branch that cannot gather only once the superior has consented."""
    vote = facts.vote
    if vote is None or not vote.by_committee or facts.way is Way.NO_BRANCH:
        return NOT_YET
    consent = vote.committee_consent_on
    return None if consent and consent <= vote.held_on else {}


@requirement("vote_passed", section=Section.VOTE, clause="vote")
def vote_passed(facts: AdmissionFacts) -> Values | None:
    """More than half of those present were in favour."""
    if facts.vote is None or disagreements(facts.vote.roll, facts.vote.ballots):
        return NOT_YET
    result = verdict(facts.vote.roll, facts.vote.ballots, facts.rules.majority)
    if result.passed:
        return None
    return {"in_favour": result.in_favour, "needed": result.needed, "present": result.present}
