"""Transfers through the use cases: who does what, what each step writes, when the counts move."""

from dataclasses import replace
from datetime import date

import pytest

from app.extensions import db
from app.models import Dossier, Event, Membership, Person, Standing
from app.queries.admission.meetings import roll_of
from app.queries.people.standings import status_of
from app.queries.queues import QueueFilter, looked_over, waiting_for
from app.services.dossiers import file_for
from app.services.people.standings import change_standing
from app.services.people.twins import TwinFound
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.transfer.openings import open_arrival, open_transfer
from app.services.transfer.parts import save_part
from tests.clock import NOW, TODAY
from tests.factories import AppointmentFactory, MemberFactory, PersonFactory
from tests.journeys import Journey
from tests.moves import ARRIVAL, DAY, MOVED, OUTSIDE, Coming, Move
from workflows import standing_facts as standing
from workflows.calendar import months_after
from workflows.engine import Refused
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.transfer_facts import Kind, Part

SINCE = date(2022, 3, 26)
UNTIL = months_after(MOVED, 3)


@pytest.fixture
def between(world):
    return Move(world, "xa_b")


def sizes(world):
    """Return how many members each branch has by its list and by the roll of today."""
    return {
        name: (members_of(world.units[name]), len(roll_of(world.units[name], TODAY)))
        for name in ("ap_a1", "ap_a2", "ap_b1")
    }


def members_of(unit):
    """Count the members as the lists of a unit do."""
    members = db.session.query(Person).filter(Person.status.in_(MEMBER_STATUSES))
    return members.filter_by(unit_id=unit.id).count()


def standings(person_id):
    rows = db.session.query(Standing).filter_by(person_id=person_id).order_by(Standing.id)
    return [(row.status, row.unit_id, row.from_on, row.to_on, row.ended_on) for row in rows]


def codes(refusal):
    return [each.code for each in refusal.value.unmet]


def test_transfer_is_opened_at_the_branch_with_a_reference_of_its_own(between):
    dossier, world = between.dossier, between.world
    assert (dossier.ref[:3], dossier.workflow, dossier.state) == ("CS-", "transfer", "prepared")
    assert (dossier.desk_unit_id, dossier.branch_id) == (world.units["ap_a1"].id,) * 2
    assert dossier.commune_id == world.units["xa_a"].id
    assert dossier.district_id == world.units["huyen"].id
    assert (dossier.person_name, dossier.name_key) == (between.person.name, between.person.name_key)
    assert (dossier.to_commune_id, dossier.to_branch_id) == (None, None)
    assert (between.transfer.kind, dossier.due_on) == (Kind.BETWEEN, months_after(MOVED, 1))


@pytest.mark.parametrize(
    ("to", "kind"), [("ap_a2", "within"), ("xa_a", "within"), ("co_so", "between"), (None, "out")]
)
def test_destination_says_what_kind_of_transfer_it_is(world, to, kind):
    assert Move(world, to).transfer.kind == kind


@pytest.mark.parametrize("to", ["ap_b1", "ap_a1", "huyen", "tinh"])
def test_nobody_moves_to_a_branch_elsewhere_to_their_own_or_to_a_level_above(world, to):
    with pytest.raises(Invalid) as refusal:
        Move(world, to)
    assert (refusal.value.field, refusal.value.code) == ("destination_id", "no_place_to_go")
    assert db.session.query(Dossier).count() == 0


def test_member_goes_from_branch_to_commune_to_commune_to_branch(between):
    world, before = between.world, sizes(between.world)
    between.ask()
    assert (between.dossier.state, between.dossier.desk_unit_id) == (
        "introduced",
        world.units["xa_a"].id,
    )
    between.take("introduce", "xa_a")
    assert (between.dossier.state, between.dossier.desk_unit_id) == (
        "arrived",
        world.units["xa_b"].id,
    )
    between.take("assign_branch", "xa_b", to_branch_id=between.unit("ap_b1"))
    assert (between.dossier.state, between.dossier.desk_unit_id) == (
        "assigned",
        world.units["ap_b1"].id,
    )
    assert sizes(world) == before
    between.take("receive", "ap_b1", received_on=TODAY)
    assert (between.dossier.state, between.dossier.desk_unit_id, between.dossier.due_on) == (
        "received",
        None,
        None,
    )
    assert sizes(world) == before | {"ap_a1": (8, 8), "ap_b1": (10, 10)}


