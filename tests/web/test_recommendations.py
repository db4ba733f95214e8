"""Recommendations through the front door: chosen, handed over, and on to the Party cell."""

import io
from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Dossier, Event, ExemplaryList, Meeting, Paper, Person
from tests.acceptance.desk import (
    badge,
    by_hand,
    carrying,
    events,
    raw,
    standing,
    state,
    take,
    typed,
    write,
)
from tests.clock import TODAY
from tests.recommending import PROFILE, SECRET, Way, grade
from tests.services.samples import pdf
from workflows.admission_facts import Schooling
from workflows.recommendation import RECOMMENDATION

DAY = timedelta(days=1)
ACCOUNTS = (
    *("huyen", "huyen.canbo", "xa_a", "xa_a.pho", "xa_a.canbo", "xa_b", "xa_b.pho"),
    *("ap_a1", "ap_a1.pho", "ap_a2", "ap_b1", "co_so", "co_so.pho"),
)
TRUSTED = {"huyen", "xa_a", "xa_a.pho", "xa_a.canbo", "ap_a1", "ap_a1.pho"}


@pytest.fixture
def member(world):
    """A member of ap_a1 who was graded excellent this year and the one before."""
    person = db.session.get_one(Person, world.members["ap_a1"][5].id)
    person.schooling = Schooling.UPPER_SECONDARY
    for year in (TODAY.year - 1, TODAY.year):
        grade(person, year)
    return person


def test_member_goes_from_the_title_to_the_party_cell(world, sign_in, member):
    commune, second, branch = sign_in("xa_a.canbo"), sign_in("xa_a"), sign_in("ap_a1")
    page = commune.send("/recommendations/choose", chosen=str(member.id))
    assert page.path.startswith("/recommendations/lists/")
    ref = db.session.query(Dossier).one().ref
    assert (ref[:3], carrying(page, "ref")) == ("UT-", [ref])
    for part, values in (
        ("profile", PROFILE),
        ("wish", {"wish_on": typed(TODAY), "essay_on": typed(TODAY), "branch_comment": SECRET}),
        ("effort", {"union_work": "Tình nguyện", "work_results": "Giỏi"}),
    ):
        assert write(branch, ref, part, **values).path == f"/dossiers/{ref}"
    assert state(press(branch, ref, "complete_file")) == "listing"
    write(second, ref, "union_comment", union_comment=SECRET)
    page = second.send("/recommendations/hand-over", to_whom="Đảng ủy xã", chosen=ref)
    assert (page.path.startswith("/recommendations/lists/"), state_of(ref)) == (True, "with_party")
    assert state(take(second, ref, "recognise", number="15-QĐ/ĐU")) == "prospect"
    learnt = {"class_on": typed(TODAY), "class_ref": "CN 07", "party_helper": "Đồng chí Ba"}
    write(second, ref, "prospect", **learnt)
    write(branch, ref, "branch_quarter", comment=SECRET)
    assert state(press(second, ref, "ask_opinion")) == "branch_vote"
    assert state_of(meet(branch, world, ref)) == "ready"
    write(branch, ref, "proposal", proposed_on=typed(TODAY), proposal_text=SECRET)
    assert state(press(branch, ref, "submit")) == "resolution"
    numbers = {"members": "9", "present": "8", "in_favour": "6", "against": "2"}
    said = dict.fromkeys(("strengths", "weaknesses", "against_reason"), SECRET)
    page = take(second, ref, "record_resolution", **numbers, **said)
    assert (state(page), "6 (66,7 %)" in page.words()) == ("resolved", True)
    assert state(take(second, ref, "hand_to_cell", to_whom="Chi bộ Ấp 1")) == "with_cell"
    assert state(take(second, ref, "cell_accepts")) == "accepted"
    page = take(second, ref, "admit_to_party")
    assert (state(page), "None" in page.words()) == ("probation", False)


def press(browser, ref, step):
    """Press the button of a step that asks for nothing more."""
    return browser.send(f"/dossiers/{ref}", action=f"/dossiers/{ref}/steps/{step}")


def state_of(ref):
    """Return the state as the database holds it."""
    db.session.expire_all()
    return db.session.query(Dossier).filter_by(ref=ref).one().state


