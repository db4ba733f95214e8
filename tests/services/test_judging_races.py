"""Judges, chair and clock at the same moment: parallel requests, fifty times each."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from app.extensions import db
from app.models import ContestRound, Event, Season, Sheet, SheetVersion
from app.models.contest_sheets import SheetState
from tests.clock import NOW
from tests.panels import fields, judging
from tests.services.at_once import Desk, at_once, row_of, statuses
from workflows.contest.season import SeasonState

REPETITIONS = range(50)


@pytest.fixture
def round_(world):
    """A round with one contestant and everybody assigned."""
    made = judging(world, contestants=1)
    made.assign()
    return made


def again(sheet_id, **values):
    """Lay a sheet back to a draft; its history only grows."""
    blank = {"state": SheetState.DRAFT, "final_at": None, "let_in_at": None, **values}
    db.session.execute(update(Sheet).where(Sheet.id == sheet_id).values(**blank))
    db.session.commit()


def last_step(sheet_id):
    """Return what was done to a sheet last."""
    rows = db.session.query(Event.step).filter_by(subject="contest_sheets", subject_id=sheet_id)
    return rows.order_by(Event.sequence.desc()).first()[0]


def final(desk, made, key=None):
    """Return the deed of making the sheet of the first judge final."""
    return desk.post(made.path(), made.sheet().version, key, **fields(), do="final")


def test_a11_a_double_tap_makes_a_sheet_final_once(round_, sign_in):
    judge, number = Desk(sign_in("giamkhao1")), round_.sheet().id
    for turn in REPETITIONS:
        key = uuid4().hex
        deeds = [final(judge, round_, key) for _tap in range(2)]
        assert statuses(at_once(row_of(Sheet, number), *deeds)) == [303, 303]
        assert db.session.query(SheetVersion).filter_by(sheet_id=number).count() == turn + 1
        again(number)


def test_a33_a_judge_makes_final_while_the_chair_lets_the_sheet_in(round_, sign_in):
    judge, chair = Desk(sign_in("giamkhao1")), Desk(sign_in("truong_ban"))
    number, outcomes = round_.sheet().id, Counter()
    for _ in REPETITIONS:
        reopening = chair.post(f"{round_.path()}/reopen", round_.sheet().version, reason="Lỗi máy")
        pages = at_once(row_of(Sheet, number), final(judge, round_), reopening)
        assert statuses(pages) == [303, 409]
        step, sheet = last_step(number), round_.sheet()
        assert (step, sheet.state) in {
            ("make_final", SheetState.FINAL),
            ("let_in_sheet", SheetState.DRAFT),
        }
        told = next(page for page in pages if page.status == 409)
        assert ("8,5" if step == "let_in_sheet" else "Lỗi máy") in told.words()
        outcomes[step] += 1
        again(number)
    assert outcomes.total() == len(REPETITIONS)


def test_a42_a_round_ends_while_a_judge_makes_final(round_, sign_in):
    """What is received within the time of grace counts, whoever comes first."""
    judge, chair = Desk(sign_in("giamkhao1")), Desk(sign_in("truong_ban"))
    number, held = round_.sheet().id, round_.held.id
    for _ in REPETITIONS:
        end = chair.post(f"{round_.home}/end", 0)
        pages = at_once(row_of(ContestRound, held), final(judge, round_), end)
        assert (statuses(pages), round_.sheet().state) == ([303, 303], SheetState.FINAL)
        again(number)
        db.session.execute(update(ContestRound).values(closed_at=None))
        db.session.commit()


def test_a42_when_the_round_closed_longer_ago_nothing_counts_however_often_it_is_sent(
    round_, sign_in
):
    judge, number = Desk(sign_in("giamkhao1")), round_.sheet().id
    db.session.execute(update(ContestRound).values(closes_at=NOW - timedelta(minutes=3)))
    again(number)
    for _ in REPETITIONS:
        key = uuid4().hex
        deeds = [final(judge, round_, key) for _tap in range(2)]
        assert statuses(at_once(row_of(Sheet, number), *deeds)) == [422, 422]
        assert round_.sheet().state is SheetState.DRAFT


def test_a41_a_sheet_made_final_while_the_season_is_published_is_in_or_refused(round_, sign_in):
    """Whoever publishes locks the season: a final sheet came before, or is refused."""
    judge, number, season = Desk(sign_in("giamkhao1")), round_.sheet().id, round_.season.id
    final(judge, round_)()
    again(number)
    deed = final(judge, round_)
    publish = update(Season).where(Season.id == season).values(state=SeasonState.PUBLISHED)
    assert statuses(at_once(publish, deed)) == [422]
    assert round_.sheet().state is SheetState.DRAFT


def test_a37_two_first_final_sheets_at_the_same_moment_freeze_the_rules_once(round_, sign_in):
    desks = {name: Desk(sign_in(name)) for name in ("giamkhao1", "giamkhao2")}
    season = round_.season.id
    for turn in REPETITIONS:
        deeds = [
            desk.post(round_.path(name), round_.sheet(name).version, **fields(), do="final")
            for name, desk in desks.items()
        ]
        assert statuses(at_once(row_of(Season, season), *deeds)) == [303, 303]
        frozen = db.session.query(Event).filter_by(subject="contest_seasons", step="freeze_rules")
        assert frozen.count() == turn + 1
        for name in desks:
            again(round_.sheet(name).id)
        db.session.execute(update(Season).values(frozen_at=None, rules_hash=""))
        db.session.commit()


def test_a36_a_conflict_is_declared_while_the_sheet_is_made_final(round_, world, sign_in):
    judge, chair = Desk(sign_in("giamkhao1")), Desk(sign_in("truong_ban"))
    number = round_.sheet().id
    pair = {"judge": world.accounts["giamkhao1"].id, "contestant": round_.contestants[0].id}
    for _ in REPETITIONS:
        declared = chair.post(f"{round_.home}/conflicts", 0, **pair, kind="coach", reason="Đã tập")
        pages = at_once(row_of(Sheet, number), final(judge, round_), declared)
        assert statuses(pages) in ([303, 303], [303, 404])
        assert round_.sheet().state is SheetState.REMOVED
        db.session.execute(text("DELETE FROM contest_conflicts"))
        again(number)


def test_a36_entries_shared_out_twice_at_the_same_moment_are_shared_once(world, sign_in):
    made = judging(world, contestants=3)
    chair, organiser = Desk(sign_in("truong_ban")), Desk(sign_in("huyen"))
    wanted = {"part": "tinh_huong", "each": "2"}
    for _ in range(10):
        deeds = [desk.post(f"{made.home}/shares", 0, **wanted) for desk in (chair, organiser)]
        assert statuses(at_once(row_of(ContestRound, made.held.id), *deeds)) == [303, 303]
        assert db.session.query(Sheet).filter_by(round_id=made.held.id).count() == 6
        db.session.execute(text("DELETE FROM contest_sheets"))
        db.session.commit()
