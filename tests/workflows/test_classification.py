"""The yearly classification by its rules: scales, criteria, scope, ceilings, claims, branches."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.classification import measures
from workflows.classification.criteria import NOT_MARKED, Criterion, Figures, proposal
from workflows.classification.facts import Gathering, LineFacts, SheetFacts, Vote
from workflows.classification.measures import Books, BranchFigures, rate_branch, rate_union
from workflows.classification.process import BRANCH_RATING, CLASSIFICATION
from workflows.classification.scales import BranchGrade, Grade, scale_of
from workflows.classification.scope import (
    Circumstance,
    Discipline,
    NotClassified,
    Scope,
    Year,
    scope_of,
)
from workflows.engine import Case, NoSuchStep, Refused
from workflows.labels import UNMET
from workflows.labels import classification as words
from workflows.requirements import branch_rating as rating_claims
from workflows.requirements.branch_rating import RatingFacts
from workflows.rules import LocalRules, Rulebook
from workflows.voting import Ballots, Roll

TODAY = date(2024, 12, 20)
RULES = Rulebook(LocalRules()).on(TODAY)
NEW, OLD = scale_of(2024), scale_of(2015)
GOOD = LocalRules().branch_good_shares


def test_scale_of_a_year_is_that_of_its_guidance() -> None:
    assert scale_of(2019).grades == (
        Grade.EXCELLENT,
        Grade.GOOD,
        Grade.COMPLETED,
        Grade.NOT_COMPLETED,
    )
    assert scale_of(2018).grades == (Grade.EXCELLENT, Grade.FAIR, Grade.AVERAGE, Grade.WEAK)
    assert scale_of(1990) is scale_of(2018)
    assert scale_of(2018).branch_grades[0] is BranchGrade.STRONG


@pytest.mark.parametrize(
    ("figures", "grade", "binding"),
    [
        (Figures(), Grade.EXCELLENT, []),
        (Figures(entitled=10, present=9), Grade.EXCELLENT, []),
        (Figures(entitled=100, present=89), Grade.GOOD, ["attendance"]),
        (Figures(entitled=10, present=8), Grade.GOOD, ["attendance"]),
        (Figures(entitled=100, present=79), Grade.COMPLETED, ["attendance"]),
        (Figures(entitled=10, present=5), Grade.COMPLETED, ["attendance"]),
        (Figures(entitled=10, present=4), Grade.NOT_COMPLETED, ["attendance"]),
        (Figures(tasks_assigned=5, tasks_done=5), Grade.EXCELLENT, []),
        (Figures(tasks_assigned=5, tasks_done=4), Grade.COMPLETED, ["tasks"]),
        (Figures(tasks_assigned=10, tasks_done=7), Grade.NOT_COMPLETED, ["tasks"]),
        (Figures(tasks_assigned=0, tasks_done=0), Grade.EXCELLENT, []),
        (Figures(payable=12, owed=0), Grade.EXCELLENT, []),
        (Figures(payable=12, owed=1), Grade.COMPLETED, ["dues"]),
        (Figures(payable=12, owed=12), Grade.NOT_COMPLETED, ["dues"]),
        (Figures(programme="done_well"), Grade.EXCELLENT, []),
        (Figures(programme="average"), Grade.GOOD, ["programme"]),
        (Figures(programme="not_done"), Grade.COMPLETED, ["programme"]),
        (Figures(programme=None), Grade.COMPLETED, ["programme"]),
        (Figures(discipline=Discipline.REPRIMAND), Grade.NOT_COMPLETED, ["discipline"]),
        (
            Figures(entitled=10, present=8, programme="average"),
            Grade.GOOD,
            ["attendance", "programme"],
        ),
    ],
)
def test_grade_is_the_best_that_every_criterion_leaves_open(
    figures: Figures, grade: Grade, binding: list[str]
) -> None:
    made = proposal(figures, Scope(), NEW)
    assert (made.grade, [limit.criterion.value for limit in made.binding]) == (grade, binding)


def test_who_did_not_register_was_weak_on_the_old_scale() -> None:
    assert proposal(Figures(programme=None), Scope(), OLD).grade is Grade.WEAK
    assert proposal(Figures(programme="average"), Scope(), OLD).grade is Grade.FAIR


@given(
    st.integers(0, 60), st.integers(0, 60), st.integers(0, 12), st.sampled_from(["average", None])
)
def test_better_figures_never_make_a_worse_grade(
    entitled: int, missed: int, owed: int, mark: str | None
) -> None:
    worse = Figures(entitled, max(0, entitled - missed), payable=12, owed=owed, programme=mark)
    better = replace(worse, present=entitled, owed=0, programme="done_well")
    places = [NEW.place_of(proposal(figures, Scope(), NEW).grade) for figures in (better, worse)]
    assert places[0] == 0 <= places[1]


def year(**changes: Any) -> Year:
    """Return somebody who has been in the branch for long."""
    since = {"joined_on": date(2020, 3, 26), "here_since": date(2020, 3, 26)}
    return Year(2024, **(since | changes))


@pytest.mark.parametrize(
    ("changes", "circumstance", "scope"),
    [
        ({}, None, Scope()),
        ({}, Circumstance.PARTY_MEMBER, Scope(NotClassified.PARTY_MEMBER)),
        ({}, Circumstance.SICK, Scope(limit=2)),
        ({}, Circumstance.MATERNITY, Scope(by_actual_time=True)),
        ({"joined_on": date(2024, 7, 1), "here_since": date(2024, 7, 1)}, None, Scope()),
        (
            {"joined_on": date(2024, 7, 2), "here_since": date(2024, 7, 2)},
            None,
            Scope(NotClassified.NEW),
        ),
        ({"here_since": date(2024, 7, 1)}, None, Scope()),
        ({"here_since": date(2024, 7, 2)}, None, Scope(asks_former_unit=True)),
        ({"graded_in": "Chi đoàn khác"}, None, Scope(NotClassified.ELSEWHERE)),
        (
            {"absences": [(date(2024, 1, 1), date(2024, 3, 1))]},
            None,
            Scope(by_actual_time=True),
        ),
        (
            {"absences": [(date(2023, 11, 1), date(2024, 9, 30))]},
            None,
            Scope(NotClassified.ABSENT),
        ),
    ],
)
def test_scope_says_who_is_classified_and_on_what_terms(
    changes: dict[str, Any], circumstance: Circumstance | None, scope: Scope
) -> None:
    assert scope_of(year(**changes), circumstance) == scope


def test_long_illness_keeps_from_good_and_excellent() -> None:
    made = proposal(Figures(), scope_of(year(), Circumstance.SICK), NEW)
    assert made.grade is Grade.COMPLETED
    assert [limit.criterion for limit in made.binding] == [Criterion.CIRCUMSTANCE]


def test_days_of_absence_count_once_and_within_the_year() -> None:
    twice = [(date(2023, 12, 1), date(2024, 1, 10)), (date(2024, 1, 5), date(2024, 1, 12))]
    assert year(absences=twice).absent_days == 12


def lines(*grades: Grade) -> tuple[LineFacts, ...]:
    return tuple(
        LineFacts(number, f"Người {number}", grade, grade) for number, grade in enumerate(grades)
    )


def facts(*grades: Grade, **changes: Any) -> SheetFacts:
    return SheetFacts(RULES, TODAY, 2024, lines(*grades or (Grade.GOOD,) * 3), **changes)


def lacks(step: str, state: str, given_facts: SheetFacts) -> dict[str, dict[str, object]]:
    unmet = CLASSIFICATION.step_from(state, step).unmet(given_facts)
    return {reason.code: dict(reason.values) for reason in unmet}


def with_ceiling(share: Fraction) -> Any:
    return replace(RULES, local=replace(RULES.local, excellent_ceiling=share))


@pytest.mark.parametrize(
    ("excellent", "good", "lets"), [(1, 4, True), (2, 3, False), (1, 3, False), (2, 8, True)]
)
def test_ceiling_counts_those_good_or_better_where_it_is_set(
    excellent: int, good: int, *, lets: bool
) -> None:
    grades = [Grade.EXCELLENT] * excellent + [Grade.GOOD] * good + [Grade.COMPLETED] * 9
    limited = replace(facts(*grades), rules=with_ceiling(Fraction(1, 5)))
    assert ("ceiling_kept" not in lacks("submit", "voted", limited)) is lets
    assert "ceiling_kept" not in lacks("submit", "voted", facts(*grades))


def gathering(present: int = 9, entitled: int = 9, **rest: Any) -> Gathering:
    return Gathering(rest.pop("held_on", TODAY), Roll(entitled, present), **rest)


def met(in_favour: int = 9, against: int = 0, blank: int = 0, **rest: Any) -> SheetFacts:
    given_facts = facts(gathering=rest.pop("gathering", gathering()), **rest)
    vote = Vote(Grade.GOOD, Ballots(in_favour, against, blank, 0))
    return replace(given_facts, votes={line.person_id: vote for line in given_facts.lines})


def test_meeting_that_is_right_passes_every_grade() -> None:
    assert lacks("hold_meeting", "draft", met()) == {}
    case = Case("draft", met())
    CLASSIFICATION.fire(case, "hold_meeting")
    assert case.state == "voted"


@pytest.mark.parametrize(
    ("given_facts", "codes"),
    [
        (met(gathering=gathering(online=True)), {"classified_in_person"}),
        (met(gathering=gathering(held_on=TODAY + timedelta(days=1))), {"met_in_time"}),
        (met(gathering=gathering(held_on=date(2023, 12, 31))), {"met_in_time"}),
        (met(in_favour=5, gathering=gathering(5, 9)), {"enough_at_the_meeting"}),
        (replace(met(), votes={}), {"each_grade_voted"}),
        (met(in_favour=8), {"grade_counts_agree"}),
        (met(in_favour=10), {"grade_counts_agree"}),
        (met(in_favour=4, against=4, blank=1), {"grades_passed"}),
        (met(in_favour=3, against=3, gathering=gathering(6, 9)), {"grades_passed"}),
    ],
)
def test_meeting_that_is_wrong_is_refused_with_the_reason(
    given_facts: SheetFacts, codes: set[str]
) -> None:
    assert set(lacks("hold_meeting", "draft", given_facts)) == codes


@given(st.integers(1, 40), st.data())
def test_a25_grade_passes_with_more_than_half_of_those_present(present: int, data: Any) -> None:
    in_favour = data.draw(st.integers(0, present))
    given_facts = met(in_favour, present - in_favour, gathering=gathering(present, present))
    refused = "grades_passed" in lacks("hold_meeting", "draft", given_facts)
    assert refused is (2 * in_favour <= present)


def test_what_the_branch_leaves_out_is_named_by_name() -> None:
    other = replace(lines(Grade.EXCELLENT)[0], computed=Grade.GOOD)
    assert lacks("submit", "voted", replace(facts(), lines=(other,))) == {
        "other_grade_reasoned": {"names": "Người 0"},
        "votes_stand": {"names": "Người 0"},
    }
    asked = replace(lines(Grade.GOOD)[0], asks_former_unit=True)
    assert "former_unit_heard" in lacks("submit", "voted", replace(facts(), lines=(asked,)))
    nobody = replace(facts(), lines=())
    assert set(lacks("submit", "voted", nobody)) == {"somebody_graded"}


def test_what_was_returned_is_put_right_first() -> None:
    vote = Vote(Grade.GOOD, Ballots(9, 0, 0, 0))
    line = replace(lines(Grade.GOOD)[0], vote=vote, is_returned=True)
    assert set(lacks("resubmit", "returned", replace(facts(), lines=(line,)))) == {"returns_mended"}
    mended = replace(facts(), lines=(replace(line, is_mended=True),))
    assert lacks("resubmit", "returned", mended) == {}
    assert set(lacks("send_back", "submitted", facts(reasons={0: " "}))) == {"return_reasoned"}
    assert lacks("send_back", "submitted", facts(reasons={0: "Thiếu"})) == {}
    twice = replace(facts(), lines=(replace(line, graded_in="Chi đoàn khác"),))
    assert lacks("confirm", "submitted", twice) == {"graded_once": {"names": "Người 0"}}


def test_a07_no_state_knows_a_step_that_its_table_does_not() -> None:
    for flow in (CLASSIFICATION, BRANCH_RATING):
        known = {(each.name, source) for each in flow.steps for source in each.sources}
        for state, name in product(flow.states, {each.name for each in flow.steps}):
            if (name, state) not in known:
                with pytest.raises(NoSuchStep):
                    flow.fire(Case(state, facts()), name)


BEST = BranchFigures(
    members=20,
    held=(6, 6),
    registered=20,
    graded=(10, 8, 2, 0),
    admitted=2,
    elite=1,
    owed_months=0,
    took_dues=True,
    disciplined=0,
    books=Books.FULL,
    traditions_each_half=True,
    activities_each_half=True,
)


@pytest.mark.parametrize(
    ("changes", "place", "measure"),
    [
        ({}, 0, None),
        ({"held": (7, 5)}, 2, "meetings"),
        ({"held": (6, 4)}, 3, "meetings"),
        ({"held": None}, 0, None),
        ({"registered": 19}, 1, "registered"),
        ({"registered": 15}, 2, "registered"),
        ({"registered": 9}, 3, "registered"),
        ({"graded": (8, 8, 4, 0)}, 0, None),
        ({"graded": (8, 7, 5, 0)}, 1, "good_members"),
        ({"graded": (8, 3, 9, 0)}, 2, "good_members"),
        ({"graded": (10, 9, 0, 1)}, 2, "good_members"),
        ({"graded": (10, 5, 0, 5)}, 3, "good_members"),
        ({"graded": (5, 4, 11, 0)}, 3, "good_members"),
        ({"admitted": 0}, 1, "growth"),
        ({"admitted": 0, "elite": 0}, 2, "growth"),
        ({"admitted": 0, "elite": 0, "has_source": False}, 0, None),
        ({"owed_months": 3}, 2, "dues"),
        ({"late_with_share": True}, 2, "dues"),
        ({"took_dues": False, "owed_months": 240}, 3, "dues"),
        ({"disciplined": 1}, 2, "discipline"),
        ({"disciplined": 2}, 3, "discipline"),
        ({"books": Books.PARTIAL}, 1, "books"),
        ({"books": Books.NONE}, 3, "books"),
        ({"traditions_each_half": False}, 1, "activities"),
        ({"traditions_each_half": False, "activities_each_half": False}, 2, "activities"),
    ],
)
def test_branch_has_the_best_grade_that_every_measure_leaves_open(
    changes: dict[str, Any], place: int, measure: str | None
) -> None:
    made = rate_branch(replace(BEST, **changes), OLD, GOOD)
    assert made.grade is OLD.branch_grades[place]
    assert [each.measure.value for each in made.binding] == ([measure] if measure else [])
    assert not made.clause.is_local
    assert rate_branch(replace(BEST, **changes), NEW, GOOD).clause.is_local


def test_what_is_not_known_of_a_branch_limits_nothing() -> None:
    made = rate_branch(BranchFigures(), NEW, GOOD)
    assert (made.grade, made.judged) == (BranchGrade.EXCELLENT, ())


@pytest.mark.parametrize(
    ("places", "place"),
    [
        ([0, 0, 1], 0),
        ([0, 1, 1], 1),
        ([0, 0, 2], 1),
        ([0, 2], 1),
        ([2, 2, 0], 2),
        ([3], 2),
    ],
)
def test_union_is_rated_by_its_branches(places: list[int], place: int) -> None:
    assert rate_union(places, OLD) is OLD.branch_grades[place]
    assert rate_union([], OLD) is None


@pytest.mark.parametrize(
    ("step", "changes", "code"),
    [
        ("submit", {"sheet_state": "draft"}, "members_voted"),
        ("submit", {"computed": BranchGrade.GOOD}, "rating_reasoned"),
        ("confirm", {"sheet_state": "submitted"}, "members_confirmed"),
        ("send_back", {}, "return_said"),
    ],
)
def test_rating_goes_up_after_the_members_and_with_a_reason_where_it_differs(
    step: str, changes: dict[str, Any], code: str
) -> None:
    best = BranchGrade.EXCELLENT
    given_facts = replace(RatingFacts(RULES, "confirmed", best, best), **changes)
    state = "draft" if step == "submit" else "submitted"
    unmet = BRANCH_RATING.step_from(state, step).unmet(given_facts)
    assert [reason.code for reason in unmet] == [code]


def test_confirmed_sheet_is_left_by_no_step() -> None:
    assert CLASSIFICATION.steps_from("confirmed") == []
    with pytest.raises(Refused):
        CLASSIFICATION.fire(Case("draft", facts(gathering=gathering())), "hold_meeting")


CLAIMS = {
    claim.code: claim
    for flow in (CLASSIFICATION, BRANCH_RATING)
    for each in flow.steps
    for claim in each.requires
}


def test_everything_has_its_words_and_its_clause() -> None:
    assert set(CLAIMS) == set(words.UNMET)
    assert set(words.UNMET) & set(UNMET) == set()
    assert {claim.clause for claim in CLAIMS.values()} <= RULES.clauses.keys()
    steps = {each.name for flow in (CLASSIFICATION, BRANCH_RATING) for each in flow.steps}
    assert steps <= words.STEPS.keys()
    assert {*CLASSIFICATION.states, *BRANCH_RATING.states} == words.STATES.keys()
    assert {*Grade, *BranchGrade} == words.GRADES.keys() == words.OLD_GRADES.keys()
    assert set(Criterion) == words.CRITERIA.keys() == words.FOUND.keys()
    assert set(measures.Measure) == words.MEASURES.keys() == words.MEASURED.keys()
    assert set(NotClassified) == words.NOT_CLASSIFIED.keys()
    assert set(Circumstance) == words.CIRCUMSTANCES.keys()
    assert set(Discipline) == words.DISCIPLINES.keys()


def test_sentence_of_each_criterion_and_measure_gets_its_numbers() -> None:
    figures = Figures(*(10, 9, 3, 3, 12, 1), programme="average", discipline=Discipline.WARNING)
    for limit in proposal(figures, Scope(limit=2), NEW).limits:
        assert words.FOUND[limit.criterion].format(**limit.values)
    for judged in rate_branch(BEST, NEW, GOOD).judged:
        names = {name for _t, name, _s, _c in Formatter().parse(words.MEASURED[judged.measure])}
        assert names - {None} <= judged.values.keys()
    assert NOT_MARKED not in words.MARKS
    assert rating_claims.return_said.code in CLAIMS
