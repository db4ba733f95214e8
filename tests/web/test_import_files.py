"""Files of an import at the door: letters found out and shown, columns by hand, what is refused."""

import io
from datetime import date

import pytest

from app.extensions import db
from app.models import Import, Person
from tests.lists import HEADS, address, csv_text, person, press, send_list, take, xlsx
from tests.services.samples import pdf
from tests.services.test_old_encodings import WRITERS

ROWS = (
    person("Nguyễn Thị Đào", unit="Ấp 1"),
    person("Trần Văn Bưởi", "01/9/2004", sex="Nam", unit="Ấp 2"),
    person("Huỳnh Ngữ Kỳ", "2003", sex="Nam"),
)
SHOWN = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "windows-1258": "Windows-1258",
    "tcvn3": "TCVN3",
    "vni": "VNI",
}


def names():
    db.session.expire_all()
    query = db.session.query(Person).filter(Person.birth_date < date(2006, 1, 1))
    return [each.name for each in query.order_by(Person.id)]


@pytest.fixture
def commune(world):
    world.units["ap_a1"].name = "Chi đoàn Ấp 1"
    world.units["ap_a2"].name = "Chi đoàn Ấp 2"
    db.session.commit()
    return world.units["xa_a"].id


@pytest.mark.parametrize("encoding", SHOWN)
def test_a54_the_encoding_of_a_text_is_found_out_and_shown(commune, sign_in, encoding):
    browser = sign_in("xa_a")
    content = WRITERS[encoding](csv_text(*ROWS, delimiter=";"))
    page = send_list(browser, commune, content, "ds.csv")
    assert f"bảng mã {SHOWN[encoding]}" in page.words()
    assert "Nguyễn Thị Đào" in page.words()
    take(browser, page)
    assert names() == [row[1] for row in ROWS]


def test_a_byte_order_mark_is_no_letter_of_the_first_column(commune, sign_in):
    browser = sign_in("xa_a")
    text = "\ufeff" + csv_text(["Lê An", "2005"], heads=("Họ tên", "Năm sinh"))
    take(browser, send_list(browser, commune, text.encode(), "ds.csv"))
    assert names() == ["Lê An"]


def test_an_encoding_is_corrected_by_hand(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, csv_text(*ROWS).encode(), "ds.csv")
    page = press(browser, page, "reading", encoding="vni")
    assert "bảng mã VNI" in page.words()
    page = press(browser, page, "reading", encoding="utf-8")
    take(browser, page)
    assert names() == [row[1] for row in ROWS]


def test_columns_that_nobody_knows_are_chosen_by_hand(commune, sign_in):
    browser = sign_in("xa_a")
    heads = ("Thành phần", "Mốc")
    page = send_list(browser, commune, xlsx(["Nguyễn Thị Đào", "2005"], heads=heads))
    assert "Chưa nhận ra cột họ tên và cột ngày sinh" in page.words()
    lacking = press(browser, page, "reading", column_0="name")
    assert lacking.status == 422
    assert "Chọn cột họ tên và cột ngày sinh." in lacking.words()
    twice = press(browser, lacking, "reading", column_0="name", column_1="name")
    assert "Mục này đã được chọn cho một cột khác." in twice.words()
    page = press(browser, twice, "reading", column_0="name", column_1="birth_date")
    take(browser, page)
    assert names() == ["Nguyễn Thị Đào"]


def test_a_column_taken_for_the_wrong_field_is_corrected_by_hand(commune, sign_in):
    browser = sign_in("xa_a")
    heads = ("Họ tên", "Năm sinh", "Dân tộc", "Quê quán")
    page = send_list(browser, commune, xlsx(["Lê An", "2005", "Tân Quới", "Kinh"], heads=heads))
    page = press(browser, page, "reading", column_2="home_place", column_3="ethnicity")
    take(browser, page)
    made = db.session.query(Person).filter_by(name="Lê An").one()
    assert (made.home_place, made.ethnicity) == ("Tân Quới", "Kinh")


def test_a_list_without_a_header_is_read_from_its_first_row(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(["Lê An", "2005"], ["Lê Ba", "2004"], heads=()))
    page = press(browser, page, "reading", header_row="0", column_0=None, column_1=None)
    page = press(browser, page, "reading", column_0="name", column_1="birth_date")
    take(browser, page)
    assert names() == ["Lê An", "Lê Ba"]


def test_another_header_finds_its_columns_by_name(commune, sign_in):
    browser = sign_in("xa_a")
    rows = (["Tên", "Nam"], ["Họ và tên", "Ngày sinh"], ["Lê An", "2005"])
    page = send_list(browser, commune, xlsx(*rows, heads=()))
    page = press(browser, page, "reading", header_row="2")
    take(browser, page)
    assert names() == ["Lê An"]


@pytest.mark.parametrize("header_row", ["", "x", "-1", "1.5", "9999999"])
def test_a_header_that_cannot_be_is_refused_and_what_was_chosen_stays(commune, sign_in, header_row):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(*ROWS))
    wrong = press(browser, page, "reading", header_row=header_row, column_5="email")
    assert wrong.status == 422
    assert wrong.form(f"{address(page)}/reading")["column_5"] == ["email"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(), "không phải là bảng Excel (.xlsx) hay CSV"),
        (b"", "không có dòng nào"),
        (xlsx(*ROWS)[:300], "bị hỏng"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "kiểu cũ (.xls) hoặc có mật khẩu"),
        (b"a,b\r\n" * 30_000, "hơn 25000 dòng"),
        (b"x" * (20 * 1024 * 1024 + 1), "lớn hơn 20 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(commune, sign_in, content, said):
    file = (io.BytesIO(content), "ds.xlsx")
    page = sign_in("xa_a").send("/imports/new", unit_id=str(commune), file=file)
    assert page.status == 422
    assert said in page.words()
    assert page.form()["unit_id"] == [str(commune)]
    assert db.session.query(Import).count() == 0


def test_no_file_at_all_is_refused(commune, sign_in):
    page = sign_in("xa_a").send("/imports/new", unit_id=str(commune))
    assert page.status == 422
    assert "Chọn một tệp Excel (.xlsx) hoặc CSV." in page.words()


def test_the_unit_asked_for_is_chosen_already(world, commune, sign_in):  # noqa: ARG001
    page = sign_in("xa_a").get(f"/imports/new?unit={world.units['ap_a2'].id}")
    assert page.form()["unit_id"] == [str(world.units["ap_a2"].id)]


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+84 Trần", "<script>alert(1)</script>", "Lê 🌾 \u202eAn"]
)
def test_a_strange_name_is_taken_as_text(commune, sign_in, name):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, csv_text(person(name)).encode(), "ds.csv")
    assert not page.all("script")
    assert take(browser, page).status == 200


def test_every_cell_of_a_wide_list_of_one_row_may_be_empty(commune, sign_in):
    browser = sign_in("xa_a")
    rows = (["", "Lê An", "2005"], [""] * len(HEADS), [], ["", "Lê Ba", "2004", *[""] * 200])
    page = send_list(browser, commune, xlsx(*rows))
    take(browser, page)
    assert names() == ["Lê An", "Lê Ba"]
