import re
from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Account, Appointment, Event, Unit
from tests.clock import TODAY
from tests.factories import AccountFactory, AppointmentFactory, MemberFactory
from workflows.levels import Post

NEW = "mật khẩu mới của tôi"


def day(value):
    return value.strftime("%d/%m/%Y")


def rows(page):
    """What a person reads in each row of the tables of a page."""
    found = [row for body in page.all("tbody") for row in body]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in found]


def units(page):
    return [row[0] for row in rows(page)]


def path(world, unit, rest=""):
    return f"/units/{world.units[unit].id}{rest}"


def token(browser):
    return browser.get("/").all("input", name="csrf_token")[0].get("value")


def newest_unit():
    db.session.expire_all()
    return db.session.query(Unit).order_by(Unit.id.desc()).first()


def account(username):
    db.session.expire_all()
    return db.session.query(Account).filter_by(username=username).one_or_none()


def held_by(world, name):
    db.session.expire_all()
    return db.session.query(Appointment).filter_by(account_id=world.accounts[name].id).all()


def test_the_tree_shows_the_units_i_look_over_with_their_members(world, sign_in):
    MemberFactory(unit=world.units["ap_a2"])
    db.session.commit()
    shown = [(row[0], row[3]) for row in rows(sign_in("xa_a").get("/units"))]
    assert shown == [("Đoàn xã Tân Quới", "19"), ("Chi đoàn ap_a1", "9"), ("Chi đoàn ap_a2", "10")]


def test_parents_stand_before_their_children_in_the_tree(sign_in):
    assert units(sign_in("huyen").get("/units")) == [
        "Huyện đoàn Bình Tân",
        "Chi đoàn cơ sở Công an",
        "Đoàn xã Mỹ Thuận",
        "Chi đoàn ap_b1",
        "Đoàn xã Tân Quới",
        "Chi đoàn ap_a1",
        "Chi đoàn ap_a2",
    ]


def test_a_closed_unit_is_no_longer_in_the_tree(world, sign_in):
    world.units["ap_a2"].valid_to = TODAY - timedelta(days=1)
    db.session.commit()
    assert "Chi đoàn ap_a2" not in units(sign_in("xa_a").get("/units"))


def test_a_closed_unit_takes_no_list(world, sign_in):
    address, browser = f"/imports/new?unit={world.units['ap_a2'].id}", sign_in("xa_a")
    assert browser.get(path(world, "ap_a2")).all("a", href=address)
    world.units["ap_a2"].valid_to = TODAY - timedelta(days=1)
    db.session.commit()
    assert not browser.get(path(world, "ap_a2")).all("a", href=address)


def test_what_waits_at_my_own_unit_leads_to_my_queue(journey, sign_in):
    way = journey().to("education")
    address = "/queue?state=education"
    assert sign_in("ap_a1").get(path(way.world, "ap_a1")).all("a", href=address)
    seen_from_above = sign_in("xa_a").get(path(way.world, "ap_a1"))
    assert "Bồi dưỡng (Kết nạp đoàn viên)" in seen_from_above.words()
    assert not seen_from_above.all("a", href=address)


def test_who_holds_no_post_that_looks_over_units_sees_no_tree(world, sign_in):
    row = AppointmentFactory(
        account=AccountFactory(username="giamkhao1"), unit=world.units["huyen"], post=Post.JUDGE
    )
    world.accounts["giamkhao1"] = db.session.get_one(Account, row.account_id)
    db.session.commit()
    assert sign_in("giamkhao1").get("/units").status == 403
    assert sign_in("giamkhao1").get(path(world, "xa_a")).status == 404


def administrator(world, unit="xa_a"):
    world.accounts["quantri"] = AccountFactory(username="quantri")
    AppointmentFactory(
        account=world.accounts["quantri"], unit=world.units[unit], post=Post.ADMINISTRATOR
    )
    db.session.commit()


def test_an_administrator_keeps_units_and_invites_without_seeing_people(world, sign_in):
    administrator(world)
    browser = sign_in("quantri")
    assert units(browser.get("/units"))[0] == "Đoàn xã Tân Quới"
    page = browser.get(path(world, "ap_a1"))
    assert page.all("a", href=path(world, "ap_a1", "/edit"))
    assert page.all("a", href=path(world, "ap_a1", "/invitations/new"))
    assert browser.get("/people").status == 403


