"""Changes of standing through the use cases: what is kept, and who is on the roll of a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.extensions import db
from app.models import (
    Account,
    Appointment,
    DuesPayment,
    Event,
    MeetingAttendance,
    Membership,
    Person,
    Standing,
)
from app.queries.admission.meetings import roll_of
from app.queries.exports import people_listed
from app.queries.people.roster import RosterFilter, roster
from app.queries.people.standings import (
    grown_in,
    guests_in,
    register_of,
    standings_of,
    status_of,
)
from app.queries.units.tree import people_by_status
from app.services.audit import verify
from app.services.events import By
from app.services.meetings.recording import Minutes, record_meeting
from app.services.people.standings import Ceremony, PeopleRefused, change_standing, hold_ceremony
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, AppointmentFactory, MemberFactory
from tests.journeys import HELD
from workflows.dues import month_of, months_before
from workflows.engine import Refused
from workflows.membership import PersonStatus
from workflows.standing_facts import Kind, Missed, StandingAnswers
from workflows.voting import Ballots, Roll

DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
OLD = date(TODAY.year - 31, 5, 20)


def asked(who="ap_a1", world=None, key=None):
    return By(world.actor(who), NOW, request_key=key)


def again(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def change(world, person, kind, *, who="ap_a1", key=None, seen=None, **answers):
    """Change a person on the version that stands."""
    version = again(person).version if seen is None else seen
    given = StandingAnswers(**{"on": TODAY, **answers})
    change_standing(person.id, kind, given, by=asked(who, world, key), seen=version)
    return again(person)


def away(world, person, **answers):
    usual = {"until": TODAY + 90 * DAY, "address": "KCN Sóng Thần, Bình Dương"}
    return change(world, person, Kind.WORK_AWAY, **{**usual, **answers})


def deferred(world, person, **answers):
    usual = {"until": TODAY + 90 * DAY, "reason": "Nuôi con nhỏ"}
    return change(world, person, Kind.DEFER, **{**usual, **answers})


def on_roll(world, person, on, unit="ap_a1"):
    """Say how a person stands on the roll of a day: None, "counts" or "away"."""
    for voter in roll_of(world.units[unit], on):
        if voter.id == person.id:
            return "counts" if voter.counts else "away"
    return None


def codes(refused):
    return [each.code for each in refused.value.unmet]


def last_event(person):
    query = db.session.query(Event).filter_by(subject="people", subject_id=person.id)
    return query.order_by(Event.sequence.desc()).first()


def test_working_away_is_kept_with_address_and_return_and_does_not_count_from_its_date_on(world):
    person = world.members["ap_a1"][0]
    assert away(world, person, on=YESTERDAY).status is PersonStatus.WORKING_AWAY
    kept = db.session.query(Standing).one()
    assert (kept.unit_id, kept.from_on, kept.to_on, kept.ended_on) == (
        *(world.units["ap_a1"].id, YESTERDAY, TODAY + 90 * DAY),
        None,
    )
    assert kept.address == "KCN Sóng Thần, Bình Dương"
    assert on_roll(world, person, YESTERDAY - DAY) == "counts"
    assert on_roll(world, person, YESTERDAY) == "away"
    assert on_roll(world, person, TODAY + 500 * DAY) == "away"


def test_address_of_who_is_away_stands_in_no_event_and_not_readable_in_the_table(world):
    away(world, world.members["ap_a1"][0])
    event = last_event(world.members["ap_a1"][0])
    assert (event.step, event.from_state, event.to_state) == (
        "work_away",
        "member",
        "working_away",
    )
    assert "Sóng Thần" not in f"{event.facts} {event.comment}"
    stored = db.session.connection().exec_driver_sql("SELECT address FROM standings").scalar()
    assert "Sóng Thần" not in stored


def test_back_from_away_the_member_votes_from_that_day_on(world):
    person = world.members["ap_a1"][0]
    away(world, person, on=TODAY - 30 * DAY)
    back = change(world, person, Kind.RETURN, on=YESTERDAY)
    assert back.status is PersonStatus.MEMBER
    assert on_roll(world, person, YESTERDAY - DAY) == "away"
    assert on_roll(world, person, YESTERDAY) == "counts"
    with pytest.raises(Refused) as refused:
        change(world, person, Kind.RETURN)
    assert codes(refused) == ["something_to_end"]


def test_deferred_member_is_off_the_roll_and_on_it_again_when_the_time_is_over(world):
    person = world.members["ap_a1"][0]
    deferred(world, person, on=YESTERDAY, until=TODAY + 9 * DAY)
    days = (YESTERDAY - DAY, YESTERDAY, TODAY + 9 * DAY, TODAY + 10 * DAY)
    assert [on_roll(world, person, day) for day in days] == ["counts", None, None, "counts"]


def listed_as(world, person, on):
    """Say how lists show a person on a day: the roster, its filter, the figures of the unit."""
    posts, unit = world.actor("ap_a1").posts, world.units["ap_a1"]
    asked = RosterFilter(on=on, name=person.name)
    shown = {line.id: line.status for line in roster(posts, asked)}[person.id]
    found = roster(posts, replace(asked, status=shown))
    assert person.id in {line.id for line in found}
    assert shown in {row.status for row in people_listed(posts, asked)}
    return shown, dict(people_by_status(unit, on)).get(shown)


def test_deferral_that_is_over_leaves_a_plain_member_without_anybody_recording_it(world):
    person, unit = world.members["ap_a1"][0], world.units["ap_a1"]
    person = deferred(world, person, on=TODAY - 60 * DAY, until=YESTERDAY)
    days = (YESTERDAY, TODAY)
    assert [on_roll(world, person, day) for day in days] == [None, "counts"]
    assert [status_of(person, day) for day in days] == ["deferred", "member"]
    assert [listed_as(world, person, day) for day in days] == [("deferred", 1), ("member", 9)]
    assert [len(register_of(unit.path, day)) for day in days] == [1, 0]
    with pytest.raises(Refused) as refused:
        change(world, person, Kind.RETURN)
    assert codes(refused) == ["something_to_end"]
    assert away(world, person).status is PersonStatus.WORKING_AWAY
    assert (last_event(person).from_state, on_roll(world, person, YESTERDAY)) == ("member", None)


def test_leaving_later_takes_no_vote_back_after_a_deferral_was_over(world):
    person = world.members["ap_a1"][0]
    deferred(world, person, on=TODAY - 60 * DAY, until=TODAY - 30 * DAY)
    change(world, person, Kind.DIE, on=TODAY)
    days = (TODAY - 30 * DAY, TODAY - 29 * DAY, YESTERDAY, TODAY)
    assert [on_roll(world, person, day) for day in days] == [None, "counts", "counts", None]


def suspended(world, person, kind=Kind.SUSPEND, **answers):
    usual = {"who": "xa_a", "until": TODAY + 20 * DAY, "reason": "Chờ kết luận kiểm tra"}
    return change(world, person, kind, **{**usual, **answers})


def test_commune_suspends_a_member_who_has_no_vote_until_the_last_day(world):
    person = world.members["ap_a1"][0]
    assert suspended(world, person, on=YESTERDAY, until=TODAY).status is PersonStatus.SUSPENDED
    days = (YESTERDAY - DAY, YESTERDAY, TODAY, TODAY + DAY)
    assert [on_roll(world, person, day) for day in days] == ["counts", None, None, "counts"]
    assert [status_of(again(person), day) for day in days[2:]] == ["suspended", "member"]
    event = last_event(person)
    assert (event.step, event.comment) == ("suspend", "Chờ kết luận kiểm tra")
    assert (event.from_state, event.to_state) == ("member", "suspended")
    assert event.unit_id == world.units["xa_a"].id


def test_suspension_goes_on_once_and_no_third_time(world):
    person, unit = world.members["ap_a1"][0], world.units["ap_a1"]
    suspended(world, person, on=YESTERDAY, until=TODAY)
    suspended(world, person, Kind.SUSPEND_LONGER, until=TODAY + 30 * DAY)
    days = (TODAY, TODAY + DAY, TODAY + 30 * DAY, TODAY + 31 * DAY)
    assert [on_roll(world, person, day) for day in days] == [None, None, None, "counts"]
    assert [len(register_of(unit.path, day)) for day in days] == [2, 1, 1, 0]
    with pytest.raises(Refused) as refused:
        suspended(world, person, Kind.SUSPEND_LONGER, until=TODAY + 40 * DAY)
    assert codes(refused) == ["suspended_once_more_at_most"]


def test_second_suspension_that_follows_the_first_counts_as_its_going_on(world):
    person = world.members["ap_a1"][0]
    suspended(world, person, on=TODAY - 20 * DAY, until=TODAY - 11 * DAY)
    suspended(world, person, on=TODAY - 10 * DAY, until=TODAY - 2 * DAY)
    with pytest.raises(Refused) as refused:
        suspended(world, person, on=YESTERDAY)
    assert codes(refused) == ["suspended_once_more_at_most"]
    assert suspended(world, person, on=TODAY).status is PersonStatus.SUSPENDED


def test_lifted_suspension_gives_the_vote_back_and_takes_what_was_to_follow_away(world):
    person = world.members["ap_a1"][0]
    suspended(world, person, on=TODAY - 9 * DAY, until=TODAY)
    suspended(world, person, Kind.SUSPEND_LONGER, until=TODAY + 30 * DAY)
    back = change(world, person, Kind.LIFT, who="xa_a", on=YESTERDAY, reason="Không vi phạm")
    assert (back.status, last_event(person).comment) == (PersonStatus.MEMBER, "Không vi phạm")
    days = (YESTERDAY - DAY, YESTERDAY, TODAY, TODAY + DAY)
    assert [on_roll(world, person, day) for day in days] == [None, "counts", "counts", "counts"]
    (line,) = standings_of(person.id)
    assert (line.from_on, line.ended_on) == (TODAY - 9 * DAY, YESTERDAY - DAY)


def test_who_was_suspended_while_away_is_away_again(world):
    person = world.members["ap_a1"][0]
    away(world, person, on=TODAY - 9 * DAY)
    suspended(world, person, on=YESTERDAY, until=TODAY)
    assert on_roll(world, person, TODAY) is None
    assert [status_of(again(person), day) for day in (TODAY, TODAY + DAY)] == [
        *("suspended", "working_away"),
    ]
    assert change(world, person, Kind.LIFT, who="xa_a").status is PersonStatus.WORKING_AWAY
    assert on_roll(world, person, TODAY) == "away"


def test_branch_does_not_suspend_and_nobody_suspends_themselves(world):
    person = world.members["ap_a1"][0]
    for who in ("ap_a1", "huyen"):
        with pytest.raises(Forbidden):
            suspended(world, person, who=who)
    world.accounts["xa_a"].person_id = person.id
    db.session.commit()
    with pytest.raises(Forbidden) as forbidden:
        suspended(world, person)
    assert forbidden.value.code == "about_yourself"


@pytest.mark.parametrize("status", [PersonStatus.SUSPENDED, PersonStatus.TEMPORARILY_OUT])
def test_who_is_suspended_or_out_for_a_time_is_off_the_roll_at_home_of_those_days(world, status):
    person, unit = world.members["ap_a1"][0], world.units["ap_a1"]
    stretch = {"from_on": YESTERDAY, "to_on": TODAY, "recorded_at": NOW}
    place = {"district_id": unit.district_id, "unit_id": unit.id, "person_id": person.id}
    db.session.add(Standing(status=status, **place, **stretch))
    db.session.commit()
    days = (YESTERDAY - DAY, YESTERDAY, TODAY, TODAY + DAY)
    assert [on_roll(world, person, day) for day in days] == ["counts", None, None, "counts"]
    listed = [len(register_of(unit.path, day)) for day in (TODAY, TODAY + DAY)]
    assert listed == [1, 0]


def test_who_stands_so_without_days_on_record_is_off_every_roll_until_the_return(world):
    person = world.members["ap_a1"][0]
    person.status = PersonStatus.DEFERRED
    db.session.commit()
    assert on_roll(world, person, TODAY) is None
    assert change(world, person, Kind.RETURN).status is PersonStatus.MEMBER
    assert on_roll(world, person, TODAY) == "counts"


def test_guest_stands_in_the_host_unit_and_votes_only_at_home(world):
    person, host = world.members["ap_a1"][0], world.units["ap_b1"]
    guest = {"host_id": host.id, "registered_since": TODAY - 200 * DAY}
    assert change(world, person, Kind.BE_GUEST, **guest).status is PersonStatus.MEMBER
    assert [line.name for line in guests_in(host.path)] == [person.name]
    assert on_roll(world, person, TODAY, "ap_b1") is None
    assert on_roll(world, person, TODAY) == "counts"
    change(world, person, Kind.END_GUEST)
    assert guests_in(host.path) == []


@pytest.mark.parametrize("host", ["ap_a1", "xa_b", None])
def test_host_is_another_branch(world, host):
    person = world.members["ap_a1"][0]
    host_id = world.units[host].id if host else 2**30
    guest = {"host_id": host_id, "registered_since": TODAY - 200 * DAY}
    with pytest.raises(Refused) as refused:
        change(world, person, Kind.BE_GUEST, **guest)
    assert codes(refused) == ["host_elsewhere"]


def test_a26_recorded_roll_does_not_change_when_standings_do(journey, world):
    way, person = journey().to("branch_vote"), world.members["ap_a1"][0]
    roll = {voter.id: True for voter in roll_of(world.units["ap_a1"], HELD)}
    minutes = Minutes(held_on=HELD, place="Nhà văn hóa", chair="Bí thư", minute_taker="Phó")
    votes = {way.ref: Ballots(9, 0, 0, 0)}
    record_meeting(world.units["ap_a1"].id, minutes, roll, votes, by=asked("ap_a1", world))
    deferred(world, person, on=HELD)
    change(world, world.members["ap_a1"][1], Kind.DIE, on=HELD)
    names = {row.name for row in db.session.query(MeetingAttendance)}
    assert {person.name, world.members["ap_a1"][1].name} <= names
    assert len(names) == 9
    assert len(roll_of(world.units["ap_a1"], HELD)) == 7


def deletion(**changes):
    """The vote of nine members, eight of them present, over who owes the year's dues."""
    usual = {"on": YESTERDAY, "contacted_on": YESTERDAY - DAY, "missed": Missed.DUES}
    return {**usual, "roll": Roll(9, 8), "ballots": Ballots(5, 2, 1, 0), **changes}


