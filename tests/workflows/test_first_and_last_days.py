"""The first and the last day, and the smallest number, that still count: each opens its steps."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.workflows.cases import (
    HELD,
    LEADS,
    TODAY,
    answers,
    claims,
    facts,
    facts_for,
    introducer,
    outcome,
    vote,
)
from workflows.admission_facts import EDITABLE

SIGNED = facts().signed_on
STILL_RIGHT: list[Mapping[str, Any]] = [
    {"applied_on": HELD},
    {"study_passed_on": HELD},
    {"introducer": introducer(introduced_on=HELD)},
    {"proposed_on": HELD},
    {"vote": vote(6, 8, 12)},
    {
        "vote": vote(held_on=TODAY),
        "proposed_on": TODAY,
        "answers": answers(meeting_on=TODAY, signed_on=TODAY),
    },
    {"answers": answers(signed_on=HELD)},
    {"answers": answers(signed_on=TODAY)},
    {"answers": answers(ceremony_on=SIGNED)},
    {"answers": answers(ceremony_on=TODAY)},
    {"answers": answers(card_issued_on=SIGNED)},
    {"answers": answers(card_issued_on=TODAY)},
    {"answers": answers(card_issued_on=None)},
    {"answers": answers(sections=(*EDITABLE, "vote"))},
    {"returned_sections": frozenset({"study"}), "amended_sections": frozenset({"study", "person"})},
]


@pytest.mark.parametrize("changes", STILL_RIGHT, ids="-".join)
def test_what_is_still_right_closes_no_step(changes: Mapping[str, Any]) -> None:
    ends = {
        (state, step): outcome(state, step, facts_for(step, **changes)) for state, step in LEADS
    }
    assert ends == {cell: possible[0] for cell, possible in LEADS.items()}


def test_checklist_leaves_out_what_the_actor_types_with_the_step() -> None:
    assert {code for code, claim in claims().items() if claim.of_answer} == {
        *("meeting_day_named", "reason_given", "sections_named", "signed_after_meeting"),
        *("ceremony_after_signing", "card_numbered"),
    }


def test_branch_writes_these_sections_itself() -> None:
    written = "person nomination application background introducer study party_opinion proposal"
    assert list(EDITABLE) == written.split()


@pytest.mark.parametrize("part", [facts(), answers(), introducer(), vote(), vote().ballots])
def test_facts_are_frozen(part: Any) -> None:
    name = type(part).__slots__[0]
    with pytest.raises(AttributeError):
        setattr(part, name, None)