def test_reception_closes_one_stay_and_opens_the_next(between):
    between.assign().take("receive", "ap_b1", received_on=TODAY - DAY)
    origin, host = between.unit("ap_a1"), between.unit("ap_b1")
    assert between.stays() == [(origin, SINCE, TODAY - 2 * DAY), (host, TODAY - DAY, None)]
    assert (between.person.unit_id, between.person.status) == (host, PersonStatus.MEMBER)
    assert (between.transfer.received_on, between.dossier.branch_id) == (TODAY - DAY, origin)
    stay = db.session.query(Membership).filter_by(to_on=None, person_id=between.person_id).one()
    assert stay.dossier_id == between.dossier.id


def test_every_step_is_an_event_with_the_post_it_was_taken_in(between):
    between.assign().take("receive", "ap_b1", received_on=TODAY)
    rows = db.session.query(Event).filter_by(subject="dossiers").order_by(Event.sequence)
    assert [(row.step, row.to_state, row.unit_id) for row in rows] == [
        ("open", "prepared", between.unit("ap_a1")),
        ("edit", "prepared", between.unit("ap_a1")),
        ("ask_to_move", "introduced", between.unit("ap_a1")),
        ("introduce", "arrived", between.unit("xa_a")),
        ("assign_branch", "assigned", between.unit("xa_b")),
        ("receive", "received", between.unit("ap_b1")),
    ]


def test_inside_a_commune_no_second_commune_is_asked(world):
    move = Move(world, "ap_a2").introduce()
    assert (move.dossier.state, move.dossier.desk_unit_id) == ("assigned", move.unit("ap_a2"))
    move.take("receive", "ap_a2", received_on=TODAY)
    assert move.person.unit_id == move.unit("ap_a2")
    assert sizes(world) == {"ap_a1": (8, 8), "ap_a2": (10, 10), "ap_b1": (9, 9)}


def test_a_branch_that_is_a_union_of_its_own_receives_by_itself(world):
    move = Move(world, "co_so").introduce()
    move.take("assign_branch", "co_so", to_branch_id=move.unit("co_so"))
    move.take("receive", "co_so", received_on=TODAY)
    assert move.person.unit_id == move.unit("co_so")


def test_out_of_the_district_the_introduction_is_the_end(world):
    move = Move(world, None).introduce()
    assert (move.dossier.state, move.dossier.desk_unit_id) == ("gone", None)
    assert move.stays() == [(move.unit("ap_a1"), SINCE, TODAY)]
    assert move.person.status == PersonStatus.TRANSFERRED
    assert members_of(world.units["ap_a1"]) == 8


def test_from_outside_the_receiving_commune_begins(world):
    move = Coming(world)
    dossier = move.dossier
    assert (dossier.state, dossier.desk_unit_id) == ("arrived", move.unit("xa_b"))
    assert (dossier.branch_id, dossier.to_commune_id) == (move.unit("xa_b"),) * 2
    assert (move.person.status, move.person.joined_on) == (
        PersonStatus.TRANSFERRED,
        ARRIVAL.joined_on,
    )
    assert (move.stays(), sizes(world)["ap_b1"]) == ([], (9, 9))
    move.assign().take("receive", "ap_b1", received_on=TODAY)
    assert (move.person.status, move.person.unit_id) == (PersonStatus.MEMBER, move.unit("ap_b1"))
    assert move.stays() == [(move.unit("ap_b1"), TODAY, None)]
    assert sizes(world)["ap_b1"] == (10, 10)


def test_whom_a_branch_does_not_take_from_outside_the_commune_gives_to_another(world):
    move = Coming(world).assign()
    move.take("decline_arrival", "ap_b1", reason="Không ở ấp này")
    assert (move.dossier.state, move.dossier.to_branch_id) == ("arrived", None)
    move.take("decline_arrival", "xa_b", reason="Giấy không hợp lệ")
    assert (move.dossier.state, move.dossier.desk_unit_id) == ("turned_away", None)
    assert (move.person.status, move.stays()) == (PersonStatus.TRANSFERRED, [])


