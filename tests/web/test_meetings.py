"""The meeting of a branch through the front door: recording it, reading it, correcting a vote."""

from datetime import timedelta
from re import search

import pytest

from sqlalchemy import select

from app.extensions import db
from app.models import Dossier, Event, Meeting, MeetingVote, Membership
from tests.clock import TODAY
from tests.factories import MemberFactory
from tests.journeys import HELD
from workflows.membership import PersonStatus

COUNTS = ("in_favour", "against", "blank", "spoiled")
MINUTES = {"place": "Nhà văn hóa ấp", "chair": "Trần Văn Chủ", "minute_taker": "Lê Thị Ghi"}


def address(world, unit="ap_a1", on=HELD):
    return f"/meetings/new?unit={world.units[unit].id}&on={on:%d/%m/%Y}"


def counts(ref, *numbers):
    return {f"{name}_{ref}": str(number) for name, number in zip(COUNTS, numbers, strict=True)}


def present(world, number=9, unit="ap_a1"):
    return [str(person.id) for person in world.members[unit][:number]]


def hold(browser, world, votes, *, number=9, **changed):
    """Record a meeting of ap_a1 with these votes and so many of nine members present."""
    fields = {**MINUTES, "present": present(world, number), **changed}
    for ref, numbers in votes.items():
        fields |= counts(ref, *numbers)
    return browser.send(address(world), **fields)


def verdicts(page):
    """The verdicts as the page of a meeting shows them, from top to bottom."""
    return [each.get("data-verdict") for each in page.all("strong") if each.get("data-verdict")]


def rows(model):
    db.session.expire_all()
    return db.session.query(model).count()


def test_a23_secretary_records_a_meeting_and_sees_each_verdict_with_rule_and_numbers(
    journey, sign_in, world
):
    passed, failed = (journey(name=name).to("branch_vote") for name in ("Lê Thị Mới", "Võ An"))
    page = hold(sign_in("ap_a1"), world, {passed.ref: (8, 1, 0, 0), failed.ref: (4, 4, 0, 1)})
    assert (page.status, page.path.rsplit("/", 1)[0]) == (200, "/meetings")
    assert verdicts(page) == ["failed", "passed"]
    words = page.words()
    assert "8 phiếu tán thành trong 9 người có mặt; cần ít nhất 5." in words
    assert "4 phiếu tán thành trong 9 người có mặt; cần ít nhất 5." in words
    assert (
        "Quá nửa số người có mặt tán thành (Hướng dẫn 20-HD/TWĐTN-BTC (2023), điểm 1.3d)" in words
    )
    assert all(text in words for text in MINUTES.values())
    assert (passed.dossier.state, failed.dossier.state) == ("ready", "education")


def test_a23_roll_is_shown_by_name_with_who_was_absent(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (7, 0, 0, 0)}, number=7)
    assert "Được dự 9 người, có mặt 7" in page.words()
    shown = [cell.text for cell in page.all("td") if cell.get("data-label") == "Điểm danh"]
    assert (shown.count("Có mặt"), shown.count("Vắng mặt")) == (7, 2)


def test_a23_meeting_sent_twice_is_recorded_once_and_answers_with_the_same_page(
    journey, sign_in, world
):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    fields = browser.get(address(world)).form()
    fields |= {**MINUTES, "present": present(world), **counts(way.ref, 9, 0, 0, 0)}
    first, second = browser.post(address(world), fields), browser.post(address(world), fields)
    assert (first.path, second.status) == (second.path, 200)
    assert (rows(Meeting), rows(MeetingVote)) == (1, 1)


def test_meeting_form_asks_for_the_day_first_and_lists_the_members_of_that_day(
    journey, sign_in, world
):
    journey().to("branch_vote")
    MemberFactory(unit=world.units["ap_a1"], name="Mai Vào Sau", joined_on=TODAY)
    db.session.commit()
    browser = sign_in("ap_a1")
    first = browser.get(f"/meetings/new?unit={world.units['ap_a1'].id}")
    assert [field.get("value") for field in first.all("input", name="on")] == [f"{HELD:%d/%m/%Y}"]
    assert "Mai Vào Sau" not in browser.get(address(world)).words()
    later = browser.send(address(world), held_on=f"{TODAY:%d/%m/%Y}", relist="1", place="Trường")
    assert "Mai Vào Sau" in later.words()
    assert len(later.form()["entitled"]) == 10
    assert later.form()["place"] == ["Trường"]


