"""A season and its rules on a phone: set up from scratch with scripts off, and without a fault."""

import pytest
from sqlalchemy import update

from app.extensions import db
from app.models import ContestRound, Season
from app.queries.contest.seasons import rules_of
from app.services.contest.rules_file import example
from app.services.contest.seasons import SeasonPlan, open_season
from app.services.events import By
from tests.clock import NOW, TODAY
from workflows.contest.timeline import founding_day
from workflows.contest.validity import judge

YEAR = TODAY.year + 1
HOME = f"/contests/{YEAR}"
RULES = f"{HOME}/rules"


@pytest.fixture
def opened(world):
    """A season by the default rules, in the making."""
    plan = SeasonPlan(YEAR, "Hội thi", founding_day(YEAR), example("default"))
    open_season(plan, by=By(world.actor("huyen.canbo"), NOW))
    return world


def test_an_officer_sets_up_a_season_from_scratch_with_scripts_off(person):
    officer = person("huyen.canbo", scripts=False)
    officer.follow("Hội thi")
    officer.follow("Lập mùa hội thi")
    officer.fill("Năm", str(YEAR))
    officer.fill("Ngày công bố", f"26/3/{YEAR}")
    officer.tick("Để trống")
    officer.press("Lập mùa hội thi")
    officer.follow("Xem, sửa thể lệ")
    officer.follow("Thêm vòng thi")
    officer.fill("Tên vòng thi", "Vòng huyện")
    officer.tick("Cấp trên trực tiếp")
    officer.choose("Cách phân định", "Bốc thăm")
    officer.press("Lưu vòng thi")
    officer.follow("Thêm phần thi")
    officer.fill("Tên phần thi", "Năng khiếu")
    officer.tick("Năng khiếu")
    officer.press("Thêm, rồi ghi điểm và tiêu chí")
    officer.fill("Tiêu chí", "Nội dung")
    officer.fill("Điểm tối đa", "mười")
    officer.press("Thêm tiêu chí")
    officer.page.locator("#criteria-1-title").fill("Thể hiện")
    officer.page.locator("#criteria-1-max").fill("7,5")
    officer.press("Lưu phần thi")
    assert "“mười” không phải số điểm" in officer.reads()
    officer.page.locator("#criteria-0-max").fill("12,5")
    officer.page.locator("#criteria-1-max").press("Enter")
    officer.page.wait_for_url(f"**{RULES}/rounds/vong_huyen")
    officer.goes(RULES)
    assert "Còn thiếu" not in officer.reads()
    officer.goes(HOME)
    officer.press("Chuyển sang chạy thử")
    officer.press("Mở đăng ký")
    assert "Nhận đăng ký" in officer.reads()
    db.session.expire_all()
    found = db.session.query(Season).one()
    assert (found.state, judge(rules_of(found)).is_whole) == ("call_open", True)
    assert str(rules_of(found).rounds[0].parts[0].max) == "20"
    assert db.session.query(ContestRound).count() == 1


def looked_at(someone, paths):
    """Return the faults of each page that has any, with a picture of every one."""
    found = {}
    for name, path in paths.items():
        someone.goes(path)
        someone.picture(name)
        found[path] = someone.faults()
    return {path: faults for path, faults in found.items() if faults}


def test_the_pages_of_a_season_have_no_fault(person, opened):  # noqa: ARG001
    officer = person("huyen.canbo")
    paths = {
        "hoi-thi-danh-sach": "/contests",
        "hoi-thi-lap": "/contests/new",
        "hoi-thi-mua": HOME,
        "hoi-thi-ngay": f"{HOME}/days",
        "hoi-thi-chay-thu": f"{HOME}/rehearsal",
        "hoi-thi-the-le": RULES,
        "hoi-thi-phan-chung": f"{RULES}/head",
        "hoi-thi-giai": f"{RULES}/awards",
        "hoi-thi-vong": f"{RULES}/rounds/vong_huyen",
        "hoi-thi-phan-moi": f"{RULES}/rounds/vong_huyen/parts/new",
        "hoi-thi-phan-cham": f"{RULES}/rounds/vong_huyen/parts/tinh_huong",
        "hoi-thi-phan-trac-nghiem": f"{RULES}/rounds/vong_xa/parts/kien_thuc",
        "hoi-thi-tep": f"{RULES}/import",
    }
    assert looked_at(officer, paths) == {}
    officer.goes(HOME)
    officer.press("Chuyển sang chạy thử")
    officer.press("Mở đăng ký")
    own = db.session.query(ContestRound).first()
    later = {
        "hoi-thi-dang-ky": HOME,
        "hoi-thi-gia-han": f"{HOME}/extend",
        "hoi-thi-vong-ngay": f"{HOME}/rounds/{own.id}/days",
    }
    assert looked_at(officer, later) == {}
    officer.press("Lưu")
    officer.goes(f"{RULES}/rounds/vong_huyen/parts/tinh_huong")
    officer.fill("Hệ số", "0")
    officer.press("Lưu phần thi")
    officer.page.locator("#errors").wait_for()
    officer.picture("hoi-thi-phan-sai")
    assert officer.faults() == []


def test_frozen_rules_print_with_their_hash_and_day(person, opened):  # noqa: ARG001
    db.session.execute(update(Season).values(state="call_open"))
    db.session.commit()
    officer = person("huyen.canbo")
    officer.goes(RULES)
    officer.press("Chốt thể lệ")
    officer.page.emulate_media(media="print")
    officer.picture("hoi-thi-the-le-in")
    shown = officer.page.locator("body").inner_text()
    db.session.expire_all()
    assert db.session.query(Season).one().rules_hash in shown
    assert f"Ngày in: {TODAY.strftime('%d/%m/%Y')}" in shown
    assert officer.page.get_by_role("link", name="Tải về (YAML)").is_hidden()
