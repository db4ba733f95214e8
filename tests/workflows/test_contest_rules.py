"""Rules as data: read whole or told what is wrong, judged piece by piece, the same for ever."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.contest.plain import Fault, amount, from_plain, read, read_piece, to_plain
from workflows.contest.rules import (
    Advance,
    AdvanceBy,
    Award,
    Certainty,
    Combine,
    ContestRules,
    Criterion,
    Part,
    PartKind,
    Round,
    TieBreak,
    TieKind,
    TimePoints,
)
from workflows.contest.validity import GAPS, judge
from workflows.labels import season as words
from workflows.levels import Level

TALENT = Part(
    *("nang_khieu", "Năng khiếu", PartKind.TALENT, Decimal(20)),
    criteria=(Criterion("a", "Nội dung", Decimal(12)), Criterion("b", "Thể hiện", Decimal(8))),
)
QUIZ = Part("quiz", "Trắc nghiệm", PartKind.QUIZ, Decimal(20), questions=20, minutes=15)
LAST = (TieBreak(TieKind.DRAW),)
COMMUNE = Round("xa", "Vòng xã", Level.COMMUNE, (QUIZ,), Advance(AdvanceBy.TOP, 1), LAST)
DISTRICT = Round("huyen", "Vòng huyện", Level.DISTRICT, (TALENT,), ties=LAST)
RULES = ContestRules("Thể lệ", (COMMUNE, DISTRICT), (Award("Giải nhất", 1),))


def with_part(part: Part, **changes: Any) -> ContestRules:
    """Return the rules with a part changed, in the round where it stands."""
    place = 0 if part is QUIZ else 1
    held = replace(RULES.rounds[place], parts=(replace(part, **changes),))
    rounds = [*RULES.rounds]
    rounds[place] = held
    return replace(RULES, rounds=tuple(rounds))


def with_criterion(**changes: Any) -> ContestRules:
    """Return the rules with the first criterion changed, and the part's maximum with it."""
    first = replace(TALENT.criteria[0], **changes)
    criteria = (first, TALENT.criteria[1])
    return with_part(TALENT, criteria=criteria, max=sum(each.max for each in criteria))


def with_round(place: int, **changes: Any) -> ContestRules:
    """Return the rules with a round changed."""
    rounds = [*RULES.rounds]
    rounds[place] = replace(rounds[place], **changes)
    return replace(RULES, rounds=tuple(rounds))