def meet(browser, world, ref, in_favour=8):
    """Record the branch's meeting with everybody present, and return the reference."""
    unit = world.units["ap_a1"].id
    path = f"/meetings/new?unit={unit}&on={typed(TODAY)}"
    people = [str(person.id) for person in world.members["ap_a1"]]
    counts = {f"in_favour_{ref}": str(in_favour), f"against_{ref}": str(len(people) - in_favour)}
    minutes = {"place": "Ấp 1", "chair": "Ba", "minute_taker": "Tư", "present": people}
    page = browser.send(path, **minutes, **counts, **{f"chosen_{ref}": "y"})
    assert page.path.startswith("/meetings/"), page.words()
    return ref


@pytest.mark.parametrize("place", RECOMMENDATION.states)
def test_a07_a_step_the_state_does_not_have_is_refused_whoever_asks(world, sign_in, place):
    way = Way(world).to(place)
    known = {step.name for step in RECOMMENDATION.steps_from(place) if not step.through}
    before, count = standing(way.ref), len(events(way.ref))
    for who in ("ap_a1", "xa_a", "huyen"):
        browser = sign_in(who)
        sent = by_hand(browser, way.ref)
        for step in {each.name for each in RECOMMENDATION.steps} | {"to_full_member"}:
            if step not in known:
                path = f"/dossiers/{way.ref}/steps/{step}"
                assert (step, browser.post(path, sent).status) == (step, 409)
                assert (step, browser.get(path).status) == (step, 409)
    assert (standing(way.ref), len(events(way.ref))) == (before, count)


AT_THE_BRANCH = frozenset({"chosen", "branch_vote", "ready", "returned"})
BRANCH, UNION = {"ap_a1", "ap_a1.pho"}, {"xa_a", "xa_a.pho", "xa_a.canbo"}


@pytest.mark.parametrize("place", RECOMMENDATION.states)
def test_a02_it_waits_in_the_queue_of_its_desk_and_stands_in_no_other_list(world, sign_in, place):
    way = Way(world).to(place)
    for who in ACCOUNTS:
        browser = sign_in(who)
        queue = browser.get("/queue")
        is_open = not RECOMMENDATION.states[place].is_final
        waits = is_open and who in (BRANCH if place in AT_THE_BRANCH else UNION)
        assert (who, carrying(queue, "ref"), badge(queue)) == (
            who,
            [way.ref] if waits else [],
            int(waits),
        )
        page = browser.get(f"/dossiers/{way.ref}")
        assert (who, page.status) == (who, 200 if who in TRUSTED else 404)
        if who in TRUSTED:
            assert (state(page), "None" in page.words()) == (place, False)


GENERAL = (
    *("/", "/queue", "/overview", "/people", "/units", "/meetings", "/classes", "/acts"),
    *("/queue/export?as=csv", "/overview/export?as=csv", "/people/export?as=csv"),
)
OF_THE_DOSSIER = (
    *("UT-", SECRET, "15-QĐ/ĐU", "Chi bộ Ấp 1", "vào Đảng", "đối tượng Đảng"),
    *("Chi đoàn cho ý kiến", "nghị quyết giới thiệu", "Đảng viên dự bị", "Đảng viên chính thức"),
)


@pytest.mark.parametrize("place", ["branch_vote", "resolution", "probation", "full_member"])
def test_nobody_without_the_right_reads_a_word_of_it_anywhere(world, sign_in, place):
    way = Way(world).to(place)
    people, unit = f"/people/{way.person_id}", f"/units/{world.units['ap_a1'].id}"
    meetings = [f"/meetings/{meeting.id}" for meeting in db.session.query(Meeting)]
    pages = (*GENERAL, people, unit, f"/units/{world.units['xa_a'].id}", *meetings)
    for who in set(ACCOUNTS) - TRUSTED:
        browser = sign_in(who)
        said = {path: everything(browser, path) for path in pages}
        found = {path for path, text in said.items() for word in OF_THE_DOSSIER if word in text}
        assert (who, found) == (who, set())
        assert ("/recommendations" in said["/"]) is (who != "huyen.canbo")
        for path in ("/recommendations", "/recommendations/choose"):
            mine = browser.get(path)
            assert (who, way.ref in mine.text or way.person.name in mine.text) == (who, False)


