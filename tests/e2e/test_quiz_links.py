"""The quiz on a phone without an account: a link is made, opened, and taken to the end."""

import pytest

from app.extensions import db
from app.models import QuizAttempt
from tests.e2e.person import Person
from tests.factories import PersonFactory
from tests.quizzes import QUESTIONS, RIGHT, YEAR, competing, entered, season_with_quiz
from workflows.membership import PersonStatus

NAME = "Trần Thị Út Mười"


@pytest.fixture
def held(world):
    """A round of the district with two contestants; one of them has no account."""
    made = season_with_quiz(world)
    member = PersonFactory(unit=world.units["ap_a2"], name=NAME, status=PersonStatus.MEMBER)
    entered(made, member, world.units["ap_a2"], "TS-01")
    competing(world, made, "ap_a1", "TS-02")
    return made


@pytest.mark.parametrize("scripts", [True, False])
def test_a_contestant_without_an_account_takes_the_quiz_on_a_phone(
    person, open_phone, held, scripts
):
    officer, found = person("huyen", scripts=scripts), {}

    def look(someone, name):
        someone.picture(f"duong-dan-thi-{name}")
        if scripts and (faults := someone.faults()):
            found[name] = faults

    officer.goes(f"/contests/{YEAR}/rounds/{held.id}/judging")
    officer.follow("Thi trắc nghiệm")
    look(officer, "danh-sach")
    officer.press(f"Tạo đường dẫn {NAME}")
    look(officer, "cap")
    link = officer.page.locator("#link").input_value()
    assert link in officer.page.locator("#message").input_value()
    theirs = Person(open_phone(scripts=scripts), officer.pictures)
    theirs.goes(link)
    assert NAME in theirs.reads()
    look(theirs, "mo")
    theirs.press("Bắt đầu làm bài")
    look(theirs, "cau-hoi")
    for _ in range(QUESTIONS):
        theirs.tick(RIGHT)
        theirs.press("Lưu câu trả lời")
    assert "Bạn đã trả lời hết các câu." in theirs.reads()
    look(theirs, "nop")
    theirs.press("Nộp bài")
    assert "Đã nhận bài thi của bạn." in theirs.reads()
    look(theirs, "da-nop")
    db.session.expire_all()
    assert db.session.query(QuizAttempt).one().finished_at is not None
    officer.goes(f"/contests/{YEAR}/rounds/{held.id}/quiz")
    look(officer, "danh-sach-sau")
    officer.press(f"Thu hồi {NAME}")
    assert f"Đã thu hồi đường dẫn của {NAME}." in officer.reads()
    theirs.goes(link)
    assert "không còn mở" in theirs.reads()
    look(theirs, "het")
    assert found == {}