def test_meeting_recorded_for_another_day_than_its_roll_is_shown_again(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    MemberFactory(unit=world.units["ap_a1"], name="Mai Vào Sau", joined_on=TODAY)
    db.session.commit()
    page = hold(browser, world, {way.ref: (9, 0, 0, 0)}, held_on=f"{TODAY:%d/%m/%Y}")
    assert page.status == 422
    assert f"lập lại theo ngày {TODAY:%d/%m/%Y}" in page.words()
    assert len(page.form()["present"]) == 9
    again = browser.post(address(world), page.form())
    assert "Được dự 10 người, có mặt 9" in again.words()


def test_day_mistyped_keeps_every_tick(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    for typed in ("31/02/2026", "12/03/208", f"{TODAY + timedelta(days=9):%d/%m/%Y}", "2/1/2001"):
        page = hold(browser, world, {way.ref: (9, 0, 0, 0)}, number=8, held_on=typed)
        assert page.status == 422
        page = browser.post(address(world), page.form() | {"held_on": f"{HELD:%d/%m/%Y}"})
        assert len(page.form()["present"]) == 8
        assert len(page.form()["entitled"]) == 9
    assert rows(Meeting) == 0


def test_everybody_present_takes_one_press(journey, sign_in, world):
    journey().to("branch_vote")
    page = sign_in("ap_a1").send(address(world), everyone="1", chair="Chủ")
    assert page.status == 200
    assert page.form()["present"] == page.form()["entitled"]
    assert page.form()["chair"] == ["Chủ"]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((-1, 5, 5, 0), "Số -1 nhỏ hơn 0."),
        (("7,5", 1, 0, 0), "“7,5” không phải là số nguyên."),
        (("bảy", 1, 0, 0), "“bảy” không phải là số nguyên."),
        ((10, 0, 0, 0), "10 phiếu tán thành, nhiều hơn 9 người có mặt."),
        ((5, 2, 0, 1), "Cộng các loại phiếu được 8, nhưng có mặt 9 người."),
        ((5, 2, 2, 1), "Cộng các loại phiếu được 10, nhưng có mặt 9 người."),
        (("", 2, 2, 1), "Ghi số phiếu tán thành."),
    ],
)
def test_a24_counts_that_disagree_are_refused_naming_both_numbers(
    journey, sign_in, world, numbers, told
):
    way = journey().to("branch_vote")
    before = rows(Event)
    page = hold(sign_in("ap_a1"), world, {way.ref: numbers}, notes="Ý kiến của chi đoàn")
    assert page.status == 422
    assert told in page.words()
    kept = page.form()
    assert [kept[f"{name}_{way.ref}"] for name in COUNTS] == [[str(n)] for n in numbers]
    assert len(kept["present"]) == 9
    assert kept["notes"] == ["Ý kiến của chi đoàn"]
    assert (rows(Event), rows(Meeting), rows(MeetingVote)) == (before, 0, 0)


def test_a24_every_mistake_is_told_at_once_with_a_link_to_its_field(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (5, 2, 0, 1)}, place=" ", chair="")
    links = [link.get("href") for link in page.all("a") if (link.get("href") or "").startswith("#")]
    assert {"#place", "#chair", f"#in_favour_{way.ref}"} <= set(links)
    assert all(
        page.all(tag, id=link[1:]) for tag, link in zip(["input"] * 3, links[-3:], strict=True)
    )


@pytest.mark.parametrize(("present_now", "needed"), [(9, 5), (8, 5), (7, 4)])
def test_a25_half_of_those_present_is_not_enough_and_one_more_is(
    journey, sign_in, world, present_now, needed
):
    browser = sign_in("ap_a1")
    for in_favour, verdict in ((needed - 1, "failed"), (needed, "passed")):
        way = journey(name=f"Người {in_favour}").to("branch_vote")
        votes = {way.ref: (in_favour, present_now - in_favour, 0, 0)}
        page = hold(browser, world, votes, number=present_now)
        assert verdicts(page) == [verdict]
        assert f"cần ít nhất {needed}." in page.words()


def test_a25_with_nobody_present_no_result_is_stored(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (0, 0, 0, 0)}, present=None)
    assert page.status == 422
    assert "Có mặt 0 người; phải có ít nhất 1 người." in page.words()
    assert rows(Meeting) == 0


