"""Recommendations through the front door: chosen, handed over, and on to the Party cell."""

import io
from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Appointment, Dossier, Event, ExemplaryList, Meeting, Paper, Person
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
from tests.recommending import CHOSEN, PROFILE, RECOGNISED, SECRET, Way, grade
from tests.services.samples import pdf
from workflows.admission_facts import Schooling
from workflows.levels import Post
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
    assert state(take(second, ref, "cell_accepts")) == "cell_accepted"
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


def test_list_of_exemplary_members_is_a_reading_of_each_on_it(world, sign_in):
    way = Way(world).to("listing")
    made = db.session.query(ExemplaryList).one().id
    for who in ("huyen", "huyen", "huyen.canbo", "xa_b"):
        sign_in(who).get(f"/recommendations/lists/{made}")
    read = db.session.query(Event).filter_by(step="read_dossier").all()
    assert [event.facts["dossier"] for event in read] == [way.dossier.id]
    assert [event.actor_name for event in read] == [world.accounts["huyen"].name]


@pytest.mark.parametrize(
    ("in_favour", "told"), [("5", "Được thông qua"), ("4", "Không được thông qua")]
)
def test_resolution_says_what_it_takes_and_what_came_of_it(world, sign_in, in_favour, told):
    way = Way(world).to("resolution")
    browser, path = sign_in("xa_a"), f"/dossiers/{way.ref}/steps/record_resolution"
    assert "hơn 50,0 % tổng số ủy viên" in browser.get(path).words()
    sent = {"members": "9", "present": "8", "against": "3", "against_reason": SECRET}
    sent |= {"strengths": SECRET, "weaknesses": SECRET}
    page = browser.send(path, in_favour="6", **sent)
    assert (page.status, "cộng lại 9, có mặt 8" in page.words()) == (422, True)
    words = browser.send(path, in_favour=in_favour, **sent).words()
    assert f"{told}" in words
    assert "cần ít nhất 5 trong 9 ủy viên" in words


def test_list_handed_over_to_nobody_is_not_told_as_done(world, sign_in):
    way = Way(world).to("listing")
    browser = sign_in("xa_a")
    sent = {"chosen": way.ref, f"seen_{way.ref}": str(way.dossier.version), "to_whom": "Đảng ủy"}
    page = browser.send("/recommendations/hand-over", **sent, on=typed(CHOSEN - DAY))
    assert (page.status, bool(page.all("a", href="#on"))) == (422, True)
    assert page.form()["to_whom"] == ["Đảng ủy"]
    page = browser.send("/recommendations/hand-over", **sent, on=typed(TODAY))
    assert page.path.startswith("/recommendations/lists/")
    assert ("Chưa ghi cho ai" in page.words(), "Đã ghi" in page.words()) == (True, False)


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


def test_a04_return_shows_its_reasons_and_opens_only_what_it_names(world, sign_in):
    way = Way(world).to("listing")
    officer, branch = sign_in("xa_a.canbo"), sign_in("ap_a1")
    page = take(officer, way.ref, "send_back", sections=["wish"], why_wish="Bài chưa ký")
    assert (state(page), carrying(officer.get("/queue"), "ref")) == ("returned", [])
    page = branch.get(f"/dossiers/{way.ref}")
    assert "Bài chưa ký" in page.words()
    answers = {part: branch.get(f"/dossiers/{way.ref}/sections/{part}") for part in BRANCHS}
    assert {part: page.status for part, page in answers.items()} == {
        **dict.fromkeys(BRANCHS, 403),
        "wish": 200,
    }
    assert "Bài chưa ký" in answers["wish"].words()


BRANCHS = ("profile", "wish", "effort", "proposal")


