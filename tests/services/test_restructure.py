"""Units merge, split, are renamed and closed without losing a dossier, a post or a queue item."""

from collections import Counter

import pytest
from sqlalchemy import select

from app.demo import build_demo
from app.extensions import db
from app.models import (
    Appointment,
    Dossier,
    Event,
    Meeting,
    Membership,
    Person,
    Standing,
    TrainingClass,
    Unit,
    UnitChange,
)
from app.queries.accounts import actor_for
from app.queries.admission.meetings import roll_of
from app.queries.offices import vacant_desks
from app.queries.units.changes import changes_of, load_of, seats_in
from app.queries.units.tree import tree_below
from app.services.admission.classes import ClassPlan, open_class
from app.services.admission.openings import Nominee, open_admission
from app.services.audit import verify
from app.services.dossiers import take_step
from app.services.events import By
from app.services.offices.handover import Substitution, name_substitute
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.units.founding import Description, found_unit
from app.services.units.merging import Merger, merge_units
from app.services.units.register import Decision
from app.services.units.single import Split, close_unit, rename_unit, split_unit
from tests.clock import NOW, TODAY
from tests.conftest import empty_tables
from tests.entering import rules as contest_rules
from tests.factories import (
    PASSWORD,
    AccountFactory,
    AppointmentFactory,
    SeasonFactory,
    UnitFactory,
)
from tests.journeys import BORN, Journey
from tests.moves import Move
from tests.services.changed_units import (
    DAY,
    PAPER,
    astray,
    by,
    crooked,
    figures,
    held_today,
    merge,
    number,
    posts_at,
    queued,
    said,
    two_branches,
)
from workflows.admission_facts import Answers, Source
from workflows.levels import ACTING_POSTS, Area, Level, Post, UnitKind
from workflows.membership import PersonStatus, Sex

THREE = {
    "Tân Quới": ("Tân Bình", "Thành Lợi", "Tân Quới", "Thành Đông"),
    "Tân Lược": ("Tân Thành", "Tân An Thạnh", "Tân Lược", "Tân Hưng"),
    "Mỹ Thuận": ("Thành Trung", "Nguyễn Văn Thảnh", "Mỹ Thuận"),
}


def unit_named(name):
    return db.session.query(Unit).filter_by(name=name, valid_to=None).one()


@pytest.fixture
def demo(migrated_app, app_settings):
    """Build the demo district for a test that changes it."""
    with migrated_app.app_context():
        empty_tables()
        yield build_demo(app_settings, PASSWORD, NOW)
        db.session.remove()
        empty_tables()


def by_secretary_of(unit):
    holder = select(Appointment.account_id).where(
        Appointment.unit_id == unit.id, Appointment.post == Post.SECRETARY, held_today()
    )
    return By(actor_for(db.session.scalar(holder), 0, TODAY), NOW)


@pytest.mark.usefixtures("demo")
def test_the_eleven_communes_become_three_and_the_district_ends():
    before, waiting = figures(), queued()
    assert len(waiting) == before["open"]
    started = db.session.query(Dossier).filter_by(state="commune_review").first().ref
    district = unit_named("Huyện đoàn Bình Tân")
    the_communes_merge(by_secretary_of(district))
    assert (figures(), queued(), astray(), crooked()) == (before, waiting, {}, [])
    the_district_ends(district)
    assert (figures(), queued(), astray(), crooked()) == (before, waiting, {}, [])
    goes_on_to_the_card(started)
    report = verify()
    assert (report.fault, report.dossiers) == (None, before["dossiers"])


def the_communes_merge(by):
    for name, parts in THREE.items():
        communes = [unit_named(f"Đoàn xã {part}").id for part in parts]
        merger = Merger(unit_ids=communes, said=said(f"Đoàn xã {name}"), decision=PAPER)
        merge_units(merger, by=by)
    names = select(Unit.name).where(Unit.level == Level.COMMUNE, Unit.valid_to.is_(None))
    assert set(db.session.scalars(names)) == {f"Đoàn xã {name}" for name in THREE}


