"""Transfer as a table: every step from every state for every kind, and what closes each."""

import random
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.workflows.cases import DAY, RULES, TODAY
from tests.workflows.faults import Fault
from tests.workflows.transfer_cases import (
    FAULTS,
    FAULTS_OF_KIND,
    FINAL,
    LEADS,
    MOVED,
    SINCE,
    TABLE,
    answers,
    facts,
    outcome,
)
from workflows.calendar import months_after
from workflows.checks import check
from workflows.diagram import draw
from workflows.engine import Case, NoSuchStep, Refused, Step
from workflows.levels import (
    BRANCH_DESK,
    GRASSROOTS_DESK,
    RECEIVING_BRANCH_DESK,
    RECEIVING_GRASSROOTS_DESK,
)
from workflows.registry import PREFIXES, WORKFLOWS
from workflows.transfer import TRANSFER, open_parts
from workflows.transfer_facts import Kind, Part, TransferFacts

CELLS = [(*cell, kind) for cell in LEADS for kind in Kind]
MATRIX = [(state, step) for state in TRANSFER.states for step in TABLE]
UNDECLARED = [cell for cell in MATRIX if cell not in LEADS]
# A move from outside begins where it arrives.
BEGINS = {Kind.IN: "arrived"}


def closed_by(fault: Fault, kind: Kind) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the cells that the fault closes, with the codes that close each."""
    ends = {cell: outcome(*cell, facts(kind, **fault.changes)) for cell in LEADS}
    return {cell: end for cell, end in ends.items() if isinstance(end, tuple)}


def test_a07_table_names_every_state_and_step() -> None:
    assert list(TRANSFER.states) == [
        *("prepared", "introduced", "arrived", "assigned", "declined"),
        *("received", "gone", "turned_away", "cancelled"),
    ]
    assert {each.name for each in TRANSFER.steps} == set(TABLE)
    assert len(MATRIX) == len(LEADS) + len(UNDECLARED) == 9 * 7


@pytest.mark.parametrize(("state", "step", "kind"), CELLS)
def test_a07_declared_step_leads_where_the_table_says(state: str, step: str, kind: Kind) -> None:
    assert outcome(state, step, facts(kind)) == LEADS[state, step][kind]


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_knows_the_destinations_of_the_table(state: str, step: str) -> None:
    routes = TRANSFER.step_from(state, step).routes
    assert {route.dest for route in routes} == set(LEADS[state, step].values())


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("state", "step"), UNDECLARED)
def test_a07_undeclared_step_is_refused_and_leaves_the_state(
    state: str, step: str, kind: Kind
) -> None:
    case = Case(state, facts(kind))
    with pytest.raises(NoSuchStep) as refusal:
        TRANSFER.fire(case, step)
    assert (refusal.value.state, refusal.value.step, case.state) == (state, step, state)


@pytest.mark.parametrize("state", TRANSFER.states)
@pytest.mark.parametrize("step", [f"to_{state}" for state in TRANSFER.states])
def test_a08_automatic_triggers_do_not_exist(state: str, step: str) -> None:
    case = Case(state, facts())
    with pytest.raises(NoSuchStep):
        TRANSFER.fire(case, step)
    assert case.state == state


def test_a08_machine_knows_no_trigger_but_the_steps() -> None:
    assert set(TRANSFER._machine.events) == set(TABLE)  # noqa: SLF001  (no hidden door)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_one_fault_closes_precisely_its_steps_with_its_code(fault: Fault) -> None:
    expected = {cell: (fault.code,) for cell in LEADS if cell[1] in fault.closes}
    assert closed_by(fault, Kind.BETWEEN) == expected


@pytest.mark.parametrize(
    ("kind", "fault"), [(kind, fault) for kind, rows in FAULTS_OF_KIND.items() for fault in rows]
)
def test_fault_of_a_kind_closes_precisely_its_steps(kind: Kind, fault: Fault) -> None:
    expected = {cell: (fault.code,) for cell in LEADS if cell[1] in fault.closes}
    assert closed_by(fault, kind) == expected


def test_every_claim_has_a_fault_that_breaks_it() -> None:
    claims = {claim.code for each in TRANSFER.steps for claim in each.requires}
    faults = [*FAULTS, *(fault for rows in FAULTS_OF_KIND.values() for fault in rows)]
    assert {fault.code for fault in faults} == claims


def test_all_that_is_missing_is_named_at_once() -> None:
    bare = facts(has_destination=False, has_comment=False, dues_paid_until=None)
    with pytest.raises(Refused) as refusal:
        TRANSFER.fire(Case("prepared", bare), "ask_to_move")
    assert [(each.code, each.section, dict(each.values)) for each in refusal.value.unmet] == [
        ("destination_named", "move", {}),
        ("comment_written", "comment", {}),
        ("dues_collected", "comment", {"month": "05/2024"}),
    ]


@pytest.mark.parametrize("step", ["decline_introduction", "decline_arrival", "cancel"])
@pytest.mark.parametrize("reason", ["", " ", "\t\n", "\u00a0"])
def test_a05_refusal_or_withdrawal_without_a_reason_is_refused(step: str, reason: str) -> None:
    blank = facts(answers=answers(reason=reason))
    states = [state for state, name in LEADS if name == step]
    assert {outcome(state, step, blank) for state in states} == {("reason_told",)}


@pytest.mark.parametrize(
    ("from_on", "last"),
    [
        (date(2024, 5, 6), date(2024, 8, 6)),
        (date(2024, 11, 30), date(2025, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2024, 12, 31), date(2025, 3, 31)),
    ],
)
def test_temporary_stay_lasts_three_months_to_the_day_and_no_longer(
    from_on: date, last: date
) -> None:
    fits, too_long = (
        facts(temporary=True, from_on=from_on, until_on=until) for until in (last, last + DAY)
    )
    assert outcome("prepared", "ask_to_move", fits) == "introduced"
    assert outcome("prepared", "ask_to_move", too_long) == ("days_of_absence",)


def test_temporary_stay_of_one_day_is_one_and_of_none_is_not() -> None:
    one = facts(temporary=True, from_on=MOVED, until_on=MOVED)
    none = facts(temporary=True, from_on=MOVED, until_on=MOVED - DAY)
    assert outcome("prepared", "ask_to_move", one) == "introduced"
    assert outcome("prepared", "ask_to_move", none) == ("days_of_absence",)


def test_temporary_stay_changes_nothing_in_the_dues() -> None:
    unpaid = facts(temporary=True, from_on=MOVED, until_on=MOVED, dues_paid_until=None)
    assert outcome("prepared", "ask_to_move", unpaid) == "introduced"


def test_temporary_guest_is_received_until_the_stay_is_over() -> None:
    over = TODAY - 5 * DAY
    stay = facts(temporary=True, from_on=MOVED, until_on=over)
    late, last = (
        outcome("assigned", "receive", facts_with(stay, day)) for day in (over + DAY, over)
    )
    assert (late, last) == (("received_in_time",), "received")


def facts_with(given: TransferFacts, received_on: date) -> TransferFacts:
    """Return the same facts with another day of reception."""
    return facts(
        temporary=True,
        from_on=given.from_on,
        until_on=given.until_on,
        answers=answers(received_on=received_on),
    )


@pytest.mark.parametrize(
    ("day", "end"), [(SINCE, ("received_in_time",)), (SINCE + DAY, "received")]
)
def test_reception_is_after_the_first_day_in_the_unit_that_is_left(day: date, end: object) -> None:
    early = facts(moved_on=SINCE - DAY, answers=answers(received_on=day))
    assert outcome("assigned", "receive", early) == end


def test_dues_are_due_for_the_month_of_the_move() -> None:
    paid = facts(moved_on=date(2024, 4, 30), dues_paid_until=date(2024, 4, 1))
    assert outcome("prepared", "ask_to_move", paid) == "introduced"
    behind = facts(moved_on=date(2024, 5, 1), dues_paid_until=date(2024, 4, 30))
    assert outcome("prepared", "ask_to_move", behind) == ("dues_collected",)


def test_desks_hold_the_states() -> None:
    assert {name: state.desk for name, state in TRANSFER.states.items()} == {
        **dict.fromkeys(("prepared", "declined"), BRANCH_DESK),
        "introduced": GRASSROOTS_DESK,
        "arrived": RECEIVING_GRASSROOTS_DESK,
        "assigned": RECEIVING_BRANCH_DESK,
        **dict.fromkeys(FINAL),
    }


def test_only_the_branch_withdraws_what_it_asked_for() -> None:
    desks = {
        state: TRANSFER.desk_for(TRANSFER.step_from(state, "cancel"), state)
        for state in ("prepared", "introduced", "declined")
    }
    assert set(desks.values()) == {BRANCH_DESK}


def test_decisions_handing_up_and_papers_are_marked() -> None:
    steps = TRANSFER.steps
    assert {each.name for each in steps if each.decides} == {
        "introduce",
        "decline_introduction",
        "receive",
    }
    assert {each.name for each in steps if each.hands_up} == {"ask_to_move"}
    assert {each.name: each.produces for each in steps if each.produces} == {
        "introduce": "introduction",
        "receive": "reception",
    }
    assert [each.name for each in steps if each.through] == []


def test_every_desk_has_what_is_left_of_one_month_since_the_move() -> None:
    dues = {state.due for state in TRANSFER.states.values() if state.due}
    (due,) = dues
    assert (getattr(RULES, due.setting), getattr(facts(), due.since)) == (1, MOVED)
    assert months_after(MOVED, 1) == date(2024, 6, 6)
    open_states = [state for state in TRANSFER.states.values() if not state.is_final]
    assert [state.name for state in open_states if state.due is None] == []


def test_branch_writes_only_what_the_state_opens() -> None:
    both = {Part.MOVE, Part.COMMENT}
    expected = dict.fromkeys(TRANSFER.states, frozenset())
    expected |= {"prepared": both, "declined": both}
    assert {state: open_parts(state, Kind.BETWEEN) for state in TRANSFER.states} == expected
    assert open_parts("arrived", Kind.IN) == {Part.MOVE}


def test_check_diagram_and_registry_know_the_transfer() -> None:
    check(TRANSFER)
    picture = draw(TRANSFER)
    assert [name for name in TRANSFER.states if f"as {name}" not in picture] == []
    assert (WORKFLOWS["transfer"], PREFIXES["CS"]) == (TRANSFER, TRANSFER)


class Moving(RuleBasedStateMachine):
    """Any steps on any facts: each moves as declared, or is refused and leaves the state."""

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.case = Kind.BETWEEN, Case(TRANSFER.initial, facts())

    @initialize(kind=st.sampled_from(Kind))
    def begin(self, kind: Kind) -> None:
        self.kind, self.case.state = kind, BEGINS.get(kind, TRANSFER.initial)

    @rule(
        name=st.sampled_from([*TABLE, "to_received", "", "nonsense"]),
        fault=st.none() | st.sampled_from(FAULTS),
    )
    def take(self, name: str, fault: Fault | None) -> None:
        before, given = self.case.state, facts(self.kind, **(fault.changes if fault else {}))
        if (before, name) not in LEADS:
            with pytest.raises(NoSuchStep):
                TRANSFER.fire(Case(before, given), name)
            return
        end = outcome(before, name, given)
        if isinstance(end, tuple):
            assert (len(end) > 0, fault is not None) == (True, True)
            return
        assert end == LEADS[before, name][self.kind]
        self.case.state = end

    @invariant()
    def state_is_declared_and_only_final_ones_have_no_steps(self) -> None:
        state = TRANSFER.states[self.case.state]
        assert (TRANSFER.steps_from(state.name) == []) == state.is_final

    @invariant()
    def each_kind_keeps_to_its_way(self) -> None:
        assert self.case.state in WAYS[self.kind]


OWN = {"prepared", "introduced", "declined", "cancelled"}
WAYS = {
    Kind.WITHIN: OWN | {"assigned", "received"},
    Kind.BETWEEN: OWN | {"arrived", "assigned", "received"},
    Kind.OUT: OWN | {"gone"},
    Kind.IN: {"arrived", "assigned", "received", "turned_away"},
}


def test_a07_any_sequence_of_steps_moves_as_declared_or_leaves_the_state() -> None:
    often = settings(max_examples=150, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Moving, settings=often)


def random_walk(choose: random.Random, kind: Kind) -> list[str]:
    """Take open steps at random until none is left; return the states passed."""
    states = [BEGINS.get(kind, TRANSFER.initial)]
    while steps := sorted({each.name for each in TRANSFER.steps_from(states[-1])}):
        ends = [outcome(states[-1], name, facts(kind)) for name in steps]
        states.append(choose.choice([end for end in ends if isinstance(end, str)]))
        assert len(states) < 1000
    return states


@pytest.mark.parametrize("kind", Kind)
def test_every_random_walk_ends_in_a_final_state_and_its_whole_way_is_reached(kind: Kind) -> None:
    choose = random.Random(1931)  # noqa: S311  (no secret: a walk that can be repeated)
    walks = [random_walk(choose, kind) for _ in range(200)]
    assert {states[-1] for states in walks} == WAYS[kind] & FINAL
    assert {state for states in walks for state in states} == WAYS[kind]


def test_checklist_leaves_out_what_is_no_question_of_the_kind() -> None:
    ask, receive = (
        TRANSFER.step_from(*cell) for cell in (("prepared", "ask_to_move"), ("assigned", "receive"))
    )
    stay = {"temporary": True, "from_on": MOVED, "until_on": MOVED}
    assert asked(ask, facts()) == [
        *("still_a_member", "not_suspended", "destination_named", "comment_written"),
        "dues_collected",
    ]
    assert asked(ask, facts(**stay))[3:] == ["days_of_absence", "comment_written"]
    assert asked(receive, facts()) == ["still_a_member", "not_suspended"]
    assert asked(receive, facts(Kind.IN)) == ["not_ours_already", "not_suspended"]


def asked(step: Step, given: TransferFacts) -> list[str]:
    """Return the claims that a checklist shows."""
    return [claim.code for claim, _missing in step.checklist(given)]
