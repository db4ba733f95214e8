"""The rules of the training programme: the proposed result, the claims, the way and its words."""

from datetime import date
from fractions import Fraction
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.labels import programme as words
from workflows.programme import PROGRAMME, TRACKED
from workflows.programme_facts import (
    Chosen,
    Field,
    Mark,
    Part,
    RegistrationFacts,
    proposed_result,
)
from workflows.rules import LocalRules, Rulebook

RULES = Rulebook(LocalRules()).on(date(2026, 1, 1))
SHARES = RULES.local.programme_shares
WELL, AVERAGE, NOT_DONE = Mark.DONE_WELL, Mark.AVERAGE, Mark.NOT_DONE
MARKS = st.lists(st.sampled_from(Mark), min_size=1, max_size=12)
CLAIMS = {claim.code: claim for each in PROGRAMME.steps for claim in each.requires}


def marked(*marks, required=()):
    return [
        Chosen(f"Nội dung {number}", mark=mark, is_required=number in required)
        for number, mark in enumerate(marks)
    ]


@pytest.mark.parametrize(
    ("marks", "result"),
    [
        ((), None),
        ((WELL, None), None),
        ((WELL, WELL), WELL),
        ((WELL, AVERAGE), AVERAGE),
        ((AVERAGE, AVERAGE), AVERAGE),
        ((AVERAGE, NOT_DONE), AVERAGE),
        ((NOT_DONE, NOT_DONE), NOT_DONE),
        ((WELL, NOT_DONE, NOT_DONE), NOT_DONE),
        ((WELL, WELL, NOT_DONE), AVERAGE),
    ],
)
def test_two_contents_done_well_are_the_best_result_and_one_done_a_middling_one(marks, result):
    assert proposed_result(marked(*marks), SHARES) is result


def test_required_content_that_is_not_done_bars_the_best_result_whatever_the_share():
    shares = (Fraction(1, 2), Fraction(1, 2))
    assert proposed_result(marked(WELL, WELL, NOT_DONE), shares) is WELL
    assert proposed_result(marked(WELL, WELL, NOT_DONE, required={2}), shares) is AVERAGE


@given(MARKS, st.randoms())
def test_result_does_not_hang_on_the_order_of_the_contents(marks, rng):
    mixed = [*marks]
    rng.shuffle(mixed)
    assert proposed_result(marked(*mixed), SHARES) is proposed_result(marked(*marks), SHARES)


@given(MARKS, st.data())
def test_better_mark_never_leads_to_a_worse_result(marks, data):
    order = [NOT_DONE, AVERAGE, WELL]
    place = data.draw(st.integers(0, len(marks) - 1))
    better = [*marks]
    better[place] = data.draw(st.sampled_from(order[order.index(marks[place]) :]))
    before = proposed_result(marked(*marks), SHARES)
    after = proposed_result(marked(*better), SHARES)
    assert order.index(after) >= order.index(before)


@pytest.mark.parametrize(
    ("target", "done", "own", "mark"),
    [
        (4, 4, None, WELL),
        (4, 5, NOT_DONE, WELL),
        (4, 3, WELL, AVERAGE),
        (4, 0, WELL, NOT_DONE),
        (4, None, AVERAGE, AVERAGE),
        (None, 9, NOT_DONE, NOT_DONE),
        (None, None, None, None),
    ],
)
def test_mark_proposed_for_a_content_comes_from_its_number_else_from_the_member(
    target, done, own, mark
):
    assert Chosen("Học bài", target=target, done=done, self_mark=own).proposed is mark


@pytest.mark.parametrize(
    ("due", "on", "late"),
    [
        (None, date(2026, 7, 1), False),
        (date(2026, 6, 30), None, False),
        (date(2026, 6, 30), date(2026, 6, 30), False),
        (date(2026, 6, 30), date(2026, 7, 1), True),
    ],
)
def test_content_is_late_when_it_was_done_after_its_day(due, on, late):
    assert Chosen("Học bài", due_on=due, done_on=on).is_late is late


def facts(**changed):
    rest = {"chosen": marked(WELL, WELL), "offered": 3, "said": "Có", "self_evaluated": True}
    rest |= {"result": WELL, **changed}
    return RegistrationFacts(RULES, **rest)


UNMARKED = [Chosen("Học bài"), Chosen("Chạy bộ", self_mark=WELL)]
FAULTS = [
    ("register", {"chosen": marked(WELL)}, "enough_contents", {"number": 1, "least": 2}),
    ("register", {"chosen": [], "offered": 1}, "enough_contents", {"number": 0, "least": 1}),
    ("approve", {"required": ["Học bài"]}, "required_chosen", {"contents": "Học bài"}),
    ("send_back", {"said": "  "}, "programme_return_reasoned", {}),
    ("review", {"said": ""}, "remark_given", {}),
    ("self_evaluate", {"chosen": UNMARKED}, "each_self_marked", {"contents": "Học bài"}),
    (
        "conclude",
        {"chosen": UNMARKED, "result": None},
        "each_content_marked",
        {"contents": "Học bài; Chạy bộ"},
    ),
    ("conclude", {"result": AVERAGE}, "other_result_reasoned", {}),
    ("conclude", {"self_evaluated": False}, "silence_reasoned", {}),
]


def step(name):
    return next(each for each in PROGRAMME.steps if each.name == name)


@pytest.mark.parametrize(("name", "changed", "code", "values"), FAULTS)
def test_each_claim_names_what_is_missing_and_its_source(name, changed, code, values):
    [reason] = step(name).unmet(facts(**changed))
    assert (reason.code, dict(reason.values)) == (code, values)
    assert RULES.clause(reason.clause).text
    named = {field for _, field, _, _ in Formatter().parse(words.UNMET[code]) if field}
    assert named == set(values)


@pytest.mark.parametrize("name", [each.name for each in PROGRAMME.steps])
def test_step_is_open_when_everything_is_there(name):
    marks = {"self_mark": WELL, "mark": WELL}
    assert step(name).unmet(facts(chosen=[Chosen("A", **marks), Chosen("B", **marks)])) == []


@pytest.mark.parametrize("changed", [{"result": AVERAGE}, {"self_evaluated": False}])
def test_reason_lets_the_branch_conclude_otherwise(changed):
    assert step("conclude").unmet(facts(reason="Ốm dài ngày", **changed)) == []


def test_every_state_step_field_mark_and_claim_has_its_word():
    assert set(words.STATES) - {""} == set(PROGRAMME.states)
    assert set(words.STEPS) - {"track"} == {each.name for each in PROGRAMME.steps}
    assert set(words.FIELDS) == set(Field)
    assert set(words.MARKS) == set(Mark)
    assert set(words.UNMET) == set(CLAIMS) == {code for _n, _c, code, _v in FAULTS}
    assert {claim.section for claim in CLAIMS.values()} <= set(Part)


def test_what_is_concluded_has_no_way_out_and_is_reached_from_wherever_it_is_tracked():
    assert PROGRAMME.steps_from("concluded") == []
    assert set(step("conclude").sources) == set(TRACKED)
