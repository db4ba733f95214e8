"""Judging at the screen: the panel, shares, replacement, paper sheets, extras, times, codes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from app.extensions import db
from app.models import Contestant, ContestRound, Event, PanelSeat, Sheet, SheetVersion
from app.models.contest_sheets import SheetState
from app.queries.contest.sheets import scores_of
from tests.clock import NOW
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    ContestRoundFactory,
    PanelSeatFactory,
)
from tests.panels import GOOD, SITUATION, YEAR, contestant, fields, judge_of, judging, rules
from tests.queries.test_statements import counted
from workflows.contest.season import SeasonState
from workflows.levels import Level, Post

LIST = f"/contests/{YEAR}/judging"


@pytest.fixture
def round_(world):
    """A round with three judges, three contestants, and everybody assigned."""
    made = judging(world)
    made.assign()
    return made


def counts(made):
    """Return how many sheets each judge has that count."""
    rows = db.session.query(Sheet).filter(Sheet.state != SheetState.REMOVED)
    found = {}
    for row in rows.filter_by(round_id=made.held.id):
        found[row.judge_id] = found.get(row.judge_id, 0) + 1
    return sorted(found.values())


def test_the_unit_that_holds_the_round_seats_judges_and_a_chair(world, sign_in):
    made, huyen = judging(world, judges=0), sign_in("huyen")
    db.session.query(PanelSeat).delete()
    judge_of(world, "giamkhao8")
    db.session.commit()
    panel = f"{made.home}/panel"
    assert "Giám khảo giamkhao8" in "".join(
        option.text or "" for option in huyen.get(panel).all("option")
    )
    assert huyen.send(panel, username="khong.co").status == 422
    page = huyen.send(panel, username="giamkhao8", part="tinh_huong")
    assert "Giám khảo giamkhao8 đã ở trong ban giám khảo." in page.words()
    assert huyen.send(panel, username="giamkhao8", part="tinh_huong").status == 422
    assert huyen.send(panel, username="truong_ban", is_chair="y").status == 200
    assert huyen.send(panel, username="huyen.canbo", is_chair="y").status == 422
    steps = [row.step for row in db.session.query(Event).filter_by(subject="contest_rounds")]
    assert steps.count("seat_judge") == 2


def test_who_works_at_the_unit_is_offered_for_its_panel_and_a_stranger_is_named(world, sign_in):
    made = judging(world, contestants=0, unit="xa_a", contest=rules(level=Level.COMMUNE))
    page = sign_in("xa_a").get(f"{made.home}/panel")
    offered = {each.get("value") for each in page.all("datalist", id="judges")[0]}
    assert {"xa_a.pho", "xa_a.canbo", "giamkhao1"} <= offered
    assert offered.isdisjoint({"xa_b", "huyen", "ap_a1"})
    page = sign_in("xa_a").send(f"{made.home}/panel", username="Nguyễn Văn A")
    assert "Không có ai trong huyện đăng nhập bằng tên này." in page.words()


def test_a_panel_without_a_chair_says_so_to_who_can_seat_one(world, sign_in):
    made = judging(world, contestants=1)
    said, path = "Chưa có trưởng ban giám khảo", f"{made.home}/judging"
    assert said not in sign_in("huyen").get(path).words()
    db.session.query(PanelSeat).filter_by(is_chair=True).delete()
    db.session.commit()
    assert said in sign_in("huyen").get(path).words()


def test_no_judge_is_offered_work_before_the_rounds_begin(world, sign_in):
    made = judging(world, contestants=1)
    path = f"{made.home}/judging"
    work = [f"{made.home}/{name}" for name in ("shares", "conflicts", "times", "extras")]

    def led_to(page):
        return [each for each in work if page.all("a", href=each)]

    assert led_to(sign_in("truong_ban").get(path)) == work
    made.season.state = SeasonState.CALL_OPEN
    db.session.commit()
    page = sign_in("truong_ban").get(path)
    assert (led_to(page), bool(page.all("a", href=f"{made.home}/panel"))) == ([], True)
    assert "Chưa chấm: huyện chưa bắt đầu các vòng thi." in page.words()


def test_sharing_out_gives_as_many_judges_as_the_rules_ask_unless_told_otherwise(world, sign_in):
    made, chair = judging(world, judges=4, contestants=2), sign_in("truong_ban")
    chair.send(f"{made.home}/shares", part="tinh_huong", each="")
    assert sum(counts(made)) == SITUATION.sheets * 2
    assert chair.send(f"{made.home}/shares", part="tinh_huong", each="5").status == 422
    assert chair.send(f"{made.home}/shares", part="tinh_huong", each="hai").status == 422


def test_a_commune_holds_its_own_round_and_nobody_elses(world, sign_in):
    made = judging(world, contestants=0, unit="xa_a", contest=rules(level=Level.COMMUNE))
    made.contestants += [contestant(made, "ap_a1", 1), contestant(made, "ap_a2", 2)]
    AppointmentFactory(account=world.accounts["giamkhao1"], unit=world.units["ap_a1"])
    db.session.commit()
    shared = {"part": "tinh_huong", "each": "2"}
    assert sign_in("xa_a").send(f"{made.home}/shares", **shared).status == 200
    assert (made.sheet("giamkhao1", 1), counts(made)) == (None, [1, 1, 2])
    assert sign_in("huyen").get(f"{made.home}/judging").status == 200
    assert sign_in("huyen").get(f"{made.home}/shares").status == 403
    assert sign_in("xa_b").get(f"{made.home}/judging").status == 404


def test_entries_are_balanced_over_the_judges_and_a_second_time_nothing_is_added(world, sign_in):
    made, chair = judging(world, contestants=9), sign_in("truong_ban")
    page = chair.send(f"{made.home}/shares", part="tinh_huong", each="2")
    assert ("Đã phân công thêm 18 phiếu." in page.words(), counts(made)) == (True, [6, 6, 6])
    again = chair.send(f"{made.home}/shares", part="tinh_huong", each="2")
    assert "Đã phân công thêm 0 phiếu." in again.words()
    assert chair.send(f"{made.home}/shares", part="tinh_huong", each="4").status == 422


def test_a_replaced_judge_keeps_what_is_final_and_hands_over_the_rest(round_, world, sign_in):
    round_.give("giamkhao1")
    judge_of(world, "giamkhao9")
    AppointmentFactory(account=world.accounts["giamkhao9"], unit=world.units["ap_b1"])
    db.session.commit()
    account = world.accounts["giamkhao1"].id
    seat = db.session.query(PanelSeat).filter_by(account_id=account).one()
    page = sign_in("truong_ban").send(
        f"/contests/{YEAR}/seats/{seat.id}/replace", reason="Ốm", username="giamkhao9"
    )
    assert "Giám khảo giamkhao9" in page.words()
    assert [round_.sheet("giamkhao1", number).state for number in (1, 2, 3)] == [
        SheetState.FINAL,
        SheetState.REMOVED,
        SheetState.REMOVED,
    ]
    assert round_.sheet("giamkhao9", 2).state is SheetState.EMPTY
    assert (round_.sheet("giamkhao9", 1), round_.sheet("giamkhao9", 3)) == (None, None)
    assert sign_in("giamkhao1").get(LIST).words().count("Thí Sinh") == 1
    assert "thiếu 1 giám khảo" in sign_in("truong_ban").get(f"{round_.home}/judging").words()


def test_codes_stand_where_the_rules_hide_names(world, sign_in):
    made = judging(world, contest=rules(anonymous=True))
    made.assign()
    judge = sign_in("giamkhao1")
    for path in (LIST, made.path(), f"{made.path()}/conflict"):
        words = judge.get(path).words()
        assert ("001" in words, "Thí Sinh" in words, "Chi đoàn ap_" in words) == (
            True,
            False,
            False,
        )


def test_many_values_are_typed_and_few_are_picked(round_, sign_in):
    page = sign_in("giamkhao1").get(round_.path())
    picked = [each.get("value") for each in page.all("input", name="points-dung", type="radio")]
    assert (len(picked), picked[:4]) == (22, ["", "0", "0.5", "1"])
    (typed,) = page.all("input", name="points-cach_lam")
    assert (typed.get("inputmode"), typed.get("type", "text")) == ("decimal", "text")


def type_(browser, made, points, **rest):
    """Type the sheet of the first judge from paper."""
    return browser.send(f"{made.path()}/paper", **fields(points, **rest))


def test_two_people_type_a_paper_sheet_and_what_agrees_is_final(round_, sign_in):
    first, second = sign_in("huyen"), sign_in("huyen.canbo")
    page = type_(first, round_, {**GOOD, "dung": "7"})
    assert ("người khác nhập lần hai" in page.words(), round_.sheet().state) == (
        True,
        SheetState.EMPTY,
    )
    assert "7" not in second.get(f"{round_.path()}/paper").form()["points-dung"]
    page = type_(second, round_, {**GOOD, "dung": "9"})
    differing = [cell.text for cell in page.all("td") if "late" in cell.get("class", "")]
    assert (differing, round_.sheet().state) == (["7", "9"], SheetState.EMPTY)
    page = type_(first, round_, {**GOOD, "dung": "9"})
    assert "phiếu đã chốt" in page.words()
    entry = round_.contestants[0].id
    sheets = scores_of(round_.held.id).entries[entry]["tinh_huong"].sheets
    assert [sheet["dung"] for sheet in sheets.values()] == [9]
    assert db.session.query(SheetVersion).one().number == 1


def test_one_person_typing_twice_makes_nothing_final(round_, sign_in):
    huyen = sign_in("huyen")
    for _ in range(2):
        type_(huyen, round_, GOOD)
    assert round_.sheet().state is SheetState.EMPTY


def test_a_typed_sheet_is_checked_like_any_other(round_, sign_in):
    page = type_(sign_in("huyen"), round_, {**GOOD, "cach_lam": "13"}, comment="Tốt")
    assert (page.status, page.form()["comment"]) == (422, ["Tốt"])


def test_a35_who_judges_types_no_sheet_of_others(round_, world, sign_in):
    PanelSeatFactory(held=round_.held, account=world.accounts["huyen.canbo"])
    db.session.commit()
    assert sign_in("huyen.canbo").get(f"{round_.path()}/paper").status == 403


def test_the_chair_gives_bonus_and_penalty_points_and_times_are_kept(round_, sign_in):
    chair, first = sign_in("truong_ban"), round_.contestants[0].id
    place = {"contestant": first, "part": "tinh_huong"}
    extras, times = f"{round_.home}/extras", f"{round_.home}/times"
    assert chair.send(extras, **place, points="một", reason="Sai").status == 422
    assert chair.send(extras, **place, points="1,5", reason="").status == 422
    for points in ("1,5", "-0.5"):
        assert chair.send(extras, **place, points=points, reason="Có lý do").status == 200
    assert chair.send(times, **place, time="4 phút").status == 422
    for time in ("4:35", "4:30"):
        assert chair.send(times, **place, time=time).status == 200
    scored = scores_of(round_.held.id).entries[first]["tinh_huong"]
    assert (scored.adjusted, scored.seconds) == (Decimal(1), 270)
    assert sign_in("huyen").get(extras).status == 403
    assert sign_in("huyen").get(times).status == 200


def test_scores_are_those_of_final_sheets_of_who_is_still_in(round_, world):
    for judge in ("giamkhao1", "giamkhao2"):
        round_.give(judge)
    round_.give("giamkhao1", 2)
    out = db.session.get_one(Contestant, round_.contestants[1].id)
    out.out_at, out.out_reason = round_.held.opens_at, "Bỏ cuộc"
    db.session.commit()
    scores = scores_of(round_.held.id).entries
    given = {
        "dung": Decimal("8.5"),
        "cach_lam": Decimal("10.5"),
        "trinh_bay": Decimal(5),
        "sang_tao": None,
    }
    judges = [world.accounts[name].id for name in ("giamkhao1", "giamkhao2")]
    first, _out, third = (each.id for each in round_.contestants)
    assert scores.keys() == {first, third}
    assert (scores[first]["tinh_huong"].sheets, scores[third]) == (
        dict.fromkeys(judges, given),
        {},
    )


def test_nothing_is_scored_outside_the_stage_of_scoring(round_, sign_in):
    chair = sign_in("truong_ban")
    round_.give("giamkhao1")
    reopen, first = f"{round_.path()}/reopen", round_.contestants[0].id
    forms = {
        reopen: {"reason": "Cộng nhầm"},
        f"{round_.home}/shares": {"part": "tinh_huong", "each": "3"},
        f"{round_.home}/extras": {
            "contestant": first,
            "part": "tinh_huong",
            "points": "1",
            "reason": "Thêm",
        },
    }
    opened = {path: chair.get(path).form() for path in forms}
    round_.season.state = SeasonState.PUBLISHED
    db.session.commit()
    for path, sent in forms.items():
        assert chair.post(path, {**opened[path], **sent}).status == 403
    assert round_.sheet().state is SheetState.FINAL


def test_an_ended_round_says_so_and_a_running_one_lets_nobody_in_late(round_, sign_in):
    chair, path = sign_in("truong_ban"), f"{round_.home}/judging"
    assert "Cho nộp sau giờ" not in chair.get(path).words()
    page = chair.send(path, action=f"{round_.home}/end")
    assert "Trưởng ban đã kết thúc chấm lúc" in page.words()
    assert "Đang nhận điểm" not in page.words()
    an_hour_ago = NOW - timedelta(hours=1)
    db.session.execute(update(ContestRound).values(closes_at=an_hour_ago, closed_at=an_hour_ago))
    db.session.commit()
    assert "Cho nộp sau giờ" in chair.get(path).words()


def test_two_rounds_and_parts_stand_apart_on_a_judges_list(world, sign_in):
    made = judging(world)
    made.assign()
    other = ContestRoundFactory(season=made.season, unit=world.units["xa_a"], code="vong_huyen")
    PanelSeatFactory(held=other, account=world.accounts["giamkhao1"])
    db.session.commit()
    assert sign_in("giamkhao1").get(LIST).words().count("0 trên 3 phiếu đã chốt") == 1


@pytest.mark.parametrize("path", ["/contests/1999/sheets/{}", f"/contests/{YEAR}/sheets/999999"])
def test_a_sheet_has_one_address(round_, sign_in, path):
    assert sign_in("giamkhao1").get(path.format(round_.sheet().id)).status == 404


def test_a_sheet_takes_few_statements_however_many_there_are(world, sign_in):
    made, numbers = judging(world, contestants=2), []
    made.assign()
    made.give("giamkhao2")
    judge = sign_in("giamkhao1")
    for number in (1, 2):
        path = made.path(number=number)
        with counted() as opening:
            sent = {**judge.get(path).form(), **fields(), "do": "final"}
        with counted() as sending:
            assert judge.post(path, sent, follow=False).status == 303
        numbers.append((len(opening), len(sending)))
        made.contestants += [contestant(made, "ap_b1", 10 * number + each) for each in range(5)]
        db.session.commit()
        made.assign()
    assert numbers == [numbers[0]] * 2
    assert numbers[0] == (6, 9)


def test_a_judge_of_no_post_but_a_seat_scores_too(world, sign_in):
    made = judging(world, judges=2)
    world.accounts["khach"] = AccountFactory(username="khach")
    AppointmentFactory(
        account=world.accounts["khach"],
        unit=world.units["huyen"],
        post=Post.COMMITTEE_MEMBER,
        to_on=made.held.opens_at.date(),
    )
    db.session.commit()
    assert sign_in("huyen").send(f"{made.home}/panel", username="khach").status == 200
    made.assign()
    assert sign_in("khach").send(made.path("khach"), **fields(), do="final").status == 200
    assert made.sheet("khach").state is SheetState.FINAL
    assert SITUATION.sheets == 3
