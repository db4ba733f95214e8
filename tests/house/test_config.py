from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta
from fractions import Fraction

import pytest

from config import ConfigError, Settings
from readers import ROOT

FIELD_KEY = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlICE="
OLD_FIELD_KEY = "YW5vdGhlciBzaXh0ZWVuIGFuZCBhIHNpeHRlZW4gLi4="
SMALLEST = {
    "SECRET_KEY": "s" * 32,
    "FIELD_KEY": FIELD_KEY,
    "DATABASE_URL": "postgresql://localhost/hoso",
}


def settings(**changes: str) -> Settings:
    return Settings.from_env(SMALLEST | changes)


def complaints(environ: Mapping[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        Settings.from_env(environ)
    return str(caught.value).splitlines()


def test_unset_settings_have_their_default():
    made = settings()
    required = {"secret_key": "s" * 32, "field_key": (FIELD_KEY,)}
    assert {row.name: getattr(made, row.name) for row in fields(made)} == required | {
        "app_env": "production",
        "database_url": "postgresql+psycopg://localhost/hoso",
        "papers_dir": ROOT / "var/papers",
        "log_level": "INFO",
        "default_locale": "vi",
        "demo_password": None,
        "cookie_secure": True,
        "csrf_hours": 12,
        "session_hours": 12,
        "login_limit": "10 per 5 minutes",
        "ratelimit_storage_uri": "memory://",
        "personal_link_days": 30,
        "trusted_proxies": 0,
        "paper_max_mb": 10,
        "statute_xiii_from": None,
        "card_issuer_xiii": "commune",
        "membership_from": "signing",
        "vote_quorum": Fraction(2, 3),
        "age_limit_birthday": 31,
        "review_days": 7,
        "idle_months": 12,
        "count_away_members": False,
        "score_grace_minutes": 2,
        "merged_places": "together",
        "excellent_ceiling": None,
        "grade_majority": Fraction(1, 2),
        "branch_good_shares": (Fraction(4, 5), Fraction(3, 5), Fraction(1, 2)),
        "exemplary_grade_year": "this_or_previous",
        "opinion_majority": Fraction(1, 2),
        "resolution_majority": Fraction(1, 2),
        "programme_least": 2,
        "programme_shares": (Fraction(1), Fraction(1, 2)),
    }


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("APP_ENV", "staging", "must be one of development, test, production; it is 'staging'"),
        ("SECRET_KEY", "s" * 31, "must have at least 32 characters"),
        ("FIELD_KEY", "abc", "must be one or more Fernet keys with commas between them"),
        ("FIELD_KEY", f"{FIELD_KEY},", "must be one or more Fernet keys with commas between them"),
        ("DATABASE_URL", "mysql://db", "must begin with postgresql:// or postgresql+psycopg://"),
        ("PAPER_MAX_MB", "0", "must be a whole number from 1 to 100; it is '0'"),
        ("CSRF_HOURS", "-1", "must be a whole number from 1 to 168; it is '-1'"),
        ("SESSION_HOURS", "twelve", "must be a whole number from 1 to 720; it is 'twelve'"),
        ("TRUSTED_PROXIES", "²", "must be a whole number from 0 to 9; it is '²'"),
        ("LOGIN_LIMIT", "often", "must be a rate like '10 per 5 minutes'; it is 'often'"),
        (
            "RATELIMIT_STORAGE_URI",
            "memory",
            "must be an address like memory:// or redis://localhost:6379",
        ),
        ("STATUTE_XIII_FROM", "1/7/2026", "must be a day like 2026-03-26; it is '1/7/2026'"),
        ("CARD_ISSUER_XIII", "branch", "must be one of superior, commune; it is 'branch'"),
        ("MEMBERSHIP_FROM", "card", "must be one of signing, ceremony; it is 'card'"),
        ("VOTE_QUORUM", "3/2", "must be a fraction above 0 and up to 1, like 2/3; it is '3/2'"),
        ("VOTE_QUORUM", "2/0", "must be a fraction above 0 and up to 1, like 2/3; it is '2/0'"),
        ("AGE_LIMIT_BIRTHDAY", "16", "must be a whole number from 17 to 99; it is '16'"),
        (
            "BRANCH_GOOD_SHARES",
            "1/2 3/5",
            "must be three falling fractions, like 4/5 3/5 1/2; it is '1/2 3/5'",
        ),
        ("EXCELLENT_CEILING", "2", "must be a fraction above 0 and up to 1, like 2/3; it is '2'"),
        ("REVIEW_DAYS", "7.5", "must be a whole number from 1 to 365; it is '7.5'"),
        ("COUNT_AWAY_MEMBERS", "some", "must be true or false; it is 'some'"),
        (
            "EXEMPLARY_GRADE_YEAR",
            "next",
            "must be one of this_or_previous, previous; it is 'next'",
        ),
        ("OPINION_MAJORITY", "2", "must be a fraction above 0 and up to 1, like 2/3; it is '2'"),
        ("RESOLUTION_MAJORITY", "0", "must be a fraction above 0 and up to 1, like 2/3; it is '0'"),
        ("PROGRAMME_SHARES", "1", "must be two fractions, like 1 1/2; it is '1'"),
        ("IDLE_MONTHS", "0", "must be a whole number from 1 to 120; it is '0'"),
        ("DEFAULT_LOCALE", "fr", "must be one of vi, en; it is 'fr'"),
        ("LOG_LEVEL", "LOUD", "must be one of DEBUG, INFO, WARNING, ERROR; it is 'LOUD'"),
        ("COOKIE_SECURE", "maybe", "must be true or false; it is 'maybe'"),
    ],
)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(name, value, words):
    assert complaints(SMALLEST | {name: value}) == [f"{name}: {words}"]


