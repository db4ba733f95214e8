"""Special ways of an admission, its end, and the same way under the four rule sets."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.workflows.cases import (
    ALL_RULES,
    DAY,
    HELD,
    TODAY,
    answers,
    facts,
    facts_for,
    introducer,
    outcome,
    refused,
    vote,
    walk,
)
from workflows.admission import ADMISSION
from workflows.admission_facts import IntroducerKind, Schooling, Way
from workflows.levels import Seat
from workflows.rules import RuleSet


@pytest.mark.parametrize(
    ("way", "submit", "adopt"),
    [
        (Way.BRANCH, "commune_review", ("is_grassroots_branch",)),
        (Way.NO_BRANCH, "commune_review", ("is_grassroots_branch",)),
        (Way.GRASSROOTS_BRANCH, ("has_grassroots_union",), "ceremony"),
    ],
)
def test_only_a_grassroots_branch_admits_by_its_own_resolution(
    way: Way, submit: object, adopt: object
) -> None:
    given = facts(way=way)
    ends = outcome("ready", "submit", given), outcome("ready", "adopt_resolution", given)
    assert ends == (submit, adopt)


def test_grassroots_branch_needs_no_proposal_to_itself() -> None:
    own = facts(way=Way.GRASSROOTS_BRANCH, proposed_on=None)
    assert outcome("ready", "adopt_resolution", own) == "ceremony"


@pytest.mark.parametrize("step", ["record_vote", "submit", "approve", "resubmit", "correct_vote"])
@pytest.mark.parametrize(
    ("way", "consent", "codes"),
    [
        (Way.BRANCH, None, ("committee_may_vote",)),
        (Way.BRANCH, HELD + DAY, ("committee_may_vote",)),
        (Way.BRANCH, HELD, ()),
        (Way.BRANCH, HELD - DAY, ()),
        (Way.NO_BRANCH, None, ()),
    ],
)
def test_committee_votes_for_a_scattered_branch_only_with_earlier_consent(
    step: str, way: Way, consent: date | None, codes: tuple[str, ...]
) -> None:
    given = facts(way=way, vote=vote(by_committee=True, committee_consent_on=consent))
    assert tuple(each.code for each in refused(step, given)) == codes


@pytest.mark.parametrize(
    ("expelled_on", "end"),
    [
        (None, "branch_vote"),
        (date(2023, 5, 11), "branch_vote"),
        (date(2023, 5, 12), "branch_vote"),
        (date(2023, 5, 13), ("expulsion_is_over",)),
        (date(2024, 5, 1), ("expulsion_is_over",)),
    ],
)
def test_expelled_person_waits_a_full_year(expelled_on: date | None, end: object) -> None:
    assert outcome("education", "call_to_vote", facts(expelled_on=expelled_on)) == end


def test_expelled_person_is_told_the_first_day() -> None:
    (reason,) = refused("call_to_vote", facts(expelled_on=date(2024, 2, 29)))
    assert reason.values == {"earliest": date(2025, 3, 1)}


@pytest.mark.parametrize(
    ("kind", "is_member", "together_since", "codes"),
    [
        (IntroducerKind.MEMBER, True, date(2024, 2, 12), ()),
        (IntroducerKind.MEMBER, True, date(2024, 2, 13), ("three_months_together",)),
        (IntroducerKind.MEMBER, False, date(2024, 2, 12), ("introducer_is_member",)),
        (IntroducerKind.PARTY_MEMBER, False, date(2024, 2, 12), ()),
        (IntroducerKind.PARTY_MEMBER, False, date(2024, 2, 13), ("three_months_together",)),
        (IntroducerKind.FEDERATION, False, None, ()),
        (IntroducerKind.STUDENT_ASSOCIATION, False, None, ()),
        (IntroducerKind.PIONEERS, False, None, ()),
    ],
)
def test_only_persons_need_three_months_and_only_members_need_membership(
    kind: IntroducerKind, *, is_member: bool, together_since: date | None, codes: tuple[str, ...]
) -> None:
    given = introducer(kind=kind, is_member=is_member, together_since=together_since)
    found = refused("call_to_vote", facts(introducer=given))
    assert tuple(each.code for each in found) == codes


@pytest.mark.parametrize(
    ("schooling", "waived", "codes"),
    [
        (Schooling.PRIMARY, False, ()),
        (Schooling.NONE, True, ()),
        (Schooling.NONE, False, ("schooled",)),
        (None, True, ("schooled",)),
    ],
)
def test_primary_school_is_needed_where_the_rule_is_not_flexible(
    schooling: Schooling | None, *, waived: bool, codes: tuple[str, ...]
) -> None:
    found = refused("call_to_vote", facts(schooling=schooling, schooling_waived=waived))
    assert tuple(each.code for each in found) == codes


@pytest.mark.parametrize("opinion_on", [HELD, HELD - DAY])
def test_party_opinion_before_the_vote_opens_it(opinion_on: date) -> None:
    asked = facts(relative_in_custody=True, party_opinion_on=opinion_on)
    assert outcome("education", "call_to_vote", asked) == "branch_vote"


@pytest.mark.parametrize(
    "order", [("issue_card", "record_ceremony"), ("record_ceremony", "issue_card")]
)
def test_card_and_ceremony_come_in_either_order(order: tuple[str, str]) -> None:
    done: dict[str, dict[str, Any]] = {
        "issue_card": {"card_number": "860245000042"},
        "record_ceremony": {"ceremony_on": date(2024, 5, 19)},
    }
    first, second = order
    between = walk("ceremony", (first, facts()))
    assert between == {"issue_card": "ceremony", "record_ceremony": "card_issue"}[first]
    assert outcome(between, second, facts(**done[first])) == "admitted"


def test_card_is_not_issued_ahead_of_today() -> None:
    ahead = facts(answers=answers(card_issued_on=TODAY + DAY))
    assert outcome("card_issue", "issue_card", ahead) == ("card_numbered",)


@pytest.mark.parametrize(
    ("moved_on", "born", "end"),
    [
        (date(2023, 5, 20), date(2007, 3, 26), "lapsed"),
        (date(2023, 5, 21), date(2007, 3, 26), ("past_age_or_idle",)),
        (TODAY, date(1993, 5, 20), "lapsed"),
        (TODAY, date(1993, 5, 21), ("past_age_or_idle",)),
    ],
)
def test_dossier_lapses_after_a_year_without_a_step_or_past_the_age(
    moved_on: date, born: date, end: object
) -> None:
    assert outcome("education", "lapse", facts(last_moved_on=moved_on, birth_date=born)) == end


CHAIN = ("begin_education", "call_to_vote", "record_vote", "submit", "approve", "record_ceremony")
OWN_CHAIN = (*CHAIN[:3], "adopt_resolution", "record_ceremony")
OF_COMMITTEE = vote(by_committee=True, committee_consent_on=HELD - DAY)


def all_the_way(chain: tuple[str, ...], **changes: Any) -> str:
    """Walk from the nomination to the card and return where it ends."""
    stages = [(step, facts_for(step, **changes)) for step in chain]
    done = facts(**changes, ceremony_on=date(2024, 5, 19))
    return walk("nomination", *stages, ("issue_card", done))


@pytest.mark.parametrize(
    ("chain", "changes"),
    [
        (CHAIN, {}),
        (OWN_CHAIN, {"way": Way.GRASSROOTS_BRANCH, "proposed_on": None}),
        (CHAIN, {"way": Way.NO_BRANCH, "vote": vote(by_committee=True)}),
        (CHAIN, {"vote": OF_COMMITTEE}),
        (CHAIN, {"expelled_on": date(2023, 5, 12)}),
        (CHAIN, {"relative_in_custody": True, "party_opinion_on": HELD}),
    ],
    ids=["branch", "chi_doan_co_so", "no_branch", "scattered", "expelled", "custody"],
)
def test_every_way_leads_from_the_nomination_to_the_card(
    chain: tuple[str, ...], changes: dict[str, Any]
) -> None:
    assert all_the_way(chain, **changes) == "admitted"


def test_where_there_is_no_branch_the_commune_sits_at_both_desks() -> None:
    """One unit then holds both seats, so only the mark keeps one officer from doing it all."""
    steps = [each for each in ADMISSION.steps if each.name in {"submit", "approve"}]
    marks = {each.name: (each.hands_up, each.decides) for each in steps}
    seats = {each.name: ADMISSION.desk_for(each, each.sources[0]).seat for each in steps}
    assert marks == {"submit": (True, False), "approve": (False, True)}
    assert seats == {"submit": Seat.BRANCH, "approve": Seat.GRASSROOTS}


@pytest.mark.parametrize("step", ["approve", "adopt_resolution"])
def test_whoever_admits_takes_a_decision(step: str) -> None:
    """So it never is the one who introduced, created or handed up (statement 14)."""
    assert {each.decides for each in ADMISSION.steps if each.name == step} == {True}


def test_nomination_may_start_before_the_age_is_reached() -> None:
    young = facts(birth_date=date(2012, 5, 12), vote=None)
    assert walk("nomination", ("begin_education", young)) == "education"
    assert outcome("education", "call_to_vote", young) == ("old_enough",)


def test_late_ceremony_and_late_card_are_not_forbidden() -> None:
    late = facts(signed_on=date(2024, 1, 2))
    assert outcome("ceremony", "record_ceremony", late) == "card_issue"
    assert outcome("card_issue", "issue_card", replace(late, ceremony_on=TODAY)) == "admitted"


@pytest.mark.parametrize("rules", ALL_RULES, ids=lambda rules: rules.name)
def test_same_way_leads_to_the_card_under_every_rule_set(rules: RuleSet) -> None:
    assert all_the_way(CHAIN, rules=rules) == "admitted"


@pytest.mark.parametrize(
    ("rules", "earliest"),
    [*zip(ALL_RULES, [date(2022, 3, 27)] * 3 + [date(2023, 3, 26)], strict=True)],
)
def test_a30_lowest_age_is_that_of_the_rule_set(rules: RuleSet, earliest: date) -> None:
    on_the_day = facts(rules=rules, vote=None, answers=answers(meeting_on=earliest))
    day_before = replace(on_the_day, answers=answers(meeting_on=earliest - DAY))
    codes = [
        [
            (each.code, each.values)
            for each in refused("call_to_vote", given)
            if each.code == "old_enough"
        ]
        for given in (on_the_day, day_before)
    ]
    assert codes == [[], [("old_enough", {"earliest": earliest})]]


def test_card_issuer_is_that_of_the_rule_set() -> None:
    assert {rules.name: rules.card_issuer for rules in ALL_RULES} == {
        **dict.fromkeys(("X", "XI", "XII"), Seat.SUPERIOR),
        "XIII": Seat.GRASSROOTS,
    }
