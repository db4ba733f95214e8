"""One candidate all the way: the branch, the commune, the district, each on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.clock import TODAY
from tests.e2e.person import Person
from tests.journeys import BORN, HELD, MONTHS_AGO

BEFORE = HELD - timedelta(days=9)


def day(value) -> str:
    return value.strftime("%d/%m/%Y")


def nominate(secretary: Person) -> str:
    """Open a dossier from the first page and return its address."""
    secretary.goes("/")
    secretary.picture("ban-lam-viec")
    secretary.follow("Lập hồ sơ kết nạp")
    secretary.fill("Họ và tên", "Nguyễn Thị Đào")
    secretary.fill("Ngày sinh", day(BORN))
    secretary.tick("Nữ")
    secretary.choose("Nguồn", "Học sinh")
    secretary.press("Lập hồ sơ")
    assert "KN-" in secretary.reads()
    return secretary.page.url


def section(secretary: Person, dossier: str, name: str, write: Callable[[Person], None]) -> None:
    """Open a section of the dossier, write it and save."""
    secretary.goes(f"{dossier}/sections/{name}")
    write(secretary)
    secretary.press("Lưu")
    assert secretary.page.url == dossier


def prepare(secretary: Person, dossier: str) -> None:
    """Write every section that the vote asks for, and hand the candidate to the meeting."""
    section(
        secretary,
        dossier,
        "nomination",
        lambda me: me.choose_first("Đoàn viên được phân công giúp đỡ"),
    )
    secretary.press("Bắt đầu bồi dưỡng")
    assert secretary.state() == "education"
    section(
        secretary,
        dossier,
        "person",
        lambda me: me.choose("Trình độ học vấn", "Trung học phổ thông"),
    )
    section(secretary, dossier, "application", lambda me: me.fill("Ngày viết đơn", day(BEFORE)))
    section(secretary, dossier, "background", declare)
    section(secretary, dossier, "introducer", introduce)
    section(secretary, dossier, "study", study)
    secretary.picture("ho-so-boi-duong")
    secretary.goes(f"{dossier}/steps/call_to_vote")
    secretary.fill("Ngày họp chi đoàn", day(HELD))
    secretary.press("Đưa ra hội nghị chi đoàn")
    assert secretary.state() == "branch_vote"


def declare(me: Person) -> None:
    me.fill("Ngày khai lý lịch", day(BEFORE))
    me.tick("Không")


def introduce(me: Person) -> None:
    me.choose("Ai giới thiệu", "Một đoàn viên")
    me.choose_first("Đoàn viên giới thiệu")
    me.fill("Cùng công tác, học tập từ ngày", day(MONTHS_AGO))
    me.fill("Ngày giới thiệu", day(BEFORE))


def study(me: Person) -> None:
    me.fill("Ngày kiểm tra tự học", day(BEFORE))
    me.fill("Kết quả kiểm tra", "8/10")


def meet(secretary: Person) -> None:
    """Record the meeting: everybody there, eight in favour, one against."""
    secretary.goes("/meetings")
    secretary.follow("Ghi cuộc họp")
    secretary.fill("Ngày họp", day(HELD))
    secretary.press("Lập danh sách người dự")
    secretary.tick("Họp trực tiếp")
    secretary.tick("Biểu quyết công khai")
    secretary.fill("Địa điểm", "Nhà văn hóa ấp")
    secretary.fill("Chủ trì", "Trần Văn Chủ")
    secretary.fill("Thư ký", "Lê Thị Ghi")
    secretary.press("Tất cả người được dự đều có mặt")
    secretary.picture("bien-ban-hop")
    secretary.tick("Đưa ra biểu quyết lần này")
    secretary.fill("Tán thành", "8")
    secretary.fill("Không tán thành", "1")
    secretary.press("Ghi cuộc họp")
    assert "Đạt" in secretary.reads()
    secretary.picture("ket-qua-hop")


def submit(secretary: Person, dossier: str) -> None:
    """Propose and hand up."""
    section(secretary, dossier, "proposal", lambda me: me.fill("Ngày đề nghị", day(HELD)))
    secretary.press("Trình đoàn cơ sở")
    assert secretary.state() == "commune_review"


def approve(officer: Person, dossier: str) -> None:
    """Find the dossier in the queue and approve it."""
    officer.goes("/queue")
    officer.picture("dang-cho-toi")
    officer.follow("Nguyễn Thị Đào")
    assert officer.page.url == dossier
    officer.picture("ho-so-cho-xet")
    officer.follow("Chuẩn y")
    officer.fill("Ngày ký", day(TODAY))
    officer.press("Chuẩn y")
    assert officer.state() == "ceremony"


def celebrate(secretary: Person, dossier: str) -> None:
    """Record the ceremony."""
    secretary.goes(f"{dossier}/steps/record_ceremony")
    secretary.fill("Ngày làm lễ", day(TODAY))
    secretary.press("Ghi lễ kết nạp")
    assert secretary.state() == "card_issue"


def issue(district: Person, dossier: str) -> None:
    """Issue the card."""
    district.goes(dossier)
    district.follow("Cấp thẻ")
    district.fill("Số thẻ", "860261000123")
    district.fill("Ngày cấp", day(TODAY))
    district.press("Cấp thẻ")
    assert district.state() == "admitted"
    district.picture("da-ket-nap")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "scripts off"])
def test_candidate_becomes_a_member_with_a_card(person, scripts):
    secretary = person("ap_a1", scripts=scripts)
    dossier = nominate(secretary)
    prepare(secretary, dossier)
    meet(secretary)
    submit(secretary, dossier)
    approve(person("xa_a", scripts=scripts), dossier)
    celebrate(secretary, dossier)
    issue(person("huyen", scripts=scripts), dossier)
