"""Lists as files: what is shown and filtered, by given name, harmless in a spreadsheet."""

import csv
import io
from datetime import date, datetime
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from app.extensions import db
from app.models import Event, Standing
from app.vietnamese import sort_key
from tests.clock import NOW, TODAY
from tests.factories import MemberFactory, PersonFactory
from workflows.dues import month_of, months_before
from workflows.membership import Holding, PersonStatus, Sex

FORMULAS = ('=HYPERLINK("x")', "+84 Nguyễn", "-Trần", "@Lê", "=1+1")


def download(browser, path, **asked):
    with browser.client.application.app_context():
        answer = browser.client.get(f"{path}?{urlencode(asked)}")
    content = answer.get_data()
    answer.close()
    return answer, content


def as_csv(browser, path="/people/export", **asked):
    answer, content = download(browser, path, format="csv", **asked)
    assert answer.status_code == 200
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_xlsx(browser, path="/people/export", **asked):
    answer, content = download(browser, path, format="xlsx", **asked)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f"-{TODAY.isoformat()}.xlsx")
    return list(load_workbook(io.BytesIO(content)).active.iter_rows())


def exports():
    db.session.expire_all()
    return [event for event in db.session.query(Event).order_by(Event.id) if event.step == "export"]


@pytest.fixture
def roster(world):
    for name in ("Nguyễn Thị Đào", "Lê Văn An", "Trần Thị Ánh", "Huỳnh Ngữ Ký"):
        MemberFactory(
            name=name, unit=world.units["ap_a1"], birth_date=date(2005, 3, 26), sex=Sex.FEMALE
        )
    db.session.commit()
    return world


def test_a53_the_list_of_people_opens_with_right_letters_sorted_by_given_name(roster, sign_in):  # noqa: ARG001
    for rows in (
        as_csv(sign_in("ap_a1"), status="member"),
        [[cell.value for cell in row] for row in as_xlsx(sign_in("ap_a1"), status="member")],
    ):
        heads, *lines = rows
        assert heads[:2] == ["Họ và tên", "Ngày sinh"]
        names = [line[0] for line in lines]
        assert names.index("Lê Văn An") < names.index("Trần Thị Ánh")
        assert names.index("Trần Thị Ánh") < names.index("Nguyễn Thị Đào")
        assert names.index("Nguyễn Thị Đào") < names.index("Huỳnh Ngữ Ký")
        assert len(names) == 13


@pytest.mark.parametrize("name", FORMULAS)
def test_a53_a_name_that_begins_like_a_formula_is_shown_as_text(world, sign_in, name):
    PersonFactory(name=name, unit=world.units["ap_a1"])
    db.session.commit()
    lines = as_csv(sign_in("ap_a1"), status="candidate")
    assert [line[0] for line in lines[1:]] == [f"'{name}"]
    rows = as_xlsx(sign_in("ap_a1"), status="candidate")
    assert [(row[0].value, row[0].data_type) for row in rows[1:]] == [(name, "s")]


def test_a53_queue_and_overview_are_exported_as_they_are_filtered(journey, sign_in):
    first = journey(name="Lê Thị Mới").to("commune_review")
    second = journey("ap_a2", "Trần Văn Bưởi").to("commune_review")
    journey("ap_b1", "Võ Thị Xa").to("commune_review")
    queue = as_csv(sign_in("xa_a"), "/queue/export")
    assert [line[:2] for line in queue[1:]] == [
        ["Trần Văn Bưởi", second.ref],
        ["Lê Thị Mới", first.ref],
    ]
    filtered = as_csv(sign_in("xa_a"), "/queue/export", name="moi")
    assert [line[1] for line in filtered[1:]] == [first.ref]
    overview = as_xlsx(sign_in("huyen"), "/overview/export")
    assert [row[0].value for row in overview[1:]] == ["Trần Văn Bưởi", "Lê Thị Mới", "Võ Thị Xa"]