def test_a_unit_tells_what_it_is_who_leads_it_and_how_many_it_has(world, sign_in):
    page = sign_in("xa_a").get(path(world, "ap_a1"))
    words = page.words()
    assert "Cấp trên Đoàn xã Tân Quới" in words
    assert "Chi đoàn, ấp, khóm" in words
    assert "Nông thôn" in words
    assert "từ 01/01/2012" in words
    name = world.accounts["ap_a1"].name
    assert [name, "Bí thư", "01/01/2020", "", "ap_a1"] in [row[:5] for row in rows(page)]
    assert "Đoàn viên 9" in words


def test_a_branch_names_its_commune_without_a_way_into_it(world, sign_in):
    page = sign_in("ap_a1").get(path(world, "ap_a1"))
    assert "Đoàn xã Tân Quới" in page.words()
    assert not page.all("a", href=path(world, "xa_a"))


def test_a_chi_doan_co_so_is_named_as_one(world, sign_in):
    assert (
        "Chi đoàn cơ sở, lực lượng vũ trang" in sign_in("co_so").get(path(world, "co_so")).words()
    )


@pytest.mark.parametrize("who", ["xa_b", "ap_a2", "co_so"])
@pytest.mark.parametrize("rest", ["", "/new", "/edit", "/invitations/new", "/appointments/new"])
def test_a_unit_of_others_is_not_there(world, sign_in, who, rest):
    page = sign_in(who).get(path(world, "ap_a1", rest))
    assert page.status == (403 if who == "ap_a2" and rest else 404)


@pytest.mark.parametrize("rest", ["/new", "/edit", "/invitations/new", "/appointments/new"])
@pytest.mark.parametrize("who", ["ap_a1", "xa_a.canbo", "huyen.canbo"])
def test_who_has_no_right_to_keep_a_unit_finds_no_button_and_no_form(world, sign_in, who, rest):
    browser = sign_in(who)
    page = browser.get(path(world, "ap_a1"))
    assert page.status == 200
    assert not page.all("a", href=path(world, "ap_a1", rest))
    assert browser.get(path(world, "ap_a1", rest)).status == 403


def test_a_commune_founds_a_branch(world, sign_in):
    page = sign_in("xa_a").send(
        path(world, "xa_a", "/new"),
        name="Chi đoàn Ấp 12",
        kind="hamlet",
        area="rural",
        valid_from="5/1/2015",
        is_disadvantaged="y",
    )
    made = newest_unit()
    assert page.path == f"/units/{made.id}"
    assert "Đã lập Chi đoàn Ấp 12." in page.words()
    assert "Nơi đặc biệt khó khăn: được xét linh hoạt" in page.words()
    assert (made.parent_id, made.is_grassroots) == (world.units["xa_a"].id, False)


@pytest.mark.parametrize(
    ("level", "kind", "words"),
    [("branch", "agency", "Chi đoàn cơ sở, cơ quan"), ("commune", "", "Đoàn xã")],
)
def test_the_district_founds_a_grassroots_organisation(*, world, sign_in, level, kind, words):
    page = sign_in("huyen").send(
        path(world, "huyen", "/new"),
        level=level,
        name="Đơn vị mới",
        kind=kind,
        area="urban",
        valid_from=day(TODAY),
    )
    assert newest_unit().is_grassroots
    assert words in page.words()


def test_a_temporary_branch_ends_by_itself(world, sign_in):
    page = sign_in("xa_a").send(
        path(world, "xa_a", "/new"),
        name="Chi đoàn tạm thời công trình",
        kind="enterprise",
        valid_from=day(TODAY),
        valid_to=day(TODAY + timedelta(days=90)),
    )
    assert f"đến {day(TODAY + timedelta(days=90))}" in page.words()


