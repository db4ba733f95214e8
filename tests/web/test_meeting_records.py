"""What stays of a meeting: its roll, its totals, and every version of a corrected vote."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.extensions import db
from app.models import Event, Meeting, MeetingVote, Membership
from tests.factories import MemberFactory
from tests.journeys import HELD
from tests.web.minutes import COUNTS, hold, rows
from workflows.membership import PersonStatus


def dump():
    """Everything the database holds, a line per row, with its table."""
    db.session.expire_all()
    with db.engine.connect() as connection:
        return {
            (table.name, tuple(sorted((name, str(value)) for name, value in row.items())))
            for table in db.metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }


def one_leaves_another_moves_and_a_third_joins(world):
    gone, moved, *_others = world.members["ap_a1"]
    gone.status, gone.name = PersonStatus.DELETED, "Tên Khác"
    stays = db.session.query(Membership)
    stays.filter_by(person_id=gone.id).update({"to_on": HELD - timedelta(days=1)})
    stays.filter_by(person_id=moved.id).update({"unit_id": world.units["ap_b1"].id})
    moved.unit_id = world.units["ap_b1"].id
    MemberFactory(unit=world.units["ap_a1"], name="Mai Vào Sau")
    db.session.commit()


def test_a26_roll_and_result_stay_when_members_leave_move_and_join(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    before = hold(browser, world, {way.ref: (9, 0, 0, 0)})
    one_leaves_another_moves_and_a_third_joins(world)
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
    journey, sign_in, changed, told
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


def test_a28_database_keeps_of_a_secret_vote_only_totals(journey, sign_in, world):
    way, browser = journey().to("branch_vote"), sign_in("ap_a1")
    before = dump()
    page = hold(browser, world, {way.ref: (6, 2, 1, 0)}, ballot="secret")
    assert "Bỏ phiếu kín" in page.words()
    fresh = [(table, dict(row)) for table, row in dump() - before]
    roll = [row for table, row in fresh if table == "meeting_attendances"]
    beside = [(table, row) for table, row in fresh if table != "meeting_attendances"]
    assert {row["person_id"] for row in roll} == {str(each.id) for each in world.members["ap_a1"]}
    assert {(*row,) for row in roll} == {("is_present", "meeting_id", "name", "person_id")}
    names = {person.name for person in world.members["ap_a1"]}
    assert not [row for row in beside if any(name in str(row) for name in names)]
    votes = [row for table, row in beside if table == "meeting_votes"]
    assert [tuple(row[name] for name in COUNTS) for row in votes] == [("6", "2", "1", "0")]
    written = {"meetings", "meeting_votes", "dossiers", "admissions", "events"}
    assert {table for table, _row in beside} == written


def test_a28_no_table_has_room_for_a_person_beside_a_choice():
    """A line of a classification names whom the branch voted on, beside the totals on them."""
    choices, voted_on = set(COUNTS), {"classification_lines"}
    for table in db.metadata.tables.values():
        if table.name in voted_on:
            continue
        points_at_people = any(key.column.table.name == "people" for key in table.foreign_keys)
        assert not (points_at_people and choices & set(table.columns.keys())), table.name
