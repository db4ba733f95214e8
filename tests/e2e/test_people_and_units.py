"""People and units on a phone: without a fault, and an account opened by the link handed over."""

import pytest

from app.extensions import db
from tests.factories import PersonFactory

NEW = "mật khẩu mới của tôi"


@pytest.fixture
def candidate(world):
    """A candidate with long lines in the member book."""
    made = PersonFactory(
        name="Nguyễn Thị Bích Đào",
        unit=world.units["ap_a1"],
        residence="Số 12, tổ 3, Ấp Thành Tâm, xã Tân Quới",
        family="Cha: Nguyễn Văn Minh, 1975, làm ruộng\nMẹ: Trần Thị Hoa, 1978, nội trợ",
    )
    db.session.commit()
    return made


def looked_at(someone, paths):
    """Return the faults of each page that has any, with a picture of every one."""
    found = {}
    for name, path in paths.items():
        someone.goes(path)
        someone.picture(name)
        found[path] = someone.faults()
    return {path: faults for path, faults in found.items() if faults}


def test_pages_of_people_have_no_fault(person, journey, candidate):
    member = journey().to("admitted").dossier.person_id
    secretary = person("xa_a")
    paths = {
        "nguoi-danh-sach": "/people?name=Đào",
        "nguoi-khong-co": "/people?name=khong%25ai",
        "nguoi-doan-vien": f"/people/{member}",
        "nguoi-doi-tuong": f"/people/{candidate.id}",
    }
    assert looked_at(secretary, paths) == {}
    secretary.press("Xem dữ liệu nhạy cảm")
    secretary.page.wait_for_url("**/sensitive")
    secretary.picture("nguoi-da-mo")
    assert "Trần Thị Hoa" in secretary.reads()
    assert secretary.faults() == []


def test_pages_of_units_have_no_fault(person, world):
    commune, branch = (f"/units/{world.units[name].id}" for name in ("xa_a", "ap_a1"))
    secretary = person("xa_a")
    paths = {
        "don-vi-cay": "/units",
        "don-vi": commune,
        "don-vi-chi-doan": branch,
        "don-vi-sua": f"{branch}/edit",
        "don-vi-moi-nguoi": f"{branch}/invitations/new",
        "don-vi-giao-chuc-vu": f"{branch}/appointments/new",
        "don-vi-lap": f"{commune}/new",
    }
    assert looked_at(secretary, paths) == {}
    secretary.press("Lập đơn vị")
    secretary.page.locator("#errors").wait_for()
    secretary.picture("don-vi-lap-sai")
    assert secretary.faults() == []


def test_an_invited_deputy_comes_in_by_the_link_with_scripts_off(person, open_phone, world):
    secretary = person("xa_a", scripts=False)
    secretary.goes(f"/units/{world.units['ap_a1'].id}/invitations/new")
    secretary.choose_first("Đoàn viên của đơn vị")
    secretary.fill("Tên đăng nhập", "ap_a1.moi")
    secretary.choose("Chức vụ", "Phó bí thư")
    secretary.press("Mời")
    link = secretary.page.get_by_label("Liên kết").input_value()
    secretary.picture("don-vi-lien-ket")
    phone = open_phone(scripts=False)
    phone.goto(link)
    phone.get_by_label("Mật khẩu mới").fill(NEW)
    phone.get_by_label("Ghi lại mật khẩu").fill(NEW)
    phone.get_by_role("button", name="Mở tài khoản").click()
    phone.wait_for_url("**/")
    assert "Phó bí thư" in phone.locator("header").inner_text()
