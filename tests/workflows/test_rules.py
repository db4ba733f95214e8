"""Rule sets: ages on their boundaries, dates in force, clauses, and the calendar (statement 30)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.cases import ALL_RULES, BOOK_WITH_XIII, DAY, RULES, answers, facts, refused
from workflows.admission import ADMISSION
from workflows.calendar import anniversary, local_day, months_after
from workflows.levels import Seat
from workflows.rules import LocalRules, Rulebook, RuleSet

X, XI, XII, XIII = ALL_RULES
each_rule_set = pytest.mark.parametrize("rules", ALL_RULES, ids=lambda rules: rules.name)
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))
NOT_IN_ANY_TEXT = {
    *("age_limit", "quorum", "return", "consult", "lapse", "membership", "signing"),
    *("deferral", "registration", "standing_days", "office"),
    *("grade_year", "opinion_share", "resolution_share"),
    *(
        "contest",
        "contest_places",
        "contest_day",
        "grade_merger",
        "programme_least",
        "programme_result",
        "programme_return",
    ),
    *("grade_vote", "grade_reason", "grade_scope", "grade_ceiling", "grade_return"),
}


def closes(born: date, meeting_on: date, rules: RuleSet = RULES) -> list[tuple[str, object]]:
    """Return what closes a vote on that day, with the values."""
    given_facts = facts(rules=rules, birth_date=born, answers=answers(meeting_on=meeting_on))
    ages = [each for each in refused("call_to_vote", given_facts) if each.code in AGES]
    return [(each.code, dict(each.values)) for each in ages]


AGES = {"old_enough", "not_too_old"}


@pytest.mark.parametrize(
    ("rules", "born", "earliest"),
    [
        (X, date(2000, 5, 20), date(2015, 5, 21)),
        (XI, date(2003, 12, 31), date(2019, 1, 1)),
        (XII, date(2009, 5, 20), date(2024, 5, 21)),
        (XII, date(2008, 2, 29), date(2023, 3, 2)),
        (XII, date(2009, 2, 28), date(2024, 2, 29)),
        (XIII, date(2010, 6, 15), date(2026, 6, 15)),
        (XIII, date(2012, 2, 29), date(2028, 2, 29)),
    ],
)
def test_a30_one_day_too_young_is_refused_with_the_earliest_day(
    rules: RuleSet, born: date, earliest: date
) -> None:
    assert closes(born, earliest, rules) == []
    assert closes(born, earliest - DAY, rules) == [("old_enough", {"earliest": earliest})]


@pytest.mark.parametrize(
    ("born", "latest"),
    [
        (date(1993, 5, 20), date(2024, 5, 19)),
        (date(1993, 1, 1), date(2023, 12, 31)),
        (date(1992, 2, 29), date(2023, 2, 28)),
        (date(1993, 3, 1), date(2024, 2, 29)),
    ],
)
def test_a30_one_day_too_old_is_refused_with_the_latest_day(born: date, latest: date) -> None:
    assert closes(born, latest) == []
    assert closes(born, latest + DAY) == [("not_too_old", {"latest": latest})]


@each_rule_set
@given(born=days)
def test_a30_ages_open_one_unbroken_span(rules: RuleSet, born: date) -> None:
    first, last = rules.earliest_vote(born), rules.latest_vote(born)
    assert first < last
    found = [closes(born, day, rules) for day in (first - DAY, first, last, last + DAY)]
    assert found == [
        [("old_enough", {"earliest": first})],
        [],
        [],
        [("not_too_old", {"latest": last})],
    ]


@given(days, st.integers(25, 40))
def test_a30_upper_limit_is_a_local_setting(born: date, years: int) -> None:
    rules = replace(RULES, local=LocalRules(age_limit_birthday=years))
    assert rules.latest_vote(born) + DAY == anniversary(born, years)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1931, 3, 26), "X"),
        (date(2015, 1, 5), "X"),
        (date(2017, 12, 12), "X"),
        (date(2017, 12, 13), "XI"),
        (date(2022, 12, 14), "XI"),
        (date(2022, 12, 15), "XII"),
        (date(2026, 5, 31), "XII"),
        (date(2026, 6, 1), "XIII"),
    ],
)
def test_rule_set_is_the_one_in_force_on_the_day(day: date, name: str) -> None:
    assert BOOK_WITH_XIII.on(day).name == name
    assert BOOK_WITH_XIII.on(day).statute == f"Điều lệ Đoàn khóa {name}"


def test_thirteenth_statute_is_unknown_until_its_date_is_set() -> None:
    book = Rulebook(LocalRules())
    assert (book.on(date(2099, 1, 1)).name, book.named("XIII").name) == ("XII", "XII")


@each_rule_set
def test_dossier_keeps_the_rule_set_of_its_name(rules: RuleSet) -> None:
    assert BOOK_WITH_XIII.named(rules.name) == rules


@pytest.mark.parametrize(
    ("rules", "age", "issuer"),
    [
        (X, (15, 1), Seat.SUPERIOR),
        (XI, (15, 1), Seat.SUPERIOR),
        (XII, (15, 1), Seat.SUPERIOR),
        (XIII, (16, 0), Seat.GRASSROOTS),
    ],
)
def test_rule_sets_differ_in_age_and_card_issuer_only(
    rules: RuleSet, age: tuple[int, int], issuer: Seat
) -> None:
    assert (rules.min_birthday, rules.days_after_min_birthday, rules.card_issuer) == (*age, issuer)
    assert (rules.majority, rules.introducer_months, rules.expelled_years) == (Fraction(1, 2), 3, 1)
    assert (rules.ceremony_months, rules.card_months) == (1, 1)


def test_local_settings_reach_every_rule_set() -> None:
    local = LocalRules(date(2026, 6, 1), Seat.SUPERIOR, review_days=3, quorum=Fraction(1, 2))
    book = Rulebook(local)
    found = [book.named(rules.name) for rules in ALL_RULES]
    assert [(each.local, each.review_days) for each in found] == [(local, 3)] * 4
    assert found[-1].card_issuer is Seat.SUPERIOR


@each_rule_set
def test_every_clause_that_the_admission_names_exists(rules: RuleSet) -> None:
    steps = {each.clause for each in ADMISSION.steps}
    named = steps | {claim.clause for each in ADMISSION.steps for claim in each.requires}
    assert sorted(named - rules.clauses.keys()) == []
    assert [key for key in sorted(named) if not rules.clause(key).text.strip()] == []


@each_rule_set
def test_all_rule_sets_know_the_same_clauses(rules: RuleSet) -> None:
    assert rules.clauses.keys() == XII.clauses.keys()


def test_unknown_clause_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        XII.clause("nonsense")


def test_what_no_text_settles_is_marked_local_and_the_rest_is_sourced() -> None:
    assert {key for key, clause in XII.clauses.items() if clause.is_local} == NOT_IN_ANY_TEXT


@each_rule_set
def test_what_no_text_settles_is_marked_local_in_every_rule_set(rules: RuleSet) -> None:
    assert [key for key in sorted(NOT_IN_ANY_TEXT) if not rules.clause(key).is_local] == []


def test_everything_known_of_the_thirteenth_statute_is_marked_local() -> None:
    """Its guidance was not found; a contest's question bank is no legal citation."""
    assert [key for key, clause in XIII.clauses.items() if not clause.is_local] == []