def test_deletion_by_vote_ends_the_stay_with_its_day_and_keeps_totals_alone(world):
    person = world.members["ap_a1"][0]
    away(world, person, on=TODAY - 700 * DAY)
    gone = change(world, person, Kind.DELETE, **deletion())
    assert gone.status is PersonStatus.DELETED
    assert db.session.query(Membership).filter_by(person_id=person.id).one().to_on == (
        YESTERDAY - DAY
    )
    assert on_roll(world, person, YESTERDAY - DAY) == "away"
    assert on_roll(world, person, YESTERDAY) is None
    assert register_of(world.units["ap_a1"].path, TODAY) == []
    facts = last_event(person).facts
    numbers = ("entitled", "present", "in_favour", "against", "blank", "spoiled")
    assert [facts[name] for name in numbers] == [9, 8, 5, 2, 1, 0]


def test_deletion_for_dues_is_refused_while_fewer_than_three_months_are_unpaid(world):
    person, unit = world.members["ap_a1"][0], world.units["ap_a1"]
    for month in months_before(month_of(YESTERDAY), 12)[2:]:
        place = {"district_id": unit.district_id, "unit_id": unit.id, "person_id": person.id}
        db.session.add(DuesPayment(month=month, amount=2000, recorded_at=NOW, **place))
    db.session.commit()
    with pytest.raises(Refused) as refused:
        change(world, person, Kind.DELETE, **deletion())
    assert codes(refused) == ["three_months_missed"]
    assert refused.value.unmet[0].values["missed"] == 2


