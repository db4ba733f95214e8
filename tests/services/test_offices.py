"""Offices in the services: what is sent twice is done once, and every trace carries both names."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Appointment, Event
from app.queries.offices import vacant_desks
from app.services.admission.classes import ClassPlan, open_class
from app.services.audit import verify
from app.services.events import By
from app.services.offices.appointments import end_appointment
from app.services.offices.handover import Substitution, end_substitution, hand_over, name_substitute
from app.services.refusals import Forbidden, Invalid, NotFound
from tests.clock import NOW, TODAY
from tests.factories import AppointmentFactory
from tests.queries.test_statements import counted
from workflows.levels import Post

DAY = timedelta(days=1)


def by(world, who, key=None):
    return By(world.actor(who), NOW, request_key=key)


def lend(world, who="xa_a", to="ap_a2", key=None, days=3):
    asked = Substitution(world.accounts[to].id, TODAY, TODAY + days * DAY)
    return name_substitute(world.units["xa_a"].id, asked, by=by(world, who, key))


def lent():
    return db.session.query(Appointment).filter(Appointment.stands_in_for_id.is_not(None)).all()


def appointment_of(world, name, unit):
    wanted = {"account_id": world.accounts[name].id, "unit_id": world.units[unit].id}
    return db.session.query(Appointment).filter_by(**wanted).first()


def test_a_substitute_named_twice_by_one_request_is_named_once(world):
    assert lend(world, key="k") == lend(world, key="k") == world.accounts["ap_a2"].name
    (row,) = lent()
    assert (row.post, row.from_on, row.to_on) == (Post.SECRETARY, TODAY, TODAY + 3 * DAY)
    assert verify().fault is None


def test_the_same_days_are_not_lent_twice_to_one(world):
    lend(world)
    with pytest.raises(Invalid) as refusal:
        lend(world, days=1)
    assert (refusal.value.field, refusal.value.code) == ("account_id", "already_held")


def test_a_substitute_keeps_their_own_posts_first_and_acts_for_the_other_in_theirs(world):
    lend(world, to="xa_a.pho")
    actor = world.actor("xa_a.pho")
    told = [(held.post, held.on_behalf_of) for held in actor.posts]
    assert told == [(Post.SECRETARY, world.accounts["xa_a"].name), (Post.DEPUTY, "")]
    lend(world, to="ap_a2")
    assert [held.unit_id for held in world.actor("ap_a2").posts] == [
        world.units["ap_a2"].id,
        world.units["xa_a"].id,
    ]


def test_everything_a_substitute_does_bears_both_names(world):
    lend(world)
    plan = ClassPlan("Lớp", "Nhà văn hóa", TODAY, TODAY, 2)
    open_class(world.units["xa_a"].id, plan, by=by(world, "ap_a2"))
    event = db.session.query(Event).filter_by(step="open_class").one()
    assert (event.actor_name, event.on_behalf_of) == (
        world.accounts["ap_a2"].name,
        world.accounts["xa_a"].name,
    )


def test_whoever_ends_a_post_ends_its_substitution(world):
    lend(world)
    own = appointment_of(world, "xa_a", "xa_a")
    end_appointment(world.units["xa_a"].id, own.id, by=by(world, "huyen"))
    assert lent() == []
    assert [held.on_behalf_of for held in world.actor("ap_a2").posts] == [""]


def test_only_the_principal_takes_back_what_they_lent(world):
    lend(world)
    unit, (row,) = world.units["xa_a"].id, lent()
    for who in ("xa_a.pho", "huyen"):
        with pytest.raises((NotFound, Forbidden)):
            end_substitution(unit, row.id, by=by(world, who))
    for _tap in range(2):
        end_substitution(unit, row.id, by=by(world, "xa_a", "k"))
    assert lent() == []


def test_an_office_handed_over_twice_by_one_request_passes_once(world):
    own, unit = appointment_of(world, "ap_a1", "ap_a1"), world.units["ap_a1"].id
    names = [hand_over(unit, own.id, "ap_a2", by=by(world, "xa_a", "k")) for _tap in range(2)]
    assert names == [world.accounts["ap_a2"].name] * 2
    assert own.to_on == TODAY - DAY
    new = appointment_of(world, "ap_a2", "ap_a1")
    assert (new.post, new.from_on, new.to_on) == (Post.SECRETARY, TODAY, None)
    steps = {row.step for row in db.session.query(Event).filter_by(subject="accounts")}
    assert {"hand_over", "take_over"} <= steps
    assert verify().fault is None


def test_a_term_goes_along_with_the_office(world):
    own = appointment_of(world, "ap_a1", "ap_a1")
    own.to_on = TODAY + 90 * DAY
    db.session.commit()
    hand_over(world.units["ap_a1"].id, own.id, "ap_a2", by=by(world, "xa_a"))
    assert appointment_of(world, "ap_a2", "ap_a1").to_on == TODAY + 90 * DAY


def test_whoever_holds_the_same_post_there_cannot_take_it_over(world):
    AppointmentFactory(account=world.accounts["ap_a2"], unit=world.units["ap_a1"])
    db.session.commit()
    own = appointment_of(world, "ap_a1", "ap_a1")
    with pytest.raises(Invalid) as refusal:
        hand_over(world.units["ap_a1"].id, own.id, "ap_a2", by=by(world, "xa_a"))
    assert refusal.value.field == "username"
    assert appointment_of(world, "ap_a1", "ap_a1").to_on is None


def test_desks_that_nobody_holds_are_found_in_one_statement(journey):
    way = journey().to("education")
    unit = way.world.units["ap_a1"].id
    db.session.query(Appointment).filter_by(unit_id=unit).delete()
    db.session.commit()
    posts = way.world.actor("xa_a").posts
    with counted() as said:
        (desk,) = vacant_desks(posts, TODAY)
    assert len([each for each in said if each.startswith("SELECT")]) == 1
    assert (desk.unit_id, desk.waiting, desk.above_name) == (unit, 1, "Đoàn xã Tân Quới")
    posts = way.world.actor("ap_a2").posts
    with counted() as said:
        assert vacant_desks(posts, TODAY) == []
    assert said == []
