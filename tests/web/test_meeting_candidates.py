"""Who can be put to the vote, who cannot and why, and who votes in the special ways."""

from datetime import timedelta

from app.extensions import db
from app.models import Dossier, Meeting
from tests.clock import TODAY
from tests.journeys import HELD
from tests.web.minutes import MINUTES, address, counts, hold, present, rows


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
