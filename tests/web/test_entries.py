"""Contest entries through the front door: opened by the branch, endorsed, accepted, competing."""

from io import BytesIO

import pytest

from app.extensions import db
from app.models import (
    Contestant,
    ContestExtension,
    ContestRound,
    Dossier,
    Event,
    Paper,
    Sheet,
)
from app.queries.contest.entries import takes_entries
from app.services.events import By
from app.services.judging.sharing import assign
from app.services.judging.sheets import Filled, hand_in
from tests.acceptance.desk import (
    badge,
    by_hand,
    carrying,
    events,
    standing,
    state,
    take,
    write,
)
from tests.clock import NOW
from tests.entering import DAY, DEEDS, PATHS, POSTS, YEAR, Way, rules, season
from tests.factories import PanelSeatFactory
from tests.panels import judge_of
from tests.services.at_once import Desk, at_once, row_of, statuses
from tests.services.samples import pdf
from workflows.contest.entry import ENTRY
from workflows.contest.marking import Mark
from workflows.contest.season import SeasonState

NEW = f"/dossiers/new/contest?year={YEAR}"
ACCOUNTS = (
    *("huyen", "huyen.canbo", "xa_a", "xa_a.pho", "xa_b", "ap_a1", "ap_a1.pho"),
    *("ap_a2", "ap_b1", "co_so", "co_so.pho"),
)
LOOK_ON = {"huyen", "huyen.canbo", "xa_a", "xa_a.pho", "ap_a1", "ap_a1.pho"}


def press(browser, ref, step):
    """Press the button of a step that asks for nothing more."""
    return browser.send(f"/dossiers/{ref}", action=f"/dossiers/{ref}/steps/{step}")


def key_of(world, branch="ap_a1", member=0):
    return f"{world.units[branch].id}-{world.members[branch][member].id}"


def refs():
    return [row.ref for row in db.session.query(Dossier).order_by(Dossier.id)]


def test_a01_secretary_enters_and_competes_in_the_commune_and_in_the_district(world, sign_in):
    season(world)
    branch, commune = sign_in("ap_a1"), sign_in("xa_a")
    assert branch.get(f"/contests/{YEAR}").all("a", href=NEW)
    page = branch.send(NEW, person=key_of(world))
    (ref,) = refs()
    assert (page.path, state(page), ref[:3]) == (f"/dossiers/{ref}", "preparing", "DT-")
    assert "tự đăng ký" in page.words()
    write(branch, ref, "contestant", posts_held=POSTS)
    assert POSTS in write(branch, ref, "achievements", **DEEDS).words()
    page = press(branch, ref, "enter_contest")
    assert (state(page), "Tiếp theo: Đoàn cơ sở xem hồ sơ dự thi" in page.words()) == (
        "entered",
        True,
    )
    assert state(press(commune, ref, "admit_to_round")) == "commune_round"
    assert "Chờ vòng cơ sở kết thúc" in commune.get(f"/dossiers/{ref}").words()
    way = Way.__new__(Way)
    way.world, way.commune, way.ref = world, "xa_a", ref
    way.end_round()
    assert state(press(commune, ref, "endorse")) == "endorsed"
    assert state(press(sign_in("huyen"), ref, "accept_entry")) == "accepted"
    assert way.places() == [("vong_xa", "001", False), ("vong_huyen", "001", False)]
    for who, there in (("ap_a1", [ref]), ("xa_a", [ref]), ("huyen", [ref]), ("ap_b1", [])):
        listed = sign_in(who).get(f"/contests/{YEAR}/entries")
        assert [ref] * bool(listed.all("a", href=f"/dossiers/{ref}")) == there


def test_only_a_branch_is_led_to_enter_and_a_commune_sees_how_many_compete(world, sign_in):
    season(world)
    Way(world).to("commune_round")
    home = f"/contests/{YEAR}"
    assert sign_in("ap_a1").get(home).all("a", href=NEW)
    assert sign_in("co_so").get(home).all("a", href=NEW)
    commune = sign_in("xa_a").get(home)
    assert not commune.all("a", href=NEW)
    counts = commune.all("td", data_label="Thí sinh")
    assert [each.text for each in counts if each.text] == ["1"]
    assert not sign_in("ap_a1").get(home).all("td", data_label="Thí sinh")