def test_who_left_the_district_and_comes_back_is_recognised(world):
    gone = Move(world, None).introduce()
    person = gone.person
    same = replace(ARRIVAL, name=person.name, birth_date=person.birth_date)
    with pytest.raises(TwinFound):
        Coming(world, same)
    move = Coming(world, replace(same, same_as=person.id)).assign()
    move.take("receive", "ap_b1", received_on=TODAY + DAY - DAY)
    assert move.person_id == gone.person_id
    assert db.session.query(Person).filter_by(name_key=person.name_key).count() == 1
    assert move.stays()[-1] == (move.unit("ap_b1"), TODAY, None)


@pytest.mark.parametrize("status", ["expelled", "deleted", "resigned", "matured", "deceased"])
def test_who_lost_the_membership_is_not_received_from_outside(world, status):
    row = PersonFactory(unit=world.units["ap_a2"], status=PersonStatus(status))
    same = replace(ARRIVAL, name=row.name, birth_date=row.birth_date, same_as=row.id)
    with pytest.raises(Invalid) as refusal:
        Coming(world, same)
    assert (refusal.value.field, refusal.value.code) == ("same_as", "no_member_elsewhere")


def test_who_is_a_member_here_moves_from_their_branch_and_not_from_outside(world):
    row = world.members["ap_a2"][0]
    same = replace(ARRIVAL, name=row.name, birth_date=row.birth_date, same_as=row.id)
    with pytest.raises(Invalid) as refusal:
        Coming(world, same)
    assert refusal.value.code == "not_ours_already"


def test_a31_who_was_admitted_meanwhile_is_not_received_as_well(world):
    way = Journey(world, "ap_b1").to("commune_review")
    person = db.session.get_one(Person, way.dossier.person_id)
    same = replace(ARRIVAL, name=person.name, birth_date=person.birth_date, same_as=person.id)
    move = Coming(world, same).assign()
    way.approve()
    with pytest.raises(Refused) as refusal:
        move.take("receive", "ap_b1", received_on=TODAY)
    assert codes(refusal) == ["not_ours_already"]
    assert len(move.stays()) == 1


def test_only_a_grass_roots_union_receives_from_outside(world):
    with pytest.raises(Invalid) as refusal:
        open_arrival(world.units["ap_a1"].id, ARRIVAL, {}, by=Coming(world).by("ap_a1"))
    assert refusal.value.code == "receives_from_outside"


def test_temporary_stay_leaves_the_membership_where_it_is(world):
    before = sizes(world)
    move = Move(world, "xa_b", temporary=True, from_on=MOVED, until_on=UNTIL)
    assert move.transfer.moved_on is None
    move.write(Part.COMMENT, comment="Đi thực tập")
    move.take("ask_to_move", "ap_a1")
    move.take("introduce", "xa_a")
    move.take("assign_branch", "xa_b", to_branch_id=move.unit("ap_b1"))
    move.take("receive", "ap_b1", received_on=TODAY)
    origin, host = move.unit("ap_a1"), move.unit("ap_b1")
    assert (move.person.unit_id, move.stays()) == (origin, [(origin, SINCE, None)])
    assert standings(move.person_id) == [
        (PersonStatus.TEMPORARILY_OUT, origin, TODAY, UNTIL, None),
        (PersonStatus.TEMPORARILY_IN, host, TODAY, UNTIL, None),
    ]
    assert {name: members for name, (members, _roll) in sizes(world).items()} == {
        name: members for name, (members, _roll) in before.items()
    }


def on_rolls(move, day, *units):
    """Say of a person how each unit's roll of a day has them: not at all, as guest or as member."""
    rolls = [{each.id: each.is_guest for each in roll_of(move.world.units[u], day)} for u in units]
    words = {None: "", True: "guest", False: "member"}
    return [words[roll.get(move.person_id)] for roll in rolls]


