"""A season from its opening to its end: its days, extensions, rounds, steps and rehearsal."""

from datetime import datetime, timedelta

import pytest

from app.extensions import db
from app.models import ContestRound, Event, Season, Unit
from app.queries.contest.seasons import call_ends, rules_of
from app.services.audit import verify
from app.services.contest.rules_file import example
from app.services.contest.seasons import SeasonPlan, open_season
from app.services.events import By
from app.web.contest.moments import read_moment
from tests.clock import NOW, TODAY
from workflows.calendar import TIME_ZONE, local_day
from workflows.contest.season import SeasonState
from workflows.contest.timeline import founding_day

YEAR = TODAY.year + 1
HOME = f"/contests/{YEAR}"


def season() -> Season:
    db.session.expire_all()
    return db.session.query(Season).one()


def rounds() -> list[ContestRound]:
    db.session.expire_all()
    return db.session.query(ContestRound).order_by(ContestRound.id).all()


def text(moment: datetime) -> str:
    return moment.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y")


@pytest.fixture
def opened(world):
    """A season of next year by the default rules, in the making."""
    plan = SeasonPlan(YEAR, "Hội thi", founding_day(YEAR), example("default"))
    open_season(plan, by=By(world.actor("huyen.canbo"), NOW))
    return world


@pytest.fixture
def officer(opened, sign_in):  # noqa: ARG001
    return sign_in("huyen.canbo")


def to_the_call(officer) -> None:
    """Take a season to the open call."""
    for step in ("rehearse", "open_call"):
        assert officer.send(HOME, action=f"{HOME}/steps/{step}").status == 200


def past_the_call() -> None:
    """Let the call have ended an hour ago."""
    found = season()
    found.call_from, found.call_until = NOW - timedelta(9), NOW - timedelta(hours=1)
    db.session.commit()


def test_a_district_officer_opens_a_season_from_scratch(world, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    assert officer.get("/contests").all("a", href="/contests/new")
    page = officer.send(
        "/contests/new", year=str(YEAR), publish_on=f"26/03/{YEAR}", start="default"
    )
    assert (page.status, page.path) == (200, HOME)
    found = season()
    assert (found.state, found.publish_on, rules_of(found)) == (
        "draft",
        founding_day(YEAR),
        example("default"),
    )
    for words in ("Soạn thể lệ", "Nhận đăng ký", "Vòng cấp xã", "Vòng cấp huyện", "26/03"):
        assert words in page.words()


def test_a_season_begins_with_the_rules_of_the_year_before_or_with_none(opened, sign_in):  # noqa: ARG001
    officer, after = sign_in("huyen"), YEAR + 1
    day = f"26/03/{after}"
    assert (
        officer.send("/contests/new", year=str(after), publish_on=day, start="last").status == 200
    )
    kept = db.session.query(Season).filter_by(year=after).one()
    assert kept.rules == season_of_year(YEAR).rules
    officer.send(
        "/contests/new", year=str(after + 1), publish_on=f"26/03/{after + 1}", start="empty"
    )
    assert season_of_year(after + 1).rules["rounds"] == []


def test_the_year_that_is_offered_has_no_season_yet(opened, sign_in):  # noqa: ARG001
    page = sign_in("huyen").get("/contests/new")
    offered = {name: page.all("input", id=name)[0].get("value") for name in ("year", "publish_on")}
    taken = {each.year for each in db.session.query(Season)}
    assert int(offered["year"]) not in taken
    assert offered["publish_on"] == f"26/03/{offered['year']}"


def season_of_year(year: int) -> Season:
    db.session.expire_all()
    return db.session.query(Season).filter_by(year=year).one()


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"year": str(YEAR)}, "year", "Năm này đã có mùa hội thi."),
        ({"year": "1999"}, "year", "Ghi năm từ 2000 đến 2100."),
        ({"year": str(YEAR + 1)}, "publish_on", f"Ngày công bố phải trong năm {YEAR + 1}."),
        ({"title": " "}, "title", "Ghi tên hội thi."),
    ],
)
def test_a_season_that_cannot_be_says_why_at_the_field(officer, changed, field, said):
    sent = {"year": str(YEAR), "publish_on": f"26/03/{YEAR}", **changed}
    page = officer.send("/contests/new", **sent)
    assert page.status == 422
    assert said in "".join(page.all("div", id=f"{field}-error")[0].itertext())


def test_only_the_district_opens_seasons(opened, sign_in):  # noqa: ARG001
    assert sign_in("xa_a").get("/contests/new").status == 403
    assert sign_in("ap_a1").get("/contests/new").status == 403


def test_opening_the_call_makes_a_round_for_each_union_and_one_for_the_district(officer):
    to_the_call(officer)
    held = [(each.code, db.session.get(Unit, each.unit_id).name) for each in rounds()]
    assert sorted(held) == [
        ("vong_huyen", "Huyện đoàn Bình Tân"),
        ("vong_xa", "Chi đoàn cơ sở Công an"),
        ("vong_xa", "Đoàn xã Mỹ Thuận"),
        ("vong_xa", "Đoàn xã Tân Quới"),
    ]
    assert {each.version for each in rounds()} == {1}
    assert season().state == "call_open"


