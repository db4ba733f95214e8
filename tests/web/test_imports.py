"""Importing lists: preview row by row, taking them at once, the same file twice."""

import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from app.extensions import db
from app.models import Event, Import, ImportRow, Membership, Person, Standing
from app.queries.admission.meetings import roll_of
from app.queries.people.standings import register_of
from app.services.audit import verify
from app.services.imports import previewing
from tests.clock import TODAY
from tests.factories import MemberFactory, PersonFactory
from tests.lists import csv_text, person, press, send_list, take, xlsx
from workflows.membership import Holding, PersonStatus, Sex


def figures(page):
    """Read the four figures of a preview: new, same, doubtful, error."""
    strong = [
        element for item in page.all("li") for element in item.iter() if "strong" in element.tag
    ]
    return [int(each.text) for each in strong]


def people(name):
    db.session.expire_all()
    return db.session.query(Person).filter_by(name=name).order_by(Person.id).all()


def sensed(row):
    """Everything of a person but what numbers the change."""
    return {column.name: getattr(row, column.name) for column in Person.__table__.columns}


def count(kind):
    db.session.expire_all()
    return db.session.query(kind).count()


@pytest.fixture
def branch(world):
    world.units["ap_a1"].name = "Chi đoàn Ấp 1"
    world.units["ap_a2"].name = "Chi đoàn Ấp 2"
    db.session.commit()
    return world.units["ap_a1"]


@pytest.fixture
def commune(world, branch):  # noqa: ARG001
    return world.units["xa_a"].id


def test_a54_a_list_is_previewed_row_by_row_and_taken_only_when_confirmed(commune, branch, sign_in):
    MemberFactory(name="Lê Thị Mận", unit=branch, birth_date=date(2004, 5, 6))
    db.session.commit()
    before, browser = count(Person), sign_in("xa_a")
    content = xlsx(
        person("Nguyễn Thị Đào", date(2005, 3, 26), unit="Chi đoàn Ấp 1", joined="19/5/2021"),
        person("Lê Thị Mận", "6-5-04", unit="Ấp 1"),
        person("Trần Văn Bưởi", "31/02/2005", unit="Ấp 2"),
    )
    page = send_list(browser, commune, content)
    assert (figures(page), count(Person)) == ([1, 1, 0, 1], before)
    assert "ô C4 (Ngày sinh): không có ngày này" in page.words()
    assert "Đã nhập 1 người." in take(browser, page).words()
    (taken,) = people("Nguyễn Thị Đào")
    assert count(Person) == before + 1
    assert (taken.unit_id, taken.status) == (branch.id, PersonStatus.MEMBER)
    assert (taken.birth_date, taken.joined_on) == (date(2005, 3, 26), date(2021, 5, 19))


def test_a54_rows_with_errors_come_back_as_a_file_with_their_reasons(commune, sign_in):
    content = xlsx(
        person("", "26/3/2005"),
        person("Trần Văn Bưởi", "", unit="Ấp 9"),
        person("Nguyễn Thị Đào"),
        person("+84 Trần", "26/03/2090"),
    )
    browser = sign_in("xa_a")
    page = take(browser, send_list(browser, commune, content))
    with browser.client.application.app_context():
        answer = browser.client.get(f"{page.path}/rest.xlsx")
    rows = list(load_workbook(io.BytesIO(answer.get_data())).active.iter_rows())
    answer.close()
    heads, *lines = [[cell.value for cell in row] for row in rows]
    assert heads[-2:] == ["Dòng", "Lý do"]
    assert [(line[1], line[-2]) for line in lines] == [
        (None, 2),
        ("Trần Văn Bưởi", 3),
        ("+84 Trần", 5),
    ]
    assert "thiếu họ tên" in lines[0][-1]
    assert "ô C3 (Ngày sinh): thiếu ngày sinh" in lines[1][-1]
    assert "ô E3 (Chi đoàn): không có đơn vị tên này" in lines[1][-1]
    assert "phía trước" in lines[2][-1]
    assert rows[3][1].data_type == "s"


