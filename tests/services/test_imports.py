"""Reading lists: files of every kind, headers as branches write them, cells as people fill them."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.services.imports import tables
from app.services.imports.cells import Birth, Unreadable, read_birth, read_day
from app.services.imports.columns import Field, find_header, places_of
from app.services.imports.entries import Place, Places, Reading, read_entry
from app.services.imports.old_encodings import Encoding
from app.services.imports.tables import read_table
from app.services.imports.unfit import UnfitTable
from tests.lists import HEADS, csv_text, person, xlsx
from tests.services.samples import jpeg, pdf
from workflows.admission_facts import Schooling
from workflows.membership import Holding, PersonStatus, Sex

TODAY = date(2026, 3, 26)
PLACES = Places(
    Place(1, "Đoàn xã Tân Quới"),
    [Place(2, "Chi đoàn Ấp 1"), Place(3, "Chi đoàn Ấp 2"), Place(4, "Chi đoàn ấp 2")],
)


def reading(*columns):
    return Reading({column: place for place, column in enumerate(columns)}, PLACES, TODAY)


def entry(**cells):
    """Read a row that has these fields, and a name and birth date unless it says otherwise."""
    given = {"name": "Lê An", "birth_date": "26/3/2005"} | cells
    columns = reading(*map(Field, given))
    return read_entry(list(given.values()), columns)


def faults(**cells):
    return [(each["field"], each["code"]) for each in entry(**cells).faults]


def refused(content):
    with pytest.raises(UnfitTable) as caught:
        read_table(content)
    return caught.value.code


def repacked(content, **parts):
    """Return a spreadsheet with some of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return file.getvalue()


LIST = xlsx(person("Nguyễn Thị Đào"))
SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (xlsx(heads=()), "empty"),
        (pdf(), "unknown_kind"),
        (jpeg(), "unknown_kind"),
        (b"MZ\x90\x00\x03", "unknown_kind"),
        (b"<html><table><tr><td>x</table>", "unknown_kind"),
        ("<?xml version='1.0'?><Workbook/>".encode("utf-16"), "unknown_kind"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "old_excel"),
        (LIST[:-40], "broken"),
        (LIST[:200], "broken"),
        (repacked(LIST, **{SHEET: b"<worksheet><sheetData><row"}), "broken"),
        (repacked(LIST, **{"xl/workbook.xml": b"no xml"}), "broken"),
        (repacked(LIST, **{SHEET: bytes(50_000_000)}), "too_complex"),
        (repacked(LIST, **{"xl/styles.xml": bytes(5_000_000)}), "too_complex"),
    ],
)
def test_what_is_no_list_is_refused_for_what_it_is(content, code):
    assert refused(content) == code


def test_another_document_in_the_same_packing_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<w:document/>")
    assert refused(file.getvalue()) == "unknown_kind"


def test_entities_that_grow_are_refused():
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><worksheet><sheetData><row>'
    bomb += '<c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>'
    assert refused(repacked(LIST, **{SHEET: bomb.encode()})) == "broken"


def test_too_large_a_file_is_refused_without_being_read(monkeypatch):
    monkeypatch.setattr(tables, "MAX_BYTES", 1000)
    assert refused(b"x" * 1001) == "too_large"


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_ROWS", 10)
    rows = [person(f"Lê An {number}") for number in range(50)]
    assert refused(xlsx(*rows)) == refused(csv_text(*rows).encode()) == "too_many_rows"


def test_too_many_letters_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MAX_LETTERS", 1000)
    assert refused(csv_text(*[person("Lê An " * 9)] * 50).encode()) == "too_complex"


def test_rows_far_below_a_list_are_not_waited_for():
    book = Workbook()
    book.active.append(HEADS)
    book.active.append(person("Lê An"))
    book.active.cell(1_048_576, 2, "x")
    file = io.BytesIO()
    book.save(file)
    assert [number for number, _ in read_table(file.getvalue()).rows] == [1, 2]


@given(content=st.binary(max_size=400))
def test_any_bytes_are_a_list_or_refused(content):
    for start in (b"", b"PK\x03\x04", b"\xff\xfe"):
        try:
            table = read_table(start + content)
        except UnfitTable:
            continue
        assert table.rows


@given(place=st.integers(0, len(LIST) - 1), byte=st.integers(0, 255))
def test_a_spreadsheet_with_a_changed_byte_is_a_list_or_refused(place, byte):
    try:
        table = read_table(LIST[:place] + bytes([byte]) + LIST[place + 1 :])
    except UnfitTable:
        return
    assert table.rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("start", ["", "\ufeff", "sep={}\r\n"])
def test_the_delimiter_of_a_text_is_found(delimiter, start):
    row = person("Nguyễn Thị Đào", unit="Ấp 1, xã Tân Quới")
    text = start.format(delimiter) + csv_text(row, delimiter=delimiter)
    table = read_table(text.encode())
    assert table.rows[-1][1][:5] == row[:5]
    assert table.header.at[Field.NAME] == 1


