"""A whole contest on phones: from an empty season to the certificates, in one go.

Nothing of the contest is done but through its pages; only the days go by on their own.
"""

import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, update

from app.extensions import db
from app.models import ContestRound, Dossier, Season
from tests.clock import TODAY
from tests.panels import judge_of

YEAR = TODAY.year + 1
HOME = f"/contests/{YEAR}"
JUDGES = [f"giamkhao{number}" for number in range(1, 8)]
LEADERS = ("ap_a1", "ap_a2", "ap_b1")


@pytest.fixture
def cast(world):
    """Secretaries who stand in the books of their branches, and judges of the district."""
    for name in LEADERS:
        world.accounts[name].person_id = world.members[name][0].id
    for name in (*JUDGES, "truong_ban"):
        judge_of(world, name)
    db.session.commit()
    return world


def name_of(world, branch):
    """Name the secretary of a branch."""
    return world.members[branch][0].name


def round_of(world, unit):
    """Return the address of the round that a unit holds."""
    db.session.expire_all()
    found = db.session.query(ContestRound.id).filter_by(unit_id=world.units[unit].id).scalar()
    return f"{HOME}/rounds/{found}"


def entry_of(world, branch):
    """Return the address of the entry of a branch."""
    found = db.session.query(Dossier.ref).filter_by(branch_id=world.units[branch].id).scalar()
    return f"/dossiers/{found}"


def wait_for(column, **place):
    """Let the days go by until a moment of the contest is an hour ago."""
    db.session.expire_all()
    moment = db.session.scalar(select(func.max(column)).filter_by(**place))
    gone = moment - datetime.now(UTC) + timedelta(hours=1)
    for model, names in (
        (Season, ("call_from", "call_until")),
        (ContestRound, ("opens_at", "closes_at")),
    ):
        days = {name: getattr(model, name) - gone for name in names}
        db.session.execute(update(model).values(days))
    db.session.commit()


def write_rules(officer):
    """Make a round of each commune and one of the district, with seven judges, by hand."""
    officer.follow("Xem, sửa thể lệ")
    officer.follow("Sửa phần chung")
    officer.fill("Tên thể lệ", "Thể lệ Bí thư chi đoàn giỏi")
    officer.fill("Tuổi cao nhất của thí sinh", "35")
    officer.press("Lưu")
    add_round(officer, "Vòng cấp xã", "Mỗi đoàn cơ sở")
    add_part(officer, "Tìm hiểu Điều lệ", "Thi viết", sheets="1", criteria=[("Đúng", "10")])
    officer.goes(f"{HOME}/rules")
    add_round(officer, "Vòng cấp huyện", "Cấp trên trực tiếp")
    criteria = [("Nội dung", "10"), ("Phong thái", "10")]
    add_part(officer, "Thuyết trình", "Thuyết trình", sheets="7", criteria=criteria, timed=True)
    officer.goes(f"{HOME}/rules")
    officer.follow("Sửa giải thưởng")
    officer.fill("Giải", "Giải nhất")
    officer.fill("Số giải", "1")
    officer.press("Thêm giải")
    officer.page.locator("#awards-1-title").fill("Giải nhì")
    officer.page.locator("#awards-1-count").fill("1")
    officer.press("Lưu các giải")
    assert "Còn thiếu" not in officer.reads()
    officer.picture("ca-mua-01-the-le")


def add_round(officer, title, holder):
    """Add a round; the best one goes on, and the chair settles what is equal."""
    officer.follow("Thêm vòng thi")
    officer.fill("Tên vòng thi", title)
    officer.tick(holder)
    officer.tick("Những người đứng đầu")
    officer.fill("Bao nhiêu người", "1")
    officer.choose("Cách phân định", "Trưởng ban giám khảo quyết định")
    officer.press("Lưu vòng thi")


