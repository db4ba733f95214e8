"""Claims about who gives an opinion: the branch's meeting, and the committee above it.

The meeting is judged as the one on admissions is; only the clauses and the share differ.
"""

from dataclasses import replace
from datetime import date
from math import floor

from workflows.calendar import anniversary
from workflows.engine import NOT_YET, Values, requirement
from workflows.recommendation_facts import CommitteeVote, Part, RecommendationFacts
from workflows.requirements import meeting
from workflows.rules import RuleSet
from workflows.voting import disagreements, verdict

vote_recorded = replace(meeting.vote_recorded, clause="opinion")
vote_not_ahead = replace(meeting.vote_not_ahead, clause="opinion")
counts_agree = replace(meeting.counts_agree, clause="opinion")
vote_in_person, quorum_met = meeting.vote_in_person, meeting.quorum_met


@requirement("members_gave_opinion", section=Part.VOTE, clause="opinion")
def members_gave_opinion(facts: RecommendationFacts) -> Values | None:
    """The branch itself gives its opinion, not its committee; unless there is no branch."""
    if facts.vote is None or facts.without_branch:
        return NOT_YET
    return {} if facts.vote.by_committee else None


@requirement("met_as_prospect", section=Part.VOTE, clause="opinion")
def met_as_prospect(facts: RecommendationFacts) -> Values | None:
    """The branch gives its opinion on whom the Party committee has recognised by then."""
    since = facts.prospect_on
    return {"first": since} if since and facts.counted_on < since else None


@requirement("opinion_passed", section=Part.VOTE, clause="opinion_share")
def opinion_passed(facts: RecommendationFacts) -> Values | None:
    """More than the share set of those present were in favour."""
    vote = facts.vote
    if vote is None or disagreements(vote.roll, vote.ballots):
        return NOT_YET
    result = verdict(vote.roll, vote.ballots, facts.rules.local.opinion_majority)
    if result.passed:
        return None
    return {"in_favour": result.in_favour, "needed": result.needed, "present": result.present}


@requirement("class_attended", section=Part.PROSPECT, clause="prospect")
def class_attended(facts: RecommendationFacts) -> Values | None:
    """The certificate of the Party-awareness class is on file, number and day."""
    has = facts.class_on and facts.class_on <= facts.counted_on and facts.class_ref.strip()
    return None if has else {}


@requirement("class_still_valid", section=Part.PROSPECT, clause="party_class")
def class_still_valid(facts: RecommendationFacts) -> Values | None:
    """The certificate counts for five years from its day."""
    end = _class_end(facts)
    if end is None:
        return NOT_YET
    return None if facts.today < end else {"end": end}


@requirement("class_lapsed", section=Part.PROSPECT, clause="party_class")
def class_lapsed(facts: RecommendationFacts) -> Values | None:
    """The certificate ran out on the way."""
    end = _class_end(facts)
    if end is None:
        return NOT_YET
    return None if facts.today >= end else {"end": end}


def _class_end(facts: RecommendationFacts) -> date | None:
    return facts.class_on and anniversary(facts.class_on, facts.rules.party_class_years)


@requirement("party_member_assigned", section=Part.PROSPECT, clause="prospect")
def party_member_assigned(facts: RecommendationFacts) -> Values | None:
    """A Party member follows and helps the prospect."""
    return None if facts.has_party_helper else {}


@requirement("committee_counted", section=Part.RESOLUTION, clause="resolution", of_answer=True)
def committee_counted(facts: RecommendationFacts) -> Values | None:
    """The numbers of the committee's vote fit each other."""
    vote = facts.answers.committee or CommitteeVote(0, 0, 0, 0)
    voted = vote.in_favour + vote.against
    fits = min(vote.in_favour, vote.against) >= 0 and voted <= vote.present <= vote.members
    told = {"voted": voted, "present": vote.present, "members": vote.members}
    return None if fits and vote.present > 0 else told


@requirement("against_explained", section=Part.RESOLUTION, clause="resolution", of_answer=True)
def against_explained(facts: RecommendationFacts) -> Values | None:
    """Who is against says why; the resolution carries it (Party form 4-KNĐ)."""
    vote = facts.answers.committee
    silent = vote is not None and vote.against > 0 and not facts.answers.against_reason.strip()
    return {} if silent else None


@requirement("member_described", section=Part.RESOLUTION, clause="resolution", of_answer=True)
def member_described(facts: RecommendationFacts) -> Values | None:
    """The resolution tells the member's strengths and weaknesses."""
    given = facts.answers
    return None if given.strengths.strip() and given.weaknesses.strip() else {}


def carried(facts: RecommendationFacts) -> bool:
    """Whether the resolution that is recorded is carried."""
    vote = facts.answers.committee
    return vote is not None and has_carried(vote, facts.rules)


def has_carried(vote: CommitteeVote, rules: RuleSet) -> bool:
    """Whether more than the share set of all members of the committee is in favour."""
    return vote.in_favour >= needed_of(vote.members, rules)


def needed_of(members: int, rules: RuleSet) -> int:
    """Return how many of all members of the committee have to be in favour."""
    return floor(members * rules.local.resolution_majority) + 1
