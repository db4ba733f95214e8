"""Second attempts: votes that failed, were corrected or must be held again; the day that counts."""

from datetime import date

import pytest

from tests.workflows.cases import DAY, HELD, TODAY, answers, facts, outcome, vote, walk

UNPLANNED = answers(meeting_on=None)


def test_failed_vote_leads_back_and_may_be_tried_again() -> None:
    failed = facts(vote=vote(5, 10))
    again = date(2024, 5, 19)
    studied = facts(vote=vote(5, 10), study_passed_on=HELD + DAY, answers=answers(meeting_on=again))
    passed = facts(vote=vote(6, 10, held_on=again), answers=UNPLANNED, proposed_on=again)
    assert walk("branch_vote", ("record_vote", failed)) == "education"
    stages = ("record_vote", failed), ("call_to_vote", studied), ("record_vote", passed)
    assert walk("branch_vote", *stages, ("submit", passed)) == "commune_review"


@pytest.mark.parametrize(
    ("asked", "held", "planned", "counted"),
    [
        (None, None, None, TODAY),
        (None, None, HELD, HELD),
        (None, HELD, HELD - DAY, HELD),
        (None, HELD, HELD + DAY, HELD),
        (TODAY, HELD, HELD - DAY, TODAY),
    ],
)
def test_a30_day_that_counts_is_the_day_of_the_meeting(
    asked: date | None, held: date | None, planned: date | None, counted: date
) -> None:
    recorded = held and vote(held_on=held)
    given = facts(vote=recorded, meeting_planned_on=planned, answers=answers(meeting_on=asked))
    assert given.counted_on == counted


def test_new_vote_after_a_return_leads_to_the_meeting_and_not_up() -> None:
    given = facts(new_vote_needed=True)
    assert outcome("returned", "resubmit", given) == ("no_new_vote_needed",)
    assert outcome("returned", "repeat_vote", given) == "branch_vote"


def test_vote_found_at_fault_never_leads_up_again_by_a_way_round() -> None:
    """Called again, postponed, then the old vote "corrected": it still must not be handed up."""
    old = facts(new_vote_needed=True)
    assert outcome("returned", "repeat_vote", old) == "branch_vote"
    assert outcome("branch_vote", "postpone_vote", old) == "education"
    assert outcome("education", "correct_vote", old) == "education"
    assert outcome("ready", "submit", old) == ("no_new_vote_needed",)


@pytest.mark.parametrize(
    "state", ["education", "ready", "commune_review", "returned", "superior_review"]
)
@pytest.mark.parametrize("in_favour", [5, 6])
def test_a27_vote_corrected_to_failed_leads_back_to_education(state: str, in_favour: int) -> None:
    stays = "ready" if state == "education" else state
    expected = stays if in_favour == 6 else "education"
    assert outcome(state, "correct_vote", facts(vote=vote(in_favour, 10))) == expected