def test_deletion_names_everything_unmet_at_once_and_writes_nothing(world):
    person, before = world.members["ap_a1"][0], db.session.query(Event).count()
    wrong = {"roll": Roll(6, 3), "ballots": Ballots(1, 2, 0, 0), "online": True}
    with pytest.raises(Refused) as refused:
        change(world, person, Kind.DELETE, **deletion(contacted_on=None, **wrong))
    assert codes(refused) == [
        *("contacted_before", "deletion_in_person", "roll_is_whole"),
        *("quorum_met", "vote_passed"),
    ]
    assert again(person).status is PersonStatus.MEMBER
    assert db.session.query(Event).count() == before


def test_members_away_need_not_be_among_those_entitled_unless_the_place_counts_them(world, app):
    first, second = world.members["ap_a1"][:2]
    away(world, second, on=TODAY - 30 * DAY)
    vote = deletion(roll=Roll(8, 6), ballots=Ballots(6, 0, 0, 0))
    book = app.config["RULEBOOK"]
    rules = book.on(TODAY)
    book._sets[rules.name] = replace(rules, local=replace(rules.local, count_away_members=True))  # noqa: SLF001
    try:
        assert on_roll(world, second, TODAY) == "counts"
        with pytest.raises(Refused) as refused:
            change(world, first, Kind.DELETE, **vote)
        assert codes(refused) == ["roll_is_whole"]
    finally:
        book._sets[rules.name] = rules  # noqa: SLF001
    assert change(world, first, Kind.DELETE, **vote).status is PersonStatus.DELETED


