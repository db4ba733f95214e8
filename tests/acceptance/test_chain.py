"""The chain works: from the branch to the commune and back, as each of them sees it."""

import re

import pytest

from app.extensions import db
from app.web.filters import moment
from tests.acceptance.desk import (
    DAY,
    badge,
    carrying,
    events,
    open_dossier,
    sections,
    standing,
    state,
    take,
    typed,
    write,
)
from tests.clock import TODAY
from tests.journeys import HELD

ROUND = ("/", "/queue", "/overview", "/password")
REF = re.compile(r"KN-\d{4}-\d{6}")


def test_a01_a_branch_opens_fills_and_submits_and_no_other_branch_sees_it(world, sign_in):
    branch, other = sign_in("ap_a1"), sign_in("ap_a2")
    opened = open_dossier(branch)
    ref = opened.path.rsplit("/", 1)[-1]
    assert (opened.status, bool(REF.fullmatch(ref)), state(opened)) == (200, True, "nomination")
    for name, values in sections(world).items():
        assert write(branch, ref, name, **values).status == 200
    take(branch, ref, "begin_education")
    called = take(branch, ref, "call_to_vote", meeting_on=typed(HELD))
    time = moment(events(ref)[-1].at)
    for said in (ref, time, "Tiếp theo: Chờ họp chi đoàn."):
        assert said in called.words()
    assert ref in carrying(branch.get("/queue"), "ref")
    assert ref not in other.get("/queue").text + other.get("/overview").text
    assert other.get(f"/dossiers/{ref}").status == 404


def test_a01_a_submitted_dossier_has_a_receipt_with_number_time_and_what_comes_next(
    journey, sign_in
):
    way = journey().to("ready")
    branch = sign_in("ap_a1")
    write(branch, way.ref, "proposal", proposed_on=typed(HELD), proposal="Đề nghị chuẩn y")
    page = take(branch, way.ref, "submit")
    last = events(way.ref)[-1]
    assert (last.step, state(page)) == ("submit", "commune_review")
    for said in (way.ref, moment(last.at), "Tiếp theo: Đoàn cơ sở xét."):
        assert said in page.words()


def test_a02_a_commune_sees_what_waits_for_her_oldest_first_with_days(journey, sign_in):
    waiting = [journey(name=name).to("commune_review") for name in ("Lê Thị Một", "Lê Thị Hai")]
    elsewhere = journey("ap_b1", "Lê Thị Ba").to("commune_review")
    at_the_branch = journey("ap_a2", "Lê Thị Tư").to("ready")
    for way, days in zip(waiting, (3, 9), strict=True):
        way.dossier.entered_desk_at -= days * DAY
        db.session.commit()
    page = sign_in("xa_a.canbo").get("/queue")
    assert carrying(page, "ref") == [waiting[1].ref, waiting[0].ref]
    words = page.words()
    assert words.index("9 ngày") < words.index("3 ngày")
    assert elsewhere.ref not in page.text
    assert at_the_branch.ref not in page.text


@pytest.mark.parametrize(("who", "number"), [("xa_a", 2), ("xa_b", 1), ("ap_a1", 1), ("huyen", 0)])
def test_a02_the_badge_is_the_length_of_the_list_on_every_page(journey, sign_in, who, number):
    for branch, place in (
        ("ap_a1", "commune_review"),
        ("ap_a2", "commune_review"),
        ("ap_b1", "commune_review"),
        ("ap_a1", "education"),
        ("ap_a1", "withdrawn"),
    ):
        way = journey(branch, f"Lê Thị {branch} {place}").to(place)
    browser = sign_in(who)
    assert len(carrying(browser.get("/queue"), "ref")) == number
    pages = [*ROUND, f"/dossiers/{way.ref}"]
    assert {path: badge(browser.get(path)) for path in pages} == dict.fromkeys(pages, number)