def test_who_is_out_for_a_time_votes_at_the_host_and_not_at_home_while_it_lasts(world):
    move = Move(world, "xa_b", temporary=True, from_on=MOVED, until_on=UNTIL).assign()
    units = ("ap_a1", "xa_a", "ap_b1", "xa_b")
    assert on_rolls(move, TODAY, *units) == ["member", "member", "", ""]
    move.take("receive", "ap_b1", received_on=TODAY)
    assert on_rolls(move, TODAY - DAY, *units) == ["member", "member", "", ""]
    for day in (TODAY, UNTIL):
        assert on_rolls(move, day, *units) == ["", "", "guest", "guest"]
    assert on_rolls(move, UNTIL + DAY, *units) == ["member", "member", "", ""]


def test_guest_of_another_branch_of_the_commune_stands_once_on_the_roll_of_the_commune(world):
    move = Move(world, "ap_a2", temporary=True, from_on=MOVED, until_on=UNTIL).introduce()
    move.take("receive", "ap_a2", received_on=TODAY)
    assert on_rolls(move, TODAY, "ap_a1", "ap_a2", "xa_a") == ["", "guest", "guest"]
    assert len(roll_of(world.units["xa_a"], TODAY)) == 18


def change(move, kind, who, **answers):
    """Change how the person stands, as somebody does in their own unit."""
    given = standing.StandingAnswers(**answers)
    change_standing(move.person_id, kind, given, by=move.by(who), seen=move.person.version)


def test_guest_who_is_suspended_votes_nowhere_and_who_works_away_counts_where_they_are(world):
    move = Move(world, "ap_a2", temporary=True, from_on=MOVED, until_on=UNTIL)
    move.introduce().take("receive", "ap_a2", received_on=TODAY)
    trip = {"on": TODAY, "until": UNTIL, "address": "Tân Bình"}
    change(move, standing.Kind.WORK_AWAY, "ap_a1", **trip)
    (voter,) = [each for each in roll_of(world.units["ap_a2"], TODAY) if each.is_guest]
    assert (voter.counts, voter.is_away) == (True, False)
    days = {"on": TODAY, "until": TODAY, "reason": "Chờ kết luận"}
    change(move, standing.Kind.SUSPEND, "xa_a", **days)
    assert on_rolls(move, TODAY, "ap_a1", "ap_a2") == ["", ""]


def test_who_comes_back_early_from_a_temporary_stay_votes_at_home_from_that_day_on(world):
    move = Move(world, "ap_a2", temporary=True, from_on=MOVED, until_on=UNTIL).introduce()
    move.take("receive", "ap_a2", received_on=MOVED)
    change(move, standing.Kind.RETURN, "ap_a1", on=TODAY)
    assert on_rolls(move, TODAY - DAY, "ap_a1", "ap_a2") == ["", "guest"]
    assert on_rolls(move, TODAY, "ap_a1", "ap_a2") == ["member", ""]


def test_temporary_stay_outside_is_an_absence_at_the_origin(world):
    move = Move(world, None, temporary=True, from_on=MOVED, until_on=UNTIL).introduce()
    assert (move.dossier.state, move.person.status) == ("gone", PersonStatus.MEMBER)
    assert standings(move.person_id) == [
        (PersonStatus.TEMPORARILY_OUT, move.unit("ap_a1"), TODAY, UNTIL, None)
    ]


def test_temporary_guest_from_outside_is_no_member_here(world):
    move = Coming(world, temporary=True, from_on=MOVED, until_on=UNTIL).assign()
    move.take("receive", "ap_b1", received_on=TODAY)
    assert (move.person.status, move.person.unit_id) == (
        PersonStatus.TEMPORARILY_IN,
        move.unit("ap_b1"),
    )
    assert (move.stays(), sizes(world)["ap_b1"]) == ([], (9, 10))
    assert [status_of(move.person, day) for day in (UNTIL, UNTIL + DAY)] == [
        *("temporarily_in", "transferred"),
    ]
    assert on_rolls(move, UNTIL + DAY, "ap_b1") == [""]
    assert [row[:2] for row in standings(move.person_id)] == [
        (PersonStatus.TEMPORARILY_IN, move.unit("ap_b1"))
    ]


