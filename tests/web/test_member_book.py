import re
from datetime import date

import pytest

from app.extensions import db
from app.models import Dossier, Event, Person
from app.services.events import By
from app.services.people.member_book import change_member_book
from app.services.refusals import Forbidden, NotFound
from app.web.fields import stripped
from app.web.filters import WORDS
from tests.clock import NOW
from tests.factories import MemberFactory, PersonFactory
from tests.house.sources import ROOT
from workflows.membership import PersonStatus

BORN = date(2001, 3, 26)


@pytest.fixture
def member(world):
    """A member of a branch with what the law calls sensitive."""
    person = MemberFactory(
        unit=world.units["ap_a1"],
        name="Trần Thị Bưởi",
        birth_date=BORN,
        residence="Ấp 1, xã Tân Quới",
        religion="Phật giáo Hòa Hảo",
        health="Loại B2",
    )
    db.session.commit()
    return person


def again(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def events_of(person):
    db.session.expire_all()
    found = db.session.query(Event).filter_by(subject="people", subject_id=person.id)
    return [event for event in found.order_by(Event.sequence) if event.step != "enter"]


def book(person):
    return f"/people/{person.id}/edit"


@pytest.mark.parametrize("who", ["ap_a1", "ap_a1.pho", "xa_a", "xa_a.canbo"])
def test_the_branch_and_its_union_write_the_member_book(world, sign_in, member, who):
    page = sign_in(who).send(book(member), residence="Ấp 2", occupation="Làm vườn")
    assert page.path == f"/people/{member.id}"
    assert "Đã lưu sổ đoàn viên của Trần Thị Bưởi." in page.words()
    assert (again(member).residence, member.occupation) == ("Ấp 2", "Làm vườn")
    (event,) = events_of(member)
    assert (event.step, event.actor_id) == ("edit_member_book", world.accounts[who].id)
    assert event.facts["changes"] == {
        "residence": ["Ấp 1, xã Tân Quới", "Ấp 2"],
        "occupation": ["", "Làm vườn"],
    }


def test_the_history_of_a_person_names_what_was_changed_and_by_whom(world, sign_in, member):
    sign_in("ap_a1").send(book(member), residence="Ấp 2")
    words = sign_in("xa_a").get(f"/people/{member.id}").words()
    assert "Sửa sổ đoàn viên" in words
    assert f"{world.accounts['ap_a1'].name}, Bí thư, Chi đoàn ap_a1 Nơi ở hiện nay" in words


def test_saying_the_same_again_is_no_event(sign_in, member):
    sign_in("ap_a1").send(book(member))
    assert events_of(member) == []
    assert again(member).religion == "Phật giáo Hòa Hảo"


def test_what_is_sensitive_is_written_and_never_shown(sign_in, member):
    browser = sign_in("ap_a1")
    assert "Phật giáo" not in browser.get(book(member)).text
    browser.send(book(member), religion="Công giáo", family="Cha: Trần Văn Kín")
    assert (again(member).religion, member.health) == ("Công giáo", "Loại B2")
    (event,) = events_of(member)
    changes = event.facts["changes"]
    assert changes == {"religion": ["•••", "•••"], "family": [None, "•••"]}


def test_what_is_sensitive_is_taken_away_by_a_tick(sign_in, member):
    sign_in("ap_a1").send(book(member), erased=["religion"])
    assert (again(member).religion, member.health) == (None, "Loại B2")
    assert events_of(member)[0].facts["changes"] == {"religion": ["•••", None]}


def test_a_new_name_is_found_and_sorted_wherever_it_stands(journey, sign_in, world):
    way = journey(name="Lê Thị Cũ").to("admitted")
    person = db.session.get(Person, way.dossier.person_id)
    sign_in("ap_a1").send(book(person), name="Lê  Thị Mới")
    assert (again(person).name, person.name_key) == ("Lê Thị Mới", "le thi moi")
    assert db.session.query(Dossier.person_name).filter_by(ref=way.ref).scalar() == "Lê Thị Mới"
    page = sign_in("xa_a").get("/people?name=moi")
    assert "Lê Thị Mới" in page.words()
    assert world.units["ap_a1"].id == person.unit_id


def test_a31_a_name_and_birth_date_of_somebody_else_need_a_reason(world, sign_in, member):
    PersonFactory(name="Trần Thị Cam", birth_date=BORN, unit=world.units["ap_b1"])
    db.session.commit()
    browser = sign_in("ap_a1")
    page = browser.send(book(member), name="TRAN THI CAM")
    assert page.status == 422
    assert "Trần Thị Cam – Chi đoàn ap_b1" in page.words()
    assert again(member).name == "Trần Thị Bưởi"
    typed = {**page.form(), "twin_reason": "Hai người khác nhau, khác quê quán"}
    assert browser.post(book(member), typed).path == f"/people/{member.id}"
    assert again(member).name == "TRAN THI CAM"
    assert events_of(member)[0].comment == "Hai người khác nhau, khác quê quán"


def test_a12_who_was_slower_sees_both_versions_and_chooses(world, sign_in, member):
    slow = sign_in("ap_a1")
    form = slow.get(book(member)).form()
    sign_in("xa_a").send(book(member), residence="Ấp 3")
    page = slow.post(book(member), {**form, "residence": "Ấp 2", "religion": "Công giáo"})
    assert page.status == 409
    assert again(member).residence == "Ấp 3"
    assert f"{world.accounts['xa_a'].name}: Sửa sổ đoàn viên" in page.words()
    assert "Nơi ở hiện nay Ấp 3 Ấp 2" in page.words()
    assert slow.post(book(member), page.form()).status == 200
    assert (again(member).residence, member.religion) == ("Ấp 2", "Công giáo")


def test_a_book_sent_twice_is_written_once(sign_in, member):
    browser = sign_in("ap_a1")
    form = {**browser.get(book(member)).form(), "residence": "Ấp 2"}
    assert [browser.post(book(member), form).path for _ in range(2)] == [f"/people/{member.id}"] * 2
    assert len(events_of(member)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "Ghi họ và tên."),
        ({"birth_date": ""}, "Ghi ngày sinh."),
        ({"birth_date": "31/02/2008"}, "Không có ngày “31/02/2008”"),
        ({"email": "x"}, "Địa chỉ thư chưa đúng dạng"),
        ({"residence": "a" * 201}, "Dài 201 ký tự; tối đa 200."),
    ],
)
def test_a18_a_mistake_is_named_and_what_was_typed_is_kept(sign_in, member, typed, sentence):
    page = sign_in("ap_a1").send(book(member), occupation="Làm vườn", **typed)
    assert page.status == 422
    assert sentence in page.words()
    assert page.form()["occupation"] == ["Làm vườn"]
    assert events_of(member) == []