def test_resignation_is_decided_by_the_commune_and_not_by_the_branch(world):
    person = world.members["ap_a1"][0]
    with pytest.raises(Forbidden):
        change(world, person, Kind.RESIGN, applied_on=YESTERDAY)
    with pytest.raises(NotFound):
        change(world, person, Kind.RESIGN, who="xa_b", applied_on=YESTERDAY)
    with pytest.raises(Forbidden):
        change(world, person, Kind.RESIGN, who="huyen", applied_on=YESTERDAY)
    gone = change(world, person, Kind.RESIGN, who="xa_a.canbo", applied_on=YESTERDAY)
    assert gone.status is PersonStatus.RESIGNED
    assert last_event(person).unit_id == world.units["xa_a"].id


def test_grassroots_branch_decides_on_resignations_of_its_own(world):
    person = world.members["co_so"][0]
    gone = change(world, person, Kind.RESIGN, who="co_so", applied_on=YESTERDAY)
    assert gone.status is PersonStatus.RESIGNED


def test_commune_sees_a_member_of_its_branch_and_leaves_to_the_branch_what_is_its_own(world):
    with pytest.raises(Forbidden):
        change(world, world.members["ap_a1"][0], Kind.DIE, who="xa_a")
    with pytest.raises(NotFound):
        change(world, world.members["ap_a1"][0], Kind.DIE, who="ap_a2")


