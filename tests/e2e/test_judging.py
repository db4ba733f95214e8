"""A judge with one thumb on a phone, and the chair beside: with scripts off, and no fault."""

import pytest

from app.models.contest_sheets import SheetState
from tests.panels import DEBATE, YEAR, judging, rules

LIST = f"/contests/{YEAR}/judging"


@pytest.fixture
def round_(world):
    """A round with two contestants and everybody assigned."""
    made = judging(world, contestants=2)
    made.assign()
    return made


def pick(someone, criterion, points):
    """Press a step of a criterion, as a thumb does."""
    group = someone.page.get_by_role("group", name=criterion)
    group.get_by_role("radio", name=points, exact=True).check()


def test_a32_a34_a59_a_judge_scores_with_scripts_off(round_, person):
    judge = person("giamkhao1", scripts=False)
    judge.goes(LIST)
    assert "0 trên 2 phiếu đã chốt" in judge.reads()
    judge.picture("judge_list")
    judge.follow("Chấm phiếu tiếp theo")
    pick(judge, "Nhận đúng vấn đề", "8,5")
    pick(judge, "Trình bày", "5")
    judge.press("Chốt điểm, sang phiếu sau")
    assert "Cách giải quyết: Chưa chấm tiêu chí này." in judge.reads()
    judge.fill("Cách giải quyết", "10,5")
    judge.fill("Nhận xét cho thí sinh", "Bình tĩnh, rõ ràng")
    judge.picture("judge_sheet")
    judge.press("Chốt điểm, sang phiếu sau")
    assert "1 trên 2 phiếu đã chốt" in judge.reads()
    assert judge.page.url.endswith(round_.path(number=2))
    assert round_.sheet().state is SheetState.FINAL


def test_a33_the_keyboard_alone_saves_a_draft(round_, person):
    judge = person("giamkhao1")
    judge.goes(round_.path())
    first = judge.page.locator("input[name='points-dung']").first
    first.focus()
    for _ in range(3):
        judge.page.keyboard.press("ArrowRight")
    judge.page.get_by_role("button", name="Lưu nháp", exact=True).focus()
    with judge.page.expect_navigation():
        judge.page.keyboard.press("Enter")
    assert "Đã lưu nháp." in judge.reads()
    assert judge.page.locator("input[name='points-dung']:checked").get_attribute("value") == "1"


def test_steps_are_large_enough_for_a_thumb(round_, person):
    judge = person("giamkhao1")
    judge.goes(round_.path())
    sizes = judge.page.eval_on_selector_all(
        ".point, .sticky button",
        "all => all.map(one => { const box = one.getBoundingClientRect();"
        " return [box.width, box.height] })",
    )
    assert min(min(size) for size in sizes) >= 44


def test_pages_of_judging_have_no_fault(round_, person):
    round_.give("giamkhao2")
    pages = {
        "giamkhao1": [LIST, round_.path(), f"{round_.path()}/conflict"],
        "giamkhao2": [round_.path("giamkhao2")],
        "truong_ban": [
            *(f"{round_.home}/{name}" for name in ("judging", "panel", "shares", "conflicts")),
            *(f"{round_.home}/{name}" for name in ("extras", "times", "go-on")),
            f"{round_.path()}/reopen",
        ],
        "huyen": [f"{round_.home}/panel", f"{round_.path()}/paper"],
    }
    found = {}
    for name, paths in pages.items():
        someone = person(name)
        for path in paths:
            someone.goes(path)
            if faults := someone.faults():
                found[path] = faults
        if name == "truong_ban":
            someone.goes(f"{round_.home}/judging")
            someone.picture("judging_progress")
    assert found == {}


def test_a_refused_sheet_has_no_fault(round_, person):
    judge = person("giamkhao1")
    judge.goes(round_.path())
    judge.fill("Cách giải quyết", "13")
    judge.press("Chốt điểm, sang phiếu sau")
    assert "quá mức tối đa 12" in judge.reads()
    assert judge.faults() == []


def test_the_chair_draws_debates_on_a_phone_with_scripts_off(world, person):
    made = judging(world, contestants=5, contest=rules(DEBATE))
    chair = person("truong_ban", scripts=False)
    chair.goes(f"{made.home}/judging")
    chair.follow("Cặp tranh biện")
    assert "Chưa bốc thăm." in chair.reads()
    chair.fill(
        "Đề tranh biện", "Đoàn viên nên sinh hoạt trực tuyến\nBí thư chi đoàn nên có phụ cấp"
    )
    chair.picture("debates_drawing")
    chair.press("Bốc thăm ngay")
    assert "Đã bốc thăm: có 3 cặp." in chair.reads()
    assert "nói lần nữa, không chấm lại" in chair.reads()
    chair.picture("debates_drawn")
    chair.follow("Phân công chấm")
    chair.press("Phân công")
    assert "Đã phân công thêm 15 phiếu." in chair.reads()
    judge = person("giamkhao1", scripts=False)
    judge.goes(LIST)
    assert "Cặp 1, ủng hộ:" in judge.reads()
    judge.picture("debates_judge")
    judge.follow("Chấm phiếu tiếp theo")
    assert "Cặp 1, bên ủng hộ, gặp" in judge.reads()
    judge.picture("debates_sheet")
