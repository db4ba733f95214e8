"""The rules of a season, made in the browser: a piece a page, rows by buttons, faults in place."""

from datetime import timedelta
from io import BytesIO

import pytest

from app.extensions import db
from app.models import Event, Season
from app.queries.contest.seasons import rules_of
from app.services.contest.rules_file import example, example_names, rules_from, written
from app.services.contest.rules_freeze import freeze
from app.services.contest.seasons import SeasonPlan, open_season
from app.services.events import By
from tests.clock import NOW, TODAY
from workflows.contest.rules import ContestRules
from workflows.contest.timeline import founding_day
from workflows.contest.validity import judge

YEAR = TODAY.year + 1
HOME = f"/contests/{YEAR}"
RULES = f"{HOME}/rules"


def plan(rules: ContestRules) -> SeasonPlan:
    return SeasonPlan(YEAR, "Hội thi thử", founding_day(YEAR), rules)


def send_round(browser, code, **changed):
    """Fill in the form of a round, which stands below the list of its parts."""
    path = f"{RULES}/rounds/{code}"
    return browser.send(path, action=path, **changed)


def season() -> Season:
    db.session.expire_all()
    return db.session.query(Season).one()


def by_district(world) -> By:
    return By(world.actor("huyen.canbo"), NOW)


@pytest.fixture
def empty(world):
    """A season without any rules yet."""
    open_season(plan(ContestRules("Thể lệ", ())), by=by_district(world))
    return world


@pytest.fixture
def whole(world):
    """A season by the default rules."""
    open_season(plan(example("default")), by=by_district(world))
    return world