def add_part(officer, title, kind, *, sheets, criteria, timed=False):
    """Add a judged part to the round that is open."""
    officer.follow("Thêm phần thi")
    officer.fill("Tên phần thi", title)
    officer.tick(kind)
    officer.press("Thêm, rồi ghi điểm và tiêu chí")
    officer.fill("Mỗi thí sinh cần bao nhiêu phiếu", sheets)
    if int(sheets) > 2:
        officer.tick("Trung bình, bỏ phiếu cao nhất và thấp nhất")
        officer.fill("Bỏ cao nhất, thấp nhất khi có từ", "5")
    for place, (name, most) in enumerate(criteria):
        if place:
            officer.press("Thêm tiêu chí")
        officer.page.locator(f"#criteria-{place}-title").fill(name)
        officer.page.locator(f"#criteria-{place}-max").fill(most)
    if timed:
        officer.fill("Xong trong (giây)", "300")
        officer.fill("Điểm cộng, trừ", "1")
    officer.press("Lưu phần thi")


def set_up(officer):
    """Open the season, rehearse, and call."""
    officer.follow("Hội thi")
    officer.follow("Lập mùa hội thi")
    officer.fill("Năm", str(YEAR))
    officer.fill("Tên hội thi", "Hội thi Bí thư chi đoàn giỏi")
    officer.fill("Ngày công bố", f"26/3/{YEAR}")
    officer.tick("Để trống")
    officer.press("Lập mùa hội thi")
    write_rules(officer)
    officer.goes(HOME)
    officer.follow("Ghi các mốc ngày")
    officer.picture("ca-mua-02-ngay")
    officer.press("Lưu các mốc ngày")
    officer.press("Chuyển sang chạy thử")
    officer.follow("Chạy thử với điểm giả")
    officer.picture("ca-mua-03-chay-thu")
    officer.goes(HOME)
    officer.press("Mở đăng ký")
    assert "Nhận đăng ký" in officer.reads()
    officer.picture("ca-mua-04-mo-dang-ky")


def enter(secretary, world, branch):
    """Enter the secretary of a branch and hand the entry up."""
    secretary.follow("Hội thi")
    secretary.follow(str(YEAR))
    secretary.follow("Đăng ký dự thi")
    secretary.tick(name_of(world, branch))
    secretary.press("Lập hồ sơ dự thi")
    secretary.follow("Ghi mục “Người dự thi”")
    secretary.fill("Chức vụ và thời gian giữ chức", "Bí thư chi đoàn, từ tháng 3/2023")
    secretary.press("Lưu")
    secretary.follow("Ghi mục “Thành tích”")
    secretary.fill("Thành tích của người dự thi", "Giấy khen Huyện đoàn")
    secretary.fill("Kết quả của chi đoàn", "Chi đoàn vững mạnh")
    secretary.press("Lưu")
    secretary.press("Nộp hồ sơ dự thi")
    assert secretary.state() == "entered"
    secretary.picture(f"ca-mua-05-du-thi-{branch}")


def seat(organiser, held, judges, chair):
    """Seat judges and a chair for a round."""
    organiser.goes(f"{held}/panel")
    for name in judges:
        organiser.fill("Tên đăng nhập của giám khảo", name)
        organiser.press("Cử vào ban giám khảo")
    organiser.fill("Tên đăng nhập của giám khảo", chair)
    organiser.tick("Là trưởng ban")
    organiser.press("Cử vào ban giám khảo")
    organiser.picture("ca-mua-06-ban-giam-khao")


def share(chair, held, each):
    """Share the contestants of a round out over its judges."""
    chair.goes(f"{held}/judging")
    chair.follow("Phân công chấm")
    chair.fill("Mỗi thí sinh có mấy giám khảo", each)
    chair.press("Phân công")


def score(judge, points):
    """Fill in sheet after sheet, of whoever the page names, until none is left."""
    judge.follow("Hội thi")
    judge.follow(str(YEAR))
    judge.follow("Phiếu chấm của tôi")
    judge.follow("Chấm phiếu tiếp theo")
    for _sheet in points:
        heading = judge.page.locator("h1").inner_text()
        given = next(given for name, given in points.items() if name in heading)
        for criterion, value in given.items():
            group = judge.page.get_by_role("group", name=criterion)
            group.get_by_role("radio", name=value, exact=True).check()
        if judge.page.get_by_label("Nhận xét cho thí sinh").input_value() == "":
            judge.fill("Nhận xét cho thí sinh", "Nói rõ ràng")
        judge.press("Chốt điểm, sang phiếu sau")
    done = f"{len(points)} trên {len(points)} phiếu đã chốt"
    assert done in judge.reads()