def test_founding_with_mistakes_names_them_and_keeps_what_was_typed(world, sign_in):
    before = newest_unit().id
    page = sign_in("xa_a").send(
        path(world, "xa_a", "/new"), name="", kind="hamlet", valid_from="31/02/2015"
    )
    assert page.status == 422
    assert "Ghi tên đơn vị." in page.words()
    assert "Không có ngày “31/02/2015”" in page.words()
    assert page.all("input", name="valid_from", value="31/02/2015")
    assert newest_unit().id == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Chi đoàn AP_A1"}, "Đã có đơn vị tên này"),
        ({"kind": ""}, "Chọn loại hình của chi đoàn."),
        ({"valid_to": "01/01/2014"}, "Ngày cuối trước ngày đầu."),
    ],
)
def test_what_only_the_service_knows_is_said_beside_the_field(world, sign_in, typed, sentence):
    usual = {"name": "Chi đoàn Ấp 12", "kind": "hamlet", "valid_from": "05/01/2015"}
    page = sign_in("xa_a").send(path(world, "xa_a", "/new"), **{**usual, **typed})
    assert page.status == 422
    assert sentence in page.words()


def test_a_commune_cannot_found_what_is_not_offered(world, sign_in):
    page = sign_in("xa_a").send(
        path(world, "xa_a", "/new"),
        level="commune",
        name="Đoàn xã khác",
        valid_from="05/01/2015",
    )
    assert page.status == 422


def test_the_superior_records_its_consent_for_a_scattered_branch(world, sign_in):
    page = sign_in("xa_a").send(
        path(world, "ap_a1", "/edit"),
        committee_votes_from=day(TODAY),
        committee_votes_ref="12-CV/ĐTN",
    )
    assert page.path == path(world, "ap_a1")
    said = f"Ban chấp hành xét thay hội nghị từ {day(TODAY)}, theo 12-CV/ĐTN"
    assert said in page.words()


def test_half_a_consent_is_refused(world, sign_in):
    page = sign_in("xa_a").send(path(world, "ap_a1", "/edit"), committee_votes_from=day(TODAY))
    assert page.status == 422
    assert "Ghi cả ngày và số văn bản đồng ý" in page.words()


def test_a_commune_has_no_consent_to_record(world, sign_in):
    page = sign_in("huyen").get(path(world, "xa_a", "/edit"))
    assert page.status == 200
    assert not page.all("input", name="committee_votes_from")


def test_the_form_of_a_unit_shows_what_is_on_file(world, sign_in):
    fields = sign_in("xa_a").get(path(world, "ap_a1", "/edit")).form()
    assert fields["name"] == ["Chi đoàn ap_a1"]
    assert fields["kind"] == ["hamlet"]
    assert fields["valid_from"] == ["01/01/2012"]


def test_who_saves_an_older_version_is_told_and_keeps_what_was_typed(world, sign_in):
    browser = sign_in("xa_a")
    edit = path(world, "ap_a1", "/edit")
    old = browser.get(edit).form()
    sign_in("xa_a.pho").send(edit, name="Chi đoàn Ấp 1")
    page = browser.post(edit, {**old, "name": "Chi đoàn Ấp Một"})
    assert page.status == 409
    assert f"{world.accounts['xa_a.pho'].name} đã sửa đơn vị này" in page.words()
    assert page.form()["name"] == ["Chi đoàn Ấp Một"]
    again = browser.post(edit, page.form())
    assert again.status == 200
    assert "Chi đoàn Ấp Một" in again.words()


def invitation(world, sign_in, who="xa_a", unit="ap_a1", **changed):
    usual = {
        "username": "nguoi.moi",
        "name": "Trần Thị Mới",
        "email": "moi@doanthanhnien.vn",
        "post": "deputy",
    }
    return sign_in(who).send(path(world, unit, "/invitations/new"), **{**usual, **changed})


def link_of(page):
    address = page.all("textarea", id="link")[0].text
    return re.sub(r"^http://localhost", "", address)


def test_an_invitation_shows_the_link_that_opens_the_account(world, sign_in, visitor):
    page = invitation(world, sign_in)
    assert page.status == 200
    assert "Liên kết dùng được một lần" in page.words()
    assert day(TODAY + timedelta(days=14)) in page.words()
    opened = visitor.send(link_of(page), password=NEW, again=NEW)
    assert "Tài khoản nguoi.moi đã mở." in opened.words()
    assert "Phó bí thư, Chi đoàn ap_a1" in opened.words()


