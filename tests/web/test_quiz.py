"""The online quiz: begun once, nothing lost, nothing told; and the bank behind it."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook

from app.extensions import db
from app.models import Dossier, Event, Question, QuizAnswer, QuizAttempt, Season
from app.services.audit import verify
from app.services.events import By
from app.services.quiz.attempts import finish_all
from tests.clock import NOW
from tests.quizzes import BANK, QUESTIONS, RIGHT, YEAR, competing, fill, season_with_quiz
from tests.services.at_once import at_once, row_of, statuses

MINE = f"/contests/{YEAR}/quiz"
BANK_PAGE = f"/contests/{YEAR}/questions"


@pytest.fixture
def held(world):
    return season_with_quiz(world)


@pytest.fixture
def contestant(world, held):
    return competing(world, held, "ap_a1")


def attempt():
    db.session.expire_all()
    return db.session.query(QuizAttempt).one()


def answers():
    db.session.expire_all()
    return db.session.query(QuizAnswer).order_by(QuizAnswer.position).all()


def begin(browser):
    assert browser.get(f"/contests/{YEAR}").all("a", href=MINE)
    page = browser.get(MINE)
    return browser.send(MINE, action=action_of(page))


def action_of(page):
    return next(
        each.get("action") for each in page.all("form") if "begin" in each.get("action", "")
    )


def right_of(page):
    """Return the value of the right option, as only a person who knows the answer can."""
    labels = {each.get("for"): " ".join(each.itertext()) for each in page.all("label")}
    return next(
        each.get("value")
        for each in page.all("input", type="radio")
        if RIGHT in labels[each.get("id")]
    )


def at(position):
    return f"{MINE}/attempts/{attempt().id}/{position}"


def moved(**by):
    """Let time go by for an attempt: its clock is set back."""
    row, ago = attempt(), timedelta(**by)
    row.started_at -= ago
    row.ends_at -= ago
    db.session.commit()


@pytest.mark.usefixtures("contestant")
def test_a_contestant_answers_every_question_hands_in_and_is_graded(sign_in):
    browser = sign_in("ap_a1")
    page = begin(browser)
    for _ in range(QUESTIONS):
        page = browser.send(page.path, chosen=right_of(page))
    assert "Bạn đã trả lời hết các câu" in page.words()
    page = browser.send(page.path)
    assert "Đã nhận bài thi của bạn" in page.words()
    row = attempt()
    assert (row.points, row.finished_at is not None) == (Decimal(10), True)
    assert [each.chosen is not None for each in answers()] == [True] * QUESTIONS
    assert verify().fault is None


@pytest.mark.usefixtures("contestant")
def test_a43_after_handing_in_no_points_are_shown(sign_in):
    browser = sign_in("ap_a1")
    page = begin(browser)
    for _ in range(QUESTIONS):
        page = browser.send(page.path, chosen=right_of(page))
    browser.send(page.path)
    words = browser.get(MINE).words()
    assert "Kết quả có sau khi ban tổ chức công bố" in words
    assert "điểm" not in words


@pytest.mark.usefixtures("contestant")
def test_the_page_does_not_tell_which_option_is_right(sign_in):
    browser = sign_in("ap_a1")
    page = begin(browser)
    radios = page.all("input", type="radio")
    assert [each.get("value") for each in radios] == ["0", "1", "2", "3"]
    for each in radios:
        assert set(each.keys()) <= {"class", "id", "name", "type", "value"}
    assert attempt().seed not in page.text


@pytest.mark.usefixtures("contestant")
def test_an_answer_that_was_on_its_way_when_the_time_ran_out_still_counts(sign_in):
    browser = sign_in("ap_a1")
    page = begin(browser)
    left = attempt().ends_at - datetime.now(UTC)
    sent = {**page.form(), "chosen": right_of(page)}
    moved(seconds=left.total_seconds() + 5)
    page = browser.post(page.path, sent)
    assert "Bài thi đã kết thúc" in page.words()
    assert [each.chosen is not None for each in answers()].count(True) == 1
    assert attempt().points == 2


@pytest.mark.usefixtures("contestant")
def test_a_broken_line_resumes_where_it_was_and_the_clock_ran_on(sign_in):
    browser = sign_in("ap_a1")
    page = begin(browser)
    browser.send(page.path, chosen=right_of(page))
    ends_at = attempt().ends_at
    again = sign_in("ap_a1")
    assert "Làm tiếp" in again.get(MINE).words()
    page = again.get(at(1))
    assert [each.get("value") for each in page.all("input", type="radio", checked="")] == [
        str(answers()[0].chosen)
    ]
    assert attempt().ends_at == ends_at


@pytest.mark.usefixtures("contestant")
def test_an_answer_can_be_changed_until_the_attempt_ends(sign_in):
    browser = sign_in("ap_a1")
    begin(browser)
    browser.send(at(1), chosen="0")
    browser.send(at(1), chosen="2")
    assert answers()[0].chosen == 2


@pytest.mark.usefixtures("contestant")
@pytest.mark.parametrize("chosen", ["", "4", "-1", "a", "99999999999"])
def test_an_option_that_is_not_offered_is_refused(sign_in, chosen):
    browser = sign_in("ap_a1")
    begin(browser)
    page = browser.send(at(1), chosen=chosen)
    assert (page.status, answers()[0].chosen) == (422, None)
    assert "Chọn một phương án" in page.words()


@pytest.mark.usefixtures("contestant")
def test_an_answer_after_time_is_refused_and_what_was_given_before_counts(sign_in):
    browser = sign_in("ap_a1")
    page = begin(browser)
    browser.send(page.path, chosen=right_of(page))
    form = browser.get(at(2)).form()
    moved(minutes=21)
    late = browser.post(at(2), {**form, "chosen": "0"})
    assert late.status == 409
    assert "sau khi hết giờ nên không được tính" in late.words()
    assert "Đã giữ 1 trong 5 câu trả lời" in late.words()
    row = attempt()
    assert (row.points, row.seconds) == (Decimal(2), 20 * 60)


@pytest.mark.usefixtures("contestant")
def test_an_attempt_that_nobody_ended_is_graded_when_the_round_ends(sign_in, held):
    browser = sign_in("ap_a1")
    page = begin(browser)
    browser.send(page.path, chosen=right_of(page))
    later = attempt().ends_at + timedelta(hours=1)
    assert finish_all(held.id, By(None, later)) == 1
    db.session.commit()
    assert (attempt().points, attempt().seconds) == (Decimal(2), 20 * 60)
    assert finish_all(held.id, By(None, later)) == 0


@pytest.mark.usefixtures("contestant")
def test_only_one_attempt_however_often_it_is_begun(sign_in):
    browser = sign_in("ap_a1")
    action = action_of(browser.get(MINE))
    form = browser.get(MINE).form(action)
    first = browser.post(action, form)
    other = browser.post(action, {**form, "request_key": "another"})
    assert first.path == other.path == at(1)


@pytest.mark.usefixtures("contestant")
def test_two_tabs_that_begin_at_the_same_moment_get_one_attempt(sign_in):
    season = db.session.query(Season).one().id
    for _ in range(10):
        db.session.query(QuizAnswer).delete()
        db.session.query(QuizAttempt).delete()
        db.session.query(Season).update({"frozen_at": None})
        db.session.commit()
        tabs = [sign_in("ap_a1"), sign_in("ap_a1")]
        forms = [(tab, action_of(tab.get(MINE)), tab.get(MINE)) for tab in tabs]
        deeds = [
            lambda tab=tab, action=action, page=page: tab.post(
                action, page.form(action), follow=False
            )
            for tab, action, page in forms
        ]
        assert statuses(at_once(row_of(Season, season), *deeds)) == [303, 303]
        assert len(answers()) == QUESTIONS
        assert attempt().contestant_id


@pytest.mark.usefixtures("contestant")
def test_the_first_attempt_freezes_the_rules_of_the_season(sign_in):
    begin(sign_in("ap_a1"))
    db.session.expire_all()
    assert db.session.query(Season).one().frozen_at is not None


@pytest.mark.usefixtures("contestant")
def test_nobody_else_opens_the_attempt_of_a_contestant(world, sign_in, held):
    begin(sign_in("ap_a1"))
    competing(world, held, "ap_a2", "TS-02")
    for who in ("ap_a2", "xa_a", "huyen", "ap_b1"):
        assert sign_in(who).get(at(1)).status == 404
        assert sign_in(who).get(f"{MINE}/attempts/{attempt().id}/hand-in").status == 404


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        ({"opens_at": NOW + timedelta(hours=1)}, "rounds"),
        ({"opens_at": NOW - timedelta(hours=2), "closes_at": NOW - timedelta(seconds=1)}, "rounds"),
        ({"closed_at": NOW - timedelta(minutes=5)}, "rounds"),
        ({}, "call_open"),
    ],
)
def test_nobody_begins_outside_the_hours_of_the_round(world, sign_in, hours, state):
    held = season_with_quiz(world, state=state, **hours)
    competing(world, held, "ap_a1")
    browser = sign_in("ap_a1")
    assert browser.get(MINE).all("form", action=f"{MINE}/{held.id}/kien_thuc/begin") == []
    token = {"csrf_token": browser.get("/password").form()["csrf_token"]}
    page = browser.post(f"{MINE}/{held.id}/kien_thuc/begin", token)
    assert page.status == 403
    assert db.session.query(QuizAttempt).count() == 0


def test_who_comes_too_early_reads_when_it_begins(world, sign_in):
    held = season_with_quiz(world, opens_at=NOW + timedelta(hours=1))
    competing(world, held, "ap_a1")
    assert "Bắt đầu làm bài được từ" in sign_in("ap_a1").get(MINE).words()


def test_a_bank_that_is_too_small_is_told_to_the_contestant(world, sign_in):
    competing(world, season_with_quiz(world, bank=2), "ap_a1")
    page = begin(sign_in("ap_a1"))
    assert page.status == 422
    assert "Ngân hàng mới có 2 trong 5 câu hỏi" in page.words()


def questions_file(*rows, heads=("Câu hỏi", "A", "B", "C", "D", "Đáp án đúng", "Chủ đề")):
    book = Workbook()
    for row in (heads, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(browser, content, name="cau-hoi.xlsx"):
    return browser.send(BANK_PAGE, action=BANK_PAGE, file=(io.BytesIO(content), name))


GOOD = ("Đoàn thành lập ngày nào?", "26/3/1931", "3/2/1930", "", "", "A", "Lịch sử")
OTHER = ("Bài hát Đoàn ca của ai?", "Hoàng Hòa", "Văn Cao", "Huy Du", "", "a", "Lịch sử")


@pytest.fixture
def empty(world):
    return season_with_quiz(world, bank=0)


@pytest.mark.usefixtures("empty")
def test_an_officer_fills_the_bank_from_a_file_and_the_same_file_twice_changes_nothing(sign_in):
    browser = sign_in("huyen")
    page = upload(browser, questions_file(GOOD, OTHER))
    assert "Đã nhận 2 câu hỏi mới; 0 câu đã có từ trước" in page.words()
    page = upload(browser, questions_file(GOOD, OTHER))
    assert "Đã nhận 0 câu hỏi mới; 2 câu đã có từ trước" in page.words()
    rows = db.session.query(Question).order_by(Question.id).all()
    assert [(row.text, row.right, len(row.options)) for row in rows] == [
        (GOOD[0], 0, 2),
        (OTHER[0], 0, 3),
    ]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "1", "2", "", "", "A"), "thiếu câu hỏi"),
        (("Một?", "1", "", "3", "", "A"), "phương án phải ghi liền nhau từ A"),
        (("Một?", "1", "", "", "", "A"), "cần ít nhất hai phương án"),
        (("Một?", "1", "2", "", "", "C"), "đáp án đúng phải là một trong: A, B"),
        (("Một?", "1", "2", "", "", ""), "đáp án đúng phải là một trong: A, B"),
        (("Một?", "1", "1", "", "", "A"), "có hai phương án giống nhau"),
        (("M" * 1001, "1", "2", "", "", "A"), "câu hỏi dài hơn 1000 ký tự"),
        (GOOD, "câu hỏi này đã có ở dòng 2"),
    ],
)
def test_a_wrong_row_is_named_with_its_reason_and_nothing_is_taken(sign_in, row, said):
    page = upload(sign_in("huyen"), questions_file(GOOD, row))
    assert page.status == 422
    assert said in page.words()
    assert db.session.query(Question).count() == 0


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp"),
        (b"%PDF-1.7 something", "không phải là bảng Excel"),
        (questions_file(heads=("Họ tên", "Ngày sinh")), "Không thấy dòng tiêu đề"),
    ],
)
def test_a_file_that_holds_no_questions_is_refused_with_the_reason(sign_in, content, said):
    page = upload(sign_in("huyen"), content)
    assert page.status == 422
    assert said in page.words()


@pytest.mark.usefixtures("contestant")
def test_once_somebody_has_drawn_the_bank_does_not_change(sign_in):
    begin(sign_in("ap_a1"))
    browser = sign_in("huyen")
    page = browser.get(BANK_PAGE)
    assert "câu hỏi không đổi được nữa" in page.words()
    token = page.form(f"{BANK_PAGE}/open")
    sent = {**token, "file": (io.BytesIO(questions_file(GOOD)), "cau-hoi.xlsx")}
    assert browser.post(BANK_PAGE, sent).status == 422
    browser.post(f"{BANK_PAGE}/empty", token)
    assert db.session.query(Question).count() == BANK


@pytest.mark.usefixtures("held")
def test_reading_the_answers_leaves_a_trace_and_the_page_before_holds_none(sign_in):
    browser = sign_in("huyen")
    assert RIGHT not in browser.get(BANK_PAGE).text
    page = browser.send(BANK_PAGE, action=f"{BANK_PAGE}/open")
    assert page.words().count("– đáp án đúng") == BANK
    assert db.session.query(Event).filter_by(step="open_bank").count() == 1


def test_who_competes_does_not_read_the_answers(world, sign_in, held):
    browser = sign_in("huyen")
    form = browser.get(BANK_PAGE).form(f"{BANK_PAGE}/open")
    contestant = competing(world, held, "ap_a1")
    dossier = db.session.get(Dossier, contestant.dossier_id)
    world.accounts["huyen"].person_id = dossier.person_id
    db.session.commit()
    assert browser.post(f"{BANK_PAGE}/open", form).status == 403


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("who", "status"), [("xa_a", 404), ("ap_a1", 403), ("co_so", 404)])
def test_the_bank_is_the_districts_alone(sign_in, who, status):
    assert sign_in(who).get(BANK_PAGE).status == status


@pytest.mark.usefixtures("held")
def test_an_emptied_bank_is_filled_anew(sign_in):
    browser = sign_in("huyen")
    browser.send(BANK_PAGE, action=f"{BANK_PAGE}/empty")
    assert db.session.query(Question).count() == 0
    fill(db.session.query(Season).one(), 1)
    assert "1" in browser.get(BANK_PAGE).words()