def test_who_competes_is_not_led_to_a_quiz_that_the_rules_have_not(world, sign_in):
    season(world)
    Way(world).to("commune_round")
    contestant, quiz = sign_in("ap_a1"), f"/contests/{YEAR}/quiz"
    page = contestant.get(f"/contests/{YEAR}")
    assert page.all("a", href=f"/contests/{YEAR}/mine")
    assert not page.all("a", href=quiz)
    assert "không có phần thi trắc nghiệm nào" in contestant.get(quiz).words()


def test_branch_nominates_its_deputy_where_the_rules_have_no_round_of_the_commune(world, sign_in):
    season(world, rules(with_commune=False))
    page = sign_in("ap_a1").send(NEW, person=key_of(world, member=1))
    (ref,) = refs()
    assert "chi đoàn giới thiệu" in page.words()
    write(sign_in("ap_a1"), ref, "contestant", posts_held=POSTS)
    write(sign_in("ap_a1"), ref, "achievements", **DEEDS)
    press(sign_in("ap_a1"), ref, "enter_contest")
    page = sign_in("xa_a").get(f"/dossiers/{ref}")
    assert "Nhận vào vòng cơ sở" not in page.words()
    assert state(press(sign_in("xa_a"), ref, "endorse")) == "endorsed"


@pytest.mark.parametrize("who", ["member", "other", ""])
def test_only_who_leads_the_branch_is_entered(world, sign_in, who):
    season(world)
    keys = {"member": key_of(world, member=5), "other": key_of(world, "ap_a2")}
    page = sign_in("ap_a1").send(NEW, person=keys.get(who, ""))
    assert (page.status, refs()) == (422, [])
    assert page.all("a", href="#person")


def test_one_entry_for_each_person_and_season(world, sign_in):
    season(world)
    browser = sign_in("ap_a1")
    sent = browser.get(NEW).form() | {"person": key_of(world)}
    first, again = browser.post(NEW, sent), browser.post(NEW, sent)
    assert (first.path, len(refs())) == (again.path, 1)
    page = browser.send(NEW, person=key_of(world))
    assert (page.status, refs()[0] in page.words(), len(refs())) == (422, True, 1)


def test_a_withdrawn_entry_leaves_room_for_another(world, sign_in):
    season(world)
    way = Way(world).to("withdrawn_entry")
    page = sign_in("ap_a1").send(NEW, person=key_of(world))
    assert (state(page), refs()[0]) == ("preparing", way.ref)


def test_entering_can_be_put_aside_and_taken_up_again(world, sign_in):
    season(world)
    browser = sign_in("ap_a1")
    browser.send(NEW, later="1", person=key_of(world))
    assert browser.get("/").all("a", href=NEW)
    assert state(browser.send(NEW)) == "preparing"
    assert not browser.get("/").all("a", href=NEW)


@pytest.mark.parametrize("place", ENTRY.states)
def test_a07_a_step_the_state_does_not_have_is_refused_whoever_asks(world, sign_in, place):
    season(world)
    way = Way(world).to(place)
    known = {step.name for step in ENTRY.steps_from(place)}
    before, count = standing(way.ref), len(events(way.ref))
    for who in ("ap_a1", "xa_a", "huyen"):
        browser = sign_in(who)
        sent = by_hand(browser, way.ref)
        for step in {each.name for each in ENTRY.steps} | {"to_accepted", "approve"}:
            if step not in known:
                path = f"/dossiers/{way.ref}/steps/{step}"
                assert (step, browser.post(path, sent).status) == (step, 409)
                assert (step, browser.get(path).status) == (step, 409)
    assert (standing(way.ref), len(events(way.ref))) == (before, count)


def test_a07_every_state_is_walked():
    assert PATHS.keys() == ENTRY.states.keys()


BRANCH, UNION = {"ap_a1", "ap_a1.pho"}, {"xa_a", "xa_a.pho"}
DESKS = {
    **dict.fromkeys(("preparing", "returned"), BRANCH),
    **dict.fromkeys(("entered", "commune_round"), UNION),
    "endorsed": {"huyen", "huyen.canbo"},
}


