"""A contest entry as a table: every step from every state, and what closes each (statement 7)."""

from typing import Any

import pytest

from tests.workflows.cases import ALL_RULES
from tests.workflows.entry_cases import (
    FAULTS,
    FINAL,
    LEADS,
    OPEN,
    OTHER_WAY,
    TABLE,
    answers,
    facts,
    outcome,
)
from tests.workflows.faults import Fault
from workflows.checks import check
from workflows.contest.entry import ENTRY, open_sections
from workflows.contest.entry_facts import Section
from workflows.diagram import draw
from workflows.engine import Case, NoSuchStep
from workflows.registry import PREFIXES, WORKFLOWS
from workflows.rules import RuleSet

UNDECLARED = [
    (state, step) for state in ENTRY.states for step in TABLE if (state, step) not in LEADS
]


def closed_by(fault: Fault) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the cells that the fault closes, with the codes that close each."""
    ends = {cell: outcome(*cell, facts(**fault.changes)) for cell in LEADS}
    return {cell: end for cell, end in ends.items() if isinstance(end, tuple)}


def test_a07_table_names_every_state_and_step() -> None:
    assert set(ENTRY.states) == {*OPEN, *FINAL}
    assert {each.name for each in ENTRY.steps} == set(TABLE)
    assert {name for name, state in ENTRY.states.items() if state.is_final} == FINAL


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_leads_where_the_table_says(state: str, step: str) -> None:
    assert outcome(state, step, facts()) == LEADS[state, step][0]


@pytest.mark.parametrize(("state", "step"), [cell for cell in LEADS if cell[1] in OTHER_WAY])
def test_a07_declared_step_forks_where_the_table_says(state: str, step: str) -> None:
    assert outcome(state, step, facts(**OTHER_WAY[step])) == LEADS[state, step][1]


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_knows_the_destinations_of_the_table(state: str, step: str) -> None:
    routes = ENTRY.step_from(state, step).routes
    assert {route.dest for route in routes} == set(LEADS[state, step])


@pytest.mark.parametrize(("state", "step"), UNDECLARED)
def test_a07_undeclared_step_is_refused_and_leaves_the_state(state: str, step: str) -> None:
    case = Case(state, facts())
    with pytest.raises(NoSuchStep) as refusal:
        ENTRY.fire(case, step)
    assert (refusal.value.state, refusal.value.step, case.state) == (state, step, state)


@pytest.mark.parametrize("state", ENTRY.states)
@pytest.mark.parametrize("step", [f"to_{state}" for state in ENTRY.states])
def test_a08_automatic_triggers_do_not_exist(state: str, step: str) -> None:
    case = Case(state, facts())
    with pytest.raises(NoSuchStep):
        ENTRY.fire(case, step)
    assert case.state == state


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_one_fault_closes_precisely_its_steps_with_its_code(fault: Fault) -> None:
    expected = {cell: (fault.code,) for cell in LEADS if cell[1] in fault.closes}
    assert closed_by(fault) == expected


def test_every_claim_has_a_fault_that_breaks_it() -> None:
    claims = {claim.code for each in ENTRY.steps for claim in each.requires}
    assert {fault.code for fault in FAULTS} == claims


@pytest.mark.parametrize("step", ["not_endorse", "decline_entry", "withdraw_entry"])
@pytest.mark.parametrize("reason", ["", " ", "\t\n", "\u00a0"])
def test_a05_refusal_without_a_reason_is_refused(step: str, reason: str) -> None:
    blank = facts(answers=answers(reason=reason))
    states = [state for state, name in LEADS if name == step]
    assert {outcome(state, step, blank) for state in states} == {("entry_reason",)}


@pytest.mark.parametrize("reason", ["", " ", "\t\n", "\u00a0"])
def test_a05_return_needs_a_reason_for_every_section_named(reason: str) -> None:
    both = ("achievements", "contestant")
    reasons = (("achievements", "Thiếu"), ("contestant", reason))
    given = facts(answers=answers(sections=both, reasons=reasons))
    assert outcome("entered", "send_back", given) == ("entry_sections_named",)


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"age": 35}, "entered"),
        ({"age": 36}, ("contestant_age",)),
        ({"age": 99, "max_age": None}, "entered"),
    ],
)
def test_nobody_is_above_the_age_that_the_rules_name(changes: dict[str, Any], end: object) -> None:
    assert outcome("preparing", "enter_contest", facts(**changes)) == end


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"endorsed": 2, "endorsed_most": 3}, "endorsed"),
        ({"endorsed": 3, "endorsed_most": 3}, ("endorsement_left",)),
        ({"has_commune_round": False, "round_closed": False, "goes_on": False}, "endorsed"),
        ({"round_closed": False, "goes_on": False}, ("commune_round_held",)),
    ],
)
def test_a_commune_endorses_who_went_on_while_there_is_a_place(
    changes: dict[str, Any], end: object
) -> None:
    assert outcome("entered", "endorse", facts(**changes)) == end


def test_sections_are_written_while_preparing_and_those_returned_afterwards() -> None:
    both = frozenset({Section.CONTESTANT, Section.ACHIEVEMENTS})
    assert open_sections("preparing", frozenset()) == both
    assert open_sections("returned", frozenset({"achievements"})) == {Section.ACHIEVEMENTS}
    closed = [
        open_sections(each, both) for each in ENTRY.states if each not in {"preparing", "returned"}
    ]
    assert set(closed) == {frozenset()}


@pytest.mark.parametrize("rules", ALL_RULES, ids=lambda rules: rules.name)
def test_every_clause_that_a_step_names_stands_in_every_rule_set(rules: RuleSet) -> None:
    claims = {claim.clause for each in ENTRY.steps for claim in each.requires}
    assert (claims | {each.clause for each in ENTRY.steps}) - rules.clauses.keys() == set()


def test_it_is_registered_and_can_be_drawn() -> None:
    check(ENTRY)
    assert (WORKFLOWS["contest"], PREFIXES["DT"]) == (ENTRY, ENTRY)
    assert all(name in draw(ENTRY) for name in ENTRY.states)
