"""Whom the chain is about: old enough on the day that counts, and nobody twice."""

import unicodedata
from datetime import date

import pytest

from app.extensions import db
from app.models import Dossier, Event, Person
from tests.acceptance.desk import (
    DAY,
    dossier,
    events,
    open_dossier,
    standing,
    take,
    typed,
    write,
)
from tests.clock import TODAY
from tests.factories import PersonFactory
from tests.journeys import BORN, HELD

NAME = "Lê Thị Mới"
SPELLINGS = (
    "lê thị mới",
    "LÊ THỊ MỚI",
    "Le Thi Moi",
    unicodedata.normalize("NFD", NAME),
    "  Lê   Thị\u200b Mới ",
)


def test_a29_nobody_is_put_to_the_vote_before_education_is_finished(journey, sign_in):
    way = journey().to("education")
    browser, before = sign_in("ap_a1"), standing(way.ref)
    page = take(browser, way.ref, "call_to_vote", meeting_on=typed(HELD))
    assert (page.status, standing(way.ref)) == (422, before)
    missing = "Ghi kết quả lớp tìm hiểu về Đoàn hoặc bài kiểm tra tự học"
    assert missing in page.words()
    assert missing in browser.get(f"/dossiers/{way.ref}").words()


def test_a29_education_finished_after_the_meeting_does_not_count(journey, sign_in):
    way = journey().to("branch_vote")
    browser = sign_in("ap_a1")
    take(browser, way.ref, "postpone_vote")
    write(browser, way.ref, "study", self_study_on=typed(HELD + DAY))
    page = take(browser, way.ref, "call_to_vote", meeting_on=typed(HELD))
    assert (page.status, dossier(way.ref).state) == (422, "education")


# A year of meetings to come, 15 and 31 years after years with a 29 February.
YEAR = next(year for year in range(TODAY.year + 1, TODAY.year + 5) if year % 4 == 3)
AGES = {
    "young": (f"26/03/{YEAR - 15}", f"26/03/{YEAR}", f"27/03/{YEAR}"),
    "old": (f"26/03/{YEAR - 31}", f"26/03/{YEAR}", f"25/03/{YEAR}"),
    "young, 29 February": (f"29/02/{YEAR - 15}", f"01/03/{YEAR}", f"02/03/{YEAR}"),
    "old, 29 February": (f"29/02/{YEAR - 31}", f"01/03/{YEAR}", f"28/02/{YEAR}"),
}


@pytest.mark.parametrize("case", AGES)
def test_a30_one_day_too_young_or_too_old_is_refused_with_the_day(journey, sign_in, case):
    born, wrong, right = AGES[case]
    way = journey().to("branch_vote")
    browser = sign_in("ap_a1")
    take(browser, way.ref, "postpone_vote")
    assert write(browser, way.ref, "person", birth_date=born).status == 200
    page = take(browser, way.ref, "call_to_vote", meeting_on=wrong)
    assert (page.status, dossier(way.ref).state) == (422, "education")
    sentence = "sớm nhất vào ngày" if case.startswith("young") else "muộn nhất là"
    assert f"{sentence} {right}." in page.words()
    assert page.form()["meeting_on"] == [wrong]
    take(browser, way.ref, "call_to_vote", meeting_on=right)
    assert dossier(way.ref).state == "branch_vote"


def test_a30_the_page_says_from_which_day_a_vote_is_possible(world, sign_in):
    page = open_dossier(sign_in("ap_a1"), birth_date=AGES["young"][0])
    assert AGES["young"][2] in page.words()
    assert world.units["ap_a1"].name in page.words()


NO_DAYS = {
    "31/02/2008": "Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
    "26/03/208": "Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
    "26/03/0208": "Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
    "2008": "Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
    "26/03/08": "Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
    "hôm qua": "Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
    typed(TODAY + DAY): f"Ghi ngày đã qua, ví dụ {typed(TODAY)}.",
}


