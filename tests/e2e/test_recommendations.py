"""Exemplary members on a phone: chosen, listed and followed, with scripts and without."""

from app.extensions import db
from app.models import Dossier
from tests.clock import TODAY
from tests.recommending import PROFILE, SECRET, YEAR, Way, grade


def test_member_is_chosen_and_listed_without_scripts(world, person):
    member = world.members["ap_a1"][5]
    grade(member, TODAY.year)
    commune = person("xa_a.canbo", scripts=False)
    commune.goes("/recommendations")
    commune.follow("Bình chọn đoàn viên ưu tú")
    commune.tick(member.name)
    commune.press("Ghi danh sách bình chọn")
    assert member.name in commune.reads()
    ref = db.session.query(Dossier).one().ref
    branch = person("ap_a1", scripts=False)
    branch.goes(f"/dossiers/{ref}/sections/profile")
    branch.fill("Nơi thường trú", PROFILE["permanent_address"])
    branch.fill("Chức vụ, đơn vị công tác hoặc nơi học", PROFILE["position"])
    branch.press("Lưu")
    assert (branch.state(), PROFILE["position"] in branch.reads()) == ("chosen", True)


def test_way_of_a_prospect_is_followed_and_commented_on(world, person):
    way = Way(world).to("prospect")
    commune = person("xa_a")
    commune.goes("/recommendations")
    commune.picture("duong-phan-dau")
    assert commune.faults() == []
    commune.follow(way.person.name)
    assert (commune.state(), commune.faults()) == ("prospect", [])
    commune.goes(f"/dossiers/{way.ref}/sections/union_quarter")
    commune.fill("Nhận xét trong quý", SECRET)
    assert commune.faults() == []
    commune.press("Lưu")
    assert SECRET in commune.reads()


def test_list_is_handed_over_and_the_resolution_recorded(world, person):
    way = Way(world)
    way.complete()
    commune = person("xa_a")
    commune.goes("/recommendations/choose?year=" + str(YEAR + 1))
    assert commune.faults() == []
    commune.goes("/recommendations")
    commune.follow("Bình chọn đoàn viên ưu tú, ")
    assert (way.person.name in commune.reads(), commune.faults()) == (True, [])
    commune.goes("/recommendations/hand-over")
    assert "Viết nhận xét của đoàn cơ sở" in commune.reads()
    assert commune.faults() == []
    other = Way(world, member=6).to("resolution")
    commune.goes(f"/dossiers/{other.ref}/steps/record_resolution")
    for label, number in (
        ("Tổng số ủy viên ban chấp hành", "9"),
        ("Số ủy viên có mặt", "9"),
        ("Tán thành", "9"),
        ("Không tán thành", "0"),
    ):
        commune.fill(label, number)
    for label in ("Ưu điểm", "Khuyết điểm"):
        commune.fill(label, SECRET)
    assert commune.faults() == []
    commune.press("Ghi nghị quyết giới thiệu")
    assert (commune.state(), "100,0 %" in commune.reads()) == ("resolved", True)
    assert commune.faults() == []