def test_nobody_decides_on_themselves_but_reports_their_own_trip(world):
    person = world.members["ap_a1"][0]
    world.accounts["ap_a1"].person_id = person.id
    db.session.commit()
    assert away(world, person).status is PersonStatus.WORKING_AWAY
    change(world, person, Kind.RETURN)
    with pytest.raises(Forbidden) as forbidden:
        deferred(world, person)
    assert forbidden.value.code == "about_yourself"


def test_substitute_decides_neither_on_themselves_nor_on_whom_they_stand_in_for(world):
    person = world.members["ap_a1"][0]
    actor = world.actor("ap_a1")
    posts = tuple(replace(each, principal_person_id=person.id) for each in actor.posts)
    by = By(replace(actor, posts=posts), NOW)
    asked_for = StandingAnswers(on=TODAY, until=TODAY + DAY, reason="Nuôi con nhỏ")
    with pytest.raises(Forbidden) as forbidden:
        change_standing(person.id, Kind.DEFER, asked_for, by=by, seen=person.version)
    assert forbidden.value.code == "bars_your_principal"


def officer(world, person):
    account = AccountFactory(person_id=person.id)
    AppointmentFactory(account=account, unit=world.units["ap_a1"])
    db.session.commit()
    return account


def test_who_holds_an_office_hands_it_over_before_leaving(world):
    person = world.members["ap_a1"][0]
    officer(world, person)
    with pytest.raises(Refused) as refused:
        change(world, person, Kind.RESIGN, who="xa_a", applied_on=YESTERDAY)
    assert codes(refused) == ["no_office_held"]


