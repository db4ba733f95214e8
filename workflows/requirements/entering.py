"""Claims about a contest entry: who may enter and until when, what is told, who goes on."""

from workflows.contest.entry_facts import EntryFacts, Section
from workflows.engine import NOT_YET, Values, requirement

CLAUSE = "contest"


@requirement("call_takes_entries", section=Section.CONTESTANT, clause=CLAUSE)
def call_takes_entries(facts: EntryFacts) -> Values | None:
    """Entries are handed up between the opening and the end of the call, to the minute."""
    return None if facts.call_open else {"until": facts.call_until}


@requirement("contestant_is_member", section=Section.CONTESTANT, clause=CLAUSE)
def contestant_is_member(facts: EntryFacts) -> Values | None:
    """Who competes is a member of the Union."""
    return None if facts.is_member else {}


@requirement("leads_a_branch", section=Section.CONTESTANT, clause=CLAUSE)
def leads_a_branch(facts: EntryFacts) -> Values | None:
    """It is a contest of branch secretaries and their deputies (domain §4.3)."""
    return None if facts.leads_branch else {}


@requirement("contestant_age", section=Section.CONTESTANT, clause=CLAUSE)
def contestant_age(facts: EntryFacts) -> Values | None:
    """Where the rules of the season name a highest age, nobody is above it."""
    if facts.max_age is None:
        return NOT_YET
    return None if facts.age <= facts.max_age else {"age": facts.age, "most": facts.max_age}


@requirement("posts_told", section=Section.CONTESTANT, clause=CLAUSE)
def posts_told(facts: EntryFacts) -> Values | None:
    """The posts held, and since when."""
    return None if facts.posts_told else {}


@requirement("achievements_told", section=Section.ACHIEVEMENTS, clause=CLAUSE)
def achievements_told(facts: EntryFacts) -> Values | None:
    """What the contestant and the branch have done."""
    return None if facts.achievements_told else {}


@requirement("entry_mended", section=Section.CONTESTANT, clause="return")
def entry_mended(facts: EntryFacts) -> Values | None:
    """What was sent back to be mended was mended."""
    return {"sections": facts.unmended} if facts.unmended else None


@requirement("commune_round_held", section=Section.ROUNDS, clause=CLAUSE)
def commune_round_held(facts: EntryFacts) -> Values | None:
    """Where the rules ask for a round of the commune, it has ended."""
    if not facts.has_commune_round:
        return NOT_YET
    return None if facts.round_closed else {}


@requirement("went_on", section=Section.ROUNDS, clause=CLAUSE)
def went_on(facts: EntryFacts) -> Values | None:
    """Who is endorsed went on by the rules of the round."""
    if not (facts.has_commune_round and facts.round_closed):
        return NOT_YET
    return None if facts.goes_on else {}


@requirement("endorsement_left", section=Section.ROUNDS, clause="contest_places")
def endorsement_left(facts: EntryFacts) -> Values | None:
    """A commune endorses as many entries as the rules allow; of merged ones the places add up."""
    return None if facts.endorsed < facts.endorsed_most else {"most": facts.endorsed_most}


@requirement("rules_have_commune_round", section=Section.ROUNDS, clause=CLAUSE)
def rules_have_commune_round(facts: EntryFacts) -> Values | None:
    """An entry is taken into a round of the commune where the rules have one."""
    return None if facts.has_commune_round else {}


@requirement("takes_contestants", section=Section.ROUNDS, clause=CLAUSE)
def takes_contestants(facts: EntryFacts) -> Values | None:
    """A round takes in contestants until the season deliberates on its result."""
    return None if facts.takes_contestants else {}


@requirement("entry_reason", section=Section.CONTESTANT, clause="return", of_answer=True)
def entry_reason(facts: EntryFacts) -> Values | None:
    """A refusal or withdrawal says why."""
    return None if facts.answers.reason.strip() else {}


@requirement("entry_sections_named", section=Section.CONTESTANT, clause="return", of_answer=True)
def entry_sections_named(facts: EntryFacts) -> Values | None:
    """A return names what to mend, with a reason for each."""
    reasons = dict(facts.answers.reasons)
    told = [name for name in facts.answers.sections if reasons.get(name, "").strip()]
    return None if told and len(told) == len(facts.answers.sections) else {}