def the_district_ends(district):
    province = unit_named("Tỉnh đoàn Vĩnh Long")
    into = Merger(unit_ids=[district.id], into_id=province.id, decision=PAPER)
    merge_units(into, by=By(None, NOW))
    below = db.session.query(Unit).filter(Unit.valid_to.is_(None)).all()
    assert {unit.district_id for unit in below} == {province.id}
    assert number(Unit, Unit.parent_id == province.id, Unit.valid_to.is_(None)) == 6
    for model in (Dossier, Person, Membership, Meeting):
        assert number(model, model.district_id != province.id) == 0


def goes_on_to_the_card(ref):
    """Let the new desks take a dossier that was started before on its way to the card."""

    def row():
        db.session.expire_all()
        return db.session.query(Dossier).filter_by(ref=ref).one()

    for step, answers in (
        ("approve", {"signed_on": TODAY}),
        ("record_ceremony", {"ceremony_on": TODAY}),
        ("issue_card", {"card_number": "861234567890", "card_issued_on": TODAY}),
    ):
        desk = db.session.get(Unit, row().desk_unit_id)
        for actor in acting_at(desk):
            try:
                take_step(ref, step, Answers(**answers), by=By(actor, NOW), seen=row().version)
            except Forbidden:
                continue
            break
    assert row().state == "admitted"
    assert db.session.get(Unit, row().commune_id).name in {f"Đoàn xã {name}" for name in THREE}


def acting_at(unit):
    accounts = select(Appointment.account_id).where(
        Appointment.unit_id == unit.id, Appointment.post.in_(ACTING_POSTS), held_today()
    )
    actors = [actor_for(number, 0, TODAY) for number in db.session.scalars(accounts)]
    return [actor for actor in actors if actor]


# --- a small district ---------------------------------------------------------------------------


def test_two_branches_become_a_new_one_with_all_they_hold(journey):
    way, done = journey().to("education"), journey("ap_a2", "Lê Thị Xong").to("refused")
    world, before = way.world, figures()
    new = two_branches(world)
    assert (figures(), astray(), crooked()) == (before, {}, [])
    assert way.dossier.branch_id == way.dossier.desk_unit_id == new
    assert done.dossier.branch_id == new
    assert number(Person, Person.unit_id == new) == before["people"] - 9 - 9
    for name in ("ap_a1", "ap_a2"):
        old = db.session.get(Unit, world.units[name].id)
        assert (old.valid_to, old.parent_id) == (TODAY - DAY, new)
    made = db.session.get(Unit, new)
    assert (made.level, made.parent_id, made.valid_from) == (
        Level.BRANCH,
        world.units["xa_a"].id,
        TODAY,
    )
    assert verify().fault is None


def test_everything_that_moved_says_so_once_in_its_own_chain(journey):
    way = journey().to("education")
    world = way.world
    new = two_branches(world, key="once")
    change = db.session.query(UnitChange).one()
    told = Counter(
        tuple(row)
        for row in db.session.execute(
            select(Event.subject, Event.step).where(Event.facts["change"].as_integer() == change.id)
        )
    )
    assert told == {
        ("people", "move_unit"): 19,
        ("dossiers", "move_unit"): 1,
        ("units", "merge_unit"): 3,
        ("accounts", "move_post"): 3,
    }
    person = world.members["ap_a1"][0]
    of_person = db.session.query(Event).filter_by(subject="people", subject_id=person.id)
    event = of_person.order_by(Event.sequence.desc()).first()
    assert event.facts["unit"] == [world.units["ap_a1"].id, new]
    assert (event.actor_name, event.unit_id) == (
        world.accounts["xa_a"].name,
        world.units["xa_a"].id,
    )


def test_one_of_them_can_take_the_other_in(journey):
    way = journey("ap_a2").to("ready")
    world = way.world
    into = two_branches(world, into="ap_a1")
    assert into == world.units["ap_a1"].id
    assert db.session.get(Unit, into).valid_to is None
    assert way.dossier.branch_id == into
    assert posts_at(into) == [
        ("ap_a1", "secretary"),
        ("ap_a1.pho", "deputy"),
        ("ap_a2", "deputy"),
    ]
    assert (astray(), verify().fault) == ({}, None)


