"""Group acts at the door: choose, confirm with names and count, decide, and a line a result."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.extensions import db
from app.models import Dossier, Event, GroupAct, Person
from tests.clock import TODAY
from workflows.calendar import months_after


def written(day):
    return day.strftime("%d/%m/%Y")


def address(kind, *journeys, **more):
    asked = [f"ref={each.ref}" for each in journeys]
    asked += [f"{name}={value}" for name, value in more.items()]
    return f"/acts/new/{kind}?{'&'.join(asked)}"


def results(page):
    return {row.get("data-ref"): row.get("data-problem") for row in rows(page)}


def rows(page):
    return [row for row in page.all("tr") if row.get("data-ref")]


def said(page, ref):
    row = next(each for each in rows(page) if each.get("data-ref") == ref)
    return " ".join(" ".join(row.itertext()).split())


@pytest.fixture
def two(journey):
    """Two dossiers at the commune, of two branches."""
    return [
        journey().to("commune_review"),
        journey("ap_a2", "Trần Văn Hai").to("commune_review"),
    ]


def test_a44_several_clean_dossiers_are_confirmed_by_name_and_count_and_decided_each(two, sign_in):
    commune = sign_in("xa_a")
    page = commune.get(address("sitting", *two))
    assert "2 hồ sơ" in page.words()
    assert "Lê Thị Mới" in page.words()
    assert "Hội nghị ngày" in page.words()
    page = commune.send(address("sitting", *two), to="/acts/new/sitting", place="Hội trường")
    assert page.path.startswith("/acts/")
    assert results(page) == dict.fromkeys([each.ref for each in two], "")
    assert "2 hồ sơ xong, 0 để lại" in page.words()
    assert [each.dossier.state for each in two] == ["ceremony", "ceremony"]


def test_a44_one_that_changed_meanwhile_is_left_out_and_named_and_the_others_go_through(
    two, sign_in, world
):
    commune = sign_in("xa_a")
    form = commune.get(address("sitting", *two)).form()
    two[0].take("ask_superior", "xa_a.pho", reason="Xin ý kiến")
    page = commune.post("/acts/new/sitting", form)
    assert results(page) == {two[0].ref: "stale", two[1].ref: ""}
    line = said(page, two[0].ref)
    assert f"Lê Thị Mới {two[0].ref}" in line
    assert f"{world.accounts['xa_a.pho'].name} đã thay đổi hồ sơ này" in line
    assert "Xin ý kiến cấp trên" in line


def test_a44_one_that_is_not_clean_is_named_with_the_reason_and_not_sent(two, sign_in, journey):
    third = journey("ap_a1", "Võ Thị Ba").to("ready")
    db.session.execute(
        update(Person)
        .where(Person.id == two[0].dossier.person_id)
        .values(birth_date=TODAY - timedelta(days=14 * 365))
    )
    db.session.commit()
    page = sign_in("xa_a").get(address("sitting", *two, third))
    left_out = {each.get("data-left-out") for each in page.all("li")} - {None}
    assert left_out == {two[0].ref, third.ref}
    assert "Chưa đủ tuổi" in page.words()
    assert "Hồ sơ đang ở bước “Chờ trình”" in page.words()
    assert page.form()["ref"] == [two[1].ref]


def test_a44_the_same_decision_sent_again_shows_the_same_page_and_does_nothing(two, sign_in):
    commune = sign_in("xa_a")
    form = commune.get(address("sitting", *two)).form()
    first = commune.post("/acts/new/sitting", form)
    again = commune.post("/acts/new/sitting", form)
    assert (again.path, results(again)) == (first.path, results(first))
    assert db.session.query(GroupAct).count() == 1
    assert db.session.query(Event).filter_by(step="approve").count() == 2


def test_who_handed_up_is_told_so_before_deciding(two, sign_in, world):
    db.session.execute(
        update(Dossier)
        .where(Dossier.ref == two[0].ref)
        .values(handed_up_by_id=world.accounts["xa_a"].id)
    )
    db.session.commit()
    page = sign_in("xa_a").get(address("sitting", *two))
    assert page.form()["ref"] == [two[1].ref]
    assert "Đồng chí đã lập hoặc trình hồ sơ này" in page.words()


def test_wrong_day_is_refused_beside_the_field_and_all_is_kept(two, sign_in):
    commune = sign_in("xa_a")
    form = commune.get(address("sitting", *two)).form()
    page = commune.post(
        "/acts/new/sitting", {**form, "held_on": "31/02/2026", "note": "Phiên thứ ba"}
    )
    assert (page.status, "Không có ngày “31/02/2026”" in page.words()) == (422, True)
    assert page.form()["note"] == ["Phiên thứ ba"]
    assert sorted(page.form()["ref"]) == sorted(each.ref for each in two)
    assert db.session.query(GroupAct).count() == 0


def test_page_that_is_shown_again_keeps_the_version_that_was_seen(two, sign_in):
    commune = sign_in("xa_a")
    form = commune.get(address("sitting", *two)).form()
    two[0].take("ask_superior", "xa_a.pho", reason="Xin ý kiến")
    two[0].take("consent", "huyen")
    page = commune.post("/acts/new/sitting", {**form, "held_on": ""})
    page = commune.post("/acts/new/sitting", {**page.form(), "held_on": written(TODAY)})
    assert results(page) == {two[0].ref: "stale", two[1].ref: ""}


def test_day_before_the_meeting_is_told_for_each_dossier(two, sign_in):
    commune = sign_in("xa_a")
    early = written(TODAY - timedelta(days=30))
    page = commune.send(address("sitting", *two), to="/acts/new/sitting", held_on=early)
    assert set(results(page).values()) == {"refused"}
    assert "Ghi ngày ký trong khoảng từ" in said(page, two[0].ref)
    again = next(a.get("href") for a in page.all("a") if "Làm tiếp" in "".join(a.itertext()))
    page = commune.send(again, to="/acts/new/sitting")
    assert set(results(page).values()) == {""}


def test_choosing_lists_what_waits_and_sends_only_what_is_ticked(two, sign_in):
    page = sign_in("xa_a").get("/acts/new/sitting")
    boxes = page.all("input", type="checkbox", name="ref")
    assert [box.get("value") for box in boxes] == [each.ref for each in two]
    empty = sign_in("xa_b").get("/acts/new/sitting")
    assert "Không có hồ sơ nào chờ việc này." in empty.words()


def test_nothing_chosen_is_said(two, sign_in):
    commune = sign_in("xa_a")
    form = commune.get(address("sitting", *two)).form()
    del form["ref"]
    page = commune.post("/acts/new/sitting", form)
    assert (page.status, "Chọn ít nhất một hồ sơ." in page.words()) == (422, True)


def test_ceremony_is_recorded_for_many_and_a_late_one_is_shown(journey, sign_in):
    one = journey().to("ceremony")
    two = journey("ap_a1", "Trần Văn Hai").to("ceremony")
    late = TODAY - timedelta(days=1)
    db.session.execute(update(Dossier).where(Dossier.ref == one.ref).values(due_on=late))
    db.session.commit()
    branch = sign_in("ap_a1")
    page = branch.get(address("ceremony", one, two))
    assert f"Trễ 1 ngày (hạn {written(late)})" in page.words()
    assert f"hạn {written(months_after(TODAY, 1))}" in page.words()
    page = branch.send(
        address("ceremony", one, two), to="/acts/new/ceremony", place="Bia chiến thắng"
    )
    assert f"Trễ hạn {written(late)}" in said(page, one.ref)
    assert "Trễ" not in said(page, two.ref)
    assert [each.dossier.state for each in (one, two)] == ["card_issue", "card_issue"]


def test_card_numbers_are_proposed_one_after_another_and_can_be_edited(journey, sign_in):
    one, two = journey().to("card_issue"), journey("ap_b1", "Trần Văn Hai").to("ceremony")
    district = sign_in("huyen")
    path = address("card_list", one, two, first="BT-0099")
    form = district.get(path).form()
    assert (form[f"number_{one.ref}"], form[f"number_{two.ref}"]) == (["BT-0099"], ["BT-0100"])
    changed = {**form, f"number_{two.ref}": "BT-0200"}
    page = district.post("/acts/new/card_list", changed)
    assert set(results(page).values()) == {""}
    assert "Cấp thẻ BT-0200" in said(page, two.ref)
    assert [each.dossier.state for each in (one, two)] == ["admitted", "ceremony"]


def test_number_used_before_is_said_beside_the_line_and_the_others_go_through(
    journey, sign_in, world
):
    world.members["ap_b1"][0].card_number = "000124"
    db.session.commit()
    one, two = journey().to("card_issue"), journey("ap_a2", "Trần Văn Hai").to("card_issue")
    path = address("card_list", one, two, first="000123")
    page = sign_in("huyen").send(path, to="/acts/new/card_list")
    assert results(page) == {one.ref: "", two.ref: "number_taken"}
    assert "Số thẻ 000124 đã dùng" in said(page, two.ref)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("000123", "Số 000123 ghi cho nhiều người."),
        (" ", "Ghi số thẻ."),
        ("1" * 31, "Dài 31 ký tự; tối đa 30."),
    ],
)
def test_number_that_cannot_be_is_refused_beside_its_line(journey, sign_in, number, sentence):
    one, two = journey().to("card_issue"), journey("ap_a2", "Trần Văn Hai").to("card_issue")
    path = address("card_list", one, two, first="000123")
    changed = {f"number_{two.ref}": number}
    page = sign_in("huyen").send(path, to="/acts/new/card_list", **changed)
    assert (page.status, sentence in page.words()) == (422, True)
    assert page.form()[f"number_{one.ref}"] == ["000123"]
    assert db.session.query(GroupAct).count() == 0


def test_first_number_without_digits_at_its_end_is_refused(journey, sign_in):
    one = journey().to("card_issue")
    page = sign_in("huyen").get(address("card_list", one, first="BT"))
    assert "Số đầu phải kết thúc bằng chữ số" in page.words()


def test_card_before_the_signing_is_left_out(journey, sign_in):
    one = journey().to("card_issue")
    day = written(TODAY - timedelta(days=1))
    page = sign_in("huyen").send(
        address("card_list", one, first="000123"), to="/acts/new/card_list", held_on=day
    )
    assert results(page) == {one.ref: "refused"}
    assert "ngày cấp không trước ngày ký" in said(page, one.ref)
    assert "Chưa cấp thẻ nào." in page.words()
    assert "Đã ghi." not in page.words()


def test_card_list_offers_who_has_no_card_yet_in_the_area_of_the_superior(journey, sign_in):
    ahead, done = journey().to("ceremony"), journey("ap_a2", "Trần Văn Hai").to("ceremony")
    other = journey("ap_b1", "Võ Thị Ba").to("card_issue")
    done.take("issue_card", "huyen", card_number="000001", card_issued_on=TODAY)
    page = sign_in("huyen").get("/acts/new/card_list")
    offered = {box.get("value") for box in page.all("input", type="checkbox")}
    assert offered == {ahead.ref, other.ref}
    commune = sign_in("xa_a").get("/acts/new/card_list")
    assert commune.all("input", type="checkbox") == []


def test_under_statute_xiii_the_commune_issues_the_cards(journey, sign_in, app):
    one = journey().to("card_issue")
    book = app.config["RULEBOOK"]
    with_xiii = type(book)(book.on(TODAY).local.__class__(statute_xiii_from=TODAY))
    db.session.execute(update(Dossier).where(Dossier.ref == one.ref).values(rule_set="XIII"))
    db.session.commit()
    app.config["RULEBOOK"] = with_xiii
    try:
        path = address("card_list", one, first="000123")
        page = sign_in("xa_a").send(path, to="/acts/new/card_list")
    finally:
        app.config["RULEBOOK"] = book
    assert results(page) == {one.ref: ""}


def test_act_of_another_unit_does_not_exist(two, sign_in):
    path = sign_in("xa_a").send(address("sitting", *two), to="/acts/new/sitting").path
    for who in ("xa_b", "ap_a1", "co_so"):
        assert sign_in(who).get(path).status == 404
    assert sign_in("huyen").get(path).status == 200
    assert sign_in("huyen").get("/acts/999999").status == 404


def test_dossiers_of_another_commune_do_not_exist_for_an_act(two, sign_in):
    stranger = sign_in("xa_b")
    assert stranger.get(address("sitting", *two)).status == 404
    form = sign_in("xa_a").get(address("sitting", *two)).form()
    token = stranger.get("/").all("input", name="csrf_token")[0].get("value")
    assert stranger.post("/acts/new/sitting", {**form, "csrf_token": token}).status == 404
    assert [each.dossier.state for each in two] == ["commune_review", "commune_review"]


def test_act_needs_the_right_to_it(sign_in):
    branch = sign_in("ap_a1")
    assert branch.get("/acts/new/sitting").status == 403
    assert branch.get("/acts/new/card_list").status == 403
    assert sign_in("huyen").get("/acts/new/ceremony").status == 403


def test_district_that_only_looks_on_is_told_that_it_does_not_decide(two, sign_in):
    page = sign_in("huyen").get(address("sitting", *two))
    assert page.status == 403
    assert "Việc này thuộc đơn vị hoặc chức vụ khác" in page.words()


def test_list_of_acts_shows_those_of_my_units(two, sign_in):
    sign_in("xa_a").send(address("sitting", *two), to="/acts/new/sitting")
    assert "Phiên xét chuẩn y Đoàn xã Tân Quới" in sign_in("huyen").get("/acts").words()
    assert "Chưa có phiên xét" in sign_in("xa_b").get("/acts").words()
