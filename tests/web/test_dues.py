"""Dues through the front door: the sheet with its ticks, what goes up, exemptions."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models import DuesExemption, DuesPayment, DuesRemittance
from tests.clock import TODAY
from workflows.dues import month_of, months_before, months_of

LAST = months_before(month_of(TODAY), 1)[0]


def place(world, unit="ap_a1", year=LAST.year, **more):
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/units/{world.units[unit].id}/dues?year={year}{asked}"


def spot(person, month=LAST):
    return f"{person.id}-{month:%Y-%m}"


def rows(model):
    db.session.expire_all()
    return db.session.query(model).count()


def day(value):
    return f"{value:%d/%m/%Y}"


def test_whole_branch_is_ticked_for_a_year_in_one_post(world, sign_in):
    browser, people = sign_in("ap_a1"), world.members["ap_a1"]
    ticks = [spot(person, month) for person in people for month in months_of(LAST.year)]
    page = browser.send(place(world), paid=ticks, earning=[str(people[0].id)])
    assert page.status == 200
    assert "Đã ghi sổ đoàn phí: 108 tháng thay đổi." in page.words()
    assert sorted(page.form()["paid"]) == sorted(ticks)
    amounts = {row.person_id: row.amount for row in db.session.query(DuesPayment)}
    assert amounts == {person.id: 5000 if person is people[0] else 2000 for person in people}
    assert "Đã thu 252.000 đ" in page.words()
    assert "Nộp lên một phần ba 84.000 đ" in page.words()
    assert "Giữ lại hai phần ba 168.000 đ" in page.words()


def test_sheet_shows_members_by_months_with_what_each_owes_and_the_source_of_the_rate(
    world, sign_in
):
    quarter = (LAST.month + 2) // 3
    page = sign_in("ap_a1").get(place(world, quarter=quarter))
    assert len(page.all("input", name="paid")) == 27
    assert "Nghị quyết 07-NQ/TWĐTN (25/11/2010)" in page.words()
    owed = len([each for each in months_of(LAST.year, quarter) if each < month_of(TODAY)])
    assert f"9 người, {9 * owed} tháng" in page.words()
    assert page.words().count(f"{owed} tháng") >= 9
    assert len(sign_in("ap_a1").get(place(world)).all("input", name="paid")) == 108


def test_who_moved_to_another_commune_stands_on_the_sheet_without_a_link(world, sign_in):
    moved, stays = world.members["ap_a1"][:2]
    moved.unit_id = world.units["ap_b1"].id
    db.session.commit()
    page = sign_in("ap_a1").get(place(world))
    assert moved.name in page.words()
    assert not page.all("a", href=f"/people/{moved.id}")
    assert page.all("a", href=f"/people/{stays.id}")


@pytest.mark.parametrize("asked", ["year=1999", "year=x&quarter=9", "year=99999", ""])
def test_period_that_makes_no_sense_means_this_quarter(world, sign_in, asked):
    page = sign_in("ap_a1").get(f"/units/{world.units['ap_a1'].id}/dues?{asked}")
    quarter = (TODAY.month + 2) // 3
    assert f"Đoàn phí quý {quarter} năm {TODAY.year}" in page.words()


def test_two_who_keep_the_sheet_at_once_do_not_undo_each_other(world, sign_in):
    first, second = world.members["ap_a1"][:2]
    one, other = sign_in("ap_a1"), sign_in("ap_a1.pho")
    fields = other.get(place(world)).form()
    one.send(place(world), paid=[spot(first)])
    page = other.post(place(world), fields | {"paid": [spot(second)]})
    assert sorted(page.form()["paid"]) == sorted([spot(first), spot(second)])
    page = one.send(place(world), paid=[spot(second)])
    assert page.form()["paid"] == [spot(second)]


def test_ticks_that_name_no_month_or_no_member_here_write_nothing(world, sign_in):
    browser, stranger = sign_in("ap_a1"), world.members["ap_a2"][0]
    junk = ["x", "1-2026-13", "1-0000-01", "-1-2026-01", "1-2026-1; DROP"]
    assert "0 tháng thay đổi" in browser.send(place(world), paid=junk).words()
    mine = spot(world.members["ap_a1"][0])
    page = browser.send(place(world), paid=[spot(stranger), mine])
    assert page.status == 409
    assert page.form()["paid"] == [mine]
    assert rows(DuesPayment) == 0


@pytest.fixture
def passed(world, sign_in):
    """What a branch wrote down as passed up: the address of its acts, and of the period."""
    branch = sign_in("ap_a1")
    branch.send(place(world), paid=[spot(person) for person in world.members["ap_a1"]])
    unit, query = world.units["ap_a1"].id, place(world).partition("?")[2]
    passing = f"/units/{unit}/dues/remittances?{query}"
    assert branch.get(place(world)).form(passing)["amount"] == ["6000"]
    page = branch.send(place(world), action=passing, month=LAST.isoformat())
    assert "chờ cấp trên xác nhận" in page.words()
    [row] = db.session.query(DuesRemittance).all()
    return f"/units/{unit}/dues/remittances/{row.id}", query


def test_commune_sees_its_branches_and_confirms_what_they_passed_up(world, passed, sign_in):
    branch, commune, (address, query) = sign_in("ap_a1"), sign_in("xa_a"), passed
    overview = commune.get(place(world, "xa_a"))
    assert f"Chi đoàn ap_a1 {LAST:%m/%Y} 6.000 đ" in overview.words()
    done = commune.send(place(world, "xa_a"), action=f"{address}/confirm?{query}")
    assert "Đã xác nhận." in done.words()
    assert "Đã thu 6.000 đ" in done.words()
    assert world.accounts["xa_a"].name in branch.get(place(world)).words()
    token = branch.get(place(world)).form()["csrf_token"]
    gone = branch.post(f"{address}/take-back?{query}", {"csrf_token": token})
    assert "không bỏ được nữa" in gone.words()


def test_remittance_written_by_mistake_is_taken_back(world, passed, sign_in):
    address, query = passed
    sign_in("ap_a1").send(place(world), action=f"{address}/take-back?{query}")
    assert rows(DuesRemittance) == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "0"}, "Ghi số tiền lớn hơn 0."),
        ({"amount": "-5"}, "Số -5 nhỏ hơn 0."),
        ({"amount": "sáu"}, "“sáu” không phải là số nguyên."),
        ({"passed_on": day(TODAY + timedelta(days=1))}, "Ngày này ở phía trước."),
        ({"passed_on": "31/02/2026"}, "Không có ngày “31/02/2026”."),
        ({"month": "2031-01-01"}, ""),
    ],
)
def test_remittance_keeps_what_was_typed_and_names_the_mistake(world, sign_in, typed, told):
    passing = f"/units/{world.units['ap_a1'].id}/dues/remittances?year={LAST.year}"
    fields = {"month": LAST.isoformat(), "amount": "6000", **typed}
    page = sign_in("ap_a1").send(place(world), action=passing, **fields)
    assert page.status == 422
    assert told in page.words()
    assert all(page.form(passing)[name] == [text] for name, text in typed.items() if told)
    assert rows(DuesRemittance) == 0


def test_commune_exempts_a_member_and_the_sheet_says_so(world, sign_in):
    person, commune = world.members["ap_a1"][0], sign_in("xa_a")
    assert commune.get(f"/people/{person.id}").all("a", href=f"/people/{person.id}/exemption")
    fields = {"from_month": LAST.isoformat(), "months": "7", "reason": "Cha bệnh nặng"}
    page = commune.send(f"/people/{person.id}/exemption", **fields)
    assert page.status == 422
    assert "ghi số tháng từ 1 đến 6" in page.words()
    assert "điểm 32.1" in page.words()
    assert page.form()["reason"] == ["Cha bệnh nặng"]
    page = commune.send(f"/people/{person.id}/exemption", **fields | {"months": "2"})
    assert "Đã ghi miễn đoàn phí 2 tháng." in page.words()
    [row] = db.session.query(DuesExemption).all()
    assert row.from_month == LAST
    sheet = sign_in("ap_a1").get(place(world))
    assert len(sheet.all("input", value=spot(person))) == 0
    assert "miễn" in sheet.words()


def test_a15_dues_of_another_unit_do_not_exist_and_are_nobody_elses_to_keep(world, sign_in):
    person, unit = world.members["ap_a1"][0], world.units["ap_a1"].id
    for who in ("xa_b", "ap_a2", "co_so"):
        assert sign_in(who).get(place(world)).status == 404
    assert sign_in("xa_b").get(f"/people/{person.id}/exemption").status == 404
    assert sign_in("ap_a1").get(f"/people/{person.id}/exemption").status == 403
    commune = sign_in("xa_a")
    page = commune.get(place(world))
    assert not page.all("input", name="paid")
    token = {"csrf_token": page.all("input", name="csrf_token")[0].get("value")}
    assert commune.post(place(world), token | {"paid": spot(person)}).status == 403
    sent = {"month": LAST.isoformat(), "amount": "5", "passed_on": day(TODAY), **token}
    assert commune.post(f"/units/{unit}/dues/remittances", sent).status == 403
    assert rows(DuesPayment) == 0


def test_year_of_a_big_branch_fits_into_a_small_page(world, sign_in):
    page = sign_in("ap_a1").get(place(world))
    assert len(page.text.encode()) < 120_000
