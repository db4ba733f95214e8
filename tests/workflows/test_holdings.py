"""The re-issue of a lost book or card: who does what, from where, and what it lacks (§2.7)."""

from dataclasses import replace
from datetime import date, timedelta
from string import Formatter
from typing import Any

import pytest

from tests.workflows.cases import ALL_RULES, BOOK_WITH_XIII
from workflows.calendar import months_after
from workflows.holdings import (
    MOVES,
    Item,
    LossAnswers,
    LossFacts,
    Move,
    Stage,
    closed,
    may_be_set,
    moves_from,
    unmet,
)
from workflows.labels import holdings as words
from workflows.levels import Seat
from workflows.membership import MEMBER_STATUSES, Holding, PersonStatus

XII, XIII = BOOK_WITH_XIII.named("XII"), BOOK_WITH_XIII.named("XIII")
TODAY, DAY = date(2024, 5, 20), timedelta(days=1)
REPORTED = date(2024, 5, 6)
_ANSWERS = LossAnswers(
    applied_on=REPORTED,
    was_active=True,
    former_unit="Chi đoàn Ấp 3, ngày 02/05/2024",
    decided_on=TODAY,
    card_number="863000777",
    reason="Đơn chưa ký",
)
_FACTS = LossFacts(
    rules=XII,
    today=TODAY,
    answers=_ANSWERS,
    status=PersonStatus.MEMBER,
    holding=Holding.LOST,
    since=date(2022, 3, 26),
    reported_on=REPORTED,
    card_number="863000042",
)


def facts(**changes: Any) -> LossFacts:
    """Return a member for whom every move is open, changed as named; answers by their names."""
    known = LossAnswers.__dataclass_fields__.keys() - LossFacts.__dataclass_fields__.keys()
    answers = {name: changes.pop(name) for name in list(changes) if name in known}
    number = changes.pop("new_number", None)
    if number is not None:
        answers["card_number"] = number
    return replace(_FACTS, answers=replace(_ANSWERS, **answers), **changes)


def lacks(name: Move, item: Item, **changes: Any) -> list[str]:
    """Return what a move lacks, by code."""
    move = next(each for each in MOVES if (each.move, each.item) == (name, item))
    return [each.code for each in unmet(move, facts(**changes))]


def way(item: Item, rules: Any) -> dict[Stage, list[tuple[Move, Seat]]]:
    """Return who may do what at each stage of a re-issue."""
    return {
        stage: [(each.move, each.seat) for each in moves_from(item, stage, rules)]
        for stage in Stage
    }


def test_a_lost_card_goes_from_the_branch_over_the_commune_to_the_superior() -> None:
    assert way(Item.CARD, XII) == {
        Stage.UNREPORTED: [(Move.REPORT, Seat.BRANCH)],
        Stage.REPORTED: [(Move.PROPOSE, Seat.GRASSROOTS), (Move.DECLINE, Seat.GRASSROOTS)],
        Stage.PROPOSED: [(Move.REISSUE_CARD, Seat.SUPERIOR), (Move.DECLINE, Seat.SUPERIOR)],
    }


def test_where_the_grassroots_union_issues_cards_it_re_issues_them_too() -> None:
    assert way(Item.CARD, XIII)[Stage.REPORTED] == [
        (Move.REISSUE_CARD, Seat.GRASSROOTS),
        (Move.DECLINE, Seat.GRASSROOTS),
    ]


def test_a_lost_book_is_re_issued_by_the_grassroots_union() -> None:
    assert way(Item.BOOK, XII) == {
        Stage.UNREPORTED: [(Move.REPORT, Seat.BRANCH)],
        Stage.REPORTED: [(Move.REISSUE_BOOK, Seat.GRASSROOTS), (Move.DECLINE, Seat.GRASSROOTS)],
        Stage.PROPOSED: [],
    }


def test_no_text_knows_the_re_issue_of_a_badge() -> None:
    assert not any(way(Item.BADGE, XII).values())


@pytest.mark.parametrize("move", MOVES, ids=lambda move: f"{move.move}-{move.item}-{move.stage}")
def test_every_move_is_open_where_everything_is_right(move: Any) -> None:
    assert unmet(move, facts()) == []


@pytest.mark.parametrize("status", set(PersonStatus) - MEMBER_STATUSES)
def test_only_a_member_is_given_another_one(status: PersonStatus) -> None:
    for move in MOVES:
        missing = ["holder_is_member"] if move.move is not Move.DECLINE else []
        assert [each.code for each in closed(move, facts(status=status))] == missing


def test_who_never_had_one_has_lost_none() -> None:
    for item in (Item.BOOK, Item.CARD):
        assert lacks(Move.REPORT, item, holding=Holding.LACKS) == ["held_before"]
        for had in set(Holding) - {Holding.LACKS}:
            assert lacks(Move.REPORT, item, holding=had) == []