def test_stays_end_the_day_before_and_begin_on_the_day(world):
    day = TODAY - 5 * DAY
    late, early = world.members["ap_a1"][:2]
    stay = db.session.query(Membership).filter_by(person_id=late.id).one()
    stay.from_on = TODAY - 2 * DAY
    db.session.commit()
    new = two_branches(world, decision=Decision(day, "3-QĐ/ĐTN"))

    def stays(person):
        rows = db.session.query(Membership).filter_by(person_id=person.id)
        return [(row.unit_id, row.from_on, row.to_on) for row in rows.order_by(Membership.id)]

    old = world.units["ap_a1"].id
    assert stays(early) == [(old, early.joined_on, day - DAY), (new, day, None)]
    assert stays(late) == [(new, TODAY - 2 * DAY, None)]


def test_the_new_branch_votes_with_the_members_of_both_and_the_old_roll_stays(journey):
    way = journey().to("ready")
    world = way.world
    meeting = db.session.query(Meeting).one()
    new = two_branches(world)
    assert len(roll_of(db.session.get(Unit, new), TODAY)) == 18
    db.session.expire_all()
    assert (meeting.unit_id, meeting.entitled) == (world.units["ap_a1"].id, 9)


def test_a_branch_that_takes_another_in_keeps_its_roll_of_the_days_before(world):
    two_branches(world, into="ap_a1", decision=PAPER)
    unit = db.session.get(Unit, world.units["ap_a1"].id)
    assert len(roll_of(unit, TODAY)) == 18
    assert len(roll_of(unit, TODAY - DAY)) == 9


def test_what_people_stand_in_moves_along(world):
    person = world.members["ap_a1"][0]
    for ended in (None, TODAY - 9 * DAY):
        db.session.add(
            Standing(
                district_id=person.district_id,
                person_id=person.id,
                unit_id=person.unit_id,
                status=PersonStatus.WORKING_AWAY,
                from_on=TODAY - 30 * DAY,
                ended_on=ended,
                recorded_at=NOW,
            )
        )
    db.session.commit()
    new = two_branches(world)
    rows = db.session.query(Standing).order_by(Standing.ended_on.desc())
    assert {row.unit_id: row.ended_on for row in rows} == {
        new: None,
        world.units["ap_a1"].id: TODAY - 9 * DAY,
    }


def test_a_transfer_under_way_leads_to_the_unit_that_follows(world):
    asked, arriving = Move(world, "xa_b"), None
    new = merge(world, ("xa_a", "xa_b"), "huyen", said=said("Đoàn xã Mới"))
    db.session.expire_all()
    assert asked.transfer.destination_id == new
    arriving = asked.introduce()
    assert (arriving.dossier.state, arriving.dossier.desk_unit_id) == ("arrived", new)


def test_communes_merge_with_their_branches_and_classes(journey):
    way = journey().to("commune_review")
    world = way.world
    plan = ClassPlan("Lớp", "Nhà văn hóa", TODAY, TODAY, 2)
    lesson = open_class(world.units["xa_b"].id, plan, by=by(world, "xa_b"))
    new = merge(world, ("xa_a", "xa_b"), "huyen", said=said("Đoàn xã Tân Quới"))
    assert db.session.get(TrainingClass, lesson).unit_id == new
    assert way.dossier.desk_unit_id == way.dossier.commune_id == new
    assert way.dossier.branch_id == world.units["ap_a1"].id
    assert {unit.parent_id for unit in below(world, "ap_a1", "ap_a2", "ap_b1")} == {new}
    for name in ("xa_a", "xa_b"):
        assert [line.unit.name for line in tree_below(world.actor(name).posts, TODAY)] == [
            "Đoàn xã Tân Quới",
            "Chi đoàn ap_a1",
            "Chi đoàn ap_a2",
            "Chi đoàn ap_b1",
        ]
    assert posts_at(new) == [
        ("xa_a", "secretary"),
        ("xa_a.canbo", "officer"),
        ("xa_a.pho", "deputy"),
        ("xa_b", "deputy"),
        ("xa_b.pho", "deputy"),
    ]
    way.approve()
    assert (way.dossier.state, astray(), crooked(), verify().fault) == ("ceremony", {}, [], None)


def below(world, *names):
    db.session.expire_all()
    return [db.session.get(Unit, world.units[name].id) for name in names]


