"""Offices at the screen: substitutes, offices handed over, desks that nobody holds (46, 47)."""

from collections import Counter
from datetime import datetime, time, timedelta
from io import BytesIO

import pytest

from app.extensions import db
from app.models import Account, Appointment, Dossier, Draft, Event, StagedFile
from tests.acceptance.desk import badge, by_hand, carrying, dossier, events, standing, take, typed
from tests.acceptance.test_conflicts import about, created_by, handed_up_by, introduced_by
from tests.clock import TODAY
from tests.factories import AccountFactory, AppointmentFactory
from tests.services.at_once import Desk, at_once, back_to, row_of, statuses
from tests.services.samples import pdf
from workflows.admission import ADMISSION
from workflows.calendar import TIME_ZONE
from workflows.levels import Post

DAY = timedelta(days=1)


def path(world, unit, rest):
    return f"/units/{world.units[unit].id}/{rest}"


def posts_of(world, name):
    db.session.expire_all()
    return db.session.query(Appointment).filter_by(account_id=world.accounts[name].id).all()


def account_events(world, name):
    wanted = {"subject": "accounts", "subject_id": world.accounts[name].id}
    return db.session.query(Event).filter_by(**wanted).order_by(Event.sequence).all()


def lend(browser, world, unit, to, **days):
    """Name a substitute the way an officer does."""
    asked = {"from_on": typed(TODAY), "to_on": typed(TODAY + 3 * DAY), **days}
    account = str(world.accounts[to].id)
    return browser.send(path(world, unit, "substitute"), account_id=account, **asked)


def hand_over(browser, world, unit, name, *, to):
    """Hand the office of an account over the way an administrator does."""
    (held,) = [each for each in posts_of(world, name) if each.unit_id == world.units[unit].id]
    return browser.send(path(world, unit, f"appointments/{held.id}/handover"), username=to)


@pytest.fixture
def clock(monkeypatch):
    """Let the door read another time."""

    def at(moment):
        class Stopped(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz)

        monkeypatch.setattr("app.web.access.datetime", Stopped)

    return at


def test_a46_the_substitute_sees_the_queue_and_decides_with_both_names(journey, sign_in):
    way = journey().to("commune_review")
    name, principal = (way.world.accounts[each].name for each in ("ap_a2", "xa_a"))
    assert name in lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2").words()
    queue = sign_in("ap_a2").get("/queue")
    assert (carrying(queue, "ref"), badge(queue)) == ([way.ref], 1)
    (line,) = queue.all("tr", data_ref=way.ref)
    assert f"thay mặt {principal}" in " ".join(line.itertext())
    assert f"Đồng chí đang thay mặt: {principal}" in queue.words()
    page = take(sign_in("ap_a2"), way.ref, "approve", signed_on=typed(TODAY))
    assert (page.status, dossier(way.ref).state) == (200, "ceremony")
    last = events(way.ref)[-1]
    assert (last.actor_name, last.on_behalf_of, last.post) == (name, principal, Post.SECRETARY)
    shown = sign_in("ap_a1").get(f"/dossiers/{way.ref}").words()
    assert f"{name}, Bí thư, Đoàn xã Tân Quới, thay mặt {principal}" in shown


def test_a46_what_the_substitute_does_elsewhere_is_in_their_own_name(journey, sign_in):
    way = journey("ap_a2").to("education")
    lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2")
    take(sign_in("ap_a2"), way.ref, "call_to_vote", meeting_on=typed(TODAY))
    sign_in("ap_a2").send(f"/dossiers/{way.ref}/sections/person", ethnicity="Khmer")
    assert events(way.ref)[-1].on_behalf_of == ""


def test_a46_rights_end_by_themselves_at_midnight_of_the_last_day(journey, sign_in, clock):
    way = journey().to("commune_review")
    last = TODAY + 3 * DAY
    lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2", to_on=typed(last))
    midnight = datetime.combine(last + DAY, time.min, TIME_ZONE)
    second = timedelta(seconds=1)
    for moment, seen in ((midnight - second, [way.ref]), (midnight, []), (midnight + DAY, [])):
        clock(moment)
        assert (moment, carrying(sign_in("ap_a2").get("/queue"), "ref")) == (moment, seen)
    browser, before = sign_in("ap_a2"), standing(way.ref)
    answer = browser.post(f"/dossiers/{way.ref}/steps/approve", by_hand(browser, way.ref))
    assert (answer.status, standing(way.ref)) == (404, before)