def test_a26_roll_and_result_stay_when_members_leave_move_and_join(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    before = hold(browser, world, {way.ref: (9, 0, 0, 0)})
    gone, moved = world.members["ap_a1"][0], world.members["ap_a1"][1]
    gone.status, gone.name = PersonStatus.DELETED, "Tên Khác"
    stays = db.session.query(Membership)
    stays.filter_by(person_id=gone.id).update({"to_on": HELD - timedelta(days=1)})
    stays.filter_by(person_id=moved.id).update({"unit_id": world.units["ap_b1"].id})
    moved.unit_id = world.units["ap_b1"].id
    MemberFactory(unit=world.units["ap_a1"], name="Mai Vào Sau")
    db.session.commit()
    way.submit()
    way.approve()
    after = browser.get(before.path)
    assert [cell.text for cell in after.all("th", scope="row")] == [
        cell.text for cell in before.all("th", scope="row")
    ]
    assert "Được dự 9 người, có mặt 9" in after.words()
    assert after.all("strong", data_verdict="passed")


def test_a27_vote_is_corrected_with_a_reason_and_both_versions_stay(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    path = hold(browser, world, {way.ref: (8, 1, 0, 0)}).path
    correct = f"{path}/votes/{way.ref}/correct"
    assert browser.get(path).all("a", href=correct)
    page = browser.send(correct, in_favour="4", against="5", reason="Đếm nhầm phiếu")
    assert page.path == path
    words = page.words()
    assert "Đã đính chính" in words
    assert "Lý do: Đếm nhầm phiếu" in words
    assert "Tán thành: 8 Không tán thành: 1" in words
    assert "Tán thành: 4 Không tán thành: 5" in words
    assert way.dossier.state == "education"
    told = db.session.query(Event).filter_by(subject="dossiers", step="correct_vote").one()
    assert (told.comment, told.facts["in_favour"]) == ("Đếm nhầm phiếu", 4)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reason": " "}, "Ghi rõ lý do."),
        ({"in_favour": "9"}, "Cộng các loại phiếu được 10, nhưng có mặt 9 người."),
        ({"in_favour": "12"}, "12 phiếu tán thành, nhiều hơn 9 người có mặt."),
        ({"against": "-1"}, "Số -1 nhỏ hơn 0."),
        ({"in_favour": ""}, "Ghi số phiếu tán thành."),
    ],
)
def test_a27_correction_without_reason_or_with_wrong_counts_is_refused(
    journey, sign_in, world, changed, told
):
    way, browser = journey().to("ready"), sign_in("ap_a1")
    meeting = db.session.query(Meeting).one()
    correct = f"/meetings/{meeting.id}/votes/{way.ref}/correct"
    page = browser.send(correct, **{"reason": "Đếm nhầm"} | changed)
    assert page.status == 422
    assert told in page.words()
    assert {name: page.form()[name] for name in changed} == {
        name: [text.strip()] for name, text in changed.items()
    }
    assert rows(MeetingVote) == 1


def test_a27_after_the_decision_a_vote_can_no_longer_be_corrected(journey, sign_in):
    way, browser = journey().to("commune_review"), sign_in("ap_a1")
    number = db.session.query(Meeting).one().id
    correct = f"/meetings/{number}/votes/{way.ref}/correct"
    form = browser.get(correct).form()
    way.approve()
    assert browser.post(correct, form | {"reason": "Muộn"}).status == 409
    assert browser.get(correct).status == 409
    assert not browser.get(f"/meetings/{number}").all("a", href=correct)
    assert rows(MeetingVote) == 1