def test_temporary_stay_of_more_than_three_months_is_not_asked_for(world):
    move = Move(world, "xa_b", temporary=True, from_on=MOVED, until_on=UNTIL + DAY)
    with pytest.raises(Refused) as refusal:
        move.ask()
    assert [(each.code, each.values) for each in refusal.value.unmet] == [
        ("days_of_absence", {"latest": UNTIL})
    ]


def test_moving_for_good_ends_the_absences_from_the_old_unit_but_not_the_residence(between):
    for status, unit in (("working_away", "ap_a1"), ("residence_guest", "ap_a2")):
        row = Standing(
            district_id=between.unit("huyen"),
            person_id=between.person_id,
            unit_id=between.unit(unit),
            status=PersonStatus(status),
            from_on=SINCE,
            recorded_at=NOW,
        )
        db.session.add(row)
    db.session.commit()
    between.assign().take("receive", "ap_b1", received_on=TODAY)
    assert [(row[0].value, row[4]) for row in standings(between.person_id)] == [
        ("working_away", TODAY - DAY),
        ("residence_guest", None),
    ]


@pytest.mark.parametrize(("at", "who"), [("arrived", "xa_b"), ("assigned", "ap_b1")])
def test_refused_at_reception_comes_back_with_the_reason_and_can_go_elsewhere(between, at, who):
    {"arrived": between.introduce, "assigned": between.assign}[at]()
    between.take("decline_arrival", who, reason="Không có nhà ở đây")
    assert (between.dossier.state, between.dossier.desk_unit_id) == (
        "declined",
        between.unit("ap_a1"),
    )
    last = db.session.query(Event).filter_by(step="decline_arrival").one()
    assert (last.comment, between.stays()[0][2]) == ("Không có nhà ở đây", None)
    between.write(Part.MOVE, destination_id=between.unit("ap_a2"))
    between.take("ask_to_move", "ap_a1")
    between.take("introduce", "xa_a")
    between.take("receive", "ap_a2", received_on=TODAY)
    assert between.person.unit_id == between.unit("ap_a2")


def test_refusal_without_a_reason_is_none(between):
    between.introduce()
    with pytest.raises(Refused) as refusal:
        between.take("decline_arrival", "xa_b", reason="  ")
    assert (codes(refusal), between.dossier.state) == (["reason_told"], "arrived")


def test_all_that_is_missing_is_named_before_the_branch_can_ask(world):
    move = Move(world, None, outside_unit=" ", moved_on=date(2024, 5, 20))
    with pytest.raises(Refused) as refusal:
        move.take("ask_to_move", "ap_a1")
    assert codes(refusal) == ["destination_named", "comment_written", "dues_collected"]


def test_member_who_was_suspended_or_deleted_on_the_way_is_not_received(between):
    between.assign()
    for status, code in (("suspended", "not_suspended"), ("deleted", "still_a_member")):
        between.person.status = PersonStatus(status)
        db.session.commit()
        with pytest.raises(Refused) as refusal:
            between.take("receive", "ap_b1", received_on=TODAY)
        assert codes(refusal) == [code]


def test_who_is_suspended_does_not_move_until_it_is_over(between):
    given = standing.StandingAnswers(on=TODAY - DAY, until=TODAY, reason="Chờ kết luận")
    by, seen = between.by("xa_a"), between.person.version
    change_standing(between.person_id, standing.Kind.SUSPEND, given, by=by, seen=seen)
    with pytest.raises(Refused) as refusal:
        between.ask()
    assert codes(refusal) == ["not_suspended"]
    db.session.query(Standing).one().to_on = TODAY - DAY
    db.session.commit()
    between.take("ask_to_move", "ap_a1")
    assert between.dossier.state == "introduced"


@pytest.mark.parametrize(
    "day", [MOVED - DAY, TODAY + DAY, None], ids=["before the move", "ahead", "no day"]
)
def test_reception_has_a_day_between_the_move_and_today(between, day):
    between.assign()
    with pytest.raises(Refused) as refusal:
        between.take("receive", "ap_b1", received_on=day)
    assert [(each.code, each.values) for each in refusal.value.unmet] == [
        ("received_in_time", {"first": MOVED, "last": TODAY})
    ]


