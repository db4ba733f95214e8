"""The training programme through the front door: contents, sheets, the personal link."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app.extensions import db, limiter
from app.models import Event, ProgrammeLink
from tests.browser import Browser
from tests.clock import NOW, TODAY
from tests.factories import MemberFactory
from tests.programmes import CONTENTS, YEAR, Programme
from tests.queries.test_statements import counted
from tests.web.test_exports import download
from workflows.programme_facts import Mark

PLACE = re.compile(r"http://[^/]+(/mine/[\w-]+)")


@pytest.fixture
def programme(world):
    """The district's programme of this year, open."""
    return Programme(world).opened()


def at(world, unit="ap_a1", page="", year=YEAR):
    return f"/programmes/{world.units[unit].id}/{year}{page}"


def version(page):
    return page.form()["seen"][0]


def test_district_writes_and_opens_a_programme_and_the_branch_sees_it(world, sign_in):
    district, place = sign_in("huyen"), at(world, "huyen", "/contents")
    page = district.send(place, action=f"{at(world, 'huyen')}/draft/blank")
    assert "Đã lập bản nháp" in page.words()
    page = district.send(
        place,
        text_0="Học bài lý luận chính trị",
        field_0="politics",
        target_0="4",
        measure_0="bài",
        is_required_0="y",
        text_1="Tập một môn thể thao",
        field_1="fitness",
        due_on_1=f"30/06/{YEAR}",
    )
    assert "Đã lưu nội dung chương trình." in page.words()
    assert page.form(place)["text_1"] == ["Tập một môn thể thao"]
    page = district.send(place, action=f"{at(world, 'huyen')}/open")
    assert (page.status, page.path) == (200, at(world, "huyen"))
    words = sign_in("ap_a1").get(at(world)).words()
    assert "Học bài lý luận chính trị (Nhận thức chính trị; bắt buộc ; chỉ tiêu 4 bài)" in words
    assert "theo chương trình của cấp trên" in words
    assert "13-HD/TWĐTN-BTC" in words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"target_0": "0"}, "Ghi số lớn hơn 0"),
        ({"target_0": "bốn"}, "“bốn” không phải là số nguyên."),
        ({"due_on_0": "31/02/2026"}, "Không có ngày “31/02/2026”."),
        ({"text_1": "Học bài"}, "Nội dung này đã có ở trên."),
        ({"text_1": "x" * 301}, "Dài 301 ký tự; tối đa 300."),
    ],
)
def test_draft_keeps_what_was_typed_and_names_the_mistake(world, sign_in, typed, told):
    district, place = sign_in("huyen"), at(world, "huyen", "/contents")
    district.send(place, action=f"{at(world, 'huyen')}/draft/blank")
    page = district.send(place, text_0="Học bài", **typed)
    assert page.status == 422
    assert told in page.words()
    assert all(page.form(place)[name] == [text] for name, text in typed.items())


def test_a12_two_who_write_a_draft_at_once_are_told(world, sign_in):
    place = at(world, "huyen", "/contents")
    one, other = sign_in("huyen"), sign_in("huyen.canbo")
    one.send(place, action=f"{at(world, 'huyen')}/draft/blank")
    fields = other.get(place).form(place)
    one.send(place, text_0="Của bí thư")
    page = other.post(place, fields | {"text_0": "Của cán bộ"})
    assert page.status == 409
    assert "Vừa có thay đổi" in page.words()
    page = other.post(place, page.form(place))
    assert page.form(place)["text_0"] == ["Của cán bộ"]


def test_draft_without_contents_or_for_a_day_that_is_over_is_not_opened(world, sign_in):
    district, place = sign_in("huyen"), at(world, "huyen", "/contents")
    district.send(place, action=f"{at(world, 'huyen')}/draft/blank")
    opening = f"{at(world, 'huyen')}/open"
    page = district.send(place, action=opening)
    assert page.status == 422
    assert "Chương trình chưa có nội dung nào" in page.words()
    district.send(place, text_0="Học bài")
    yesterday = TODAY - timedelta(days=1)
    page = district.send(place, action=opening, opened_on=f"{yesterday:%d/%m/%Y}")
    assert (page.status, "Ngày này đã qua." in page.words()) == (422, True)


