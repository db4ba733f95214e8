from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import func, select

from app.demo import DemoRefused, build_demo
from app.demo.build import SEED
from app.demo.people import Casting
from app.demo.places import draw_district
from app.extensions import db
from app.models import (
    Account,
    Admission,
    Appointment,
    BranchRating,
    ClassificationLine,
    ClassificationSheet,
    Dossier,
    DuesExemption,
    DuesPayment,
    DuesRemittance,
    Entry,
    Event,
    ExemplaryLine,
    ExemplaryTitle,
    GroupActLine,
    Import,
    ImportRow,
    MeetingVote,
    Membership,
    Person,
    Question,
    Season,
    Sheet,
    Standing,
    Transfer,
    Unit,
    UnitChange,
)
from app.models.contest_sheets import SheetState
from app.models.imports import ImportState, RowVerdict
from app.models.restructures import ChangeKind
from app.queries.dues.sheets import owed_spots
from app.queries.people.holdings import losses_below
from app.queries.people.standings import grown_in
from app.services.audit import verify
from app.vietnamese import clean_name
from tests.browser import Browser
from tests.clock import NOW, TODAY
from tests.conftest import empty_tables
from tests.factories import PASSWORD
from workflows.admission import ADMISSION
from workflows.admission_facts import Way
from workflows.calendar import local_day, months_after
from workflows.classification.process import CLASSIFICATION
from workflows.classification.scales import scale_of
from workflows.contest.entry import ENTRY
from workflows.contest.season import SeasonState
from workflows.dues import month_of, months_of
from workflows.holdings import Item, Stage
from workflows.levels import Level, Post, UnitKind
from workflows.membership import MEMBER_STATUSES, Holding, PersonStatus
from workflows.recommendation import RECOMMENDATION
from workflows.roadmap import STATIONS, station_of
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind

MARKET = "ap.tanquoi.1"


# The demo takes long to build: one worker runs all that ask for it.
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(migrated_app, app_settings):
    """Build the demo district once; no test of this file changes it."""
    with migrated_app.app_context():
        empty_tables()
        yield build_demo(app_settings, PASSWORD, NOW)
        db.session.remove()


def counted(column, *where):
    rows = db.session.execute(select(column, func.count()).where(*where).group_by(column))
    return dict(rows.all())


def draw(today):
    province = draw_district(Casting(Random(SEED), today))  # noqa: S311
    return [(place.unit.name, [each.name for each in place.members]) for place in province.walk()]


def test_it_has_as_many_units_people_and_dossiers_as_promised(demo):
    assert (demo.communes, demo.branches) == (11, 101)
    assert 1350 <= demo.people <= 1650
    assert 250 <= demo.dossiers <= 400
    assert counted(Unit.level, Unit.valid_to.is_(None)) == {
        Level.PROVINCE: 1,
        Level.DISTRICT: 1,
        Level.COMMUNE: 11,
        Level.BRANCH: 101,
    }
    assert set(counted(Unit.kind)) == {None, *UnitKind}


@pytest.mark.usefixtures("demo")
def test_branches_are_of_all_sizes_and_about_half_have_a_committee():
    branches = select(Unit.id).where(Unit.level == Level.BRANCH)
    members = Person.status.in_(MEMBER_STATUSES)
    sizes = counted(Person.unit_id, members, Person.unit_id.in_(branches)).values()
    assert (len(sizes), min(sizes)) == (101, 2)
    assert max(sizes) >= 30
    hamlets = select(Unit.id).where(Unit.kind == UnitKind.HAMLET)
    sizes = counted(Person.unit_id, members, Person.unit_id.in_(hamlets)).values()
    assert 0.4 <= sum(size >= 9 for size in sizes) / len(sizes) <= 0.7


@pytest.mark.usefixtures("demo")
def test_there_are_dossiers_in_every_state_and_late_ones_wherever_a_day_is_set():
    for workflow in (ADMISSION, TRANSFER):
        of_it = Dossier.workflow == workflow.name
        assert set(counted(Dossier.state, of_it)) == set(workflow.states)
        late = set(counted(Dossier.state, of_it, Dossier.due_on < TODAY))
        assert late == {name for name, state in workflow.states.items() if state.due}