def test_a19_a_book_left_unfinished_goes_on_later(sign_in, member):
    browser = sign_in("ap_a1")
    browser.send(book(member), residence="Ấp 9", later="1")
    assert browser.get("/").all("a", href=book(member))
    page = browser.get(book(member))
    assert page.form()["residence"] == ["Ấp 9"]
    browser.post(book(member), page.form())
    assert again(member).residence == "Ấp 9"
    assert not browser.get("/").all("a", href=book(member))


def test_of_whom_only_the_year_is_known_the_day_may_come_later(sign_in, member):
    member.birth_date, member.birth_year_only = date(2001, 1, 1), True
    db.session.commit()
    browser = sign_in("ap_a1")
    page = browser.get(book(member))
    assert page.form()["birth_date"] == [""]
    assert "Mới biết năm 2001" in page.words()
    browser.send(book(member), residence="Ấp 2")
    assert (again(member).birth_date, member.birth_year_only) == (date(2001, 1, 1), True)
    browser.send(book(member), birth_date="26/03/2001")
    assert (again(member).birth_date, member.birth_year_only) == (BORN, False)


def test_a_candidate_is_described_in_the_open_dossier(journey, sign_in):
    way = journey()
    person = db.session.get(Person, way.dossier.person_id)
    browser = sign_in("ap_a1")
    assert browser.get(book(person)).status == 403
    assert not browser.get(f"/people/{person.id}").all("a", href=book(person))
    with pytest.raises(Forbidden) as refused:
        change_member_book(person.id, {"residence": "Ấp 2"}, by=way.by("ap_a1"), seen=1)
    assert refused.value.code == "in_open_dossier"
    way.to("withdrawn")
    browser.send(book(person), residence="Ấp 2")
    assert again(person).residence == "Ấp 2"