def test_a_district_officer_makes_whole_rules_without_code(empty, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    officer.send(f"{RULES}/head", title="Thể lệ 2027", endorsed="2", max_age="35")
    officer.send(f"{RULES}/rounds/new", title="Vòng xã", level="commune", by="top", value="1")
    officer.send(f"{RULES}/rounds/vong_xa/parts/new", title="Kiến thức", kind="quiz")
    officer.send(
        f"{RULES}/rounds/vong_xa/parts/kien_thuc", questions="10", points_each="2,5", minutes="15"
    )
    send_round(officer, "vong_xa", **{"ties-0-kind": "draw"})
    officer.send(f"{RULES}/rounds/new", title="Vòng huyện", level="district", by="all")
    officer.send(f"{RULES}/rounds/vong_huyen/parts/new", title="Năng khiếu", kind="talent")
    officer.send(
        f"{RULES}/rounds/vong_huyen/parts/nang_khieu",
        **{"criteria-0-title": "Nội dung", "criteria-0-max": "12,5", "criteria-0-step": "0,25"},
        sheets="3",
        combine="median",
    )
    send_round(officer, "vong_huyen", **{"ties-0-kind": "part", "ties-0-part": "nang_khieu"})
    page = officer.get(RULES)
    assert "Cách phân định cuối cùng phải là trưởng ban quyết định hoặc bốc thăm." in page.words()
    send_round(officer, "vong_huyen", **{"ties-1-kind": "chair", "ties-1-part": ""})
    officer.send(f"{RULES}/awards", **{"awards-0-title": "Giải nhất", "awards-0-count": "1"})
    rules = rules_of(season())
    assert judge(rules).is_whole
    talent, quiz = rules.round("vong_huyen").part("nang_khieu"), rules.round("vong_xa").parts[0]
    assert (str(talent.max), str(talent.criteria[0].step), talent.combine) == (
        "12.5",
        "0.25",
        "median",
    )
    assert (str(quiz.max), quiz.questions, quiz.minutes) == ("25", 10, 15)
    assert (rules.endorsed, rules.max_age, rules.awards[0].count) == (2, 35, 1)
    assert "Còn thiếu" not in officer.get(RULES).words()


def test_the_last_round_sends_nobody_on(whole, sign_in):  # noqa: ARG001
    page = sign_in("huyen.canbo").get(RULES)
    sections = {
        each.get("aria-labelledby"): "".join(each.itertext()) for each in page.all("section")
    }
    assert "Đi tiếp" in sections["round-vong_xa"]
    assert "Đi tiếp" not in sections["round-vong_huyen"]


def test_every_mistake_stands_beside_its_field_and_what_was_typed_stays(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    path = f"{RULES}/rounds/vong_huyen/parts/tinh_huong"
    page = officer.send(
        path,
        **{"criteria-0-max": "mười", "criteria-1-step": "0,7", "criteria-2-title": ""},
        weight="-1",
    )
    errors = {
        each.get("id"): "".join(each.itertext()).strip() for each in page.all("div", _class="error")
    }
    assert page.status == 422
    assert errors["criteria-0-max-error"].startswith("“mười” không phải số điểm")
    assert page.all("input", id="criteria-0-max")[0].get("value") == "mười"
    page = officer.send(path, **{"criteria-1-step": "0,7", "criteria-2-title": ""}, weight="-1")
    errors = {
        each.get("id"): "".join(each.itertext()).strip() for each in page.all("div", _class="error")
    }
    assert errors == {
        "weight-error": "Phải lớn hơn 0 và không quá 1.000.",
        "criteria-1-step-error": "Điểm tối đa 12 không chia hết cho bước 0,7.",
        "criteria-2-title-error": "Ghi tên.",
    }
    assert page.all("a", href="#criteria-1-step")
    assert rules_of(season()) == example("default")


def test_rows_are_added_moved_and_removed_by_buttons_and_nothing_is_saved_yet(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    path = f"{RULES}/rounds/vong_huyen/parts/tinh_huong"
    titles = [f"criteria-{number}-title" for number in range(4)]

    def shown(page):
        return [field.get("value") for name in titles for field in page.all("input", id=name)]

    page = officer.send(path, row="criteria:add", **{"criteria-0-max": "hỏng"})
    assert (page.status, shown(page)[3:]) == (200, [""])
    assert page.all("input", id="criteria-0-max")[0].get("value") == "hỏng"
    assert shown(officer.send(path, row="criteria:down:0"))[:2] == [
        "Cách giải quyết",
        "Nhận đúng vấn đề",
    ]
    assert shown(officer.send(path, row="criteria:up:0"))[0] == "Nhận đúng vấn đề"
    assert shown(officer.send(path, row="criteria:drop:1")) == ["Nhận đúng vấn đề", "Trình bày"]
    assert shown(officer.send(path, row="criteria:drop:99"))[0] == "Nhận đúng vấn đề"
    assert shown(officer.send(path, row="criteria:up:x"))[0] == "Nhận đúng vấn đề"
    assert rules_of(season()) == example("default")


def test_a_row_that_was_just_added_begins_as_the_first_one_does(empty, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    officer.send(f"{RULES}/rounds/new", title="Vòng huyện", level="district", by="all")
    parts = f"{RULES}/rounds/vong_huyen/parts"
    officer.send(f"{parts}/new", title="Năng khiếu", kind="talent")
    page = officer.send(
        f"{parts}/nang_khieu",
        row="criteria:add",
        **{"criteria-0-title": "Nội dung", "criteria-0-max": "5"},
    )
    assert page.all("input", id="criteria-1-required")[0].get("checked") is not None
    assert page.all("input", id="criteria-1-step")[0].get("value") == "0,5"
    typed = page.form() | {"criteria-1-title": ["Thể hiện"], "criteria-1-max": ["5"]}
    officer.post(f"{parts}/nang_khieu", typed)
    held = rules_of(season()).round("vong_huyen").part("nang_khieu")
    assert [(each.title, each.required) for each in held.criteria] == [
        ("Nội dung", True),
        ("Thể hiện", True),
    ]
    officer.send(f"{parts}/nang_khieu", **{"criteria-1-required": None})
    held = rules_of(season()).round("vong_huyen").part("nang_khieu")
    assert [each.required for each in held.criteria] == [True, False]


def test_a_code_stays_when_its_title_changes_and_no_two_are_alike(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    send_round(officer, "vong_huyen", title="Chung kết")
    officer.send(f"{RULES}/rounds/new", title="Vòng huyện", level="district")
    assert [(each.code, each.title) for each in rules_of(season()).rounds] == [
        ("vong_xa", "Vòng cấp xã"),
        ("vong_huyen", "Chung kết"),
        ("vong_huyen_2", "Vòng huyện"),
    ]


def test_parts_and_rounds_move_and_go_and_what_counted_on_a_part_goes_with_it(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    sent = officer.get(f"{RULES}/rounds/vong_huyen").form(f"{RULES}/arrange")

    def press(**changed):
        now = {"seen": str(season().version), "request_key": str(season().version)}
        return officer.post(f"{RULES}/arrange", {**sent, **now, "round": "vong_huyen", **changed})

    press(part="kien_thuc", act="up")
    assert [each.code for each in rules_of(season()).rounds[1].parts][:2] == ["kien_thuc", "ho_so"]
    press(part="tinh_huong", act="drop")
    held = rules_of(season()).rounds[1]
    assert [each.part for each in held.ties if each.part] == ["kien_thuc"]
    assert press(part="gone", act="drop").status == 404
    page = press(part="", act="up")
    assert (page.status, "Vòng của xã phải đứng trước vòng của huyện." in page.words()) == (
        422,
        True,
    )
    press(part="", act="drop")
    assert [each.code for each in rules_of(season()).rounds] == ["vong_xa"]


def test_a37_frozen_rules_refuse_every_change_and_say_why(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    form = officer.get(f"{RULES}/head").form()
    freeze(season(), By(None, NOW))
    db.session.commit()
    pages = ("head", "awards", "rounds/new", "rounds/vong_xa", "rounds/vong_xa/parts/new", "import")
    for page in (*pages, "rounds/vong_xa/parts/kien_thuc"):
        for answer in (officer.get(f"{RULES}/{page}"), officer.post(f"{RULES}/{page}", form)):
            assert (page, answer.status) == (page, 403)
            assert "Thể lệ đã chốt, không sửa được nữa" in answer.words()
    assert (
        officer.post(f"{RULES}/arrange", {**form, "round": "vong_xa", "act": "drop"}).status == 403
    )
    shown = officer.get(RULES)
    assert season().rules_hash in shown.words()
    assert "không sửa được nữa" in shown.words()
    assert "Sửa phần chung" not in shown.words()
    assert rules_of(season()) == example("default")


def test_two_who_write_at_once_lose_nothing(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    mine = officer.get(f"{RULES}/head").form()
    sign_in("huyen").send(f"{RULES}/head", title="Của bí thư")
    page = officer.post(f"{RULES}/head", {**mine, "title": "Của cán bộ"})
    assert (page.status, "Của cán bộ" in page.words()) == (409, True)
    assert rules_of(season()).title == "Của bí thư"


def test_a_form_sent_twice_is_one_change(whole, sign_in):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    form = {**officer.get(f"{RULES}/head").form(), "title": "Một lần"}
    answers = [officer.post(f"{RULES}/head", form, follow=False).status for _ in range(2)]
    written_events = db.session.query(Event).filter_by(step="write_rules").count()
    assert (answers, written_events) == ([303, 303], 1)


@pytest.mark.parametrize("name", example_names())
def test_an_example_goes_out_as_a_file_and_comes_back_the_same(empty, sign_in, name):  # noqa: ARG001
    officer = sign_in("huyen.canbo")
    sent = officer.client.get(f"{RULES}/examples/{name}").get_data()
    assert rules_from(sent) == example(name)
    send(officer, written(example(name)).encode())
    assert rules_of(season()) == example(name)


def send(officer, content: bytes):
    """Send a file of rules."""
    form = officer.get(f"{RULES}/import").form()
    file = (BytesIO(content), "the-le.yaml")
    return officer.post(f"{RULES}/import", {**form, "file": file})


NONSENSE = {
    b"": "Tệp trống.",
    b"\xff\xfe": "Tệp không phải văn bản UTF-8.",
    b"a" * 40000: "Tệp lớn hơn 32 KB.",
    b"title: &a x\nrounds: *a": "Dòng 1: Không dùng tham chiếu",
    b"[" * 5000: "Các mục lồng nhau quá sâu.",
    b"title: x\n\trounds: []": "Dòng 2: Từ đây không đọc được",
    b"title: x\nrounds: 5": "Dòng 2 (rounds): Phải là một danh sách.",
    b"title: x\nrounds: []": "Dòng 2 (rounds): Chưa có vòng thi nào.",
    b"title: x\ntitle: y\nrounds: []": "Dòng 2: Mục “title” ghi hai lần.",
    b'title: "\\UFFFFFFFF"': "không đúng cách viết YAML",
    b'title: "\\uD800\\x00\\x07"\nrounds: []': "Chưa có vòng thi nào.",
    b"!!python/object/apply:os.system [ls]": "Phải là các mục “tên: giá trị”.",
    b"<<: {a: 1}\n{b: c}: 1": "Dòng 2: Tên mục phải là chữ.",
    b"title: x\nmarks: 3\nrounds: []": "Dòng 2 (marks): Không có mục nào tên “marks”.",
    b"title: x\nanonymous: maybe\nrounds: []": "Dòng 2 (anonymous): Phải là true hoặc false.",
    b"title: x\nendorsed: 1e99\nrounds: []": "“1e99” không phải số nguyên.",
    b"title: x\nrounds:\n- {code: a, title: A, level: moon, parts: []}": (
        "Dòng 3 (rounds.0.level): Phải là một trong: province, district, commune, branch."
    ),
}


@pytest.mark.parametrize("content", NONSENSE)
def test_a_file_that_is_no_rule_set_is_answered_line_by_line(whole, sign_in, content):  # noqa: ARG001
    page = send(sign_in("huyen.canbo"), content)
    assert (page.status, NONSENSE[content] in page.words()) == (422, True), page.words()
    assert rules_of(season()) == example("default")


def test_nobody_else_writes_rules_and_until_the_call_nobody_else_sees_them(whole, sign_in):  # noqa: ARG001
    for name in ("xa_a", "ap_a1", "xa_b.pho"):
        assert sign_in(name).get(RULES).status == 404
        assert sign_in(name).get(f"{RULES}/file").status == 404
    season().state = "call_open"
    db.session.commit()
    assert sign_in("ap_a1").get(RULES).status == 200
    assert "Sửa phần chung" not in sign_in("xa_a").get(RULES).words()
    assert sign_in("xa_a").get(f"{RULES}/head").status == 403
    assert sign_in("ap_a1").get(f"{RULES}/head").status == 403


def test_the_days_proposed_count_back_from_the_founding_day(whole):  # noqa: ARG001
    found = season()
    call = (found.call_from.date(), found.call_until.date())
    assert call == (founding_day(YEAR) - timedelta(80), founding_day(YEAR) - timedelta(50))
