from dataclasses import replace
from datetime import timedelta

import pytest
from flask_babel import force_locale

from app.extensions import db, limiter
from app.models import Account, Appointment
from app.services.events import By
from app.services.offices.accounts import Invitation, invite
from tests.browser import Browser
from tests.clock import NOW, TODAY
from tests.factories import PASSWORD
from workflows.levels import Post

NEW = "mật khẩu mới của tôi"


def enter(browser, username="xa_a", password=PASSWORD, path="/login"):
    return browser.send(path, username=username, password=password)


def is_in(browser):
    return browser.get("/").path == "/"


def answer(page):
    """What a person reads, without the name they typed and the keys of the form."""
    return page.status, page.words()


@pytest.fixture
def three_tries(app, monkeypatch):
    """Three wrong tries a minute from one address."""
    limited = replace(app.config["SETTINGS"], login_limit="3 per minute")
    monkeypatch.setitem(app.config, "SETTINGS", limited)
    limiter.reset()
    yield
    limiter.reset()


def test_name_and_password_open_the_first_page(world, visitor):  # noqa: ARG001
    page = enter(visitor)
    assert (page.status, page.path) == (200, "/")


def test_a60_an_unknown_user_gets_the_same_answer_as_a_known_one(world, app):
    world.accounts["xa_b"].locked_until = NOW + timedelta(days=1)
    world.accounts["ap_a1"].is_active = False
    world.accounts["ap_a2"].password_hash = None
    db.session.commit()
    names = ["khong.ai", "xa_a", "xa_b", "ap_a1", "ap_a2", "x" * 5000, "a\x00b", "Đào Thị"]
    answers = {answer(enter(Browser(app.test_client()), name, "sai-mat-khau")) for name in names}
    assert len(answers) == 1
    status, words = answers.pop()
    assert status == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in words


def test_a_locked_account_answers_the_right_password_like_a_wrong_one(world, app):
    world.accounts["xa_b"].locked_until = NOW + timedelta(days=1)
    db.session.commit()
    right = enter(Browser(app.test_client()), "xa_b", PASSWORD)
    wrong = enter(Browser(app.test_client()), "xa_b", "sai-mat-khau")
    assert answer(right) == answer(wrong)


def test_a_password_of_a_hundred_thousand_letters_is_wrong_and_no_error(world, visitor):  # noqa: ARG001
    assert enter(visitor, "xa_a", "x" * 100_000).status == 422


def test_a_typed_password_is_never_shown_again(world, visitor):  # noqa: ARG001
    assert "sai-mat-khau" not in enter(visitor, "xa_a", "sai-mat-khau").text


def test_a60_ten_wrong_passwords_slow_the_account(world, visitor):  # noqa: ARG001
    for _ in range(10):
        enter(visitor, "xa_a", "sai-mat-khau")
    assert enter(visitor, "xa_a", PASSWORD).status == 422
    db.session.expire_all()
    row = db.session.query(Account).filter_by(username="xa_a").one()
    row.locked_until = NOW - timedelta(seconds=1)
    db.session.commit()
    assert enter(visitor, "xa_a", PASSWORD).status == 200


@pytest.mark.usefixtures("three_tries")
def test_a60_wrong_passwords_slow_the_address_whatever_the_names(world, visitor):  # noqa: ARG001
    statuses = [enter(visitor, name, "sai").status for name in ("xa_a", "xa_b", "khong.ai")]
    assert statuses == [422, 422, 422]
    form = visitor.get("/login").form()
    late = visitor.post("/login", {**form, "username": "huyen", "password": PASSWORD})
    assert late.status == 429
    elsewhere = visitor.client.post(
        "/login",
        data={**form, "username": "huyen", "password": PASSWORD},
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert elsewhere.status_code == 303


@pytest.mark.usefixtures("three_tries")
def test_signing_in_rightly_uses_up_no_try(world, app):  # noqa: ARG001
    for name in ("xa_a", "xa_b", "huyen", "ap_a1", "ap_a2"):
        assert enter(Browser(app.test_client()), name).status == 200


@pytest.mark.usefixtures("three_tries")
def test_guessing_links_slows_the_address(world, visitor):  # noqa: ARG001
    form = visitor.get("/login").form()
    sent = {**form, "password": NEW, "again": NEW}
    statuses = [visitor.post(f"/invitations/{n}", sent).status for n in range(4)]
    assert statuses == [404, 404, 404, 429]


@pytest.mark.parametrize("wanted", ["/queue", "/dossiers/KN-2026-000001?x=1"])
def test_signing_in_leads_to_the_page_that_was_asked_for(world, visitor, wanted):  # noqa: ARG001
    asked = visitor.client.get(wanted)
    form = visitor.get(asked.location).form()
    sent = {**form, "username": "xa_a", "password": PASSWORD}
    assert visitor.client.post(asked.location, data=sent).location == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example"),
        *("javascript:alert(1)", "/\t/evil.example", "%2F%2Fevil.example", "http:evil.example"),
        *("evil.example", "//[", "///evil.example", "/%09/evil.example\\"),
    ],
)
def test_signing_in_never_leads_to_another_site(world, visitor, wanted):  # noqa: ARG001
    form = visitor.get("/login").form()
    sent = {**form, "username": "xa_a", "password": PASSWORD}
    answered = visitor.client.post("/login", query_string={"next": wanted}, data=sent)
    assert (answered.status_code, answered.location) == (303, "/")


def test_nothing_of_the_session_before_signing_in_outlives_it(world, visitor):  # noqa: ARG001
    form = visitor.get("/login").form()
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    visitor.post("/login", {**form, "username": "xa_a", "password": PASSWORD})
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before


