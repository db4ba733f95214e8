"""Recommendation as a table: every step from every state, and what closes each (statement 7)."""

import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.workflows.cases import ALL_RULES, DAY, HELD, RULES, TODAY, vote
from tests.workflows.faults import Fault
from tests.workflows.recommendation_cases import (
    AHEAD,
    FAULTS,
    FINAL,
    LEADS,
    OPEN,
    OTHER_WAY,
    TABLE,
    answers,
    facts,
    facts_for,
    outcome,
)
from workflows.calendar import anniversary
from workflows.checks import check
from workflows.diagram import draw
from workflows.engine import Case, NoSuchStep
from workflows.levels import BRANCH_DESK, GRASSROOTS_DESK
from workflows.quarters import Quarter, late, quarter_of, quarters_between
from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import CommitteeVote, Part
from workflows.registry import PREFIXES, WORKFLOWS
from workflows.requirements.opinion import has_carried
from workflows.roadmap import STATIONS, open_parts, station_of
from workflows.rules import LocalRules, RuleSet

MATRIX = [(state, step) for state in RECOMMENDATION.states for step in TABLE]
UNDECLARED = [cell for cell in MATRIX if cell not in LEADS]
DATED = {
    "hand_list": "listed_in_time",
    "recognise": "recognised_in_time",
    "record_resolution": "resolved_in_time",
    "hand_to_cell": "handed_in_time",
    "cell_accepts": "accepted_in_time",
    "admit_to_party": "admitted_in_time",
    "become_full_member": "probation_served",
}


