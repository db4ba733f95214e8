from dataclasses import replace
from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Appointment, Event
from app.queries.accounts import actor_for
from app.services.events import By
from app.services.offices.accounts import Invitation, invite
from app.services.offices.appointments import Office, end_appointment, give_post, posts_to_give
from app.services.refusals import Forbidden, Invalid, NotFound
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, AppointmentFactory
from workflows.levels import Post

ONCE = "the-key-of-one-request"


def by(world, name, key=None):
    return By(world.actor(name), NOW, request_key=key)


def asked(world, unit="ap_a1", post=Post.DEPUTY):
    return Invitation(
        unit_id=world.units[unit].id,
        post=post,
        username="nguoi.moi",
        name="Trần Thị Mới",
        from_on=TODAY,
    )


def steps(row):
    found = db.session.query(Event).filter_by(subject="accounts", subject_id=row.id)
    return [event.step for event in found.order_by(Event.sequence)]


@pytest.mark.parametrize(
    ("who", "unit", "refusal"),
    [
        ("xa_b", "ap_a1", NotFound),
        ("xa_b", "xa_a", NotFound),
        ("ap_a1", "ap_a2", NotFound),
        ("ap_a1", "ap_a1", Forbidden),
        ("xa_a.canbo", "ap_a1", Forbidden),
        ("huyen.canbo", "xa_a", Forbidden),
    ],
)
def test_only_who_stands_above_invites(world, who, unit, refusal):
    with pytest.raises(refusal):
        invite(asked(world, unit), by=by(world, who))


def test_a_unit_that_is_not_there_invites_nobody(world):
    with pytest.raises(NotFound):
        invite(replace(asked(world), unit_id=2_000_000_000), by=by(world, "xa_a"))


@pytest.mark.parametrize(
    ("who", "unit", "posts"),
    [
        ("xa_a", "ap_a1", [Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER]),
        (
            "xa_a",
            "xa_a",
            [Post.DEPUTY, Post.COMMITTEE_MEMBER, Post.OFFICER, Post.ADMINISTRATOR],
        ),
        ("xa_a.pho", "xa_a", [Post.COMMITTEE_MEMBER, Post.OFFICER]),
        (
            "huyen",
            "xa_a",
            [
                *(Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER),
                *(Post.OFFICER, Post.ADMINISTRATOR),
            ],
        ),
        ("xa_a.canbo", "ap_a1", []),
        ("xa_b", "ap_a1", []),
    ],
)
def test_within_a_unit_a_post_is_given_by_one_that_stands_above_it(world, who, unit, posts):
    assert posts_to_give(world.actor(who), world.units[unit]) == posts


def test_a_deputy_cannot_make_a_secretary_of_the_own_unit(world):
    with pytest.raises(Invalid) as refused:
        invite(asked(world, "xa_a", post=Post.SECRETARY), by=by(world, "xa_a.pho"))
    assert refused.value.code == "from_above"


def office(world, unit, post=Post.OFFICER, **days):
    return Office(unit_id=world.units[unit].id, post=post, **{"from_on": TODAY, **days})


def test_a_person_with_an_account_gets_a_second_post(world):
    give_post("AP_A1", office(world, "xa_a"), by=by(world, "xa_a"))
    posts = world.actor("ap_a1").posts
    assert [held.post for held in posts] == [Post.SECRETARY, Post.OFFICER]
    assert steps(world.accounts["ap_a1"])[-1] == "give_post"


def test_a_post_given_twice_with_one_key_is_given_once(world):
    for _ in range(2):
        give_post("ap_a1", office(world, "xa_a"), by=by(world, "xa_a", ONCE))
    assert len(world.actor("ap_a1").posts) == 2


