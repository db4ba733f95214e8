"""Admission is the same in the tree of 2015 and in that of 2025: the direct superior is data."""

from datetime import date

import pytest

from app.extensions import db
from app.models import Person, Unit
from app.queries.queues import QueueFilter, looked_over, waiting_for
from app.services.events import By
from app.services.units.founding import Description, found_unit
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, AppointmentFactory, MemberFactory
from tests.journeys import HELD, PATHS, Journey
from tests.world import build_world
from workflows.admission_facts import Section
from workflows.levels import Area, Level, Post, UnitKind
from workflows.membership import PersonStatus


@pytest.fixture(params=[True, False], ids=["2015", "2025"])
def tree(request, app):  # noqa: ARG001
    """The world with a district between province and communes, and without."""
    return build_world(with_district=request.param)


def refs(lines):
    return [line.ref for line in lines]


def test_the_superior_is_the_district_until_2025_and_the_province_since(tree):
    level = tree.units["huyen"].level
    below = tree.units["xa_a"].parent_id
    assert below == tree.units["huyen"].id
    assert level is (
        Level.PROVINCE if tree.units["huyen"] is tree.units["tinh"] else Level.DISTRICT
    )


@pytest.mark.parametrize("state", sorted(PATHS))
def test_admission_reaches_every_state(tree, state):
    Journey(tree).to(state)


def test_one_candidate_becomes_a_member_with_a_card(tree):
    dossier = Journey(tree).to("admitted").dossier
    assert dossier.district_id == tree.units["huyen"].id
    member = db.session.get_one(Person, dossier.person_id)
    assert (member.status, member.unit_id) == (PersonStatus.MEMBER, tree.units["ap_a1"].id)
    assert member.card_number == f"V{dossier.ref}"


@pytest.mark.parametrize("state", ["superior_review", "card_issue"])
def test_the_superior_finds_it_on_their_desk(tree, state):
    way = Journey(tree).to(state)
    assert refs(waiting_for(tree.actor("huyen"), QueueFilter())) == [way.ref]
    assert refs(waiting_for(tree.actor("xa_a"), QueueFilter())) == []


@pytest.mark.parametrize("opinion", ["consent", "object"])
def test_the_opinion_of_the_superior_goes_back_to_the_commune(tree, opinion):
    way = Journey(tree).to("superior_review")
    way.take(opinion, "huyen", reason="Đã xem hồ sơ")
    assert way.dossier.state == "commune_review"
    way.approve()
    assert way.dossier.state == "ceremony"


def test_the_superior_looks_over_the_communes_and_they_only_over_themselves(tree):
    names = {"ap_a1": "Lê Thị Một", "ap_b1": "Lê Thị Hai"}
    ways = [Journey(tree, branch, name).to("education") for branch, name in names.items()]
    seen = {
        name: set(refs(looked_over(tree.actor(name).posts, QueueFilter())))
        for name in ("huyen", "xa_a", "xa_b")
    }
    first, second = (way.ref for way in ways)
    assert seen == {"huyen": {first, second}, "xa_a": {first}, "xa_b": {second}}


def test_a_branch_founded_directly_below_the_superior_admits_by_its_own_resolution(tree):
    by = By(tree.actor("huyen"), NOW)
    said = Description(
        name="Chi đoàn cơ sở Quân sự",
        kind=UnitKind.FORCES,
        area=Area.RURAL,
        valid_from=date(2015, 1, 5),
    )
    number = found_unit(tree.units["huyen"].id, Level.BRANCH, said, by=by)
    tree.units["quan_su"] = unit = db.session.get_one(Unit, number)
    tree.members["quan_su"] = MemberFactory.create_batch(9, unit=unit)
    for name, post in (("quan_su", Post.SECRETARY), ("quan_su.pho", Post.DEPUTY)):
        tree.accounts[name] = AccountFactory(username=name)
        AppointmentFactory(account=tree.accounts[name], unit=unit, post=post)
    db.session.commit()
    way = Journey(tree, "quan_su").to("ready")
    way.write(Section.PROPOSAL, proposed_on=HELD, proposal="Nghị quyết kết nạp")
    way.take("adopt_resolution", "quan_su.pho", signed_on=TODAY)
    assert way.dossier.state == "ceremony"
    assert way.dossier.commune_id == unit.id
    way.celebrate()
    assert refs(waiting_for(tree.actor("huyen"), QueueFilter())) == [way.ref]
