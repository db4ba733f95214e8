"""Debates in pairs: drawn by lot, heard by the same judges, mended when somebody leaves."""

from dataclasses import replace

import pytest

from app.extensions import db
from app.models import Debate, Event, Sheet, Speaker
from app.models.contest_sheets import SheetState
from app.services.entry.contestants import take_out
from tests.panels import DEBATE, YEAR, Judging, judging, rules
from workflows.contest.rules import PartKind

CODE = DEBATE.code
GOOD = {"lap_luan": "8,5", "phan_bien": "7"}


def debating(world, contestants: int = 4, judges: int = 3, **contest: object) -> Judging:
    """Set up a round with a part of debates; nothing is drawn."""
    made = rules(DEBATE, **contest)
    return judging(world, contestants=contestants, judges=judges, contest=made)


def draw(person, made: Judging, **fields: str):
    path = f"{made.home}/debates/{CODE}"
    return person.send(path + "?anew=" * ("anew" in fields), **fields)


def pairs(made: Judging) -> list[list[int]]:
    """List by debate who speaks, by the contestants' numbers from 1; for the motion first."""
    db.session.expire_all()
    numbers = {each.id: place for place, each in enumerate(made.contestants, 1)}
    query = db.session.query(Debate.number, Speaker.contestant_id, Speaker.is_scored)
    rows = query.join(Speaker).order_by(Debate.number, Speaker.is_against).all()
    found: dict[int, list[int]] = {}
    for number, contestant, is_scored in rows:
        found.setdefault(number, []).append(numbers[contestant] * (1 if is_scored else -1))
    return list(found.values())


def judges_by_contestant(made: Judging) -> dict[int, set[int]]:
    numbers = {each.id: place for place, each in enumerate(made.contestants, 1)}
    sheets = db.session.query(Sheet).filter(Sheet.state != SheetState.REMOVED)
    found: dict[int, set[int]] = {}
    for sheet in sheets:
        found.setdefault(numbers[sheet.contestant_id], set()).add(sheet.judge_id)
    return found


