"""Votes: counts that agree, the quorum, and the verdict (statements 23 to 25)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.labels import DISAGREEMENTS
from workflows.voting import (
    Ballots,
    Disagreement,
    Roll,
    Verdict,
    disagreements,
    quorum_needed,
    verdict,
)

HALF = Fraction(1, 2)
majorities = st.fractions(0, 1, max_denominator=12).filter(lambda part: part < 1)


@st.composite
def agreeing(draw: st.DrawFn) -> tuple[Roll, Ballots]:
    """Draw a meeting whose ballots add up to those present."""
    present = draw(st.integers(1, 400))
    cuts = sorted(draw(st.lists(st.integers(0, present), min_size=3, max_size=3)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, present], strict=True)]
    return Roll(present + draw(st.integers(0, 50)), present), Ballots(*parts)


def votes(in_favour: int, present: int) -> tuple[Roll, Ballots]:
    """Return a vote where everybody else is against."""
    return Roll(present, present), Ballots(in_favour, present - in_favour, 0, 0)


@pytest.mark.parametrize(
    ("in_favour", "present", "needed", "passed"),
    [
        (0, 1, 1, False),
        (1, 1, 1, True),
        (1, 2, 2, False),
        (2, 2, 2, True),
        (1, 3, 2, False),
        (2, 3, 2, True),
        (5, 10, 6, False),
        (6, 10, 6, True),
        (5, 11, 6, False),
        (6, 11, 6, True),
        (11, 11, 6, True),
    ],
)
def test_a23_verdict_tells_passed_with_the_numbers(
    in_favour: int, present: int, needed: int, *, passed: bool
) -> None:
    found = verdict(*votes(in_favour, present), HALF)
    assert found == Verdict(passed, in_favour, present, needed)


def test_a23_blank_and_spoiled_ballots_count_as_present() -> None:
    assert not verdict(Roll(12, 10), Ballots(5, 0, 3, 2), HALF).passed
    assert verdict(Roll(12, 10), Ballots(6, 0, 2, 2), HALF).passed


@given(st.integers(1, 1000))
def test_a25_exactly_half_is_not_passed_and_one_more_is(half: int) -> None:
    ends = [verdict(*votes(half + more, 2 * half), HALF).passed for more in (0, 1)]
    assert ends == [False, True]


@given(agreeing())
def test_a25_passed_means_more_than_half_of_those_present(meeting: tuple[Roll, Ballots]) -> None:
    roll, ballots = meeting
    assert verdict(roll, ballots, HALF).passed == (2 * ballots.in_favour > roll.present)


@given(agreeing(), majorities)
def test_any_majority_is_strict_and_its_number_is_exact(
    meeting: tuple[Roll, Ballots], majority: Fraction
) -> None:
    roll, ballots = meeting
    found = verdict(roll, ballots, majority)
    assert found.passed == (ballots.in_favour > roll.present * majority)
    assert found.needed - 1 <= roll.present * majority < found.needed


@given(st.integers(1, 200), majorities)
def test_verdict_is_monotone_in_those_in_favour(present: int, majority: Fraction) -> None:
    ends = [verdict(*votes(count, present), majority).passed for count in range(present + 1)]
    assert ends == sorted(ends)
    assert ends[-1]


@pytest.mark.parametrize("present", [0, -1])
def test_a25_nobody_present_stores_no_result(present: int) -> None:
    with pytest.raises(ValueError, match=r"^nobody_present$"):
        verdict(Roll(12, present), Ballots(0, 0, 0, 0), HALF)


@pytest.mark.parametrize(
    ("roll", "ballots", "faults"),
    [
        ((12, 10), (8, 1, 1, 0), []),
        ((12, 10), (-1, 10, 1, 0), [("negative", -1, 0)]),
        ((12, 10), (8, -2, 4, 0), [("negative", -2, 0)]),
        ((12, 10), (8, 3, -1, 0), [("negative", -1, 0)]),
        ((12, 10), (8, 3, 0, -1), [("negative", -1, 0)]),
        ((12, 0), (0, 0, 0, 0), [("nobody_present", 0, 1)]),
        ((9, 10), (8, 2, 0, 0), [("more_present_than_entitled", 10, 9)]),
        ((12, 10), (11, 0, 0, 0), [("more_votes_than_present", 11, 10)]),
        ((12, 10), (8, 1, 0, 0), [("total_is_not_present", 9, 10)]),
        ((12, 10), (8, 1, 1, 1), [("total_is_not_present", 11, 10)]),
        ((12, 10), (0, 11, 0, 0), [("total_is_not_present", 11, 10)]),
        (
            (9, 10),
            (8, 1, 0, 0),
            [("more_present_than_entitled", 10, 9), ("total_is_not_present", 9, 10)],
        ),
        ((12, 0), (1, 0, 0, 0), [("nobody_present", 0, 1), ("more_votes_than_present", 1, 0)]),
    ],
)
def test_a24_disagreements_name_the_two_numbers(
    roll: tuple[int, int], ballots: tuple[int, ...], faults: list[tuple[str, int, int]]
) -> None:
    assert disagreements(Roll(*roll), Ballots(*ballots)) == [Disagreement(*each) for each in faults]


@given(agreeing())
def test_a24_counts_that_add_up_never_disagree(meeting: tuple[Roll, Ballots]) -> None:
    assert disagreements(*meeting) == []


small = st.integers(-2, 12)


@given(st.builds(Roll, small, small), st.builds(Ballots, small, small, small, small))
def test_a24_counts_are_accepted_only_when_a_meeting_could_have_them(
    roll: Roll, ballots: Ballots
) -> None:
    counts = [ballots.in_favour, ballots.against, ballots.blank, ballots.spoiled]
    possible = (
        all(count >= 0 for count in counts)
        and 1 <= roll.present <= roll.entitled
        and sum(counts) == roll.present
    )
    assert (disagreements(roll, ballots) == []) == possible


@given(st.builds(Roll, small, small), st.builds(Ballots, small, small, small, small))
def test_a24_two_numbers_that_disagree_are_two_numbers(roll: Roll, ballots: Ballots) -> None:
    faults = disagreements(roll, ballots)
    assert [each for each in faults if each.left == each.right] == []
    assert {each.code for each in faults} <= DISAGREEMENTS.keys()


@pytest.mark.parametrize(
    ("entitled", "quorum", "needed"),
    [
        (1, Fraction(2, 3), 1),
        (3, Fraction(2, 3), 2),
        (4, Fraction(2, 3), 3),
        (10, Fraction(2, 3), 7),
        (12, Fraction(2, 3), 8),
        (300, Fraction(2, 3), 200),
        (9, Fraction(1, 2), 5),
        (9, Fraction(0), 0),
        (9, Fraction(1), 9),
    ],
)
def test_quorum_is_rounded_up_to_whole_people(entitled: int, quorum: Fraction, needed: int) -> None:
    assert quorum_needed(entitled, quorum) == needed


@given(st.integers(0, 5000), st.fractions(0, 1, max_denominator=12))
def test_quorum_is_the_smallest_number_that_reaches_the_share(
    entitled: int, quorum: Fraction
) -> None:
    needed = quorum_needed(entitled, quorum)
    assert needed - 1 < entitled * quorum <= needed <= entitled