def test_whoever_keeps_the_new_unit_sees_what_the_old_ones_did(journey, sign_in):
    way = journey("ap_a2").to("ready")
    meeting = db.session.query(Meeting).one().id
    two_branches(way.world)
    for who in ("ap_a1", "ap_a2"):
        assert sign_in(who).get(f"/meetings/{meeting}").status == 200


def test_posts_become_what_was_chosen(world):
    seats = {seat.name: seat for seat in seats_in([world.units["ap_a1"].id], TODAY)}
    first = seats[world.accounts["ap_a1"].name].appointment_id
    deputy = seats[world.accounts["ap_a1.pho"].name].appointment_id
    (other,) = seats_in([world.units["ap_a2"].id], TODAY)
    chosen = {first: None, deputy: Post.COMMITTEE_MEMBER, other.appointment_id: Post.SECRETARY}
    new = two_branches(world, posts=chosen)
    assert posts_at(new) == [("ap_a1.pho", "committee_member"), ("ap_a2", "secretary")]
    ended = db.session.get(Appointment, first)
    assert ended.to_on == TODAY - DAY


@pytest.mark.parametrize("chosen", [Post.SECRETARY, None])
def test_there_is_one_secretary_and_somebody_who_acts(world, chosen):
    seats = seats_in([world.units["ap_a1"].id, world.units["ap_a2"].id], TODAY)
    posts = {seat.appointment_id: chosen for seat in seats}
    before = figures()
    with pytest.raises(Invalid) as refusal:
        two_branches(world, posts=posts)
    assert (refusal.value.field, figures()) == ("posts", before)
    assert number(Unit, Unit.valid_to.is_not(None)) == 0


def test_a_substitute_goes_along_with_the_post(world):
    lent = Substitution(world.accounts["ap_a1.pho"].id, TODAY, TODAY + 3 * DAY)
    name_substitute(world.units["ap_a1"].id, lent, by=by(world, "ap_a1"))
    new = two_branches(world)
    row = (
        db.session.query(Appointment)
        .filter(Appointment.stands_in_for_id.is_not(None), held_today())
        .one()
    )
    assert (row.unit_id, row.post, row.to_on) == (new, Post.SECRETARY, TODAY + 3 * DAY)


def test_a_deputy_who_stands_in_for_somebody_who_becomes_one_keeps_their_own_post(world):
    deputy, secretary = world.accounts["ap_a1.pho"].id, world.accounts["ap_a1"].id
    lent = Substitution(deputy, TODAY, TODAY + 3 * DAY)
    name_substitute(world.units["ap_a1"].id, lent, by=by(world, "ap_a1"))
    new = merge(world, ("ap_a2", "ap_a1"), said=said("Chi đoàn Ấp Mới", UnitKind.HAMLET))
    held = (Appointment.stands_in_for_id, Appointment.post, Appointment.to_on)
    theirs = (Appointment.account_id == deputy, Appointment.unit_id == new, held_today())
    rows = db.session.query(*held).filter(*theirs).all()
    assert set(map(tuple, rows)) == {
        (None, Post.DEPUTY, None),
        (secretary, Post.DEPUTY, TODAY + 3 * DAY),
    }


def test_a_merger_sent_twice_is_done_once(world):
    first = two_branches(world, key="k")
    assert two_branches(world, key="k") == first
    assert db.session.query(UnitChange).count() == 1


def test_whoever_holds_a_post_in_both_has_it_once(world):
    AppointmentFactory(
        account=world.accounts["ap_a1.pho"], unit=world.units["ap_a2"], post=Post.DEPUTY
    )
    db.session.commit()
    new = two_branches(world)
    assert [each for each in posts_at(new) if each[0] == "ap_a1.pho"] == [("ap_a1.pho", "deputy")]


def test_only_sisters_merge_and_only_from_above(world):
    for who, units in (("xa_a", ("ap_a1", "ap_b1")), ("huyen", ("xa_a", "co_so"))):
        with pytest.raises(Invalid):
            merge(world, units, who, said=said("Chi đoàn Mới", UnitKind.HAMLET))
    with pytest.raises(Invalid):
        merge(world, ("ap_a1",), said=said("Chi đoàn Mới", UnitKind.HAMLET))
    with pytest.raises(Invalid):
        merge(world, ("ap_a1", "ap_a2"), into_id=world.units["xa_a"].id)
    for who, refusal in (("ap_a1", Forbidden), ("xa_a.canbo", Forbidden), ("xa_b", NotFound)):
        with pytest.raises(refusal):
            merge(world, ("ap_a1", "ap_a2"), who, said=said("Chi đoàn Mới", UnitKind.HAMLET))
    with pytest.raises(Forbidden):
        merge(world, ("xa_a", "xa_b"), said=said("Đoàn xã Mới"))