@pytest.mark.usefixtures("programme")
def test_commune_keeps_what_is_required_and_changes_the_rest(world, sign_in):
    commune, place = sign_in("xa_a"), at(world, "xa_a", "/contents")
    page = commune.send(place, action=f"{at(world, 'xa_a')}/draft/above")
    form = page.form(place)
    assert CONTENTS[0].text not in form["text_0"] + form["text_1"]
    assert "Bắt buộc theo cấp trên" in page.words()
    page = commune.send(place, text_0="", text_1="Chạy bộ mỗi sáng")
    assert "Chạy bộ mỗi sáng" in page.form(place)["text_0"]
    commune.send(place, action=f"{at(world, 'xa_a')}/open")
    words = sign_in("ap_a1").get(at(world)).words()
    assert CONTENTS[0].text in words
    assert CONTENTS[1].text not in words


def test_whole_branch_is_registered_in_one_press(world, programme, sign_in):
    browser = sign_in("ap_a1")
    common = [str(number) for number in programme.contents[:2]]
    page = browser.send(at(world, page="/register"), common=common)
    assert "Đã ghi cho 9 đoàn viên." in page.words()
    assert page.words().count("Chờ chi đoàn duyệt") == 9
    assert "Duyệt đăng ký (9)" in page.words()


def test_one_member_is_refused_by_name_and_the_ticks_stay(world, programme, sign_in):
    [person, *_rest] = programme.people
    required, chosen, _other = programme.contents
    field = f"contents_{person.id}"
    browser = sign_in("ap_a1")
    page = browser.send(at(world, page="/register"), **{field: [str(chosen)]})
    assert page.status == 422
    assert "Mới chọn 1 nội dung; cần ít nhất 2." in page.words()
    assert f"Còn thiếu nội dung bắt buộc: {CONTENTS[0].text}." in page.words()
    assert page.form()[field] == [str(chosen)]
    fields = page.form() | {field: [str(required), str(chosen)]}
    assert "Đã ghi cho 1 đoàn viên." in browser.post(page.path, fields).words()


def test_registrations_are_approved_and_returned_with_reasons(world, programme, sign_in):
    one, other, third, *_rest = programme.people
    programme.register(one, other, third)
    browser, place = sign_in("ap_a1"), at(world, page="/approve")
    page = browser.send(place, person=[str(one.id)], step="send_back")
    assert page.status == 422
    assert "Ghi lý do trả lại" in page.words()
    assert page.form()["person"] == [str(one.id)]
    text = {f"text_{one.id}": "Chọn thêm thể lực"}
    browser.send(place, person=[str(one.id)], step="send_back", **text)
    assert programme.row(one).state == "returned"
    page = browser.send(place)
    assert "Đã ghi cho 2 đoàn viên." in page.words()
    assert "Lý do trả lại: Chọn thêm thể lực" in browser.get(at(world, page="/register")).words()
    assert "Không có đăng ký nào đang chờ duyệt." in browser.get(place).words()


def test_a10_two_who_approve_at_once_are_told_who_was_quicker(world, programme, sign_in):
    one, other, *_rest = programme.people
    programme.register(one, other)
    hers, his = sign_in("ap_a1"), sign_in("ap_a1.pho")
    place = at(world, page="/approve")
    fields = his.get(place).form()
    hers.send(place, person=[str(one.id)])
    page = his.post(place, fields)
    assert page.status == 409
    assert f"{one.name}: Vừa có thay đổi: {world.accounts['ap_a1'].name}" in page.words()
    assert programme.row(other).state == "registered"
    assert "Đã ghi cho 1 đoàn viên." in his.post(place, page.form()).words()


def test_sheet_that_says_nothing_of_anybody_is_not_told_as_written(world, programme, sign_in):
    browser = sign_in("ap_a1")
    page = browser.send(at(world, page="/register"))
    assert (page.status, "chọn nội dung cho ít nhất một" in page.words()) == (422, True)
    programme.register()
    programme.take("approve")
    page = browser.send(at(world, page="/review"))
    assert (page.status, "nhận xét ít nhất một đoàn viên" in page.words()) == (422, True)


