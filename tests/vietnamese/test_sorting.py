"""Lists of people and units stand in the order that people expect, however they were typed."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese import MAX_KEY_LENGTH, clean_name, natural_key, sort_key
from tests.vietnamese.pairs import PEOPLE_IN_ORDER, PEOPLE_PAIRS, UNIT_PAIRS, UNITS_IN_ORDER
from tests.vietnamese.spellings import SPELLINGS, TONES, nfc, nfd, texts

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"

syllables = st.tuples(
    st.lists(st.sampled_from(range(len(ALPHABET))), min_size=1, max_size=4).map(tuple),
    st.sampled_from(range(len(TONES))),
)
syllable_lists = st.lists(syllables, min_size=1, max_size=3)


def bytewise(key):
    return key.encode()


def spelt(name):
    return " ".join(
        "".join(ALPHABET[letter] for letter in letters) + TONES[tone] for letters, tone in name
    )


def test_the_table_is_large_and_says_nothing_twice():
    assert len(set(PEOPLE_PAIRS)) == len(PEOPLE_PAIRS) >= 60


@pytest.mark.parametrize(("first", "second"), PEOPLE_PAIRS)
def test_the_first_person_is_listed_before_the_second_in_every_encoding(first, second):
    for one, other in product(SPELLINGS, repeat=2):
        assert bytewise(sort_key(one(first))) < bytewise(sort_key(other(second)))


@pytest.mark.parametrize(("first", "second"), UNIT_PAIRS)
def test_the_first_unit_is_listed_before_the_second_in_every_encoding(first, second):
    for one, other in product(SPELLINGS, repeat=2):
        assert bytewise(natural_key(one(first))) < bytewise(natural_key(other(second)))


@pytest.mark.parametrize("names", PEOPLE_IN_ORDER.values(), ids=PEOPLE_IN_ORDER)
def test_a_list_of_people_sorts_into_the_expected_order(names):
    assert sorted(names, key=lambda name: bytewise(sort_key(name))) == names


@pytest.mark.parametrize("names", UNITS_IN_ORDER.values(), ids=UNITS_IN_ORDER)
def test_a_list_of_units_sorts_into_the_expected_order(names):
    assert sorted(names, key=lambda name: bytewise(natural_key(name))) == names


@given(syllable_lists, syllable_lists)
def test_names_sort_by_given_name_then_word_by_word_letters_before_tones(one, other):
    expected = one[-1:] + one[:-1] < other[-1:] + other[:-1]
    assert (bytewise(sort_key(spelt(one))) < bytewise(sort_key(spelt(other)))) == expected


@given(syllable_lists, syllable_lists)
def test_units_sort_from_left_to_right_letters_before_tones(one, other):
    answer = bytewise(natural_key(spelt(one))) < bytewise(natural_key(spelt(other)))
    assert answer == (one < other)


@given(st.integers(0, 10**40), st.integers(0, 10**40))
def test_numbers_in_unit_names_sort_by_value(one, other):
    assert (natural_key(f"Ấp {one} A") < natural_key(f"Ấp {other} A")) == (one < other)


@pytest.mark.parametrize(
    ("old", "new"), [("Hòa", "Hoà"), ("Thúy", "Thuý"), ("Khỏe", "Khoẻ"), ("Tòan", "Toàn")]
)
def test_old_and_new_place_of_the_tone_stand_side_by_side(old, new):
    between = [f"Bùi {old}", f"Bùi {new}", f"Cao {old}", f"Cao {new}"]
    listed = sorted(between, key=sort_key)
    assert [name.split()[0] for name in listed] == ["Bùi", "Bùi", "Cao", "Cao"]
    assert len({sort_key(name) for name in between}) == 4


def test_capitals_decide_only_between_names_that_are_otherwise_equal():
    listed = sorted(["lê an", "LÊ ANH", "Lê An", "lê anh", "LÊ AN", "Lê Anh"], key=sort_key)
    assert [name.lower() for name in listed] == ["lê an"] * 3 + ["lê anh"] * 3


@given(texts)
def test_the_key_is_the_same_however_the_name_is_encoded_or_spaced(text):
    assert sort_key(nfc(text)) == sort_key(nfd(text)) == sort_key(f"  {text}\t")
    assert natural_key(nfc(text)) == natural_key(nfd(text)) == natural_key(f"  {text}\t")


@given(texts, texts)
def test_two_short_names_share_a_key_only_if_they_are_the_same_name(one, other):
    same = clean_name(one) == clean_name(other)
    if max(len(one), len(other)) < 20:
        assert (sort_key(one) == sort_key(other)) == same
        assert (natural_key(one) == natural_key(other)) == same


@pytest.mark.parametrize("text", ["Ệ" * 20_000, "1" * 20_000, "ệ " * 10_000, "\U0001f600" * 20_000])
def test_a_key_of_a_huge_name_fits_into_an_index(text):
    assert len(sort_key(text)) <= MAX_KEY_LENGTH
    assert len(sort_key(text).encode()) <= 2000