@pytest.mark.parametrize(
    ("who", "status"),
    [("ap_a2", 404), ("xa_b", 404), ("co_so", 404), ("huyen", 403), ("huyen.canbo", 403)],
)
def test_a15_a_book_is_not_written_by_others(sign_in, member, who, status):
    browser = sign_in(who)
    assert browser.get(book(member)).status == status
    token = browser.get("/").all("input", name="csrf_token")[0].get("value")
    typed = {"csrf_token": token, "name": "Khác", "birth_date": "26/03/2001"}
    assert browser.post(book(member), typed).status == status
    assert again(member).name == "Trần Thị Bưởi"


@pytest.mark.parametrize(
    ("who", "refusal"), [("ap_a2", NotFound), ("xa_b", NotFound), ("huyen", Forbidden)]
)
def test_the_service_asks_who_writes(world, member, who, refusal):
    with pytest.raises(refusal):
        change_member_book(member.id, {"residence": "x"}, by=By(world.actor(who), NOW), seen=1)
    assert events_of(member) == []


def test_a_number_beyond_all_people_is_nobody(sign_in):
    for path in ("/people/99999999999", "/people/99999999999/edit", "/units/99999999999"):
        assert sign_in("xa_a").get(path).status == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x01b\x0bc\x0cd\x1fe", "abcde"),
        ("\x7fa\x80b\x9fc", "abc"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ufffea\uffffb\U0001ffffc\ufdd0d", "abcd"),
        ("a\ud800b", "ab"),
        (" \x00 Đào \x0c", "Đào"),
        ("😀\u200d\u202eא", "😀\u200d\u202eא"),
        (None, ""),
    ],
)
def test_a_text_loses_what_no_page_can_hold_and_nothing_else(app, typed, kept):  # noqa: ARG001
    assert stripped(typed) == kept


def test_a58_controls_in_a_text_are_not_stored_and_the_page_stays_whole(sign_in, member):
    browser = sign_in("ap_a1")
    browser.send(book(member), occupation="Làm\x01 vườn\x0c\x85\ufffe <script>alert(1)</script>")
    assert again(member).occupation == "Làm vườn <script>alert(1)</script>"
    page = browser.get(f"/people/{member.id}")
    assert "<script>alert(1)</script>" in page.words()
    assert not page.all("script")


def test_the_page_of_a_person_tells_the_posts_they_hold(world, sign_in, member):
    world.accounts["ap_a1.pho"].person_id = member.id
    db.session.commit()
    words = sign_in("xa_a").get(f"/people/{member.id}").words()
    assert "Phó bí thư, Chi đoàn ap_a1 (từ 01/01/2020)" in words


def test_reading_what_is_sensitive_stands_in_the_history(sign_in, member):
    browser = sign_in("ap_a1")
    path = f"/people/{member.id}"
    browser.send(path, action=f"{path}/sensitive")
    assert "Xem dữ liệu nhạy cảm" in sign_in("xa_a").get(path).words()


@pytest.mark.parametrize("status", [PersonStatus.MEMBER, PersonStatus.MATURED])
def test_what_can_be_done_is_a_way_from_the_page(sign_in, member, status):
    member.status = status
    db.session.commit()
    page = sign_in("ap_a1").get(f"/people/{member.id}")
    assert page.all("a", href=book(member))
    transfer = page.all("a", href=f"/dossiers/new/transfer?person={member.id}")
    assert bool(transfer) == (status is PersonStatus.MEMBER)


def test_every_event_that_a_service_records_has_its_word():
    services = (ROOT / "app/services").rglob("*.py")
    steps = {step for path in services for step in re.findall(r'Change\("(\w+)"', path.read_text())}
    assert steps - set(WORDS["step"]) == set()
