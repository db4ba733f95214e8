from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.models import (
    Account,
    Admission,
    Appointment,
    Dossier,
    Event,
    GroupActLine,
    MeetingVote,
    Person,
    Unit,
)
from app.services.audit import verify
from app.services.demo import DemoRefused, build_demo
from app.services.demo.build import SEED
from app.services.demo.people import Casting
from app.services.demo.places import draw_district
from app.vietnamese import clean_name
from tests.browser import Browser
from tests.clock import NOW, TODAY
from tests.conftest import empty_tables
from tests.factories import PASSWORD
from workflows.admission import ADMISSION
from workflows.admission_facts import Way
from workflows.calendar import local_day
from workflows.levels import Level, Post, UnitKind
from workflows.membership import MEMBER_STATUSES, PersonStatus

MARKET = "ap.tanquoi.1"


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
    assert 250 <= demo.dossiers <= 350
    assert counted(Unit.level) == {
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
    assert set(counted(Dossier.state)) == set(ADMISSION.states)
    late = set(counted(Dossier.state, Dossier.due_on < TODAY))
    assert late == {name for name, state in ADMISSION.states.items() if state.due}


@pytest.mark.usefixtures("demo")
def test_every_step_was_taken_but_the_one_that_puts_a_meeting_off():
    taken = set(counted(Event.step, Event.subject == "dossiers"))
    told = {"open", "edit", "join_class", "class_result"}
    assert taken - told == {step.name for step in ADMISSION.steps} - {"postpone_vote"}


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
    posts = counted(Appointment.post)
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
