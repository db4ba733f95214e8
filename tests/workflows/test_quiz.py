"""The quiz as a rule: draws follow from the seed, grades from the answers, ends from the clock."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.contest.quiz import Given, draw, ends, graded
from workflows.contest.rules import Part, PartKind

NOON = datetime(2027, 3, 1, 5, tzinfo=UTC)
BANKS = st.dictionaries(st.integers(1, 10**6), st.integers(2, 6), min_size=1, max_size=60)


def quiz(**said):
    return Part("q", "q", PartKind.QUIZ, Decimal(said.pop("max", 100)), **said)


@given(bank=BANKS, seed=st.text(max_size=32), data=st.data())
def test_a_draw_takes_different_questions_of_the_bank_and_shows_each_option_once(bank, seed, data):
    count = data.draw(st.integers(1, len(bank)))
    drawn = draw(bank, count, seed)
    assert len({each.question for each in drawn}) == count
    for each in drawn:
        assert sorted(each.shuffle) == list(range(bank[each.question]))


@given(bank=BANKS, seed=st.text(max_size=32))
def test_a_draw_can_be_made_again_from_its_seed_whatever_the_order_of_the_bank(bank, seed):
    backwards = dict(reversed(bank.items()))
    assert draw(bank, len(bank), seed) == draw(backwards, len(bank), seed)


def test_two_seeds_draw_differently():
    bank = dict.fromkeys(range(100), 4)
    assert draw(bank, 20, "a") != draw(bank, 20, "b")


def test_a_bank_that_is_too_small_draws_nothing():
    with pytest.raises(ValueError, match="3"):
        draw({1: 4, 2: 4}, 3, "seed")


@pytest.mark.parametrize(
    ("answers", "rules", "points"),
    [
        ([(0, 0), (1, 1), (2, 0)], {}, "2"),
        ([(0, 0), (1, None)], {"points_wrong": Decimal("-0.5")}, "1"),
        ([(0, 0), (1, 0)], {"points_wrong": Decimal("-0.5")}, "0.5"),
        ([(0, 1), (1, 0)], {"points_wrong": Decimal(-1)}, "0"),
        ([(0, 0)] * 9, {"points_each": Decimal(2), "max": 10}, "10"),
        ([], {}, "0"),
    ],
)
def test_an_attempt_earns_what_the_part_says_never_below_zero_or_above_its_maximum(
    answers, rules, points
):
    assert graded(quiz(**rules), [Given(*each) for each in answers]) == Decimal(points)


def test_an_attempt_ends_by_its_minutes_or_with_the_round_whatever_comes_first():
    soon, late = NOON + timedelta(minutes=5), NOON + timedelta(hours=1)
    assert ends(quiz(minutes=20), NOON, None) == NOON + timedelta(minutes=20)
    assert ends(quiz(minutes=20), NOON, soon) == soon
    assert ends(quiz(minutes=20), NOON, late) == NOON + timedelta(minutes=20)
    assert ends(quiz(), NOON, late) == late