@pytest.mark.parametrize("place", ENTRY.states)
def test_a15_who_sees_an_entry_and_who_may_take_its_steps(world, sign_in, place):
    season(world)
    way = Way(world).to(place)
    own = [each.name for each in ENTRY.steps_from(place) if each.desk is None]
    for who in ACCOUNTS:
        browser, sees = sign_in(who), who in LOOK_ON
        page = browser.get(f"/dossiers/{way.ref}")
        assert (who, page.status) == (who, 200 if sees else 404)
        if sees:
            assert (state(page), "None" in page.words()) == (place, False)
        for step in own if who not in DESKS.get(place, ()) else []:
            sent = by_hand(browser, way.ref)
            status = browser.post(f"/dossiers/{way.ref}/steps/{step}", sent).status
            assert (who, step, status) == (who, step, 403 if sees else 404)
        status = browser.get(f"/dossiers/{way.ref}/sections/achievements").status
        may = who in BRANCH and place in {"preparing", "returned"}
        assert (who, status) == (who, 200 if may else 403 if sees else 404)
    assert way.dossier.state == place


def test_a02_it_stands_in_the_queue_of_its_desk_and_the_badge_counts_it(world, sign_in):
    season(world)
    for place, desk in DESKS.items():
        way = Way(world).to(place)
        for who in LOOK_ON:
            page = sign_in(who).get("/queue")
            assert (place, who, carrying(page, "ref")) == (place, who, [way.ref][: who in desk])
            assert badge(page) == (who in desk)
        for held in db.session.query(Contestant):
            db.session.delete(held)
        row = way.dossier
        row.desk_unit_id, row.state = None, "withdrawn_entry"
        db.session.query(ContestRound).update({"closed_at": None})
        db.session.commit()


def test_a03_history_tells_who_decided_in_words(world, sign_in):
    season(world)
    way = Way(world).to("accepted")
    words = sign_in("ap_a1").get(f"/dossiers/{way.ref}").words()
    for said in ("Nộp hồ sơ dự thi", "Nhận vào vòng cơ sở (001)", "Cử dự thi cấp trên"):
        assert said in words
    assert world.accounts["huyen"].name in words


@pytest.mark.parametrize(("place", "who"), [("entered", "xa_a"), ("endorsed", "huyen")])
def test_a04_a06_returned_for_a_section_it_comes_back_to_who_returned_it(
    world, sign_in, place, who
):
    season(world)
    way = Way(world).to(place)
    why = {"sections": ["achievements"], "why_achievements": "Thiếu giấy khen"}
    page = take(sign_in(who), way.ref, "send_back", **why)
    assert (state(page), carrying(sign_in(who).get("/queue"), "ref")) == ("returned", [])
    branch = sign_in("ap_a1")
    page = branch.get(f"/dossiers/{way.ref}")
    assert "Thiếu giấy khen" in page.words()
    assert branch.get(f"/dossiers/{way.ref}/sections/contestant").status == 403
    assert page.all("button", disabled="")
    page = write(branch, way.ref, "achievements", achievements="Bằng khen Tỉnh đoàn 2025")
    assert state(press(branch, way.ref, "enter_again")) == place
    words = sign_in(who).get(f"/dossiers/{way.ref}").words()
    for said in (DEEDS["achievements"], "Bằng khen Tỉnh đoàn 2025", "Thiếu giấy khen"):
        assert said in words


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_a05_return_and_refusal_without_a_reason_keep_the_ticks(world, sign_in, blank):
    season(world)
    way, browser = Way(world).to("entered"), sign_in("xa_a")
    before = standing(way.ref)
    page = take(browser, way.ref, "send_back", sections=["achievements"], why_achievements=blank)
    assert (page.status, page.form()["sections"]) == (422, ["achievements"])
    assert take(browser, way.ref, "not_endorse", reason=blank).status == 422
    assert take(sign_in("ap_a1"), way.ref, "withdraw_entry", reason=blank).status == 422
    assert standing(way.ref) == before


def test_a10_a_commune_endorses_as_many_as_the_rules_allow(world, sign_in):
    season(world)
    ways = [Way(world, branch).to("commune_round") for branch in ("ap_a1", "ap_a2")]
    ways[0].endorse()
    page = sign_in("xa_a").get(f"/dossiers/{ways[1].ref}")
    assert "chỉ được cử 1 người" in page.words()
    path, browser = f"/dossiers/{ways[1].ref}/steps/endorse", sign_in("xa_a")
    assert browser.post(path, by_hand(browser, ways[1].ref)).status == 422
    ways[0].send_back()
    assert browser.post(path, by_hand(browser, ways[1].ref)).status == 422
    ways[0].take("withdraw_entry", "ap_a1", reason="Bận thi")
    assert state(press(sign_in("xa_a"), ways[1].ref, "endorse")) == "endorsed"