def test_reception_is_after_the_first_day_in_the_unit_that_is_left(world):
    member = MemberFactory(unit=world.units["ap_a1"], joined_on=TODAY - DAY)
    world.members["ap_a1"][5] = member
    db.session.commit()
    move = Move(world, "ap_a2").introduce()
    with pytest.raises(Refused):
        move.take("receive", "ap_a2", received_on=TODAY - DAY)
    move.take("receive", "ap_a2", received_on=TODAY)
    assert move.stays()[0][1:] == (TODAY - DAY, TODAY - DAY)


def test_commune_gives_a_member_only_to_a_branch_of_its_own(between):
    between.introduce()
    for other in ("ap_a2", "xa_a", "huyen"):
        with pytest.raises(Refused) as refusal:
            between.take("assign_branch", "xa_b", to_branch_id=between.unit(other))
        assert codes(refusal) == ["receiving_branch_named"]
    between.take("assign_branch", "xa_b", to_branch_id=between.unit("xa_b"))
    assert between.dossier.to_branch_id == between.unit("xa_b")


def test_branch_that_was_closed_meanwhile_is_no_destination(world):
    move = Move(world, "ap_a2")
    world.units["ap_a2"].valid_to = TODAY - DAY
    db.session.commit()
    with pytest.raises(Refused) as refusal:
        move.ask()
    assert codes(refusal) == ["destination_named"]


def test_second_transfer_of_a_person_is_refused_while_one_is_under_way(between):
    with pytest.raises(Invalid) as refusal:
        Move(between.world, None)
    assert (refusal.value.code, refusal.value.values) == ("transfer_open", {"ref": between.ref})
    between.take("cancel", "ap_a1", reason="Ở lại")
    assert Move(between.world, None).dossier.state == "prepared"


def test_database_itself_keeps_one_open_transfer_a_person(between, monkeypatch):
    monkeypatch.setattr("app.services.transfer.openings.open_transfer_of", lambda _person: None)
    with pytest.raises(Invalid) as refusal:
        Move(between.world, None)
    assert (refusal.value.field, refusal.value.code) == ("person", "taken")


def test_only_members_are_transferred(world):
    candidate = PersonFactory(unit=world.units["ap_a1"])
    db.session.commit()
    with pytest.raises(Invalid) as refusal:
        open_transfer(candidate.id, {}, by=Coming(world).by("ap_a1"))
    assert refusal.value.code == "still_a_member"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("xa_a", Forbidden), ("huyen", Forbidden), ("ap_a2", NotFound), ("xa_b", NotFound)],
)
def test_only_the_branch_itself_opens_a_transfer_of_its_member(world, who, refusal):
    member = world.members["ap_a1"][5]
    with pytest.raises(refusal):
        open_transfer(member.id, {}, by=Coming(world).by(who))


def test_a11_opening_twice_with_one_key_opens_one(world):
    by = replace(Coming(world).by("ap_a1"), request_key="once")
    member = world.members["ap_a1"][5]
    values = {"destination_id": world.units["xa_b"].id, "moved_on": MOVED}
    first = open_transfer(member.id, values, by=by)
    second = open_transfer(member.id, values, by=by)
    assert (first.ref, second.repeated) == (second.ref, True)


def test_receiving_side_knows_nothing_before_the_introduction(between):
    actors = {who: between.world.actor(who) for who in ("xa_b", "ap_b1", "ap_a2", "huyen")}
    between.ask()
    assert seen_by(between.ref, actors) == {"huyen"}
    between.take("introduce", "xa_a")
    assert seen_by(between.ref, actors) == {"huyen", "xa_b"}
    between.take("assign_branch", "xa_b", to_branch_id=between.unit("ap_b1"))
    assert seen_by(between.ref, actors) == {"huyen", "xa_b", "ap_b1"}
    between.take("receive", "ap_b1", received_on=TODAY)
    assert seen_by(between.ref, actors) == {"huyen", "xa_b", "ap_b1"}


