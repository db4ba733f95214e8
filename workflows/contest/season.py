"""The season of a contest: from its rules to the commendation (domain §4).

The district holds it. No entry is taken before the rules are whole, nothing is scored before the
call is over, and nothing is published while a sheet is missing or a tie is open.
"""

from collections.abc import Sequence
from enum import StrEnum

from workflows.calendar import TIME_ZONE
from workflows.contest.season_facts import SeasonFacts
from workflows.contest.timeline import is_over
from workflows.engine import NOT_YET, State, Values, Workflow, requirement, step
from workflows.levels import SUPERIOR_DESK

CLAUSE = "contest"


class SeasonState(StrEnum):
    """Where a season stands."""

    DRAFT = "draft"
    REHEARSAL = "rehearsal"
    CALL_OPEN = "call_open"
    ROUNDS = "rounds"
    DELIBERATION = "deliberation"
    PUBLISHED = "published"
    CLOSED = "closed"


@requirement("rules_whole", section="rules", clause=CLAUSE)
def rules_whole(facts: SeasonFacts) -> Values | None:
    """Nothing begins by rules that nobody could score by."""
    return {"gaps": facts.gaps} if facts.gaps else None


@requirement("call_dated", section="days", clause=CLAUSE)
def call_dated(facts: SeasonFacts) -> Values | None:
    """Everybody knows from when until when entries are taken."""
    return None if facts.call_from and facts.call_until else {}


@requirement("call_before_publication", section="days", clause="contest_day")
def call_before_publication(facts: SeasonFacts) -> Values | None:
    """Dates count back from 26 March: the call ends before the result is due."""
    if facts.call_until is None:
        return NOT_YET
    ends = facts.call_until.astimezone(TIME_ZONE).date()
    return None if ends < facts.publish_on else {"ends": ends, "publish": facts.publish_on}


@requirement("call_still_runs", section="days", clause=CLAUSE)
def call_still_runs(facts: SeasonFacts) -> Values | None:
    """A call that has ended already would take nobody."""
    if facts.call_until is None:
        return NOT_YET
    return {"until": facts.call_until} if is_over(facts.call_until, facts.now) else None


@requirement("call_over", section="days", clause=CLAUSE)
def call_over(facts: SeasonFacts) -> Values | None:
    """Rounds begin once nobody can enter any more, extensions included."""
    if facts.call_until is None:
        return NOT_YET
    return None if is_over(facts.call_until, facts.now) else {"until": facts.call_until}


@requirement("somebody_competes", section="rounds", clause=CLAUSE)
def somebody_competes(facts: SeasonFacts) -> Values | None:
    """A contest that nobody takes part in has no result."""
    return None if facts.contestants else {}


@requirement("rounds_closed", section="rounds", clause=CLAUSE)
def rounds_closed(facts: SeasonFacts) -> Values | None:
    """The result is deliberated once every round that has contestants was closed by its chair."""
    return {"rounds": facts.rounds_open} if facts.rounds_open else None


@requirement("entries_decided", section="rounds", clause=CLAUSE)
def entries_decided(facts: SeasonFacts) -> Values | None:
    """Nobody whom a commune endorsed is left at the district's desk without an answer."""
    return {"entries": facts.entries_waiting} if facts.entries_waiting else None


@requirement("last_round_held", section="rounds", clause=CLAUSE)
def last_round_held(facts: SeasonFacts) -> Values | None:
    """The awards go by the last round: without it there is nothing to deliberate."""
    return None if facts.finalists else {}


@requirement("sheets_complete", section="rounds", clause=CLAUSE)
def sheets_complete(facts: SeasonFacts) -> Values | None:
    """Every entry has as many final sheets as the rules ask (statement 40)."""
    return {"sheets": facts.sheets_missing} if facts.sheets_missing else None


@requirement("ties_settled", section="rounds", clause=CLAUSE)
def ties_settled(facts: SeasonFacts) -> Values | None:
    """No place is published while entries stand equal that the rules can set apart."""
    return {"ties": facts.ties_open} if facts.ties_open else None


@requirement("cut_settled", section="rounds", clause=CLAUSE)
def cut_settled(facts: SeasonFacts) -> Values | None:
    """Who goes on is settled: the cut falls between entries and not within equals."""
    return {"cuts": facts.cuts_in_tie} if facts.cuts_in_tie else None


@requirement("resuming_reasoned", section="rounds", clause=CLAUSE, of_answer=True)
def resuming_reasoned(facts: SeasonFacts) -> Values | None:
    """Whoever goes back to what was done says why."""
    return None if facts.reason.strip() else {}


@requirement("awards_decided", section="rounds", clause=CLAUSE)
def awards_decided(facts: SeasonFacts) -> Values | None:
    """A season ends with the district's decision on its awards."""
    return None if facts.awards_decided else {}


_COMPLETE = (sheets_complete, ties_settled, cut_settled)

SEASON = Workflow(
    "season",
    "HT",
    states=[
        State("draft", SUPERIOR_DESK),
        State("rehearsal", SUPERIOR_DESK),
        State("call_open", SUPERIOR_DESK),
        State("rounds", SUPERIOR_DESK),
        State("deliberation", SUPERIOR_DESK),
        State("published", SUPERIOR_DESK),
        State("closed"),
    ],
    steps=[
        step("rehearse", "draft", "rehearsal", clause=CLAUSE, requires=(rules_whole,)),
        step("rework_rules", "rehearsal", "draft", clause=CLAUSE),
        step(
            "open_call",
            "rehearsal",
            "call_open",
            clause=CLAUSE,
            requires=(rules_whole, call_dated, call_before_publication, call_still_runs),
        ),
        step(
            "start_rounds",
            "call_open",
            "rounds",
            clause=CLAUSE,
            requires=(rules_whole, call_over, somebody_competes),
        ),
        step(
            "deliberate",
            "rounds",
            "deliberation",
            clause=CLAUSE,
            requires=(entries_decided, last_round_held, rounds_closed, sheets_complete),
        ),
        step(
            "resume_rounds",
            "deliberation",
            "rounds",
            clause=CLAUSE,
            requires=(resuming_reasoned,),
        ),
        # Publishing makes the snapshot in the same transaction (statement 41).
        step(
            "publish",
            "deliberation",
            "published",
            clause="contest_day",
            requires=_COMPLETE,
            decides=True,
            through="publication",
        ),
        # What was published stays as it is; the corrected result becomes the next snapshot.
        step(
            "correct",
            "published",
            "deliberation",
            clause="contest_day",
            requires=(resuming_reasoned,),
            decides=True,
        ),
        step("close", "published", "closed", clause=CLAUSE, requires=(awards_decided,)),
    ],
)

# Rules and days are written in the first; entries are taken, or let in later, in the second; the
# last have contestants whose result is not settled yet.
WRITING: Sequence[str] = (SeasonState.DRAFT, SeasonState.REHEARSAL, SeasonState.CALL_OPEN)
TAKING_ENTRIES: Sequence[str] = (SeasonState.CALL_OPEN, SeasonState.ROUNDS)
UNPUBLISHED: Sequence[str] = (*TAKING_ENTRIES, SeasonState.DELIBERATION)