def closed_by(fault: Fault) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the cells that the fault closes, with the codes that close each."""
    ends = {cell: outcome(*cell, facts_for(cell[1], **fault.changes)) for cell in LEADS}
    return {cell: end for cell, end in ends.items() if isinstance(end, tuple)}


def test_a07_table_names_every_state_and_step() -> None:
    assert list(RECOMMENDATION.states) == [*OPEN[:-4], *OPEN[-4:], *LAST]
    assert {each.name for each in RECOMMENDATION.steps} == set(TABLE)
    assert len(MATRIX) == len(LEADS) + len(UNDECLARED) == 17 * 21


LAST = ("full_member", "not_admitted", "withdrawn", "left_union", "moved_away")


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_leads_where_the_table_says(state: str, step: str) -> None:
    assert outcome(state, step, facts_for(step)) == LEADS[state, step][0]


@pytest.mark.parametrize(("state", "step"), [cell for cell in LEADS if cell[1] in OTHER_WAY])
def test_a07_declared_step_forks_where_the_table_says(state: str, step: str) -> None:
    assert outcome(state, step, facts_for(step, **OTHER_WAY[step])) == LEADS[state, step][1]


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_knows_the_destinations_of_the_table(state: str, step: str) -> None:
    routes = RECOMMENDATION.step_from(state, step).routes
    assert {route.dest for route in routes} == set(LEADS[state, step])


@pytest.mark.parametrize(("state", "step"), UNDECLARED)
def test_a07_undeclared_step_is_refused_and_leaves_the_state(state: str, step: str) -> None:
    case = Case(state, facts_for(step))
    with pytest.raises(NoSuchStep) as refusal:
        RECOMMENDATION.fire(case, step)
    assert (refusal.value.state, refusal.value.step, case.state) == (state, step, state)


@pytest.mark.parametrize("state", RECOMMENDATION.states)
@pytest.mark.parametrize("step", [f"to_{state}" for state in RECOMMENDATION.states])
def test_a08_automatic_triggers_do_not_exist(state: str, step: str) -> None:
    case = Case(state, facts())
    with pytest.raises(NoSuchStep):
        RECOMMENDATION.fire(case, step)
    assert case.state == state


def test_a08_machine_knows_no_trigger_but_the_steps() -> None:
    assert set(RECOMMENDATION._machine.events) == set(TABLE)  # noqa: SLF001  (no hidden door)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_one_fault_closes_precisely_its_steps_with_its_code(fault: Fault) -> None:
    expected = {cell: (fault.code,) for cell in LEADS if cell[1] in fault.closes}
    assert closed_by(fault) == expected


def test_every_claim_has_a_fault_that_breaks_it() -> None:
    claims = {claim.code for each in RECOMMENDATION.steps for claim in each.requires}
    assert {fault.code for fault in FAULTS} | {"vote_not_ahead"} == claims


def test_meeting_ahead_of_today_closes_what_is_counted_from_it() -> None:
    ends = {step: end for (_state, step), end in closed_by(Fault("", AHEAD, frozenset())).items()}
    meeting = dict.fromkeys(("record_vote", "correct_vote", "submit"), ("vote_not_ahead",))
    assert ends == {**meeting, "record_resolution": ("resolved_in_time",)}


@pytest.mark.parametrize(("step", "code"), DATED.items())
@pytest.mark.parametrize("day", [None, TODAY + DAY])
def test_step_that_records_a_day_wants_one_that_was(step: str, code: str, day: date | None) -> None:
    states = [state for state, name in LEADS if name == step]
    given_facts = facts(answers=answers(on=day))
    assert {outcome(state, step, given_facts) for state in states} == {(code,)}


@pytest.mark.parametrize(
    "step", ["send_back", "cell_returns", "close_unadmitted", "withdraw", "correct_vote"]
)
@pytest.mark.parametrize("reason", ["", " ", "\t\n", "\u00a0"])
def test_a05_return_or_refusal_without_a_reason_is_refused(step: str, reason: str) -> None:
    blank = facts(answers=answers(reason=reason))
    states = [state for state, name in LEADS if name == step]
    assert {outcome(state, step, blank) for state in states} == {("reason_given",)}


def test_before_the_branch_has_met_no_meeting_is_returned() -> None:
    early = facts(vote=None, listed_on=None, answers=answers(sections=("vote",)))
    again = facts(vote=None, listed_on=None, answers=answers(new_vote_needed=True))
    assert outcome("listing", "send_back", early) == ("sections_named",)
    assert outcome("listing", "send_back", again) == ("sections_named",)
    late_return = facts(answers=answers(sections=("vote",), new_vote_needed=True))
    assert outcome("resolution", "send_back", late_return) == "returned"


def test_vote_found_at_fault_stands_no_longer_whatever_the_new_numbers() -> None:
    again = facts(new_vote_needed=True)
    assert outcome("prospect", "correct_vote", again) == "prospect"
    assert outcome("returned", "correct_vote", again) == "returned"


def test_a25_exactly_the_share_of_those_present_is_not_passed_and_one_more_is() -> None:
    ends = [outcome("branch_vote", "record_vote", facts(vote=vote(n, 10))) for n in (5, 6)]
    assert ends == ["prospect", "ready"]
    strict = replace(RULES, local=LocalRules(opinion_majority=Fraction(2, 3)))
    given_facts = [facts(vote=vote(n, 9, 9), rules=strict) for n in (6, 7)]
    assert [outcome("branch_vote", "record_vote", each) for each in given_facts] == [
        "prospect",
        "ready",
    ]


@given(st.integers(1, 60), st.data())
def test_resolution_is_carried_by_more_than_half_of_the_whole_committee(
    members: int, data: st.DataObject
) -> None:
    in_favour = data.draw(st.integers(0, members))
    voted = CommitteeVote(members, members, in_favour, members - in_favour)
    assert has_carried(voted, RULES) == (2 * in_favour > members)
    end = outcome("resolution", "record_resolution", facts(answers=answers(committee=voted)))
    assert end == ("resolved" if 2 * in_favour > members else "prospect")


def test_those_absent_count_against_the_whole_committee() -> None:
    few = facts(answers=answers(committee=CommitteeVote(9, 5, 4, 1)))
    assert outcome("resolution", "record_resolution", few) == "prospect"


@pytest.mark.parametrize("rules", ALL_RULES, ids=lambda rules: rules.name)
def test_every_clause_that_a_step_names_stands_in_every_rule_set(rules: RuleSet) -> None:
    claims = {claim.clause for each in RECOMMENDATION.steps for claim in each.requires}
    named = claims | {each.clause for each in RECOMMENDATION.steps}
    assert named - rules.clauses.keys() == set()


@given(st.dates(date(1960, 1, 1), date(2100, 12, 31)))
def test_certificate_counts_for_five_years_to_the_day(issued: date) -> None:
    end = anniversary(issued, 5)
    ends = [facts(class_on=issued, today=day, vote=None) for day in (end - DAY, end)]
    codes = [outcome("prospect", "ask_opinion", each) for each in ends]
    assert ["class_still_valid" in code for code in codes] == [False, True]


@given(st.dates(date(1960, 1, 1), date(2100, 12, 31)))
def test_a30_eighteen_counts_on_the_day_of_the_meeting(born: date) -> None:
    first = anniversary(born, 18)
    for day, is_closed in ((first - DAY, True), (first, False)):
        held = facts(birth_date=born, vote=vote(held_on=day), today=day)
        end = outcome("branch_vote", "record_vote", held)
        assert ("of_party_age" in end) is is_closed


def test_desks_hold_the_states() -> None:
    at_the_branch = {"chosen", "branch_vote", "ready", "returned"}
    assert {name: state.desk for name, state in RECOMMENDATION.states.items()} == {
        **dict.fromkeys(OPEN, GRASSROOTS_DESK),
        **dict.fromkeys(at_the_branch, BRANCH_DESK),
        **dict.fromkeys(FINAL),
    }


def test_decisions_handing_up_and_papers_are_marked() -> None:
    steps = RECOMMENDATION.steps
    decided = {"send_back", "record_resolution", "close_unadmitted"}
    assert {each.name for each in steps if each.decides} == decided
    assert {each.name for each in steps if each.hands_up} == {"complete_file", "submit", "resubmit"}
    assert {each.name: each.through for each in steps if each.through} == {
        "hand_list": "party_list",
        "record_vote": "meeting",
        "correct_vote": "meeting",
    }


def test_check_diagram_and_registry_know_the_recommendation() -> None:
    check(RECOMMENDATION)
    picture = draw(RECOMMENDATION)
    assert [name for name in RECOMMENDATION.states if f"as {name}" not in picture] == []
    known = (WORKFLOWS["recommendation"], PREFIXES["UT"])
    assert known == (RECOMMENDATION, RECOMMENDATION)


def test_every_open_state_stands_at_one_station_and_returns_where_it_came_from() -> None:
    standing = {state: station_of(state) for state in RECOMMENDATION.states}
    on_the_way = {each.name for each in STATIONS}
    assert {state for state, name in standing.items() if name not in on_the_way} == FINAL - {
        "full_member"
    }
    assert [station_of("returned", listed=each) for each in (False, True)] == [
        "chosen",
        "resolution",
    ]


def test_parts_are_open_where_they_are_written() -> None:
    quarters = {Part.BRANCH_QUARTER, Part.UNION_QUARTER}
    expected = {
        "chosen": {Part.PROFILE, Part.WISH, Part.EFFORT},
        "listing": {Part.UNION_COMMENT},
        "with_party": set(),
        "prospect": {Part.PROSPECT, *quarters},
        "branch_vote": quarters,
        "ready": {Part.PROPOSAL, *quarters},
        **dict.fromkeys(("resolution", "resolved", "with_cell", "cell_accepted"), quarters),
        "returned": {Part.WISH, *quarters},
        "probation": {Part.BRANCH_PROBATION, Part.UNION_PROBATION},
    }
    found = {state: open_parts(state, ["wish", "vote", "member"]) for state in OPEN}
    assert found == {state: parts | {Part.DELAY} for state, parts in expected.items()}
    assert {open_parts(state, ["wish"]) for state in FINAL} == {frozenset()}


days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@given(days)
def test_quarter_holds_its_day_and_four_fill_a_year(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first_day <= day <= quarter.last_day
    last = [Quarter(day.year, number).last_day + DAY for number in (1, 2, 3, 4)]
    first = [Quarter(day.year, number).first_day for number in (2, 3, 4)]
    assert last == [*first, date(day.year + 1, 1, 1)]


@given(days, days)
def test_quarters_between_two_days_follow_each_other(one: date, other: date) -> None:
    first, last = sorted((one, other))
    found = quarters_between(first, last)
    assert (found[0], found[-1]) == (quarter_of(first), quarter_of(last))
    assert [each.first_day for each in found[1:]] == [each.last_day + DAY for each in found[:-1]]


def test_quarter_is_late_once_it_is_over_and_not_a_day_sooner() -> None:
    since, written = date(2024, 2, 10), {Quarter(2024, 1)}
    assert late(since, TODAY, written, date(2024, 6, 30)) == []
    assert late(since, date(2024, 7, 1), written, date(2024, 7, 1)) == [Quarter(2024, 2)]
    assert late(since, date(2024, 7, 1), [], date(2024, 7, 1)) == [
        Quarter(2024, 1),
        Quarter(2024, 2),
    ]
    assert late(since, date(2024, 3, 1), [], date(2026, 1, 1)) == [Quarter(2024, 1)]


class Recommending(RuleBasedStateMachine):
    """Any steps on any facts: each moves as declared, or is refused and leaves the state."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Case(RECOMMENDATION.initial, facts())

    @rule(
        name=st.sampled_from([*TABLE, "to_full_member", "", "nonsense"]),
        fault=st.none() | st.sampled_from(FAULTS),
    )
    def take(self, name: str, fault: Fault | None) -> None:
        before, changes = self.case.state, fault.changes if fault else {}
        given_facts = facts_for(name, **changes)
        if (before, name) not in LEADS:
            with pytest.raises(NoSuchStep):
                RECOMMENDATION.fire(Case(before, given_facts), name)
            return
        end = outcome(before, name, given_facts)
        if isinstance(end, tuple):
            assert (len(end) > 0, fault is not None) == (True, True)
            return
        assert end in LEADS[before, name]
        self.case.state = end

    @invariant()
    def state_is_declared_and_only_final_ones_have_no_steps(self) -> None:
        state = RECOMMENDATION.states[self.case.state]
        assert (RECOMMENDATION.steps_from(state.name) == []) == state.is_final


