"""What every answer tells a browser."""

from flask import url_for


def test_pages_are_kept_by_no_cache_and_framed_by_nobody(visitor):
    headers = visitor.get("/login").headers
    assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_style_sheets_are_kept_for_a_year_under_an_address_of_their_own(app, visitor):
    with app.test_request_context():
        address = url_for("static", filename="style.css")
    answer = visitor.client.get(address, buffered=True)
    assert "v=" in address
    assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_strict_transport_is_asked_for_over_https_only(visitor):
    plain = visitor.client.get("/login")
    secure = visitor.client.get("/login", base_url="https://localhost")
    assert "Strict-Transport-Security" not in plain.headers
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor):
    cookie = visitor.client.get("/login").headers["Set-Cookie"]
    assert ("HttpOnly" in cookie, "SameSite=Lax" in cookie) == (True, True)