def test_death_of_an_officer_ends_the_posts_with_a_trace(world):
    person = world.members["ap_a1"][0]
    account = officer(world, person)
    assert change(world, person, Kind.DIE).status is PersonStatus.DECEASED
    assert db.session.query(Appointment).filter_by(account_id=account.id).one().to_on == YESTERDAY
    trace = db.session.query(Event).filter_by(subject="accounts", subject_id=account.id)
    assert trace.order_by(Event.sequence.desc()).first().step == "end_post"
    assert db.session.get(Account, account.id).is_active


def test_change_sent_twice_is_done_once(world):
    person = world.members["ap_a1"][0]
    version = person.version
    for _again in range(2):
        away(world, person, key="the same form", seen=version)
    assert db.session.query(Standing).count() == 1
    assert again(person).version == version + 1


def test_who_saw_an_older_version_is_told_who_changed_it(world):
    person = world.members["ap_a1"][0]
    version = person.version
    away(world, person)
    with pytest.raises(Stale) as stale:
        change(world, person, Kind.DIE, who="ap_a1.pho", seen=version)
    assert stale.value.last.who == world.accounts["ap_a1"].name
    assert again(person).status is PersonStatus.WORKING_AWAY


@pytest.fixture
def old(world):
    """Three members of a branch who are over thirty."""
    unit = world.units["ap_a1"]
    people = [MemberFactory(unit=unit, birth_date=OLD, name=f"Lê Văn {n}") for n in "ABC"]
    db.session.commit()
    return people


def due(world, year=TODAY.year):
    return [line.name for line in grown_in(world.units["ap_a1"].path, year, (30, 35))]


def celebrate(world, people, key=None):
    seen = {person.id: again(person).version for person in people}
    ceremony = Ceremony(TODAY, "Hội trường ấp")
    hold_ceremony(world.units["ap_a1"].id, ceremony, seen, by=asked("ap_a1", world, key))


def test_many_mature_in_one_ceremony_with_an_event_each(world, old):
    assert due(world) == [person.name for person in old]
    celebrate(world, old[:2], "one ceremony")
    assert [again(person).status for person in old] == ["matured", "matured", "member"]
    assert [last_event(person).facts["place"] for person in old[:2]] == ["Hội trường ấp"] * 2
    assert due(world) == [old[2].name]
    celebrate(world, old[:2], "one ceremony")
    assert db.session.query(Event).filter_by(step="mature").count() == 2
    assert verify().fault is None


def test_ceremony_that_cannot_cover_one_covers_none_and_names_that_one(world, old):
    young = world.members["ap_a1"][0]
    with pytest.raises(PeopleRefused) as refused:
        celebrate(world, [*old, young])
    assert {n: [each.code for each in told] for n, told in refused.value.unmet.items()} == {
        young.id: ["past_thirty"]
    }
    celebrate(world, old)
    with pytest.raises(PeopleRefused) as refused:
        celebrate(world, old)
    assert set(refused.value.unmet) == {person.id for person in old}


def test_ceremony_leaves_out_nobody_silently(world, old):
    with pytest.raises(Invalid):
        celebrate(world, [])
    with pytest.raises(NotFound):
        celebrate(world, [old[0], world.members["ap_a2"][0]])
    seen = {old[0].id: old[0].version - 1}
    with pytest.raises(PeopleRefused) as refused:
        hold_ceremony(world.units["ap_a1"].id, Ceremony(TODAY), seen, by=asked("ap_a1", world))
    assert set(refused.value.changed) == {old[0].id}
    assert again(old[0]).status is PersonStatus.MEMBER


def test_who_stays_on_is_off_the_list_until_thirty_five(world, old):
    assert change(world, old[0], Kind.STAY_ON).stays_until_35
    assert due(world) == [person.name for person in old[1:]]
    assert old[0].name in due(world, OLD.year + 35)