def test_an_invitation_begins_today_unless_said_otherwise(world, sign_in):
    form = sign_in("xa_a").get(path(world, "ap_a1", "/invitations/new")).form()
    assert form["from_on"] == [day(TODAY)]


def test_a_link_is_shown_once_and_not_on_the_page_of_the_unit(world, sign_in):
    page = invitation(world, sign_in)
    unit = sign_in("xa_a").get(path(world, "ap_a1"))
    assert link_of(page).rpartition("/")[2] not in unit.text
    assert "nguoi.moi (chưa mở)" in unit.words()


def test_an_invitation_sent_twice_shows_the_same_link(world, sign_in):
    browser = sign_in("xa_a")
    form = browser.get(path(world, "ap_a1", "/invitations/new")).form()
    sent = {**form, "username": "nguoi.moi", "name": "Trần Thị Mới", "post": "deputy"}
    links = {link_of(browser.post(path(world, "ap_a1", "/invitations/new"), sent)) for _ in "ab"}
    assert len(links) == 1
    assert db.session.query(Account).filter_by(username="nguoi.moi").count() == 1


def test_a_member_is_chosen_by_name_from_the_own_unit(world, sign_in):
    member, stranger = world.members["ap_a1"][3], world.members["ap_b1"][3]
    page = sign_in("xa_a").get(path(world, "ap_a1", "/invitations/new"))
    assert page.all("option", value=str(member.id))
    assert not page.all("option", value=str(stranger.id))
    invitation(world, sign_in, person_id=str(member.id), name="")
    assert (account("nguoi.moi").person_id, account("nguoi.moi").name) == (member.id, member.name)


def test_a14_an_invited_member_never_decides_on_whom_they_introduced(world, sign_in, journey):
    introducer = world.members["ap_a1"][2]
    invitation(world, sign_in, who="huyen", unit="xa_a", person_id=str(introducer.id))
    row = account("nguoi.moi")
    row.password_hash = "opened"
    world.accounts["nguoi.moi"] = row
    db.session.commit()
    way = journey().to("commune_review")
    browser = sign_in("nguoi.moi")
    page = browser.get(f"/dossiers/{way.ref}")
    assert page.status == 200
    assert not page.all("a", href=f"/dossiers/{way.ref}/steps/approve")
    sent = {"csrf_token": token(browser), "seen": way.dossier.version, "signed_on": day(TODAY)}
    assert browser.post(f"/dossiers/{way.ref}/steps/approve", sent).status == 403
    assert way.dossier.state == "commune_review"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": "xa_b"}, "Tên đăng nhập này đã có người dùng."),
        ({"username": "Có Dấu"}, "Ghi 3 đến 40 ký tự"),
        ({"email": "không phải thư"}, "Địa chỉ thư chưa đúng dạng"),
        ({"name": ""}, "Chọn đoàn viên, hoặc ghi họ và tên."),
        ({"to_on": "01/01/2015"}, "Ngày cuối trước ngày đầu."),
        ({"from_on": ""}, "Ghi ngày bắt đầu."),
        ({"name": "x" * 101}, "Dài 101 ký tự; tối đa 100."),
    ],
)
def test_an_invitation_with_a_mistake_names_it_and_invites_nobody(world, sign_in, typed, sentence):
    page = invitation(world, sign_in, **typed)
    assert page.status == 422
    assert sentence in page.words()
    assert account("nguoi.moi") is None


def test_a58_a_name_with_script_is_shown_as_text(world, sign_in):
    page = invitation(world, sign_in, name="<script>alert(1)</script>Đào")
    assert page.status == 200
    unit = sign_in("xa_a").get(path(world, "ap_a1"))
    assert "<script>alert(1)</script>Đào" in unit.words()
    assert not unit.all("script")