@pytest.mark.parametrize("place", ["opening", "section"])
def test_a30_what_is_no_birth_date_is_refused_with_the_format(journey, sign_in, place):
    way = journey().to("nomination")
    browser, before = sign_in("ap_a1"), standing(way.ref)
    for text, sentence in NO_DAYS.items():
        if place == "opening":
            page = open_dossier(browser, name="Lê Thị Khác", birth_date=text)
        else:
            page = write(browser, way.ref, "person", birth_date=text)
        assert (text, page.status) == (text, 422)
        assert sentence in page.words()
        assert page.form()["birth_date"] == [text]
    assert (standing(way.ref), db.session.query(Dossier).count()) == (before, 1)


@pytest.mark.parametrize(
    "text", ["6/3/2008", "06-03-2008", "6.3.2008", " 06/03/2008 ", "2008-03-06"]
)
def test_a30_a_day_is_read_as_people_write_it(journey, sign_in, text):
    way = journey().to("nomination")
    assert write(sign_in("ap_a1"), way.ref, "person", birth_date=text).status == 200
    assert db.session.get(Person, dossier(way.ref).person_id).birth_date == date(2008, 3, 6)


def twin_of(page):
    """Return what the page of a new dossier shows of the people who may be the same."""
    return [each.get("value") for each in page.all("input", type="radio", name="same_as")]


def test_a31_a_match_is_shown_by_name_and_unit_and_asks(world, sign_in):
    known = PersonFactory(
        unit=world.units["ap_b1"], name=NAME, birth_date=date(2008, 3, 26), phone="0907123456"
    )
    db.session.commit()
    browser = sign_in("ap_a1")
    for spelling in SPELLINGS:
        page = open_dossier(browser, name=spelling)
        assert (spelling, page.status) == (spelling, 422)
        assert twin_of(page) == [str(known.id), "different"]
        assert f"{NAME} – {world.units['ap_b1'].name}" in page.words()
        assert known.phone not in page.text
        assert page.form()["name"] == [spelling.strip()]
    assert db.session.query(Dossier).count() == 0


def test_a31_another_birth_date_is_no_match(world, sign_in):
    PersonFactory(unit=world.units["ap_a1"], name=NAME, birth_date=date(2008, 3, 27))
    db.session.commit()
    assert open_dossier(sign_in("ap_a1")).status == 200


def test_a31_an_open_dossier_is_a_match_too(journey, sign_in):
    way = journey()
    page = open_dossier(sign_in("ap_b1"), name="LE THI MOI", birth_date=typed(BORN))
    assert (page.status, twin_of(page)[0]) == (422, str(way.dossier.person_id))


def test_a31_the_same_person_gets_a_dossier_and_no_second_row(journey, sign_in):
    way = journey()
    again = {"name": NAME, "birth_date": typed(BORN), "same_as": str(way.dossier.person_id)}
    assert open_dossier(sign_in("ap_a2"), **again).status == 200
    people = {row.person_id for row in db.session.query(Dossier)}
    assert (db.session.query(Dossier).count(), people) == (2, {way.dossier.person_id})


def test_a31_another_person_needs_a_reason_that_stays_on_record(journey, sign_in):
    way = journey()
    browser = sign_in("ap_a2")
    different = {"name": NAME, "birth_date": typed(BORN), "same_as": "different"}
    for blank in ("", " \r\n"):
        assert open_dossier(browser, **different, twin_reason=blank).status == 422
    page = open_dossier(browser, **different, twin_reason="Con của hai gia đình khác nhau")
    ref = page.path.rsplit("/", 1)[-1]
    assert dossier(ref).person_id != way.dossier.person_id
    assert events(ref)[0].comment == "Con của hai gia đình khác nhau"


def test_a31_somebody_made_up_is_not_the_same_person(journey, sign_in):
    way, stranger = journey(), journey("ap_b1", "Lê Thị Lạ")
    for number in (str(stranger.dossier.person_id), "999999", "9" * 30):
        page = open_dossier(sign_in("ap_a2"), name=NAME, birth_date=typed(BORN), same_as=number)
        assert (number, page.status) == (number, 422)
    assert db.session.query(Dossier).count() == 2
    assert way.dossier.version == 1


