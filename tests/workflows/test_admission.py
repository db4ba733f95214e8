"""Admission as a table: every step from every state, and what closes each (statement 7)."""

import pytest

from tests.workflows.cases import (
    FINAL,
    LEADS,
    TABLE,
    answers,
    claims,
    facts,
    facts_for,
    outcome,
    refused,
)
from tests.workflows.faults import ALL_FAULTS, ALONE, ENTANGLED, Fault
from workflows.admission import ADMISSION, open_sections
from workflows.admission_facts import EDITABLE, Section
from workflows.engine import Case, NoSuchStep
from workflows.levels import BRANCH_DESK, CARD_DESK, GRASSROOTS_DESK, SUPERIOR_DESK

MATRIX = [(state, step) for state in ADMISSION.states for step in TABLE]
UNDECLARED = [cell for cell in MATRIX if cell not in LEADS]


def closed_by(fault: Fault) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the cells that the fault closes, with the codes that close each."""
    found = {}
    for state, step in LEADS:
        end = outcome(state, step, facts_for(step, **fault.changes))
        if isinstance(end, tuple):
            found[state, step] = end
    return found


def test_a07_table_names_every_state_and_step() -> None:
    assert list(ADMISSION.states) == [
        *("nomination", "education", "branch_vote", "ready", "commune_review", "returned"),
        *("superior_review", "ceremony", "card_issue", "admitted", "refused", "withdrawn"),
        "lapsed",
    ]
    assert {each.name for each in ADMISSION.steps} == set(TABLE)
    assert len(MATRIX) == len(LEADS) + len(UNDECLARED) == 13 * 19


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_leads_where_the_table_says(state: str, step: str) -> None:
    assert outcome(state, step, facts_for(step)) == LEADS[state, step][0]


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_a07_declared_step_knows_the_destinations_of_the_table(state: str, step: str) -> None:
    routes = ADMISSION.step_from(state, step).routes
    assert {route.dest for route in routes} == set(LEADS[state, step])


@pytest.mark.parametrize(("state", "step"), UNDECLARED)
def test_a07_undeclared_step_is_refused_and_leaves_the_state(state: str, step: str) -> None:
    case = Case(state, facts_for(step))
    with pytest.raises(NoSuchStep) as refusal:
        ADMISSION.fire(case, step)
    assert (refusal.value.state, refusal.value.step, case.state) == (state, step, state)


@pytest.mark.parametrize("state", ADMISSION.states)
@pytest.mark.parametrize("step", [f"to_{state}" for state in ADMISSION.states])
def test_a08_automatic_triggers_do_not_exist(state: str, step: str) -> None:
    case = Case(state, facts())
    with pytest.raises(NoSuchStep):
        ADMISSION.fire(case, step)
    assert case.state == state


@pytest.mark.parametrize("name", ["", " submit", "SUBMIT", "initial", "__class__", "trigger"])
def test_a08_unknown_names_are_no_steps(name: str) -> None:
    with pytest.raises(NoSuchStep):
        ADMISSION.fire(Case("ready", facts()), name)


@pytest.mark.parametrize("fault", ALONE, ids=lambda fault: fault.code)
def test_one_fault_closes_precisely_its_steps_with_its_code(fault: Fault) -> None:
    expected = {cell: (fault.code,) for cell in LEADS if cell[1] in fault.closes}
    assert closed_by(fault) == expected


@pytest.mark.parametrize("fault", ENTANGLED, ids=lambda fault: fault.code)
def test_entangled_fault_closes_precisely_the_steps_that_make_its_claim(fault: Fault) -> None:
    closed = {step for (_, step), codes in closed_by(fault).items() if fault.code in codes}
    assert closed == fault.closes


def test_every_claim_has_a_fault_that_breaks_it() -> None:
    assert {fault.code for fault in ALL_FAULTS} == set(claims())


def test_all_that_is_missing_is_named_at_once() -> None:
    bare = facts(sex_given=False, schooling=None, study_passed_on=None, has_helper=False)
    assert [(each.code, each.section, each.clause) for each in refused("call_to_vote", bare)] == [
        ("identity_complete", "person", "background"),
        ("schooled", "person", "schooling"),
        ("study_finished", "study", "study"),
    ]


def test_a29_candidate_without_finished_study_is_not_put_to_the_vote() -> None:
    untaught = facts(study_passed_on=None)
    assert outcome("education", "call_to_vote", untaught) == ("study_finished",)
    assert outcome("branch_vote", "record_vote", untaught) == ("study_finished",)


@pytest.mark.parametrize("step", ["send_back", "refuse"])
@pytest.mark.parametrize("reason", ["", " ", "\t\n", "\u00a0"])
def test_a05_return_or_refusal_without_a_reason_is_refused(step: str, reason: str) -> None:
    blank = facts(answers=answers(reason=reason))
    assert outcome("commune_review", step, blank) == ("reason_given",)


MENDABLE = {*EDITABLE, Section.VOTE}


@pytest.mark.parametrize("section", sorted(MENDABLE))
def test_a04_returned_section_can_be_mended_and_sent_up_again(section: Section) -> None:
    returned = frozenset({section.value})
    named = facts(answers=answers(sections=(section.value,)))
    mended = facts(returned_sections=returned, amended_sections=open_sections("returned", returned))
    assert outcome("commune_review", "send_back", named) == "returned"
    assert outcome("returned", "resubmit", mended) == "commune_review"


@pytest.mark.parametrize("section", [*sorted({*Section} - MENDABLE), "nonsense", " "])
def test_a04_section_that_the_branch_cannot_mend_cannot_be_returned(section: str) -> None:
    """Else the dossier could never be sent up again."""
    trap = facts(answers=answers(sections=(section,)))
    assert outcome("commune_review", "send_back", trap) == ("sections_named",)


def test_desks_hold_the_states() -> None:
    assert {name: state.desk for name, state in ADMISSION.states.items()} == {
        **dict.fromkeys(("nomination", "education", "branch_vote", "ready"), BRANCH_DESK),
        **dict.fromkeys(("returned", "ceremony"), BRANCH_DESK),
        "commune_review": GRASSROOTS_DESK,
        "superior_review": SUPERIOR_DESK,
        "card_issue": CARD_DESK,
        **dict.fromkeys(FINAL),
    }


@pytest.mark.parametrize(("state", "step"), LEADS)
def test_steps_are_taken_at_their_desk(state: str, step: str) -> None:
    own = {"issue_card": CARD_DESK, "lapse": GRASSROOTS_DESK}
    own |= dict.fromkeys(("withdraw", "correct_vote"), BRANCH_DESK)
    expected = own.get(step, ADMISSION.states[state].desk)
    assert ADMISSION.desk_for(ADMISSION.step_from(state, step), state) == expected


def test_decisions_and_handing_up_are_marked() -> None:
    decide = {each.name for each in ADMISSION.steps if each.decides}
    assert decide == {
        *("approve", "adopt_resolution", "send_back", "refuse", "ask_superior", "consent"),
        "object",
    }
    assert {each.name for each in ADMISSION.steps if each.hands_up} == {"submit", "resubmit"}


def test_votes_come_only_through_a_meeting() -> None:
    through = {each.name: each.through for each in ADMISSION.steps if each.through}
    assert through == {"record_vote": "meeting", "correct_vote": "meeting"}


def test_steps_produce_their_papers() -> None:
    assert {each.name: each.produces for each in ADMISSION.steps if each.produces} == {
        "record_vote": "minutes",
        "submit": "proposal",
        "adopt_resolution": "resolution",
        "approve": "resolution",
        "issue_card": "card_list",
    }


def test_a04_branch_writes_only_what_the_state_opens() -> None:
    returned = {"study", "person", "vote", "decision"}
    before = frozenset(EDITABLE) - {Section.PROPOSAL}
    expected = dict.fromkeys(ADMISSION.states, frozenset())
    expected |= {"nomination": before, "education": before, "ready": {Section.PROPOSAL}}
    expected |= {"returned": {Section.STUDY, Section.PERSON}}
    assert {state: open_sections(state, returned) for state in ADMISSION.states} == expected


def test_dues_name_settings_and_dates_that_exist() -> None:
    dues = {name: state.due for name, state in ADMISSION.states.items() if state.due}
    given = facts()
    assert {
        name: (getattr(given.rules, due.setting), due.since and getattr(given, due.since))
        for name, due in dues.items()
    } == {
        "commune_review": (7, None),
        "superior_review": (7, None),
        "returned": (30, None),
        "ceremony": (1, given.signed_on),
        "card_issue": (1, given.signed_on),
    }
