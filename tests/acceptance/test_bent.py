"""The chain cannot be bent: no step out of place, no state set by hand, nothing twice."""

import pytest

from app.extensions import db
from app.models import Dossier
from tests.acceptance.desk import (
    by_hand,
    dossier,
    events,
    open_dossier,
    standing,
    state,
    take,
    typed,
    write,
)
from tests.clock import TODAY
from tests.journeys import PATHS
from workflows.admission import ADMISSION

DESKS = ("ap_a1", "xa_a", "huyen")
STEPS = sorted({step.name for step in ADMISSION.steps})
# Recorded by the meeting's own page, never by the address of a step.
OF_THE_MEETING = {"record_vote", "correct_vote"}


@pytest.mark.parametrize("place", ADMISSION.states)
def test_a07_a_step_the_state_does_not_have_is_refused_whoever_asks(journey, sign_in, place):
    way = at(journey, place)
    known = {step.name for step in ADMISSION.steps_from(place)} - OF_THE_MEETING
    before, count = standing(way.ref), len(events(way.ref))
    for who in DESKS:
        browser = sign_in(who)
        sent = by_hand(browser, way.ref)
        for step in {*STEPS, "to_admitted", "approved"} - known:
            path = f"/dossiers/{way.ref}/steps/{step}"
            assert (step, browser.post(path, sent).status) == (step, 409)
            assert (step, browser.get(path).status) == (step, 409)
    assert (standing(way.ref), len(events(way.ref))) == (before, count)


def at(journey, place):
    """Return a dossier in a state; one that lapsed was too long in education."""
    if place != "lapsed":
        return journey().to(place)
    way = journey().to("education")
    way.dossier.entered_desk_at = way.dossier.entered_desk_at.replace(year=TODAY.year - 2)
    db.session.commit()
    way.take("lapse", "xa_a", reason="Để quá lâu")
    return way


def test_a07_every_state_is_walked():
    assert {*PATHS, "lapsed"} == {*ADMISSION.states}


@pytest.mark.parametrize("place", ["commune_review", "ceremony", "admitted"])
def test_a07_without_a_valid_token_nothing_is_done(journey, sign_in, place):
    way = journey().to(place)
    before = standing(way.ref)
    for step in STEPS:
        for token in (None, "", "made-up"):
            sent = by_hand(sign_in("xa_a"), way.ref) | {"csrf_token": token}
            sent = {name: value for name, value in sent.items() if value is not None}
            assert sign_in("xa_a").post(f"/dossiers/{way.ref}/steps/{step}", sent).status == 400
    assert standing(way.ref) == before


def test_a08_no_form_sets_a_state_or_a_desk(journey, sign_in):
    way = journey().to("nomination")
    branch = sign_in("ap_a1")
    smuggled = {
        "state": "admitted",
        "desk_unit_id": str(way.world.units["xa_a"].id),
        "handed_up_by_id": "",
        "rule_set": "X",
        "branch_id": str(way.world.units["ap_b1"].id),
        "status": "member",
        "card_number": "860245000042",
    }
    before = {name: value for name, value in standing(way.ref).items() if name in smuggled}
    page = branch.send(f"/dossiers/{way.ref}/sections/person", **smuggled, residence="Ấp 2")
    assert (page.status, dossier(way.ref).state) == (200, "nomination")
    opened = open_dossier(branch, **smuggled, name="Lê Thị Khác")
    assert state(opened) == "nomination"
    assert {name: standing(way.ref)[name] for name in before} == before
    people = {
        row.person.status.value
        for row in db.session.query(Dossier)
        .join(Dossier.person)
        .options(db.joinedload(Dossier.person))
    }
    assert people == {"candidate"}


@pytest.mark.parametrize("step", ["to_admitted", "admitted", "state", "__init__", "trigger"])
def test_a08_no_automatic_go_to_state_exists(journey, sign_in, step):
    way = journey().to("commune_review")
    browser = sign_in("xa_a")
    page = browser.post(f"/dossiers/{way.ref}/steps/{step}", by_hand(browser, way.ref))
    assert (page.status, dossier(way.ref).state) == (409, "commune_review")


def test_a11_a_second_tap_shows_the_same_page_and_does_nothing(journey, sign_in):
    way = journey().to("commune_review")
    browser = sign_in("xa_a")
    path = f"/dossiers/{way.ref}/steps/approve"
    sent = browser.get(path).form() | {"signed_on": typed(TODAY)}
    first, second = browser.post(path, sent), browser.post(path, sent)
    assert (
        (first.status, first.path) == (second.status, second.path) == (200, f"/dossiers/{way.ref}")
    )
    assert receipt(first) == receipt(second)
    assert [each.step for each in events(way.ref)].count("approve") == 1
    assert [each.request_key for each in events(way.ref)].count(
        f"{path} {sent['request_key'][0]}"
    ) == 1


def receipt(page):
    """Return what a page says of the step that was just taken."""
    return [" ".join("".join(each.itertext()).split()) for each in page.all("div", role="status")]


@pytest.mark.usefixtures("world")
def test_a11_opening_twice_with_one_key_opens_one_dossier(sign_in):
    browser = sign_in("ap_a1")
    path = "/dossiers/new/admission"
    sent = browser.get(path).form() | {
        "name": "Lê Thị Mới",
        "birth_date": "26/03/2008",
        "sex": "female",
        "source": "pupil",
    }
    first, second = browser.post(path, sent), browser.post(path, sent)
    assert (first.path, receipt(first)) == (second.path, receipt(second))
    assert db.session.query(Dossier).count() == 1


def test_a10_who_comes_second_sees_who_decided_and_keeps_her_words(journey, sign_in):
    way = journey().to("commune_review")
    first, second = sign_in("xa_a"), sign_in("xa_a.pho")
    path = f"/dossiers/{way.ref}/steps/send_back"
    reason = "Đơn chưa có chữ ký <b>của</b> em & gia đình"
    sent = second.get(path).form() | {"sections": ["application"], "why_application": reason}
    take(first, way.ref, "approve", signed_on=typed(TODAY))
    page = second.post(path, sent)
    assert (page.status, dossier(way.ref).state) == (409, "ceremony")
    for said in (way.world.accounts["xa_a"].name, "Chuẩn y", reason):
        assert said in page.words() + " ".join(each.text or "" for each in page.all("textarea"))


def test_a11_a_card_number_given_twice_is_refused_with_the_number(journey, sign_in):
    journey(name="Lê Thị Trước").to("admitted")
    taken = db.session.query(Dossier).one().ref
    way = journey(name="Lê Thị Sau").to("card_issue")
    page = take(sign_in("huyen"), way.ref, "issue_card", card_number=f"V{taken}")
    assert (page.status, dossier(way.ref).state) == (422, "card_issue")
    assert page.all("a", href="#card_number")
    assert page.form()["card_number"] == [f"V{taken}"]


def test_a11_a_key_that_was_used_does_nothing_else(journey, sign_in):
    """A page kept by the browser sends its key again, with the version that stands now."""
    way = journey().to("commune_review")
    officer, branch, key = sign_in("xa_a"), sign_in("ap_a1"), "đã dùng"
    why = {"sections": ["study"], "why_study": "Thiếu"}
    take(officer, way.ref, "send_back", **why, request_key=key)
    write(branch, way.ref, "study", self_study_result="Đạt 9/10")
    take(branch, way.ref, "resubmit")
    before = standing(way.ref)
    take(officer, way.ref, "send_back", **why, request_key=key)
    assert standing(way.ref) == before
    assert take(officer, way.ref, "send_back", **why).status == 200