def test_a10_of_two_endorsements_at_once_one_gets_the_last_place(world, sign_in):
    held = season(world)
    ways = [Way(world, branch).to("commune_round") for branch in ("ap_a1", "ap_a2")]
    ways[0].end_round()
    desks = Desk(sign_in("xa_a")), Desk(sign_in("xa_a.pho"))
    for _ in range(50):
        pairs = zip(desks, ways, strict=True)
        deeds = [desk.take(way.ref, "endorse") for desk, way in pairs]
        answers = at_once(row_of(type(held), held.id), *deeds)
        assert statuses(answers) == [303, 422]
        for way in ways:
            if way.dossier.state == "endorsed":
                lay_back(way)


def lay_back(way):
    row, entry = way.dossier, way.entry
    row.state, row.desk_unit_id = "commune_round", row.commune_id
    entry.endorsed_at = None
    db.session.commit()


def test_a11_a_second_tap_does_nothing_and_shows_the_same(world, sign_in):
    season(world)
    way, browser = Way(world).to("entered"), sign_in("xa_a")
    path = f"/dossiers/{way.ref}/steps/admit_to_round"
    sent = browser.get(f"/dossiers/{way.ref}").form(path)
    first, second = browser.post(path, sent), browser.post(path, sent)
    assert (first.path, second.path, way.places()) == (
        f"/dossiers/{way.ref}",
        f"/dossiers/{way.ref}",
        [("vong_xa", "001", False)],
    )


def test_a12_second_tab_sees_both_versions(world, sign_in):
    season(world)
    way, browser = Way(world), sign_in("ap_a1")
    path = f"/dossiers/{way.ref}/sections/achievements"
    first = browser.get(path).form()
    browser.send(path, achievements="Thứ nhất")
    page = browser.post(path, first | {"achievements": "Thứ hai"})
    assert (page.status, "Thứ nhất" in page.words(), "Thứ hai" in page.text) == (409, True, True)


def test_a13_withdrawal_and_admission_at_once_one_of_them_wins(world, sign_in):
    season(world)
    way = Way(world).to("entered")
    branch, commune = Desk(sign_in("ap_a1")), Desk(sign_in("xa_a"))
    for _ in range(50):
        deeds = (
            branch.take(way.ref, "withdraw_entry", reason="Bận thi"),
            commune.take(way.ref, "admit_to_round"),
        )
        assert statuses(at_once(row_of(Dossier, way.dossier.id), *deeds)) == [303, 409]
        db.session.query(Contestant).delete()
        row = way.dossier
        row.state, row.desk_unit_id = "entered", row.commune_id
        db.session.commit()


@pytest.mark.parametrize("step", ["admit_to_round", "send_back", "not_endorse"])
def test_a14_nobody_decides_on_the_own_entry_or_one_they_handed_up(world, sign_in, step):
    season(world)
    way = Way(world).to("entered")
    world.accounts["xa_a"].person_id = None
    account = world.accounts["ap_a1"]
    account.person_id, mine = None, account.person_id
    db.session.flush()
    world.accounts["xa_a"].person_id = mine
    db.session.commit()
    browser = sign_in("xa_a")
    page = browser.get(f"/dossiers/{way.ref}")
    assert "của chính đồng chí" in page.words()
    assert not page.all("form", action=f"/dossiers/{way.ref}/steps/{step}")
    sent = by_hand(browser, way.ref)
    assert browser.post(f"/dossiers/{way.ref}/steps/{step}", sent).status == 403


def test_a14_in_a_union_of_one_branch_the_other_decides(world, sign_in):
    season(world)
    way = Way(world, "co_so").to("entered")
    path = f"/dossiers/{way.ref}/steps/admit_to_round"
    secretary = sign_in("co_so")
    assert secretary.post(path, by_hand(secretary, way.ref)).status == 403
    assert state(press(sign_in("co_so.pho"), way.ref, "admit_to_round")) == "commune_round"