def test_rules_of_the_thirteenth_statute_never_cite_its_own_points() -> None:
    """What differs is known second-hand; all else stands in the guidance before it."""
    texts = {key: XIII.clause(key).text for key in ("age", "card", "deferral", "vote")}
    assert (
        texts["age"]
        == texts["card"]
        == texts["deferral"]
        == "Điều lệ Đoàn khóa XIII (2026), theo tài liệu hội thi"
    )
    assert texts["vote"].startswith("Hướng dẫn 20-HD/TWĐTN-BTC (2023), điểm 1.3d")


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2008, 5, 20), 15, date(2023, 5, 20)),
        (date(2008, 2, 29), 15, date(2023, 3, 1)),
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2000, 2, 29), 100, date(2100, 3, 1)),
        (date(2024, 2, 29), 0, date(2024, 2, 29)),
    ],
)
def test_a30_anniversary_handles_29_february(day: date, years: int, expected: date) -> None:
    assert anniversary(day, years) == expected


@given(days, st.integers(0, 60))
def test_anniversary_is_the_first_day_on_which_the_years_are_full(day: date, years: int) -> None:
    found = anniversary(day, years)
    assert found.year == day.year + years
    assert (found.month, found.day) >= (day.month, day.day)
    before = found - timedelta(days=1)
    assert (before.year, before.month, before.day) < (day.year + years, day.month, day.day)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 5, 31), 0, date(2024, 5, 31)),
        (date(2024, 12, 31), 12, date(2025, 12, 31)),
    ],
)
def test_months_after_keeps_the_day_or_takes_the_last(
    day: date, months: int, expected: date
) -> None:
    assert months_after(day, months) == expected


@given(days, st.integers(0, 240))
def test_months_after_is_in_the_right_month_and_never_later_than_the_day(
    day: date, months: int
) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + DAY).day == 1)


@given(days, days, st.integers(0, 240))
def test_months_after_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert months_after(first, months) <= months_after(second, months)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 5, 20, 16, 59, tzinfo=UTC), date(2024, 5, 20)),
        (datetime(2024, 5, 20, 17, 0, tzinfo=UTC), date(2024, 5, 21)),
    ],
)
def test_day_begins_at_midnight_in_viet_nam(moment: datetime, day: date) -> None:
    assert local_day(moment) == day