def test_a46_rights_begin_on_the_first_day(journey, sign_in, clock):
    way = journey().to("commune_review")
    tomorrow = TODAY + DAY
    lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2", from_on=typed(tomorrow))
    assert badge(sign_in("ap_a2").get("/")) == 0
    clock(datetime.combine(tomorrow, time.min, TIME_ZONE))
    assert badge(sign_in("ap_a2").get("/")) == 1


def test_a46_principal_and_substitute_decide_at_once(journey, sign_in):
    way = journey().to("commune_review")
    number, again, principal = way.dossier.id, back_to(way.ref), way.world.accounts["xa_a"].name
    lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2")
    hers, his = Desk(sign_in("xa_a")), Desk(sign_in("ap_a2"))
    signed = Counter()
    for _ in range(50):
        before = dossier(way.ref).version
        deeds = (hers.take(way.ref, "approve"), his.take(way.ref, "send_back"))
        pages = at_once(row_of(Dossier, number), *deeds)
        (last,) = events(way.ref)[before:]
        assert statuses(pages) == [303, 409]
        assert last.actor_name in next(page for page in pages if page.status == 409).words()
        signed[last.step, last.on_behalf_of] += 1
        again()
    assert signed.total() == 50
    assert set(signed) <= {("approve", ""), ("send_back", principal)}


@pytest.mark.parametrize("bond", [about, introduced_by, created_by, handed_up_by])
def test_a14_what_bars_the_principal_bars_the_substitute(journey, sign_in, bond):
    way = journey().to("commune_review")
    lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2")
    bond(way, db.session.get(Account, way.world.accounts["xa_a"].id))
    db.session.commit()
    browser, before = sign_in("ap_a2"), standing(way.ref)
    assert "Người mà đồng chí thay mặt" in browser.get(f"/dossiers/{way.ref}").words()
    for step in ADMISSION.steps_from("commune_review"):
        if step.decides:
            sent = by_hand(browser, way.ref)
            assert browser.post(f"/dossiers/{way.ref}/steps/{step.name}", sent).status == 403
    assert standing(way.ref) == before


def test_a14_the_substitutes_own_part_bars_them_too(journey, sign_in):
    way = journey("ap_a2").to("commune_review")
    lend(sign_in("xa_a"), way.world, "xa_a", "ap_a2")
    browser = sign_in("ap_a2")
    answer = browser.post(f"/dossiers/{way.ref}/steps/approve", by_hand(browser, way.ref))
    assert (answer.status, dossier(way.ref).state) == (403, "commune_review")


def test_a14_who_is_barred_only_as_substitute_decides_in_their_own_post(journey, sign_in):
    way = journey().to("commune_review")
    lend(sign_in("xa_a"), way.world, "xa_a", "xa_a.pho")
    other = journey(name="Lê Thị Khác").to("commune_review")
    way.dossier.created_by_id = way.world.accounts["xa_a"].id
    db.session.commit()
    for ref in (way.ref, other.ref):
        assert take(sign_in("xa_a.pho"), ref, "approve", signed_on=typed(TODAY)).status == 200
    told = [(events(ref)[-1].post, events(ref)[-1].on_behalf_of) for ref in (way.ref, other.ref)]
    assert told == [
        (Post.DEPUTY, ""),
        (Post.SECRETARY, way.world.accounts["xa_a"].name),
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"from_on": typed(TODAY - DAY)}, "Ngày đầu đã qua"),
        ({"to_on": typed(TODAY - DAY)}, "Ngày cuối trước ngày đầu"),
        ({"to_on": ""}, "Ghi ngày cuối"),
        ({"to_on": typed(TODAY + 40 * DAY)}, "hết giữ chức vụ"),
    ],
)
def test_a46_days_that_cannot_be_are_refused_and_stay_on_the_page(world, sign_in, changed, words):
    (own,) = posts_of(world, "xa_a")
    own.to_on = TODAY + 30 * DAY
    db.session.commit()
    page = lend(sign_in("xa_a"), world, "xa_a", "ap_a2", **changed)
    assert (page.status, posts_of(world, "ap_a2")[1:]) == (422, [])
    assert words in page.words()
    for name, value in changed.items():
        assert page.form(path(world, "xa_a", "substitute"))[name] == [value]