@pytest.mark.parametrize("on", [TODAY + DAY, "founded"])
def test_a_merger_holds_from_a_day_on_which_the_units_were_there(world, on):
    day = world.units["ap_a1"].valid_from if on == "founded" else on
    with pytest.raises(Invalid) as refusal:
        two_branches(world, decision=Decision(day))
    assert refusal.value.field == "on_day"


def test_a_unit_that_merged_away_changes_no_more(world):
    two_branches(world)
    old = world.units["ap_a1"].id
    for act in (
        lambda: close_unit(old, PAPER, by=by(world, "xa_a")),
        lambda: rename_unit(old, "Tên khác", PAPER, by=by(world, "xa_a")),
        lambda: two_branches(world),
    ):
        with pytest.raises((Forbidden, Invalid)):
            act()


def test_nothing_new_begins_in_a_unit_that_merged_away_meanwhile(world):
    actor = world.actor("ap_a1")
    two_branches(world)
    nominee = Nominee(name="Lê Thị Muộn", birth_date=BORN, sex=Sex.FEMALE, source=Source.RESIDENT)
    with pytest.raises((Forbidden, NotFound)):
        open_admission(world.units["ap_a1"].id, nominee, by=By(actor, NOW))


def test_the_end_of_the_district_puts_the_province_at_its_desks(journey):
    way = journey().to("superior_review")
    world = way.world
    world.accounts["tinh"] = AccountFactory(username="tinh")
    AppointmentFactory(account=world.accounts["tinh"], unit=world.units["tinh"])
    db.session.commit()
    province, before = world.units["tinh"].id, figures()
    merge(world, ("huyen",), "tinh", into_id=province)
    assert (figures(), astray(), crooked(), verify().fault) == (before, {}, [], None)
    assert way.dossier.desk_unit_id == way.dossier.district_id == province
    assert posts_at(province) == [
        ("huyen", "deputy"),
        ("huyen.canbo", "officer"),
        ("tinh", "secretary"),
    ]
    way.take("consent", "tinh", reason="Đồng ý")
    assert way.dossier.state == "commune_review"
    assert Journey(world, name="Lê Thị Sau").to("admitted").dossier.district_id == province


def test_a_province_with_another_district_stays_above_it(world):
    other = found_district(world)
    merge_units(
        Merger(unit_ids=[world.units["huyen"].id], into_id=world.units["tinh"].id, decision=PAPER),
        by=By(None, NOW),
    )
    db.session.expire_all()
    province = db.session.get(Unit, world.units["tinh"].id)
    assert province.district_id is None
    assert db.session.get(Unit, other).district_id == other


def test_two_districts_with_a_contest_of_one_year_do_not_merge_and_are_told(world):
    other = found_district(world)
    for district in (world.units["huyen"].id, other):
        SeasonFactory(district=db.session.get(Unit, district), contest=contest_rules())
    db.session.commit()
    merger = Merger(unit_ids=[world.units["huyen"].id, other], into_id=other, decision=PAPER)
    with pytest.raises(Invalid, match="season_twice"):
        merge_units(merger, by=By(None, NOW))


def found_district(world):
    district = UnitFactory(
        name="Huyện đoàn Khác", level=Level.DISTRICT, kind=None, parent=world.units["tinh"]
    )
    district.district_id = district.id
    UnitFactory(
        name="Đoàn xã Khác",
        level=Level.COMMUNE,
        kind=None,
        parent=district,
        district_id=district.id,
    )
    db.session.commit()
    return district.id


def split(world, people, who="xa_a", key=None, **rest):
    asked = Split(
        people=frozenset(person.id for person in people),
        said=said("Chi đoàn Ấp 1B", UnitKind.HAMLET),
        decision=PAPER,
        **rest,
    )
    return split_unit(world.units["ap_a1"].id, asked, by=by(world, who, key))