def test_a53_days_are_days_and_a_year_alone_is_a_year(world, sign_in):
    unit = world.units["ap_a1"]
    PersonFactory(name="Lê An", unit=unit, birth_date=date(2005, 3, 26))
    PersonFactory(name="Lê Bình", unit=unit, birth_date=date(2004, 1, 1), birth_year_only=True)
    db.session.commit()
    rows = as_xlsx(sign_in("ap_a1"), status="candidate")
    assert [row[1].value for row in rows[1:]] == [datetime(2005, 3, 26), "2004"]  # noqa: DTZ001
    lines = as_csv(sign_in("ap_a1"), status="candidate")
    assert [line[1] for line in lines[1:]] == ["26/03/2005", "2004"]


def test_a_list_is_exported_as_it_is_filtered_and_no_further_than_its_reader_sees(roster, sign_in):
    commune = roster.units["xa_b"].id
    assert len(as_csv(sign_in("huyen"), unit=commune)) == 10
    assert len(as_csv(sign_in("huyen"), name="dao nguyen")) == 2
    assert len(as_csv(sign_in("ap_a2"))) == 10
    assert download(sign_in("xa_a"), "/people/export", unit=commune)[0].status_code == 404


def test_nothing_sensitive_leaves_with_a_list(world, sign_in):
    PersonFactory(
        name="Trần Kín",
        unit=world.units["ap_a1"],
        religion="Hòa Hảo",
        citizen_id="086208000123",
        phone="0909123456",
    )
    db.session.commit()
    for lines in (
        as_csv(sign_in("huyen")),
        [[str(cell.value) for cell in row] for row in as_xlsx(sign_in("huyen"))],
    ):
        words = " ".join(" ".join(line) for line in lines)
        assert "Trần Kín" in words
        assert not [text for text in ("Hòa Hảo", "086208000123", "0909123456") if text in words]


def test_every_export_is_an_event_of_the_account(roster, sign_in):
    as_csv(sign_in("ap_a1"), name="Đào")
    as_xlsx(sign_in("xa_a"), "/queue/export")
    first, second = exports()
    assert (first.subject, first.subject_id) == ("accounts", roster.accounts["ap_a1"].id)
    assert first.facts == {
        "list": "doan-vien",
        "rows": 1,
        "asked": {"format": "csv", "name": "Đào"},
    }
    assert (second.subject_id, second.facts["rows"]) == (roster.accounts["xa_a"].id, 0)


def test_a_kind_of_file_that_nobody_writes_is_not_there(world, sign_in):  # noqa: ARG001
    assert download(sign_in("ap_a1"), "/people/export", format="ods")[0].status_code == 404
    assert exports() == []


@pytest.mark.parametrize("path", ["/people/export", "/queue/export", "/overview/export"])
def test_a_visitor_takes_no_list_out(world, visitor, path):  # noqa: ARG001
    assert "Mời đăng nhập" in visitor.get(path).words()
    assert exports() == []


def test_lists_lead_to_their_export_with_what_was_asked(roster, sign_in):
    first = roster.members["ap_a1"][0]
    first.name, first.sort_key = "An", "a"
    db.session.commit()
    page = sign_in("ap_a1").get(f"/people?status=member&after={first.id}")
    links = [link.get("href") for link in page.all("a") if "export" in link.get("href", "")]
    assert links == [f"/people/export?status=member&format={kind}" for kind in ("xlsx", "csv")]


def test_control_characters_in_a_name_spoil_no_file(world, sign_in):
    PersonFactory(name="Lê\x0bAn\tBa\rNăm\n", unit=world.units["ap_a1"])
    db.session.commit()
    assert len(as_xlsx(sign_in("ap_a1"), status="candidate")) == 2
    assert len(as_csv(sign_in("ap_a1"), status="candidate")) == 2


def unit_path(world, unit, rest):
    return f"/units/{world.units[unit].id}/{rest}/export"


def test_a53_the_tree_of_units_is_a_file_too(sign_in):
    browser = sign_in("xa_a")
    assert browser.get("/units").all("a", href="/units/export?format=csv")
    heads, commune, *branches = as_csv(browser, "/units/export")
    assert heads == ["Đơn vị", "Cấp trên", "Loại hình", "Khu vực", "Đoàn viên"]
    assert commune == ["Đoàn xã Tân Quới", "", "Đoàn xã", "Nông thôn", "18"]
    assert branches[0] == [
        *("Chi đoàn ap_a1", "Đoàn xã Tân Quới", "Chi đoàn, ấp, khóm", "Nông thôn", "9"),
    ]
    assert len(branches) == 2