def test_a03_an_approval_shows_state_name_and_time_to_commune_and_branch(journey, sign_in):
    way = journey().to("commune_review")
    page = take(sign_in("xa_a"), way.ref, "approve", signed_on=typed(TODAY))
    last = events(way.ref)[-1]
    for seen in (page, sign_in("ap_a1").get(f"/dossiers/{way.ref}")):
        assert (seen.status, state(seen)) == (200, "ceremony")
        words = seen.words()
        for said in (way.world.accounts["xa_a"].name, moment(last.at), "Chuẩn y"):
            assert said in words


def test_a04_a_return_leaves_the_queue_and_opens_only_the_sections_it_names(journey, sign_in):
    way = journey().to("commune_review")
    officer, branch = sign_in("xa_a.canbo"), sign_in("ap_a1")
    reasons = {"why_study": "Thiếu bài kiểm tra", "why_application": "Đơn chưa ký"}
    take(officer, way.ref, "send_back", sections=["study", "application"], **reasons)
    assert carrying(officer.get("/queue"), "ref") == []
    page = branch.get(f"/dossiers/{way.ref}")
    assert state(page) == "returned"
    for said in reasons.values():
        assert said in page.words()
    answers = {
        name: branch.get(f"/dossiers/{way.ref}/sections/{name}") for name in sections(way.world)
    }
    assert {name for name, page in answers.items() if page.status == 200} == set(
        way.dossier.returned_sections
    )
    assert {page.status for page in answers.values()} == {200, 403}
    links = {each.get("href") for each in page.all("a")}
    assert {name for name in answers if f"/dossiers/{way.ref}/sections/{name}" in links} == {
        "study",
        "application",
    }


REASONS = {
    "send_back": ("why_study", {"sections": ["person", "study"], "why_person": "Sai ngày sinh"}),
    "refuse": ("reason", {}),
    "ask_superior": ("reason", {}),
    "withdraw": ("reason", {}),
}


@pytest.mark.parametrize("step", REASONS)
def test_a05_a_blank_reason_is_refused_and_the_ticks_stay(journey, sign_in, step):
    way = journey().to("commune_review")
    field, more = REASONS[step]
    before, browser = standing(way.ref), sign_in("ap_a1" if step == "withdraw" else "xa_a")
    for blank in ("", " ", "\r\n\t", "\u3000", "\xa0"):
        page = take(browser, way.ref, step, **more, **{field: blank})
        assert (page.status, standing(way.ref)) == (422, before)
        assert page.all("a", href=f"#{field}")
        kept = page.form()
        assert sorted(kept.get("sections", [])) == more.get("sections", [])
        assert kept.get("why_person", [""])[0] == more.get("why_person", "")


@pytest.mark.parametrize("section", ["nowhere", "decision"])
def test_a04_a_section_that_is_not_offered_is_refused(journey, sign_in, section):
    way = journey().to("commune_review")
    before = standing(way.ref)
    page = take(sign_in("xa_a"), way.ref, "send_back", sections=[section], why_study="Thiếu bài")
    assert (page.status, standing(way.ref)) == (422, before)


def test_a06_after_a_return_the_number_stays_and_the_officer_sees_before_and_after(
    journey, sign_in
):
    way = journey().to("returned")
    branch = sign_in("ap_a1")
    write(branch, way.ref, "study", self_study_result="Đạt 9/10")
    write(branch, way.ref, "application", own_words="Em xin vào Đoàn, đã ký.")
    page = take(branch, way.ref, "resubmit")
    assert (page.path, state(page)) == (f"/dossiers/{way.ref}", "commune_review")
    words = sign_in("xa_a.canbo").get(f"/dossiers/{way.ref}").words()
    for said in ("Đạt 8/10", "Đạt 9/10", "Em xin…", "đã ký", "Thiếu bài kiểm tra", "Đơn chưa ký"):
        assert said in words
    assert words.count("Kinh") <= 1


def test_a06_what_was_mended_and_put_back_is_no_change(journey, sign_in):
    way = journey().to("returned")
    branch, officer = sign_in("ap_a1"), sign_in("xa_a")
    for result in ("Đạt 9/10", "Đạt 8/10"):
        write(branch, way.ref, "study", self_study_result=result)
    assert "Đạt 9/10" not in officer.get(f"/dossiers/{way.ref}").words()