WRONG = [
    (replace(RULES, title=" "), "title", "title_missing"),
    (replace(RULES, endorsed=0), "endorsed", "too_small"),
    (replace(RULES, endorsed=101), "endorsed", "too_big"),
    (replace(RULES, max_age=15), "max_age", "too_small"),
    (replace(RULES, max_age=61), "max_age", "too_big"),
    (replace(RULES, rounds=()), "rounds", "no_rounds"),
    (replace(RULES, rounds=(COMMUNE,)), "rounds", "no_district_round"),
    (
        replace(RULES, rounds=(DISTRICT, COMMUNE, replace(DISTRICT, code="ck", title="CK"))),
        "rounds.1.level",
        "level_falls",
    ),
    (replace(RULES, awards=(Award("", 1),)), "awards.0.title", "title_missing"),
    (replace(RULES, awards=(Award("Nhất", 0),)), "awards.0.count", "too_small"),
    (replace(RULES, awards=(Award("A", 1), Award("A", 2))), "awards.1.title", "named_twice"),
    (with_round(0, level=Level.BRANCH), "rounds.0.level", "level_holds_none"),
    (with_round(0, code="Vòng xã"), "rounds.0.code", "code_form"),
    (with_round(1, code="xa"), "rounds.1.code", "named_twice"),
    (with_round(1, title="Vòng xã"), "rounds.1.title", "named_twice"),
    (with_round(0, parts=()), "rounds.0.parts", "no_parts"),
    (with_round(0, ties=()), "rounds.0.ties", "ties_undecided"),
    (with_round(0, ties=(TieBreak(TieKind.DURATION),)), "rounds.0.ties", "ties_undecided"),
    (with_round(0, ties=(*LAST, *LAST)), "rounds.0.ties.1.kind", "tie_twice"),
    (
        with_round(0, ties=(TieBreak(TieKind.PART, "x"), *LAST)),
        "rounds.0.ties.0.part",
        "no_such_part",
    ),
    (
        with_round(0, advance=Advance(AdvanceBy.TOP, 0)),
        "rounds.0.advance.value",
        "too_small",
    ),
    (
        with_round(0, advance=Advance(AdvanceBy.PERCENT, 101)),
        "rounds.0.advance.value",
        "too_big",
    ),
    (
        with_round(0, advance=Advance(AdvanceBy.TOP, 1, "x")),
        "rounds.0.advance.on",
        "no_such_part",
    ),
    (with_part(QUIZ, criteria=TALENT.criteria), "rounds.0.parts.0.criteria", "quiz_has_criteria"),
    (with_part(QUIZ, minutes=None), "rounds.0.parts.0.minutes", "minutes_missing"),
    (with_part(QUIZ, questions=None), "rounds.0.parts.0.questions", "questions_missing"),
    (with_part(QUIZ, questions=201, max=Decimal(201)), "rounds.0.parts.0.questions", "too_big"),
    (with_part(QUIZ, max=Decimal(19)), "rounds.0.parts.0.max", "quiz_sum"),
    (with_part(QUIZ, points_wrong=Decimal(1)), "rounds.0.parts.0.points_wrong", "wrong_range"),
    (with_part(QUIZ, points_wrong=Decimal(-2)), "rounds.0.parts.0.points_wrong", "wrong_range"),
    (with_part(TALENT, weight=Decimal(0)), "rounds.1.parts.0.weight", "points_range"),
    (with_part(TALENT, weight=Decimal(1001)), "rounds.1.parts.0.weight", "points_range"),
    (with_part(TALENT, max=Decimal(21)), "rounds.1.parts.0.max", "criteria_sum"),
    (with_part(TALENT, criteria=()), "rounds.1.parts.0.criteria", "no_criteria"),
    (with_part(TALENT, questions=3), "rounds.1.parts.0.questions", "only_quiz"),
    (with_part(TALENT, sheets=0), "rounds.1.parts.0.sheets", "too_small"),
    (with_part(TALENT, sheets=16), "rounds.1.parts.0.sheets", "too_big"),
    (with_part(TALENT, minutes=601), "rounds.1.parts.0.minutes", "too_big"),
    (
        with_part(TALENT, combine=Combine.TRIMMED, trim_from=2),
        "rounds.1.parts.0.trim_from",
        "too_small",
    ),
    (
        with_part(TALENT, time_points=(TimePoints(0, Decimal(1)),)),
        "rounds.1.parts.0.time_points.0.up_to_seconds",
        "too_small",
    ),
    (
        with_part(TALENT, time_points=(TimePoints(9, Decimal(2)), TimePoints(9, Decimal(1)))),
        "rounds.1.parts.0.time_points.1.up_to_seconds",
        "times_fall",
    ),
    (with_criterion(title=""), "rounds.1.parts.0.criteria.0.title", "title_missing"),
    (with_criterion(code="b"), "rounds.1.parts.0.criteria.1.code", "named_twice"),
    (with_criterion(step=Decimal("0.7")), "rounds.1.parts.0.criteria.0.step", "step_misfit"),
    (with_criterion(step=Decimal(0)), "rounds.1.parts.0.criteria.0.step", "points_range"),
    (
        with_criterion(justify_below=Decimal(13)),
        "rounds.1.parts.0.criteria.0.justify_below",
        "justify_range",
    ),
]


def test_rules_that_a_contest_can_be_held_by_have_no_fault() -> None:
    assert judge(RULES).is_whole


@pytest.mark.parametrize(("rules", "path", "code"), WRONG)
def test_each_mistake_is_told_alone_at_its_place(rules: ContestRules, path: str, code: str) -> None:
    judgement = judge(rules)
    found = [(each.path, each.code) for each in (*judgement.wrong, *judgement.gaps)]
    assert found == [(path, code)]
    assert bool(judgement.gaps) == (code in GAPS)


@pytest.mark.parametrize("boundary", [1, 100])
def test_what_lies_on_a_boundary_is_allowed(boundary: int) -> None:
    assert judge(replace(RULES, endorsed=boundary)).is_whole


def test_several_mistakes_are_told_at_once() -> None:
    rules = replace(with_part(TALENT, weight=Decimal(0), sheets=0), endorsed=0, title="")
    assert {each.path for each in judge(rules).wrong} == {
        "title",
        "endorsed",
        "rounds.1.parts.0.weight",
        "rounds.1.parts.0.sheets",
    }


UNREAD = [
    (None, "", "no_record"),
    ([], "", "no_record"),
    ({"rounds": []}, "title", "key_missing"),
    ({"title": "x", "rounds": [], "más": 1}, "más", "unknown_key"),
    ({"title": ["x"], "rounds": []}, "title", "no_text"),
    ({"title": "x" * 501, "rounds": []}, "title", "text_too_long"),
    ({"title": "x", "rounds": "x"}, "rounds", "no_list"),
    ({"title": "x", "rounds": [{}] * 51}, "rounds", "list_too_long"),
    ({"title": "x", "rounds": [], "endorsed": True}, "endorsed", "no_whole_number"),
    ({"title": "x", "rounds": [], "endorsed": "1.5"}, "endorsed", "no_whole_number"),
    ({"title": "x", "rounds": [], "endorsed": "1" * 7}, "endorsed", "no_whole_number"),
    ({"title": "x", "rounds": [], "anonymous": "yes"}, "anonymous", "no_truth"),
    ({"title": "x", "rounds": [], "anonymous": 1.0}, "anonymous", "no_truth"),
    ({"title": "x", "rounds": [], "certainty": "sure"}, "certainty", "no_choice"),
    ({"title": "x", "rounds": [], "certainty": []}, "certainty", "no_choice"),
    ({"title": "x", "rounds": ["x"]}, "rounds.0", "no_record"),
]