@pytest.mark.parametrize(
    ("applied_on", "missing"),
    [(None, ["loss_applied_for"]), (TODAY + DAY, ["loss_applied_for"]), (TODAY, [])],
)
def test_a_loss_begins_with_the_members_paper(applied_on: date | None, missing: list[str]) -> None:
    assert lacks(Move.REPORT, Item.CARD, applied_on=applied_on) == missing


def test_a_book_needs_continuous_activity_and_a_card_does_not() -> None:
    assert lacks(Move.REPORT, Item.BOOK, was_active=False) == ["active_throughout"]
    assert lacks(Move.REPORT, Item.CARD, was_active=False) == []


@pytest.mark.parametrize(
    ("since", "had_former_unit", "said", "missing"),
    [
        (months_after(TODAY, -3) + DAY, True, "", ["former_unit_confirms"]),
        (months_after(TODAY, -3) + DAY, True, " \n ", ["former_unit_confirms"]),
        (months_after(TODAY, -3) + DAY, True, "Chi đoàn Ấp 3", []),
        (months_after(TODAY, -3) + DAY, False, "", []),
        (months_after(TODAY, -3), True, "", []),
    ],
)
def test_less_than_three_months_here_the_former_unit_confirms(
    since, had_former_unit, said, missing
):
    asked = {"since": since, "had_former_unit": had_former_unit, "former_unit": said}
    assert lacks(Move.REPORT, Item.BOOK, **asked) == missing


@pytest.mark.parametrize(
    ("decided_on", "missing"),
    [
        (None, ["reissue_dated"]),
        (REPORTED - DAY, ["reissue_dated"]),
        (REPORTED, []),
        (TODAY, []),
        (TODAY + DAY, ["reissue_dated"]),
    ],
)
def test_the_decision_lies_between_the_application_and_today(
    decided_on: date | None, missing: list[str]
) -> None:
    assert lacks(Move.REISSUE_BOOK, Item.BOOK, decided_on=decided_on) == missing
    assert lacks(Move.REISSUE_CARD, Item.CARD, decided_on=decided_on) == missing


@pytest.mark.parametrize(
    ("number", "used_up", "missing"),
    [
        ("", False, ["new_number_given"]),
        ("  ", False, ["new_number_given"]),
        ("863000042", False, ["number_is_new"]),
        (" 863000042 ", False, ["number_is_new"]),
        ("863000001", True, ["number_is_new"]),
        ("863000777", False, []),
    ],
)
def test_a_new_card_never_bears_the_number_of_a_lost_one(number, used_up, missing):
    asked = {"new_number": number, "is_used_up": used_up}
    assert lacks(Move.REISSUE_CARD, Item.CARD, **asked) == missing


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_whoever_declines_says_why(reason: str) -> None:
    assert lacks(Move.DECLINE, Item.CARD, reason=reason) == ["decline_reasoned"]


def test_all_that_is_missing_is_named_at_once() -> None:
    asked = {"applied_on": None, "was_active": False, "holding": Holding.LACKS}
    missing = ["held_before", "loss_applied_for", "active_throughout"]
    assert lacks(Move.REPORT, Item.BOOK, **asked) == missing


def test_a_sheet_never_says_re_issued_of_its_own() -> None:
    for before in Holding:
        offered = {after for after in Holding if may_be_set(before, after)}
        assert offered == set(Holding) - {Holding.REISSUED} | {before}


def test_every_rule_has_a_clause_in_every_rule_set() -> None:
    keys = {claim.clause for move in MOVES for claim in move.requires}
    keys |= {move.clause for move in MOVES}
    assert [key for key in keys for rules in ALL_RULES if not rules.clause(key).text] == []


def test_everything_has_its_words() -> None:
    codes = {claim.code for move in MOVES for claim in move.requires}
    assert set(words.UNMET) == codes
    assert set(words.ITEMS) == set(Item)
    assert set(words.STAGES) == set(Stage)
    assert set(words.MOVES) == set(Move)
    assert set(words.RULES) == {(move.move, move.item) for move in MOVES}


def test_a_sentence_gets_every_value_that_it_names() -> None:
    bare = LossAnswers(card_number="863000042")
    new_here = facts(had_former_unit=True, since=TODAY, holding=Holding.LACKS)
    empty = replace(new_here, answers=bare, status=PersonStatus.MATURED)
    none = replace(empty, answers=LossAnswers())
    said = [each for move in MOVES for each in (*unmet(move, empty), *unmet(move, none))]
    assert {each.code for each in said} == set(words.UNMET)
    for each in said:
        named = {name for _text, name, *_rest in Formatter().parse(words.UNMET[each.code]) if name}
        assert named <= set(each.values)
