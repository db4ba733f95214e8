"""The engine: what ``check`` finds, which route is taken, what a refusal names."""

from typing import Any

import pytest

from tests.workflows.cases import LEADS
from workflows.admission import ADMISSION
from workflows.checks import check
from workflows.engine import (
    NOT_YET,
    Case,
    NoSuchStep,
    Refused,
    Requirement,
    Route,
    State,
    Unmet,
    Workflow,
    requirement,
    step,
)
from workflows.levels import BRANCH_DESK, CARD_DESK, GRASSROOTS_DESK, Desk, Seat

OPEN, LATER, DONE = State("open", BRANCH_DESK), State("later", GRASSROOTS_DESK), State("done")
CLOSE = step("close", "open later", "done", clause="c")
DELAY = step("delay", "open", "later", clause="c")
EMPTY_DESK = Desk(Seat.BRANCH, ())


def toy(*steps: Any, states: tuple[State, ...] = (OPEN, LATER, DONE)) -> Workflow:
    """Build a small workflow; ``check`` runs as it is built."""
    return Workflow("toy", "TO", states, steps)


def fire(workflow: Workflow, state: str, name: str, given_facts: object) -> str:
    """Fire one step and return where it ends."""
    case = Case(state, given_facts)
    workflow.fire(case, name)
    return case.state


def test_check_finds_no_fault_in_the_admission() -> None:
    check(ADMISSION)
    check(toy(CLOSE, DELAY))


@pytest.mark.parametrize(
    ("steps", "states", "faults"),
    [
        ((CLOSE, DELAY, step("go", "open", "far", clause="c")), None, ["unknown state 'far'"]),
        ((CLOSE, DELAY, step("go", "far", "done", clause="c")), None, ["unknown state 'far'"]),
        (
            (CLOSE, DELAY, step("go", "open", (Route("done"), Route("far")), clause="c")),
            None,
            ["unknown state 'far'"],
        ),
        ((CLOSE,), None, ["state 'later' cannot be reached"]),
        (
            (step("close", "open", "done", clause="c"), DELAY),
            None,
            ["state 'later' leads to no end"],
        ),
        (
            (DELAY, step("back", "later", "open", clause="c")),
            None,
            [
                "state 'done' cannot be reached",
                "state 'open' leads to no end",
                "state 'later' leads to no end",
            ],
        ),
        (
            (CLOSE, DELAY, step("again", "done", "open", clause="c")),
            None,
            ["final state 'done' is left by a step"],
        ),
        ((CLOSE, step("delay", "open", "later", clause="")), None, ["step 'delay' has no clause"]),
        ((CLOSE, DELAY, DELAY), None, ["step 'delay' stands twice in 'open'"]),
        (
            (CLOSE, step("delay", "open open", "later", clause="c")),
            None,
            ["step 'delay' stands twice in 'open'"],
        ),
        (
            (CLOSE, DELAY),
            (OPEN, State("later", EMPTY_DESK), DONE),
            ["nobody can hold the desk of 'later'"],
        ),
        (
            (CLOSE, step("delay", "open", "later", clause="c", desk=EMPTY_DESK)),
            None,
            ["nobody can hold the desk of 'delay'"],
        ),
        (
            (CLOSE, DELAY, DELAY, step("go", "open", "far", clause="")),
            None,
            [
                "unknown state 'far'",
                "step 'delay' stands twice in 'open'",
                "step 'go' has no clause",
            ],
        ),
    ],
)
def test_check_names_every_fault(
    steps: tuple[Any, ...], states: tuple[State, ...] | None, faults: list[str]
) -> None:
    with pytest.raises(ValueError, match=r"^toy: ") as found:
        toy(*steps, states=states or (OPEN, LATER, DONE))
    assert str(found.value).splitlines() == [f"toy: {fault}" for fault in faults]


def test_first_route_that_holds_is_taken() -> None:
    routes = (Route("done", lambda n: n > 1), Route("later", lambda n: n > 0))
    forked = toy(CLOSE, step("go", "open", routes, clause="c"))
    assert [fire(forked, "open", "go", number) for number in (2, 1)] == ["done", "later"]


def test_step_with_no_route_that_holds_is_no_step_and_leaves_the_state() -> None:
    case = Case("open", None)
    with pytest.raises(NoSuchStep):
        toy(CLOSE, DELAY, step("go", "open", [Route("done", bool)], clause="c")).fire(case, "go")
    assert case.state == "open"


def test_same_name_from_two_states_keeps_its_own_demands_and_ends() -> None:
    never = Requirement("never", "s", "c", lambda _facts: {})
    shut = step("go", "open", "later", clause="c", requires=(never,))
    pair = toy(CLOSE, DELAY, shut, step("go", "later", "done", clause="c"))
    assert fire(pair, "later", "go", None) == "done"
    with pytest.raises(Refused, match=r"^never$"):
        fire(pair, "open", "go", None)


def test_refusal_names_all_unmet_claims_in_order_with_their_values() -> None:
    @requirement("small", section="s", clause="c", of_answer=True)
    def small(number: int) -> dict[str, object] | None:
        return None if number < 5 else {"most": 4}

    even = Requirement("even", "t", "d", lambda number: None if number % 2 == 0 else {})
    guarded = toy(CLOSE, step("go", "open", "later", clause="c", requires=(small, even)))
    with pytest.raises(Refused) as refusal:
        fire(guarded, "open", "go", 7)
    assert refusal.value.unmet == (Unmet("small", "s", "c", {"most": 4}), Unmet("even", "t", "d"))
    assert (str(refusal.value), small.of_answer, even.of_answer) == ("small, even", True, False)
    assert fire(guarded, "open", "go", 4) == "later"


def test_desk_of_a_step_stands_before_that_of_the_state() -> None:
    carried = step("carry", "later", "done", clause="c", desk=CARD_DESK)
    desks = toy(CLOSE, DELAY, carried)
    assert desks.desk_for(CLOSE, "later") == GRASSROOTS_DESK
    assert desks.desk_for(carried, "later") == CARD_DESK
    with pytest.raises(NoSuchStep):
        desks.desk_for(CLOSE, "done")


def test_steps_from_lists_what_the_table_declares() -> None:
    assert {
        state: {each.name for each in ADMISSION.steps_from(state)} for state in ADMISSION.states
    } == {state: {name for at, name in LEADS if at == state} for state in ADMISSION.states}


def test_checklist_shows_what_can_be_judged_of_the_dossier_itself() -> None:
    met = Requirement("met", "s", "c", lambda _facts: None)
    missing = Requirement("missing", "s", "c", lambda _facts: {"most": 4})
    nothing_yet = Requirement("nothing_yet", "s", "c", lambda _facts: NOT_YET)
    typed = Requirement("typed", "s", "c", lambda _facts: {}, of_answer=True)
    go = step("go", "open", "later", clause="c", requires=(met, nothing_yet, missing, typed))
    reason = Unmet("missing", "s", "c", {"most": 4})
    assert go.checklist(None) == [(met, None), (missing, reason)]
    assert go.unmet(None) == [reason, Unmet("typed", "s", "c")]
