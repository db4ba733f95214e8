"""Names are found and compared as people expect, however they were typed."""

from itertools import product

import pytest
from hypothesis import given

from app.vietnamese import (
    MAX_TERM_LENGTH,
    MAX_TERMS,
    clean_name,
    fold,
    given_name,
    has_marks,
    search_key,
    search_terms,
    sort_key,
)
from tests.vietnamese.pairs import SEARCHES
from tests.vietnamese.spellings import SPELLINGS, TONES, half_composed, nfc, nfd, texts


def test_the_table_is_large_and_says_nothing_twice():
    assert len(set(SEARCHES)) == len(SEARCHES) >= 200
    assert {found for _, _, found in SEARCHES} == {True, False}


def matches(query, name):
    """As the database answers: each term begins some word of the key."""
    words = search_key(name).split()
    return all(any(word.startswith(term) for word in words) for term in search_terms(query))


@pytest.mark.parametrize(("typed", "name", "found"), SEARCHES)
def test_typed_words_find_the_names_they_should_in_every_encoding(typed, name, found):
    answers = {matches(one(typed), other(name)) for one, other in product(SPELLINGS, repeat=2)}
    assert answers == {found}


@given(texts)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_folding_does_not_depend_on_the_encoding(text):
    assert fold(nfc(text)) == fold(nfd(text))


@given(texts)
def test_a_folded_text_is_letters_and_digits_with_single_blanks(text):
    assert fold(text).split() == [word for word in fold(text).split(" ") if word]
    assert all(word.isalnum() and word == word.lower() for word in fold(text).split())


def test_every_vietnamese_letter_folds_to_plain_ascii():
    letters = {nfc(letter + tone) for letter in "aăâeêioôơuưy" for tone in TONES} | {"đ"}
    assert len(letters) == 73
    assert {fold(letter) for letter in letters} == set("aeiouyd")
    assert {fold(letter.upper()) for letter in letters} == set("aeiouyd")


@pytest.mark.parametrize("stroked", ["Đ", "đ", "\u00d0", "\u00f0", "\u0189", "\u0256"])
def test_whatever_looks_like_a_stroked_d_is_found_and_listed_as_one(stroked):
    assert fold(f"{stroked}ào") == "dao"
    assert sort_key("Dũng") < sort_key(f"{stroked}ào") < sort_key("Em")


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("d", ["d"]),
        ("Đ", ["d"]),
        ("", []),
        ("   ", []),
        ("%", []),
        ("_", []),
        ("%_%", []),
        ("' OR 1=1 --", ["or", "1", "1"]),
        ("dao:* & !nguyen | (an)", ["dao", "nguyen", "an"]),
        ("50%", ["50"]),
        ("\\", []),
        ("\x00", []),
        ("\ud800", []),
        ("\U0001f600", []),
        ("\u0301", []),
        ("Đào  Nguyễn", ["dao", "nguyen"]),
        ("a" * 500, ["a" * MAX_TERM_LENGTH]),
        ("a " * 250, ["a"] * MAX_TERMS),
        (
            "một hai ba bốn năm sáu bảy tám chín",
            ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam"],
        ),
    ],
)
def test_any_query_gives_a_known_list_of_terms(query, terms):
    assert search_terms(query) == terms


@given(texts)
def test_terms_are_few_short_and_safe(query):
    terms = search_terms(query)
    assert len(terms) <= MAX_TERMS
    assert all(term.isalnum() and len(term) <= MAX_TERM_LENGTH for term in terms)


@given(texts)
def test_a_name_finds_itself(name):
    assert matches(name, name)


@pytest.mark.parametrize("text", ["Đào", "đ", "Ð", "à", "ă", "ơ", "ñ", "nguyen thi Hoà", "ƀ"])
def test_marks_are_noticed_in_every_encoding(text):
    assert [has_marks(spelling(text)) for spelling in SPELLINGS] == [True] * 3


@pytest.mark.parametrize(
    "text", ["", "dao nguyen", "DAO", "d", "%_", "12", "K'Brih", "\u2764\ufe0f"]
)
def test_plain_text_has_no_marks(text):
    assert not has_marks(text)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Nguyễn \t Thị\n\u00a0Đào ", "Nguyễn Thị Đào"),
        (nfd("Nguyễn Thị Đào"), "Nguyễn Thị Đào"),
        (half_composed("Nguyễn Thị Đào"), "Nguyễn Thị Đào"),
        ("Ng\u200bu\u200dy\u00adễn\ufeff", "Nguyễn"),
        ("\u202eĐào\u202c \u2066An\u2069\u200f", "Đào An"),
        ("e\u200b\u0301", "é"),
        ("An\x00\x07", "An"),
        ("HOÀ hòa H'Hen", "HOÀ hòa H'Hen"),
        ("An \U0001f600", "An \U0001f600"),
        ("\u200b \u200f", ""),
    ],
)
def test_cleaning_keeps_letters_and_drops_what_nobody_sees(typed, cleaned):
    assert clean_name(typed) == cleaned


@given(texts)
def test_cleaning_twice_changes_nothing(text):
    assert clean_name(clean_name(text)) == clean_name(text)


@pytest.mark.parametrize(
    ("name", "given_part"),
    [
        ("Nguyễn Thị Đào", "Đào"),
        (nfd("Trần Văn Hoà "), "Hoà"),
        ("Y Kpă", "Kpă"),
        ("H'Hen Niê", "Niê"),
        ("K'Brôih", "K'Brôih"),
        ("Trần Anh-Thư", "Anh-Thư"),
        ("Lê An .", "An"),
        ("Đào", "Đào"),
        (" - ", ""),
        ("", ""),
    ],
)
def test_the_given_name_is_the_last_word(name, given_part):
    assert given_name(name) == given_part