def test_a_post_from_above_is_not_offered_and_not_taken(world, sign_in):
    page = sign_in("xa_a.pho").get(path(world, "xa_a", "/invitations/new"))
    offered = [option.get("value") for option in page.all("option")]
    assert "secretary" not in offered
    assert invitation(world, sign_in, who="xa_a.pho", unit="xa_a", post="secretary").status == 422


def give(world, sign_in, who, unit, **typed):
    return sign_in(who).send(path(world, unit, "/appointments/new"), **typed)


def test_a_second_post_goes_to_an_account_by_its_name(world, sign_in):
    page = give(world, sign_in, "xa_a", "xa_a", username="ap_a1", post="officer")
    assert page.path == path(world, "xa_a")
    assert "Đã giao chức vụ cho ap_a1." in page.words()
    assert {row.post for row in held_by(world, "ap_a1")} == {Post.SECRETARY, Post.OFFICER}


@pytest.mark.parametrize(
    ("username", "sentence"),
    [
        ("xa_a", "Không ai tự giao chức vụ cho mình."),
        ("ap_b1", "Không có tài khoản nào tên này"),
        ("khong.ai", "Không có tài khoản nào tên này"),
        ("", "Ghi tên đăng nhập."),
    ],
)
def test_a_post_that_cannot_be_given_says_why(world, sign_in, username, sentence):
    page = give(world, sign_in, "xa_a", "xa_a", username=username, post="officer")
    assert page.status == 422
    assert sentence in page.words()


def test_a_post_is_ended_from_the_page_of_the_unit(world, sign_in):
    (row,) = held_by(world, "ap_a1")
    target = path(world, "ap_a1", f"/appointments/{row.id}/end")
    page = sign_in("xa_a").send(path(world, "ap_a1"), action=target)
    assert page.path == path(world, "ap_a1")
    assert world.accounts["ap_a1"].name not in [row[0] for row in rows(page)]
    assert sign_in("ap_a1").get(path(world, "ap_a1")).status == 404


@pytest.mark.parametrize(
    ("who", "unit", "holder", "status"),
    [
        ("xa_a.pho", "xa_a", "xa_a", 403),
        ("xa_a", "xa_a", "xa_a", 403),
        ("xa_b", "ap_a1", "ap_a1", 404),
        ("xa_a", "ap_a2", "ap_a1", 404),
        ("ap_a1.pho", "ap_a1", "ap_a1", 403),
    ],
)
def test_a_post_is_not_ended_by_who_stands_no_higher(*, world, sign_in, who, unit, holder, status):
    (row,) = held_by(world, holder)
    browser, target = sign_in(who), path(world, unit, f"/appointments/{row.id}/end")
    assert browser.post(target, {"csrf_token": token(browser)}).status == status
    assert held_by(world, holder)[0].to_on is None


def test_no_button_is_offered_over_a_post_that_comes_from_above(world, sign_in):
    page = sign_in("xa_a.pho").get(path(world, "xa_a"))
    (secretary,) = held_by(world, "xa_a")
    (officer,) = held_by(world, "xa_a.canbo")
    targets = {form.get("action") for form in page.all("form")}
    assert path(world, "xa_a", f"/appointments/{officer.id}/end") in targets
    assert path(world, "xa_a", f"/appointments/{secretary.id}/end") not in targets


def test_a_new_link_opens_an_account_whose_password_was_forgotten(world, sign_in, visitor):
    holder = world.accounts["ap_a1"]
    target = path(world, "ap_a1", f"/accounts/{holder.id}/link")
    page = sign_in("xa_a").send(path(world, "ap_a1"), action=target)
    assert "“ap_a1”" in page.words()
    before = sign_in("ap_a1")
    assert visitor.send(link_of(page), password=NEW, again=NEW).path == "/"
    assert before.get("/").path == "/login"
    db.session.expire_all()
    last = db.session.query(Event).filter_by(subject="accounts", subject_id=holder.id)
    assert [event.step for event in last.order_by(Event.sequence)][-2:] == ["renew_link", "accept"]


@pytest.mark.parametrize("rest", ["/appointments/1/end", "/accounts/1/link"])
def test_posts_and_links_are_not_changed_by_a_link(world, sign_in, rest):
    assert sign_in("xa_a").get(path(world, "ap_a1", rest)).status == 405