def test_a07_any_sequence_of_steps_moves_as_declared_or_leaves_the_state() -> None:
    often = settings(max_examples=150, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Recommending, settings=often)


# What ends the way at every station would end nearly every walk at its beginning.
ENDINGS = {"close_unadmitted", "close_left", "withdraw"}
RARELY = 0.05


def random_walk(choose: random.Random) -> list[str]:
    """Take open steps at random until none is left; return the states passed."""
    states = [RECOMMENDATION.initial]
    while steps := sorted({each.name for each in RECOMMENDATION.steps_from(states[-1])}):
        onward = [name for name in steps if name not in ENDINGS] or steps
        name = choose.choice(steps if choose.random() < RARELY else onward)
        more = choose.choice([{}, OTHER_WAY.get(name, {})])
        end = outcome(states[-1], name, facts_for(name, **more))
        states += [end] if isinstance(end, str) else []
        assert len(states) < 1000
    return states


def test_every_random_walk_ends_in_a_final_state_and_all_are_reached() -> None:
    choose = random.Random(1931)  # noqa: S311  (no secret: a walk that can be repeated)
    walks = [random_walk(choose) for _ in range(600)]
    assert {states[-1] for states in walks} == FINAL
    assert {state for states in walks for state in states} == set(RECOMMENDATION.states)


def test_held_is_the_day_of_the_vote_and_without_one_the_day_asked_or_today() -> None:
    assert facts().counted_on == HELD
    assert facts(vote=None, answers=answers(meeting_on=HELD - DAY)).counted_on == HELD - DAY
    assert facts(vote=None).counted_on == TODAY