def test_a27_vote_that_a_later_meeting_replaced_is_not_corrected(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    first = hold(browser, world, {way.ref: (4, 5, 0, 0)}).path
    way.take("call_to_vote", "ap_a1", meeting_on=HELD)
    second = hold(browser, world, {way.ref: (9, 0, 0, 0)}).path
    correct = f"{first}/votes/{way.ref}/correct"
    assert browser.get(correct).status == 409
    assert not browser.get(first).all("a", href=correct)
    assert browser.get(f"{second}/votes/{way.ref}/correct").status == 200
    assert way.dossier.state == "ready"


def test_a27_correction_overtaken_by_a_colleague_keeps_what_was_typed(journey, sign_in, world):
    way, browser = journey().to("ready"), sign_in("ap_a1")
    correct = f"/meetings/{db.session.query(Meeting).one().id}/votes/{way.ref}/correct"
    form = browser.get(correct).form()
    sign_in("ap_a1.pho").send(correct, in_favour="7", against="2", reason="Đếm lại")
    page = browser.post(correct, form | {"in_favour": "6", "against": "3", "reason": "Đếm nhầm"})
    assert page.status == 409
    assert f"{world.accounts['ap_a1.pho'].name}, Đính chính kết quả biểu quyết" in page.words()
    assert (page.form()["in_favour"], page.form()["reason"]) == (["6"], ["Đếm nhầm"])
    assert browser.post(correct, page.form()).status == 200
    assert rows(MeetingVote) == 3


def dump():
    """Everything the database holds, a line per row, with its table."""
    db.session.expire_all()
    with db.engine.connect() as connection:
        return {
            (table.name, tuple(sorted((name, str(value)) for name, value in row.items())))
            for table in db.metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }


def test_a28_database_keeps_of_a_secret_vote_only_totals(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    before = dump()
    page = hold(browser, world, {way.ref: (6, 2, 1, 0)}, ballot="secret")
    assert "Bỏ phiếu kín" in page.words()
    fresh = dump() - before
    people = {str(person.id) for person in world.members["ap_a1"]}
    names = {person.name for person in world.members["ap_a1"]}
    roll = [dict(row) for table, row in fresh if table == "meeting_attendances"]
    assert {row["person_id"] for row in roll} == people
    assert {frozenset(row) for row in roll} == {
        frozenset({"meeting_id", "person_id", "name", "is_present"})
    }
    assert {row["is_present"] for row in roll} == {"True"}
    beside = [(table, row) for table, row in fresh if table != "meeting_attendances"]
    assert not [row for row in beside if any(name in str(row) for name in names)]
    votes = [dict(row) for table, row in beside if table == "meeting_votes"]
    assert [tuple(row[name] for name in COUNTS) for row in votes] == [("6", "2", "1", "0")]
    assert {table for table, _row in beside} == {"meetings", "meeting_votes", "dossiers"} | {
        "admissions",
        "events",
    }


def test_a28_no_table_has_room_for_a_person_beside_a_choice():
    choices = set(COUNTS)
    for table in db.metadata.tables.values():
        points_at_people = any(key.column.table.name == "people" for key in table.foreign_keys)
        assert not (points_at_people and choices & set(table.columns.keys())), table.name


def test_a29_candidate_whose_education_is_not_finished_is_named_with_what_is_missing(
    journey, sign_in, world
):
    ready, learning = journey().to("branch_vote"), journey(name="Võ Đang Học").to("education")
    page = sign_in("ap_a1").get(address(world))
    assert "Võ Đang Học" in page.words()
    assert "Ghi kết quả lớp tìm hiểu về Đoàn hoặc bài kiểm tra tự học" in page.words()
    assert f"chosen_{ready.ref}" in page.form()
    assert not page.all("input", name=f"chosen_{learning.ref}")


def test_a29_candidate_not_called_to_the_vote_is_refused_by_hand_too(journey, sign_in, world):
    way = journey(name="Võ Đang Học").to("education")
    fields = {f"chosen_{way.ref}": "y", **counts(way.ref, 9, 0, 0, 0)}
    page = hold(sign_in("ap_a1"), world, {}, **fields)
    assert page.status == 409
    assert "Nay ở bước “Bồi dưỡng”" in page.words()
    assert rows(Meeting) == 0


def test_a29_study_finished_after_the_day_of_the_meeting_does_not_count(journey, sign_in, world):
    way = journey().to("branch_vote")
    early = HELD - timedelta(days=30)
    browser = sign_in("ap_a1")
    fields = browser.get(address(world, on=early)).form()
    assert f"chosen_{way.ref}" not in fields
    fields |= {**MINUTES, "present": present(world), **counts(way.ref, 9, 0, 0, 0)}
    page = browser.post(address(world, on=early), fields | {f"chosen_{way.ref}": "y"})
    assert page.status == 422
    assert "chậm nhất vào ngày họp. (Hướng dẫn 20-HD/TWĐTN-BTC (2023), điểm 1.3b)" in page.words()


def test_online_meeting_is_refused_with_its_clause(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (9, 0, 0, 0)}, mode="online")
    assert page.status == 422
    assert "hãy họp trực tiếp. (Hướng dẫn 20-HD/TWĐTN-BTC (2023), điểm 11.1b)" in page.words()
    assert page.form()["mode"] == ["online"]


def test_meeting_without_quorum_is_refused_with_the_number_needed(journey, sign_in, world):
    way = journey().to("branch_vote")
    page = hold(sign_in("ap_a1"), world, {way.ref: (5, 0, 0, 0)}, number=5)
    assert page.status == 422
    assert "có mặt 5 người, cần ít nhất 6." in page.words()


def test_somebody_present_who_was_not_entitled_is_named(journey, sign_in, world):
    way = journey().to("branch_vote")
    stranger = world.members["ap_a1"][0]
    entitled = present(world)[1:]
    page = hold(sign_in("ap_a1"), world, {way.ref: (9, 0, 0, 0)}, entitled=entitled)
    assert page.status == 422
    assert f"Có mặt nhưng không được dự: {stranger.name}." in page.words()


def test_nobody_put_to_the_vote_is_refused_and_so_are_counts_without_a_tick(
    journey, sign_in, world
):
    way = journey().to("branch_vote")
    unticked = {f"chosen_{way.ref}": None}
    page = hold(sign_in("ap_a1"), world, {way.ref: (9, 0, 0, 0)}, **unticked)
    assert page.status == 422
    assert "Chọn ít nhất một người được đưa ra biểu quyết." in page.words()
    assert "Đã ghi số phiếu nhưng chưa chọn người này." in page.words()


def test_candidate_left_for_another_time_still_waits(journey, sign_in, world):
    voted, left = (journey(name=name).to("branch_vote") for name in ("Lê Thị Mới", "Võ An"))
    unticked = {f"chosen_{left.ref}": None}
    page = hold(sign_in("ap_a1"), world, {voted.ref: (9, 0, 0, 0)}, **unticked)
    assert page.status == 200
    assert left.dossier.state == "branch_vote"


def test_committee_votes_for_a_scattered_branch_only_with_consent_of_that_day(
    journey, sign_in, world
):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    assert not browser.get(address(world)).all("input", name="body")
    branch = db.session.merge(world.units["ap_a1"])
    branch.committee_votes_from, branch.committee_votes_ref = TODAY, "12-CV/ĐTN"
    db.session.commit()
    committee = {"entitled": present(world, 3), "present": present(world, 3), "body": "committee"}
    votes = {way.ref: (3, 0, 0, 0)}
    page = hold(browser, world, votes, **committee)
    assert page.status == 422
    assert "khi cấp trên đã đồng ý, chậm nhất vào ngày họp." in page.words()
    branch.committee_votes_from = HELD
    db.session.commit()
    page = hold(browser, world, votes, **committee)
    assert page.all("strong", data_verdict="passed")
    assert "Được dự 3 người, có mặt 3" in page.words()


def test_meeting_is_saved_unfinished_and_continued(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    page = hold(browser, world, {way.ref: (6, 0, 0, 0)}, number=6, later="1", place="")
    assert page.path == "/"
    place = f"/meetings/new?unit={world.units['ap_a1'].id}"
    assert page.all("a", href=place)
    again = browser.get(place)
    assert len(again.form()["present"]) == 6
    assert again.form()["chair"] == [MINUTES["chair"]]
    done = browser.send(place, place=MINUTES["place"])
    assert "có mặt 6" in done.words()
    assert not browser.get("/").all("a", href=place)


def test_candidate_voted_on_by_a_colleague_meanwhile_is_named_and_nothing_typed_is_lost(
    journey, sign_in, world
):
    way, other = (journey(name=name).to("branch_vote") for name in ("Lê Thị Mới", "Võ An"))
    browser = sign_in("ap_a1")
    fields = browser.get(address(world)).form() | MINUTES
    hold(sign_in("ap_a1.pho"), world, {way.ref: (9, 0, 0, 0)}, **{f"chosen_{other.ref}": None})
    fields |= {"present": present(world), **counts(way.ref, 8, 1, 0, 0)}
    page = browser.post(address(world), fields | counts(other.ref, 9, 0, 0, 0))
    assert page.status == 409
    assert world.accounts["ap_a1.pho"].name in page.words()
    assert "Bỏ chọn người này để ghi tiếp." in page.words()
    assert page.form()[f"in_favour_{way.ref}"] == ["8"]
    assert (rows(Meeting), other.dossier.state) == (1, "branch_vote")
    fields = page.form() | {f"in_favour_{way.ref}": ""}
    del fields[f"chosen_{way.ref}"]
    assert browser.post(address(world), fields).status == 200
    assert other.dossier.state == "ready"


def test_dossier_that_changed_but_still_waits_is_recorded_on_the_second_press(
    journey, sign_in, world
):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    fields = browser.get(address(world)).form() | MINUTES | {"present": present(world)}
    way.take("postpone_vote", "ap_a1")
    way.take("call_to_vote", "ap_a1", meeting_on=HELD)
    page = browser.post(address(world), fields | counts(way.ref, 9, 0, 0, 0))
    assert page.status == 409
    assert "Xem lại rồi ghi lần nữa." in page.words()
    assert browser.post(address(world), page.form()).all("strong", data_verdict="passed")


def test_list_shows_meetings_with_results_and_who_waits(journey, sign_in, world):
    way, waits = journey().to("branch_vote"), journey(name="Võ Chờ").to("branch_vote")
    browser = sign_in("ap_a1")
    path = hold(browser, world, {way.ref: (9, 0, 0, 0)}, **{f"chosen_{waits.ref}": None}).path
    page = browser.get("/meetings")
    assert page.all("a", href=path)
    assert "Lê Thị Mới: Đạt" in page.words()
    assert page.all("a", href=f"/dossiers/{waits.ref}")
    assert page.all("a", href=f"/meetings/new?unit={world.units['ap_a1'].id}")
    assert sign_in("huyen").get("/meetings").all("a", href=path)
    assert not sign_in("ap_a2").get("/meetings").all("a", href=path)


def test_list_of_meetings_goes_on_from_page_to_page(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    for _again in range(26):
        way.vote(in_favour=4, against=5)
        way.take("call_to_vote", "ap_a1", meeting_on=HELD)
    seen = []
    page = browser.get("/meetings")
    for _page in range(2):
        seen += [link.get("href") for link in page.all("a") if is_meeting(link.get("href"))]
        more = page.all("a", rel="next")
        page = browser.get(more[0].get("href")) if more else page
    assert len(seen) == len(set(seen)) == 26
    assert browser.get("/meetings?after=hôm qua~1").status == 200


def is_meeting(path):
    return bool(search(r"^/meetings/\d+$", path or ""))


def test_a15_meeting_of_another_unit_does_not_exist(journey, sign_in, world):
    way = journey().to("ready")
    number = db.session.query(Meeting).one().id
    for who, status in {"xa_a": 200, "huyen": 200, "ap_a2": 404, "xa_b": 404, "co_so": 404}.items():
        assert sign_in(who).get(f"/meetings/{number}").status == status
    assert sign_in("ap_b1").get(f"/meetings/{number}/votes/{way.ref}/correct").status == 404
    assert sign_in("ap_b1").get(address(world)).status == 404
    assert sign_in("xa_a").get(address(world)).status == 403
    assert sign_in("xa_a").get(f"/meetings/{number}/votes/{way.ref}/correct").status == 403
    assert sign_in("ap_a1").get("/meetings/new?unit=x").status == 404
    assert sign_in("ap_a1").get("/meetings/99999999999").status == 404


def test_place_without_a_branch_votes_in_the_committee_of_the_commune(journey, sign_in, world):
    world.members["xa_a"] = world.members["ap_a1"]
    way = journey("xa_a", "Phan Nơi Xa").to("branch_vote")
    way.commune = "xa_a.pho"
    browser, path = sign_in("xa_a.canbo"), address(world, "xa_a")
    form = browser.get(path).form()
    assert "entitled" not in form
    assert len(browser.get(path).all("input", name="present")) == 18
    committee = {"entitled": present(world, 3, "ap_a2"), "present": present(world, 3, "ap_a2")}
    page = browser.send(path, **MINUTES, **committee, **counts(way.ref, 2, 1, 0, 0))
    assert page.all("strong", data_verdict="passed")
    assert "Ban chấp hành" in page.words()
    way.submit()
    assert way.take("approve", "xa_a.pho", signed_on=TODAY).state == "ceremony"
    dossier = db.session.query(Dossier).filter_by(ref=way.ref).one()
    assert dossier.branch_id == dossier.commune_id == world.units["xa_a"].id