def test_all_errors_are_told_at_once():
    wrong = {"SECRET_KEY": "short", "VOTE_QUORUM": "most", "LOG_LEVEL": "LOUD"}
    told = [line.split(":")[0] for line in complaints(wrong)]
    assert told == ["DATABASE_URL", "LOG_LEVEL", "SECRET_KEY", "FIELD_KEY", "VOTE_QUORUM"]


@pytest.mark.parametrize("app_env", ["development", "test", "production"])
@pytest.mark.parametrize("name", SMALLEST)
def test_keys_and_database_are_asked_for_everywhere(app_env, name):
    without = {key: value for key, value in SMALLEST.items() if key != name}
    assert complaints(without | {"APP_ENV": app_env}) == [f"{name}: must be set"]


def test_a_blank_variable_counts_as_unset():
    assert complaints(SMALLEST | {"FIELD_KEY": " "}) == ["FIELD_KEY: must be set"]
    assert settings(STATUTE_XIII_FROM="", CSRF_HOURS=" ") == settings()


@pytest.mark.parametrize(
    ("environ", "secure"),
    [
        ({}, True),
        ({"APP_ENV": "production"}, True),
        ({"APP_ENV": "development"}, False),
        ({"APP_ENV": "test"}, False),
        ({"APP_ENV": "development", "COOKIE_SECURE": "yes"}, True),
        ({"APP_ENV": "production", "COOKIE_SECURE": "0"}, False),
    ],
)
def test_cookies_are_for_https_only_in_production_unless_said_otherwise(environ, secure):
    assert settings(**environ).cookie_secure is secure


def test_values_have_their_type():
    made = settings(
        FIELD_KEY=f"{FIELD_KEY}, {OLD_FIELD_KEY}",
        DATABASE_URL="postgresql+psycopg://u@h/d",
        PAPERS_DIR="/srv/papers",
        STATUTE_XIII_FROM="2026-07-01",
        VOTE_QUORUM="1/2",
    )
    assert made.field_key == (FIELD_KEY, OLD_FIELD_KEY)
    assert made.database_url == "postgresql+psycopg://u@h/d"
    assert str(made.papers_dir) == "/srv/papers"
    assert made.statute_xiii_from == date(2026, 7, 1)
    assert made.vote_quorum == Fraction(1, 2)


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(settings(DEMO_PASSWORD="open-sesame", DATABASE_URL="postgresql://u:pw@h/d"))
    assert [word for word in ("ssss", FIELD_KEY, "open-sesame", "pw@h") if word in shown] == []


def test_every_setting_says_what_it_is_for():
    assert [row.name for row in fields(Settings) if not row.metadata["help"]] == []


def test_rules_that_no_source_settles_are_marked_as_local():
    assert [row.name for row in fields(Settings) if row.metadata["local_rule"]] == [
        "statute_xiii_from",
        "card_issuer_xiii",
        "membership_from",
        "vote_quorum",
        "age_limit_birthday",
        "review_days",
        "idle_months",
        "count_away_members",
        "score_grace_minutes",
        "merged_places",
        "excellent_ceiling",
        "grade_majority",
        "branch_good_shares",
        "exemplary_grade_year",
        "opinion_majority",
        "resolution_majority",
        "programme_least",
        "programme_shares",
    ]


def test_flask_gets_its_share():
    config = settings(APP_ENV="test", CSRF_HOURS="2", SESSION_HOURS="3").flask_config()
    assert config["TESTING"] is True
    assert config["SESSION_COOKIE_SECURE"] is False
    assert config["WTF_CSRF_TIME_LIMIT"] == 7200
    assert config["PERMANENT_SESSION_LIFETIME"] == timedelta(hours=3)
    assert config["MAX_CONTENT_LENGTH"] == 51 * 1024 * 1024
