"""Walks: any steps in any order, eight threads on one machine, and every way to its end."""

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.workflows.cases import FINAL, LEADS, TABLE, facts, facts_for, outcome, vote
from tests.workflows.faults import ALL_FAULTS, Fault
from workflows.admission import ADMISSION
from workflows.admission_facts import AdmissionFacts
from workflows.engine import Case, NoSuchStep

OTHER_WAY: dict[str, dict[str, Any]] = {
    "record_vote": {"vote": vote(5, 10)},
    "correct_vote": {"vote": vote(5, 10)},
    "record_ceremony": {"card_number": "860245000042"},
    "issue_card": {"ceremony_on": facts().today},
}
# Every cell of the matrix with the facts that open it, and once more with those that fork it.
CELLS: list[tuple[str, str, AdmissionFacts, str | None]] = [
    (state, name, facts_for(name), LEADS.get((state, name), [None])[0])
    for state in ADMISSION.states
    for name in TABLE
] + [
    (state, name, facts(**OTHER_WAY[name]), ends[1])
    for (state, name), ends in LEADS.items()
    if name in OTHER_WAY
]


def ending(state: str, name: str, given: AdmissionFacts) -> str | None:
    """Return where a step ends, ``None`` where it does not exist and the state stays."""
    case = Case(state, given)
    try:
        ADMISSION.fire(case, name)
    except NoSuchStep:
        return None if case.state == state else case.state
    return case.state


def wrong_fires(seed: int) -> int:
    """Fire random cells as one thread and count those that end where they should not."""
    choose = random.Random(seed)  # noqa: S311  (no secret: a walk that can be repeated)
    fired = (choose.choice(CELLS) for _ in range(5000))
    return sum(ending(state, name, given) != end for state, name, given, end in fired)


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Let threads change places as often as the interpreter can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("restless_threads")
def test_eight_threads_share_one_machine_and_none_goes_wrong() -> None:
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(wrong_fires, range(8))) == 0


def test_machine_keeps_no_models_and_no_queue() -> None:
    """A queue would belong to all threads at once: one would move another's dossier."""
    machine = ADMISSION._machine  # noqa: SLF001  (what leaks would leak there)
    assert wrong_fires(1) == 0
    assert (machine.models, machine.has_queue) == ([], False)


def test_a08_machine_knows_no_trigger_but_the_steps() -> None:
    assert set(ADMISSION._machine.events) == set(TABLE)  # noqa: SLF001  (no hidden door)


class Dossier(RuleBasedStateMachine):
    """Any steps on any facts: each moves as declared, or is refused and leaves the state."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Case(ADMISSION.initial, facts())

    @rule(
        name=st.sampled_from([*TABLE, "to_admitted", "", "nonsense"]),
        fault=st.none() | st.sampled_from(ALL_FAULTS),
    )
    def take(self, name: str, fault: Fault | None) -> None:
        before, given = self.case.state, facts_for(name, **(fault.changes if fault else {}))
        if (before, name) not in LEADS:
            assert ending(before, name, given) is None
            return
        end = outcome(before, name, given)
        if isinstance(end, tuple):
            assert (len(end) > 0, fault is not None) == (True, True)
            return
        assert end in LEADS[before, name]
        self.case.state = end

    @invariant()
    def state_is_declared_and_only_final_ones_have_no_steps(self) -> None:
        state = ADMISSION.states[self.case.state]
        assert (ADMISSION.steps_from(state.name) == []) == state.is_final


def test_a07_any_sequence_of_steps_moves_as_declared_or_leaves_the_state() -> None:
    often = settings(max_examples=150, stateful_step_count=30, deadline=None)
    run_state_machine_as_test(Dossier, settings=often)


@pytest.mark.parametrize("state", ADMISSION.states)
def test_a07_open_steps_exist_precisely_where_the_state_is_not_final(state: str) -> None:
    steps = [name for at, name in LEADS if at == state]
    assert {outcome(state, name, facts_for(name)) for name in steps} == {
        LEADS[state, name][0] for name in steps
    }
    assert (steps == []) == (state in FINAL) == ADMISSION.states[state].is_final


DONE_BY = {
    "record_ceremony": {"ceremony_on": facts().today},
    "issue_card": {"card_number": facts().answers.card_number},
}


def random_walk(choose: random.Random) -> list[str]:
    """Take open steps at random until none is left; return the states passed."""
    states, done = [ADMISSION.initial], {}
    while steps := sorted(each.name for each in ADMISSION.steps_from(states[-1])):
        ends = {name: outcome(states[-1], name, facts_for(name, **done)) for name in steps}
        name = choose.choice([name for name, end in ends.items() if isinstance(end, str)])
        states.append(ends[name])
        done |= DONE_BY.get(name, {})
        assert len(states) < 1000
    return states


def test_every_random_walk_ends_in_a_final_state_and_all_are_reached() -> None:
    choose = random.Random(1931)  # noqa: S311
    walks = [random_walk(choose) for _ in range(300)]
    assert {states[-1] for states in walks} == FINAL
    assert {state for states in walks for state in states} == set(ADMISSION.states)