def test_a_list_is_found_on_the_sheet_that_has_one():
    book = Workbook()
    book.active.append(["Hướng dẫn điền danh sách"])
    sheet = book.create_sheet("Chi đoàn")
    for row in (["ĐOÀN XÃ TÂN QUỚI"], [], HEADS, person("Lê An")):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    table = read_table(file.getvalue())
    assert (table.header.row, table.rows[-1][0]) == (3, 4)


def test_sheets_without_any_list_are_refused():
    book = Workbook()
    book.active.append(["Hướng dẫn"])
    book.create_sheet("Ghi chú").append(["Không có ai"])
    file = io.BytesIO()
    book.save(file)
    assert refused(file.getvalue()) == "no_list"


def test_letters_of_an_old_font_in_a_spreadsheet_are_found_out():
    heads = ("Hoï vaø teân", "Ngaøy sinh", "Chi ñoaøn")
    table = read_table(xlsx(["Nguyeãn Thò Ñaøo", "26/3/2005", "AÁp 1"], heads=heads))
    assert table.encoding is Encoding.VNI
    assert table.header.names == ["Họ và tên", "Ngày sinh", "Chi đoàn"]


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (("Họ và tên", "Ngày sinh"), {"name": 0, "birth_date": 1}),
        (("ho va ten", "NGAY SINH"), {"name": 0, "birth_date": 1}),
        (("Năm sinh", "STT", "HỌ TÊN ĐOÀN VIÊN"), {"birth_date": 0, "name": 2}),
        (
            ("Họ đệm", "Tên", "Sinh ngày (dd/mm/yyyy)"),
            {"family_names": 0, "given_name": 1, "birth_date": 2},
        ),
        (
            ("Họ và tên", "Ngày tháng năm sinh", "Ngày vào Đoàn TNCS"),
            {"name": 0, "birth_date": 1, "joined_on": 2},
        ),
        (
            ("Số thẻ đoàn viên", "Sổ đoàn viên", "Thẻ đoàn viên"),
            {"card_number": 0, "book": 1, "card": 2},
        ),
        (("Tên", "Tên khác", "Số CCCD/CMND"), {"given_name": 0, "other_names": 1, "citizen_id": 2}),
        (("Ghi chú", "Lý do", "Dòng", ""), {}),
        (("Họ tên", "Họ và tên"), {"name": 0}),
    ],
)
def test_columns_are_known_by_name_in_any_order_with_or_without_marks(heads, found):
    assert places_of(heads) == found


def test_a_header_of_two_rows_is_one():
    rows = [
        (1, ["DANH SÁCH ĐOÀN VIÊN"]),
        (2, ["TT", "Họ và tên", "Năm sinh", "", "Dân tộc"]),
        (3, ["", "", "Nam", "Nữ", ""]),
        (4, ["1", "Lê An", "", "2005", "Kinh"]),
    ]
    header = find_header(rows)
    assert header.row == 3
    assert header.at == {"name": 1, "born_male": 2, "born_female": 3, "ethnicity": 4}
    read = read_entry(rows[3][1], Reading(header.at, PLACES, TODAY))
    assert (read.values["sex"], read.birth) == (Sex.FEMALE, Birth(date(2005, 1, 1), year_only=True))


def test_a_cross_under_a_sex_beside_a_birth_date_is_the_sex():
    columns = reading(Field.NAME, Field.BIRTH_DATE, Field.BORN_MALE, Field.BORN_FEMALE)
    read = read_entry(["Lê An", "26/3/2005", "x", ""], columns)
    assert (read.values["sex"], read.birth, read.faults) == (Sex.MALE, Birth(date(2005, 3, 26)), [])


def test_a_name_in_two_columns_is_one():
    columns = reading(Field.FAMILY_NAMES, Field.GIVEN_NAME, Field.BIRTH_DATE)
    assert read_entry(["Nguyễn Thị", "Đào", "2005"], columns).name == "Nguyễn Thị Đào"
    assert read_entry(["", "", "2005"], columns).faults == [
        {"field": "given_name", "code": "no_name"}
    ]


@given(day=st.dates(date(1900, 1, 1), TODAY))
def test_days_are_read_as_people_write_them(day):
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d . %m . %Y}",
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
    ):
        assert read_day(text, TODAY) == day


@given(day=st.dates(date(1927, 1, 1), TODAY))
def test_two_digits_are_a_year_that_is_past(day):
    read = read_day(f"{day.day}-{day.month}-{day:%y}", TODAY)
    assert (read.day, read.month, read.year % 100) == (day.day, day.month, day.year % 100)
    assert TODAY.replace(year=TODAY.year - 100) <= read <= TODAY