def test_a46_only_own_posts_are_lent_and_to_people_nearby(world, sign_in):
    lend(sign_in("xa_a"), world, "xa_a", "ap_a2")
    assert sign_in("ap_a2").get(path(world, "xa_a", "substitute")).status == 403
    assert sign_in("huyen").get(path(world, "xa_a", "substitute")).status == 403
    assert sign_in("xa_b").get(path(world, "xa_a", "substitute")).status == 404
    offered = sign_in("xa_a").get(path(world, "xa_a", "substitute")).all("option")
    numbers = {each.get("value") for each in offered if each.get("value")}
    near = ("xa_a.pho", "xa_a.canbo", "ap_a1", "ap_a1.pho", "ap_a2")
    assert numbers == {str(world.accounts[name].id) for name in near}
    for stranger in ("ap_b1", "xa_a"):
        assert lend(sign_in("xa_a"), world, "xa_a", stranger).status == 422


def test_a46_who_can_stand_in_is_listed_by_given_name_the_own_unit_first(world, sign_in):
    names = {"ap_a1": "Trần Thị Ánh", "ap_a1.pho": "Lê Văn Yên", "ap_a2": "Đỗ Thị Đào"}
    for account, name in names.items():
        world.accounts[account].name = name
    world.accounts["xa_a.pho"].name = "Võ Thị Yến"
    db.session.commit()
    page = sign_in("xa_a").get(f"/units/{world.units['xa_a'].id}/substitute")
    shown = [each.text.partition(" (")[0].strip() for each in page.all("option")]
    near = [*names.values(), "Võ Thị Yến"]
    own, below = "Võ Thị Yến", ["Trần Thị Ánh", "Đỗ Thị Đào", "Lê Văn Yên"]
    assert [name for name in shown if name in near] == [own, *below]


def test_the_highest_post_of_a_unit_stands_first_also_when_it_changed_hands_last(world, sign_in):
    (held,) = posts_of(world, "ap_a1")
    held.from_on = TODAY
    db.session.commit()
    page = sign_in("xa_a").get(f"/units/{world.units['ap_a1'].id}")
    shown = [each.text for each in page.all("td", **{"data-label": "Chức vụ"})]
    assert shown == ["Bí thư", "Phó bí thư"]


def test_a46_a_substitute_is_taken_back_at_once(journey, sign_in):
    way = journey().to("commune_review")
    world = way.world
    lend(sign_in("xa_a"), world, "xa_a", "ap_a2")
    (lent,) = [each for each in posts_of(world, "ap_a2") if each.stands_in_for_id]
    action = path(world, "xa_a", f"substitutes/{lent.id}/end")
    assert sign_in("xa_a.pho").post(action, {}).status in {400, 404}
    page = sign_in("xa_a").send(path(world, "xa_a", "substitute"), action=action)
    assert page.status == 200
    assert badge(sign_in("ap_a2").get("/")) == 0
    assert [each.step for each in account_events(world, "xa_a")][-2:] == [
        "name_substitute",
        "end_substitute",
    ]


def test_a46_a_substitution_ends_with_the_post_it_stands_in_for(journey, sign_in):
    way = journey().to("commune_review")
    world = way.world
    lend(sign_in("xa_a"), world, "xa_a", "ap_a2")
    hand_over(sign_in("huyen"), world, "xa_a", "xa_a", to="ap_a1.pho")
    assert badge(sign_in("ap_a2").get("/")) == 0
    assert badge(sign_in("ap_a1.pho").get("/")) == 1