def person_of(way):
    return db.session.get(Person, way.dossier.person_id)


def test_a_branch_splits_by_its_people_and_their_dossiers(journey):
    goes, stays = journey().to("education"), journey(name="Lê Thị Ở Lại").to("education")
    world, before = goes.world, figures()
    leaving = [*world.members["ap_a1"][:4], person_of(goes)]
    deputy = (
        db.session.query(Appointment).filter_by(account_id=world.accounts["ap_a1.pho"].id).one()
    )
    new = split(world, leaving, secretary_id=deputy.id)
    assert (figures(), astray(), crooked(), verify().fault) == (before, {}, [], None)
    old = world.units["ap_a1"].id
    assert (goes.dossier.branch_id, goes.dossier.desk_unit_id) == (new, new)
    assert (stays.dossier.branch_id, stays.dossier.desk_unit_id) == (old, old)
    assert number(Person, Person.unit_id == new) == 5
    assert (posts_at(new), posts_at(old)) == (
        [("ap_a1.pho", "secretary")],
        [("ap_a1", "secretary")],
    )
    assert len(roll_of(db.session.get(Unit, new), TODAY)) == 4
    assert len(roll_of(db.session.get(Unit, old), TODAY)) == 5


def test_a_split_without_a_secretary_shows_above_what_nobody_holds(journey):
    way = journey().to("education")
    new = split(way.world, [person_of(way)])
    (desk,) = vacant_desks(way.world.actor("xa_a").posts, TODAY)
    assert (desk.unit_id, desk.waiting) == (new, 1)


def test_a_split_takes_some_of_the_branch_and_not_all(world):
    for people in ([], world.members["ap_a1"], world.members["ap_a2"][:1]):
        with pytest.raises(Invalid) as refusal:
            split(world, people)
        assert refusal.value.field == "people"
    with pytest.raises(Forbidden):
        split_unit(
            world.units["xa_a"].id,
            Split(people=frozenset({1}), said=said("Đoàn xã B"), decision=PAPER),
            by=by(world, "huyen"),
        )


def test_a_name_changes_and_history_keeps_the_old_one(world):
    unit = world.units["ap_a1"].id
    rename_unit(unit, "Chi đoàn Ấp Thành Tâm", PAPER, by=by(world, "xa_a"))
    (entry,) = changes_of(unit)
    assert (entry.kind, entry.on_day, entry.decision) == ("rename", TODAY, "12-QĐ/ĐTN")
    assert (entry.before, entry.after) == (
        {unit: "Chi đoàn ap_a1"},
        {unit: "Chi đoàn Ấp Thành Tâm"},
    )
    for name in ("Chi đoàn Ấp Thành Tâm", "chi đoàn ap_a2"):
        with pytest.raises(Invalid) as refusal:
            rename_unit(unit, name, PAPER, by=by(world, "xa_a"))
        assert refusal.value.field == "name"
    assert verify().fault is None


def test_only_an_empty_unit_is_closed(world):
    unit = world.units["ap_a1"]
    with pytest.raises(Invalid):
        close_unit(unit.id, PAPER, by=by(world, "xa_a"))
    empty = Description(
        name="Chi đoàn Trống", kind=UnitKind.HAMLET, area=Area.RURAL, valid_from=TODAY - 9 * DAY
    )
    made = found_unit(world.units["xa_a"].id, Level.BRANCH, empty, by=by(world, "xa_a"))
    close_unit(made, PAPER, by=by(world, "xa_a"))
    closed = db.session.get(Unit, made)
    assert (closed.valid_to, load_of([closed], TODAY).is_nothing) == (TODAY - DAY, True)
    assert [entry.kind for entry in changes_of(made)] == ["close", "found"]
    with pytest.raises(Forbidden):
        close_unit(made, PAPER, by=by(world, "xa_a"))


def test_history_tells_what_a_unit_was_made_of(world):
    new = two_branches(world)
    (entry,) = changes_of(new)
    assert (entry.kind, entry.after) == ("merge", {new: "Chi đoàn Ấp Mới"})
    assert sorted(entry.before.values()) == ["Chi đoàn ap_a1", "Chi đoàn ap_a2"]
    assert changes_of(world.units["ap_a1"].id) == [entry]
