from datetime import timedelta
from unicodedata import normalize

import pytest

from app.extensions import db
from app.models import Account, Event
from app.queries.accounts import actor_for
from app.services.events import By
from app.services.offices import accounts
from app.services.offices.accounts import (
    Invitation,
    accept,
    change_password,
    invite,
    renew_link,
    sign_in,
)
from app.services.refusals import Forbidden, Invalid, NotFound
from tests.clock import NOW, TODAY
from tests.factories import PASSWORD, AppointmentFactory
from tests.world import build_world
from workflows.levels import Post

ONCE = "the-key-of-one-request"


def by(world, name, key=None):
    return By(world.actor(name), NOW, request_key=key)


def asked(world, unit="ap_a1", **changed):
    usual = {
        "unit_id": world.units[unit].id,
        "post": Post.DEPUTY,
        "username": "nguoi.moi",
        "name": "Trần Thị Mới",
        "email": "moi@doanthanhnien.vn",
        "from_on": TODAY,
    }
    return Invitation(**{**usual, **changed})


def account(username):
    db.session.expire_all()
    return db.session.query(Account).filter_by(username=username).one_or_none()


def steps(row):
    found = db.session.query(Event).filter_by(subject="accounts", subject_id=row.id)
    return [event.step for event in found.order_by(Event.sequence)]


def try_wrongly(username, times, now=NOW):
    for _ in range(times):
        assert sign_in(username, "sai-mat-khau", now=now) is None


def test_right_password_opens_the_account_whatever_the_case_of_its_name(world):
    assert sign_in(" XA_A ", PASSWORD, now=NOW).id == world.accounts["xa_a"].id


def test_a_name_that_nobody_has_costs_as_much_as_a_wrong_password():
    assert not accounts.hasher.check_needs_rehash(accounts.NOBODY)


@pytest.mark.parametrize("username", ["khong.ai", "", "a", "x" * 5000, "xa_a\x00", "xa a", "Đào"])
def test_a_name_that_nobody_has_opens_nothing(world, username):  # noqa: ARG001
    assert sign_in(username, PASSWORD, now=NOW) is None


@pytest.mark.parametrize("password", ["", "sai", "x" * 500_000, PASSWORD + "\x00"])
def test_a_wrong_password_opens_nothing(world, password):  # noqa: ARG001
    assert sign_in("xa_a", password, now=NOW) is None


@pytest.mark.parametrize("username", ["khong.ai", "xa_a\x00", "xa_a", "xa_b", "ap_a1", "ap_a2"])
def test_every_wrong_try_costs_one_verification(world, username, monkeypatch):
    world.accounts["xa_b"].locked_until = NOW + timedelta(minutes=5)
    world.accounts["ap_a1"].is_active = False
    world.accounts["ap_a2"].password_hash = None
    db.session.commit()
    verified = []

    class Hasher:
        def verify(self, stored, password):
            verified.append(stored)
            return hasher.verify(stored, password)

    hasher = accounts.hasher
    monkeypatch.setattr(accounts, "hasher", Hasher())
    assert sign_in(username, "sai-mat-khau", now=NOW) is None
    assert len(verified) == 1
    assert verified[0].split("$")[:4] == hasher.hash(PASSWORD).split("$")[:4]


@pytest.mark.parametrize("state", ["closed", "invited"])
def test_an_account_closed_or_not_opened_yet_lets_nobody_in(world, state):
    row = world.accounts["xa_a"]
    row.is_active, row.password_hash = state != "closed", row.password_hash * (state == "closed")
    db.session.commit()
    assert sign_in("xa_a", PASSWORD, now=NOW) is None


def test_nine_wrong_tries_cost_nothing(world):  # noqa: ARG001
    try_wrongly("xa_a", 9)
    assert sign_in("xa_a", PASSWORD, now=NOW)
    assert account("xa_a").failed_attempts == 0


def test_ten_wrong_tries_slow_the_account_for_a_minute(world):
    try_wrongly("xa_a", 10)
    assert sign_in("xa_a", PASSWORD, now=NOW + timedelta(seconds=59)) is None
    assert sign_in("xa_a", PASSWORD, now=NOW + timedelta(seconds=61))
    assert "slow_down" in steps(world.accounts["xa_a"])