@pytest.mark.usefixtures("demo")
def test_every_step_was_taken_but_the_one_that_puts_a_meeting_off():
    of_them = select(Dossier.id).where(Dossier.workflow.in_((ADMISSION.name, TRANSFER.name)))
    of_dossiers = Event.subject == "dossiers", Event.subject_id.in_(of_them)
    taken = set(counted(Event.step, *of_dossiers))
    told = {"open", "edit", "join_class", "class_result"}
    steps = {step.name for step in (*ADMISSION.steps, *TRANSFER.steps)}
    assert taken - told == steps - {"postpone_vote"}


@pytest.mark.usefixtures("demo")
def test_every_special_way_was_gone():
    assert set(counted(Admission.way)) == set(Way)
    assert db.session.scalar(select(func.count()).where(Admission.twin_reason != "")) == 4
    assert counted(MeetingVote.revision, MeetingVote.is_current)[2] == 3
    assert False in counted(MeetingVote.passed)
    scattered = select(Unit.id).where(Unit.committee_votes_from.is_not(None))
    assert set(counted(Dossier.state, Dossier.branch_id.in_(scattered))) == {
        "admitted",
        "branch_vote",
    }


@pytest.mark.usefixtures("demo")
def test_members_move_in_every_way_and_for_a_time_too():
    assert set(counted(Transfer.kind)) == set(Kind)
    ended = Dossier.state.in_(("received", "gone"))
    for_a_time = select(Transfer.kind).join(Dossier, Dossier.id == Transfer.dossier_id)
    kinds = set(db.session.scalars(for_a_time.where(Transfer.temporary, ended)))
    assert kinds == {Kind.BETWEEN, Kind.OUT, Kind.IN}
    moved = Membership.dossier_id.in_(select(Transfer.dossier_id))
    assert sum(counted(Membership.unit_id, moved).values()) >= 9


@pytest.mark.usefixtures("demo")
def test_people_stand_towards_the_union_in_every_way_that_the_program_can_record():
    never = {PersonStatus.AWAITING_TRANSFER, PersonStatus.SUSPENDED, PersonStatus.HONORARY}
    guests, out = {PersonStatus.RESIDENCE_GUEST}, {PersonStatus.TEMPORARILY_OUT}
    assert set(counted(Person.status)) | out == set(PersonStatus) - never - guests
    long_ago = months_after(TODAY, -12)
    assert counted(Person.status, Person.expelled_on < long_ago) == {PersonStatus.EXPELLED: 2}
    lasting = counted(Standing.status, Standing.ended_on.is_(None))
    assert lasting.keys() >= {PersonStatus.WORKING_AWAY, PersonStatus.DEFERRED, *guests, *out}
    back = counted(Standing.status, Standing.ended_on.is_not(None))
    assert back.keys() >= {PersonStatus.WORKING_AWAY, *guests}
    late = (Standing.to_on < TODAY, Standing.ended_on.is_(None))
    assert PersonStatus.WORKING_AWAY in counted(Standing.status, *late)


@pytest.mark.usefixtures("demo")
def test_some_are_on_the_yearly_list_of_maturity_and_some_stay_until_35():
    unit = select(Appointment.unit_id).join(Account, Account.id == Appointment.account_id)
    market = db.session.get(Unit, db.session.scalar(unit.where(Account.username == MARKET)))
    listed = {each.person_id for each in grown_in(market.path, TODAY.year, (30, 35))}
    staying = set(db.session.scalars(select(Person.id).where(Person.stays_until_35)))
    assert len(listed - staying) >= 2
    assert len(staying) == 2
    assert counted(Event.step, Event.subject == "people")["mature"] == 7


