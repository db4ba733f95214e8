"""The programme on a phone: a branch's sheet up to the result, and a member's link."""

import pytest

from app.extensions import db
from tests.e2e.person import Person
from tests.programmes import CONTENTS, YEAR, Programme
from workflows.programme_facts import Mark


@pytest.fixture
def programme(world):
    """The district's programme of this year, open."""
    return Programme(world).opened()


def place(programme, page=""):
    return f"/programmes/{programme.unit.id}/{YEAR}{page}"


@pytest.mark.parametrize("scripts", [True, False])
def test_branch_registers_approves_and_concludes_on_a_phone(person, programme, scripts):
    secretary = person("ap_a1", scripts=scripts)
    secretary.goes(f"/programmes?year={YEAR}")
    secretary.follow("Chương trình rèn luyện")
    secretary.follow("Đăng ký cho cả chi đoàn")
    for content in CONTENTS[:2]:
        secretary.tick(content.text)
    secretary.press("Ghi đăng ký")
    assert "Đã ghi cho 9 đoàn viên." in secretary.reads()
    secretary.follow("Duyệt đăng ký")
    secretary.press("Duyệt người đã chọn")
    assert "Đã ghi cho 9 đoàn viên." in secretary.reads()
    db.session.expire_all()
    for member in programme.people:
        programme.track(member, done=4, self_mark=Mark.DONE_WELL, evaluates=True)
    secretary.goes(place(programme))
    secretary.follow("Kết luận kết quả")
    secretary.press("Kết luận người đã chọn")
    assert "Đã ghi cho 9 đoàn viên." in secretary.reads()
    assert secretary.reads().count("Thực hiện tốt") >= 9


@pytest.mark.parametrize("scripts", [True, False])
def test_member_writes_their_part_through_a_link(person, open_phone, programme, scripts):
    [member, *_rest] = programme.people
    secretary = person("ap_a1", scripts=scripts)
    secretary.goes(place(programme, f"/members/{member.id}"))
    secretary.press("Cấp liên kết")
    link = secretary.page.locator("#link").input_value()
    theirs = Person(open_phone(scripts=scripts), None)
    theirs.goes(link)
    theirs.tick(CONTENTS[1].text)
    theirs.press("Gửi đăng ký")
    assert "Đã gửi cho chi đoàn." in theirs.reads()
    db.session.expire_all()
    programme.take("approve", member)
    theirs.goes(link)
    theirs.fill("Việc đã làm, minh chứng", "Học đủ bốn bài")
    theirs.press("Lưu")
    assert "Đã gửi cho chi đoàn." in theirs.reads()
    assert not scripts or theirs.faults() == []


def test_pages_of_the_programme_have_no_fault(person, programme):
    one, other, third, *_rest = programme.people
    programme.register(one, other, third)
    programme.take("approve", one, other)
    programme.track(one, done=4, evidence="Vở ghi", self_mark=Mark.DONE_WELL, evaluates=True)
    secretary, district = person("ap_a1"), person("huyen")
    pages = ("", "/register", "/approve", "/review", "/conclude", "/contents", f"/members/{one.id}")
    found = {}
    for name in pages:
        secretary.goes(place(programme, name))
        secretary.picture(f"ren-luyen{name.replace('/', '-')}")
        found[name] = secretary.faults()
    district.goes(f"/programmes/{programme.world.units['huyen'].id}/{YEAR}/contents")
    district.press("Lập bản mới")
    district.picture("ren-luyen-ban-nhap")
    found["draft"] = district.faults()
    district.goes("/programmes")
    district.picture("ren-luyen-huyen")
    found["listing"] = district.faults()
    assert {name: faults for name, faults in found.items() if faults} == {}
