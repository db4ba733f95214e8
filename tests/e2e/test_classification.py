"""The yearly classification on a phone: without a fault, without scripts, by keyboard."""

import pytest

from tests.clock import TODAY

YEAR = TODAY.year - 1


@pytest.fixture
def sheet(world):
    """The address of a branch's sheet."""
    return f"/classifications/{world.units['ap_a1'].id}/{YEAR}"


def meets(secretary, sheet):
    """Record the meeting: everybody came and is in favour."""
    secretary.goes(f"{sheet}/meeting")
    for label in ("Địa điểm", "Chủ trì", "Thư ký"):
        secretary.fill(label, "Ấp 1")
    secretary.press("Tất cả người được dự đều có mặt")
    secretary.press("Ghi cuộc họp")


def without_fault(someone, name, path=None):
    """Open a page, keep a picture, and make sure that everybody can use it."""
    if path:
        someone.goes(path)
    someone.picture(name)
    assert (name, someone.faults()) == (name, [])


def test_a_year_is_classified_on_two_phones_without_a_fault(person, sheet, world):
    secretary, commune = person("ap_a1"), person("xa_a")
    without_fault(secretary, "xep-loai-moi", sheet)
    secretary.press("Ghi bản xếp loại")
    without_fault(secretary, "xep-loai-nhap")
    without_fault(secretary, "xep-loai-hop", f"{sheet}/meeting")
    secretary.press("Ghi cuộc họp")
    without_fault(secretary, "xep-loai-hop-sai")
    meets(secretary, sheet)
    without_fault(secretary, "xep-loai-da-hop")
    secretary.press("Trình cấp trên")
    without_fault(commune, "xep-loai-tra-lai", f"{sheet}/return")
    without_fault(commune, "xep-loai-xac-nhan", "/classifications/confirm")
    commune.page.locator("main").get_by_role("checkbox").first.check()
    commune.press("Xem lại trước khi xác nhận")
    without_fault(commune, "xep-loai-xem-lai")
    commune.press("Xác nhận 1 bản")
    without_fault(commune, "xep-loai-tong-hop")
    commune.goes(sheet)
    assert "Đã xác nhận" in commune.reads()
    without_fault(commune, "xep-loai-xong")
    commune.follow("Đính chính")
    without_fault(commune, "xep-loai-dinh-chinh")
    without_fault(commune, "xep-loai-hinh", f"/classifications/{world.units['xa_a'].id}/figures")
    without_fault(secretary, "xep-loai-chi-doan", f"{sheet}/unit")
    secretary.goes(sheet)
    secretary.follow("Biên bản cuộc họp")
    without_fault(secretary, "xep-loai-bien-ban")
    person_page = f"/people/{world.members['ap_a1'][0].id}"
    without_fault(secretary, "xep-loai-doan-vien", person_page)
    assert "Xếp loại hằng năm" in secretary.reads()


def test_a59_branch_is_classified_with_scripts_off_and_only_a_keyboard(person, sheet):
    secretary = person("ap_a1", scripts=False)
    secretary.goes(sheet)
    secretary.page.get_by_role("button", name="Ghi bản xếp loại").press("Enter")
    meets(secretary, sheet)
    assert "9/9 tán thành" in secretary.reads()
    secretary.page.get_by_role("button", name="Trình cấp trên").press("Enter")
    assert "Chờ cấp trên xác nhận" in secretary.reads()
