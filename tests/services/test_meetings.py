"""Recording and correcting meetings through the use cases, also by several people at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import func

from app.extensions import db
from app.models import Event, Meeting, MeetingAttendance, MeetingVote
from app.models.meetings import Body
from app.queries.admission.meetings import roll_of
from app.services.meetings.corrections import correct_vote
from app.services.meetings.recording import Minutes, VotesRefused, record_meeting
from app.services.refusals import Invalid, NotFound, Stale
from tests.clock import TODAY
from tests.factories import MemberFactory
from tests.journeys import HELD
from workflows.engine import NoSuchStep, Refused
from workflows.voting import Ballots

MINUTES = Minutes(held_on=HELD, place="Nhà văn hóa", chair="Bí thư", minute_taker="Phó bí thư")
PASSED, FAILED = Ballots(9, 0, 0, 0), Ballots(0, 9, 0, 0)


def everybody(world, unit="ap_a1"):
    return {person.id: True for person in roll_of(world.units[unit], HELD)}


def hold(way, votes, roll=None, minutes=MINUTES, **more):
    """Record a meeting of the branch of a journey."""
    unit = way.world.units[way.branch]
    by = more.pop("by", None) or way.by(way.branch)
    return record_meeting(unit.id, minutes, roll or everybody(way.world), votes, by=by, **more)


def at_once(app, *acts: Callable[[], object]) -> list[object]:
    """Run acts at the same moment, each with a session of its own; return what each gave."""
    start = Barrier(len(acts))

    def one(act):
        with app.app_context():
            start.wait()
            try:
                return act()
            except (VotesRefused, Stale, NoSuchStep) as refusal:
                return refusal

    db.session.commit()
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def correcting(meeting_id, way, who, votes):
    """Make ready to correct a vote on the version that stands."""
    seen, by = way.dossier.version, way.by(who)
    return partial(correct_vote, meeting_id, way.ref, votes, "Đếm nhầm", by=by, seen=seen)


def number_of(model):
    db.session.expire_all()
    return db.session.scalar(db.select(func.count()).select_from(model))


def test_two_secretaries_record_the_same_candidates_at_once_and_one_wins(app, journey, world):
    ways = [journey(name=name).to("branch_vote") for name in ("Lê Thị Mới", "Võ An")]
    unit_id, roll = world.units["ap_a1"].id, everybody(world)
    first, second = (ways[0].by(who) for who in ("ap_a1", "ap_a1.pho"))
    for _again in range(50):
        seen = {way.ref: way.dossier.version for way in ways}
        votes = dict.fromkeys(seen, FAILED)
        backwards = dict(reversed(votes.items()))
        before = number_of(Meeting)
        given_back = at_once(
            app,
            partial(record_meeting, unit_id, MINUTES, roll, votes, by=first, seen=seen),
            partial(record_meeting, unit_id, MINUTES, roll, backwards, by=second, seen=seen),
        )
        refused = [each for each in given_back if isinstance(each, VotesRefused)]
        assert len(refused) == 1
        assert refused[0].changed.keys() == seen.keys()
        assert {each.last.step for each in refused[0].changed.values()} == {"record_vote"}
        assert number_of(Meeting) == before + 1
        for way in ways:
            assert way.dossier.state == "education"
            way.take("call_to_vote", "ap_a1", meeting_on=HELD)


def test_meeting_sent_twice_at_once_is_recorded_once_with_one_answer(app, journey, world):
    way = journey().to("branch_vote")
    unit_id, roll, events = world.units["ap_a1"].id, everybody(world), number_of(Event)
    by = replace(way.by("ap_a1"), request_key="nhấn hai lần")
    votes, seen = {way.ref: PASSED}, {way.ref: way.dossier.version}
    act = partial(record_meeting, unit_id, MINUTES, roll, votes, by=by, seen=seen)
    first, second = at_once(app, act, act)
    assert first == second
    assert (number_of(Meeting), number_of(MeetingVote)) == (1, 1)
    assert number_of(Event) == events + 2


def test_votes_of_one_meeting_are_corrected_at_once_and_both_stand(app, journey):
    ways = [journey(name=name).to("branch_vote") for name in ("Lê Thị Mới", "Võ An")]
    meeting_id = hold(ways[0], {way.ref: PASSED for way in ways})
    acts = [correcting(meeting_id, way, "ap_a1", Ballots(8, 1, 0, 0)) for way in ways]
    assert [receipt.state for receipt in at_once(app, *acts)] == ["ready", "ready"]
    assert db.session.get_one(Meeting, meeting_id).version == 3


def test_vote_is_corrected_by_two_at_once_and_one_wins(app, journey):
    way = journey().to("branch_vote")
    meeting_id = hold(way, {way.ref: PASSED})
    acts = [
        correcting(meeting_id, way, "ap_a1", Ballots(8, 1, 0, 0)),
        correcting(meeting_id, way, "ap_a1.pho", Ballots(7, 2, 0, 0)),
    ]
    given_back = at_once(app, *acts)
    assert sum(isinstance(each, Stale) for each in given_back) == 1
    assert number_of(MeetingVote) == 2


def test_correction_that_meets_the_decision_is_either_before_it_or_refused(app, journey):
    way = journey().to("commune_review")
    meeting_id = db.session.scalar(db.select(Meeting.id))
    outcome = at_once(
        app,
        correcting(meeting_id, way, "ap_a1", FAILED),
        partial(way.take, "approve", way.commune, signed_on=TODAY),
    )
    refused = [isinstance(each, Stale | NoSuchStep) for each in outcome]
    assert sorted(refused) == [False, True]
    assert way.dossier.state == ("ceremony" if refused[0] else "education")


def test_a_meeting_ahead_of_today_is_refused(journey):
    way = journey().to("branch_vote")
    ahead = replace(MINUTES, held_on=TODAY + timedelta(days=1))
    with pytest.raises(VotesRefused) as refused:
        hold(way, {way.ref: PASSED}, minutes=ahead)
    assert [reason.code for reason in refused.value.unmet[way.ref]] == ["vote_not_ahead"]
    assert number_of(Meeting) == 0


def test_somebody_who_was_no_member_that_day_is_not_on_the_roll(journey, world):
    way = journey().to("branch_vote")
    later = MemberFactory(unit=world.units["ap_a1"], joined_on=TODAY)
    db.session.commit()
    with pytest.raises(Invalid) as refused:
        hold(way, {way.ref: PASSED}, {**everybody(world), later.id: True})
    assert (refused.value.field, refused.value.code) == ("roll", "stranger")


def test_meeting_without_votes_is_refused(journey):
    with pytest.raises(Invalid):
        hold(journey().to("branch_vote"), {})


def test_meeting_votes_on_its_own_candidates_only(journey):
    way, other = journey().to("branch_vote"), journey("ap_a2", "Võ An").to("branch_vote")
    with pytest.raises(NotFound):
        hold(way, {way.ref: PASSED, other.ref: PASSED})
    with pytest.raises(NotFound):
        hold(way, {"KN-2026-999999": PASSED})
    assert number_of(Meeting) == 0


def test_one_vote_refused_lets_none_be_recorded(journey):
    way, other = journey().to("branch_vote"), journey(name="Võ An").to("branch_vote")
    with pytest.raises(VotesRefused) as refused:
        hold(way, {way.ref: PASSED, other.ref: Ballots(5, 1, 1, 1)})
    assert [reason.code for reason in refused.value.unmet[other.ref]] == ["counts_agree"]
    assert refused.value.unmet.keys() == {other.ref}
    assert (number_of(Meeting), number_of(MeetingAttendance)) == (0, 0)
    assert (way.dossier.state, other.dossier.state) == ("branch_vote", "branch_vote")


def test_meeting_and_each_vote_are_events_that_name_no_voter(journey):
    way = journey().to("branch_vote")
    meeting_id = hold(way, {way.ref: Ballots(6, 2, 1, 0)})
    events = db.session.query(Event)
    recorded = events.filter_by(subject="meetings", subject_id=meeting_id).one()
    assert recorded.facts == {"held_on": HELD.isoformat(), "dossiers": [way.ref]}
    vote = events.filter_by(subject="dossiers", step="record_vote").one()
    numbers = {"in_favour": 6, "against": 2, "blank": 1, "spoiled": 0, "needed": 5}
    about = {"meeting": meeting_id, "held_on": HELD.isoformat(), "passed": True, "revision": 1}
    assert vote.facts == numbers | about | {"entitled": 9, "present": 9}


def test_committee_sits_where_there_is_no_branch(journey, world):
    world.members["xa_a"] = world.members["ap_a1"]
    way = journey("xa_a").to("branch_vote")
    hold(way, {way.ref: PASSED})
    assert db.session.query(Meeting).one().body is Body.COMMITTEE
    assert way.dossier.state == "ready"


def test_correction_needs_a_reason_and_counts_that_agree(journey):
    way = journey().to("ready")
    meeting_id, seen = db.session.query(Meeting).one().id, way.dossier.version
    for votes, reason, code in (
        (Ballots(8, 1, 0, 0), " ", "reason_given"),
        (Ballots(8, 2, 0, 0), "Đếm nhầm", "counts_agree"),
        (Ballots(-1, 10, 0, 0), "Đếm nhầm", "counts_agree"),
    ):
        with pytest.raises(Refused) as refused:
            correct_vote(meeting_id, way.ref, votes, reason, by=way.by("ap_a1"), seen=seen)
        assert [each.code for each in refused.value.unmet] == [code]
    with pytest.raises(NotFound):
        correct_vote(0, way.ref, PASSED, "Đếm nhầm", by=way.by("ap_a1"), seen=seen)
    assert number_of(MeetingVote) == 1


def test_correction_can_turn_the_verdict_both_ways(journey):
    way = journey().to("ready")
    meeting_id = db.session.query(Meeting).one().id
    for votes, state in ((Ballots(4, 5, 0, 0), "education"), (Ballots(5, 4, 0, 0), "ready")):
        seen, by = way.dossier.version, way.by("ap_a1")
        receipt = correct_vote(meeting_id, way.ref, votes, "Đếm nhầm", by=by, seen=seen)
        assert receipt.state == way.dossier.state == state