def test_a_step_whose_requirements_fail_is_closed_and_names_them(officer):
    found = season()
    found.call_until = found.call_from = None
    db.session.commit()
    officer.send(HOME, action=f"{HOME}/steps/rehearse")
    page = officer.get(HOME)
    assert "Ghi ngày mở đăng ký và hạn đăng ký." in page.words()
    assert page.all("button", aria_describedby="why-open_call")[0].get("disabled") is not None
    form = officer.get(f"{HOME}/steps/open_call").form()
    answer = officer.post(f"{HOME}/steps/open_call", form)
    assert (answer.status, season().state) == (422, "rehearsal")
    assert "Ghi ngày mở đăng ký và hạn đăng ký." in answer.words()


def test_no_round_begins_while_the_call_runs_or_nobody_competes(officer):
    to_the_call(officer)
    assert f"Còn nhận đăng ký đến {text(season().call_until)}." in officer.get(HOME).words()
    past_the_call()
    assert "Chưa có thí sinh nào ở vòng nào." in officer.get(HOME).words()


def test_a_step_is_taken_once_however_often_it_is_sent(officer):
    form = officer.get(HOME).form(f"{HOME}/steps/rehearse")
    sent = [officer.post(f"{HOME}/steps/rehearse", form, follow=False) for _ in range(2)]
    assert [each.status for each in sent] == [303, 409]
    assert "Hồ sơ nay ở bước" not in sent[-1].words()
    assert db.session.query(Event).filter_by(step="rehearse").count() == 1


def test_nobody_publishes_by_the_address_of_a_step(officer):
    found = season()
    found.state = "deliberation"
    db.session.commit()
    form = {**officer.get("/contests/new").form(), "seen": str(found.version)}
    assert officer.post(f"{HOME}/steps/publish", form).status == 409
    assert season().state == "deliberation"


def test_reopening_the_rounds_asks_for_a_reason_and_keeps_it(officer):
    found = season()
    found.state = "deliberation"
    db.session.commit()
    path = f"{HOME}/steps/resume_rounds"
    assert officer.send(path).status == 422
    officer.send(path, reason="Sót một phiếu chấm")
    assert season().state == "rounds"
    assert "Sót một phiếu chấm" in officer.get(HOME).words()


def test_days_are_set_together_and_rounds_move_unless_a_unit_moved_its_own(officer, sign_in):
    to_the_call(officer)
    own = next(
        each for each in rounds() if db.session.get(Unit, each.unit_id).name.endswith("Quới")
    )
    other = next(each for each in rounds() if each.code == "vong_xa" and each.id != own.id)
    begins, ends = own.opens_at + timedelta(1), own.closes_at + timedelta(2)
    path = f"{HOME}/rounds/{own.id}/days"
    page = sign_in("xa_a").send(path, begins=text(begins), ends=text(ends), place="Hội trường xã")
    assert (page.status, "Hội trường xã" in page.words()) == (200, True)
    moved = text(other.closes_at + timedelta(1))
    officer.send(f"{HOME}/days", title="Hội thi mới", ends_vong_xa=moved)
    held = {each.id: each for each in rounds()}
    assert (season().title, text(held[other.id].closes_at)) == ("Hội thi mới", moved)
    assert (held[own.id].closes_at, held[own.id].place) == (ends, "Hội trường xã")


def test_a_round_is_set_by_its_own_union_or_the_district_and_by_nobody_else(officer, sign_in):
    to_the_call(officer)
    own = next(
        each for each in rounds() if db.session.get(Unit, each.unit_id).name.endswith("Quới")
    )
    path = f"{HOME}/rounds/{own.id}/days"
    assert sign_in("xa_b").get(path).status == 403
    assert sign_in("ap_a1").get(path).status == 403
    assert officer.get(path).status == 200
    assert officer.get(f"{HOME}/rounds/999999/days").status == 404


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"ends": "1/1/2020"}, "ends", "Lúc kết thúc phải sau lúc bắt đầu."),
        ({"ends": "tối thứ bảy"}, "ends", "không phải ngày giờ"),
        ({"ends": f"27/3/{YEAR}"}, "ends", "Phải trước hoặc vào ngày công bố"),
        ({"begins": ""}, "begins", "Ghi ngày giờ bắt đầu."),
    ],
)
def test_days_that_cannot_be_are_refused_at_the_field(officer, changed, field, said):
    to_the_call(officer)
    page = officer.send(f"{HOME}/rounds/{rounds()[0].id}/days", **changed)
    assert page.status == 422
    assert said in "".join(page.all("div", id=f"{field}-error")[0].itertext())


def test_an_end_that_moves_once_a_round_has_begun_is_an_extension_with_its_reason(officer):
    to_the_call(officer)
    held = rounds()[0]
    held.opens_at, held.closes_at = NOW - timedelta(1), NOW + timedelta(hours=5)
    db.session.commit()
    later, path = text(NOW + timedelta(days=1)), f"{HOME}/rounds/{held.id}/days"
    page = officer.send(path, ends=later)
    assert (page.status, "Ghi lý do gia hạn." in page.words()) == (422, True)
    assert officer.send(path, ends=later, reason="Mất điện").status == 200
    event = db.session.query(Event).filter_by(step="extend_round").one()
    assert (event.comment, text(rounds()[0].closes_at)) == ("Mất điện", later)


