"""Changes of units at the screen: what moves is shown first, then done; history stays."""

from datetime import date

import pytest

from app.extensions import db
from app.models import Appointment, Dossier, Event, Person, Unit, UnitChange
from app.services.audit import verify
from tests.acceptance.desk import typed
from tests.clock import TODAY
from tests.factories import UnitFactory
from tests.services.at_once import Desk, at_once, row_of
from workflows.levels import Post

PAPER = {"decision": "12-QĐ/ĐTN", "on_day": typed(TODAY)}


def path(world, unit, rest=""):
    return f"/units/{world.units[unit].id}{rest}"


def merge(browser, world, unit, *others, confirm=True, posts=None, **said):
    """Merge units the way an officer does: say what, look at what moves, confirm."""
    asked = {"units": [str(world.units[each].id) for each in others], **PAPER, **said}
    page = browser.send(path(world, unit, "/merge"), **asked)
    if not confirm:
        return page
    return browser.post(page.path, {**page.form(), "confirmed": "1", **(posts or {})})


def changes():
    db.session.expire_all()
    return db.session.query(UnitChange).count()


def test_a_merger_shows_what_moves_before_anything_does(journey, sign_in):
    way = journey().to("education")
    world, new = way.world, {"name": "Chi đoàn Ấp Mới", "kind": "hamlet"}
    page = merge(sign_in("xa_a"), world, "ap_a1", "ap_a2", confirm=False, **new)
    assert (page.status, changes()) == (200, 0)
    assert "Chi đoàn ap_a1, Chi đoàn ap_a2" in page.words()
    shown = dict(zip(*(map(text, page.all(tag)) for tag in ("dt", "dd")), strict=True))
    assert shown == {
        "Đoàn viên": "18",
        "Người trong danh sách": "19",
        "Hồ sơ đang làm": "1",
        "Hồ sơ đã xong": "0",
        "Chức vụ": "3",
    }
    chosen = [each.get("value") for each in page.all("option", selected="")]
    assert chosen == ["secretary", "deputy", "deputy"]


def text(element):
    return " ".join("".join(element.itertext()).split())


def test_a_merger_is_confirmed_and_stands_in_the_history_of_all(journey, sign_in):
    way = journey().to("education")
    world, new = way.world, {"name": "Chi đoàn Ấp Mới", "kind": "hamlet"}
    page = merge(sign_in("xa_a"), world, "ap_a1", "ap_a2", **new)
    assert "Đã sáp nhập" in page.words()
    assert "Sáp nhập" in page.words()
    assert "12-QĐ/ĐTN" in page.words()
    made = db.session.query(Unit).filter_by(name="Chi đoàn Ấp Mới").one()
    assert page.path == f"/units/{made.id}"
    assert (way.dossier.branch_id, way.dossier.desk_unit_id) == (made.id, made.id)
    assert way.ref in sign_in("ap_a2").get("/queue").text
    old = sign_in("xa_a").get(path(world, "ap_a1"))
    assert "12-QĐ/ĐTN" in old.words()
    assert path(world, "ap_a1", "/merge") not in old.text
    assert "Chi đoàn ap_a1" not in text(sign_in("xa_a").get("/units").all("tbody")[0])


def test_a_merger_asks_what_each_post_becomes(world, sign_in):
    new = {"name": "Chi đoàn Ấp Mới", "kind": "hamlet"}
    browser = sign_in("xa_a")
    page = merge(browser, world, "ap_a1", "ap_a2", confirm=False, **new)
    posts = [name for name in page.form() if name.startswith("post_")]
    both = merge(browser, world, "ap_a1", "ap_a2", posts=dict.fromkeys(posts, "secretary"), **new)
    assert (both.status, changes()) == (422, 0)
    assert "Chỉ một người làm bí thư" in both.words()
    assert {value for name in posts for value in both.form()[name]} == {"secretary"}
    ended = {posts[0]: "", posts[1]: "secretary"}
    assert merge(browser, world, "ap_a1", "ap_a2", posts=ended, **new).status == 200
    held = db.session.query(Appointment).filter_by(account_id=world.accounts["ap_a1"].id).one()
    assert held.to_on is not None


