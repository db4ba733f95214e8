"""Debates in pairs: everybody is drawn once, and people of one unit meet only if they must."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workflows.contest.debating import Pairing, pair_up

units = st.dictionaries(st.integers(1, 60), st.sampled_from("abcde"), max_size=25)
seeds = st.text("0123456789abcdef", min_size=8, max_size=8)


def scored(pairs):
    return [one for pair in pairs for one in (pair.first, pair.second)[: 2 - pair.second_again]]


@given(alone=units.filter(lambda each: len(each) != 1), seed=seeds)
def test_everybody_debates_once_that_counts(alone, seed):
    assert sorted(scored(pair_up(alone, {}, seed))) == sorted(alone)


@given(alone=units, seed=seeds)
def test_nobody_debates_against_themselves_and_one_pair_at_most_has_who_speaks_again(alone, seed):
    pairs = pair_up(alone, {}, seed)
    assert all(pair.first != pair.second for pair in pairs)
    assert [pair.second_again for pair in pairs].count(True) == len(alone) % 2 * (len(alone) > 1)


@given(alone=units, seed=seeds)
def test_people_of_one_unit_meet_only_as_often_as_they_must(alone, seed):
    sizes = Counter(alone.values())
    most = max(sizes.values(), default=0)
    must = max(most - (len(alone) - most), 0) // 2
    pairs = [each for each in pair_up(alone, {}, seed) if not each.second_again]
    assert sum(alone[each.first] == alone[each.second] for each in pairs) == must


@given(alone=units, seed=seeds)
def test_the_same_seed_draws_the_same_pairs_whatever_the_order(alone, seed):
    turned = dict(reversed(alone.items()))
    assert pair_up(alone, {}, seed) == pair_up(turned, {}, seed)


@given(seed=seeds)
def test_who_is_alone_meets_somebody_of_another_unit_who_speaks_again(seed):
    assert pair_up({1: "a"}, {2: "a", 3: "b", 4: "a"}, seed) == (Pairing(1, 3, second_again=True),)


@given(seed=seeds)
def test_nobody_to_meet_makes_no_pair(seed):
    assert pair_up({1: "a"}, {}, seed) == pair_up({}, {2: "b"}, seed) == ()


def test_over_many_draws_everybody_speaks_for_and_against_and_meets_everybody():
    pairs = [
        pair for n in range(300) for pair in pair_up({1: "a", 2: "b", 3: "c", 4: "d"}, {}, str(n))
    ]
    assert {pair.first for pair in pairs} == {pair.second for pair in pairs} == {1, 2, 3, 4}
    assert len({(pair.first, pair.second) for pair in pairs}) == 12