def test_remarks_of_the_whole_branch_are_written_at_mid_year(world, programme, sign_in):
    one, other, *_rest = programme.people
    programme.register(one, other)
    programme.take("approve", one, other)
    place = at(world, page="/review")
    page = sign_in("ap_a1").send(place, **{f"text_{one.id}": "Làm tốt, cần thể thao thêm"})
    assert "Đã ghi cho 1 đoàn viên." in page.words()
    assert (programme.row(one).state, programme.row(other).state) == ("reviewed", "approved")
    sign_in("ap_a1").send(place, **{f"text_{other.id}": "Cố gắng"})
    assert programme.row(one).version == 3


def test_branch_concludes_on_its_members_and_their_page_and_the_files_show_it(
    world, programme, sign_in
):
    one, other, *_rest = programme.people
    programme.register(one, other)
    programme.take("approve", one, other)
    programme.track(one, done=4, evidence="Sổ tay", self_mark=Mark.DONE_WELL, evaluates=True)
    browser, place = sign_in("ap_a1"), at(world, page="/conclude")
    page = browser.get(place)
    assert page.form()["person"] == [str(one.id)]
    assert page.form()[f"mark_{programme.contents[0]}_{one.id}"] == ["done_well"]
    page = browser.send(place, person=[str(one.id), str(other.id)])
    assert page.status == 422
    assert "Chưa đánh giá" in page.words()
    assert programme.row(one).mark is None
    page = browser.send(place)
    assert "Đã ghi cho 1 đoàn viên." in page.words()
    assert "Thực hiện tốt" in browser.get(f"/people/{one.id}").words()
    row = f"{one.name},Đã kết luận,{CONTENTS[0].text},Nhận thức chính trị,4,4,Sổ tay"
    assert row in download(browser, at(world, page="/export"), format="csv")[1].decode()
    assert sign_in("xa_a").get(at(world, page=f"/members/{one.id}")).status == 200


def test_a14_nobody_approves_or_concludes_on_themselves(world, programme, sign_in):
    [person, *_rest] = programme.people
    world.accounts["ap_a1"].person_id = person.id
    db.session.commit()
    programme.register(person, programme.people[1])
    place = at(world, page="/approve")
    page = sign_in("ap_a1").get(place)
    assert page.form()["person"] == [str(programme.people[1].id)]
    assert sign_in("ap_a1").send(place, person=[str(person.id)]).status == 403
    union = sign_in("xa_a").get(place)
    assert union.form()["person"] == [str(person.id)]
    assert programme.people[1].name not in union.words()
    sign_in("xa_a").send(place)
    assert programme.row(person).state == "approved"


def test_a14_secretary_who_is_on_the_sheet_concludes_on_the_others(world, programme, sign_in):
    [own, one, *_rest] = programme.people
    world.accounts["ap_a1"].person_id = own.id
    db.session.commit()
    programme.register(own, one)
    programme.take("approve", one)
    programme.take("approve", own, who="xa_a")
    programme.track(one, done=4, self_mark=Mark.DONE_WELL, evaluates=True)
    page = sign_in("ap_a1").send(at(world, page="/conclude"))
    assert "Đã ghi cho 1 đoàn viên." in page.words()
    assert (programme.row(one).state, programme.row(own).state) == ("concluded", "approved")