@given(day=st.dates(date(1930, 1, 1), TODAY))
def test_the_count_of_days_of_a_spreadsheet_is_a_day(day):
    assert read_day(str((day - date(1899, 12, 30)).days), TODAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/2008", "no_such_day"),
        ("3/26/2008", "no_such_day"),
        ("26/3/208", "no_such_day"),
        ("3/2008", "no_such_day"),
        ("hôm qua", "no_such_day"),
        ("208", "no_such_day"),
        ("1899", "no_such_year"),
        ("2027", "no_such_year"),
        ("01/01/1899", "no_such_year"),
        ((TODAY + timedelta(days=1)).strftime("%d/%m/%Y"), "day_ahead"),
    ],
)
def test_a_birth_date_that_cannot_be_says_why(text, code):
    with pytest.raises(Unreadable) as caught:
        read_birth(text, TODAY)
    assert caught.value.code == code


@given(text=st.text(max_size=20))
def test_any_text_is_a_birth_date_or_says_why_not(text):
    try:
        born = read_birth(text, TODAY)
    except Unreadable:
        return
    assert date(1900, 1, 1) <= born.on <= TODAY


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("sex", "nữ", Sex.FEMALE),
        ("sex", "NAM", Sex.MALE),
        ("status", "Đoàn viên", PersonStatus.MEMBER),
        ("status", "lam an xa", PersonStatus.WORKING_AWAY),
        ("book", "có", Holding.HAS),
        ("card", "Mất", Holding.LOST),
        ("badge", "chưa", Holding.LACKS),
        ("schooling", "12/12", Schooling.UPPER_SECONDARY),
        ("schooling", "11/12", Schooling.LOWER_SECONDARY),
        ("schooling", "09/12/2026", Schooling.LOWER_SECONDARY),
        ("schooling", "Tốt nghiệp THPT", Schooling.UPPER_SECONDARY),
        ("schooling", "Đại học", Schooling.HIGHER),
        ("phone", "909123456", "0909123456"),
        ("phone", "0909 123 456", "0909 123 456"),
        ("citizen_id", "86205000123", "086205000123"),
        ("citizen_id", "331234567", "331234567"),
        ("email", "dao@example.com", "dao@example.com"),
        ("occupation", "  Làm\n vườn ", "Làm vườn"),
        ("occupation", "'=1+1", "=1+1"),
    ],
)
def test_cells_are_read_as_the_book_keeps_them(field, text, value):
    read = entry(**{field: text})
    assert (read.values[field], read.faults) == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("name", "", "no_name"),
        ("name", "123", "no_name"),
        ("name", "A" * 201, "too_long"),
        ("name", "Ví dụ: Lê An", "example"),
        ("name", "Nguy\ufffdn", "unreadable_letters"),
        ("birth_date", "", "no_birth"),
        ("sex", "khác", "unknown_sex"),
        ("status", "Bị khai trừ", "unknown_status"),
        ("book", "?", "unknown_holding"),
        ("schooling", "giỏi", "unknown_schooling"),
        ("citizen_id", "8.6205E+10", "no_citizen_id"),
        ("email", "dao", "no_email"),
        ("unit", "Ấp 9", "unknown_unit"),
        ("unit", "Ấp 2", "unit_of_two"),
        ("joined_on", "25/3/2005", "joined_before_birth"),
        ("card_issued_on", "2021", "no_such_day"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(field, text, code):
    assert faults(**{field: text}) == [(field, code)]


def test_all_faults_of_a_row_are_told_at_once():
    assert len(faults(name="", birth_date="x", sex="x", unit="x")) == 4


def test_a_unit_is_found_by_its_name_with_or_without_its_kind():
    named = ("Chi đoàn Ấp 1", "chi doan ap 1", "ấp 1", "Đoàn xã Tân Quới")
    assert [entry(unit=name).unit_id for name in named] == [2, 2, 2, 1]


def test_a_unit_that_bears_its_communes_name_is_found_without_it_as_its_own_lists_write_it():
    below = ["Chi đoàn Ấp 1 xã Tân Quới", "Chi đoàn Ấp 2 xã Tân Quới", "Chi đoàn Ấp 2 xã Tân Bình"]
    units = [Place(number, name) for number, name in enumerate((*below, "Chi đoàn Ấp 3"), 2)]
    places = Places(Place(1, "Đoàn xã Tân Quới"), [*units, Place(6, "Chi đoàn Ấp 3 xã Tân Quới")])
    assert [places.find(name) for name in ("Chi đoàn Ấp 1", "ap 1", "Ấp 3")] == [2, 2, 5]
    with pytest.raises(Unreadable, match="unit_of_two"):
        places.find("Ấp 2")
    with pytest.raises(Unreadable, match="unknown_unit"):
        places.find("Ấp 1 xã Mỹ Thuận")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nguyễn thị  đào", "Nguyễn Thị Đào"),
        ("NGUYỄN THỊ ĐÀO", "NGUYỄN THỊ ĐÀO"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Nguye\u0302\u0303n Đào", "Nguyễn Đào"),
    ],
)
def test_a_name_keeps_its_letters_and_begins_with_capitals(typed, kept):
    assert entry(name=typed).name == kept


def test_who_has_a_number_of_a_card_has_the_card():
    assert entry(card_number="BT-1").values["card"] is Holding.HAS
    assert entry(card_number="BT-1", card="Mất").values["card"] is Holding.LOST
    assert "card" not in entry().values