def test_the_chair_draws_pairs_with_motions_and_everybody_sees_the_seed(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    page = draw(chair, made, motions="Đề một\n\n  Đề hai  ")
    assert "Đã bốc thăm: có 2 cặp." in page.words()
    found = pairs(made)
    assert sorted(each for pair in found for each in pair) == [1, 2, 3, 4]
    assert {debate.motion for debate in db.session.query(Debate)} == {"Đề một", "Đề hai"}
    seed = db.session.query(Debate.seed).distinct().scalar()
    assert f"Bốc thăm với hạt giống {seed}." in page.words()
    event = db.session.query(Event).filter_by(step="draw_debates").one()
    assert event.facts["seed"] == seed


def test_a_draw_sent_twice_draws_once(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    path = f"{made.home}/debates/{CODE}"
    key = chair.get(path).form()
    chair.post(path, key)
    before = pairs(made)
    assert "Đã bốc thăm: có 2 cặp." in chair.post(path, key).words()
    assert pairs(made) == before


def test_nothing_is_drawn_where_everybody_has_a_pair(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    path = f"{made.home}/debates/{CODE}"
    late = chair.get(path).form()
    draw(chair, made)
    page = chair.post(path, late)
    assert (page.status, ("mọi thí sinh đã có cặp" in page.words())) == (422, True)


def test_one_contestant_alone_has_nobody_to_debate_against(world, sign_in):
    made = debating(world, contestants=1)
    page = draw(sign_in("truong_ban"), made, motions="Đề của tôi")
    assert (page.status, ("hoặc chỉ có một người" in page.words())) == (422, True)
    assert "Đề của tôi" in page.words()


def test_judges_are_shared_out_only_after_the_draw_and_hear_both_sides(world, sign_in):
    made, chair = debating(world, judges=5), sign_in("truong_ban")
    shares = {"part": CODE, "each": "3"}
    page = chair.send(f"{made.home}/shares", **shares)
    assert (page.status, ("Còn 4 thí sinh chưa có cặp" in page.words())) == (422, True)
    draw(chair, made)
    page = chair.send(f"{made.home}/shares", **shares)
    assert "Đã phân công thêm 12 phiếu." in page.words()
    judges = judges_by_contestant(made)
    assert all(judges[one] == judges[other] for one, other in pairs(made))


def test_of_an_odd_number_one_speaks_again_and_is_scored_once(world, sign_in):
    made, chair = debating(world, contestants=3), sign_in("truong_ban")
    page = draw(chair, made)
    assert "nói lần nữa, không chấm lại" in page.words()
    flat = [each for pair in pairs(made) for each in pair]
    assert sorted(each for each in flat if each > 0) == [1, 2, 3]
    assert len([each for each in flat if each < 0]) == 1
    made.assign(part=CODE)
    assert [len(found) for found in judges_by_contestant(made).values()] == [3, 3, 3]


def test_a_judge_hears_debate_after_debate_and_sees_whom_a_contestant_meets(world, sign_in):
    made, chair = debating(world, contestants=6), sign_in("truong_ban")
    draw(chair, made, motions="Nên hay không nên")
    made.assign(part=CODE)
    judge, found = sign_in("giamkhao1"), pairs(made)
    listed = judge.get(f"/contests/{YEAR}/judging").text
    order = [listed.index(f"Thí Sinh {number}") for pair in found for number in pair]
    assert order == sorted(order)
    assert "Cặp 1, ủng hộ:" in listed
    for place, number in enumerate(order_of := [number for pair in found for number in pair]):
        page = judge.get(made.path(number=number))
        other = order_of[place + 1 if place % 2 == 0 else place - 1]
        assert f"gặp 00{other} Thí Sinh {other}" in page.words()
        assert "Đề: Nên hay không nên" in page.words()
        sent = {f"points-{code}": text for code, text in GOOD.items()}
        after = judge.send(made.path(number=number), **sent, do="final")
        following = order_of[place + 1 : place + 2]
        expected = made.path(number=following[0]) if following else f"/contests/{YEAR}/judging"
        assert after.path == expected


def test_names_stay_hidden_in_an_anonymous_debate(world, sign_in):
    made, chair = debating(world, contestants=2, anonymous=True), sign_in("truong_ban")
    draw(chair, made)
    made.assign(part=CODE)
    page = sign_in("giamkhao1").get(made.path())
    assert "gặp 002" in page.words()
    assert "Thí Sinh" not in page.words()


def leave(made: Judging, number: int) -> None:
    contestant = made.contestants[number - 1]
    take_out(made.held.id, YEAR, contestant.id, "Ốm", by=made.by("huyen"))


def test_who_is_left_alone_meets_somebody_who_speaks_again(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    draw(chair, made)
    gone, left = pairs(made)[0]
    stays = pairs(made)[1]
    leave(made, gone)
    page = chair.get(f"{made.home}/debates/{CODE}")
    assert f"Chưa có cặp: 00{left} Thí Sinh {left}" in page.words()
    draw(chair, made)
    first, second = pairs(made)
    assert first == stays
    assert second[0] == left
    assert -second[1] in stays


def test_two_who_are_left_alone_meet_each_other(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    draw(chair, made)
    (gone, left), (gone_too, left_too) = pairs(made)
    leave(made, gone)
    leave(made, gone_too)
    draw(chair, made)
    assert [sorted(pair) for pair in pairs(made)] == [sorted((left, left_too))]


def test_who_was_scored_keeps_the_debate_when_the_other_leaves(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    draw(chair, made)
    made.assign(part=CODE)
    gone, left = pairs(made)[0]
    made.give("giamkhao1", left, GOOD)
    leave(made, gone)
    page = chair.get(f"{made.home}/debates/{CODE}")
    assert "đã rút khỏi vòng" in page.words()
    assert "Chưa có cặp" not in page.words()


def test_who_was_not_scored_is_drawn_for_though_who_left_had_been_scored(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    draw(chair, made)
    made.assign(part=CODE)
    gone, left = pairs(made)[0]
    made.give("giamkhao1", gone, GOOD)
    leave(made, gone)
    assert (
        f"Chưa có cặp: 00{left} Thí Sinh {left}" in chair.get(f"{made.home}/debates/{CODE}").words()
    )
    draw(chair, made)
    assert any(left == pair[0] for pair in pairs(made))
    assert "Chưa có cặp" not in chair.get(f"{made.home}/debates/{CODE}").words()


def test_all_is_drawn_again_for_a_reason_and_judges_get_new_sheets(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    draw(chair, made)
    made.assign(part=CODE)
    form = chair.get(f"{made.home}/debates/{CODE}?anew=")
    assert "Vì sao bốc thăm lại từ đầu" in form.words()
    refused = draw(chair, made, anew="", motions="Đề còn đây")
    assert (refused.status, ("Đề còn đây" in refused.words())) == (422, True)
    draw(chair, made, anew="Thiếu một thí sinh khi bốc")
    assert db.session.query(Event).filter_by(step="draw_debates").count() == 2
    assert judges_by_contestant(made) == {}
    assert sorted(each for pair in pairs(made) for each in pair) == [1, 2, 3, 4]


def test_nothing_is_drawn_again_once_a_judge_has_begun(world, sign_in):
    made, chair = debating(world), sign_in("truong_ban")
    draw(chair, made)
    made.assign(part=CODE)
    made.give("giamkhao1", 1, GOOD)
    before = pairs(made)
    page = draw(chair, made, anew="Muốn bốc lại")
    assert (page.status, ("Giám khảo đã bắt đầu chấm" in page.words())) == (422, True)
    assert pairs(made) == before


@pytest.mark.parametrize("who", ["giamkhao1", "xa_a", "ap_a1"])
def test_only_the_chair_and_the_organiser_see_and_draw_pairs(world, sign_in, who):
    made = debating(world)
    person = sign_in(who)
    assert person.get(f"{made.home}/debates/{CODE}").status == 404
    sent = {"to": f"{made.home}/debates/{CODE}", "motions": ""}
    assert person.send("/password", **sent).status == 404
    assert pairs(made) == []


def test_a_part_without_debates_has_no_pairs(world, sign_in):
    made = judging(world, contest=rules(DEBATE, replace(DEBATE, code="khac", kind=PartKind.TALENT)))
    assert sign_in("truong_ban").get(f"{made.home}/debates/khac").status == 404
