"""A contest entry for which everything is right, where each step leads, and what can be wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.workflows.cases import RULES, TODAY
from tests.workflows.faults import Fault
from workflows.calendar import TIME_ZONE
from workflows.contest.entry import ENTRY
from workflows.contest.entry_facts import EntryAnswers, EntryFacts
from workflows.engine import Case, Refused

_ANSWERS = EntryAnswers(
    reason="Thiếu giấy khen",
    sections=("achievements",),
    reasons=(("achievements", "Thiếu giấy khen"),),
)
_FACTS = EntryFacts(
    rules=RULES,
    today=TODAY,
    answers=_ANSWERS,
    call_until=datetime(2024, 2, 5, 17, 0, tzinfo=TIME_ZONE),
    max_age=35,
    has_commune_round=True,
    round_closed=True,
    goes_on=True,
)
OPEN = ("preparing", "entered", "commune_round", "returned", "endorsed")
FINAL = {"accepted", "not_endorsed", "not_accepted", "withdrawn_entry"}
# Where each step leads from each state; behind the bar, where it leads on other facts.
TABLE = {
    "enter_contest": "preparing>entered",
    "enter_again": "returned>entered|endorsed",
    "admit_to_round": "entered>commune_round",
    "send_back": "entered>returned endorsed>returned",
    "endorse": "entered>endorsed commune_round>endorsed",
    "not_endorse": "entered>not_endorsed commune_round>not_endorsed",
    "accept_entry": "endorsed>accepted",
    "decline_entry": "endorsed>not_accepted",
    "withdraw_entry": " ".join(f"{state}>withdrawn_entry" for state in OPEN),
}
LEADS = {
    (cell.partition(">")[0], name): cell.partition(">")[2].split("|")
    for name, row in TABLE.items()
    for cell in row.split()
}
OTHER_WAY: Mapping[str, Mapping[str, Any]] = {"enter_again": {"is_endorsed": True}}


def answers(**changes: Any) -> EntryAnswers:
    """Return complete answers, changed as named."""
    return replace(_ANSWERS, **changes)


def facts(**changes: Any) -> EntryFacts:
    """Return the facts of an entry for which everything is right, changed as named."""
    return replace(_FACTS, **changes)


def facts_for(_step: str, **changes: Any) -> EntryFacts:
    """Return facts that open the step, changed as named."""
    return facts(**changes)


def outcome(state: str, step: str, given: EntryFacts) -> str | tuple[str, ...]:
    """Return where the step leads, or the codes that close it; a closed one leaves the state."""
    case = Case(state, given)
    try:
        ENTRY.fire(case, step)
    except Refused as refusal:
        assert case.state == state
        return tuple(reason.code for reason in refusal.unmet)
    return case.state


_ENTERED = frozenset({"enter_contest", "enter_again"})
_COMPLETE = _ENTERED | {"admit_to_round", "endorse", "accept_entry"}
_ENDORSED = frozenset({"endorse"})
_TAKEN_IN = frozenset({"admit_to_round", "accept_entry"})
_REASONED = frozenset({"not_endorse", "decline_entry", "withdraw_entry"})
_SENT_BACK = frozenset({"send_back"})
FAULTS = [
    Fault("call_takes_entries", {"call_open": False}, frozenset({"enter_contest"})),
    Fault("contestant_is_member", {"is_member": False}, _COMPLETE),
    Fault("leads_a_branch", {"leads_branch": False}, _COMPLETE),
    Fault("contestant_age", {"age": 36}, _COMPLETE),
    Fault("posts_told", {"posts_told": False}, _COMPLETE),
    Fault("achievements_told", {"achievements_told": False}, _COMPLETE),
    Fault("entry_mended", {"unmended": ("achievements",)}, frozenset({"enter_again"})),
    Fault("commune_round_held", {"round_closed": False}, _ENDORSED),
    Fault("went_on", {"goes_on": False}, _ENDORSED),
    Fault("endorsement_left", {"endorsed": 1}, _ENDORSED),
    Fault("rules_have_commune_round", {"has_commune_round": False}, frozenset({"admit_to_round"})),
    Fault("takes_contestants", {"takes_contestants": False}, _TAKEN_IN),
    Fault("entry_reason", {"answers": answers(reason=" \n")}, _REASONED),
    Fault("entry_sections_named", {"answers": answers(sections=(), reasons=())}, _SENT_BACK),
    Fault("entry_sections_named", {"answers": answers(reasons=())}, _SENT_BACK),
]
