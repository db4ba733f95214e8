"""Entering the contest on a phone: opened, filled in, handed up, endorsed, accepted."""

import pytest

from app.extensions import db
from app.models import Contestant, Dossier
from tests.entering import DEEDS, POSTS, YEAR, Way, rules, season

HOME = f"/contests/{YEAR}"


@pytest.mark.parametrize("scripts", [True, False])
def test_secretary_enters_and_the_union_and_the_district_let_them_compete(world, person, scripts):
    season(world, rules(with_commune=False))
    branch = person("ap_a1", scripts=scripts)
    branch.goes(HOME)
    branch.follow("Đăng ký dự thi")
    branch.tick(world.members["ap_a1"][0].name)
    branch.press("Lập hồ sơ dự thi")
    assert branch.state() == "preparing"
    branch.follow("Ghi mục “Người dự thi”")
    branch.fill("Chức vụ và thời gian giữ chức", POSTS)
    branch.press("Lưu")
    branch.follow("Ghi mục “Thành tích”")
    branch.fill("Thành tích của người dự thi", DEEDS["achievements"])
    branch.fill("Kết quả của chi đoàn", DEEDS["branch_results"])
    branch.press("Lưu")
    branch.press("Nộp hồ sơ dự thi")
    assert branch.state() == "entered"
    ref = db.session.query(Dossier).one().ref
    for who, step, state in (
        ("xa_a", "Cử dự thi cấp trên", "endorsed"),
        ("huyen", "Nhận dự thi", "accepted"),
    ):
        officer = person(who, scripts=scripts)
        officer.goes(f"/dossiers/{ref}")
        officer.press(step)
        assert officer.state() == state


def test_pages_of_an_entry_have_no_fault(world, person):
    held = season(world)
    way = Way(world).to("commune_round")
    branch, commune = person("ap_a1"), person("xa_a")
    round_id = db.session.query(Contestant).one().round_id
    contestants = f"{HOME}/rounds/{round_id}/contestants"
    out = f"{contestants}/{db.session.query(Contestant).one().id}/out"
    new = f"/dossiers/new/contest?year={held.year}"
    seen = {
        "du-thi-lap": (branch, new),
        "du-thi-ho-so": (branch, f"/dossiers/{way.ref}"),
        "du-thi-danh-sach": (commune, f"{HOME}/entries"),
        "du-thi-thi-sinh": (commune, contestants),
        "du-thi-dua-ra": (commune, out),
        "du-thi-khong-cu": (commune, f"/dossiers/{way.ref}/steps/not_endorse"),
    }
    found = {}
    for name, (someone, path) in seen.items():
        someone.goes(path)
        someone.picture(name)
        if faults := someone.faults():
            found[name] = faults
    assert found == {}


def test_an_entry_sent_back_shows_what_to_mend(world, person):
    season(world)
    way = Way(world).to("returned")
    branch = person("ap_a1")
    branch.goes(f"/dossiers/{way.ref}")
    branch.picture("du-thi-tra-lai")
    assert ("Thiếu ở mục achievements" in branch.reads(), branch.faults()) == (True, [])
    branch.follow("Sửa mục “Thành tích”")
    assert branch.faults() == []
    branch.fill("Thành tích của người dự thi", "Bằng khen Tỉnh đoàn")
    branch.press("Lưu")
    branch.press("Nộp lại hồ sơ dự thi")
    assert branch.state() == "entered"