@pytest.mark.parametrize(
    ("place", "step", "field"),
    [
        ("listing", "send_back", "why_wish"),
        ("with_cell", "cell_returns", "reason"),
        ("prospect", "close_unadmitted", "reason"),
        ("chosen", "withdraw", "reason"),
    ],
)
def test_a05_blank_reason_is_refused_and_the_ticks_stay(world, sign_in, place, step, field):
    way = Way(world).to(place)
    browser, before = sign_in("ap_a1" if step == "withdraw" else "xa_a"), standing(way.ref)
    more = {"sections": ["effort", "wish"], "why_effort": "Thiếu"} if step == "send_back" else {}
    for blank in ("", " ", "\r\n\t", "\u3000"):
        page = take(browser, way.ref, step, **more, **{field: blank})
        assert (page.status, standing(way.ref)) == (422, before)
        assert page.all("a", href=f"#{field}")
        assert sorted(page.form().get("sections", [])) == more.get("sections", [])


def test_a06_officer_sees_before_and_after_of_what_was_mended(world, sign_in):
    way = Way(world).to("listing")
    take(sign_in("xa_a"), way.ref, "send_back", sections=["effort"], why_effort="Ghi rõ hơn")
    branch = sign_in("ap_a1")
    write(branch, way.ref, "effort", union_work="Tổ chức bốn đợt tình nguyện")
    page = press(branch, way.ref, "resubmit")
    assert (page.path, state(page)) == (f"/dossiers/{way.ref}", "listing")
    words = sign_in("xa_a.canbo").get(f"/dossiers/{way.ref}").words()
    for said in ("Tổ chức ba đợt tình nguyện", "Tổ chức bốn đợt tình nguyện", "Ghi rõ hơn"):
        assert said in words


def test_a10_who_comes_second_sees_who_decided_and_keeps_the_words(world, sign_in):
    way = Way(world).to("resolution")
    second, path = sign_in("xa_a.canbo"), f"/dossiers/{way.ref}/steps/send_back"
    reason = "Nhận xét chưa <b>rõ</b> & thiếu"
    sent = second.get(path).form() | {"sections": ["wish"], "why_wish": reason}
    way.resolve()
    page = second.post(path, sent)
    assert (page.status, state_of(way.ref)) == (409, "resolved")
    assert way.world.accounts["xa_a"].name in page.words()
    assert reason in page.words() + " ".join(each.text or "" for each in page.all("textarea"))


def test_a11_second_tap_shows_the_same_and_does_nothing(world, sign_in):
    way = Way(world).to("with_party")
    browser, path = sign_in("xa_a"), f"/dossiers/{way.ref}/steps/recognise"
    sent = browser.get(path).form() | {"number": "15-QĐ/ĐU"}
    first, second = browser.post(path, sent), browser.post(path, sent)
    assert (first.status, first.path) == (second.status, second.path)
    assert [each.step for each in events(way.ref)].count("recognise") == 1


def test_a12_second_tab_sees_both_versions(world, sign_in):
    way = Way(world).to("listing")
    browser, path = sign_in("xa_a"), f"/dossiers/{way.ref}/sections/union_comment"
    first = browser.get(path).form()
    browser.send(path, union_comment="Nhận xét thứ nhất")
    page = browser.post(path, first | {"union_comment": "Nhận xét thứ hai"})
    assert (page.status, "Nhận xét thứ nhất" in page.words()) == (409, True)
    page = browser.post(path, page.form())
    assert (page.status, "Nhận xét thứ hai" in page.words()) == (200, True)


@pytest.mark.parametrize("place", ["listing", "resolution"])
def test_a14_who_has_a_part_in_it_is_offered_no_decision(world, sign_in, place):
    way = Way(world).to(place)
    browser, before = sign_in(way.chooser), standing(way.ref)
    page = browser.get(f"/dossiers/{way.ref}")
    decided = [each for each in RECOMMENDATION.steps_from(place) if each.decides]
    assert decided
    for step in decided:
        path = f"/dossiers/{way.ref}/steps/{step.name}"
        assert path not in page.text
        assert browser.get(path).status == 403
        assert browser.post(path, by_hand(browser, way.ref)).status in {403, 422}
    assert standing(way.ref) == before