def test_a53_who_has_book_card_and_badge_is_a_file_by_given_name(world, sign_in):
    first, last = world.members["ap_a1"][0], world.members["ap_a2"][0]
    first.name, first.sort_key, first.book = "=Trần Văn Út", sort_key("=Trần Văn Út"), Holding.HAS
    last.name, last.sort_key = "Lê Thị Ánh", sort_key("Lê Thị Ánh")
    last.birth_date, last.birth_year_only = date(2006, 1, 1), True
    db.session.commit()
    address = unit_path(world, "xa_a", "holdings")
    assert (
        sign_in("xa_a").get(address.removesuffix("/export")).all("a", href=f"{address}?format=xlsx")
    )
    _heads, *rows = as_csv(sign_in("xa_a"), address)
    assert len(rows) == 18
    before, after = rows[-2:]
    assert before == ["Lê Thị Ánh", "2006", "Chi đoàn ap_a2", "", *["Chưa có"] * 3]
    assert (after[0], after[4]) == ("'=Trần Văn Út", "Có")


def away(world, person, status=PersonStatus.WORKING_AWAY, unit="ap_a1"):
    standing = Standing(
        district_id=person.district_id,
        person_id=person.id,
        unit_id=world.units[unit].id,
        status=status,
        from_on=TODAY,
        to_on=TODAY,
        address="KCN Sóng Thần",
        recorded_at=NOW,
    )
    db.session.add(standing)
    db.session.commit()


def test_a53_the_register_of_those_away_and_of_guests_is_a_file(world, sign_in):
    gone, guest = world.members["ap_a1"][:2]
    away(world, gone)
    away(world, guest, PersonStatus.RESIDENCE_GUEST, "ap_a2")
    address, day = unit_path(world, "xa_a", "away"), f"{TODAY:%d/%m/%Y}"
    _heads, *rows = as_csv(sign_in("xa_a"), address)
    of_gone = ["Đi làm ăn xa", "Chi đoàn ap_a1", day, day, "KCN Sóng Thần"]
    assert [row for row in rows if row[0] == gone.name] == [[gone.name, rows[0][1], *of_gone]]
    assert [row[1] for row in rows if row[0] == guest.name] == [
        *("Nơi cư trú: đến sinh hoạt tại đây", "Nơi cư trú: giới thiệu đi"),
    ]
    covered = as_csv(sign_in("huyen.canbo"), address)
    assert {row[-1] for row in covered[1:]} == {"•••"}


def test_a53_the_yearly_list_of_maturity_is_a_file(world, sign_in):
    grown = world.members["ap_a1"][0]
    grown.birth_date, grown.birth_year_only = date(TODAY.year - 31, 1, 1), True
    db.session.commit()
    address = unit_path(world, "ap_a1", "maturity")
    _heads, row = as_csv(sign_in("ap_a1"), address, year=TODAY.year)
    assert row == [grown.name, str(TODAY.year - 31), "31", "Chi đoàn ap_a1", ""]
    assert as_csv(sign_in("ap_a1"), address, year=TODAY.year - 2)[1:] == []


def test_a53_dues_are_a_file_of_members_for_a_branch_and_of_units_for_a_commune(world, sign_in):
    person = world.members["ap_a1"][0]
    last = months_before(month_of(TODAY), 1)[0]
    tick = f"{person.id}-{last:%Y-%m}"
    branch, asked = sign_in("ap_a1"), {"year": last.year}
    branch.send(
        f"{unit_path(world, 'ap_a1', 'dues').removesuffix('/export')}?year={last.year}", paid=[tick]
    )
    heads, *rows = as_csv(branch, unit_path(world, "ap_a1", "dues"), **asked)
    paid = next(row for row in rows if row[0] == person.name)
    assert dict(zip(heads, paid, strict=True))[f"{last:%m/%Y}"] == "đã đóng"
    assert len(rows) == 9
    _heads, *units = as_csv(sign_in("xa_a"), unit_path(world, "xa_a", "dues"), **asked)
    assert units[0][:5] == ["Chi đoàn ap_a1", "2000", "666", "0", "0"]
