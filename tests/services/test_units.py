from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Event, Unit
from app.services.events import By
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.units.founding import Description, change_unit, found_unit
from tests.clock import NOW, TODAY
from tests.world import build_world
from workflows.levels import Area, Level, UnitKind


def by(world, name, key=None):
    return By(world.actor(name), NOW, request_key=key)


def said(**changed):
    usual = {
        "name": "Chi đoàn Ấp 12",
        "kind": UnitKind.HAMLET,
        "area": Area.RURAL,
        "valid_from": TODAY,
    }
    return Description(**{**usual, **changed})


def found_below(world, above, level=Level.BRANCH, who="huyen", **changed):
    return found_unit(world.units[above].id, level, said(**changed), by=by(world, who))


def unit(number):
    db.session.expire_all()
    return db.session.get(Unit, number)


def events_of(number):
    found = db.session.query(Event).filter_by(subject="units", subject_id=number)
    return found.order_by(Event.sequence).all()


def test_a_branch_stands_below_its_commune_and_in_its_district(world):
    made = unit(found_below(world, "xa_a", who="xa_a"))
    commune = world.units["xa_a"]
    assert made.path == f"{commune.path}{made.id}."
    assert (made.parent_id, made.district_id) == (commune.id, world.units["huyen"].id)
    assert (made.level, made.is_grassroots) == (Level.BRANCH, False)


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.BRANCH])
def test_what_the_superior_founds_is_a_grassroots_organisation(world, level):
    made = unit(found_below(world, "huyen", level))
    assert (made.level, made.is_grassroots) == (level, True)
    assert made.district_id == world.units["huyen"].id


def test_the_province_is_the_superior_of_what_it_founds_itself(app):  # noqa: ARG001
    world = build_world(with_district=False)
    made = unit(found_below(world, "huyen"))
    assert made.district_id == world.units["tinh"].id == made.parent_id


def test_a_new_unit_begins_its_chain(world):
    made = found_below(world, "xa_a", who="xa_a")
    (event,) = events_of(made)
    assert (event.step, event.post) == ("found_unit", "secretary")
    assert event.facts["changes"]["name"] == [None, "Chi đoàn Ấp 12"]


def test_units_sort_by_number_and_not_by_letter(world):
    for number in (10, 9):
        found_below(world, "xa_b", who="xa_b", name=f"Chi đoàn Ấp {number}")
    found = db.session.query(Unit.name).filter_by(parent_id=world.units["xa_b"].id)
    names = [name for (name,) in found.order_by(Unit.sort_key)]
    assert names.index("Chi đoàn Ấp 9") < names.index("Chi đoàn Ấp 10")


def test_founding_sent_twice_is_one_unit(world):
    asked = (world.units["xa_a"].id, Level.BRANCH, said())
    first = found_unit(*asked, by=by(world, "xa_a", "once"))
    assert found_unit(*asked, by=by(world, "xa_a", "once")) == first
    assert db.session.query(Unit).filter_by(name="Chi đoàn Ấp 12").count() == 1


@pytest.mark.parametrize(
    ("who", "above", "refusal"),
    [
        ("xa_a", "xa_b", NotFound),
        ("xa_a", "huyen", NotFound),
        ("ap_a1", "xa_a", NotFound),
        ("ap_a1", "ap_a1", Forbidden),
        ("co_so", "co_so", Forbidden),
        ("xa_a.canbo", "xa_a", Forbidden),
        ("huyen.canbo", "xa_a", Forbidden),
        ("huyen", "ap_a1", Forbidden),
    ],
)
def test_a_unit_is_founded_only_from_above_and_never_below_a_branch(world, who, above, refusal):
    with pytest.raises(refusal):
        found_below(world, above, who=who)


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.DISTRICT, Level.PROVINCE])
def test_a_commune_founds_branches_only(world, level):
    with pytest.raises(Forbidden):
        found_below(world, "xa_a", level, who="xa_a")


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"kind": None}, "kind", "no_kind"),
        ({"name": "chi doan AP_A1"}, "name", "taken_here"),
        ({"committee_votes_from": TODAY}, "committee_votes_ref", "half_a_consent"),
        ({"committee_votes_ref": "12-CV/ĐTN"}, "committee_votes_ref", "half_a_consent"),
    ],
)
def test_what_is_wrong_with_a_new_unit_is_named(world, changed, field, code):
    with pytest.raises(Invalid) as refused:
        found_below(world, "xa_a", who="xa_a", **changed)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_temporary_branch_does_not_end_before_it_begins(world):
    with pytest.raises(Invalid) as refused:
        found_unit(
            world.units["xa_a"].id,
            Level.BRANCH,
            said(),
            by=by(world, "xa_a"),
            valid_to=TODAY - timedelta(days=1),
        )
    assert refused.value.field == "valid_to"