def test_a_contest_goes_from_an_empty_season_to_the_certificates(cast, person):
    people = {}

    def at(name):
        people[name] = people.get(name) or person(name)
        people[name].goes("/")
        return people[name]

    set_up(at("huyen.canbo"))
    wait_for(Season.call_from)
    for branch in LEADERS:
        enter(at(branch), cast, branch)
    rounds_of_the_communes(cast, at)
    up_to_the_district(cast, at)
    judged_by_seven(cast, at)
    settled_and_published(cast, at)
    commended(cast, at)


def rounds_of_the_communes(world, at):
    """Admit to the communes' rounds, judge there, and endorse the best of each."""
    for commune, branches in (("xa_a", ("ap_a1", "ap_a2")), ("xa_b", ("ap_b1",))):
        officer = at(commune)
        for branch in branches:
            officer.goes(entry_of(world, branch))
            officer.press("Nhận vào vòng cơ sở")
            assert officer.state() == "commune_round"
    wait_for(Season.call_until)
    officer = at("huyen.canbo")
    officer.goes(HOME)
    officer.press("Bắt đầu các vòng thi")
    wait_for(ContestRound.opens_at, unit_id=world.units["xa_a"].id)
    best = {name_of(world, "ap_a1"): {"Đúng": "9,5"}, name_of(world, "ap_a2"): {"Đúng": "8"}}
    commune_round(world, at, "xa_a", ("xa_a.canbo", "xa_a.pho"), best)
    alone = {name_of(world, "ap_b1"): {"Đúng": "7"}}
    commune_round(world, at, "xa_b", ("xa_b", "xa_b.pho"), alone)


def commune_round(world, at, commune, panel, points):
    """Hold the round of a commune with a judge and a chair."""
    judge, chair = panel
    held = round_of(world, commune)
    seat(at(commune), held, [judge], chair)
    share(at(chair), held, "1")
    score(at(judge), points)
    leader = at(chair)
    leader.goes(f"{held}/judging")
    leader.press("Kết thúc chấm vòng này")
    assert "Chỉ còn nhận điểm đã gửi trước đó" in leader.reads()
    leader.picture(f"ca-mua-07-vong-{commune}")


def up_to_the_district(world, at):
    """Endorse who went on, not who did not; the district returns one entry and takes both."""
    officer = at("xa_a")
    officer.goes(entry_of(world, "ap_a2"))
    assert "Không được đi tiếp theo kết quả vòng cơ sở." in officer.reads()
    officer.follow("Không cử dự thi")
    officer.fill("Lý do", "Thứ hai ở vòng xã")
    officer.press("Không cử dự thi")
    assert officer.state() == "not_endorsed"
    for commune, branch in (("xa_a", "ap_a1"), ("xa_b", "ap_b1")):
        officer = at(commune)
        officer.goes(entry_of(world, branch))
        officer.press("Cử dự thi cấp trên")
        assert officer.state() == "endorsed"
    district = at("huyen")
    district.goes(entry_of(world, "ap_a1"))
    district.press("Nhận dự thi")
    district.goes(entry_of(world, "ap_b1"))
    district.follow("Trả lại")
    district.picture("ca-mua-08-tra-lai")
    district.tick("Thành tích")
    district.page.locator("#why_achievements").fill("Ghi rõ năm")
    district.press("Trả lại")
    branch = at("ap_b1")
    branch.goes(entry_of(world, "ap_b1"))
    branch.follow("Sửa mục “Thành tích”")
    branch.fill("Thành tích của người dự thi", "Giấy khen Huyện đoàn năm 2025")
    branch.press("Lưu")
    branch.press("Nộp lại hồ sơ dự thi")
    assert branch.state() == "endorsed"
    district.goes(entry_of(world, "ap_b1"))
    district.press("Nhận dự thi")
    assert district.state() == "accepted"


