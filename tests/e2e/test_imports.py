"""A list comes in on a phone, also with scripts off, and its pages can be used by everyone."""

from datetime import date

import pytest

from app.extensions import db
from app.services.imports import previewing
from tests.factories import PersonFactory
from tests.lists import person as row
from tests.lists import xlsx


@pytest.fixture
def roster(world):
    """Somebody of the roster whom a row of the list may be."""
    world.units["ap_a1"].name = "Chi đoàn Ấp 1"
    PersonFactory(name="Nguyễn Thị Đào", unit=world.units["ap_a1"], birth_date=date(2005, 3, 26))
    db.session.commit()


def sends(someone, content):
    """Choose a file and send it; the page that follows comes by itself."""
    someone.goes("/imports/new")
    field = someone.page.get_by_label("Tệp danh sách")
    field.set_input_files([{"name": "ds.xlsx", "mimeType": "", "buffer": content}])
    someone.press("Gửi và xem trước")


def test_a54_a_list_is_sent_watched_answered_and_taken_with_scripts_off(
    roster,  # noqa: ARG001
    person,
    monkeypatch,
):
    monkeypatch.setattr(previewing, "ROWS_AT_A_TIME", 2)
    rows = [row(f"Lê Thị Mới {letter}", unit="Ấp 1") for letter in "ABCDE"]
    secretary = person("xa_a", scripts=False)
    sends(secretary, xlsx(*rows, row("Nguyen Thi Dao", unit="Ấp 1"), row("Lê", "31/2/2005")))
    secretary.page.get_by_role("heading", name="Các dòng: có lỗi").wait_for()
    secretary.follow("nghi trùng")
    secretary.tick("Người khác: nhập như người mới")
    secretary.fill("Vì sao là người khác", "Con bà Ba")
    secretary.press("Lưu câu trả lời")
    secretary.press("Nhập 6 người")
    assert "Đã nhập 6 người." in secretary.reads()
    secretary.picture("nhap-danh-sach")


def test_pages_of_an_import_have_no_fault(roster, person):  # noqa: ARG001
    secretary, found = person("xa_a"), {}
    rows = (row("Lê Thị Mới"), row("Nguyen Thi Dao"), row("Trần Văn Bưởi", "31/2/2005"))
    for name, content in (
        ("known", xlsx(*rows)),
        ("unknown", xlsx(["Lê", 2005], heads=("A", "B"))),
    ):
        sends(secretary, content)
        address = secretary.page.url
        for kind in ("", "?rows=new", "?rows=same", "?rows=doubtful", "?rows=error"):
            secretary.goes(address + kind)
            found[name + kind] = secretary.faults()
    secretary.page.locator("details").first.click()
    for path in ("/imports", "/imports/new", "/people"):
        secretary.goes(path)
        found[path] = secretary.faults()
    assert {page: faults for page, faults in found.items() if faults} == {}


def test_a_wrong_answer_and_a_wrong_file_have_no_fault(roster, person):  # noqa: ARG001
    secretary = person("xa_a")
    sends(secretary, b"%PDF-1.4")
    assert secretary.faults() == []
    sends(secretary, xlsx(row("Nguyen Thi Dao", unit="Ấp 1")))
    secretary.tick("Người khác: nhập như người mới")
    secretary.press("Lưu câu trả lời")
    assert "ghi vì sao là người khác" in secretary.reads()
    assert secretary.faults() == []
    secretary.page.locator("summary", has_text="Cách đọc tệp").click()
    assert secretary.faults() == []