def close_call(held, until):
    held.call_until = until
    db.session.commit()


def test_a20_after_the_deadline_the_draft_is_read_and_an_extension_lets_it_in(world, sign_in):
    held, browser = season(world), sign_in("ap_a1")
    way = Way(world)
    way.fill()
    close_call(held, NOW - DAY)
    page = browser.get(f"/dossiers/{way.ref}")
    assert (page.status, POSTS in page.words(), "Huyện đoàn Bình Tân" in page.words()) == (
        200,
        True,
        True,
    )
    sent = by_hand(browser, way.ref)
    path = f"/dossiers/{way.ref}/steps/enter_contest"
    refused = browser.post(path, sent)
    assert (refused.status, "hạn đăng ký" in refused.words()) == (422, True)
    assert browser.send(NEW, person=key_of(world, member=1)).status == 422
    assert not browser.get(f"/contests/{YEAR}").all("a", href=NEW)
    db.session.add(
        ContestExtension(
            district_id=held.district_id,
            season_id=held.id,
            unit_id=world.units["ap_a1"].id,
            until=NOW + DAY,
            reason="Bão",
            granted_at=NOW,
            granted_by_id=world.accounts["huyen"].id,
        )
    )
    held.state = SeasonState.ROUNDS
    db.session.commit()
    assert state(press(browser, way.ref, "enter_contest")) == "entered"
    assert not sign_in("ap_a2").get(f"/contests/{YEAR}").all("a", href=NEW)


def test_a20_the_deadline_means_its_minute(world):
    held = season(world)
    way = Way(world)
    way.fill()
    ends = NOW.replace(second=0, microsecond=0)
    last, after = ends.replace(second=59), ends.replace(second=0) + DAY / (24 * 60)
    assert [takes_entries(held, ends, each) for each in (ends, last, after)] == [True, True, False]
    assert not takes_entries(held, ends, held.call_from - DAY / 86400)
    assert not takes_entries(held, None, ends)


def test_who_withdraws_competes_no_more(world, sign_in):
    season(world)
    way = Way(world).to("commune_round")
    page = take(sign_in("ap_a1"), way.ref, "withdraw_entry", reason="Đi học xa")
    assert (state(page), way.places()) == ("withdrawn_entry", [("vong_xa", "001", True)])
    assert "Đi học xa" in page.words()


def test_who_did_not_go_on_is_not_endorsed(world, sign_in):
    season(world)
    way = Way(world).to("entered")
    way.end_round()
    page = sign_in("xa_a").get(f"/dossiers/{way.ref}")
    assert "Không được đi tiếp theo kết quả vòng cơ sở" in page.words()
    assert "Vòng thi không còn nhận thí sinh" in page.words()


@pytest.mark.parametrize(("branch", "knows"), [("ap_a1", "xa_a"), ("co_so", "co_so.pho")])
def test_a43_the_contestant_and_the_branch_are_not_told_who_went_on(world, sign_in, branch, knows):
    season(world)
    way = Way(world, branch).to("commune_round")
    way.end_round()
    db.session.query(Contestant).update({"out_at": NOW, "out_reason": "Không đạt"})
    db.session.commit()
    pages = [sign_in(who).get(f"/dossiers/{way.ref}").words() for who in (branch, knows)]
    assert ["Không được đi tiếp" in words for words in pages] == [False, True]
    assert ["Vòng cơ sở đã kết thúc" in words for words in pages] == [False, True]


def test_numbers_of_a_round_are_given_once_each(world):
    season(world)
    ways = [Way(world, *who).to("commune_round") for who in (("ap_a1",), ("ap_a1", 1), ("ap_a2",))]
    assert [way.places() for way in ways] == [[("vong_xa", f"00{n}", False)] for n in (1, 2, 3)]


def test_papers_prove_what_is_told(world, sign_in):
    season(world)
    way, browser = Way(world), sign_in("ap_a1")
    path = f"/dossiers/{way.ref}/sections/achievements"
    browser.send(path, **DEEDS, files=[(BytesIO(pdf()), "giay-khen.pdf")])
    (paper,) = db.session.query(Paper)
    page = browser.get(f"/dossiers/{way.ref}")
    assert page.all("a", href=f"/dossiers/{way.ref}/papers/{paper.id}")


