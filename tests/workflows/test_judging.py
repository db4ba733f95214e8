"""The rules of judging, table by table: points, conflicts, shares, hours."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.panels import GOOD, SITUATION
from workflows.contest.assignment import share_out
from workflows.contest.conflicts import ConflictKind, Entrant, JudgeTies, conflict_of
from workflows.contest.hours import Hour, Times, hour_of, takes_scores
from workflows.contest.marking import Mark, faults_of, points_of, read_points, steps_of
from workflows.contest.rules import Criterion, Part, PartKind


@pytest.mark.parametrize(
    ("text", "points"),
    [("8,5", "8.5"), ("8.5", "8.5"), (" 8 ", "8"), ("0", "0"), ("-1", "-1"), ("1,125", "1.125")],
)
def test_points_are_read_as_people_write_them(text, points):
    assert read_points(text) == Decimal(points)


@pytest.mark.parametrize(
    "text", ["", "tám", "8,5,5", "8.", ",5", "1e3", "NaN", "Infinity", "1.2345", "٣", "8 5"]
)
def test_anything_else_is_no_number(text):
    with pytest.raises(ValueError, match=r".*"):
        read_points(text)


def codes(changed, *, is_final=True):
    """Return the faults of a good sheet with some points changed."""
    marks = {code: Mark(text) for code, text in (GOOD | changed).items()}
    return {
        code: each.code for code, each in faults_of(SITUATION, marks, is_final=is_final).items()
    }


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, {}),
        ({"sang_tao": ""}, {}),
        ({"dung": ""}, {"dung": "missing"}),
        ({"dung": "10"}, {}),
        ({"dung": "10,5"}, {"dung": "above_most"}),
        ({"dung": "-0,5"}, {"dung": "below_zero"}),
        ({"dung": "0"}, {}),
        ({"dung": "8,25"}, {"dung": "off_step"}),
        ({"trinh_bay": "2,5"}, {"trinh_bay": "unexplained"}),
        ({"trinh_bay": "3"}, {}),
        ({"dung": "x", "cach_lam": "13"}, {"dung": "no_number", "cach_lam": "above_most"}),
    ],
)
def test_a34_every_fault_of_a_sheet_is_named_at_its_criterion(changed, found):
    assert codes(changed) == found


def test_a34_a_draft_may_lack_points_and_reasons_and_nothing_else():
    assert codes({"dung": "", "trinh_bay": "1"}, is_final=False) == {}
    assert codes({"dung": "11"}, is_final=False) == {"dung": "above_most"}


def test_a_sheet_gives_no_more_than_its_part_has():
    criteria = tuple(Criterion(code, code, Decimal(8)) for code in "ab")
    part = Part("a", "A", PartKind.TALENT, Decimal(10), criteria=criteria)
    marks = {code: Mark("8") for code in "ab"}
    assert faults_of(part, marks, is_final=True)[""].values == {"points": 16, "most": 10}


def test_a_criterion_left_empty_has_no_points():
    points = points_of(SITUATION, {code: Mark(text) for code, text in GOOD.items()})
    assert points == {
        "dung": Decimal("8.5"),
        "cach_lam": Decimal("10.5"),
        "trinh_bay": Decimal(5),
        "sang_tao": None,
    }


def test_few_values_are_picked_and_many_are_typed():
    assert len(steps_of(Criterion("a", "A", Decimal(10)))) == 21
    assert steps_of(Criterion("a", "A", Decimal("10.5"))) == ()
    assert steps_of(Criterion("a", "A", Decimal(1), Decimal("0.4"))) == (
        Decimal(0),
        Decimal("0.4"),
        Decimal("0.8"),
    )


DISTRICT, COMMUNE, BRANCH = "1.2.", "1.2.5.", "1.2.5.9."
ENTRANT = Entrant(entry=7, person_id=70, path=BRANCH)


@pytest.mark.parametrize(
    ("ties", "in_district", "in_commune"),
    [
        (JudgeTies(), None, None),
        (JudgeTies(person_id=70), "itself", "itself"),
        (JudgeTies(homes=frozenset({BRANCH})), "home", "home"),
        (JudgeTies(homes=frozenset({"1.2.5.8."})), "home", None),
        (JudgeTies(homes=frozenset({"1.2.6.3."})), None, None),
        (JudgeTies(posts=frozenset({COMMUNE})), "post", None),
        (JudgeTies(posts=frozenset({BRANCH})), "post", "post"),
        (JudgeTies(posts=frozenset({DISTRICT})), None, None),
        (JudgeTies(posts=frozenset({"1.2.55."})), None, None),
        (JudgeTies(declared={7: ConflictKind.KINSHIP}), "kinship", "kinship"),
        (JudgeTies(declared={8: ConflictKind.KINSHIP}), None, None),
    ],
)
def test_a36_conflicts_are_found_below_the_unit_that_holds_the_round(ties, in_district, in_commune):
    found = [conflict_of(ties, ENTRANT, organiser) for organiser in (DISTRICT, COMMUNE)]
    assert found == [in_district, in_commune]


@given(entries=st.integers(1, 40), judges=st.integers(1, 9), data=st.data())
def test_entries_are_shared_out_evenly(entries, judges, data):
    each = data.draw(st.integers(1, judges))
    shares = share_out({entry: range(judges) for entry in range(entries)}, each)
    load = Counter(judge for _entry, judge in shares.pairs)
    assert (len(set(shares.pairs)), shares.lacks) == (entries * each, {})
    assert max(load.values()) - min(load[judge] for judge in range(judges)) <= 1


@given(st.dictionaries(st.integers(0, 20), st.sets(st.integers(0, 6))), st.integers(1, 7))
def test_a36_nobody_gets_an_entry_that_they_are_not_free_for(free, each):
    shares = share_out(free, each)
    count = Counter(entry for entry, _judge in shares.pairs)
    assert all(judge in free[entry] for entry, judge in shares.pairs)
    assert {entry: count[entry] + shares.lacks.get(entry, 0) for entry in free} == dict.fromkeys(
        free, each
    )
    assert all(count[entry] == min(each, len(free[entry])) for entry in free)


def test_what_stands_is_kept_and_only_the_rest_is_added():
    shares = share_out({1: [1, 2, 3], 2: [1, 2, 3]}, 2, given=[(1, 1), (1, 2), (2, 1)])
    assert shares.pairs == ((2, 3),)


@given(pairs=st.integers(1, 12), judges=st.integers(1, 9), data=st.data())
def test_both_sides_of_a_debate_have_the_same_judges_where_nothing_bars_them(pairs, judges, data):
    each = data.draw(st.integers(1, judges))
    together = [(number, number + 100) for number in range(pairs)]
    free = {entry: range(judges) for pair in together for entry in pair}
    shares = share_out(free, each, together=together)
    judges_of = {entry: {j for other, j in shares.pairs if other == entry} for entry in free}
    assert all(judges_of[first] == judges_of[second] for first, second in together)
    assert {len(found) for found in judges_of.values()} == {each}
    assert shares.lacks == {}


def test_a_judge_who_may_hear_one_side_only_is_taken_last():
    free = {1: [1, 2, 3, 4], 2: [2, 3, 4]}
    assert set(share_out(free, 3, together=[(1, 2)]).pairs) == {
        (one, judge) for one in (1, 2) for judge in (2, 3, 4)
    }
    assert share_out(free, 4, together=[(1, 2)]).lacks == {2: 1}


NOW = datetime(2026, 3, 20, 8, tzinfo=UTC)
GRACE = timedelta(minutes=2)


@pytest.mark.parametrize(
    ("season", "opens", "closes", "closed", "hour"),
    [
        ("rounds", -60, 60, None, "open"),
        ("deliberation", -60, 60, None, "open"),
        ("rounds", 0, None, None, "open"),
        ("rounds", 1, 60, None, "before"),
        ("rounds", None, 60, None, "before"),
        ("rounds", -60, -2, None, "open"),
        ("rounds", -60, -3, None, "over"),
        ("rounds", -60, 60, -3, "over"),
        ("rounds", -60, 60, -1, "open"),
        ("call_open", -60, 60, None, "season_shut"),
        ("published", -60, 60, None, "season_shut"),
    ],
)
def test_a42_scores_are_taken_from_opening_to_close_and_the_time_of_grace(
    season, opens, closes, closed, hour
):
    at = [
        None if each is None else NOW + timedelta(minutes=each) for each in (opens, closes, closed)
    ]
    assert hour_of(Times(*at), season, NOW, grace=GRACE) == hour


def test_a42_the_chair_lets_in_what_came_too_late_but_not_after_publication():
    assert [takes_scores(hour, let_in=True) for hour in Hour] == [False, True, True, False]
    assert [takes_scores(hour, let_in=False) for hour in Hour] == [False, True, False, False]