@pytest.mark.parametrize(
    ("who", "username", "unit", "post", "code"),
    [
        ("xa_a", "xa_a", "xa_a", Post.OFFICER, "yourself"),
        ("xa_a", "xa_a", "ap_a1", Post.SECRETARY, "yourself"),
        ("xa_a.pho", "xa_a.canbo", "xa_a", Post.SECRETARY, "from_above"),
        ("xa_a", "ap_b1", "xa_a", Post.OFFICER, "unknown_account"),
        ("xa_a", "khong.ai", "xa_a", Post.OFFICER, "unknown_account"),
        ("xa_a", "ap_a1", "ap_a1", Post.SECRETARY, "already_held"),
    ],
)
def test_posts_that_cannot_be_given_are_refused(*, world, who, username, unit, post, code):
    with pytest.raises(Invalid) as refused:
        give_post(username, office(world, unit, post), by=by(world, who))
    assert refused.value.code == code


def test_nobody_gives_a_post_to_the_unit_above(world):
    with pytest.raises(NotFound):
        give_post("ap_a1", office(world, "huyen"), by=by(world, "xa_a"))


def test_a_post_can_be_held_again_after_it_ended(world):
    row = world.accounts["ap_a1"]
    unit = world.units["ap_a2"]
    AppointmentFactory(account=row, unit=unit, post=Post.DEPUTY, to_on=TODAY - timedelta(days=1))
    db.session.commit()
    give_post("ap_a1", office(world, "ap_a2", Post.DEPUTY), by=by(world, "xa_a"))
    assert len(world.actor("ap_a1").posts) == 2


def appointment(world, name):
    return db.session.query(Appointment).filter_by(account_id=world.accounts[name].id).one()


def test_a_post_that_is_ended_gives_no_right_any_more(world):
    row = appointment(world, "ap_a1")
    end_appointment(world.units["ap_a1"].id, row.id, by=by(world, "xa_a"))
    assert world.actor("ap_a1").posts == ()
    assert row.to_on == TODAY - timedelta(days=1)
    assert steps(world.accounts["ap_a1"])[-1] == "end_post"


@pytest.mark.parametrize("days", [0, 30])
def test_a_post_ended_before_it_held_a_whole_day_never_was(world, days):
    first = TODAY + timedelta(days=days)
    give_post("ap_a1", office(world, "xa_a", from_on=first), by=by(world, "xa_a"))
    given = db.session.query(Appointment).filter_by(from_on=first).one()
    end_appointment(world.units["xa_a"].id, given.id, by=by(world, "xa_a"))
    assert len(world.actor("ap_a1").posts) == 1


@pytest.mark.parametrize(
    ("who", "unit", "holder", "refusal"),
    [
        ("xa_b", "ap_a1", "ap_a1", NotFound),
        ("xa_a", "ap_a2", "ap_a1", NotFound),
        ("xa_a.pho", "xa_a", "xa_a", Forbidden),
        ("xa_a", "xa_a", "xa_a", Forbidden),
        ("ap_a1.pho", "ap_a1", "ap_a1", Forbidden),
    ],
)
def test_a_post_is_ended_only_from_above(*, world, who, unit, holder, refusal):
    with pytest.raises(refusal):
        end_appointment(world.units[unit].id, appointment(world, holder).id, by=by(world, who))
    assert len(world.actor(holder).posts) == 1


def test_a_post_that_ended_is_not_ended_again(world):
    row, unit = appointment(world, "ap_a1"), world.units["ap_a1"].id
    end_appointment(unit, row.id, by=by(world, "xa_a", ONCE))
    end_appointment(unit, row.id, by=by(world, "xa_a", ONCE))
    with pytest.raises(NotFound):
        end_appointment(unit, row.id, by=by(world, "xa_a"))
    assert steps(world.accounts["ap_a1"]).count("end_post") == 1


def test_a_post_gives_its_rights_from_its_first_to_its_last_day(world):
    row = AccountFactory(username="tam.thoi")
    unit = world.units["ap_a1"]
    AppointmentFactory(account=row, unit=unit, from_on=TODAY, to_on=TODAY + timedelta(days=2))
    db.session.commit()
    days = [TODAY + timedelta(days=number) for number in range(-1, 4)]
    assert [len(actor_for(row.id, 0, day).posts) for day in days] == [0, 1, 1, 1, 0]