def test_a47_an_office_passes_with_its_queue_and_its_drafts(journey, sign_in):
    way = journey().to("returned")
    section = f"/dossiers/{way.ref}/sections/study"
    sign_in("ap_a1").send(section, later="1", self_study_result="Đang viết dở")
    assert what_waits(sign_in("ap_a1"), section) == (1, True)
    assert what_waits(sign_in("ap_a2"), section) == (0, False)
    page = hand_over(sign_in("xa_a"), way.world, "ap_a1", "ap_a1", to="ap_a2")
    assert (page.status, way.world.accounts["ap_a2"].name in page.words()) == (200, True)
    assert what_waits(sign_in("ap_a1"), section) == (0, False)
    assert what_waits(sign_in("ap_a2"), section) == (1, True)
    kept = sign_in("ap_a2").get(section)
    assert kept.form()["self_study_result"] == ["Đang viết dở"]


def what_waits(browser, draft):
    """Return the badge, and whether the first page leads to a draft."""
    desk = browser.get("/")
    return badge(desk), draft in [each.get("href") for each in desk.all("a")]


def test_a47_files_received_with_a_draft_go_along(journey, sign_in):
    way = journey().to("returned")
    world = way.world
    section = f"/dossiers/{way.ref}/sections/application"
    sign_in("ap_a1").send(section, later="1", files=[(BytesIO(pdf()), "đơn.pdf")])
    hand_over(sign_in("xa_a"), world, "ap_a1", "ap_a1", to="ap_a2")
    staged = db.session.query(StagedFile).one()
    assert staged.account_id == world.accounts["ap_a2"].id
    assert "đơn.pdf" in sign_in("ap_a2").get(section).words()


def test_a47_the_former_holders_open_page_is_refused_with_an_explanation(journey, sign_in):
    way = journey().to("returned")
    world, browser = way.world, sign_in("ap_a1")
    section = f"/dossiers/{way.ref}/sections/study"
    form = browser.get(section).form()
    hand_over(sign_in("xa_a"), world, "ap_a1", "ap_a1", to="ap_a2")
    before = standing(way.ref)
    page = browser.post(section, {**form, "self_study_result": "Viết rất lâu"})
    assert (page.status, standing(way.ref)) == (403, before)
    assert f"đã bàn giao cho {world.accounts['ap_a2'].name} lúc" in page.words()
    assert TODAY.strftime("%d/%m/%Y") in page.words()
    assert "Viết rất lâu" in page.words()
    for asked in ("/dossiers/new/admission", "/meetings/new", f"/dossiers/{way.ref}", "/people"):
        assert (asked, browser.get(asked).status) == (asked, 403)
        assert world.accounts["ap_a2"].name in browser.get(asked).words()
    assert browser.get("/").status == 200


def test_a47_who_keeps_another_post_is_told_only_about_the_office_that_went(journey, sign_in):
    way, other = journey().to("commune_review"), journey("ap_b1", "Lê Thị Khác")
    world = way.world
    AppointmentFactory(account=world.accounts["ap_a1"], unit=world.units["ap_a2"], post=Post.DEPUTY)
    db.session.commit()
    browser = sign_in("ap_a1")
    browser.send("/dossiers/new/admission", later="1", unit_id=str(world.units["ap_a2"].id))
    hand_over(sign_in("xa_a"), world, "ap_a1", "ap_a1", to="ap_a1.pho")
    assert browser.get(f"/dossiers/{way.ref}").status == 403
    assert browser.get(f"/dossiers/{other.ref}").status == 404
    assert browser.get("/units/99999").status == 404
    draft = db.session.query(Draft).one()
    assert draft.account_id == world.accounts["ap_a1"].id


def test_a47_whoever_gets_the_office_back_sees_the_work_again(journey, sign_in):
    way = journey().to("returned")
    world = way.world
    hand_over(sign_in("xa_a"), world, "ap_a1", "ap_a1", to="ap_a2")
    assert sign_in("ap_a1").get(f"/dossiers/{way.ref}").status == 403
    hand_over(sign_in("xa_a"), world, "ap_a1", "ap_a2", to="ap_a1")
    assert sign_in("ap_a1").get(f"/dossiers/{way.ref}").status == 200


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("", "Ghi tên đăng nhập"),
        ("khong.co", "Không có tài khoản"),
        ("ap_b1", "Không có tài khoản"),
        ("ap_a1", "đang giữ chức vụ đó"),
        ("xa_a", "Không ai tự giao"),
    ],
)
def test_a47_an_office_goes_only_to_another_account_that_is_known(world, sign_in, to, words):
    page = hand_over(sign_in("xa_a"), world, "ap_a1", "ap_a1", to=to)
    assert (page.status, words in page.words()) == (422, True)
    assert [each.to_on for each in posts_of(world, "ap_a1")] == [None]


