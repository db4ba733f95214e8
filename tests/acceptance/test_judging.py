"""Statements 32 to 37, 40 and 42: judges at their sheets, the chair at the round."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from app.extensions import db
from app.models import Event, LateSheet, PanelSeat, Score, Sheet, SheetVersion
from app.models.contest_sheets import SheetState
from app.queries.contest.sheets import scores_of
from tests.clock import NOW
from tests.factories import AccountFactory, AppointmentFactory
from tests.panels import GOOD, YEAR, contestant, fields, judging
from workflows.levels import Post

LIST = f"/contests/{YEAR}/judging"


@pytest.fixture
def round_(world):
    """A round with three judges, three contestants, and everybody assigned."""
    made = judging(world)
    made.assign()
    return made


def scores(sheet):
    """Return what a sheet holds, by criterion."""
    db.session.expire_all()
    rows = db.session.query(Score).filter_by(sheet_id=sheet.id)
    return {row.criterion: row.points for row in rows}


def steps(sheet):
    """Return the events of a sheet."""
    rows = db.session.query(Event).filter_by(subject="contest_sheets", subject_id=sheet.id)
    return [row.step for row in rows.order_by(Event.sequence)]


def test_a32_a_judge_sees_the_own_entries_how_many_are_final_and_which_is_next(world, sign_in):
    made = judging(world, contestants=12)
    made.assign()
    for number in range(1, 6):
        made.give("giamkhao1", number)
    world.accounts["stranger"] = AccountFactory()
    db.session.commit()
    page = sign_in("giamkhao1").get(LIST)
    assert "5 trên 12 phiếu đã chốt" in page.words()
    links = [link.get("href") for link in page.all("a") if "/sheets/" in link.get("href", "")]
    assert links[0] == made.path(number=6)
    assert links[1:] == [made.path(number=number) for number in range(1, 13)]
    assert page.all("a", aria_current="step")[0].get("href") == made.path(number=6)
    assert "chưa được phân công" in sign_in("stranger").get(LIST).words()


def test_a33_a_draft_counts_for_nothing_and_only_the_judge_sees_it(round_, sign_in):
    judge = sign_in("giamkhao1")
    page = judge.send(round_.path(), **fields({"dung": "7"}, comment="Rất lạ"), do="draft")
    assert (page.status, round_.sheet().state) == (200, SheetState.DRAFT)
    assert scores_of(round_.held.id).entries[round_.contestants[0].id] == {}
    assert judge.get(round_.path()).form()["points-dung"] == ["7"]
    for name in ("truong_ban", "huyen", "giamkhao2"):
        assert sign_in(name).get(round_.path()).status == 404
    progress = sign_in("truong_ban").get(f"{round_.home}/judging").words()
    assert ("Rất lạ" in progress, "nháp" in progress.lower()) == (False, False)


def test_a33_a_final_sheet_changes_only_once_the_chair_reopened_it_with_a_reason(round_, sign_in):
    judge, chair = sign_in("giamkhao1"), sign_in("truong_ban")
    judge.send(round_.path(), **fields(), do="final")
    first = round_.sheet()
    sent = {**judge.get(round_.path(number=2)).form(), **fields(), "seen": first.version}
    assert judge.post(round_.path(), {**sent, "points-dung": "10", "do": "final"}).status == 403
    reopen = f"{round_.path()}/reopen"
    assert chair.send(reopen, reason="  ").status == 422
    assert chair.send(reopen, reason="Cộng nhầm").status == 200
    assert (round_.sheet().state, scores_of(round_.held.id).entries[round_.contestants[0].id]) == (
        SheetState.DRAFT,
        {},
    )
    judge.send(round_.path(), **fields({**GOOD, "dung": "6"}), do="final")
    kept = db.session.query(SheetVersion).filter_by(sheet_id=first.id).order_by("number").all()
    assert [(each.number, each.scores["dung"][0], each.reason) for each in kept] == [
        (1, "8.5", "Cộng nhầm"),
        (2, "6", ""),
    ]
    assert steps(first) == ["assign_sheet", "make_final", "reopen_sheet", "make_final"]
    assert scores(first)["dung"] == 6


@pytest.mark.parametrize("name", ["giamkhao2", "huyen", "xa_a"])
def test_a33_only_the_chair_reopens(round_, sign_in, name):
    round_.give("giamkhao1")
    assert sign_in(name).get(f"{round_.path()}/reopen").status in {403, 404}
    assert sign_in(name).post(f"{round_.path()}/reopen", {"reason": "Tôi muốn"}).status >= 400
    assert round_.sheet().state is SheetState.FINAL


@pytest.mark.parametrize("text", ["8,5", "8.5", " 8,50 "])
def test_a34_comma_and_point_both_read_as_eight_and_a_half(round_, sign_in, text):
    sign_in("giamkhao1").send(round_.path(), **fields({**GOOD, "cach_lam": text}), do="final")
    assert scores(round_.sheet())["cach_lam"] == Decimal("8.5")


@pytest.mark.parametrize("do", ["draft", "final"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-1", "nhỏ hơn 0"),
        ("12,5", "quá mức tối đa 12"),
        ("8,3", "cách nhau 0,5"),
        ("tám", "không phải là số"),
        ("8,5,5", "không phải là số"),
        ("1e3", "không phải là số"),
        ("NaN", "không phải là số"),
    ],
)
def test_a34_what_is_no_score_is_refused_and_kept_on_the_page(round_, sign_in, text, said, do):
    marks = fields({**GOOD, "cach_lam": text}, comment="Nói rõ ràng")
    page = sign_in("giamkhao1").send(round_.path(), **marks, do=do)
    assert (page.status, said in page.words()) == (422, True)
    form = page.form()
    assert (form["points-cach_lam"], form["comment"]) == ([text], ["Nói rõ ràng"])
    assert (form["points-dung"], round_.sheet().state) == (["8.5"], SheetState.EMPTY)
    assert scores(round_.sheet()) == {}


def test_a34_a_button_that_does_not_exist_is_refused_and_shown_as_typed(round_, sign_in):
    page = sign_in("giamkhao1").send(round_.path(), **fields({**GOOD, "dung": "8.3"}), do="final")
    assert (page.status, page.form()["points-dung"]) == (422, ["8,3"])


def test_a34_a_missing_criterion_is_named_and_an_optional_one_is_not(round_, sign_in):
    page = sign_in("giamkhao1").send(round_.path(), **fields({"dung": "8"}), do="final")
    missing = [link.get("href") for link in page.all("a") if "#points-" in link.get("href", "")]
    assert (page.status, missing) == (422, ["#points-cach_lam", "#points-trinh_bay"])
    assert "Cách giải quyết: Chưa chấm tiêu chí này." in page.words()


def test_a34_a_low_score_asks_for_its_reason(round_, sign_in):
    judge, low = sign_in("giamkhao1"), fields({**GOOD, "trinh_bay": "2,5"})
    page = judge.send(round_.path(), **low, do="final")
    assert (page.status, "Điểm dưới 3 phải ghi lý do." in page.words()) == (422, True)
    because = {**low, "why-trinh_bay": "Nói quá nhỏ"}
    assert judge.send(round_.path(), **because, do="final").status == 200
    assert round_.sheet().state is SheetState.FINAL


def test_final_leads_to_the_next_sheet_and_the_last_one_to_the_list(round_, sign_in):
    judge = sign_in("giamkhao1")
    for number in (2, 3):
        page = judge.send(round_.path(number=number), **fields(), do="final")
        assert page.path == round_.path(number={2: 3, 3: 1}[number])
    assert judge.send(round_.path(), **fields(), do="final").path == LIST


def test_saving_leads_on_or_stays_as_the_button_says(round_, sign_in):
    judge = sign_in("giamkhao1")
    assert judge.send(round_.path(), **fields(), do="draft").path == round_.path()
    assert judge.send(round_.path(), **fields(), do="draft_next").path == round_.path(number=2)


def test_a11_a_sheet_sent_twice_is_made_final_once(round_, sign_in):
    judge = sign_in("giamkhao1")
    sent = {**judge.get(round_.path()).form(), **fields(), "do": "final"}
    paths = [judge.post(round_.path(), sent).path for _ in range(2)]
    assert paths == [round_.path(number=2)] * 2
    assert steps(round_.sheet()) == ["assign_sheet", "make_final"]


def test_a12_a_sheet_open_in_two_tabs_is_never_silently_overwritten(round_, sign_in):
    judge = sign_in("giamkhao1")
    tab = judge.get(round_.path()).form()
    judge.send(round_.path(), **fields({**GOOD, "dung": "7"}), do="draft")
    page = judge.post(round_.path(), {**tab, **fields({**GOOD, "dung": "9"}), "do": "draft"})
    assert (page.status, page.form()["points-dung"]) == (409, ["9"])
    assert "Đang lưu: 7." in page.words()
    assert scores(round_.sheet())["dung"] == 7


@pytest.mark.parametrize("branch", ["ap_a1", "ap_a2"])
def test_a36_nobody_is_assigned_an_entry_of_the_own_commune(world, sign_in, branch):
    made = judging(world, contestants=0)
    made.contestants.append(contestant(made, branch, 1))
    member = world.members["ap_a1"][0]
    world.accounts["giamkhao1"].person_id = member.id
    AppointmentFactory(
        account=world.accounts["giamkhao2"], unit=world.units["xa_a"], to_on=NOW.date()
    )
    db.session.commit()
    page = sign_in("truong_ban").send(f"{made.home}/shares", part="tinh_huong", each="3")
    assert "1 thí sinh chưa đủ giám khảo" in page.words()
    assert [made.sheet(f"giamkhao{number}") is not None for number in (1, 2, 3)] == [
        False,
        False,
        True,
    ]


def test_a36_a_post_taken_up_later_closes_the_sheet(round_, world, sign_in):
    AppointmentFactory(account=world.accounts["giamkhao1"], unit=world.units["xa_a"])
    db.session.commit()
    judge = sign_in("giamkhao1")
    sent = {**judge.get(round_.path(number=3)).form(), **fields(), "do": "final"}
    sent["seen"] = round_.sheet().version
    assert [judge.get(round_.path()).status, judge.post(round_.path(), sent).status] == [403, 403]
    assert judge.get(round_.path(number=3)).status == 200
    assert round_.sheet().state is SheetState.EMPTY


def test_a36_a_conflict_declared_later_removes_the_sheet_and_asks_for_another_judge(
    round_, world, sign_in
):
    round_.give("giamkhao1")
    old = round_.sheet()
    judge, chair = sign_in("giamkhao1"), sign_in("truong_ban")
    assert judge.send(f"{round_.path()}/conflict", kind="", reason="").status == 422
    judge.send(f"{round_.path()}/conflict", kind="kinship", reason="Là em họ")
    assert (judge.get(round_.path()).status, round_.sheet().state) == (404, SheetState.REMOVED)
    assert scores_of(round_.held.id).entries[round_.contestants[0].id] == {}
    page = chair.get(f"{round_.home}/judging").words()
    assert ("thiếu 1 giám khảo" in page, "Là em họ" in page) == (True, True)
    assert steps(old)[-1] == "remove_sheet"
    world.accounts["giamkhao4"] = AccountFactory(username="giamkhao4")
    AppointmentFactory(
        account=world.accounts["giamkhao4"], unit=world.units["huyen"], post=Post.JUDGE
    )
    db.session.commit()
    sign_in("huyen").send(f"{round_.home}/panel", username="giamkhao4")
    chair.send(f"{round_.home}/shares", part="tinh_huong", each="3")
    assert round_.sheet("giamkhao4").state is SheetState.EMPTY
    assert round_.sheet().id == old.id


def test_a36_the_chair_keeps_a_judge_from_a_contestant(round_, world, sign_in):
    round_.give("giamkhao2", 2)
    pair = {
        "judge": world.accounts["giamkhao2"].id,
        "contestant": round_.contestants[1].id,
        "kind": "coach",
        "reason": "Đã tập cho thí sinh",
    }
    page = sign_in("truong_ban").send(f"{round_.home}/conflicts", **pair)
    assert (page.status, round_.sheet("giamkhao2", 2).state) == (200, SheetState.REMOVED)
    assert round_.sheet("giamkhao2", 1).state is SheetState.EMPTY


def test_a37_the_first_final_sheet_freezes_the_rules(round_, sign_in):
    judge = sign_in("giamkhao1")
    judge.send(round_.path(), **fields(), do="draft")
    db.session.expire_all()
    assert round_.season.frozen_at is None
    judge.send(round_.path(), **fields({**GOOD, "dung": "11"}), do="final")
    db.session.expire_all()
    assert round_.season.frozen_at is None
    judge.send(round_.path(), **fields(), do="final")
    db.session.expire_all()
    assert (round_.season.frozen_at is not None, len(round_.season.rules_hash)) == (True, 64)


def test_a40_the_chair_sees_who_is_late_and_reminds_once_a_day(round_, world, sign_in):
    for number in (1, 2, 3):
        round_.give("giamkhao1", number)
    chair = sign_in("truong_ban")
    page = chair.get(f"{round_.home}/judging")
    assert page.words().count("còn 3") == 2
    assert "0 trên 3 lượt thi đã đủ phiếu chốt." in page.words()
    all_ = {"csrf_token": page.form(f"{round_.home}/reminders")["csrf_token"]}
    one = {**all_, "judge": world.accounts["giamkhao2"].id}
    assert "Đã nhắc 1 giám khảo." in chair.post(f"{round_.home}/reminders", one).words()
    assert "Đã nhắc 1 giám khảo." in chair.post(f"{round_.home}/reminders", all_).words()
    assert "Hôm nay đã nhắc rồi." in chair.post(f"{round_.home}/reminders", all_).words()
    reminded = db.session.query(PanelSeat).filter(PanelSeat.reminded_on.is_not(None))
    assert {seat.account_id for seat in reminded} == {
        world.accounts[name].id for name in ("giamkhao2", "giamkhao3")
    }
    assert "Ban tổ chức nhắc" in sign_in("giamkhao2").get(LIST).words()
    assert "Ban tổ chức nhắc" not in sign_in("giamkhao1").get(LIST).words()


def closed_for(made, minutes):
    """Let the round have closed so many minutes ago, however long the tests run already."""
    made.held.closes_at = datetime.now(UTC) - timedelta(minutes=minutes)
    db.session.commit()


def test_a42_within_the_time_of_grace_a_score_still_counts(round_, sign_in):
    closed_for(round_, 1)
    sign_in("giamkhao1").send(round_.path(), **fields(), do="final")
    assert round_.sheet().state is SheetState.FINAL


def test_a42_after_that_it_is_refused_the_text_stays_and_the_chair_sees_the_attempt(
    round_, sign_in
):
    judge, chair = sign_in("giamkhao1"), sign_in("truong_ban")
    opened = judge.get(round_.path()).form()
    closed_for(round_, 5)
    page = judge.post(round_.path(), {**opened, **fields(comment="Khá tốt"), "do": "final"})
    assert (page.status, "hết giờ nhận điểm" in page.words()) == (422, True)
    form = page.form()
    assert (form["points-dung"], form["comment"]) == (["8.5"], ["Khá tốt"])
    assert (round_.sheet().state, scores(round_.sheet())) == (SheetState.EMPTY, {})
    assert scores_of(round_.held.id).entries[round_.contestants[0].id] == {}
    assert db.session.query(LateSheet).one().comment == "Khá tốt"
    seen = chair.get(f"{round_.home}/judging").words()
    assert ("chưa được tính" in seen, "Khá tốt" in seen) == (True, False)
    chair.send(f"{round_.path()}/reopen", reason="Mất mạng lúc gửi")
    again = {**form, **fields(comment="Khá tốt"), "seen": round_.sheet().version, "do": "final"}
    again["request_key"] = "again"
    assert judge.post(round_.path(), again).status == 200
    assert round_.sheet().state is SheetState.FINAL


def test_a42_a_round_that_has_not_begun_takes_no_score(round_, sign_in):
    judge = sign_in("giamkhao1")
    opened = judge.get(round_.path()).form()
    round_.held.opens_at = NOW + timedelta(hours=1)
    db.session.commit()
    assert judge.post(round_.path(), {**opened, **fields(), "do": "final"}).status == 403
    assert "Chưa đến giờ chấm." in judge.get(round_.path()).words()
    assert db.session.query(Sheet).filter(Sheet.state != SheetState.EMPTY).count() == 0


def test_the_chair_ends_a_round_and_may_go_on_with_a_reason(round_, sign_in):
    chair = sign_in("truong_ban")
    end = f"{round_.home}/end"
    page = chair.get(f"{round_.home}/judging")
    chair.post(end, page.form(end))
    db.session.expire_all()
    assert round_.held.closed_at is not None
    assert chair.send(f"{round_.home}/go-on", reason="").status == 422
    chair.send(f"{round_.home}/go-on", reason="Còn hai thí sinh chưa thi")
    db.session.expire_all()
    assert round_.held.closed_at is None