def test_the_same_name_is_free_in_another_commune_and_after_a_unit_closed(world):
    found_below(world, "xa_b", who="xa_b", name="Chi đoàn ap_a1")
    world.units["ap_a1"].valid_to = TODAY - timedelta(days=1)
    db.session.commit()
    assert found_below(world, "xa_a", who="xa_a", name="Chi đoàn ap_a1")


def change(world, number, who="xa_a", seen=None, **changed):
    seen = unit(number).version if seen is None else seen
    change_unit(number, said(**changed), by=by(world, who), seen=seen)


def test_the_superior_consents_that_the_committee_of_a_scattered_branch_votes(world):
    number = world.units["ap_a1"].id
    consent = {"committee_votes_from": TODAY, "committee_votes_ref": "12-CV/ĐTN"}
    change(world, number, name="Chi đoàn ap_a1", **consent)
    assert unit(number).committee_votes_from == TODAY
    event = events_of(number)[-1]
    assert event.step == "change_unit"
    assert event.facts["changes"]["committee_votes_ref"] == ["", "12-CV/ĐTN"]


def test_an_event_of_a_unit_names_only_what_changed(world):
    number = found_below(world, "xa_a", who="xa_a")
    change(world, number, area=Area.URBAN)
    assert events_of(number)[-1].facts == {"changes": {"area": ["rural", "urban"]}}


def test_saying_the_same_again_is_no_event(world):
    number = found_below(world, "xa_a", who="xa_a")
    change(world, number)
    assert len(events_of(number)) == 1


def test_a_renamed_unit_sorts_by_its_new_name(world):
    number = found_below(world, "xa_a", who="xa_a")
    before = unit(number).sort_key
    change(world, number, name="  Chi đoàn   Ấp 2 ")
    assert unit(number).name == "Chi đoàn Ấp 2"
    assert unit(number).sort_key < before


def test_who_read_an_older_version_of_a_unit_is_told_who_changed_it(world):
    number = found_below(world, "xa_a", who="xa_a")
    change(world, number, name="Chi đoàn Ấp 2")
    with pytest.raises(Stale) as stale:
        change(world, number, who="huyen", seen=1, name="Chi đoàn Ấp 3")
    assert stale.value.last.who == world.accounts["xa_a"].name
    assert unit(number).name == "Chi đoàn Ấp 2"


@pytest.mark.parametrize(
    ("who", "which", "refusal"),
    [
        ("xa_b", "ap_a1", NotFound),
        ("ap_a1", "ap_a1", Forbidden),
        ("xa_a", "xa_a", Forbidden),
        ("huyen.canbo", "xa_a", Forbidden),
        ("huyen", "huyen", Forbidden),
        ("huyen", "tinh", NotFound),
        ("co_so", "co_so", Forbidden),
    ],
)
def test_a_unit_is_kept_by_the_one_above_it(world, who, which, refusal):
    with pytest.raises(refusal):
        change(world, world.units[which].id, who)


def test_a_unit_that_is_not_there_cannot_be_changed(world):
    with pytest.raises(NotFound):
        change(world, 2_000_000_000, seen=1)


def test_a_superior_keeps_the_units_of_its_whole_subtree(world):
    change(world, world.units["ap_a1"].id, "huyen", is_disadvantaged=True)
    assert unit(world.units["ap_a1"].id).is_disadvantaged
