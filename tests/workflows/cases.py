"""A candidate for whom everything is right, and the table of where each step leads."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from workflows.admission import ADMISSION
from workflows.admission_facts import (
    AdmissionFacts,
    Answers,
    Introducer,
    IntroducerKind,
    Schooling,
    Source,
    VoteFacts,
    Way,
)
from workflows.engine import Case, Refused, Requirement, Unmet
from workflows.rules import LocalRules, Rulebook, RuleSet
from workflows.voting import Ballots, Roll

TODAY = date(2024, 5, 20)
HELD = date(2024, 5, 12)
BORN = date(2007, 3, 26)
DAY = timedelta(days=1)
RULES = Rulebook(LocalRules()).on(TODAY)
BOOK_WITH_XIII = Rulebook(LocalRules(statute_xiii_from=date(2026, 6, 1)))
ALL_RULES = [BOOK_WITH_XIII.named(name) for name in ("X", "XI", "XII", "XIII")]

_BALLOTS = Ballots(in_favour=8, against=1, blank=1, spoiled=0)
_VOTE = VoteFacts(
    held_on=HELD,
    online=False,
    by_committee=False,
    committee_consent_on=None,
    roll=Roll(entitled=12, present=10),
    ballots=_BALLOTS,
)
_ANSWERS = Answers(
    reason="Thiếu xác nhận",
    sections=("study",),
    meeting_on=HELD,
    signed_on=date(2024, 5, 18),
    ceremony_on=date(2024, 5, 19),
    card_number="860245000042",
    card_issued_on=date(2024, 5, 20),
)
_INTRODUCER = Introducer(
    kind=IntroducerKind.MEMBER,
    named=True,
    together_since=date(2023, 9, 5),
    introduced_on=date(2024, 4, 20),
)
_FACTS = AdmissionFacts(
    rules=RULES,
    today=TODAY,
    answers=_ANSWERS,
    birth_date=BORN,
    schooling=Schooling.LOWER_SECONDARY,
    source=Source.PUPIL,
    has_helper=True,
    applied_on=date(2024, 4, 26),
    background_on=date(2024, 4, 26),
    relative_in_custody=False,
    introducer=_INTRODUCER,
    study_passed_on=date(2024, 5, 3),
    meeting_planned_on=HELD,
    vote=_VOTE,
    proposed_on=date(2024, 5, 13),
    opened_on=date(2024, 3, 1),
    last_moved_on=date(2024, 5, 13),
    signed_on=date(2024, 5, 18),
)

# Where each step leads from each state; behind the bar, where it leads on other facts.
TABLE = {
    "begin_education": "nomination>education",
    "call_to_vote": "education>branch_vote",
    "postpone_vote": "branch_vote>education",
    "record_vote": "branch_vote>ready|education",
    "correct_vote": "education>ready|education ready>ready|education "
    "commune_review>commune_review|education returned>returned|education "
    "superior_review>superior_review|education",
    "submit": "ready>commune_review",
    "adopt_resolution": "ready>ceremony",
    "approve": "commune_review>ceremony",
    "send_back": "commune_review>returned",
    "refuse": "commune_review>refused",
    "ask_superior": "commune_review>superior_review",
    "consent": "superior_review>commune_review",
    "object": "superior_review>commune_review",
    "resubmit": "returned>commune_review",
    "repeat_vote": "returned>branch_vote",
    "record_ceremony": "ceremony>card_issue|admitted",
    "issue_card": "ceremony>ceremony|admitted card_issue>ceremony|admitted",
    "withdraw": "nomination>withdrawn education>withdrawn branch_vote>withdrawn ready>withdrawn "
    "returned>withdrawn commune_review>withdrawn superior_review>withdrawn",
    "lapse": "nomination>lapsed education>lapsed branch_vote>lapsed ready>lapsed returned>lapsed",
}
LEADS = {
    (cell.partition(">")[0], name): cell.partition(">")[2].split("|")
    for name, row in TABLE.items()
    for cell in row.split()
}
FINAL = {"admitted", "refused", "withdrawn", "lapsed"}

# What a step needs that the candidate for whom everything is right does not have.
SETTING: Mapping[str, Mapping[str, Any]] = {
    "adopt_resolution": {"way": Way.GRASSROOTS_BRANCH},
    "repeat_vote": {"new_vote_needed": True},
    "lapse": {"last_moved_on": date(2023, 5, 20)},
}


def facts(**changes: Any) -> AdmissionFacts:
    """Return the facts of a candidate for whom everything is right, changed as named."""
    return replace(_FACTS, **changes)


def facts_for(step: str, **changes: Any) -> AdmissionFacts:
    """Return facts that open the step, changed as named."""
    return facts(**{**SETTING.get(step, {}), **changes})


def answers(**changes: Any) -> Answers:
    """Return complete answers, changed as named."""
    return replace(_ANSWERS, **changes)


def introducer(**changes: Any) -> Introducer:
    """Return a member who introduces, changed as named."""
    return replace(_INTRODUCER, **changes)


def vote(in_favour: int = 8, present: int = 10, entitled: int = 12, **changes: Any) -> VoteFacts:
    """Return a vote whose ballots add up: those not in favour are against."""
    ballots = Ballots(in_favour, present - in_favour, 0, 0)
    return replace(_VOTE, **{"roll": Roll(entitled, present), "ballots": ballots, **changes})


def outcome(state: str, step: str, given: AdmissionFacts) -> str | tuple[str, ...]:
    """Return where the step leads, or the codes that close it; a closed one leaves the state."""
    case = Case(state, given)
    try:
        ADMISSION.fire(case, step)
    except Refused as refusal:
        assert case.state == state
        return tuple(reason.code for reason in refusal.unmet)
    return case.state


def walk(state: str, *stages: tuple[str, AdmissionFacts]) -> str:
    """Take one step after another and return where they end."""
    case = Case(state, None)
    for step, given in stages:
        case.facts = given
        ADMISSION.fire(case, step)
    return case.state


def refused(step: str, given: AdmissionFacts) -> tuple[Unmet, ...]:
    """Return everything that closes the step, with its numbers."""
    each = next(each for each in ADMISSION.steps if each.name == step)
    return tuple(each.unmet(given))


def claims() -> dict[str, Requirement]:
    """Return every claim that the admission makes, by its code."""
    return {claim.code: claim for each in ADMISSION.steps for claim in each.requires}


def under(rules: RuleSet, **changes: Any) -> AdmissionFacts:
    """Return the same candidate under another rule set."""
    return facts(rules=rules, **changes)