def test_whoever_looks_can_go_back_and_finds_what_was_said(world, sign_in):
    browser = sign_in("xa_a")
    page = merge(browser, world, "ap_a1", "ap_a2", confirm=False, name="Tên tạm", kind="hamlet")
    back = browser.post(page.path, {**page.form(), "again": "1"})
    assert (back.status, changes()) == (200, 0)
    form = back.form()
    assert (form["name"], form["units"]) == (["Tên tạm"], [str(world.units["ap_a2"].id)])


def test_a_merger_sent_twice_answers_the_same(world, sign_in):
    browser = sign_in("xa_a")
    new = {"name": "Chi đoàn Ấp Mới", "kind": "hamlet"}
    page = merge(browser, world, "ap_a1", "ap_a2", confirm=False, **new)
    sent = {**page.form(), "confirmed": "1"}
    answers = [browser.post(page.path, sent, follow=False) for _tap in range(2)]
    assert ([each.status for each in answers], changes()) == ([303, 303], 1)
    assert len({each.headers["Location"] for each in answers}) == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "Ghi tên đơn vị mới"),
        ({"kind": ""}, "Chọn loại hình"),
        ({"decision": " "}, "Ghi số quyết định"),
        ({"on_day": "01/01/2012"}, "không sau ngày thành lập"),
        ({"on_day": "01/01/2999"}, "Ngày này ở phía trước"),
        ({"units": []}, "Chọn ít nhất một đơn vị nữa"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_on_the_page(world, sign_in, said, words):
    new = {"name": "Chi đoàn Ấp Mới", "kind": "hamlet", **said}
    browser = sign_in("xa_a")
    page = merge(browser, world, "ap_a1", "ap_a2", confirm=False, **new)
    if page.status == 200:
        page = browser.post(page.path, {**page.form(), "confirmed": "1"})
    assert (page.status, words in page.words(), changes()) == (422, True, 0)
    assert page.form()["decision"] == [said.get("decision", "12-QĐ/ĐTN").strip()]


def test_only_sisters_are_offered(world, sign_in):
    offered = sign_in("huyen").get(path(world, "xa_a", "/merge"))
    assert [each.get("value") for each in offered.all("input", name="units")] == [
        str(world.units["xa_b"].id)
    ]
    stranger = str(world.units["co_so"].id)
    page = sign_in("huyen").send(
        path(world, "xa_a", "/merge"), units=[stranger], name="Đoàn xã Mới", **PAPER
    )
    assert (page.status, changes()) == (422, 0)


def test_a_branch_splits_by_ticks(journey, sign_in):
    way = journey().to("education")
    world, browser = way.world, sign_in("xa_a")
    going = [way.dossier.person_id, *(each.id for each in world.members["ap_a1"][:4])]
    asked = {"people": [str(each) for each in going], "name": "Chi đoàn Ấp 1B", "kind": "hamlet"}
    page = browser.send(path(world, "ap_a1", "/split"), **asked, **PAPER)
    assert (page.status, changes()) == (200, 0)
    shown = dict(zip(*(map(text, page.all(tag)) for tag in ("dt", "dd")), strict=True))
    assert shown == {
        "Đoàn viên sang chi đoàn mới": "4",
        "Đoàn viên ở lại": "5",
        "Hồ sơ đang làm": "1",
        "Hồ sơ đã xong": "0",
    }
    assert "chưa có ai giải quyết hồ sơ" in page.words()
    done = browser.post(page.path, {**page.form(), "confirmed": "1"})
    made = db.session.query(Unit).filter_by(name="Chi đoàn Ấp 1B").one()
    assert (done.status, way.dossier.branch_id) == (200, made.id)
    assert db.session.query(Person).filter_by(unit_id=made.id).count() == 5
    assert "Chi đoàn Ấp 1B" in browser.get("/units/vacant").words()


def test_a_split_tells_the_year_alone_where_no_more_is_known(world, sign_in):
    member = world.members["ap_a1"][0]
    member.birth_date, member.birth_year_only = date(2006, 1, 1), True
    db.session.commit()
    page = sign_in("xa_a").get(path(world, "ap_a1", "/split"))
    assert f"{member.name}, 2006, Đoàn viên" in page.words()


def test_a_split_asks_who_goes(world, sign_in):
    browser = sign_in("xa_a")
    page = browser.send(path(world, "ap_a1", "/split"), name="B", kind="hamlet", **PAPER)
    page = browser.post(page.path, {**page.form(), "confirmed": "1"})
    assert (page.status, changes()) == (422, 0)
    assert "Đánh dấu những người" in page.words()
    assert sign_in("huyen").get(path(world, "xa_a", "/split")).status == 403


def test_a_unit_is_renamed_by_a_decision(world, sign_in):
    browser = sign_in("xa_a")
    page = browser.send(path(world, "ap_a1", "/rename"), name="Chi đoàn Ấp Thành Tâm", **PAPER)
    assert page.all("h1")[0].text == "Chi đoàn Ấp Thành Tâm"
    assert "Chi đoàn ap_a1 → Chi đoàn Ấp Thành Tâm" in page.words()
    again = browser.send(path(world, "ap_a1", "/rename"), name="Chi đoàn ap_a2", **PAPER)
    assert (again.status, "Đã có đơn vị tên này" in again.words()) == (422, True)


def test_a_branch_is_handed_to_another_commune(journey, sign_in):
    way = journey().to("commune_review")
    world, browser = way.world, sign_in("huyen")
    assert path(world, "ap_a1", "/hand") in browser.get(path(world, "ap_a1")).text
    assert path(world, "ap_a1", "/hand") not in sign_in("xa_a").get(path(world, "ap_a1")).text
    page = browser.get(path(world, "ap_a1", "/hand"))
    shown = dict(zip(*(map(text, page.all(tag)) for tag in ("dt", "dd")), strict=True))
    assert (shown["Đoàn viên"], shown["Hồ sơ đang làm"], shown["Chức vụ"]) == ("9", "1", "2")
    options = {each.get("value") for each in page.all("option")}
    assert options == {"", str(world.units["xa_b"].id)}
    asked = {"to_id": str(world.units["xa_b"].id), **PAPER}
    done = browser.send(path(world, "ap_a1", "/hand"), **asked)
    assert (done.status, "Đã chuyển giao" in done.words(), changes()) == (200, True, 1)
    before, after = "Chi đoàn ap_a1, Đoàn xã Tân Quới", "Chi đoàn ap_a1, Đoàn xã Mỹ Thuận"
    assert f"{before} → {after}" in done.words()
    assert way.ref in sign_in("xa_b").get("/queue").text
    assert way.ref not in sign_in("xa_a").get("/queue").text
    assert sign_in("xa_a").get(path(world, "ap_a1")).status == 404
    told = sign_in("xa_b").get(f"/dossiers/{way.ref}").words()
    assert "Chuyển theo đơn vị" in told


def test_handing_says_beside_the_field_what_cannot_be(world, sign_in):
    browser, asked = sign_in("huyen"), {"to_id": str(world.units["xa_b"].id), **PAPER}
    nowhere = browser.send(path(world, "ap_a1", "/hand"), **PAPER)
    assert (nowhere.status, "Chọn đoàn cơ sở." in nowhere.words()) == (422, True)
    world.units["ap_b1"].name = "Chi đoàn ap_a1"
    db.session.commit()
    page = browser.send(path(world, "ap_a1", "/hand"), **asked)
    assert (page.status, changes()) == (422, 0)
    assert "Đã có đơn vị tên này" in page.words()
    assert page.form()["decision"] == ["12-QĐ/ĐTN"]
    done = browser.send(path(world, "ap_a1", "/hand"), **asked, name="Chi đoàn Ấp 1 Tây")
    assert "Chi đoàn Ấp 1 Tây" in done.words()
    for unit in ("xa_a", "co_so"):
        assert browser.get(path(world, unit, "/hand")).status == 403
    assert sign_in("xa_a").get(path(world, "ap_a2", "/hand")).status == 403


def test_a_unit_is_closed_only_when_nothing_is_left(world, sign_in):
    browser = sign_in("xa_a")
    page = browser.get(path(world, "ap_a1", "/close"))
    assert "Chưa giải thể được" in page.words()
    token = browser.get("/password").form()["csrf_token"]
    refused = browser.post(path(world, "ap_a1", "/close"), {"csrf_token": token, **PAPER})
    assert (refused.status, changes()) == (422, 0)
    empty = UnitFactory(
        parent=world.units["xa_a"], district_id=world.units["huyen"].id, name="Chi đoàn Trống"
    )
    db.session.commit()
    done = browser.send(f"/units/{empty.id}/close", **PAPER)
    assert (done.status, "Giải thể" in done.words(), changes()) == (200, True, 1)
    assert browser.get(f"/units/{empty.id}/close").status == 200
    again = browser.post(f"/units/{empty.id}/close", {"csrf_token": token, **PAPER})
    assert (again.status, changes()) == (403, 1)


def test_founding_keeps_its_decision_in_the_history(world, sign_in):
    page = sign_in("xa_a").send(
        path(world, "xa_a", "/new"),
        name="Chi đoàn Ấp Mới",
        kind="hamlet",
        valid_from=typed(TODAY),
        decision="7-QĐ/ĐTN",
    )
    assert "7-QĐ/ĐTN" in page.words()
    assert changes() == 1


def test_a_dossier_tells_in_its_history_that_its_unit_merged(journey, sign_in):
    way = journey().to("education")
    merge(sign_in("xa_a"), way.world, "ap_a1", "ap_a2", name="Chi đoàn Ấp Mới", kind="hamlet")
    page = sign_in("ap_a1").get(f"/dossiers/{way.ref}")
    assert (page.status, "Chuyển theo đơn vị" in page.words()) == (200, True)
    last = (
        db.session.query(Event).filter_by(subject="dossiers", subject_id=way.dossier.id).all()[-1]
    )
    assert last.step == "move_unit"


def test_the_district_passes_into_the_province(journey, sign_in):
    way = journey().to("commune_review")
    world = way.world
    secretary = world.accounts["huyen"]
    db.session.add(
        Appointment(
            account_id=secretary.id,
            unit_id=world.units["tinh"].id,
            post=Post.SECRETARY,
            from_on=TODAY,
        )
    )
    db.session.commit()
    browser = sign_in("huyen")
    page = merge(browser, world, "huyen", into=str(world.units["tinh"].id))
    assert (page.status, page.path) == (200, path(world, "tinh"))
    assert db.session.query(Dossier).one().district_id == world.units["tinh"].id


def test_a_step_and_a_merger_at_the_same_moment_leave_nothing_behind(journey, sign_in):
    way = journey().to("commune_review")
    world, keys = way.world, ("ap_a1", "ap_a2")
    commune, approver = Desk(sign_in("xa_a")), Desk(sign_in("xa_a.pho"))
    said = {"name": "Chi đoàn Ấp Mới", "kind": "hamlet", "area": "rural", **PAPER}
    units = [str(world.units["ap_a2"].id)]
    merging = commune.post(
        path(world, "ap_a1", "/merge"), 0, units=units, into="", confirmed="1", **said
    )
    lock = row_of(Person, way.dossier.person_id)
    pages = at_once(lock, merging, approver.take(way.ref, "approve"))
    assert [page.status for page in pages] in ([303, 303], [303, 409])
    made = db.session.query(Unit).filter_by(name="Chi đoàn Ấp Mới").one()
    assert way.dossier.branch_id == made.id
    old = [world.units[each].id for each in keys]
    assert db.session.query(Person).filter(Person.unit_id.in_(old)).count() == 0
    assert verify().fault is None