@pytest.mark.parametrize(("plain", "path", "code"), UNREAD)
def test_what_is_no_rule_is_told_by_its_path(plain: Any, path: str, code: str) -> None:
    rules, faults = read(plain)
    assert (rules, [(each.path, each.code) for each in faults]) == (None, [(path, code)])


@pytest.mark.parametrize("text", ["8,5", "8.5", " 8,50 ", "0", "-3", "999999.999"])
def test_a_number_is_read_with_comma_or_point_alike(text: str) -> None:
    found, faults = read_piece(Decimal, text)
    assert (found, faults) == (Decimal(text.strip().replace(",", ".")), [])


@pytest.mark.parametrize(
    "text", ["", "tám", "8,", ",5", "1e3", "8,5555", "1234567", "NaN", 8.5, []]
)
def test_what_is_no_number_is_refused(text: Any) -> None:
    found, faults = read_piece(Decimal, text)
    assert (found, [each.code for each in faults]) == (None, ["no_amount"])


_points = st.decimals(min_value=-999, max_value=999, places=3)
_text = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)
_whole = st.integers(min_value=0, max_value=999)
_criteria = st.builds(Criterion, _text, _text, _points, _points, st.booleans(), st.none() | _points)
_parts = st.builds(
    Part,
    *(_text, _text, st.sampled_from(PartKind), _points, _points),
    criteria=st.lists(_criteria, max_size=3).map(tuple),
    combine=st.sampled_from(Combine),
    sheets=_whole,
    minutes=st.none() | _whole,
    time_points=st.lists(st.builds(TimePoints, _whole, _points), max_size=2).map(tuple),
    certainty=st.sampled_from(Certainty),
)
_rounds = st.builds(
    Round,
    *(_text, _text, st.sampled_from(Level), st.lists(_parts, max_size=2).map(tuple)),
    advance=st.builds(Advance, st.sampled_from(AdvanceBy), _whole, _text),
    ties=st.lists(st.builds(TieBreak, st.sampled_from(TieKind), _text), max_size=3).map(tuple),
)
_rules = st.builds(
    ContestRules,
    _text,
    st.lists(_rounds, max_size=2).map(tuple),
    st.lists(st.builds(Award, _text, _whole), max_size=2).map(tuple),
    source=_text,
    endorsed=_whole,
    anonymous=st.booleans(),
    max_age=st.none() | _whole,
)


@given(_rules)
def test_rules_come_back_from_plain_data_as_they_were(rules: ContestRules) -> None:
    assert from_plain(to_plain(rules)) == rules
    assert from_plain(to_plain(rules, brief=True)) == rules


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda each: (
        st.lists(each, max_size=4)
        | st.dictionaries(
            st.sampled_from([each.name for each in fields(ContestRules)]) | st.text(max_size=5),
            each,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_json)
def test_whatever_is_read_is_rules_or_faults_and_never_an_error(plain: Any) -> None:
    rules, faults = read(plain)
    assert (rules is None) == bool(faults)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("20", "20"),
        ("20.0", "20"),
        ("0.50", "0.5"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        ("-2.5", "-2.5"),
    ],
)
def test_an_amount_is_written_in_one_way_only(text: str, written: str) -> None:
    assert amount(Decimal(text)) == written


def test_every_fault_has_a_sentence_with_the_values_it_names() -> None:
    faults = [
        *(each for rules, _path, _code in WRONG for each in judge(rules).wrong),
        *(each for rules, _path, _code in WRONG for each in judge(rules).gaps),
        *(each for plain, _path, _code in UNREAD for each in read(plain)[1]),
        *read_piece(Decimal, "x")[1],
    ]
    said = {each.code: words.FAULTS[each.code].format(**each.values) for each in faults}
    assert {code for code, text in said.items() if "{" in text} == set()
    assert Fault("", "") not in faults


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (words.PART_KINDS, PartKind),
        (words.COMBINES, Combine),
        (words.TIES, TieKind),
        (words.ADVANCES, AdvanceBy),
        (words.CERTAINTIES, Certainty),
    ],
)
def test_everything_that_is_chosen_has_a_word(table: dict[str, str], kind: Any) -> None:
    assert set(table) == {each.value for each in kind}