def test_secretary_writes_for_a_member_what_they_did(world, programme, sign_in):
    [person, *_rest] = programme.people
    browser, place = sign_in("ap_a1"), at(world, page=f"/members/{person.id}")
    required, chosen, _other = programme.contents
    page = browser.send(place, contents=[str(required), str(chosen)])
    assert f"Đã ghi cho {person.name}." in page.words()
    programme.take("approve", person)
    tomorrow = TODAY + timedelta(days=1)
    typed = {f"done_{required}": "3", f"evidence_{required}": "Vở ghi"}
    page = browser.send(place, **typed, **{f"done_on_{required}": f"{tomorrow:%d/%m/%Y}"})
    assert (page.status, "Ngày này ở phía trước" in page.words()) == (422, True)
    assert page.form()[f"evidence_{required}"] == ["Vở ghi"]
    page = browser.send(place, **typed)
    assert page.status == 200
    page = browser.send(place, end="yes")
    assert (page.status, "Chưa tự đánh giá" in page.words()) == (422, True)
    marks = {f"self_mark_{required}": "average", f"self_mark_{chosen}": "done_well"}
    browser.send(place, end="yes", **marks)
    assert programme.row(person).state == "self_evaluated"


def test_a15_programme_of_another_commune_does_not_exist(world, programme, sign_in):
    [person, *_rest] = programme.people
    pages = ("", "/contents", "/register", "/approve", "/review", "/conclude", "/export")
    for who in ("xa_b", "ap_a2", "co_so"):
        for page in (*pages, f"/members/{person.id}"):
            assert sign_in(who).get(at(world, page=page)).status == 404
    stranger = world.members["ap_a2"][0]
    assert sign_in("xa_a").get(at(world, page=f"/members/{stranger.id}")).status == 404
    for page in ("/register", "/review", "/conclude"):
        assert sign_in("xa_a").get(at(world, page=page)).status == 403


@pytest.mark.parametrize("year", [2012, YEAR + 2, 99999])
def test_year_out_of_reach_is_no_page(world, sign_in, year):
    assert sign_in("ap_a1").get(at(world, year=year)).status == 404


def test_pictures_show_the_shares_of_branches_and_communes_beside_their_table(
    world, programme, sign_in
):
    programme.register()
    programme.take("approve", *programme.people[:4])
    page = sign_in("xa_a").get(at(world, "xa_a"))
    assert "Chi đoàn ap_a1 9 9 4 0 0" in page.words()
    assert "0 + 4 + 5 + 0" in page.words()
    page = sign_in("huyen").get(f"/programmes?year={YEAR}")
    assert "Đoàn xã Tân Quới" in page.words()
    assert "0 + 4 + 5 + 9" in page.words()
    assert page.all("a", href=f"/classifications?unit={world.units['huyen'].id}&year={YEAR}")


@pytest.fixture
def link(world, programme, sign_in):
    """The personal link of the first member, as the branch hands it out."""
    place = at(world, page=f"/members/{programme.people[0].id}")
    page = sign_in("ap_a1").send(place, action=f"{place}/link")
    assert "chỉ hiện ở trang này" in page.words()
    return PLACE.search(page.all("textarea", id="link")[0].text)[1]


def test_member_registers_and_evaluates_without_an_account(programme, link, visitor):
    [person, other, *_rest] = programme.people
    page = visitor.get(link)
    assert person.name in page.words()
    assert other.name not in page.words()
    required, chosen, _other = programme.contents
    assert page.form()["contents"] == [str(required)]
    page = visitor.send(link, contents=[str(required)])
    assert (page.status, "cần ít nhất 2" in page.words()) == (422, True)
    page = visitor.send(link, contents=[str(required), str(chosen)])
    assert "Đã gửi cho chi đoàn." in page.words()
    programme.take("approve", person)
    fields = {f"self_mark_{number}": "done_well" for number in (required, chosen)}
    page = visitor.send(link, end="yes", comment="Đã cố gắng", **fields)
    assert "Đã gửi cho chi đoàn." in page.words()
    assert programme.row(person).self_comment == "Đã cố gắng"


def test_link_is_indexed_by_nobody_tells_no_site_and_a_look_changes_nothing(link, visitor):
    before = db.session.query(Event).count()
    page = visitor.get(link)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert db.session.query(Event).count() == before
    token = link.rpartition("/")[2]
    kept = db.session.query(ProgrammeLink).one().token_hash
    assert token not in kept
    visitor.send(link)
    events = db.session.query(Event).all()
    assert not any(token in f"{each.request_key} {each.facts} {each.comment}" for each in events)