def test_the_chosen_language_outlives_signing_in(world, visitor):  # noqa: ARG001
    form = visitor.get("/login").form()
    visitor.post("/language/en", {"csrf_token": form["csrf_token"], "next": "/login"})
    enter(visitor)
    assert visitor.get("/").all("html", lang="en")


def test_each_reads_their_own_language_whoever_opened_a_page_first(app):
    with app.test_request_context():
        with force_locale("en"):
            page = app.jinja_env.from_string('{{ "admission" | word("workflow") }}')
            assert page.render() == "Admission of a member"
        with force_locale("vi"):
            assert page.render() == "Kết nạp đoàn viên"


def test_a_session_made_up_by_hand_opens_nothing(world, app):  # noqa: ARG001
    for made_up in ("1", "1.x", "x.0", "999999.0", f"{2**70}.0", "", "-1.0"):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = made_up
        assert client.get("/").status_code == 302


def test_signing_out_is_a_post_only(sign_in):
    browser = sign_in("xa_a")
    assert browser.get("/logout").status == 405
    assert is_in(browser)
    token = browser.get("/").all("input", name="csrf_token")[0].get("value")
    browser.post("/logout", {"csrf_token": token})
    assert not is_in(browser)


def test_signing_out_needs_the_key_of_a_form(sign_in):
    browser = sign_in("xa_a")
    assert browser.post("/logout").status == 400
    assert is_in(browser)


def test_a_changed_password_ends_every_other_session(world, app, visitor):  # noqa: ARG001
    other = Browser(app.test_client())
    enter(visitor)
    enter(other)
    page = visitor.send("/password", old=PASSWORD, password=NEW, again=NEW)
    assert "Đã đổi mật khẩu" in page.words()
    assert is_in(visitor)
    assert not is_in(other)
    assert enter(other, password=PASSWORD).status == 422
    assert enter(other, password=NEW).status == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "sai-mat-khau"}, "Mật khẩu hiện nay không đúng."),
        ({"old": ""}, "Ghi mật khẩu hiện nay."),
        ({"password": "ngắn", "again": "ngắn"}, "Mật khẩu cần ít nhất 10 ký tự."),
        ({"password": "x" * 201, "again": "x" * 201}, "Mật khẩu dài tối đa 200 ký tự."),
        ({"again": "khác hẳn"}, "Hai lần ghi không giống nhau."),
    ],
)
def test_a_password_that_is_not_taken_says_why(sign_in, visitor, typed, said):
    browser = sign_in("xa_a")
    page = browser.send("/password", **{"old": PASSWORD, "password": NEW, "again": NEW, **typed})
    assert page.status == 422
    assert said in page.words()
    assert enter(visitor).status == 200


@pytest.fixture
def link(world):
    """The path of an invitation as deputy of a branch."""
    asked = Invitation(
        unit_id=world.units["ap_a1"].id,
        post=Post.DEPUTY,
        username="nguoi.moi",
        name="Trần Thị Mới",
        email="",
        from_on=TODAY,
    )
    return f"/invitations/{invite(asked, by=By(world.actor('xa_a'), NOW))}"


def test_an_invited_person_chooses_a_password_and_is_in(link, visitor):
    page = visitor.send(link, password=NEW, again=NEW)
    assert (page.status, page.path) == (200, "/")
    assert "Tài khoản nguoi.moi đã mở." in page.words()


def test_an_invitation_tells_the_name_to_sign_in_with(link, visitor):
    assert "Tên đăng nhập: nguoi.moi" in visitor.get(link).words()


def test_an_invitation_that_was_used_says_so(link, visitor, app):
    other = Browser(app.test_client())
    opened = other.get(link).form()
    visitor.send(link, password=NEW, again=NEW)
    assert other.get(link).status == 404
    assert "đã dùng hoặc đã quá hạn" in other.get(link).words()
    late = other.post(
        link, opened | {"password": "kẻ khác chiếm lấy", "again": "kẻ khác chiếm lấy"}
    )
    assert late.status == 404
    assert not is_in(other)
    assert enter(other, "nguoi.moi", NEW).status == 200


def test_an_invitation_that_is_too_old_says_so(link, visitor):
    opened = visitor.get(link).form()
    row = db.session.query(Account).filter_by(username="nguoi.moi").one()
    row.invited_until = NOW - timedelta(seconds=1)
    db.session.commit()
    page = visitor.post(link, opened | {"password": NEW, "again": NEW})
    assert page.status == 404
    assert not page.all("input", type="password")
    assert "đã dùng hoặc đã quá hạn" in page.words()


def test_a_short_password_keeps_the_invitation_open(link, visitor):
    assert visitor.send(link, password="ngắn", again="ngắn").status == 422
    assert visitor.send(link, password=NEW, again=NEW).status == 200


def test_an_invitation_is_not_used_by_looking_at_it(link, visitor):
    for _ in range(3):
        assert visitor.get(link).status == 200
    assert visitor.send(link, password=NEW, again=NEW).path == "/"


def test_an_account_whose_posts_have_ended_sees_nothing(world, sign_in, journey):
    ref = journey().to("commune_review").ref
    browser = sign_in("xa_a")
    held = db.session.query(Appointment).filter_by(account_id=world.accounts["xa_a"].id).one()
    held.to_on = TODAY - timedelta(days=1)
    db.session.commit()
    assert browser.get(f"/dossiers/{ref}").status == 404
    assert browser.get("/people").status == 403