def test_a20_an_officer_gives_one_unit_more_time_with_a_reason_that_the_history_shows(officer):
    to_the_call(officer)
    past_the_call()
    unit = db.session.query(Unit).filter_by(name="Chi đoàn ap_a1").one()
    neighbour = db.session.query(Unit).filter_by(name="Chi đoàn ap_b1").one()
    until = NOW.replace(second=0, microsecond=0) + timedelta(days=3)
    page = officer.send(f"{HOME}/extend", unit_id=str(unit.id), until=text(until))
    assert (page.status, "Ghi lý do gia hạn." in page.words()) == (422, True)
    given = {"unit_id": str(unit.id), "until": text(until), "reason": "Bí thư nằm viện"}
    page = officer.send(f"{HOME}/extend", **given)
    assert "Bí thư nằm viện" in page.words()
    assert call_ends(season(), unit) == until
    assert call_ends(season(), neighbour) == season().call_until
    event = db.session.query(Event).filter_by(step="extend_call").one()
    assert (event.comment, event.facts["until"]) == (
        "Bí thư nằm viện",
        until.astimezone(TIME_ZONE).isoformat(),
    )


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (NOW - timedelta(1), "thì mới là gia hạn"),
        (
            datetime.combine(founding_day(YEAR), NOW.time(), TIME_ZONE),
            "Phải trước hoặc vào ngày công bố",
        ),
    ],
)
def test_an_extension_that_gives_nobody_more_is_refused(officer, until, said):
    to_the_call(officer)
    page = officer.send(f"{HOME}/extend", until=text(until), reason="Bão")
    assert (page.status, said in page.words()) == (422, True)


def test_an_open_call_is_lengthened_by_an_extension_only(officer):
    to_the_call(officer)
    later = text(season().call_until + timedelta(days=1))
    page = officer.send(f"{HOME}/days", call_until=later)
    assert (page.status, "muốn thêm thời gian thì gia hạn" in page.words()) == (422, True)


def test_a_rehearsal_ranks_invented_scores_with_a_tie_and_leaves_no_row_behind(officer):
    before = {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}
    page = officer.get(f"{HOME}/rehearsal?round=vong_huyen&contestants=6&seed=7")
    db.session.expire_all()
    after = {table.name: db.session.query(table).count() for table in db.metadata.sorted_tables}
    assert (page.status, before) == (200, after)
    assert [f"Thí sinh {n}" in page.words() for n in range(1, 8)] == [True] * 6 + [False]
    assert "Còn 1 nhóm bằng điểm" in page.words()
    again = officer.get(f"{HOME}/rehearsal?round=vong_huyen&contestants=6&seed=7")
    other = officer.get(f"{HOME}/rehearsal?round=vong_huyen&contestants=6&seed=8")
    assert (again.words() == page.words(), other.words() == page.words()) == (True, False)
    assert officer.get(f"{HOME}/rehearsal?round=x&contestants=9999999999&seed=").status == 200


def test_a_season_in_the_making_is_known_to_the_district_alone(opened, sign_in):  # noqa: ARG001
    for name in ("xa_a", "ap_a1"):
        assert sign_in(name).get(HOME).status == 404
        assert "Chưa có mùa hội thi nào." in sign_in(name).get("/contests").words()
    found = season()
    found.state = "call_open"
    db.session.commit()
    page = sign_in("ap_a1").get(HOME)
    assert (page.status, "Việc tôi làm được" in page.words(), "Lịch sử" in page.words()) == (
        200,
        False,
        False,
    )


@pytest.mark.parametrize("state", SeasonState)
def test_every_state_has_its_page(officer, state):
    found = season()
    found.state = state
    db.session.commit()
    assert officer.get(HOME).status == 200


def test_what_is_done_to_a_season_is_on_its_chain(officer):
    to_the_call(officer)
    officer.send(f"{HOME}/days", title="Khác")
    officer.send(f"{HOME}/rules/head", title="Thể lệ khác")
    steps = ["open_season", "rehearse", "open_call", "set_days", "write_rules"]
    events = db.session.query(Event).filter_by(subject="contest_seasons").order_by(Event.sequence)
    assert [each.step for each in events] == steps
    assert verify().fault is None


@pytest.mark.parametrize(
    "typed",
    [
        "17:30 26/3/2027",
        "26/3/2027 17:30",
        "26/03/2027 17h30",
        "17 giờ 30 ngày 26/3/2027",
        "2027-03-26T17:30",
        "17g30, 26-3-2027",
        "26/3/2027",
    ],
)
def test_a_moment_is_read_as_people_write_it(typed):
    usual = datetime(2027, 3, 26, 17, 30, tzinfo=TIME_ZONE)
    assert read_moment(typed, usual.time()) == usual
    assert local_day(read_moment(typed, usual.time())) == usual.date()
