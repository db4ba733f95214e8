"""The yearly classification through the front door, on a phone and without scripts."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models import ClassificationSheet, Event
from app.queries.classification.grades import grades_of
from tests.clock import TODAY
from tests.factories import MemberFactory
from tests.queries.test_statements import counted
from tests.web.test_exports import as_csv
from workflows.classification import Grade

YEAR = TODAY.year - 1
MINUTES = {"place": "Nhà văn hóa ấp", "chair": "Bí thư", "minute_taker": "Phó bí thư"}


class Door:
    """A branch that classifies its members at the screen."""

    def __init__(self, world, sign_in, key="ap_a1"):
        self.world, self.key = world, key
        self.people = world.members[key]
        self.path = f"/classifications/{world.units[key].id}/{YEAR}"
        self.branch, self.commune = sign_in(key), sign_in("xa_a")

    @property
    def state(self):
        db.session.expire_all()
        unit = self.world.units[self.key].id
        return db.session.query(ClassificationSheet).filter_by(unit_id=unit).one().state

    def write(self, **typed):
        return self.branch.send(self.path, action=self.path, **typed)

    def meet(self, **typed):
        everyone = [str(person.id) for person in self.people]
        fields = {**MINUTES, "present": everyone, **typed}
        return self.branch.send(f"{self.path}/meeting", **fields)

    def press(self, who, step):
        return who.send(self.path, action=f"{self.path}/steps/{step}")

    def to_commune(self):
        self.write()
        self.meet()
        self.press(self.branch, "submit")
        return self


@pytest.fixture
def door(world, sign_in):
    return Door(world, sign_in)


def test_whole_branch_is_classified_in_three_posts_and_confirmed_by_the_commune(door):
    first = door.people[0]
    page = door.write(**{f"own_{first.id}": "good"})
    assert "Đã ghi bản xếp loại." in page.words()
    page = door.meet()
    assert "Đã ghi cuộc họp xếp loại." in page.words()
    assert "9/9 tán thành" in page.words()
    page = door.press(door.branch, "submit")
    assert "Chờ cấp trên xác nhận" in page.words()
    page = door.press(door.commune, "confirm")
    assert "Đã xác nhận" in page.words()
    assert grades_of([first.id]) == {first.id: {YEAR: Grade.EXCELLENT}}
    person = door.commune.get(f"/people/{first.id}")
    assert f"{YEAR} Hoàn thành xuất sắc" in person.words()


def test_page_says_what_the_figures_lead_to_and_where_each_rule_stands(door):
    page = door.branch.get(door.path)
    assert "Chưa lập" in page.words()
    assert page.words().count("Theo số liệu: Hoàn thành xuất sắc") == 9
    assert "638-HD/ĐTNCA" in page.words()
    assert "33-HD/TWĐTN-BTC (2019)" in page.words()
    assert len(page.all("fieldset")) >= 9


def test_page_names_the_figures_that_are_missing(door):
    words = door.branch.get(door.path).words()
    assert "chưa có số liệu: sinh hoạt, nhiệm vụ, chương trình rèn luyện, đoàn phí." in words
    first = door.people[0]
    words = door.write(**{f"assigned_{first.id}": "2", f"done_{first.id}": "2"}).words()
    assert "xong 2/2 việc; chưa có số liệu: sinh hoạt, chương trình rèn luyện, đoàn phí." in words
    assert "Chưa có số liệu, nên chưa giới hạn mức: sinh hoạt chi đoàn; đăng ký rèn luyện" in (
        door.branch.get(f"{door.path}/unit").words()
    )


def test_mistakes_keep_what_was_typed_and_are_named(door):
    first = door.people[0]
    page = door.write(
        **{f"assigned_{first.id}": "3", f"done_{first.id}": "4", f"reason_{first.id}": "Chậm"}
    )
    assert page.status == 422
    assert "Xong 4 việc, nhiều hơn 3 việc được giao." in page.words()
    assert page.form(door.path)[f"reason_{first.id}"] == ["Chậm"]
    assert db.session.query(ClassificationSheet).count() == 0


def test_choice_that_is_not_on_the_list_is_refused_in_our_words(door):
    page = door.write(**{f"grade_{door.people[0].id}": "best"})
    assert (page.status, "Chọn một mục có trong danh sách." in page.words()) == (422, True)


def test_a12_second_tab_is_told_who_wrote_and_keeps_its_text(door, sign_in):
    first, other = door.people[0], sign_in("ap_a1.pho")
    fields = other.get(door.path).form(door.path)
    door.write()
    page = other.post(door.path, fields | {f"reason_{first.id}": "Bản thứ hai"})
    assert page.status == 409
    assert "Có người vừa ghi" in page.words()
    assert page.form(door.path)[f"reason_{first.id}"] == ["Bản thứ hai"]
    assert other.post(door.path, page.form(door.path)).status == 200


def test_meeting_is_all_in_favour_but_for_who_differs(door):
    first = door.people[0]
    door.write()
    page = door.meet(
        **{f"in_favour_{first.id}": "6", f"against_{first.id}": "2", f"blank_{first.id}": "1"}
    )
    assert "6/9 tán thành" in page.words()
    assert page.words().count("9/9 tán thành") == 8


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"mode": "online"}, "Không được xếp loại trong cuộc họp trực tuyến"),
        ({"present": []}, "cần ít nhất 6"),
        ({"place": " "}, "Ghi nơi họp."),
        ({"held_on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"}, "Ngày này ở phía trước."),
        ({"in_favour": "4", "against": "5"}, "Không quá nửa số người có mặt tán thành"),
        ({"in_favour": "9", "against": "3"}, "không khớp"),
        ({"in_favour": "-1"}, "Số -1 nhỏ hơn 0."),
    ],
)
def test_a24_meeting_that_cannot_stand_is_refused_and_kept_on_the_page(door, typed, told):
    door.write()
    page = door.meet(chair="Trần Thị Chủ Trì", **typed)
    assert page.status == 422
    assert told in page.words()
    assert page.form()["chair"] == ["Trần Thị Chủ Trì"]
    assert door.state == "draft"


def test_everyone_is_ticked_with_one_press_and_the_list_is_made_anew_for_a_day(door):
    door.write()
    fields = door.branch.get(f"{door.path}/meeting").form()
    assert "present" not in fields
    page = door.branch.post(f"{door.path}/meeting", fields | {"everyone": "1"})
    assert len(page.form()["present"]) == 9
    page = door.branch.post(f"{door.path}/meeting", page.form() | {"relist": "1"})
    assert page.status == 200


def test_a04_commune_returns_with_reasons_and_the_branch_sees_them(door):
    first, second = door.people[:2]
    door.to_commune()
    page = door.commune.send(f"{door.path}/return", reason="Xem lại")
    assert page.status == 422
    assert page.form()["reason"] == ["Xem lại"]
    door.commune.send(f"{door.path}/return", **{f"why_{first.id}": "Còn nợ đoàn phí"})
    assert door.state == "returned"
    page = door.branch.get(door.path)
    assert "Lý do trả lại: Còn nợ đoàn phí" in page.words()
    assert f"grade_{first.id}" in page.form(door.path)
    assert f"grade_{second.id}" not in page.form(door.path)


def test_a44_commune_confirms_many_at_once_with_a_line_for_each(world, sign_in):
    doors = [Door(world, sign_in, key).to_commune() for key in ("ap_a1", "ap_a2")]
    commune = doors[0].commune
    page = commune.get("/classifications")
    assert "Chờ xác nhận: 2 bản" in page.words()
    rows = [str(row.id) for row in db.session.query(ClassificationSheet)]
    page = commune.get("/classifications/confirm?" + "&".join(f"sheet={row}" for row in rows))
    assert "2 bản sẽ được xác nhận" in page.words()
    fields = page.form()
    doors[1].commune.send(f"{doors[1].path}/return", **{f"why_{doors[1].people[0].id}": "…"})
    page = commune.post("/classifications/confirm", fields)
    assert "Chi đoàn ap_a1: đã xác nhận xếp loại." in page.words()
    assert "Chi đoàn ap_a2: đã được xử lý hoặc thay đổi" in page.words()
    assert [each.state for each in doors] == ["confirmed", "returned"]


def test_who_confirms_nothing_is_told_to_choose(door):
    door.to_commune()
    page = door.commune.get("/classifications/confirm?look=1")
    assert (page.status, "Chọn ít nhất một bản" in page.words()) == (422, True)
    assert "Chọn ít nhất" not in door.commune.get("/classifications/confirm").words()


def test_desk_and_list_say_what_waits_to_be_confirmed(door):
    assert "Xếp loại chờ xác nhận" not in door.commune.get("/").words()
    door.to_commune()
    rate(door, grade="excellent", reason="Có thành tích")
    door.branch.send(f"{door.path}/unit", action=f"{door.path}/unit/steps/submit")
    assert "2 bản xếp loại của chi đoàn" in door.commune.get("/").words()
    words = door.commune.get("/classifications").words()
    assert f"Xếp loại chi đoàn chờ xác nhận: 1 Chi đoàn ap_a1, {YEAR}" in words
    assert "Xếp loại chờ xác nhận" not in door.branch.get("/").words()


def test_confirmed_grade_is_corrected_with_a_reason_and_both_are_shown(door):
    first = door.people[0]
    door.to_commune()
    door.press(door.commune, "confirm")
    path = f"{door.path}/people/{first.id}/correct"
    assert door.commune.get(door.path).all("a", href=path)
    assert not door.branch.get(door.path).all("a", href=path)
    page = door.commune.send(path, grade="good", reason=" ")
    assert (page.status, "Ghi lý do đính chính." in page.words()) == (422, True)
    page = door.commune.send(path, grade="excellent", reason="Nhầm")
    assert "Chọn mức khác với mức đang có." in page.words()
    page = door.commune.send(path, grade="good", reason="Ghi nhầm mức")
    history = f"{first.name}, Hoàn thành xuất sắc → Hoàn thành tốt"
    assert history in page.words()
    assert "“Ghi nhầm mức”" in page.words()


def rate(door, **typed):
    path = f"{door.path}/unit"
    fields = {
        "first_half": "6",
        "second_half": "6",
        "elite": "1",
        "books": "full",
        "traditions": "yes",
        "activities": "yes",
    }
    return door.branch.send(path, action=path, **fields | typed)


def test_branch_is_rated_by_itself_confirmed_by_the_commune_and_seen_by_the_district(door, sign_in):
    path = f"{door.path}/unit"
    page = rate(door)
    assert "Sinh hoạt chi đoàn: 6 tháng đầu 6, 6 tháng cuối 6 buổi" in page.words()
    assert "Họp xếp loại đoàn viên trước" in page.words()
    door.to_commune()
    page = rate(door, grade="excellent")
    assert "ghi lý do" in page.words()
    page = rate(door, grade="excellent", reason="Không có nguồn kết nạp")
    door.branch.send(path, action=f"{path}/steps/submit")
    page = door.commune.get(path)
    assert "Xác nhận xếp loại đoàn viên trước" in page.words()
    door.press(door.commune, "confirm")
    page = door.commune.send(path, action=f"{path}/steps/send_back", returning=" ")
    assert (page.status, "Ghi rõ lý do trả lại." in page.words()) == (422, True)
    action, long = f"{path}/steps/send_back", "Thiếu sổ " * 200
    page = door.commune.send(path, action=action, returning=long)
    assert (page.status, page.form(action)["returning"]) == (422, [long.strip()])
    page = door.commune.send(path, action=f"{path}/steps/send_back", returning="Thiếu sổ")
    assert "Bị trả lại" in page.words()
    assert "Lý do trả lại: Thiếu sổ" in door.branch.get(path).words()
    door.branch.send(path, action=f"{path}/steps/submit")
    page = door.commune.send(path, action=f"{path}/steps/confirm")
    assert "Đã xác nhận" in page.words()
    district = sign_in("huyen")
    commune = f"/classifications?unit={door.world.units['xa_a'].id}&year={YEAR}"
    assert "Chi đoàn ap_a1 Đã xác nhận Xuất sắc, vững mạnh: 9 Hoàn thành xuất sắc" in " ".join(
        district.get(commune).words().split()
    )
    assert "Đề nghị xếp loại đoàn cơ sở Hoàn thành xuất sắc" in district.get(commune).words()
    unit = door.branch.get(f"/units/{door.world.units['ap_a1'].id}")
    assert f"{YEAR} hoàn thành xuất sắc" in unit.words()


def test_second_writer_of_a_rating_is_told(door, sign_in):
    path, other = f"{door.path}/unit", sign_in("ap_a1.pho")
    fields = other.get(path).form(path)
    rate(door)
    page = other.post(path, fields | {"reason": "Bản thứ hai"})
    assert (page.status, page.form(path)["reason"]) == (409, ["Bản thứ hai"])


def test_pictures_say_their_numbers_in_a_table(door, sign_in):
    door.to_commune()
    door.press(door.commune, "confirm")
    place = f"/classifications/{door.world.units['xa_a'].id}/figures?year={YEAR}"
    page = sign_in("huyen").get(place)
    assert "Chi đoàn ap_a1 9 0 0 0" in page.words()
    assert page.text.count("<svg") == 2
    empty = sign_in("xa_b").get(f"/classifications/{door.world.units['xa_b'].id}/figures")
    assert "Chưa có xếp loại nào được xác nhận." in empty.words()


def test_a53_grades_go_into_a_file_with_a_trace_and_nothing_private(door):
    first = door.people[0]
    door.write(**{f"circumstance_{first.id}": "party_member"})
    door.meet()
    rows = as_csv(door.branch, f"{door.path}/export")
    assert len(rows) == 10
    assert "Đảng viên" not in str(rows)
    usual = ["Chi đoàn ap_a1", str(YEAR), "", "Hoàn thành xuất sắc", "9", "9"]
    assert [row[1:-1] for row in rows].count(usual) == 8
    assert {row[-1] for row in rows[1:]} == {"Đã họp, chờ trình"}
    traces = db.session.query(Event).filter_by(step="export").all()
    assert [event.facts["rows"] for event in traces] == [9]


def test_a15_classification_of_another_unit_does_not_exist(door, sign_in):
    door.to_commune()
    for who in ("xa_b", "ap_a2", "co_so"):
        browser = sign_in(who)
        for path in ("", "/unit", "/export"):
            assert browser.get(f"{door.path}{path}").status == 404
        assert browser.get(f"/classifications?unit={door.world.units['ap_a1'].id}").status == 404


def test_branch_secretary_starts_from_their_own_branch(door):
    page = door.branch.get("/classifications")
    assert page.all("a", href=door.path) or "Chưa lập" in page.words()
    assert door.branch.get("/classifications?year=1999").status == 200
    assert door.branch.get(f"/classifications/{door.world.units['ap_a1'].id}/1999").status == 404


@pytest.mark.parametrize(("ending", "most"), [("", 26), ("/unit", 36), ("/meeting", 30)])
def test_page_asks_few_statements_however_big_the_branch(door, ending, most):
    door.write()
    numbers = []
    for _more in range(2):
        with counted() as said:
            page = door.branch.get(f"{door.path}{ending}")
        numbers.append(len(said))
        assert (page.status, len(page.text.encode()) < 120_000) == (200, True)
        MemberFactory.create_batch(9, unit=door.world.units["ap_a1"])
        db.session.commit()
    assert numbers[0] == numbers[1]
    assert numbers[0] <= most, "\n".join(said)