@pytest.mark.usefixtures("demo")
def test_dues_of_this_year_and_the_last_are_paid_month_by_month_and_some_are_owed():
    last = month_of(TODAY)
    months = [*months_of(last.year - 1), *(each for each in months_of(last.year) if each < last)]
    assert sorted(counted(DuesPayment.month)) == months
    assert set(counted(DuesPayment.amount)) == {2000, 5000}
    assert 50 <= len(owed_spots(months, TODAY)) <= 2500
    assert len(counted(DuesExemption.person_id)) == 4
    confirmed = counted(DuesRemittance.confirmed_at.is_not(None))
    assert confirmed[True] > confirmed[False] > 0
    assert {unit.level for unit in units_that(DuesRemittance)} == {Level.BRANCH, Level.COMMUNE}


def units_that(remitted):
    return db.session.scalars(select(Unit).where(Unit.id.in_(select(remitted.unit_id))))


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("item", [Person.book, Person.card, Person.badge])
def test_books_cards_and_badges_are_there_lacking_and_lost(item):
    expected = {Holding.HAS, Holding.LACKS, Holding.LOST}
    assert counted(item).keys() >= expected


@pytest.mark.usefixtures("demo")
def test_what_was_lost_is_at_every_stage_of_its_reissue():
    district = db.session.scalar(select(Unit).where(Unit.level == Level.DISTRICT))
    stages = {(line.item, line.loss.stage) for line in losses_below(district.path, TODAY)}
    reported, proposed = (Item.CARD, Stage.REPORTED), (Item.CARD, Stage.PROPOSED)
    assert stages >= {reported, proposed, (Item.BOOK, Stage.REPORTED)}
    assert {(item, Stage.UNREPORTED) for item in Item} <= stages
    assert (counted(Person.book)[Holding.REISSUED], counted(Person.card)[Holding.REISSUED]) == (
        2,
        1,
    )


@pytest.mark.usefixtures("demo")
def test_a_deputy_stands_in_today_and_an_office_was_handed_over():
    lent = select(Account.username).join(Appointment, Appointment.account_id == Account.id)
    today = (Appointment.stands_in_for_id.is_not(None), Appointment.to_on >= TODAY)
    assert db.session.scalars(lent.where(*today)).all() == ["xa.tanluoc.pho"]
    taken = select(Account.username).join(Event, Event.subject_id == Account.id)
    handed = (Event.subject == "accounts", Event.step == "take_over")
    assert db.session.scalars(taken.where(*handed)).all() == ["ap.thanhloi.1.pho"]


@pytest.mark.usefixtures("demo")
def test_a_unit_has_merged_and_another_bears_a_new_name():
    assert counted(UnitChange.kind) == {ChangeKind.MERGE: 1, ChangeKind.RENAME: 1}
    (merged,) = db.session.scalars(select(Unit).where(Unit.valid_to.is_not(None)))
    assert "Thành Trung" in merged.name
    assert not counted(Person.unit_id, Person.unit_id == merged.id)


@pytest.mark.usefixtures("demo")
def test_one_list_was_taken_and_one_waits_with_errors():
    rows = counted(ImportRow.verdict)
    assert counted(Import.state) == {ImportState.TAKEN: 1, ImportState.PREVIEWED: 1}
    assert rows == {RowVerdict.NEW: 4, RowVerdict.ERROR: 2}


@pytest.mark.usefixtures("demo")
def test_last_year_is_classified_and_this_year_stands_at_every_stage():
    sheet, year = ClassificationSheet, TODAY.year
    assert set(counted(sheet.state, sheet.year == year)) == set(CLASSIFICATION.states) - {"joined"}
    closed = counted(sheet.state, sheet.year == year - 1)
    assert (closed.keys(), closed["confirmed"] >= 100) == ({"confirmed"}, True)
    line = ClassificationLine
    grades = counted(line.grade, line.year == year - 1, line.grade.is_not(None))
    assert grades.keys() == set(scale_of(year - 1).grades)
    assert db.session.query(BranchRating).filter_by(year=year - 1, state="confirmed").count() > 99


@pytest.mark.usefixtures("demo")
def test_somebody_stands_at_every_station_to_the_party_and_some_are_asked_why_not():
    of_it = Dossier.workflow == RECOMMENDATION.name
    found = {station_of(state) for state in counted(Dossier.state, of_it)}
    assert found == {"ended", *(each.name for each in STATIONS)}
    assert set(counted(ExemplaryTitle.person_id).values()) == {1, 2}
    assert set(counted(ExemplaryLine.problem)) == {""}


