"""Recording a meeting through the front door: its day, roll, minutes and votes."""

from datetime import timedelta
from re import search

import pytest

from app.extensions import db
from app.models import Event, Meeting, MeetingVote
from tests.clock import TODAY
from tests.factories import MemberFactory
from tests.journeys import HELD
from tests.web.minutes import COUNTS, MINUTES, address, counts, hold, present, rows, verdicts


def test_a23_secretary_records_a_meeting_and_sees_each_verdict_with_rule_and_numbers(
    journey, sign_in, world
):
    passed, failed = (journey(name=name).to("branch_vote") for name in ("Lê Thị Mới", "Võ An"))
    page = hold(sign_in("ap_a1"), world, {passed.ref: (8, 1, 0, 0), failed.ref: (4, 4, 0, 1)})
    assert (page.status, page.path.rsplit("/", 1)[0]) == (200, "/meetings")
    assert verdicts(page) == ["failed", "passed"]
    words = page.words()
    assert "8 phiếu tán thành trong 9 người có mặt; cần ít nhất 5." in words
    assert "4 phiếu tán thành trong 9 người có mặt; cần ít nhất 5." in words
    assert (
        "Quá nửa số người có mặt tán thành (Hướng dẫn 20-HD/TWĐTN-BTC (2023), điểm 1.3d)" in words
    )
    assert all(text in words for text in MINUTES.values())
    assert (passed.dossier.state, failed.dossier.state) == ("ready", "education")


def test_a23_roll_is_shown_by_name_with_who_was_absent(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (7, 0, 0, 0)}, number=7)
    assert "Được dự 9 người, có mặt 7" in page.words()
    shown = {name: len(page.all("td", data_presence=name)) for name in ("present", "absent")}
    assert shown == {"present": 7, "absent": 2}


def test_a23_meeting_sent_twice_is_recorded_once_and_answers_with_the_same_page(
    journey, sign_in, world
):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    fields = browser.get(address(world)).form()
    fields |= {**MINUTES, "present": present(world), **counts(way.ref, 9, 0, 0, 0)}
    first, second = browser.post(address(world), fields), browser.post(address(world), fields)
    assert (first.path, second.status) == (second.path, 200)
    assert (rows(Meeting), rows(MeetingVote)) == (1, 1)


def test_meeting_form_asks_for_the_day_first_and_lists_the_members_of_that_day(
    journey, sign_in, world
):
    journey().to("branch_vote")
    MemberFactory(unit=world.units["ap_a1"], name="Mai Vào Sau", joined_on=TODAY)
    db.session.commit()
    browser = sign_in("ap_a1")
    first = browser.get(f"/meetings/new?unit={world.units['ap_a1'].id}")
    assert [field.get("value") for field in first.all("input", name="on")] == [f"{HELD:%d/%m/%Y}"]
    assert "Mai Vào Sau" not in browser.get(address(world)).words()
    later = browser.send(address(world), held_on=f"{TODAY:%d/%m/%Y}", relist="1", place="Trường")
    assert "Mai Vào Sau" in later.words()
    assert len(later.form()["entitled"]) == 10
    assert later.form()["place"] == ["Trường"]


def test_meeting_recorded_for_another_day_than_its_roll_is_shown_again(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    MemberFactory(unit=world.units["ap_a1"], name="Mai Vào Sau", joined_on=TODAY)
    db.session.commit()
    page = hold(browser, world, {way.ref: (9, 0, 0, 0)}, held_on=f"{TODAY:%d/%m/%Y}")
    assert page.status == 422
    assert f"lập lại theo ngày {TODAY:%d/%m/%Y}" in page.words()
    assert len(page.form()["present"]) == 9
    again = browser.post(address(world), page.form())
    assert "Được dự 10 người, có mặt 9" in again.words()


def test_day_mistyped_keeps_every_tick(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    for typed in ("31/02/2026", "12/03/208", f"{TODAY + timedelta(days=9):%d/%m/%Y}", "2/1/2001"):
        page = hold(browser, world, {way.ref: (9, 0, 0, 0)}, number=8, held_on=typed)
        assert page.status == 422
        page = browser.post(address(world), page.form() | {"held_on": f"{HELD:%d/%m/%Y}"})
        assert len(page.form()["present"]) == 8
        assert len(page.form()["entitled"]) == 9
    assert rows(Meeting) == 0


def test_everybody_present_takes_one_press(journey, sign_in, world):
    journey().to("branch_vote")
    page = sign_in("ap_a1").send(address(world), everyone="1", chair="Chủ")
    assert page.status == 200
    assert page.form()["present"] == page.form()["entitled"]
    assert page.form()["chair"] == ["Chủ"]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((-1, 5, 5, 0), "Số -1 nhỏ hơn 0."),
        (("7,5", 1, 0, 0), "“7,5” không phải là số nguyên."),
        (("bảy", 1, 0, 0), "“bảy” không phải là số nguyên."),
        ((10, 0, 0, 0), "10 phiếu tán thành, nhiều hơn 9 người có mặt."),
        ((5, 2, 0, 1), "Cộng các loại phiếu được 8, nhưng có mặt 9 người."),
        ((5, 2, 2, 1), "Cộng các loại phiếu được 10, nhưng có mặt 9 người."),
        (("", 2, 2, 1), "Ghi số phiếu tán thành."),
    ],
)
def test_a24_counts_that_disagree_are_refused_naming_both_numbers(journey, sign_in, numbers, told):
    way = journey().to("branch_vote")
    before = rows(Event)
    page = hold(sign_in("ap_a1"), way.world, {way.ref: numbers}, notes="Ý kiến của chi đoàn")
    assert page.status == 422
    assert told in page.words()
    kept = page.form()
    assert [kept[f"{name}_{way.ref}"] for name in COUNTS] == [[str(n)] for n in numbers]
    assert len(kept["present"]) == 9
    assert kept["notes"] == ["Ý kiến của chi đoàn"]
    assert (rows(Event), rows(Meeting), rows(MeetingVote)) == (before, 0, 0)


