"""A season on the boundaries of its steps; its days counted back; a rehearsal from its seed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.workflows.test_contest_rules import DISTRICT, QUIZ, RULES
from workflows.calendar import TIME_ZONE
from workflows.contest.ranking import rank
from workflows.contest.rehearsal import invented
from workflows.contest.rules import Combine, Round
from workflows.contest.season import SEASON, SeasonState
from workflows.contest.season_facts import SeasonFacts
from workflows.contest.timeline import (
    days_before,
    founding_day,
    is_over,
    proposed_call,
    proposed_rounds,
)
from workflows.engine import Case, NoSuchStep, Refused
from workflows.labels import season as words
from workflows.levels import Level

NOW = datetime(2027, 1, 20, 10, 0, tzinfo=TIME_ZONE)
DAY = founding_day(2027)
OPEN = SeasonFacts(
    NOW,
    DAY,
    call_from=NOW - timedelta(days=9),
    call_until=NOW + timedelta(days=9),
    contestants=4,
    finalists=2,
)
OVER = replace(OPEN, call_until=NOW - timedelta(days=1))
WAY = [
    ("rehearse", "draft", "rehearsal", OPEN),
    ("rework_rules", "rehearsal", "draft", OPEN),
    ("open_call", "rehearsal", "call_open", OPEN),
    ("start_rounds", "call_open", "rounds", OVER),
    ("deliberate", "rounds", "deliberation", OVER),
    ("resume_rounds", "deliberation", "rounds", replace(OVER, reason="Sót phiếu")),
    ("publish", "deliberation", "published", OVER),
    ("correct", "published", "deliberation", replace(OVER, reason="Cộng sai")),
    ("close", "published", "closed", replace(OVER, awards_decided=True)),
]


def fired(step: str, state: str, facts: SeasonFacts) -> str:
    """Take a step and return where it leads."""
    case = Case(state, facts)
    SEASON.fire(case, step)
    return case.state


@pytest.mark.parametrize(("step", "source", "dest", "facts"), WAY)
def test_each_step_leads_on_when_everything_is_there(step, source, dest, facts) -> None:
    assert fired(step, source, facts) == dest


CLOSED = [
    ("rehearse", "draft", replace(OPEN, gaps=1), "rules_whole"),
    ("open_call", "rehearsal", replace(OPEN, gaps=2), "rules_whole"),
    ("open_call", "rehearsal", replace(OPEN, call_from=None), "call_dated"),
    ("open_call", "rehearsal", replace(OPEN, call_until=None), "call_dated"),
    (
        "open_call",
        "rehearsal",
        replace(OPEN, call_until=datetime(2027, 3, 26, 0, 0, tzinfo=TIME_ZONE)),
        "call_before_publication",
    ),
    ("open_call", "rehearsal", OVER, "call_still_runs"),
    ("start_rounds", "call_open", OPEN, "call_over"),
    ("start_rounds", "call_open", replace(OVER, contestants=0), "somebody_competes"),
    ("deliberate", "rounds", replace(OVER, entries_waiting=1), "entries_decided"),
    ("deliberate", "rounds", replace(OVER, finalists=0), "last_round_held"),
    ("deliberate", "rounds", replace(OVER, rounds_open=1), "rounds_closed"),
    ("deliberate", "rounds", replace(OVER, sheets_missing=1), "sheets_complete"),
    ("resume_rounds", "deliberation", replace(OVER, reason=" "), "resuming_reasoned"),
    ("correct", "published", OVER, "resuming_reasoned"),
    ("close", "published", OVER, "awards_decided"),
    ("publish", "deliberation", replace(OVER, sheets_missing=1), "sheets_complete"),
    ("publish", "deliberation", replace(OVER, ties_open=1), "ties_settled"),
    ("publish", "deliberation", replace(OVER, cuts_in_tie=1), "cut_settled"),
]


@pytest.mark.parametrize(("step", "state", "facts", "claim"), CLOSED)
def test_a_step_is_closed_by_one_thing_that_is_missing(step, state, facts, claim) -> None:
    with pytest.raises(Refused) as refused:
        fired(step, state, facts)
    assert [each.code for each in refused.value.unmet] == [claim]
    said = {each.code: words.UNMET[each.code].format(**each.values) for each in refused.value.unmet}
    assert said[claim]


def test_a40_nothing_is_published_and_everything_missing_is_named_at_once() -> None:
    lacking = replace(OVER, sheets_missing=2, ties_open=1, cuts_in_tie=1)
    with pytest.raises(Refused) as refused:
        fired("publish", "deliberation", lacking)
    codes = [each.code for each in refused.value.unmet]
    assert codes == ["sheets_complete", "ties_settled", "cut_settled"]


def test_no_step_skips_a_state() -> None:
    ways = {(step, source) for step, source, _dest, _facts in WAY}
    for state in SeasonState:
        for step in {name for name, _source in ways}:
            if (step, state.value) not in ways:
                with pytest.raises(NoSuchStep):
                    fired(step, state.value, OVER)


def test_everything_of_a_season_has_its_words() -> None:
    steps = {each.name for each in SEASON.steps}
    claims = {claim.code for each in SEASON.steps for claim in each.requires}
    assert set(words.STATES) == set(SEASON.states) == {each.value for each in SeasonState}
    assert steps <= set(words.STEPS)
    assert set(words.CLAIMS) == set(words.UNMET) == claims


@pytest.mark.parametrize(
    ("after", "over"),
    [
        (timedelta(0), False),
        (timedelta(seconds=59, microseconds=999999), False),
        (timedelta(minutes=1), True),
    ],
)
def test_a_deadline_means_its_minute_to_the_end(after: timedelta, over: bool) -> None:  # noqa: FBT001
    deadline = datetime(2027, 2, 4, 17, 0, tzinfo=TIME_ZONE)
    assert is_over(deadline, (deadline + after).astimezone(UTC)) is over


def test_days_count_back_from_26_march_where_the_union_works() -> None:
    assert date(2027, 3, 26) == DAY
    assert days_before(datetime(2027, 3, 25, 17, 0, tzinfo=UTC), DAY) == 0
    assert days_before(datetime(2027, 3, 25, 16, 59, tzinfo=UTC), DAY) == 1
    call = proposed_call(DAY)
    assert [days_before(each, DAY) for each in (call.begins, call.ends)] == [80, 50]


def test_rounds_of_a_level_share_its_days_and_follow_each_other() -> None:
    first, second = (replace(DISTRICT, code=code) for code in ("loai", "chung_ket"))
    days = proposed_rounds([RULES.rounds[0], first, second], DAY)
    spans = [
        (days_before(days[code].begins, DAY), days_before(days[code].ends, DAY))
        for code in ("xa", "loai", "chung_ket")
    ]
    assert spans == [(48, 22), (16, 11), (11, 6)]
    assert all(each.begins < each.ends for each in days.values())


def test_a_rehearsal_is_the_same_for_the_same_seed_and_obeys_the_rules() -> None:
    trimmed = replace(DISTRICT.parts[0], combine=Combine.TRIMMED, trim_from=5)
    held = Round("huyen", "Vòng huyện", Level.DISTRICT, (QUIZ, trimmed))
    scores = invented(held, 9, "7")
    assert scores == invented(held, 9, "7") != invented(held, 9, "8")
    for entry in scores.entries.values():
        assert 0 <= entry[QUIZ.code].points <= QUIZ.max
        assert len(entry[trimmed.code].sheets) == 5
        for sheet in entry[trimmed.code].sheets.values():
            for each in trimmed.criteria:
                points = sheet[each.code]
                assert each.max / 2 <= points <= each.max
                assert points % each.step == Decimal(0)


def test_the_first_two_of_a_rehearsal_stand_equal() -> None:
    places = {each.entry: each for each in rank(DISTRICT, invented(DISTRICT, 6, "1")).places}
    assert (places[1].rank, places[1].total) == (places[2].rank, places[2].total)