def test_a54_what_came_back_is_sent_again_once_it_is_mended(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Trần Văn Bưởi", "31/02/2005")))
    with browser.client.application.app_context():
        answer = browser.client.get(f"{page.path}/rest.xlsx")
    book = load_workbook(io.BytesIO(answer.get_data()))
    answer.close()
    book.active["C2"] = "28/02/2005"
    file = io.BytesIO()
    book.save(file)
    take(browser, send_list(browser, commune, file.getvalue(), "sua.xlsx"))
    assert [each.birth_date for each in people("Trần Văn Bưởi")] == [date(2005, 2, 28)]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a54_the_same_file_twice_changes_nothing(commune, sign_in, kind):
    rows = [
        person("Nguyễn Thị Đào", unit="Ấp 1", card="BT-1"),
        person("Trần Văn Bưởi", "2004", sex="Nam", unit="Ấp 2"),
        person("Lê Thị Mận", "6-5-04"),
    ]
    content = xlsx(*rows) if kind == "xlsx" else csv_text(*rows).encode()
    browser = sign_in("xa_a")
    assert figures(send_list(browser, commune, content)) == [3, 0, 0, 0]
    take(browser, send_list(browser, commune, content))
    first = [sensed(each) for each in db.session.query(Person).order_by(Person.id)]
    stays, events = count(Membership), count(Event)
    again = send_list(browser, commune, content)
    assert figures(again) == [0, 3, 0, 0]
    assert not again.all("form", action=f"{again.path}/take")
    assert [sensed(each) for each in db.session.query(Person).order_by(Person.id)] == first
    assert (count(Membership), count(Event)) == (stays, events)


def test_taking_twice_takes_once_and_answers_the_same(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào")))
    form = page.form(f"{page.path}/take")
    for _ in range(2):
        assert "Đã nhập 1 người." in browser.post(f"{page.path}/take", form).words()
    assert len(people("Nguyễn Thị Đào")) == 1


@pytest.fixture
def doubted(commune, branch, sign_in):
    """A list that names somebody of the roster, as the page shows it."""
    PersonFactory(
        name="Nguyễn Thị Đào",
        unit=branch,
        birth_date=date(2005, 3, 26),
        residence="Ấp Bí Mật",
        phone="0909123456",
    )
    db.session.commit()
    return send_list(sign_in("xa_a"), commune, xlsx(person("nguyen thi dao", unit="Ấp 1")))


DOUBTS = "answers?rows=doubtful"


def test_a31_a_namesake_of_the_same_day_is_shown_by_name_and_unit_only(doubted):
    assert figures(doubted) == [0, 0, 1, 0]
    assert "có thể là: Nguyễn Thị Đào – Chi đoàn Ấp 1" in doubted.words()
    assert not [text for text in ("Ấp Bí Mật", "0909123456") if text in doubted.text]
    assert not doubted.all("form", action=f"{doubted.path}/take")


def test_a31_who_is_somebody_else_needs_a_reason_and_the_answer_stays(doubted, sign_in):
    browser = sign_in("xa_a")
    page = browser.get(doubted.path)
    wrong = press(browser, page, DOUBTS, **{"answer-2": "new", "reason-2": " "})
    assert wrong.status == 422
    assert "Dòng 2: ghi vì sao là người khác." in wrong.words()
    assert wrong.all("input", id="new-2", checked="")
    assert not wrong.all("form", action=f"{doubted.path}/take")


def test_a31_who_is_somebody_else_is_taken_and_the_reason_is_kept(doubted, sign_in):
    browser, reason = sign_in("xa_a"), "Con bà Ba, người kia con ông Tư"
    page = browser.get(doubted.path)
    page = press(browser, page, DOUBTS, **{"answer-2": "new", "reason-2": reason})
    take(browser, page)
    (new,) = people("Nguyen Thi Dao")
    event = db.session.query(Event).filter_by(subject="people", subject_id=new.id).one()
    assert event.comment == reason
    again = send_list(browser, new.unit_id, xlsx(person("nguyen thi dao", unit="Ấp 1")))
    assert figures(again) == [0, 1, 0, 0]


def test_a31_who_is_the_same_person_is_not_taken_again(doubted, sign_in):
    browser = sign_in("xa_a")
    page = press(browser, browser.get(doubted.path), DOUBTS, **{"answer-2": "same"})
    assert not page.all("form", action=f"{doubted.path}/take")
    assert people("Nguyen Thi Dao") == []


@pytest.mark.parametrize(
    ("known", "row"),
    [
        (("Nguyễn Thị Đào", date(2005, 3, 26), False), ("NGUYỄN THỊ ĐẠO", "26/3/2005")),
        (("Nguyễn Thị Đào", date(2005, 3, 26), False), ("Nguyễn Thị Đào", "2005")),
        (("Nguyễn Thị Đào", date(2005, 1, 1), True), ("Nguyễn Thị Đào", "26/3/2005")),
        (
            ("Nguyễn Thị Đào", date(2005, 3, 26), False),
            ("Nguye\u0302\u0303n Thi\u0323 Dao", "26-3-05"),
        ),
    ],
)
def test_a31_marks_case_form_and_an_unknown_day_hide_no_twin(branch, sign_in, known, row):
    name, born, year_only = known
    PersonFactory(name=name, unit=branch, birth_date=born, birth_year_only=year_only)
    db.session.commit()
    page = send_list(sign_in("xa_a"), branch.id, xlsx(person(*row)))
    assert figures(page) == [0, 0, 1, 0]


def test_a31_a_namesake_elsewhere_in_the_district_is_asked_about(world, commune, sign_in):
    PersonFactory(name="Nguyễn Thị Đào", unit=world.units["ap_b1"], birth_date=date(2005, 3, 26))
    db.session.commit()
    page = send_list(sign_in("xa_a"), commune, xlsx(person("Nguyễn Thị Đào")))
    assert figures(page) == [0, 0, 1, 0]
    assert "Nguyễn Thị Đào – Chi đoàn ap_b1" in page.words()


def test_a31_twins_within_one_file_are_asked_about_and_the_rest_is_the_same_person(
    commune, sign_in
):
    browser = sign_in("xa_a")
    rows = [person("Nguyễn Thị Đào"), person("Nguyen Thi Dao"), person("Lê Thị Mận")]
    page = send_list(browser, commune, xlsx(*rows))
    assert figures(page) == [2, 0, 1, 0]
    assert "giống dòng 2 của tệp này" in page.words()
    take(browser, press(browser, page, "same"))
    assert [len(people(name)) for name in ("Nguyễn Thị Đào", "Nguyen Thi Dao")] == [1, 0]


def test_a31_a_person_imported_by_the_year_alone_is_seen_when_a_dossier_is_opened(commune, sign_in):
    browser = sign_in("xa_a")
    take(browser, send_list(browser, commune, xlsx(person("Nguyễn Thị Đào", "2005", unit="Ấp 1"))))
    opened = sign_in("ap_a1").send(
        "/dossiers/new/admission",
        name="Nguyen Thi Dao",
        birth_date="26/3/2005",
        sex="female",
        source="resident",
    )
    assert opened.status == 422
    assert "Nguyễn Thị Đào" in opened.words()


def test_every_imported_person_has_a_stay_and_an_unbroken_chain(commune, branch, sign_in):
    browser = sign_in("xa_a")
    rows = [
        person("Nguyễn Thị Đào", unit="Ấp 1", joined="19/05/2021", card="BT-1"),
        person("Trần Văn Bưởi", "2004", sex="Nam"),
    ]
    take(browser, send_list(browser, commune, xlsx(*rows)))
    (first,), (second,) = people("Nguyễn Thị Đào"), people("Trần Văn Bưởi")
    stays = {stay.person_id: stay for stay in db.session.query(Membership)}
    assert (stays[first.id].unit_id, stays[first.id].from_on) == (branch.id, date(2021, 5, 19))
    assert (stays[second.id].unit_id, stays[second.id].from_on) == (commune, TODAY)
    assert (first.card_number, first.card, second.card) == ("BT-1", Holding.HAS, Holding.LACKS)
    assert (first.sex, second.sex) == (Sex.FEMALE, Sex.MALE)
    assert (second.birth_date, second.birth_year_only) == (date(2004, 1, 1), True)
    event = db.session.query(Event).filter_by(subject="people", subject_id=first.id).one()
    row = db.session.query(Import).one()
    assert (event.step, event.facts) == ("enter", {"import": str(row.id), "row": 2})
    report = verify()
    assert report.fault is None


def test_statuses_come_from_a_column(commune, sign_in):
    heads = ("Họ tên", "Năm sinh", "Tình trạng")
    words = (
        "Đoàn viên",
        "Đối tượng kết nạp",
        "đi làm ăn xa",
        "Hoãn sinh hoạt",
        "Trưởng thành Đoàn",
    )
    rows = [[f"Lê Văn {number}A", 2003, word] for number, word in enumerate(words)]
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(*rows, ["Lê Văn Z", 2003, "Bị khai trừ"], heads=heads))
    assert figures(page) == [5, 0, 0, 1]
    assert "tình trạng khác phải có quyết định riêng" in page.words()
    take(browser, page)
    statuses = [people(row[0])[0].status for row in rows]
    assert statuses == ["member", "candidate", "working_away", "deferred", "matured"]
    standing = {each.person_id: each.status for each in db.session.query(Standing)}
    assert standing == {people(rows[n][0])[0].id: statuses[n] for n in (2, 3)}
    members = {stay.person_id for stay in db.session.query(Membership)}
    assert [people(row[0])[0].id in members for row in rows] == [True, False, True, True, False]


def test_who_is_imported_as_away_or_deferred_stands_so_on_lists_and_on_the_roll(
    commune, branch, sign_in
):
    since = TODAY - timedelta(days=40)
    heads = ("Họ tên", "Năm sinh", "Chi đoàn", "Tình trạng", "Vắng, hoãn từ ngày")
    rows = (
        ["Lê Văn Đi", 2003, "Ấp 1", "đi làm ăn xa", f"{since:%d/%m/%Y}"],
        ["Lê Văn Hoãn", 2003, "Ấp 1", "hoãn sinh hoạt", ""],
        ["Lê Văn Ở", 2003, "Ấp 1", "đoàn viên", f"{since:%d/%m/%Y}"],
    )
    browser = sign_in("xa_a")
    take(browser, send_list(browser, commune, xlsx(*rows, heads=heads)))
    lines = {line.name: line for line in register_of(branch.path, TODAY)}
    assert {name: line.from_on for name, line in lines.items()} == {
        "Lê Văn Đi": since,
        "Lê Văn Hoãn": TODAY,
    }
    voters = {voter.name: voter.counts for voter in roll_of(branch, TODAY)}
    assert [voters.get(row[0]) for row in rows] == [False, None, True]
    register = sign_in("ap_a1").get(f"/units/{branch.id}/away").words()
    assert f"Lê Văn Đi Đi làm ăn xa {since:%d/%m/%Y}" in register


def test_the_account_keeps_what_was_imported(world, commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào"), person("", "x")))
    take(browser, page)
    event = db.session.query(Event).filter_by(subject="accounts", step="import").one()
    assert event.subject_id == world.accounts["xa_a"].id
    assert event.facts["rows"] == {"new": 1, "same": 0, "doubtful": 0, "error": 1}
    assert (event.facts["taken"], event.facts["unit"]) == (1, commune)


def test_what_was_taken_leaves_no_copy_behind_but_the_rows_to_mend(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào"), person("Lê", "31/2/2005")))
    take(browser, page)
    assert db.session.query(Import).one().content is None
    assert [row.number for row in db.session.query(ImportRow)] == [3]


def test_a_long_list_is_judged_in_slices_with_its_progress_shown(commune, sign_in, monkeypatch):
    monkeypatch.setattr(previewing, "ROWS_AT_A_TIME", 2)
    rows = [person(f"Nguyễn Thị Đào {letter}") for letter in "ABCDE"]
    browser = sign_in("xa_a")
    page = browser.send(
        "/imports/new", unit_id=str(commune), file=(io.BytesIO(xlsx(*rows)), "ds.xlsx")
    )
    said = []
    while refresh := page.headers.get("Refresh"):
        assert refresh == f"0; url={page.path}"
        said.append(page.all("progress")[0].get("value"))
        assert "Tiếp tục" in page.words()
        page = browser.get(page.path)
    assert said == ["2", "4"]
    assert figures(page) == [5, 0, 0, 0]


def test_twins_are_found_across_slices(commune, sign_in, monkeypatch):
    monkeypatch.setattr(previewing, "ROWS_AT_A_TIME", 1)
    rows = [
        person("Nguyễn Thị Đào", card="BT-1"),
        person("Nguyễn Thị Đào"),
        person("Lê", card="BT-1"),
    ]
    page = send_list(sign_in("xa_a"), commune, xlsx(*rows))
    assert figures(page) == [1, 0, 1, 1]
    assert "số thẻ này đã có ở một dòng trước" in page.words()


def test_the_number_on_a_card_is_one_persons(commune, branch, sign_in):
    MemberFactory(name="Lê Thị Mận", unit=branch, card_number="BT-1")
    db.session.commit()
    page = send_list(sign_in("xa_a"), commune, xlsx(person("Nguyễn Thị Đào", card="BT-1")))
    assert figures(page) == [0, 0, 0, 1]
    assert "ô G2 (Số thẻ): số thẻ này là của người khác" in page.words()


def test_who_became_known_since_the_preview_is_not_taken_again(commune, branch, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào", unit="Ấp 1"), person("Lê An")))
    PersonFactory(name="Nguyễn Thị Đạo", unit=branch, birth_date=date(2005, 3, 26))
    db.session.commit()
    done = take(browser, page)
    assert "Đã nhập 1 người." in done.words()
    assert figures(done) == [1, 0, 1, 0]
    assert (people("Nguyễn Thị Đào"), len(people("Lê An"))) == ([], 1)


def test_a_number_of_people_that_is_not_the_one_seen_is_not_taken(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào"), person("Nguyen Thi Dao")))
    form = page.form(f"{page.path}/take")
    said = {"answer-3": "new", "reason-3": "Hai chị em họ"}
    press(browser, browser.get(f"{page.path}?rows=doubtful"), DOUBTS, **said)
    refused = browser.post(f"{page.path}/take", form)
    assert refused.status == 409
    assert people("Nguyễn Thị Đào") == []
    take(browser, refused)
    assert len(people("Nguyễn Thị Đào")) == 1


@pytest.mark.parametrize("who", ["xa_a", "xa_a.pho", "huyen"])
def test_heads_of_the_commune_and_above_import(commune, sign_in, who):
    browser = sign_in(who)
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào")))
    take(browser, page)
    assert len(people("Nguyễn Thị Đào")) == 1


@pytest.mark.parametrize("who", ["xa_a.canbo", "ap_a1", "huyen.canbo"])
def test_nobody_else_imports(world, sign_in, who):  # noqa: ARG001
    browser = sign_in(who)
    for path in ("/imports", "/imports/new", "/imports/template.xlsx"):
        assert browser.get(path).status == 403


def test_an_import_of_others_is_not_there(commune, sign_in, world):
    page = send_list(sign_in("xa_a"), commune, xlsx(person("Nguyễn Thị Đào")))
    other = sign_in("xa_b")
    token = other.get("/imports/new").form()["csrf_token"]
    assert other.get(page.path).status == other.get(f"{page.path}/rest.xlsx").status == 404
    for step in ("take", "forget", "reading", "answers", "same"):
        assert other.post(f"{page.path}/{step}", {"csrf_token": token}).status == 404
    file = (io.BytesIO(xlsx(person("Lê An"))), "ds.xlsx")
    refused = other.send("/imports/new", unit_id=str(world.units["xa_a"].id), file=file)
    assert refused.status == 422
    assert count(Import) == 1


def test_a_list_can_be_thrown_away_until_it_is_taken(commune, sign_in):
    browser = sign_in("xa_a")
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào")))
    gone = press(browser, page, "forget")
    assert "Đã bỏ danh sách" in gone.words()
    assert (count(Import), count(ImportRow)) == (0, 0)
    page = send_list(browser, commune, xlsx(person("Nguyễn Thị Đào")))
    form = page.form(f"{page.path}/forget")
    take(browser, page)
    assert browser.post(f"{page.path}/forget", form).status == 403
    assert count(Import) == 1


def test_a_list_sent_again_takes_the_place_of_itself(commune, sign_in):
    browser = sign_in("xa_a")
    content = xlsx(person("Nguyễn Thị Đào"))
    first = send_list(browser, commune, content)
    second = send_list(browser, commune, content)
    assert browser.get(first.path).status == 404
    assert figures(second) == [1, 0, 0, 0]


def test_lists_that_were_sent_are_listed_with_what_became_of_them(commune, sign_in):
    browser = sign_in("xa_a")
    take(browser, send_list(browser, commune, xlsx(person("Nguyễn Thị Đào")), "thang-ba.xlsx"))
    send_list(browser, commune, xlsx(person("Lê An")), "thang-tu.xlsx")
    words = browser.get("/imports").words()
    assert "thang-ba.xlsx" in words
    assert "đã nhập 1 người" in words
    assert "chưa nhập" in words


def test_the_template_is_read_as_it_is_and_its_examples_are_nobody(commune, sign_in):
    browser = sign_in("xa_a")
    with browser.client.application.app_context():
        answer = browser.client.get("/imports/template.xlsx")
    content = answer.get_data()
    answer.close()
    page = send_list(browser, commune, content)
    assert figures(page) == [0, 0, 0, 2]
    assert "dòng ví dụ của tệp mẫu, không nhập" in page.words()
    assert page.words().count("ví dụ của tệp mẫu") == 2
    book = load_workbook(io.BytesIO(content))
    book.active["A2"], book.active["D2"] = "Nguyễn Thị Đào", "Ấp 1"
    file = io.BytesIO()
    book.save(file)
    page = send_list(browser, commune, file.getvalue())
    assert figures(page) == [1, 0, 0, 1]


def test_a_year_alone_is_shown_as_a_year(commune, sign_in):
    browser = sign_in("xa_a")
    take(browser, send_list(browser, commune, xlsx(person("Nguyễn Thị Đào", "2005", unit="Ấp 1"))))
    words = browser.get("/people?name=nguyen+thi+dao").words()
    assert "Nguyễn Thị Đào 2005 Chi đoàn Ấp 1" in words


def test_a_year_alone_is_no_birth_date_of_a_candidate(journey, sign_in):
    way = journey(name="Lê Thị Mới")
    db.session.query(Person).filter_by(name="Lê Thị Mới").update({"birth_year_only": True})
    db.session.commit()
    browser = sign_in("ap_a1")
    asked = "Ghi đủ họ tên, ngày sinh và giới tính."
    assert asked in browser.get(f"/dossiers/{way.ref}").words()
    section = f"/dossiers/{way.ref}/sections/person"
    assert browser.get(section).form()["birth_date"] == [""]
    saved = browser.send(section, birth_date="26/03/2007", schooling="upper_secondary")
    assert asked not in saved.words()
    assert [each.birth_year_only for each in people("Lê Thị Mới")] == [False]


def test_days_of_a_spreadsheet_are_days(commune, sign_in):
    browser = sign_in("xa_a")
    content = xlsx(
        person("Lê An", datetime(2005, 3, 26)),  # noqa: DTZ001
        person("Lê Bình", 38437),
        person("Lê Chi", "2005-03-26"),
        person("Lê Dung", "26.3.2005"),
    )
    take(browser, send_list(browser, commune, content))
    names = ("Lê An", "Lê Bình", "Lê Chi", "Lê Dung")
    assert {people(name)[0].birth_date for name in names} == {date(2005, 3, 26)}