def test_each_further_wrong_try_waits_longer_up_to_a_quarter_of_an_hour(world):  # noqa: ARG001
    waits, moment = [], NOW
    try_wrongly("xa_a", 9)
    for _ in range(8):
        try_wrongly("xa_a", 1, moment)
        until = account("xa_a").locked_until
        waits.append((until - moment).seconds // 60)
        moment = until + timedelta(seconds=1)
    assert waits == [1, 2, 4, 8, 15, 15, 15, 15]
    assert sign_in("xa_a", PASSWORD, now=moment)
    assert account("xa_a").failed_attempts == 0


def test_a_slowed_account_does_not_slow_another(world):  # noqa: ARG001
    try_wrongly("xa_a", 10)
    assert sign_in("xa_b", PASSWORD, now=NOW)


def test_tries_while_waiting_do_not_prolong_the_wait(world):  # noqa: ARG001
    try_wrongly("xa_a", 10)
    try_wrongly("xa_a", 30, NOW + timedelta(seconds=30))
    assert sign_in("xa_a", PASSWORD, now=NOW + timedelta(seconds=61))


def test_a_password_is_the_same_from_every_keyboard(world):
    composed = normalize("NFC", "mật khẩu của tôi")
    decomposed = normalize("NFD", composed)
    secret = invite(asked(world), by=by(world, "xa_a"))
    accept(secret, decomposed, now=NOW)
    assert sign_in("nguoi.moi", composed, now=NOW)


def test_an_invited_person_opens_the_account_and_holds_the_post(world):
    secret = invite(asked(world), by=by(world, "xa_a"))
    opened = accept(secret, "mật khẩu của tôi", now=NOW)
    actor = actor_for(opened.id, opened.session_epoch, TODAY)
    assert [(held.post, held.unit_id) for held in actor.posts] == [
        (Post.DEPUTY, world.units["ap_a1"].id)
    ]
    assert steps(opened) == ["invite", "accept"]
    assert opened.district_id == world.units["huyen"].id


def test_the_database_does_not_hold_the_secret_of_a_link(world):
    secret = invite(asked(world), by=by(world, "xa_a"))
    row = account("nguoi.moi")
    assert secret not in {row.invitation_hash, row.chain_head}
    assert len(secret) == 43


def test_an_invitation_is_used_once(world):
    secret = invite(asked(world), by=by(world, "xa_a"))
    accept(secret, "mật khẩu của tôi", now=NOW)
    with pytest.raises(NotFound):
        accept(secret, "mật khẩu kẻ khác", now=NOW)
    assert sign_in("nguoi.moi", "mật khẩu của tôi", now=NOW)


def test_an_invitation_holds_for_fourteen_days(world):
    secret = invite(asked(world), by=by(world, "xa_a"))
    with pytest.raises(NotFound):
        accept(secret, "mật khẩu của tôi", now=NOW + timedelta(days=14, seconds=1))
    assert accept(secret, "mật khẩu của tôi", now=NOW + timedelta(days=14))


@pytest.mark.parametrize("secret", ["", "x", "\x00", "ă" * 3000])
def test_an_unknown_link_opens_nothing(world, secret):  # noqa: ARG001
    with pytest.raises(NotFound):
        accept(secret, "mật khẩu của tôi", now=NOW)


@pytest.mark.parametrize(("length", "code"), [(9, "too_short"), (201, "too_long")])
def test_a_password_too_short_or_too_long_is_refused(world, length, code):
    secret = invite(asked(world), by=by(world, "xa_a"))
    with pytest.raises(Invalid) as refused:
        accept(secret, "x" * length, now=NOW)
    assert refused.value.code == code
    assert account("nguoi.moi").password_hash is None


@pytest.mark.parametrize("length", [10, 200])
def test_the_shortest_and_the_longest_password_work(world, length):
    accept(invite(asked(world), by=by(world, "xa_a")), "x" * length, now=NOW)
    assert sign_in("nguoi.moi", "x" * length, now=NOW)
    assert sign_in("nguoi.moi", "x" * (length + 1), now=NOW) is None


def test_an_invitation_sent_twice_is_one_account_and_tells_the_same_link(world):
    first = invite(asked(world), by=by(world, "xa_a", ONCE))
    assert invite(asked(world), by=by(world, "xa_a", ONCE)) == first
    assert db.session.query(Account).filter_by(username="nguoi.moi").count() == 1
    assert invite(asked(world, username="nguoi.khac"), by=by(world, "xa_a", "khac")) != first


def test_the_key_of_somebody_else_tells_no_link(world):
    first = invite(asked(world), by=by(world, "xa_a", ONCE))
    assert invite(asked(world), by=by(world, "xa_a.pho", ONCE)) != first


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("username", "xa_b", "taken"),
        ("username", "Đào", "not_a_username"),
        ("username", "có cách", "not_a_username"),
        ("username", "ab", "not_a_username"),
        ("username", "a" * 41, "not_a_username"),
        ("username", ".dau", "not_a_username"),
        ("username", "a\x00bc", "not_a_username"),
        ("email", "khong phai thu", "not_an_address"),
        ("email", "a@b@c.vn", "not_an_address"),
        ("name", " \u200b ", "no_name"),
        ("to_on", TODAY - timedelta(days=1), "before_first_day"),
        ("person_id", 2_000_000_000, "unknown_person"),
    ],
)
def test_a_wrong_value_of_an_invitation_is_named(world, field, value, code):
    with pytest.raises(Invalid) as refused:
        invite(asked(world, **{field: value}), by=by(world, "xa_a"))
    assert (refused.value.field, refused.value.code) == (field, code)
    assert account("nguoi.moi") is None


def test_an_address_may_be_left_out(world):
    invite(asked(world, email=""), by=by(world, "xa_a"))
    assert account("nguoi.moi").email == ""