def test_a24_every_mistake_is_told_at_once_with_a_link_to_its_field(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (5, 2, 0, 1)}, place=" ", chair="")
    links = [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("#")]
    assert {"#place", "#chair", f"#in_favour_{way.ref}"} <= set(links)
    assert all(
        page.all(tag, id=link[1:]) for tag, link in zip(["input"] * 3, links[-3:], strict=True)
    )


@pytest.mark.parametrize(("present_now", "needed"), [(9, 5), (8, 5), (7, 4)])
def test_a25_half_of_those_present_is_not_enough_and_one_more_is(
    journey, sign_in, present_now, needed
):
    browser = sign_in("ap_a1")
    for in_favour, verdict in ((needed - 1, "failed"), (needed, "passed")):
        way = journey(name=f"Người {in_favour}").to("branch_vote")
        votes = {way.ref: (in_favour, present_now - in_favour, 0, 0)}
        page = hold(browser, way.world, votes, number=present_now)
        assert verdicts(page) == [verdict]
        assert f"cần ít nhất {needed}." in page.words()


def test_a25_with_nobody_present_no_result_is_stored(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (0, 0, 0, 0)}, present=None)
    assert page.status == 422
    assert "Có mặt 0 người; phải có ít nhất 1 người." in page.words()
    assert rows(Meeting) == 0


def test_somebody_present_who_was_not_entitled_is_named(journey, sign_in, world):
    way = journey().to("branch_vote")
    stranger = world.members["ap_a1"][0]
    entitled = present(world)[1:]
    page = hold(sign_in("ap_a1"), world, {way.ref: (9, 0, 0, 0)}, entitled=entitled)
    assert page.status == 422
    assert f"Có mặt nhưng không được dự: {stranger.name}." in page.words()


def test_meeting_is_saved_unfinished_and_continued(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    page = hold(browser, world, {way.ref: (6, 0, 0, 0)}, number=6, later="1", place="")
    assert page.path == "/"
    place = f"/meetings/new?unit={world.units['ap_a1'].id}"
    assert page.all("a", href=place)
    again = browser.get(place)
    assert len(again.form()["present"]) == 6
    assert again.form()["chair"] == [MINUTES["chair"]]
    done = browser.send(place, place=MINUTES["place"])
    assert "có mặt 6" in done.words()
    assert not browser.get("/").all("a", href=place)


def test_list_shows_meetings_with_results_and_who_waits(journey, sign_in, world):
    way, waits = journey().to("branch_vote"), journey(name="Võ Chờ").to("branch_vote")
    browser = sign_in("ap_a1")
    path = hold(browser, world, {way.ref: (9, 0, 0, 0)}, **{f"chosen_{waits.ref}": None}).path
    page = browser.get("/meetings")
    assert page.all("a", href=path)
    assert "Lê Thị Mới: Đạt" in page.words()
    assert page.all("a", href=f"/dossiers/{waits.ref}")
    assert page.all("a", href=f"/meetings/new?unit={world.units['ap_a1'].id}")
    assert sign_in("huyen").get("/meetings").all("a", href=path)
    assert not sign_in("ap_a2").get("/meetings").all("a", href=path)


def test_list_of_meetings_goes_on_from_page_to_page(journey, sign_in):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    for _again in range(26):
        way.vote(in_favour=4, against=5)
        way.take("call_to_vote", "ap_a1", meeting_on=HELD)
    seen = []
    page = browser.get("/meetings")
    for _page in range(2):
        seen += [link.get("href") for link in page.all("a") if is_meeting(link.get("href"))]
        more = page.all("a", rel="next")
        page = browser.get(more[0].get("href")) if more else page
    assert len(seen) == len(set(seen)) == 26
    assert browser.get("/meetings?after=hôm qua~1").status == 200


def test_a15_meeting_of_another_unit_does_not_exist(journey, sign_in, world):
    way = journey().to("ready")
    number = db.session.query(Meeting).one().id
    for who, status in {"xa_a": 200, "huyen": 200, "ap_a2": 404, "xa_b": 404, "co_so": 404}.items():
        assert sign_in(who).get(f"/meetings/{number}").status == status
    assert sign_in("ap_b1").get(f"/meetings/{number}/votes/{way.ref}/correct").status == 404
    assert sign_in("ap_b1").get(address(world)).status == 404
    assert sign_in("xa_a").get(address(world)).status == 403
    assert sign_in("xa_a").get(f"/meetings/{number}/votes/{way.ref}/correct").status == 403
    assert sign_in("ap_a1").get("/meetings/new?unit=x").status == 404
    assert sign_in("ap_a1").get("/meetings/99999999999").status == 404


def is_meeting(path):
    return bool(search(r"^/meetings/\d+$", path or ""))