def test_group_acts_left_nobody_out():
    assert set(counted(GroupActLine.problem)) == {""}


@pytest.mark.usefixtures("demo")
def test_everything_happened_before_today_and_the_record_is_unbroken():
    assert verify().fault is None
    last = db.session.scalar(select(func.max(Event.at)))
    assert local_day(last) < TODAY


@pytest.mark.usefixtures("demo")
def test_members_have_clean_names_addresses_that_lead_nowhere_and_other_statuses_too():
    people = db.session.scalars(select(Person)).all()
    assert [each.name for each in people if each.name != clean_name(each.name)] == []
    assert [
        each.email for each in people if each.email and "@example.invalid" not in each.email
    ] == []
    statuses = Counter(each.status for each in people)
    assert {PersonStatus.WORKING_AWAY, PersonStatus.DEFERRED} <= set(statuses)
    assert {each.ethnicity for each in people} >= {"Kinh", "Khmer", "Hoa"}


@pytest.mark.usefixtures("demo")
def test_accounts_are_named_as_designed_and_secretaries_are_members():
    lasts = Appointment.to_on.is_(None), Appointment.stands_in_for_id.is_(None)
    posts = counted(Appointment.post, *lasts)
    assert (posts[Post.JUDGE], posts[Post.OFFICER]) == (7, 1)
    assert posts[Post.SECRETARY] == 1 + 11 + 101
    names = set(db.session.scalars(select(Account.username)))
    judges = {f"giamkhao{number}" for number in range(1, 8)}
    assert {"huyen", "huyen.canbo", "xa.tanquoi", "xa.tanquoi.pho", MARKET, *judges} <= names
    linked = select(Person.status).join(Account, Account.person_id == Person.id)
    assert set(db.session.scalars(linked)) <= MEMBER_STATUSES
    assert len(set(db.session.scalars(select(Account.password_hash)))) == 1


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("name", "waits"),
    [
        ("huyen", True),
        ("huyen.canbo", True),
        ("xa.tanquoi", True),
        (MARKET, True),
        ("giamkhao1", False),
    ],
)
def test_who_signs_in_sees_what_waits(migrated_app, name, waits):
    browser = Browser(migrated_app.test_client())
    desk = browser.send("/login", username=name, password=PASSWORD)
    assert (desk.status, desk.path) == (200, "/")
    assert ("KN-" in browser.get("/queue").text) is waits


def test_the_same_seed_draws_the_same_names_on_every_day():
    assert draw(TODAY) == draw(TODAY.replace(year=TODAY.year + 1, day=1))


@pytest.mark.usefixtures("demo")
def test_it_refuses_a_database_that_has_units(app_settings):
    with pytest.raises(DemoRefused, match="has units already"):
        build_demo(app_settings, PASSWORD, NOW)


@pytest.mark.usefixtures("demo")
def test_it_refuses_in_production(app_settings):
    with pytest.raises(DemoRefused, match="APP_ENV=production"):
        build_demo(replace(app_settings, app_env="production"), PASSWORD, NOW)


@pytest.mark.usefixtures("demo")
def test_the_command_says_why_it_refuses(migrated_app):
    result = migrated_app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 1
    assert "the database has units already" in result.output


@pytest.mark.usefixtures("demo")
def test_a_contest_was_published_and_the_next_has_entries_at_every_station():
    last, this = db.session.scalars(select(Season).order_by(Season.year))
    assert (last.state, this.state) == (SeasonState.PUBLISHED, SeasonState.ROUNDS)
    of_it = select(Entry.dossier_id).where(Entry.season_id == this.id)
    assert set(counted(Dossier.state, Dossier.id.in_(of_it))) == set(ENTRY.states)
    assert sum(counted(Entry.award, Entry.award != "").values()) == 7
    assert set(counted(Question.season_id).values()) == {40}
    sheets = counted(Sheet.state)
    assert sheets[SheetState.FINAL] > sheets[SheetState.EMPTY] > 0