def in_rounds(held):
    held.state = SeasonState.ROUNDS
    db.session.commit()


def round_of(world, unit, code="vong_xa"):
    db.session.expire_all()
    wanted = {"unit_id": world.units[unit].id, "code": code}
    return db.session.query(ContestRound).filter_by(**wanted).one()


def test_organiser_takes_a_contestant_out_with_a_reason(world, sign_in):
    in_rounds(season(world))
    way = Way(world).to("commune_round")
    home = f"/contests/{YEAR}/rounds/{round_of(world, 'xa_a').id}"
    browser = sign_in("xa_a")
    assert browser.get(f"{home}/judging").all("a", href=f"{home}/contestants")
    (contestant,) = db.session.query(Contestant)
    path = f"{home}/contestants/{contestant.id}/out"
    assert browser.get(f"{home}/contestants").all("a", href=path)
    assert browser.send(path, reason=" ").status == 422
    page = browser.send(path, reason="Nhờ người thi hộ")
    assert (page.path, "Nhờ người thi hộ" in page.words()) == (f"{home}/contestants", True)
    assert way.places() == [("vong_xa", "001", True)]
    event = db.session.query(Event).filter_by(step="take_out").one()
    assert (event.comment, event.facts["piece"]) == ("Nhờ người thi hộ", "001")
    assert browser.get(path).status == 404
    assert sign_in("xa_b").get(f"{home}/contestants").status == 404
    assert sign_in("huyen").get(path).status == 403


def test_who_advances_is_sent_on_to_the_next_round_of_the_commune(world, sign_in):
    in_rounds(season(world, rules(twice=True)))
    ways = [Way(world, branch).to("commune_round") for branch in ("ap_a1", "ap_a2")]
    held = round_of(world, "xa_a")
    home, browser = f"/contests/{YEAR}/rounds/{held.id}", sign_in("xa_a")
    sent = by_hand(browser, ways[0].ref)
    assert browser.post(f"{home}/next", sent).status == 403
    score(world, held)
    page = browser.send(f"{home}/ranking", action=f"{home}/next")
    assert "Đã đưa 1 thí sinh vào vòng tiếp theo" in page.words()
    assert ways[0].places() == [("vong_xa", "001", False), ("vong_xa_2", "001", False)]
    assert ways[1].places() == [("vong_xa", "002", False)]
    browser.send(f"{home}/ranking", action=f"{home}/next")
    assert len(ways[0].places()) == 2


def score(world, held):
    """Let three judges find the first contestant better than the second, and end the round."""
    names = [f"giamkhao{number}" for number in (1, 2, 3)]
    for name in names:
        PanelSeatFactory(held=held, account=judge_of(world, name))
    db.session.commit()
    assign(held.id, YEAR, "tinh_huong", 3, by=By(world.actor("xa_a"), NOW))
    better = {"dung": "9", "cach_lam": "10", "trinh_bay": "5", "sang_tao": ""}
    worse = {**better, "dung": "5"}
    judges = {world.accounts[name].id: name for name in names}
    for sheet in db.session.query(Sheet).all():
        code = db.session.get_one(Contestant, sheet.contestant_id).code
        marks = {k: Mark(v) for k, v in (better if code == "001" else worse).items()}
        by = By(world.actor(judges[sheet.judge_id]), NOW)
        hand_in(sheet.id, YEAR, Filled(marks, ""), is_final=True, by=by, seen=sheet.version)
    round_of(world, "xa_a").closed_at = NOW
    db.session.commit()


def test_nothing_is_deliberated_while_the_district_has_not_answered_or_held_the_last_round(
    world, sign_in
):
    held = season(world)
    way, home = Way(world).to("endorsed"), f"/contests/{YEAR}"
    held.state = SeasonState.ROUNDS
    db.session.commit()
    officer, deliberate = sign_in("huyen"), f"{home}/steps/deliberate"

    def lacks():
        page = officer.get(home)
        return ["đang chờ huyện nhận" in page.words(), "ở vòng cuối" in page.words()]

    assert lacks() == [True, True]
    sent = officer.get(deliberate).form()
    assert officer.post(deliberate, sent).status == 422
    way.accept()
    assert lacks() == [False, False]