def everything(browser, path):
    """Return the bytes of an answer as text, whatever kind it is."""
    _status, _headers, data = raw(browser, path)
    return data.decode("utf-8", "replace")


@pytest.mark.parametrize("place", ["branch_vote", "resolution", "probation"])
def test_general_lists_and_files_tell_it_to_nobody(world, sign_in, place):
    way = Way(world).to(place)
    lists = ("/overview", f"/people/{way.person_id}", *GENERAL[-3:])
    for who in TRUSTED:
        browser = sign_in(who)
        assert {path for path in lists if way.ref in everything(browser, path)} == set()


def test_every_reading_is_an_event_once_a_person_and_day(world, sign_in):
    way = Way(world).to("listing")
    before = way.dossier.version
    for who in ("xa_a", "xa_a", "huyen", "ap_a1"):
        page = sign_in(who).get(f"/dossiers/{way.ref}")
    sign_in("huyen.canbo").get(f"/dossiers/{way.ref}")
    sign_in("xa_a").get(f"/dossiers/{way.ref}/steps/send_back")
    read = db.session.query(Event).filter_by(step="read_dossier").order_by(Event.id).all()
    names = [world.accounts[who].name for who in ("xa_a", "huyen", "ap_a1")]
    assert [event.actor_name for event in read] == names
    assert all(name in page.words() for name in names)
    assert way.dossier.version == before


def test_paper_is_read_by_the_trusted_alone_and_the_reading_is_kept(world, sign_in):
    way = Way(world).to("chosen")
    files = [(io.BytesIO(pdf()), "anh.pdf")]
    write(sign_in("ap_a1"), way.ref, "effort", files=files)
    paper = db.session.query(Paper).one()
    path = f"/dossiers/{way.ref}/papers/{paper.id}"
    answers = {who: raw(sign_in(who), path)[0] for who in ACCOUNTS}
    assert answers == {who: 200 if who in TRUSTED else 404 for who in ACCOUNTS}
    read = db.session.query(Event).filter_by(step="read_dossier")
    assert read.count() == len(TRUSTED)


@pytest.mark.parametrize("who", ["xa_b", "ap_b1", "ap_a2", "co_so", "huyen.canbo"])
def test_a15_what_is_another_units_is_not_there(world, sign_in, who):
    way = Way(world).to("listing")
    browser, before = sign_in(who), standing(way.ref)
    sent = by_hand(browser, way.ref)
    steps = {each.name for each in RECOMMENDATION.steps}
    parts = ("wish", "union_comment", "branch_quarter", "delay", "nonsense")
    rest = [*(f"/steps/{step}" for step in steps), *(f"/sections/{part}" for part in parts)]
    for path in (f"/dossiers/{way.ref}", *(f"/dossiers/{way.ref}{each}" for each in rest)):
        assert (path, browser.get(path).status) == (path, 404)
        if path != f"/dossiers/{way.ref}":
            assert (path, browser.post(path, sent).status) == (path, 404)
    made = db.session.query(ExemplaryList).first().id
    expected = 403 if who == "ap_b1" else 404
    assert browser.get(f"/recommendations/lists/{made}").status in {403, 404, expected}
    assert standing(way.ref) == before


def test_a15_no_list_takes_up_somebody_of_another_union(world, sign_in, member):
    way = Way(world, "ap_b1").to("listing")
    commune, before = sign_in("xa_a"), standing(way.ref)
    sent = by_hand(commune, way.ref) | {"held_on": typed(TODAY), "on": typed(TODAY), "to_whom": "Đ"}
    hand_over = "/recommendations/hand-over"
    for refs in ([way.ref], ["KN-2026-999999"], ["x\x00"]):
        assert (refs, commune.post(hand_over, sent | {"chosen": refs}).status) == (refs, 404)
    for people in ([way.person_id], [member.id, way.person_id], [10**8]):
        path = "/recommendations/choose"
        assert (people, commune.post(path, sent | {"chosen": people}).status) == (people, 404)
    theirs = world.units["xa_b"].id
    for path in (hand_over, "/recommendations/choose"):
        assert commune.get(f"{path}?unit={theirs}").status == 404
    assert standing(way.ref) == before
    assert db.session.query(Dossier).count() == 1