def test_a47_nobody_hands_over_what_is_not_theirs_to_give(world, sign_in):
    (own,) = posts_of(world, "xa_a")
    (deputy,) = posts_of(world, "xa_a.pho")
    for who, held, status in (
        ("xa_a", own, 403),
        ("xa_a.pho", own, 403),
        ("xa_a.pho", deputy, 403),
        ("xa_a.canbo", deputy, 403),
        ("xa_b", own, 404),
        ("huyen", own, 200),
        ("xa_a", deputy, 200),
    ):
        address = path(world, "xa_a", f"appointments/{held.id}/handover")
        assert (who, sign_in(who).get(address).status) == (who, status)


def test_a47_a_term_ends_by_itself(journey, sign_in, clock):
    way = journey().to("commune_review")
    (own,) = posts_of(way.world, "xa_a")
    own.to_on = TODAY
    db.session.commit()
    assert badge(sign_in("xa_a").get("/")) == 1
    clock(datetime.combine(TODAY + DAY, time.min, TIME_ZONE))
    assert badge(sign_in("xa_a").get("/")) == 0


def emptied(world, unit):
    """End every post of a unit."""
    db.session.query(Appointment).filter_by(unit_id=world.units[unit].id).update(
        {"to_on": TODAY - DAY}
    )
    db.session.commit()


def test_a47_a_desk_that_nobody_holds_is_shown_to_the_level_above(journey, sign_in):
    way = journey().to("education")
    world = way.world
    for page in (sign_in("xa_a").get("/"), sign_in("xa_a").get("/units/vacant")):
        assert "Chi đoàn ap_a1" not in page.words()
    emptied(world, "ap_a1")
    for who in ("xa_a", "xa_a.pho", "xa_a.canbo"):
        for address in ("/", "/units/vacant"):
            assert "Chi đoàn ap_a1 , Đoàn xã Tân Quới: 1 hồ sơ" in sign_in(who).get(address).words()
    for who in ("huyen", "xa_b", "ap_a2"):
        assert "Chi đoàn ap_a1" not in sign_in(who).get("/").words()
    emptied(world, "xa_a")
    assert "Chi đoàn ap_a1" in sign_in("huyen").get("/").words()


def test_a47_a_desk_is_held_only_by_who_may_act_and_sign_in(journey, sign_in):
    way = journey().to("education")
    world = way.world
    emptied(world, "ap_a1")
    AppointmentFactory(
        account=world.accounts["ap_a2"], unit=world.units["ap_a1"], post=Post.COMMITTEE_MEMBER
    )
    locked = AccountFactory(is_active=False)
    AppointmentFactory(account=locked, unit=world.units["ap_a1"])
    db.session.commit()
    assert "Chi đoàn ap_a1" in sign_in("xa_a").get("/").words()
    AppointmentFactory(account=world.accounts["ap_a2"], unit=world.units["ap_a1"])
    db.session.commit()
    assert "Chi đoàn ap_a1" not in sign_in("xa_a").get("/").words()


def test_a47_closed_dossiers_need_no_desk(journey, sign_in):
    way = journey().to("withdrawn")
    emptied(way.world, "ap_a1")
    assert "Chi đoàn ap_a1" not in sign_in("xa_a").get("/units/vacant").words()


@pytest.mark.parametrize("number", ["2147483648", "99999999999999999999"])
def test_a_number_that_is_no_id_leads_nowhere(world, sign_in, number):
    browser = sign_in("xa_a")
    token = {"csrf_token": browser.get("/password").form()["csrf_token"], "username": "ap_a2"}
    for rest in ("handover", "end"):
        address = path(world, "ap_a1", f"appointments/{number}/{rest}")
        assert (rest, browser.post(address, token).status) == (rest, 404)
