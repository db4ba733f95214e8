"""Classes at the door: the commune keeps them, the branch sees its own candidates in them."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models import ClassPlace, TrainingClass
from tests.clock import TODAY


def written(day):
    return day.strftime("%d/%m/%Y")


PLAN = {
    "title": "Lớp tìm hiểu về Đoàn",
    "place": "Hội trường xã",
    "from_on": written(TODAY - timedelta(days=9)),
    "to_on": written(TODAY),
    "sessions": "3",
}


@pytest.fixture
def commune(sign_in):
    return sign_in("xa_a")


@pytest.fixture
def opened(commune):
    """A class of commune A that ends today, by its address."""
    commune.send("/classes/new", **PLAN)
    db.session.expire_all()
    return f"/classes/{db.session.query(TrainingClass).one().id}"


def sent(browser, path, **fields):
    """Send fields to a page whose form this person never saw."""
    token = browser.get("/").all("input", name="csrf_token")[0].get("value")
    return browser.post(path, {**fields, "csrf_token": token})


def stored():
    db.session.expire_all()
    return sorted((row.attended, row.passed) for row in db.session.query(ClassPlace))


def test_commune_keeps_a_class_from_opening_to_results(commune, opened, journey):
    one, two = journey().to("education"), journey("ap_a2", "Trần Văn Hai").to("education")
    page = commune.send(f"{opened}/candidates", chosen=[one.ref, two.ref])
    assert (page.status, page.path) == (200, opened)
    page = commune.send(
        f"{opened}/results",
        **{f"{one.ref}-attended": "3", f"{one.ref}-result": "passed"},
        **{f"{two.ref}-attended": "1", f"{two.ref}-result": "failed"},
    )
    assert stored() == [(1, False), (3, True)]
    assert "Lê Thị Mới Chi đoàn ap_a1 Bồi dưỡng 3/3 Đạt" in page.words()
    assert "Trần Văn Hai Chi đoàn ap_a2 Bồi dưỡng 1/3 Không đạt" in page.words()
    listed = commune.get("/classes").words()
    assert "Lớp tìm hiểu về Đoàn Đoàn xã Tân Quới" in listed


def test_history_of_the_dossier_tells_of_the_class(commune, opened, journey):
    way = journey().to("education")
    commune.send(f"{opened}/candidates", chosen=[way.ref])
    assert "Đưa vào lớp" in commune.get(f"/dossiers/{way.ref}").words()


def test_plan_that_cannot_be_is_refused_beside_its_field_and_kept(commune):
    page = commune.send("/classes/new", **{**PLAN, "from_on": written(TODAY + timedelta(days=1))})
    assert page.status == 422
    assert "Ngày cuối phải từ ngày đầu trở đi." in page.words()
    assert page.form()["title"] == [PLAN["title"]]
    page = commune.send("/classes/new", **{**PLAN, "sessions": "0", "place": " "})
    assert "Ghi nơi học." in page.words()
    assert db.session.query(TrainingClass).count() == 0


def test_sheet_names_every_fault_and_keeps_what_was_typed(commune, opened, journey):
    one, two = journey().to("education"), journey("ap_a2", "Trần Văn Hai").to("education")
    commune.send(f"{opened}/candidates", chosen=[one.ref, two.ref])
    page = commune.send(
        f"{opened}/results",
        **{f"{one.ref}-attended": "ba", f"{one.ref}-result": "passed", f"{two.ref}-attended": ""},
    )
    assert page.status == 422
    assert "Lê Thị Mới: “ba” không phải là số nguyên." in page.words()
    assert "Trần Văn Hai: Ghi số buổi dự, không dự thì ghi 0." in page.words()
    assert page.form()[f"{one.ref}-result"] == ["passed"]
    page = commune.send(f"{opened}/results", **{f"{one.ref}-attended": "4"})
    assert "Lê Thị Mới: Lớp chỉ có 3 buổi." in page.words()
    assert stored() == [(0, None), (0, None)]


def test_full_attendance_is_proposed_for_those_not_recorded_yet(commune, opened, journey):
    way = journey().to("education")
    commune.send(f"{opened}/candidates", chosen=[way.ref])
    commune.send(f"{opened}/results?fill=1", to=f"{opened}/results")
    assert stored() == [(3, True)]


def test_class_that_is_not_over_asks_for_attendance_only(commune, journey):
    commune.send("/classes/new", **{**PLAN, "to_on": written(TODAY + timedelta(days=2))})
    path = f"/classes/{db.session.query(TrainingClass).one().id}"
    way = journey().to("education")
    commune.send(f"{path}/candidates", chosen=[way.ref])
    assert f"{way.ref}-result" not in commune.get(f"{path}/results").form()
    commune.send(f"{path}/results", **{f"{way.ref}-attended": "2", f"{way.ref}-result": "passed"})
    assert stored() == [(2, None)]


def test_sheet_that_changed_meanwhile_keeps_what_was_typed_and_shows_both(
    commune, opened, journey, sign_in
):
    way = journey().to("education")
    deputy = way.world.accounts["xa_a.pho"].name
    commune.send(f"{opened}/candidates", chosen=[way.ref])
    attended = f"{way.ref}-attended"
    form = commune.get(f"{opened}/results").form()
    sign_in("xa_a.pho").send(f"{opened}/results", **{attended: "1"})
    page = commune.post(f"{opened}/results", {**form, attended: "2"})
    assert page.status == 409
    assert f"{deputy} vừa sửa lớp này" in page.words()
    assert "Đang lưu: 1 buổi" in page.words()
    assert page.form()[attended] == ["2"]
    assert stored() == [(1, None)]
    assert commune.post(f"{opened}/results", page.form()).status == 200
    assert stored() == [(2, None)]


def test_nobody_chosen_or_no_longer_free_is_said_beside_the_choice(commune, opened, journey):
    way = journey().to("education")
    page = commune.send(f"{opened}/candidates", chosen=None)
    assert (page.status, "Chọn ít nhất một người." in page.words()) == (422, True)
    form = commune.get(f"{opened}/candidates").form()
    way.take("withdraw", "ap_a1", reason="Chuyển đi")
    page = commune.post(f"{opened}/candidates", {**form, "chosen": way.ref})
    assert page.status == 422
    assert stored() == []


def test_branch_sees_its_own_candidate_and_no_other_and_writes_nothing(
    commune, opened, journey, sign_in
):
    mine, other = journey().to("education"), journey("ap_a2", "Trần Văn Hai").to("education")
    commune.send(f"{opened}/candidates", chosen=[mine.ref, other.ref])
    branch = sign_in("ap_a1")
    words = branch.get(opened).words()
    assert ("Lê Thị Mới" in words, "Trần Văn Hai" in words) == (True, False)
    assert "Lớp tìm hiểu về Đoàn" in branch.get("/classes").words()
    assert branch.get(f"{opened}/results").status == 403
    assert sent(branch, f"{opened}/candidates", chosen=mine.ref).status == 403
    assert branch.get("/classes/new").status == 403


def test_class_does_not_exist_for_outsiders(commune, opened, sign_in):
    for who in ("xa_b", "ap_a1", "ap_b1", "co_so"):
        browser = sign_in(who)
        assert browser.get(opened).status == 404
        assert sent(browser, f"{opened}/results").status == 404
        assert "Lớp tìm hiểu về Đoàn Đoàn xã" not in browser.get("/classes").words()
    assert commune.get("/classes/999999").status == 404


def test_district_looks_over_a_class_without_keeping_it(opened, sign_in):
    district = sign_in("huyen")
    assert district.get(opened).status == 200
    assert district.get(f"{opened}/candidates").status == 403
    assert district.get("/classes/new").status == 403