def test_a19_forms_are_put_aside_without_a_name_and_taken_up_again(world, sign_in, member):
    browser = sign_in("xa_a")
    path = f"/recommendations/choose?unit={world.units['xa_a'].id}&year={TODAY.year}"
    browser.send(path, later="1", chosen=str(member.id))
    desk = browser.get("/")
    assert (bool(desk.all("a", href=path)), member.name in desk.words()) == (True, False)
    page = browser.get(path)
    assert page.form()["chosen"] == [str(member.id)]
    browser.send(path)
    assert (db.session.query(Dossier).count(), browser.get("/").all("a", href=path)) == (1, [])


def test_choosing_nobody_or_no_day_is_refused_at_its_field(sign_in, member):
    browser = sign_in("xa_a")
    page = browser.send("/recommendations/choose")
    assert (page.status, bool(page.all("a", href="#chosen"))) == (422, True)
    page = browser.send("/recommendations/choose", chosen=str(member.id), held_on="31/02/2026")
    assert (page.status, page.form()["chosen"]) == (422, [str(member.id)])
    assert db.session.query(Dossier).count() == 0


def test_quarter_that_is_missing_is_shown_late_and_one_written_is_not_asked_for(world, sign_in):
    way = Way(world).to("prospect")
    branch = sign_in("ap_a1")
    words = branch.get(f"/dossiers/{way.ref}").words()
    first = f"Quý {(RECOGNISED.month - 1) // 3 + 1}/{RECOGNISED.year}"
    assert f"{first} Chưa có" in words
    path = f"/dossiers/{way.ref}/sections/branch_quarter"
    offered = [each.get("value") for each in branch.get(path).all("option")]
    page = branch.send(path, comment="Gương mẫu")
    assert (page.status, f"{first} Gương mẫu" in page.words()) == (200, True)
    assert [each.get("value") for each in branch.get(path).all("option")] == offered[1:]
    page = branch.send(path, quarter=offered[0], comment="Lần nữa")
    assert (page.status, "Lần nữa" in page.text) == (422, True)


def test_two_years_without_an_admission_ask_why(world, sign_in, member):
    way = Way(world)
    assert way.person_id == member.id
    commune = sign_in("xa_a")
    commune.send("/recommendations/choose", chosen=str(member.id))
    assert "2 năm chưa được kết nạp: vì sao?" in commune.get("/recommendations").words()
    page = write(commune, way.ref, "delay", delay_reason="Gia đình chuyển chỗ ở")
    assert "Gia đình chuyển chỗ ở" in page.words()


def test_roadmap_and_figures_say_in_words_what_they_draw(world, sign_in):
    Way(world).to("prospect")
    Way(world, "ap_b1").to("chosen")
    page = sign_in("huyen").get("/recommendations")
    pictures = [
        each.get("aria-label") for each in page.tree.iter() if each.get("class") == "roadmap"
    ]
    assert pictures == ["Chặng 3 trên 8: Đối tượng Đảng", "Chặng 1 trên 8: Bình chọn"]
    assert "Đoàn xã Mỹ Thuận" in page.words()
    assert len(carrying(sign_in("ap_b1").get("/recommendations"), "ref")) == 1


@pytest.mark.parametrize("after", ["~", "1~%00", "abc", "999999999~zz", "1~%"])
def test_next_page_is_asked_for_by_any_text(world, sign_in, after):
    Way(world)
    assert sign_in("xa_a").get(f"/recommendations?after={after}&year=x").status == 200


def test_what_was_left_unfinished_is_hidden_once_the_right_is_gone(world, sign_in):
    way = Way(world).to("listing")
    browser, path = sign_in("xa_a.canbo"), f"/dossiers/{way.ref}/sections/union_comment"
    browser.send(path, later="1", union_comment=SECRET)
    assert browser.get("/").all("a", href=path)
    account = world.accounts["xa_a.canbo"].id
    db.session.query(Appointment).filter_by(account_id=account).one().post = Post.COMMITTEE_MEMBER
    db.session.commit()
    page = sign_in("xa_a.canbo").get("/")
    assert (way.ref in page.text, way.person.name in page.text) == (False, False)
    assert browser.get(path).status == 404