def test_link_works_over_https_without_a_referrer(programme, link, app):
    client = app.test_client()
    with app.app_context():
        page = client.get(link, base_url="https://localhost")
    fields = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.text)[1]
        for name in ("csrf_token", "request_key", "seen")
    }
    chosen = {"contents": [str(number) for number in programme.contents[:2]]}
    with app.app_context():
        answer = client.post(link, data=fields | chosen, base_url="https://localhost")
    assert answer.status_code == 303
    with app.app_context():
        answer = client.post(link, data=chosen, base_url="https://localhost")
    assert answer.status_code == 422


def test_link_that_ended_opens_nothing(world, programme, link, visitor, sign_in):
    place = at(world, page=f"/members/{programme.people[0].id}")
    sign_in("ap_a1").send(place, action=f"{place}/link/revoke")
    for path in (link, "/mine/x", "/mine/" + "x" * 5000):
        page = visitor.get(path)
        assert (page.status, page.headers["X-Robots-Tag"]) == (404, "noindex, nofollow")
        assert "đã hết hạn, đã được thay hoặc thu hồi" in page.words()
        assert visitor.post(path, {"contents": "1"}).status == 404


def test_link_is_over_after_its_days(link, visitor):
    db.session.query(ProgrammeLink).update({"valid_until": NOW})
    db.session.commit()
    assert visitor.get(link).status == 404


@pytest.mark.usefixtures("programme")
def test_guessing_links_is_slowed_down(app, monkeypatch):
    limited = replace(app.config["SETTINGS"], login_limit="3 per minute")
    monkeypatch.setitem(app.config, "SETTINGS", limited)
    limiter.reset()
    browser = Browser(app.test_client())
    tries = [browser.get(f"/mine/guess{number}").status for number in range(5)]
    assert tries == [404, 404, 404, 429, 429]
    limiter.reset()


def test_a11_link_pressed_twice_registers_once(programme, link, visitor):
    fields = visitor.get(link).form()
    fields["contents"] = [str(number) for number in programme.contents[:2]]
    for _tap in range(2):
        assert visitor.post(link, fields).status == 200
    assert programme.row(programme.people[0]).version == 1


def test_a12_member_and_secretary_who_write_at_once_are_told(programme, link, visitor):
    [person, *_rest] = programme.people
    fields = visitor.get(link).form()
    programme.register(person)
    fields["contents"] = [str(number) for number in programme.contents]
    page = visitor.post(link, fields)
    assert page.status == 409
    assert "Vừa có thay đổi" in page.words()
    assert page.form()["contents"] == [str(number) for number in programme.contents]


@pytest.mark.parametrize(
    ("page", "most"),
    [("", 12), ("/register", 10), ("/approve", 10), ("/review", 9), ("/conclude", 12)],
)
def test_sheet_takes_few_statements_however_many_members_it_lists(
    world, programme, sign_in, page, most
):
    browser, numbers = sign_in("ap_a1"), []
    for _more in range(2):
        new = MemberFactory.create_batch(3, unit=programme.unit)
        db.session.commit()
        programme.register(*new)
        path = at(world, page=page)
        with counted() as said:
            assert browser.get(path).status == 200
        numbers.append(len(said))
    assert numbers == [numbers[0]] * 2
    assert numbers[0] <= most, "\n".join(said)


def test_a02_badge_shows_what_waits_on_every_page_of_the_programme(world, programme, sign_in):
    browser = sign_in("ap_a1")
    for page in ("", "/register", "/approve", "/contents", f"/members/{programme.people[0].id}"):
        [badge] = browser.get(at(world, page=page)).all("span", data_badge="")
        assert (page, badge.text) == (page, "0")


def test_own_page_leads_nowhere_else_and_has_no_other_form(link, visitor):
    page = visitor.get(link)
    assert [each.get("action") for each in page.all("form")] == [f"{link}?year={YEAR}"]
    years = [f"{link}?year={year}" for year in (YEAR - 1, YEAR)]
    assert [each.get("href") for each in page.all("a")] == ["#main", "/", *years]
