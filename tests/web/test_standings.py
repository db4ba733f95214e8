"""Changes of standing through the front door: the person's page, the register, the yearly list."""

from datetime import date, timedelta

import pytest

from app.extensions import db
from app.models import Event, Meeting, Person, Standing
from tests.clock import TODAY
from tests.factories import MemberFactory
from tests.journeys import HELD
from tests.web.minutes import address as meeting_address
from tests.web.minutes import hold, present
from workflows.labels.standing import CHANGES
from workflows.levels import Seat
from workflows.membership import PersonStatus
from workflows.standing import CHANGES as ALL
from workflows.standing_facts import Kind

DAY = timedelta(days=1)
BRANCH_KINDS = {"work_away", "defer", "be_guest", "delete", "die"}


def day(value):
    return f"{value:%d/%m/%Y}"


def address(person, kind):
    return f"/people/{person.id}/standing/{kind}"


def offered(page):
    """The changes that the page of a person offers."""
    links = [link.get("href") or "" for link in page.all("a")]
    return {link.rpartition("/")[2] for link in links if "/standing/" in link}


def again(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def away(browser, person, **changed):
    fields = {"until": day(TODAY + 60 * DAY), "address": "Dĩ An, Bình Dương", **changed}
    return browser.send(address(person, "work_away"), **fields)


@pytest.fixture
def person(world):
    return world.members["ap_a1"][0]


def test_page_of_a_person_offers_what_can_be_done_now_by_who_looks(world, person, sign_in):
    assert offered(sign_in("ap_a1").get(f"/people/{person.id}")) == BRANCH_KINDS
    assert offered(sign_in("xa_a").get(f"/people/{person.id}")) == {"resign", "suspend"}
    assert offered(sign_in("huyen").get(f"/people/{person.id}")) == set()
    away(sign_in("ap_a1"), person)
    assert offered(sign_in("ap_a1").get(f"/people/{person.id}")) == {
        *("return", "be_guest", "delete", "die")
    }
    old = MemberFactory(unit=world.units["ap_a1"], birth_date=date(TODAY.year - 32, 1, 1))
    db.session.commit()
    assert offered(sign_in("ap_a1").get(f"/people/{old.id}")) == {
        *BRANCH_KINDS,
        *("stay_on", "mature"),
    }


@pytest.mark.parametrize("kind", Kind)
def test_every_change_shows_its_rule_with_the_clause(person, sign_in, kind):
    by_commune = ALL[kind].seat is Seat.GRASSROOTS
    page = sign_in("xa_a" if by_commune else "ap_a1").get(address(person, kind))
    assert page.status == 200
    assert CHANGES[kind] in page.words()
    cited = ("(Hướng dẫn 20-HD/TWĐTN-BTC (2023)", "mục II.5)", "(Quy định của địa phương")
    assert any(text in page.words() for text in cited)


def test_secretary_records_a_trip_and_the_register_shows_it_with_the_address(person, sign_in):
    browser = sign_in("ap_a1")
    page = away(browser, person)
    assert (page.status, page.path) == (200, f"/people/{person.id}")
    assert f"Ghi đi làm ăn xa: đã ghi cho {person.name}." in page.words()
    register = browser.get(f"/units/{person.unit_id}/away")
    assert f"{person.name} Đi làm ăn xa {day(TODAY)} {day(TODAY + 60 * DAY)}" in register.words()
    assert "Dĩ An, Bình Dương" in register.words()
    assert "Dĩ An, Bình Dương" in sign_in("xa_a").get(f"/units/{person.unit_id}/away").words()
    hidden = sign_in("huyen.canbo").get(f"/units/{person.unit_id}/away")
    assert "Dĩ An" not in hidden.text
    assert "•••" in hidden.words()


def test_register_names_who_is_back_late_and_nobody_whose_deferral_is_over(world, sign_in):
    unit = world.units["ap_a1"]
    stretch = {"unit_id": unit.id, "district_id": unit.district_id, "recorded_at": db.func.now()}
    for person, status in zip(world.members["ap_a1"], ("working_away", "deferred"), strict=False):
        days = {"from_on": TODAY - 400 * DAY, "to_on": TODAY - 3 * DAY}
        person.status = PersonStatus(status)
        db.session.add(Standing(person_id=person.id, status=person.status, **days, **stretch))
    db.session.commit()
    page = sign_in("ap_a1").get(f"/units/{unit.id}/away")
    assert len([row for row in page.all("tr") if row.get("data-late") is not None]) == 1
    assert "Trễ 3 ngày" in page.words()
    assert "(quá một năm)" in page.words()
    late, over = world.members["ap_a1"][:2]
    assert (late.name in page.words(), over.name in page.words()) == (True, False)


def test_whose_deferral_is_over_is_a_member_on_every_page(world, person, sign_in):
    unit = world.units["ap_a1"]
    stretch = {"from_on": TODAY - 90 * DAY, "to_on": TODAY - DAY, "recorded_at": db.func.now()}
    place = {"unit_id": unit.id, "district_id": unit.district_id, "person_id": person.id}
    person.status = PersonStatus.DEFERRED
    db.session.add(Standing(status=person.status, **place, **stretch))
    db.session.commit()
    browser = sign_in("ap_a1")
    assert person.name in browser.get("/people?status=member").words()
    assert person.name not in browser.get("/people?status=deferred").words()
    assert "Hoãn sinh hoạt" not in browser.get(f"/units/{unit.id}").words()
    page = browser.get(f"/people/{person.id}")
    assert "".join(page.all("p", **{"class": "lead"})[0].itertext()).startswith("Đoàn viên,")
    assert offered(page) == BRANCH_KINDS


def test_commune_suspends_prolongs_and_lifts_from_the_page_of_the_person(person, sign_in):
    browser = sign_in("xa_a")
    said = {"on": day(TODAY), "until": day(TODAY + 60 * DAY), "reason": "Chờ kết luận kiểm tra"}
    wrong = browser.send(address(person, "suspend"), **said | {"until": day(TODAY + 99 * DAY)})
    assert wrong.status == 422
    [error] = wrong.all("div", id="until-error")
    assert "mỗi lần không quá 3 tháng" in "".join(error.itertext())
    assert "điểm 23.2b" in "".join(error.itertext())
    page = browser.send(address(person, "suspend"), **said)
    assert (page.status, "Bị đình chỉ" in page.words()) == (200, True)
    assert "Chờ kết luận kiểm tra" in page.words()
    assert offered(page) == {"suspend_longer", "lift"}
    longer = {"on": day(TODAY), "until": day(TODAY + 120 * DAY), "reason": "Chưa xong"}
    page = browser.send(address(person, "suspend_longer"), **longer)
    assert (page.status, offered(page)) == (200, {"lift"})
    register = sign_in("ap_a1").get(f"/units/{person.unit_id}/away").words()
    assert f"{person.name} Bị đình chỉ {day(TODAY)} {day(TODAY + 60 * DAY)}" in register
    assert f"Bị đình chỉ {day(TODAY + 61 * DAY)} {day(TODAY + 120 * DAY)}" in register
    page = browser.send(address(person, "lift"), on=day(TODAY), reason="Không vi phạm")
    assert (page.status, offered(page)) == (200, {"resign", "suspend"})
    assert again(person).status is PersonStatus.MEMBER


def test_form_keeps_what_was_typed_and_says_beside_each_field_what_is_wrong(person, sign_in):
    browser, before = sign_in("ap_a1"), db.session.query(Event).count()
    page = away(browser, person, until=day(TODAY - DAY), address=" ", reason="Phụ hồ")
    assert page.status == 422
    assert "Ghi địa chỉ nơi đến." in page.words()
    page = away(browser, person, until=day(TODAY - DAY), reason="Phụ hồ")
    [error] = page.all("div", id="until-error")
    assert f"Ghi ngày dự kiến trở lại, từ {day(TODAY)} trở đi." in "".join(error.itertext())
    assert "điểm 3.3f" in "".join(error.itertext())
    assert page.form()["reason"] == ["Phụ hồ"]
    assert db.session.query(Event).count() == before


def test_deferral_over_a_year_is_refused_with_the_last_day(person, sign_in):
    fields = {"until": day(TODAY + 400 * DAY), "reason": "Nuôi con nhỏ"}
    page = sign_in("ap_a1").send(address(person, "defer"), **fields)
    assert page.status == 422
    assert "mỗi lần không quá một năm" in page.words()
    assert "Quy định của địa phương: hoãn sinh hoạt" in page.words()


def test_closed_change_says_why_and_is_refused_when_sent_by_hand(person, sign_in):
    browser = sign_in("ap_a1")
    page = browser.get(address(person, "return"))
    assert "Người này không đang vắng hoặc hoãn, nên không có gì để ghi trở lại." in page.words()
    assert browser.send(address(person, "return")).status == 422
    assert browser.get(address(person, "promote")).status == 404


def test_two_who_change_the_same_person_do_not_overwrite_each_other(person, world, sign_in):
    first, second = sign_in("ap_a1"), sign_in("ap_a1.pho")
    fields = second.get(address(person, "die")).form()
    away(first, person)
    page = second.post(address(person, "die"), fields | {"on": day(TODAY)})
    assert page.status == 409
    assert world.accounts["ap_a1"].name in page.words()
    assert again(person).status is PersonStatus.WORKING_AWAY
    assert second.post(address(person, "die"), page.form()).status == 200
    assert again(person).status is PersonStatus.DECEASED


VOTE = {"entitled": "9", "present": "8", "in_favour": "5", "against": "3"}


def test_branch_deletes_by_its_vote_and_the_stay_ends(person, sign_in):
    browser = sign_in("ap_a1")
    form = browser.get(address(person, "delete"))
    assert "trong 12 tháng qua còn thiếu 12 tháng" in form.words()
    assert form.form()["entitled"] == ["9"]
    days = {"on": day(TODAY - DAY), "contacted_on": day(TODAY - 9 * DAY)}
    tie = browser.send(
        address(person, "delete"), **days, **VOTE | {"in_favour": "4", "against": "4"}
    )
    assert tie.status == 422
    assert "4 phiếu tán thành, cần ít nhất 5 trong 8 người có mặt" in tie.words()
    page = browser.send(address(person, "delete"), **days, **VOTE, reason="Không liên lạc được")
    assert page.status == 200
    assert f"đến {day(TODAY - 2 * DAY)}".replace("đến ", "") in page.words()
    assert "Đã xóa tên" in page.words()


def test_deletion_in_an_online_meeting_is_refused(person, sign_in):
    days = {"on": day(TODAY - DAY), "contacted_on": day(TODAY - 9 * DAY), "mode": "online"}
    page = sign_in("ap_a1").send(address(person, "delete"), **days, **VOTE)
    assert page.status == 422
    assert "Không được biểu quyết xóa tên trong cuộc họp trực tuyến" in page.words()


def test_guest_is_listed_at_both_units(world, person, sign_in):
    host = world.units["ap_b1"]
    fields = {"host_id": str(host.id), "registered_since": day(TODAY - 200 * DAY)}
    page = sign_in("ap_a1").send(address(person, "be_guest"), **fields)
    assert page.status == 200
    received = sign_in("ap_b1").get(f"/units/{host.id}/away")
    assert f"{person.name} {world.units['ap_a1'].name}" in received.words()
    assert not received.all("a", href=f"/people/{person.id}")
    sent = sign_in("ap_a1").get(f"/units/{person.unit_id}/away")
    assert f"{person.name} {host.name}" in sent.words()


def test_a15_standing_of_a_member_of_another_commune_does_not_exist(world, person, sign_in):
    unit = world.units["ap_a1"].id
    for who in ("xa_b", "ap_b1", "ap_a2", "co_so"):
        browser = sign_in(who)
        for path in (
            address(person, "work_away"),
            f"/units/{unit}/away",
            f"/units/{unit}/maturity",
        ):
            assert browser.get(path).status == 404
    assert sign_in("xa_a").get(address(person, "work_away")).status == 403
    assert sign_in("ap_a1").get("/people/99999999999/standing/die").status == 404
    assert sign_in("ap_a1").get("/units/99999999999/away").status == 404


def test_a14_nobody_is_offered_a_decision_about_themselves(world, person, sign_in):
    world.accounts["ap_a1"].person_id = person.id
    db.session.commit()
    browser = sign_in("ap_a1")
    assert offered(browser.get(f"/people/{person.id}")).isdisjoint({"defer", "delete"})
    assert browser.get(address(person, "defer")).status == 403


def test_member_away_is_marked_on_the_roll_and_ticked_by_the_secretary_when_present(
    journey, world, person, sign_in
):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    away(browser, person, on=day(HELD - DAY))
    page = browser.get(meeting_address(world))
    assert "Đi làm ăn xa: không tính vào số phải có mặt" in page.words()
    assert str(person.id) not in page.form()["entitled"]
    held = hold(browser, world, {way.ref: (8, 0, 0, 0)}, present=present(world)[1:])
    assert "Được dự 8 người, có mặt 8" in held.words()
    way = journey(name="Võ Hai").to("branch_vote")
    all_nine = {"entitled": present(world), "present": present(world)}
    held = hold(browser, world, {way.ref: (9, 0, 0, 0)}, **all_nine)
    assert "Được dự 9 người, có mặt 9" in held.words()
    assert db.session.query(Meeting).count() == 2


def test_deferred_member_is_not_on_the_roll(journey, world, person, sign_in):
    journey().to("branch_vote")
    browser = sign_in("ap_a1")
    fields = {"on": day(HELD - DAY), "until": day(TODAY), "reason": "Nuôi con nhỏ"}
    assert browser.send(address(person, "defer"), **fields).status == 200
    page = browser.get(meeting_address(world))
    assert len(page.form()["entitled"]) == 8
    assert person.name not in page.words()


@pytest.fixture
def old(world):
    """Three who are over thirty, one of them next year only."""
    years = (TODAY.year - 33, TODAY.year - 30, TODAY.year - 29)
    made = [
        MemberFactory(unit=world.units["ap_a1"], birth_date=date(year, 12, 31), name=f"Lê Văn {n}")
        for year, n in zip(years, "ABC", strict=True)
    ]
    db.session.commit()
    return made


def test_branch_records_one_ceremony_for_its_yearly_list(world, old, sign_in):
    browser, place = sign_in("ap_a1"), f"/units/{world.units['ap_a1'].id}/maturity"
    page = browser.get(place)
    assert ["Lê Văn A" in page.words(), "Lê Văn B" in page.words(), "Lê Văn C" in page.words()] == [
        *(True, True, False),
    ]
    assert "Lê Văn C" in browser.get(f"{place}?year={TODAY.year + 1}").words()
    nobody = browser.send(place, person=None, on=day(TODAY))
    assert (nobody.status, "Chọn ít nhất một đoàn viên." in nobody.words()) == (422, True)
    done = browser.send(
        place, on=day(TODAY), address="Nhà văn hóa", to=f"{place}?year={TODAY.year}"
    )
    assert "Đã ghi lễ trưởng thành cho 2 đoàn viên." in done.words()
    assert [again(person).status for person in old] == ["matured", "matured", "member"]


def test_ceremony_says_beside_a_name_why_it_cannot_be(world, old, sign_in):
    browser, place = sign_in("ap_a1"), f"/units/{world.units['ap_a1'].id}/maturity"
    page = browser.send(place, on=day(date(2022, 1, 1)), to=f"{place}?year={TODAY.year}")
    assert page.status == 422
    assert page.all("p", id=f"why-{old[0].id}")
    assert "chưa ghi cho ai" in page.words()
    fields = browser.get(place).form()
    away(browser, old[0])
    stale = browser.post(f"{place}?year={TODAY.year}", fields | {"on": day(TODAY)})
    assert stale.status == 409
    assert "Vừa có người ghi thay đổi" in stale.words()
    assert again(old[1]).status is PersonStatus.MEMBER


def test_commune_looks_at_the_yearly_list_and_leaves_the_ceremony_to_the_branch(
    world, old, sign_in
):
    page = sign_in("xa_a").get(f"/units/{world.units['xa_a'].id}/maturity?year=x")
    assert old[0].name in page.words()
    assert world.units["ap_a1"].name in page.words()
    assert not page.all("input", name="person")
    assert page.all("a", href=f"/people/{old[0].id}")
    member = f"{old[0].id}.{old[0].version}"
    unit = world.units["ap_a1"].id
    browser = sign_in("xa_a")
    token = browser.get("/").all("input", name="csrf_token")[0].get("value")
    sent = {"person": member, "on": day(TODAY), "csrf_token": token}
    assert browser.post(f"/units/{unit}/maturity", sent).status == 403


def test_staying_on_takes_the_member_off_the_list_with_the_branchs_day(world, old, sign_in):
    browser = sign_in("ap_a1")
    page = browser.send(address(old[0], "stay_on"), on=day(TODAY), reason="Muốn ở lại")
    assert page.status == 200
    listed = browser.get(f"/units/{world.units['ap_a1'].id}/maturity")
    assert old[0].name not in listed.words()
    assert again(old[0]).stays_until_35


def test_nobody_is_led_to_decide_that_they_stay_on_themselves(world, old, sign_in):
    world.accounts["ap_a1"].person_id = old[0].id
    db.session.commit()
    listed = sign_in("ap_a1").get(f"/units/{world.units['ap_a1'].id}/maturity")
    assert [bool(listed.all("a", href=address(each, "stay_on"))) for each in old[:2]] == [
        *(False, True),
    ]


def test_unit_page_leads_to_its_lists(world, sign_in):
    unit = world.units["ap_a1"].id
    page = sign_in("ap_a1").get(f"/units/{unit}")
    for name in ("away", "maturity", "dues"):
        assert page.all("a", href=f"/units/{unit}/{name}")
