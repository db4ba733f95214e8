"""The quiz by a personal link: no account, the same attempt, and nothing but the own one."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app.extensions import db, limiter
from app.models import ContestRound, Event, QuizAnswer, QuizAttempt, QuizLink, Season
from app.services.audit import verify
from app.services.entry.contestants import take_out
from app.services.events import By
from app.services.judging.closing import end_round
from tests.browser import Browser
from tests.clock import NOW
from tests.factories import AccountFactory, PanelSeatFactory, PersonFactory
from tests.quizzes import QUESTIONS, RIGHT, YEAR, competing, entered, season_with_quiz
from tests.services.at_once import at_once, row_of, statuses
from workflows.membership import PersonStatus

PLACE = re.compile(r"http://[^/]+(/quiz/[\w-]+)")
NAME = "Trần Thị Út Mười"


@pytest.fixture
def held(world):
    return season_with_quiz(world)


@pytest.fixture
def contestant(world, held):
    """Somebody whom a branch nominated, without an account."""
    person = PersonFactory(unit=world.units["ap_a2"], name=NAME, status=PersonStatus.MEMBER)
    return entered(held, person, world.units["ap_a2"], "TS-07")


def place(held):
    return f"/contests/{YEAR}/rounds/{held.id}/quiz"


def issued(browser, held, contestant):
    """Press the button and return the path of the link with its page."""
    here = place(held)
    page = browser.send(here, action=f"{here}/{contestant.id}/link")
    return PLACE.search(page.all("textarea", id="link")[0].text)[1], page


@pytest.fixture
def link(sign_in, held, contestant):
    return issued(sign_in("huyen"), held, contestant)[0]


def test_a_round_of_nothing_but_a_quiz_offers_nothing_that_judges_do(held, sign_in):
    words = sign_in("huyen").get(f"/contests/{YEAR}/rounds/{held.id}/judging").words()
    assert "Thi trắc nghiệm" in words
    assert "Phân công chấm" not in words
    assert "lượt thi đã đủ phiếu chốt" not in words


def begin(browser, link, held):
    return browser.send(link, action=f"{link}/{held.id}/kien_thuc/begin")


def right_of(page):
    """Return the value of the right option, as only a person who knows the answer can."""
    labels = {each.get("for"): " ".join(each.itertext()) for each in page.all("label")}
    radios = page.all("input", type="radio")
    return next(each.get("value") for each in radios if RIGHT in labels[each.get("id")])


def attempt():
    db.session.expire_all()
    return db.session.query(QuizAttempt).one()


def facts_of(step):
    return [each.facts for each in db.session.query(Event).filter_by(step=step)]


def test_a_contestant_without_an_account_takes_the_quiz_from_end_to_end(
    world, held, contestant, link, visitor
):
    page = visitor.get(link)
    assert NAME in page.words()
    assert world.units["ap_a2"].name in page.words()
    assert f"{QUESTIONS} câu hỏi trong 20 phút" in page.words()
    page = begin(visitor, link, held)
    for _ in range(QUESTIONS):
        page = visitor.send(page.path, chosen=right_of(page))
    assert "Bạn đã trả lời hết các câu" in page.words()
    page = visitor.send(page.path)
    assert (page.path, "Đã nhận bài thi của bạn" in page.words()) == (link, True)
    assert "Đã nộp bài lúc" in page.words()
    row = attempt()
    assert (row.contestant_id, row.points) == (contestant.id, Decimal(10))
    number = db.session.query(QuizLink).one().id
    assert [each["through_link"] for each in facts_of("begin") + facts_of("finish")] == [number] * 2
    assert verify().fault is None


def test_a43_a_link_shows_no_points_and_nothing_of_others(world, held, link, visitor):
    competing(world, held, "ap_a1", "TS-01")
    other = world.accounts["ap_a1"]
    page = begin(visitor, link, held)
    shown = [visitor.get(link), page, visitor.send(page.path, chosen=right_of(page))]
    hand_in = f"{link}/attempts/{attempt().id}/hand-in"
    shown += [visitor.get(hand_in), visitor.send(hand_in), visitor.get(link)]
    words = " ".join(each.words() for each in shown)
    assert attempt().points == Decimal(2)
    assert "điểm" not in words.lower()
    assert other.name not in words
    assert "TS-" not in words


def test_a_link_and_an_account_lead_to_one_attempt(world, sign_in, visitor, held):
    contestant = competing(world, held, "ap_a1")
    link, _page = issued(sign_in("huyen"), held, contestant)
    begin(visitor, link, held)
    first = attempt()
    visitor.send(f"{link}/attempts/{first.id}/1", chosen="2")
    mine = f"/contests/{YEAR}/quiz"
    browser = sign_in("ap_a1")
    assert "Làm tiếp" in browser.get(mine).words()
    page = browser.get(f"{mine}/attempts/{first.id}/1")
    assert [each.get("value") for each in page.all("input", checked="")] == ["2"]
    browser.send(f"{mine}/attempts/{first.id}/hand-in")
    assert "Đã nộp bài lúc" in visitor.get(link).words()
    assert visitor.get(f"{link}/attempts/{first.id}/2").status == 200
    assert attempt().finished_at is not None
    assert [("through_link" in each) for each in facts_of("finish")] == [False]


def test_a_broken_line_resumes_by_the_same_link_and_the_clock_ran_on(app, held, link, visitor):
    page = begin(visitor, link, held)
    visitor.send(page.path, chosen="1")
    ends_at = attempt().ends_at
    another_phone = Browser(app.test_client())
    assert "Làm tiếp" in another_phone.get(link).words()
    page = another_phone.get(f"{link}/attempts/{attempt().id}/1")
    assert [each.get("value") for each in page.all("input", checked="")] == ["1"]
    assert attempt().ends_at == ends_at


def test_an_answer_by_link_after_time_is_refused_and_those_before_count(held, link, visitor):
    page = begin(visitor, link, held)
    page = visitor.send(page.path, chosen=right_of(page))
    form, row = page.form(), attempt()
    row.started_at, row.ends_at = NOW - timedelta(minutes=21), NOW - timedelta(minutes=1)
    db.session.commit()
    late = visitor.post(page.path, {**form, "chosen": "0"})
    assert (late.status, "Đã giữ 1 trong 5 câu trả lời" in late.words()) == (409, True)
    assert attempt().points == Decimal(2)


def test_a_link_is_indexed_by_nobody_tells_no_site_and_is_never_kept(held, link, visitor):
    page = visitor.get(link)
    begun = begin(visitor, link, held)
    for each in (page, begun, visitor.get(f"{link}/attempts/999/1")):
        assert each.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert each.headers["Referrer-Policy"] == "no-referrer"
        assert each.headers["Cache-Control"] == "no-store"
    visitor.send(f"{link}/attempts/{attempt().id}/hand-in")
    token = link.rpartition("/")[2]
    assert token not in db.session.query(QuizLink).one().token_hash
    events = db.session.query(Event).all()
    assert not any(token in f"{each.request_key} {each.facts} {each.comment}" for each in events)


def test_a_link_works_over_https_without_a_referrer(app, held, link):
    client, base = app.test_client(), "https://localhost"
    with app.app_context():
        page = client.get(link, base_url=base).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]
    path = f"{link}/{held.id}/kien_thuc/begin"
    with app.app_context():
        assert client.post(path, base_url=base).status_code == 422
    assert db.session.query(QuizAttempt).count() == 0
    with app.app_context():
        answer = client.post(path, data={"csrf_token": token}, base_url=base)
    assert (answer.status_code, db.session.query(QuizAttempt).count()) == (303, 1)


def pages_of(held, link):
    """List the pages of a link, as far as they are there."""
    number = db.session.query(QuizAttempt.id).scalar() or 1
    attempts = f"{link}/attempts/{number}"
    return [link, f"{attempts}/1", f"{attempts}/hand-in"], f"{link}/{held.id}/kien_thuc/begin"


def assert_dead(browser, held, link):
    """Every page of the link answers like one that never was, to reading and to writing."""
    reading, beginning = pages_of(held, link)
    for path in reading:
        page = browser.get(path)
        assert (page.status, "không còn mở" in page.words()) == (404, True)
        assert NAME not in page.text
    for path in (beginning, *reading[1:]):
        assert browser.post(path, {"chosen": "0"}).status == 404


@pytest.mark.parametrize("path", ["/quiz/x", "/quiz/" + "x" * 5000, "/quiz/%ed%a0%80"])
def test_an_unknown_link_opens_nothing(held, link, visitor, path):
    begin(visitor, link, held)
    assert_dead(visitor, held, path)


def test_a_link_taken_back_opens_nothing_and_a_new_one_goes_on(
    sign_in, held, contestant, link, visitor
):
    begin(visitor, link, held)
    officer, here = sign_in("huyen"), place(held)
    page = officer.send(here, action=f"{here}/{contestant.id}/link/revoke")
    assert f"Đã thu hồi đường dẫn của {NAME}." in page.words()
    assert_dead(visitor, held, link)
    again, _page = issued(officer, held, contestant)
    assert "Làm tiếp" in visitor.get(again).words()
    [revoked] = facts_of("revoke_quiz_link")
    assert revoked["link"] == db.session.query(QuizLink).order_by(QuizLink.id).first().id


def test_a_new_link_ends_the_one_before(sign_in, held, contestant, link, visitor):
    newer, _page = issued(sign_in("huyen"), held, contestant)
    assert newer != link
    assert_dead(visitor, held, link)
    assert visitor.get(newer).status == 200


@pytest.mark.parametrize(
    ("model", "past"),
    [
        (ContestRound, {"closes_at": NOW - timedelta(seconds=1)}),
        (ContestRound, {"closed_at": NOW}),
        (Season, {"state": "published"}),
    ],
    ids=["the close that was set", "ended by its chair", "published"],
)
def test_a_link_opens_until_the_round_ends_and_no_longer(
    sign_in, held, contestant, link, visitor, model, past
):
    begin(visitor, link, held)
    db.session.query(model).update(past)
    db.session.commit()
    assert_dead(visitor, held, link)
    officer, here = sign_in("huyen"), place(held)
    page = officer.get(here)
    assert "không cấp thêm được" in page.words()
    assert page.all("form", action=f"{here}/{contestant.id}/link") == []
    token = {"csrf_token": officer.get("/password").form()["csrf_token"]}
    assert officer.post(f"{here}/{contestant.id}/link", token).status == 403
    assert db.session.query(QuizLink).count() == 1


def test_what_was_answered_by_link_counts_when_the_chair_ends_the_round(world, held, link, visitor):
    page = begin(visitor, link, held)
    visitor.send(page.path, chosen=right_of(page))
    PanelSeatFactory(held=held, account=world.accounts["huyen"], is_chair=True)
    db.session.commit()
    end_round(held.id, YEAR, by=By(world.actor("huyen"), NOW))
    assert attempt().points == Decimal(2)
    assert_dead(visitor, held, link)


def test_who_is_out_of_the_round_has_a_link_no_more(world, held, contestant, link, visitor):
    take_out(held.id, YEAR, contestant.id, "Bỏ thi", by=By(world.actor("huyen"), NOW))
    assert_dead(visitor, held, link)


def test_a_link_opens_no_attempt_of_another(world, sign_in, held, link, visitor):
    competing(world, held, "ap_a1", "TS-01")
    browser, mine = sign_in("ap_a1"), f"/contests/{YEAR}/quiz"
    browser.send(mine, action=f"{mine}/{held.id}/kien_thuc/begin")
    paths = [f"{link}/attempts/{attempt().id}/{page}" for page in ("1", "hand-in")]
    token = {"csrf_token": visitor.get(link).form()["csrf_token"]}
    for path in paths:
        assert visitor.get(path).status == 404
        assert visitor.post(path, {**token, "chosen": "0"}).status == 404
    assert visitor.post(f"{link}/{held.id + 1}/kien_thuc/begin", token).status == 404
    assert visitor.post(f"{link}/{held.id}/other/begin", token).status == 404


def test_who_opens_a_link_too_early_reads_when_it_begins(world, sign_in, visitor):
    held = season_with_quiz(world, opens_at=NOW + timedelta(hours=1))
    contestant = competing(world, held, "ap_a1")
    link, page = issued(sign_in("huyen"), held, contestant)
    assert "Bắt đầu làm bài được từ" in page.words()
    page = visitor.get(link)
    assert "Bắt đầu làm bài được từ" in page.words()
    assert page.all("form") == []
    token = {"csrf_token": sign_in("ap_a1").get("/password").form()["csrf_token"]}
    assert visitor.post(f"{link}/{held.id}/kien_thuc/begin", token).status == 422
    assert db.session.query(QuizAttempt).count() == 0


def test_a11_the_button_pressed_twice_gives_the_same_link(sign_in, held, contestant):
    officer, action = sign_in("huyen"), f"{place(held)}/{contestant.id}/link"
    form = officer.get(place(held)).form(action)
    pages = [officer.post(action, form) for _tap in range(2)]
    first, second = (PLACE.search(each.all("textarea", id="link")[0].text)[1] for each in pages)
    assert first == second
    assert db.session.query(QuizLink).count() == 1
    assert len(facts_of("issue_quiz_link")) == 1


def test_two_phones_that_begin_by_one_link_at_the_same_moment_get_one_attempt(app, held, link):
    season, action = db.session.query(Season).one().id, f"{link}/{held.id}/kien_thuc/begin"
    for _ in range(5):
        db.session.query(QuizAnswer).delete()
        db.session.query(QuizAttempt).delete()
        db.session.query(Season).update({"frozen_at": None})
        db.session.commit()
        phones = [Browser(app.test_client()) for _phone in range(2)]
        forms = [(phone, phone.get(link).form(action)) for phone in phones]
        deeds = [
            lambda phone=phone, form=form: phone.post(action, form, follow=False)
            for phone, form in forms
        ]
        assert statuses(at_once(row_of(Season, season), *deeds)) == [303, 303]
        assert db.session.query(QuizAnswer).count() == QUESTIONS
        assert attempt().contestant_id


def test_begun_twice_by_one_form_is_begun_once(held, link, visitor):
    action = f"{link}/{held.id}/kien_thuc/begin"
    form = visitor.get(link).form(action)
    assert visitor.post(action, form).path == visitor.post(action, form).path
    assert len(facts_of("begin")) == 1


def test_the_organisers_see_who_is_at_it_and_no_result(world, sign_in, visitor, held, contestant):
    competing(world, held, "ap_a1", "TS-01")
    officer, here = sign_in("huyen"), place(held)
    words = officer.get(here).words()
    assert (words.count("chưa làm"), words.count("chưa cấp")) == (2, 2)
    assert (words.count("chưa có"), NAME in words) == (2, True)
    assert world.units["ap_a2"].name in words
    link, page = issued(officer, held, contestant)
    assert f"Chào đồng chí {NAME}." in page.all("textarea", id="message")[0].text
    assert link in page.all("textarea", id="message")[0].text
    page = begin(visitor, link, held)
    assert "đang làm" in officer.get(here).words()
    visitor.send(page.path, chosen=right_of(page))
    visitor.send(f"{link}/attempts/{attempt().id}/hand-in")
    page = officer.get(here)
    assert "nộp lúc" in page.words()
    assert "cấp lúc" in page.words()
    assert "điểm" not in page.all("table")[0].text
    assert link.rpartition("/")[2] not in page.text
    [issue] = facts_of("issue_quiz_link")
    assert (issue["contestant"], issue["piece"]) == (contestant.id, "TS-07")


@pytest.mark.usefixtures("link")
@pytest.mark.parametrize(
    ("who", "status"), [("huyen", 403), ("giam_khao", 403), ("xa_b", 404), ("ap_a2", 404)]
)
def test_only_who_holds_the_round_gives_links_out(world, sign_in, held, contestant, who, status):
    db.session.query(ContestRound).update({"unit_id": world.units["xa_a"].id})
    db.session.refresh(held)
    world.accounts["giam_khao"] = AccountFactory()
    PanelSeatFactory(held=held, account=world.accounts["giam_khao"], is_chair=True)
    db.session.commit()
    assert sign_in("xa_a").get(place(held)).status == 200
    browser, here = sign_in(who), place(held)
    token = {"csrf_token": browser.get("/password").form()["csrf_token"]}
    assert browser.get(here).status == status
    for path in (f"{here}/{contestant.id}/link", f"{here}/{contestant.id}/link/revoke"):
        assert browser.post(path, token).status == status
    assert db.session.query(QuizLink).filter_by(revoked_at=None).count() == 1


def test_nobody_of_another_round_is_given_a_link(world, sign_in, held):
    officer, here = sign_in("huyen"), place(held)
    token = {"csrf_token": officer.get("/password").form()["csrf_token"]}
    other = PersonFactory(unit=world.units["ap_a2"])
    elsewhere = ContestRound(
        district_id=held.district_id,
        season_id=held.season_id,
        code="cap_huyen",
        unit_id=world.units["xa_a"].id,
    )
    db.session.add(elsewhere)
    db.session.flush()
    stranger = entered(elsewhere, other, world.units["ap_a2"], "TS-09")
    for path in (f"{here}/{stranger.id}/link", f"{here}/{stranger.id}/link/revoke"):
        assert officer.post(path, token).status == 404


def test_guessing_links_is_slowed_down(app, held, link, visitor, monkeypatch):
    limited = replace(app.config["SETTINGS"], login_limit="3 per minute")
    monkeypatch.setitem(app.config, "SETTINGS", limited)
    limiter.reset()
    tries = [visitor.get(f"/quiz/guess{number}").status for number in range(5)]
    assert tries == [404, 404, 404, 429, 429]
    limiter.reset()
    page = begin(visitor, link, held)
    assert page.status == 200
    limiter.reset()
