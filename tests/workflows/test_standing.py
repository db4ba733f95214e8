"""Changes of standing on the boundaries of their rules (domain §6.2-6.5)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from string import Formatter
from typing import Any

import pytest

from tests.workflows.cases import ALL_RULES
from workflows import labels
from workflows.calendar import months_after
from workflows.labels import standing as words
from workflows.levels import Seat
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.rules import LocalRules, Rulebook
from workflows.standing import CHANGES, closed, unmet
from workflows.standing_facts import Kind, Missed, StandingAnswers, StandingFacts
from workflows.voting import Ballots, Roll

TODAY = date(2024, 5, 20)
SINCE = date(2022, 3, 26)
RULES = Rulebook(LocalRules()).on(TODAY)
YEAR_BEFORE = tuple(months_after(date(2024, 5, 1), -back) for back in range(12, 0, -1))

_ANSWERS = StandingAnswers(
    on=TODAY,
    until=date(2024, 8, 20),
    address="Khu công nghiệp Tân Bình",
    reason="Đi làm",
    host_id=7,
    registered_since=date(2023, 11, 20),
    applied_on=date(2024, 5, 1),
    missed=Missed.ACTIVITY,
    missed_months=3,
    contacted_on=date(2024, 5, 1),
    roll=Roll(12, 8),
    ballots=Ballots(5, 2, 1, 0),
)
_FACTS = StandingFacts(
    rules=RULES,
    today=TODAY,
    answers=_ANSWERS,
    status=PersonStatus.MEMBER,
    birth_date=date(1993, 8, 1),
    since=SINCE,
    open_since=date(2024, 1, 10),
    is_host_elsewhere=True,
    counted=12,
)


def facts(**changes: Any) -> StandingFacts:
    """Return a member for whom every change is open, changed as named; answers by their names."""
    answers = {name: changes.pop(name) for name in list(changes) if hasattr(_ANSWERS, name)}
    return replace(_FACTS, answers=replace(_ANSWERS, **answers), **changes)


# What goes on or ends a suspension finds one that runs.
_SUSPENDED = {"status": PersonStatus.SUSPENDED, "suspensions": 1}
_FOR: dict[Kind, dict[str, Any]] = {
    Kind.SUSPEND_LONGER: {**_SUSPENDED, "suspended_until": date(2024, 5, 25)},
    Kind.LIFT: {**_SUSPENDED, "suspended_until": date(2024, 5, 25)},
}


def lacks(kind: Kind, **changes: Any) -> list[str]:
    """Return the codes of what a change lacks."""
    return [each.code for each in unmet(kind, facts(**{**_FOR.get(kind, {}), **changes}))]


def values(kind: Kind, **changes: Any) -> dict[str, object]:
    """Return the values of the one thing that a change lacks."""
    [only] = unmet(kind, facts(**{**_FOR.get(kind, {}), **changes}))
    return dict(only.values)


@pytest.mark.parametrize("kind", Kind)
def test_every_change_is_open_to_a_member_for_whom_all_is_right(kind: Kind) -> None:
    assert lacks(kind) == []


@pytest.mark.parametrize("kind", set(Kind) - {Kind.DIE, Kind.END_GUEST, *_FOR})
def test_only_a_members_standing_changes(kind: Kind) -> None:
    for status in set(PersonStatus) - MEMBER_STATUSES:
        assert lacks(kind, status=status) == ["member_of_ours"]


@pytest.mark.parametrize("kind", [Kind.WORK_AWAY, Kind.DEFER])
def test_who_is_away_deferred_suspended_or_moving_comes_back_first(kind: Kind) -> None:
    for status in MEMBER_STATUSES - {PersonStatus.MEMBER}:
        assert lacks(kind, status=status) == ["in_activity"]


def test_going_away_needs_an_address_and_a_day_of_return() -> None:
    assert lacks(Kind.WORK_AWAY, address=" ", until=None) == ["return_expected", "address_given"]
    assert lacks(Kind.WORK_AWAY, until=TODAY) == []
    assert lacks(Kind.WORK_AWAY, until=date(2024, 5, 19)) == ["return_expected"]
    assert lacks(Kind.WORK_AWAY, until=date(2029, 5, 19)) == []


def test_trip_is_reported_before_it_begins_and_not_far_ahead() -> None:
    assert lacks(Kind.WORK_AWAY, on=date(2024, 6, 20), until=date(2024, 7, 1)) == []
    late = values(Kind.WORK_AWAY, on=date(2024, 6, 21), until=date(2024, 7, 1))
    assert late == {"first": SINCE, "last": date(2024, 6, 20)}
    assert lacks(Kind.WORK_AWAY, on=date(2022, 3, 25)) == ["begins_in_time"]


def test_deferral_lasts_a_year_at_the_most_and_has_a_reason() -> None:
    assert lacks(Kind.DEFER, until=date(2025, 5, 20)) == []
    too_long = values(Kind.DEFER, until=date(2025, 5, 21))
    assert too_long == {"first": TODAY, "last": date(2025, 5, 20)}
    assert lacks(Kind.DEFER, until=None, reason="\n ") == [
        "deferred_a_year_at_most",
        "cause_given",
    ]


def test_return_is_between_the_first_day_away_and_today() -> None:
    assert lacks(Kind.RETURN, on=date(2024, 1, 10)) == []
    assert lacks(Kind.RETURN, on=date(2024, 1, 9)) == ["ends_in_time"]
    assert lacks(Kind.RETURN, on=date(2024, 5, 21)) == ["ends_in_time"]
    assert lacks(Kind.RETURN, open_since=None, on=TODAY) == ["something_to_end"]


@pytest.mark.parametrize("kind", _FOR)
def test_only_a_suspension_that_runs_goes_on_or_is_lifted(kind: Kind) -> None:
    for status in set(PersonStatus) - {PersonStatus.SUSPENDED}:
        assert lacks(kind, status=status) == ["suspended_now"]


def test_suspension_lasts_three_months_at_the_most_and_has_a_reason() -> None:
    assert values(Kind.SUSPEND, until=date(2024, 8, 21)) == {
        "first": TODAY,
        "last": date(2024, 8, 20),
    }
    assert lacks(Kind.SUSPEND, until=None, reason=" ") == ["suspended_in_measure", "grounds_told"]
    assert lacks(Kind.SUSPEND, on=date(2024, 5, 21)) == ["happened_in_time"]
    assert lacks(Kind.SUSPEND, status=PersonStatus.SUSPENDED) == ["not_suspended_yet"]
    assert lacks(Kind.SUSPEND, status=PersonStatus.WORKING_AWAY) == []


def test_suspension_goes_on_once_for_three_months_after_its_last_day() -> None:
    assert lacks(Kind.SUSPEND_LONGER, until=date(2024, 8, 26)) == []
    assert values(Kind.SUSPEND_LONGER, until=date(2024, 8, 27)) == {
        "first": date(2024, 5, 26),
        "last": date(2024, 8, 26),
    }
    assert lacks(Kind.SUSPEND_LONGER, suspensions=2) == ["suspended_once_more_at_most"]
    assert lacks(Kind.SUSPEND, suspensions=1) == []
    assert lacks(Kind.SUSPEND, suspensions=2) == ["suspended_once_more_at_most"]


def test_suspension_is_decided_by_the_grass_roots_union() -> None:
    for kind in (Kind.SUSPEND, Kind.SUSPEND_LONGER, Kind.LIFT):
        assert (CHANGES[kind].seat, CHANGES[kind].decides) == (Seat.GRASSROOTS, True)
    assert lacks(Kind.LIFT, on=date(2024, 5, 21)) == ["ends_in_time"]


def test_guest_lives_at_the_residence_for_six_months_and_has_the_file_elsewhere() -> None:
    assert values(Kind.BE_GUEST, registered_since=date(2023, 11, 21)) == {
        "latest": date(2023, 11, 20)
    }
    assert lacks(Kind.BE_GUEST, is_host_elsewhere=False) == ["host_elsewhere"]
    assert lacks(Kind.BE_GUEST, is_guest=True) == ["no_guest_yet"]
    assert lacks(Kind.BE_GUEST, status=PersonStatus.WORKING_AWAY) == []


def test_who_turns_thirty_in_a_year_is_over_it_for_the_list_of_that_year() -> None:
    assert lacks(Kind.MATURE, birth_date=date(1994, 12, 31)) == []
    assert values(Kind.MATURE, birth_date=date(1995, 1, 1)) == {"year": 2025}
    assert lacks(Kind.STAY_ON, birth_date=date(1995, 1, 1)) == ["past_thirty"]


def test_officers_go_on_and_nobody_leaves_with_an_office() -> None:
    for kind in (Kind.MATURE, Kind.DELETE, Kind.RESIGN):
        assert lacks(kind, holds_office=True) == ["no_office_held"]
    assert lacks(Kind.DIE, holds_office=True) == []


def test_staying_on_ends_on_the_thirty_fifth_birthday() -> None:
    assert lacks(Kind.STAY_ON, birth_date=date(1989, 5, 20)) == []
    assert values(Kind.STAY_ON, birth_date=date(1989, 5, 19)) == {"last": date(2024, 5, 19)}
    assert lacks(Kind.STAY_ON, stays_on=True) == ["not_staying_yet"]


@pytest.mark.parametrize(("months", "is_enough"), [(0, False), (2, False), (3, True), (12, True)])
def test_deletion_takes_three_months_without_activity(months: int, *, is_enough: bool) -> None:
    assert lacks(Kind.DELETE, missed_months=months) == (
        [] if is_enough else ["three_months_missed"]
    )


def test_deletion_for_dues_counts_the_months_of_the_sheet_and_not_what_is_typed() -> None:
    two, three = YEAR_BEFORE[:2], (YEAR_BEFORE[0], YEAR_BEFORE[4], YEAR_BEFORE[9])
    assert values(Kind.DELETE, missed=Missed.DUES, missed_months=12, unpaid=two) == {
        "missed": 2,
        "needed": 3,
    }
    assert lacks(Kind.DELETE, missed=Missed.DUES, missed_months=0, unpaid=three) == []


def test_under_statute_xiii_the_three_months_follow_each_other() -> None:
    rules = ALL_RULES[-1]
    apart, in_a_row = (YEAR_BEFORE[0], *YEAR_BEFORE[4:6]), YEAR_BEFORE[4:7]
    assert lacks(Kind.DELETE, rules=rules, missed=Missed.DUES, unpaid=apart) == [
        "three_months_missed"
    ]
    assert lacks(Kind.DELETE, rules=rules, missed=Missed.DUES, unpaid=in_a_row) == []


def test_away_for_a_year_with_dues_paid_is_no_absence() -> None:
    away = {"status": PersonStatus.WORKING_AWAY, "away_since": date(2023, 5, 20)}
    assert lacks(Kind.DELETE, **away) == ["not_excused"]
    assert lacks(Kind.DELETE, **away, unpaid=YEAR_BEFORE[:1]) == []
    assert lacks(Kind.DELETE, **(away | {"away_since": date(2023, 5, 19)})) == []
    assert lacks(Kind.DELETE, status=PersonStatus.DEFERRED) == ["not_excused"]
    owes = {"missed": Missed.DUES, "unpaid": YEAR_BEFORE[:3]}
    assert lacks(Kind.DELETE, status=PersonStatus.DEFERRED, **owes) == []


def test_deletion_is_voted_on_in_person_by_more_than_half_of_those_present() -> None:
    assert lacks(Kind.DELETE, online=True) == ["deletion_in_person"]
    half = values(Kind.DELETE, ballots=Ballots(4, 3, 1, 0))
    assert half == {"in_favour": 4, "needed": 5, "present": 8}
    assert lacks(Kind.DELETE, ballots=Ballots(5, 3, 0, 0)) == []


def test_deletion_needs_the_quorum_of_everybody_whom_the_roll_counts() -> None:
    assert values(Kind.DELETE, roll=Roll(12, 7), ballots=Ballots(7, 0, 0, 0)) == {
        "present": 7,
        "needed": 8,
    }
    assert values(Kind.DELETE, roll=Roll(9, 8)) == {"counted": 12, "entitled": 9}
    half = Rulebook(LocalRules(quorum=Fraction(1, 2))).on(TODAY)
    assert lacks(Kind.DELETE, rules=half, roll=Roll(12, 6), ballots=Ballots(6, 0, 0, 0)) == []


@pytest.mark.parametrize(
    ("roll", "ballots", "fault"),
    [
        (Roll(12, 8), Ballots(5, 2, 0, 0), "total_is_not_present"),
        (Roll(12, 8), Ballots(9, 0, 0, 0), "more_votes_than_present"),
        (Roll(12, 13), Ballots(13, 0, 0, 0), "more_present_than_entitled"),
        (Roll(12, 8), Ballots(-1, 9, 0, 0), "negative"),
    ],
)
def test_counts_that_disagree_name_both_numbers(roll: Roll, ballots: Ballots, fault: str) -> None:
    told = values(Kind.DELETE, roll=roll, ballots=ballots)
    assert told["fault"] == fault
    assert told.keys() == {"fault", "left", "right"}


def test_branch_speaks_with_the_member_before_it_votes() -> None:
    for day in (None, date(2024, 5, 21)):
        assert lacks(Kind.DELETE, contacted_on=day) == ["contacted_before"]


def test_nobody_resigns_while_suspended() -> None:
    assert lacks(Kind.RESIGN, status=PersonStatus.SUSPENDED) == ["settled_first"]
    assert lacks(Kind.RESIGN, applied_on=date(2024, 5, 21)) == ["applied_before"]
    assert CHANGES[Kind.RESIGN].seat is Seat.GRASSROOTS


def test_exits_are_not_ahead_of_today_and_not_before_the_stay() -> None:
    for kind in (Kind.MATURE, Kind.RESIGN, Kind.DIE, Kind.STAY_ON):
        for day in (date(2024, 5, 21), date(2022, 3, 25)):
            assert "happened_in_time" in lacks(kind, on=day)


def test_death_is_recorded_once_and_also_of_who_was_no_member() -> None:
    assert lacks(Kind.DIE, status=PersonStatus.DECEASED) == ["alive"]
    assert lacks(Kind.DIE, status=PersonStatus.MATURED) == []


def test_what_answers_could_mend_does_not_keep_a_change_from_being_asked_for() -> None:
    bare = replace(_FACTS, answers=StandingAnswers())
    asked = {kind: replace(bare, **_FOR.get(kind, {})) for kind in Kind}
    assert {kind: closed(kind, asked[kind]) for kind in Kind} == {kind: [] for kind in Kind}


@pytest.mark.parametrize("rules", ALL_RULES, ids=lambda rules: rules.name)
def test_every_clause_that_a_change_names_exists(rules: Any) -> None:
    named = {change.clause for change in CHANGES.values()}
    named |= {claim.clause for change in CHANGES.values() for claim in change.requires}
    assert named - rules.clauses.keys() == set()


def test_every_change_and_every_claim_has_its_words() -> None:
    assert set(words.CHANGES) == set(words.RULES) == set(Kind) == set(CHANGES)
    assert set(words.MISSED) == set(Missed)
    codes = {claim.code for change in CHANGES.values() for claim in change.requires}
    assert codes == set(words.UNMET) | {"counts_agree", "quorum_met", "vote_passed"}
    assert set(words.UNMET) & set(labels.UNMET) == set()


def test_sentences_get_every_value_that_they_name() -> None:
    worst = facts(
        on=None, until=None, address="", reason="", registered_since=None, applied_on=None,
        contacted_on=None, missed_months=0, roll=Roll(1, 1), ballots=Ballots(0, 1, 0, 0),
        birth_date=date(2000, 1, 1), is_host_elsewhere=False,
    )  # fmt: skip
    old = replace(worst, birth_date=date(1980, 1, 1))
    told = [each for kind in Kind for given in (worst, old) for each in unmet(kind, given)]
    for each in told:
        text = {**labels.UNMET, **words.UNMET}[each.code]
        named = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert named <= each.values.keys()
        assert None not in each.values.values()