def judged_by_seven(world, at):
    """Let seven judges score both, so that they end equal, and the chair write the times."""
    first, second = name_of(world, "ap_a1"), name_of(world, "ap_b1")
    wait_for(ContestRound.opens_at, unit_id=world.units["huyen"].id)
    held = round_of(world, "huyen")
    seat(at("huyen.canbo"), held, JUDGES, "truong_ban")
    share(at("truong_ban"), held, "7")
    # The highest and the lowest sheet of each are left out, and the other five make 16,5.
    for judge, a, b in zip(
        JUDGES, ("10", *["8"] * 5, "5"), ("8", "8", "10", *["8"] * 4), strict=True
    ):
        points = {
            first: {"Nội dung": a, "Phong thái": "8,5"},
            second: {"Nội dung": b, "Phong thái": "8,5"},
        }
        seen_nothing(at(judge), held)
        score(at(judge), points)
    chair = at("truong_ban")
    for place, time in ((0, "4:35"), (1, "4:50")):
        chair.goes(f"{held}/times")
        chair.page.get_by_label("Thí sinh").select_option(index=place)
        chair.fill("Thời gian", time)
        chair.press("Ghi thời gian")
    chair.goes(f"{held}/judging")
    chair.picture("ca-mua-09-tien-do")
    chair.press("Kết thúc chấm vòng này")


def seen_nothing(judge, held):
    """Look as a judge for what others gave, before the own sheets are final."""
    judge.goes(f"{held}/ranking")
    assert "Tổng điểm" not in judge.reads()


def settled_and_published(world, at):
    """Settle the tie as the rules say, and publish; nobody sees a result before."""
    first, second = name_of(world, "ap_a1"), name_of(world, "ap_b1")
    officer = at("huyen.canbo")
    officer.goes(HOME)
    officer.press("Chuyển sang hội ý kết quả")
    contestant = at("ap_b1")
    own_result(contestant)
    assert "Kết quả có sau khi ban tổ chức công bố." in contestant.reads()
    chair = at("truong_ban")
    chair.goes(f"{HOME}/judging")
    chair.follow("Vòng cấp huyện")
    chair.follow("Xếp hạng")
    chair.picture("ca-mua-10-bang-diem")
    assert ("Bằng điểm" in chair.reads(), chair.faults()) == (True, [])
    chair.fill(f"Thứ tự của {second}", "1")
    chair.fill(f"Thứ tự của {first}", "2")
    chair.fill("Lý do", "Trả lời câu hỏi phụ của khán giả tốt hơn")
    chair.press("Ghi kết quả phân định")
    shown = chair.reads()
    assert "Bằng điểm" not in shown
    assert shown.index(second) < shown.index(first)
    assert "17,5" in shown
    chair.picture("ca-mua-11-xep-hang")
    officer = at("huyen")
    officer.goes(HOME)
    officer.follow("Công bố kết quả")
    officer.picture("ca-mua-12-cong-bo")
    officer.press("Công bố kết quả")
    assert "Lần công bố 1" in officer.reads()


def own_result(contestant):
    """Open what a contestant may see of the result."""
    contestant.goes(HOME)
    contestant.follow("Kết quả của tôi")


def commended(world, at):
    """Record the decision; find the winner on the public page, in the roster, in the data."""
    second = name_of(world, "ap_b1")
    officer = at("huyen")
    officer.goes(HOME)
    officer.follow("Khen thưởng, giấy chứng nhận")
    officer.fill("Số quyết định", "12-QĐ/ĐTN")
    officer.fill("Ngày quyết định", TODAY.strftime("%d/%m/%Y"))
    officer.press("Ghi quyết định")
    officer.picture("ca-mua-13-khen-thuong")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("link", name="Excel").click()
    content = io.BytesIO(download.value.path().read_bytes())
    rows = list(load_workbook(content).active.values)
    assert any("Giải nhất" in row and second in row for row in rows)
    winner = at("ap_b1")
    own_result(winner)
    assert "17,5" in winner.reads()
    winner.picture("ca-mua-14-ket-qua-cua-toi")
    winner.goes(f"/people/{world.members['ap_b1'][0].id}")
    assert f"Hội thi năm {YEAR}" in winner.reads()
    assert "Giải nhất" in winner.reads()
    officer.goes(HOME)
    officer.press("Kết thúc hội thi")
    assert "Đã kết thúc hội thi" in officer.reads()