def seen_by(ref, actors):
    """Return who can open a dossier; an open one must stand in the same people's lists."""
    found = {who for who, actor in actors.items() if opens(ref, actor)}
    if db.session.query(Dossier).filter_by(ref=ref).one().desk_unit_id is not None:
        lists = {who: looked_over(actor.posts, QueueFilter()) for who, actor in actors.items()}
        assert {who for who, lines in lists.items() if ref in [each.ref for each in lines]} == found
    return found


def opens(ref, actor):
    try:
        return bool(file_for(ref, actor, lock=False))
    except NotFound:
        return False


def test_who_declined_an_arrival_still_sees_what_came_of_it(between):
    between.introduce().take("decline_arrival", "xa_b", reason="Không có nhà ở đây")
    assert opens(between.ref, between.world.actor("xa_b"))


def test_it_waits_in_the_queue_of_the_desk_that_has_it(between):
    desks = ("ap_a1", "xa_a", "xa_b", "ap_b1")
    stages = (lambda: None, between.ask, lambda: between.take("introduce", "xa_a"))
    for stage, desk in zip(stages, desks, strict=False):
        stage()
        assert {who for who in desks if between.ref in waiting(between.world, who)} == {desk}


def waiting(world, who):
    return [line.ref for line in waiting_for(world.actor(who), QueueFilter())]


def test_a14_who_asked_for_the_move_does_not_introduce_or_receive(world):
    both = world.actor("ap_a1")
    move = Move(world, "ap_a2").ask()
    add_post(both.account_id, world.units["xa_a"], world.units["ap_a2"])
    with pytest.raises(Forbidden) as refusal:
        move.take("introduce", "ap_a1")
    assert refusal.value.code == "prepared_by_you"
    move.take("introduce", "xa_a")
    with pytest.raises(Forbidden) as refusal:
        move.take("receive", "ap_a1", received_on=TODAY)
    assert refusal.value.code == "prepared_by_you"


def add_post(account_id, *units):
    """Give an account the secretary's post in more units."""
    for unit in units:
        AppointmentFactory(account_id=account_id, unit=unit)
    db.session.commit()


def test_a14_nobody_receives_themselves(between):
    between.assign()
    account = between.world.accounts["ap_b1"]
    account.person_id = between.person_id
    db.session.commit()
    with pytest.raises(Forbidden) as refusal:
        between.take("receive", "ap_b1", received_on=TODAY)
    assert refusal.value.code == "about_yourself"


def test_parts_are_written_by_the_branch_while_it_prepares(between):
    between.write(Part.MOVE, reason="Lấy chồng", destination_id=None, outside_unit=OUTSIDE)
    assert (between.transfer.kind, between.transfer.reason) == (Kind.OUT, "Lấy chồng")
    with pytest.raises(Forbidden):
        save_part(between.ref, Part.MOVE, {}, by=between.by("xa_a"), seen=between.dossier.version)
    between.ask()
    with pytest.raises(Forbidden) as refusal:
        between.write(Part.COMMENT, comment="Thêm")
    assert refusal.value.code == "section_closed"


def test_part_written_on_an_old_version_is_refused(between):
    seen = between.dossier.version
    between.write(Part.COMMENT, comment="Tốt")
    with pytest.raises(Stale):
        save_part(between.ref, Part.COMMENT, {"comment": "?"}, by=between.by("ap_a1"), seen=seen)
    assert between.transfer.comment == "Tốt"


def test_day_of_the_move_moves_the_last_day_of_the_desk(between):
    between.write(Part.MOVE, destination_id=between.unit("xa_b"), moved_on=TODAY)
    assert between.dossier.due_on == months_after(TODAY, 1)


def test_other_dossiers_of_the_person_stay_where_they_are(world):
    way = Journey(world, "ap_a1").to("card_issue")
    before = (way.dossier.state, way.dossier.desk_unit_id)
    member = db.session.get_one(Person, way.dossier.person_id)
    stay = db.session.query(Membership).filter_by(person_id=member.id).one()
    stay.from_on = MOVED
    world.members["ap_a1"][5] = member
    db.session.commit()
    move = Move(world, "xa_b").assign()
    move.take("receive", "ap_b1", received_on=TODAY)
    assert (way.dossier.state, way.dossier.desk_unit_id) == before
