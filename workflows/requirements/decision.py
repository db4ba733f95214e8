"""Claims about decisions above the branch and what follows: reasons, signing, ceremony, card."""

from datetime import date

from workflows.admission_facts import MENDABLE, AdmissionFacts, Section, Way
from workflows.calendar import months_after
from workflows.engine import Values, requirement


def _between(day: date | None, first: date, last: date) -> Values | None:
    return None if day and first <= day <= last else {"first": first, "last": last}


@requirement("reason_given", section=Section.DECISION, clause="return", of_answer=True)
def reason_given(facts: AdmissionFacts) -> Values | None:
    """Whoever refuses, withdraws or objects says why."""
    return None if facts.answers.reason.strip() else {}


@requirement("sections_named", section=Section.DECISION, clause="return", of_answer=True)
def sections_named(facts: AdmissionFacts) -> Values | None:
    """A return names at least one section, and none that the branch cannot mend."""
    named = frozenset(facts.answers.sections)
    return None if named and named <= MENDABLE else {}


@requirement("sections_mended", section=Section.DECISION, clause="return")
def sections_mended(facts: AdmissionFacts) -> Values | None:
    """Every section the return named was worked on since."""
    left = sorted(facts.returned_sections - facts.amended_sections - {Section.VOTE})
    return {"sections": tuple(left)} if left else None


@requirement("no_new_vote_needed", section=Section.VOTE, clause="vote")
def no_new_vote_needed(facts: AdmissionFacts) -> Values | None:
    """Where the meeting itself was at fault, only a new vote leads on."""
    return {} if facts.new_vote_needed else None


@requirement("new_vote_needed", section=Section.VOTE, clause="vote")
def new_vote_needed(facts: AdmissionFacts) -> Values | None:
    """A vote is repeated where the return found the meeting at fault."""
    return None if facts.new_vote_needed else {}


@requirement("has_grassroots_union", section=Section.DECISION, clause="vote")
def has_grassroots_union(facts: AdmissionFacts) -> Values | None:
    """A chi đoàn cơ sở hands nothing up: it admits by its own resolution."""
    return {} if facts.way is Way.GRASSROOTS_BRANCH else None


@requirement("is_grassroots_branch", section=Section.DECISION, clause="vote")
def is_grassroots_branch(facts: AdmissionFacts) -> Values | None:
    """Only a chi đoàn cơ sở admits by its own resolution."""
    return None if facts.way is Way.GRASSROOTS_BRANCH else {}


@requirement("signed_after_meeting", section=Section.DECISION, clause="signing", of_answer=True)
def signed_after_meeting(facts: AdmissionFacts) -> Values | None:
    """The decision is signed on or after the day of the meeting and not ahead of today."""
    signed = facts.answers.signed_on
    first = facts.vote.held_on if facts.vote else facts.today
    return _between(signed, first, facts.today)


@requirement("ceremony_after_signing", section=Section.CEREMONY, clause="ceremony", of_answer=True)
def ceremony_after_signing(facts: AdmissionFacts) -> Values | None:
    """The ceremony follows the signing; a late one is shown, not forbidden."""
    first = facts.signed_on or facts.today
    return _between(facts.answers.ceremony_on, first, facts.today)


@requirement("card_numbered", section=Section.CARD, clause="card", of_answer=True)
def card_numbered(facts: AdmissionFacts) -> Values | None:
    """A card has a number, and is issued on or after the signing and not ahead of today."""
    issued = facts.answers.card_issued_on or facts.today
    first = facts.signed_on or issued
    in_time = first <= issued <= facts.today
    return None if facts.answers.card_number.strip() and in_time else {}


@requirement("no_card_yet", section=Section.CARD, clause="card")
def no_card_yet(facts: AdmissionFacts) -> Values | None:
    """Nobody gets a second card by this way."""
    return {"number": facts.card_number} if facts.card_number else None


@requirement("past_age_or_idle", section=Section.DECISION, clause="lapse")
def past_age_or_idle(facts: AdmissionFacts) -> Values | None:
    """A dossier lapses when the candidate is too old or nothing moved for the months set."""
    too_old = facts.birth_date and facts.today > facts.rules.latest_vote(facts.birth_date)
    idle_months = facts.rules.local.idle_months
    moved = facts.last_moved_on or facts.today
    idle = facts.today >= months_after(moved, idle_months)
    return None if too_old or idle else {"months": idle_months}