def test_a31_no_dossier_is_opened_for_a_member(world, sign_in):
    member = world.members["ap_b1"][0]
    page = open_dossier(
        sign_in("ap_a1"),
        name=member.name,
        birth_date=typed(member.birth_date),
        same_as=str(member.id),
    )
    assert page.status == 422
    assert "đã là đoàn viên" in page.words()
    assert db.session.query(Dossier).count() == 0


def test_a31_nobody_becomes_somebody_else_by_an_edit(journey, sign_in):
    way, known = journey(name="Lê Thị Khác"), journey("ap_b1")
    browser, before = sign_in("ap_a1"), standing(way.ref)
    page = write(browser, way.ref, "person", name="le thi moi", residence="Ấp 2")
    assert (page.status, standing(way.ref)) == (422, before)
    assert f"{NAME} – {way.world.units['ap_b1'].name}" in page.words()
    assert page.all("a", href="#twin_reason")
    kept = page.form()
    assert (kept["name"], kept["residence"]) == (["le thi moi"], ["Ấp 2"])
    saved = browser.post(
        f"/dossiers/{way.ref}/sections/person", kept | {"twin_reason": "Chị em họ"}
    )
    last = events(way.ref)[-1]
    assert (saved.status, last.comment, dossier(way.ref).person_name) == (
        200,
        "Chị em họ",
        "le thi moi",
    )
    assert known.dossier.version == 1


def test_a31_an_edit_that_keeps_name_and_day_asks_nothing(journey, sign_in):
    journey("ap_b1")
    browser = sign_in("ap_a1")
    page = open_dossier(
        browser, name=NAME, birth_date=typed(BORN), same_as="different", twin_reason="Người khác"
    )
    ref = page.path.rsplit("/", 1)[-1]
    form = browser.get(f"/dossiers/{ref}/sections/person").form()
    assert "twin_reason" not in form
    assert write(browser, ref, "person", name="Lê Thị  Mới", residence="Ấp 3").status == 200


def test_a31_the_book_of_a_member_is_closed_to_a_second_dossier(journey, sign_in):
    first = journey().to("commune_review")
    again = {"name": NAME, "birth_date": typed(BORN), "same_as": str(first.dossier.person_id)}
    second = open_dossier(sign_in("ap_a2"), **again).path.rsplit("/", 1)[-1]
    browser = sign_in("ap_a2")
    assert browser.get(f"/dossiers/{second}/sections/person").status == 200
    first.approve()
    for section in ("person", "background"):
        assert browser.get(f"/dossiers/{second}/sections/{section}").status == 403
    page = take(browser, second, "withdraw", reason="Đã kết nạp theo hồ sơ khác")
    assert (page.status, dossier(second).state) == (200, "withdrawn")


def test_a31_a_name_changes_in_every_dossier_of_the_person(journey, sign_in):
    first = journey()
    again = {"name": NAME, "birth_date": typed(BORN), "same_as": str(first.dossier.person_id)}
    second = open_dossier(sign_in("ap_a2"), **again).path.rsplit("/", 1)[-1]
    write(sign_in("ap_a1"), first.ref, "person", name="Lê Thị Mơ")
    assert {dossier(ref).person_name for ref in (first.ref, second)} == {"Lê Thị Mơ"}
    assert db.session.query(Event).filter_by(subject="dossiers").count() == 3


def test_a31_two_dossiers_of_one_person_are_not_both_approved(journey, sign_in):
    first = journey().to("commune_review")
    other = journey("ap_a2", "Lê Thị Tạm").to("commune_review")
    row = other.dossier
    row.person_id = first.dossier.person_id
    db.session.commit()
    first.approve()
    page = take(sign_in("xa_a"), other.ref, "approve", signed_on=typed(TODAY))
    assert (page.status, dossier(other.ref).state) == (422, "commune_review")
    assert "đã là đoàn viên" in page.words()
