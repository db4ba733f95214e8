"""The pages of a meeting on a phone: without a fault, without scripts, by keyboard."""

from app.extensions import db
from app.models import Meeting
from tests.journeys import HELD


def day(value):
    return f"{value:%d/%m/%Y}"


def at(world, unit="ap_a1"):
    return f"/meetings/new?unit={world.units[unit].id}"


def test_pages_of_a_meeting_have_no_fault(person, journey, world):
    voted = journey().to("ready")
    journey(name="Võ An").to("branch_vote")
    journey(name="Võ Đang Học").to("education")
    meeting = f"/meetings/{db.session.query(Meeting).one().id}"
    secretary = person("ap_a1")
    paths = {
        "hop-chon-ngay": at(world),
        "hop-ghi": f"{at(world)}&on={day(HELD)}",
        "hop-xem": meeting,
        "hop-dinh-chinh": f"{meeting}/votes/{voted.ref}/correct",
        "hop-danh-sach": "/meetings",
    }
    for name, path in paths.items():
        secretary.goes(path)
        secretary.picture(name)
        assert (path, secretary.faults()) == (path, [])
    secretary.goes(paths["hop-ghi"])
    secretary.press("Ghi cuộc họp")
    secretary.picture("hop-sai")
    assert secretary.faults() == []


def test_a59_secretary_records_a_meeting_with_scripts_off_and_only_a_keyboard(
    person, journey, world
):
    journey().to("branch_vote")
    secretary = person("ap_a1", scripts=False)
    secretary.goes(f"{at(world)}&on={day(HELD)}")
    for label in ("Địa điểm", "Chủ trì", "Thư ký"):
        secretary.fill(label, "Ấp 1")
    everyone = secretary.page.get_by_role("button", name="Tất cả người được dự đều có mặt")
    everyone.press("Enter")
    secretary.fill("Tán thành", "8")
    secretary.fill("Không tán thành", "1")
    secretary.page.get_by_role("button", name="Ghi cuộc họp").press("Enter")
    assert "Đạt" in secretary.reads()
    assert "8 phiếu tán thành trong 9 người có mặt" in secretary.reads()
