"""What a page answers and offers fits the person's moment and language."""

import io

import pytest

from app.extensions import db
from app.models import Meeting
from tests.acceptance.desk import CANDIDATE
from tests.clock import TODAY
from tests.journeys import HELD


@pytest.mark.usefixtures("world")
def test_a_choice_not_made_is_told_once_and_in_the_language_of_the_page(sign_in):
    page = sign_in("ap_a1").send(
        "/dossiers/new/admission", name=CANDIDATE["name"], birth_date=CANDIDATE["birth_date"]
    )
    assert page.status == 422
    assert "Giới tính: Chọn giới tính." in page.words()
    assert "Not a valid" not in page.words()


@pytest.mark.usefixtures("world")
def test_who_is_not_let_in_is_told_so_and_not_that_nothing_was_saved(visitor):
    words = visitor.send("/login", username="ap_a1", password="sai-mat-khau").words()
    assert "Chưa đăng nhập được." in words
    assert "Chưa lưu" not in words


def test_the_page_of_a_dossier_that_waits_for_the_meeting_leads_to_its_minutes(journey, sign_in):
    way = journey().to("branch_vote")
    page = sign_in("ap_a1").get(f"/dossiers/{way.ref}")
    minutes = f"/meetings/new?unit={way.world.units['ap_a1'].id}"
    assert [each.text for each in page.all("a", href=minutes)] == ["Ghi kết quả biểu quyết…"]


def test_who_hands_up_is_not_told_that_others_must_decide_while_it_is_hers(journey, sign_in):
    page = sign_in("ap_a1").get(f"/dossiers/{journey().to('ready').ref}")
    assert page.status == 200
    assert "người khác phải quyết định" not in page.words()


def test_nothing_is_called_complete_of_a_decision_that_is_still_to_come(journey, sign_in):
    ref = journey().to("commune_review").ref
    for who in ("ap_a1", "xa_a"):
        assert not sign_in(who).get(f"/dossiers/{ref}").all("details", id="section-decision")


def test_a_returned_section_says_why_where_it_is_mended(journey, sign_in):
    way = journey().to("returned")
    page = sign_in("ap_a1").get(f"/dossiers/{way.ref}/sections/application")
    assert "Lý do trả lại: Đơn chưa ký" in page.words()


@pytest.mark.usefixtures("world")
def test_what_is_no_number_says_so_once(sign_in):
    page = sign_in("xa_a").send("/classes/new", sessions="bốn")
    assert "“bốn” không phải là số nguyên." in page.words()
    assert "Ghi số buổi học." not in page.words()


def test_a_branch_that_decides_itself_is_asked_for_no_proposal(journey, sign_in):
    page = sign_in("co_so").get(f"/dossiers/{journey('co_so').to('ready').ref}")
    assert page.all("details", id="section-vote")
    assert "Viết đề nghị của chi đoàn" not in page.words()


def test_where_only_one_day_is_left_it_is_named_alone(journey, sign_in):
    way = journey().to("commune_review")
    page = sign_in("xa_a").send(f"/dossiers/{way.ref}/steps/approve", signed_on="01/01/2020")
    assert f"Ghi ngày ký trong khoảng từ {HELD:%d/%m/%Y} đến {TODAY:%d/%m/%Y}." in page.words()
    db.session.query(Meeting).one().held_on = TODAY
    db.session.commit()
    page = sign_in("xa_a").send(f"/dossiers/{way.ref}/steps/approve", signed_on="01/01/2020")
    assert f"Ghi ngày ký là {TODAY:%d/%m/%Y}." in page.words()


def test_what_is_wrong_with_a_file_is_told_at_the_top_with_a_link_to_the_files(journey, sign_in):
    way = journey().to("education")
    files = [(io.BytesIO(b"MZ"), "don.exe")]
    page = sign_in("ap_a1").send(f"/dossiers/{way.ref}/sections/application", files=files)
    link = page.all("a", href="#files")[0]
    assert "“don.exe” không thuộc loại được nhận" in link.text
    assert page.all("input", id="files")
