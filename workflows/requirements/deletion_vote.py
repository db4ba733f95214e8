"""Claims about the meeting that deletes a member: in person, enough people, passed (HD20 §3.1)."""

from workflows.engine import NOT_YET, Values, requirement
from workflows.standing_facts import Part, StandingFacts
from workflows.voting import disagreements, quorum_needed, verdict


@requirement("deletion_in_person", section=Part.VOTE, clause="offline", of_answer=True)
def deletion_in_person(facts: StandingFacts) -> Values | None:
    """Deletions are never voted on in an online meeting (HD20 §11.1b)."""
    return {} if facts.answers.online else None


@requirement("roll_is_whole", section=Part.VOTE, clause="quorum", of_answer=True)
def roll_is_whole(facts: StandingFacts) -> Values | None:
    """Nobody whom the roll of the day counts is left out of those entitled."""
    entitled = facts.answers.roll.entitled
    return None if entitled >= facts.counted else {"counted": facts.counted, "entitled": entitled}


@requirement("counts_agree", section=Part.VOTE, clause="deletion", of_answer=True)
def counts_agree(facts: StandingFacts) -> Values | None:
    """The ballots add up to those present."""
    faults = disagreements(facts.answers.roll, facts.answers.ballots)
    if not faults:
        return None
    return {"fault": faults[0].code, "left": faults[0].left, "right": faults[0].right}


@requirement("quorum_met", section=Part.VOTE, clause="quorum", of_answer=True)
def quorum_met(facts: StandingFacts) -> Values | None:
    """Enough of those entitled were present."""
    roll = facts.answers.roll
    needed = quorum_needed(roll.entitled, facts.rules.local.quorum)
    return None if roll.present >= needed else {"present": roll.present, "needed": needed}


@requirement("vote_passed", section=Part.VOTE, clause="deletion", of_answer=True)
def vote_passed(facts: StandingFacts) -> Values | None:
    """More than half of those present were in favour."""
    roll, ballots = facts.answers.roll, facts.answers.ballots
    if disagreements(roll, ballots):
        return NOT_YET
    result = verdict(roll, ballots, facts.rules.majority)
    if result.passed:
        return None
    return {"in_favour": result.in_favour, "needed": result.needed, "present": result.present}
