"""The ranking against a reference that is calculated in another way, and its rules one by one."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.contest.analysis import shifts
from workflows.contest.awarding import honours
from workflows.contest.draws import drawn
from workflows.contest.ranking import awaits, rank
from workflows.contest.rules import (
    Advance,
    AdvanceBy,
    Award,
    Combine,
    Criterion,
    Part,
    PartKind,
    Round,
    TieBreak,
    TieKind,
    TimePoints,
)
from workflows.contest.scoring import PartScores, RoundScores, TieDecision
from workflows.levels import Level

HALVES = st.integers(0, 20).map(lambda number: Decimal(number) / 2)
CODES = ("a", "b", "c")


def part(code="p", combine=Combine.MEAN, **rest):
    criteria = tuple(Criterion(each, each, Decimal(10), required=each != "c") for each in CODES)
    said = {"criteria": criteria, "sheets": 1, **rest}
    return Part(code, code, PartKind.SITUATION, Decimal(30), combine=combine, **said)


def round_of(*parts, **rest):
    return Round("r", "r", Level.DISTRICT, parts or (part(),), **rest)


def sheet(*points):
    return dict(zip(CODES, points, strict=True))


def scores(*entries, decisions=()):
    """Give each entry, numbered from 1, its sheets in the part ``p``."""
    return RoundScores(
        {
            number: {"p": PartScores(sheets=dict(enumerate(sheets, 1)))}
            for number, sheets in enumerate(entries, 1)
        },
        decisions,
    )


def one(points, number=1):
    """Return the one sheet that gives so many points."""
    return [sheet(Decimal(points), Decimal(0), Decimal(0))] * number


def placed(ranking):
    return [(place.entry, place.rank) for place in ranking.places]


# --- the reference: fractions, and sorting by tuples ---------------------------------------------

SHEETS = st.dictionaries(
    st.integers(1, 7),
    st.tuples(HALVES, HALVES, st.none() | HALVES).map(lambda points: sheet(*points)),
    max_size=5,
)
ROUNDS = st.dictionaries(st.integers(1, 99), st.tuples(SHEETS, SHEETS), min_size=1, max_size=4)
WEIGHTS = st.sampled_from([Decimal(1), Decimal("0.5"), Decimal(2), Decimal("1.25")])


def filled(sheets):
    """Put the mean of the others where somebody left a criterion empty."""
    means = {}
    for code in CODES:
        known = [Fraction(points[code]) for points in sheets.values() if points[code] is not None]
        means[code] = sum(known, Fraction(0)) / len(known) if known else Fraction(0)
    return sorted(
        sum(means[code] if points[code] is None else Fraction(points[code]) for code in CODES)
        for points in sheets.values()
    )


def rounded(value):
    thousandths = value * 1000
    whole, rest = divmod(thousandths.numerator, thousandths.denominator)
    return Fraction(whole + (2 * rest >= thousandths.denominator), 1000)


def reference(rules, entries):
    totals = {}
    for number, by_part in entries.items():
        totals[number] = Fraction(0)
        for each, sheets in zip(rules.parts, by_part, strict=True):
            judged = filled(sheets)
            if each.combine is Combine.TRIMMED and len(judged) >= max(each.trim_from, 3):
                judged = judged[1:-1]
            if judged:
                middle = median(judged) if each.combine is Combine.MEDIAN else None
                common = sum(judged) / len(judged) if middle is None else middle
                totals[number] += rounded(rounded(Fraction(common)) * Fraction(each.weight))
    return {
        number: (1 + sum(other > total for other in totals.values()), total)
        for number, total in totals.items()
    }


@settings(max_examples=1000)
@given(entries=ROUNDS, combines=st.tuples(*[st.sampled_from(Combine)] * 2), weight=WEIGHTS)
def test_a38_the_ranking_equals_a_reference_on_a_thousand_random_rounds(entries, combines, weight):
    rules = round_of(
        part("p", combines[0], trim_from=4), part("q", combines[1], trim_from=3, weight=weight)
    )
    given_scores = RoundScores(
        {
            number: {"p": PartScores(sheets=first), "q": PartScores(sheets=second)}
            for number, (first, second) in entries.items()
        }
    )
    found = rank(rules, given_scores)
    assert {place.entry: (place.rank, Fraction(place.total)) for place in found.places} == (
        reference(rules, entries)
    )


@given(entries=ROUNDS, order=st.randoms())
def test_a38_the_order_of_entry_changes_nothing(entries, order):
    numbers = list(entries)
    order.shuffle(numbers)

    def ranking(sequence):
        return rank(
            round_of(),
            RoundScores({each: {"p": PartScores(sheets=entries[each][0])} for each in sequence}),
        )

    assert ranking(numbers) == ranking(sorted(entries))


def test_a38_an_optional_criterion_left_empty_lowers_nothing_and_is_shown_as_missing():
    half, full = Decimal(5), Decimal(10)
    rules = round_of()
    found = rank(rules, scores([sheet(full, full, full), sheet(full, full, None)]))
    line = found.places[0].parts[0]
    assert (found.places[0].total, line.missing) == (Decimal(30), {"c"})
    found = rank(rules, scores([sheet(half, half, half), sheet(half, half, None)]))
    assert found.places[0].total == Decimal(15)


# --- rules one by one ----------------------------------------------------------------------------


def test_a39_equal_totals_share_a_rank_and_the_next_is_skipped():
    found = rank(round_of(), scores(one(9), one(7), one(9), one(3)))
    assert placed(found) == [(1, 1), (3, 1), (2, 3), (4, 4)]
    assert found.open_ties == ()


def test_a39_a_written_tie_rule_is_applied_and_named():
    rules = round_of(part("p"), part("q"), ties=(TieBreak(TieKind.PART, "q"),))
    entries = {
        1: {"p": PartScores(sheets={1: sheet(*map(Decimal, (5, 0, 0)))}), "q": nine(3)},
        2: {"p": PartScores(sheets={1: sheet(*map(Decimal, (3, 0, 0)))}), "q": nine(5)},
    }
    found = rank(rules, RoundScores(entries))
    assert placed(found) == [(2, 1), (1, 2)]
    assert {(each.decided_by, each.decided_part) for each in found.places} == {(TieKind.PART, "q")}


def nine(points):
    return PartScores(sheets={1: sheet(Decimal(points), Decimal(0), Decimal(0))})


def test_the_shorter_time_stands_above_and_no_time_below_all():
    rules = round_of(ties=(TieBreak(TieKind.DURATION),))
    sheets = {1: sheet(*map(Decimal, (5, 0, 0)))}
    entries = {
        number: {"p": PartScores(sheets=sheets, seconds=seconds)}
        for number, seconds in ((1, 60), (2, None), (3, 59))
    }
    assert placed(rank(rules, RoundScores(entries))) == [(3, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize("kind", [TieKind.EXTRA_QUESTION, TieKind.CHAIR, TieKind.DRAW])
def test_what_people_decide_is_awaited_and_then_sets_equals_apart(kind):
    rules = round_of(ties=(TieBreak(kind),))
    before = rank(rules, scores(one(5), one(5)))
    assert (before.open_ties, placed(before)) == (({1, 2},), [(1, 1), (2, 1)])
    ruling = TieDecision(kind, {1: Decimal(1), 2: Decimal(2)})
    after = rank(rules, scores(one(5), one(5), decisions=(ruling,)))
    assert (after.open_ties, placed(after)) == ((), [(2, 1), (1, 2)])


def test_an_extra_question_that_leaves_equals_leads_to_the_next_tie_break():
    rules = round_of(ties=(TieBreak(TieKind.EXTRA_QUESTION), TieBreak(TieKind.DRAW)))
    same = TieDecision(TieKind.EXTRA_QUESTION, {1: Decimal(3), 2: Decimal(3)})
    found = rank(rules, scores(one(5), one(5), decisions=(same,)))
    assert found.open_ties == ({1, 2},)
    assert awaits(rules, frozenset({1, 2}), (same,)) == [TieKind.DRAW]


def test_a_ruling_on_others_decides_nothing():
    rules = round_of(ties=(TieBreak(TieKind.DRAW),))
    ruling = TieDecision(TieKind.DRAW, {1: Decimal(1), 3: Decimal(2)})
    assert rank(rules, scores(one(5), one(5), decisions=(ruling,))).open_ties == ({1, 2},)


@given(entries=st.sets(st.integers(1, 999), min_size=2, max_size=9), seed=st.text(max_size=20))
def test_a_draw_gives_everybody_another_lot_and_the_same_again(entries, seed):
    lots = drawn(entries, seed)
    assert (lots.keys(), len(set(lots.values()))) == (entries, len(entries))
    assert drawn(sorted(entries), seed) == lots


@pytest.mark.parametrize(("judges", "dropped", "combined"), [(4, set(), "2.5"), (5, {1, 5}, "3")])
def test_highest_and_lowest_are_left_out_from_the_number_of_judges_on(judges, dropped, combined):
    sheets = [sheet(Decimal(number), Decimal(0), Decimal(0)) for number in range(1, judges + 1)]
    rules = round_of(part(combine=Combine.TRIMMED, trim_from=5))
    line = rank(rules, scores(sheets)).places[0].parts[0]
    assert (line.dropped, line.combined) == (dropped, Decimal(combined))


def test_time_points_adjustments_and_weight_all_show_in_the_line():
    timed = part(
        time_points=(TimePoints(60, Decimal(2)), TimePoints(120, Decimal(1))), weight=Decimal(2)
    )
    entry = PartScores(
        sheets={1: sheet(*map(Decimal, (5, 0, 0)))}, seconds=90, adjusted=Decimal("-0.5")
    )
    place = rank(round_of(timed), RoundScores({1: {"p": entry}})).places[0]
    line = place.parts[0]
    assert (line.time_points, line.adjusted, line.added) == (1, Decimal("-0.5"), 11)
    assert place.total == 11


@pytest.mark.parametrize(
    ("advance", "advancing", "cut"),
    [
        (Advance(AdvanceBy.ALL), {1, 2, 3, 4}, False),
        (Advance(AdvanceBy.TOP, 1), {1}, False),
        (Advance(AdvanceBy.TOP, 2), {1}, True),
        (Advance(AdvanceBy.TOP, 3), {1, 2, 3}, False),
        (Advance(AdvanceBy.TOP, 9), {1, 2, 3, 4}, False),
        (Advance(AdvanceBy.PERCENT, 20), {1, 2, 3}, False),
        (Advance(AdvanceBy.PERCENT, 30, on="p"), {1}, False),
    ],
)
def test_a39_who_goes_on_follows_the_rules_and_a_cut_among_equals_is_told(advance, advancing, cut):
    found = rank(round_of(advance=advance), scores(one(9), one(6), one(6), one(2)))
    assert {place.entry for place in found.places if place.advances} == advancing
    assert found.cut_in_tie is cut


def test_missing_sheets_are_counted_by_part():
    rules = round_of(part(sheets=3))
    assert rank(rules, scores(one(5, 2))).places[0].lacks == {"p": 1}


def test_awards_follow_the_places_and_equals_share_one_beyond_its_count():
    found = rank(round_of(), scores(one(9), one(7), one(7), one(5), one(3)))
    given_awards = honours((Award("nhất", 1), Award("nhì", 1), Award("ba", 1)), found)
    assert given_awards.awards == {1: "nhất", 2: "nhì", 3: "nhì", 4: "ba"}
    assert given_awards.exceeded == ("nhì",)


@given(value=st.fractions(0, 1000, max_denominator=7))
def test_a_mean_of_up_to_seven_judges_is_rounded_as_on_paper(value):
    exact = Decimal(value.numerator) / value.denominator
    shown = exact.quantize(Decimal("0.001"), ROUND_HALF_UP)
    assert Fraction(shown) == rounded(value)


def test_a_judge_who_scored_alone_is_not_left_out_for_nothing_would_remain() -> None:
    rules, found = (
        round_of(),
        RoundScores(
            {
                1: {"p": PartScores(sheets={1: sheet(*map(Decimal, (9, 9, 9)))})},
                2: {"p": PartScores(sheets={2: sheet(*map(Decimal, (8, 8, 8)))})},
            }
        ),
    )
    assert shifts(rules, found, rank(rules, found)) == []
    together = scores([sheet(*map(Decimal, (9, 9, 9))), sheet(*map(Decimal, (1, 1, 1)))], one(24))
    changed = shifts(rules, together, rank(rules, together))
    assert [(each.judge, each.entry, each.rank, each.without) for each in changed] == [
        (2, 1, 2, 1),
        (2, 2, 1, 2),
    ]