def test_an_invitation_can_name_the_member_who_it_is(world):
    member = world.members["ap_a1"][0]
    invite(asked(world, person_id=member.id, name="Tên khác"), by=by(world, "xa_a"))
    assert (account("nguoi.moi").person_id, account("nguoi.moi").name) == (member.id, member.name)


def test_a_member_of_a_sister_unit_cannot_be_named(world):
    member = world.members["ap_a2"][0]
    with pytest.raises(Invalid) as refused:
        invite(asked(world, person_id=member.id), by=by(world, "xa_a"))
    assert refused.value.code == "unknown_person"


def test_a_member_has_one_account(world):
    member = world.members["ap_a1"][0]
    invite(asked(world, person_id=member.id), by=by(world, "xa_a"))
    with pytest.raises(Invalid) as refused:
        invite(asked(world, username="lan.hai", person_id=member.id), by=by(world, "xa_a"))
    assert refused.value.code == "has_account"
    assert refused.value.values == {"username": "nguoi.moi"}


def test_nobody_is_invited_as_a_second_self(world):
    member = world.members["ap_a1"][0]
    world.accounts["xa_a"].person_id = member.id
    db.session.commit()
    with pytest.raises(Invalid) as refused:
        invite(asked(world, person_id=member.id), by=by(world, "xa_a"))
    assert refused.value.code == "yourself"


def test_a_new_link_replaces_a_forgotten_password_and_ends_the_sessions(world):
    row, unit = world.accounts["ap_a1"], world.units["ap_a1"].id
    try_wrongly("ap_a1", 10)
    _account, secret = renew_link(unit, row.id, by=by(world, "xa_a"))
    assert sign_in("ap_a1", PASSWORD, now=NOW + timedelta(hours=1))
    accept(secret, "mật khẩu mới của tôi", now=NOW)
    assert sign_in("ap_a1", PASSWORD, now=NOW) is None
    assert sign_in("ap_a1", "mật khẩu mới của tôi", now=NOW)
    assert actor_for(row.id, 0, TODAY) is None


def test_a_new_link_makes_the_old_one_worthless(world):
    old = invite(asked(world), by=by(world, "xa_a"))
    row, unit = account("nguoi.moi"), world.units["ap_a1"].id
    _account, new = renew_link(unit, row.id, by=by(world, "xa_a", ONCE))
    assert renew_link(unit, row.id, by=by(world, "xa_a", ONCE))[1] == new
    with pytest.raises(NotFound):
        accept(old, "mật khẩu của tôi", now=NOW)
    assert accept(new, "mật khẩu của tôi", now=NOW)


def test_nobody_hands_out_a_link_to_an_account_with_a_post_above_their_own(world):
    holder = world.accounts["ap_a1"]
    AppointmentFactory(account=holder, unit=world.units["huyen"], post=Post.OFFICER)
    db.session.commit()
    with pytest.raises(Forbidden):
        renew_link(world.units["ap_a1"].id, holder.id, by=by(world, "xa_a"))
    assert account("ap_a1").invitation_hash is None


@pytest.mark.parametrize(
    ("who", "unit", "holder", "refusal"),
    [
        ("xa_b", "ap_a1", "ap_a1", NotFound),
        ("xa_a", "ap_a1", "ap_a2", NotFound),
        ("xa_a", "ap_a1", "huyen", NotFound),
        ("xa_a.pho", "xa_a", "xa_a", Forbidden),
        ("xa_a", "xa_a", "xa_a", Forbidden),
    ],
)
def test_a_link_is_handed_out_only_from_above(*, world, who, unit, holder, refusal):
    with pytest.raises(refusal):
        renew_link(world.units[unit].id, world.accounts[holder].id, by=by(world, who))


def test_a_changed_password_takes_the_place_of_the_old_and_ends_sessions(world):
    epoch = world.accounts["xa_a"].session_epoch
    change_password(PASSWORD, "mật khẩu mới của tôi", by=by(world, "xa_a"))
    assert sign_in("xa_a", PASSWORD, now=NOW) is None
    assert sign_in("xa_a", "mật khẩu mới của tôi", now=NOW)
    assert actor_for(world.accounts["xa_a"].id, epoch, TODAY) is None


def test_a_password_is_changed_only_by_who_knows_the_old_one(world):
    with pytest.raises(Invalid) as refused:
        change_password("sai-mat-khau", "mật khẩu mới của tôi", by=by(world, "xa_a"))
    assert (refused.value.field, refused.value.code) == ("old", "wrong_password")
    assert sign_in("xa_a", PASSWORD, now=NOW)


def test_the_program_itself_may_invite_the_first_secretary(app):  # noqa: ARG001
    world = build_world()
    asked_for = asked(world, "huyen", post=Post.SECRETARY)
    accept(invite(asked_for, by=By(None, NOW)), "mật khẩu của tôi", now=NOW)
    assert sign_in("nguoi.moi", "mật khẩu của tôi", now=NOW)
