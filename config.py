"""Every setting, read from the environment once at start and checked there.

A field of `Settings` is a setting: its name in capitals is the variable, its metadata says how the
text is read, what holds where the variable is unset, and what it is for. A setting marked
`local_rule` stands in for a rule that the sources leave open: once a regulation settles it, the
regulation wins.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, Self

import readers as read

PRODUCTION = "production"
MEGABYTE = 1024 * 1024
PAPERS_IN_ONE_FORM = 5

Default = str | Callable[[Mapping[str, str]], str] | None
REQUIRED: Default = None
OPTIONAL: Default = ""


class ConfigError(Exception):
    """One line for each variable that is missing or wrong: `NAME: what is asked of it`."""


def setting(
    reader: Callable[[str], Any],
    default: Default = REQUIRED,
    *,
    says: str,
    secret: bool = False,
    local_rule: bool = False,
) -> Any:
    metadata = {"reader": reader, "default": default, "help": says, "local_rule": local_rule}
    return field(repr=not secret, metadata=metadata)


def only_in_production(environ: Mapping[str, str]) -> str:
    return str(environ.get("APP_ENV", PRODUCTION) == PRODUCTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`Settings.from_env()` is the one way to make it; tests may use `dataclasses.replace`."""

    # Where it runs. Unset means production: who forgets the variable gets the strict side.
    app_env: Literal["development", "test", "production"] = setting(
        read.one_of("development", "test", PRODUCTION),
        PRODUCTION,
        says="What this installation is for",
    )
    database_url: str = setting(
        read.postgresql_url, secret=True, says="The PostgreSQL database, as postgresql://..."
    )
    papers_dir: Path = setting(
        read.folder, "var/papers", says="Folder of the uploaded papers; relative to the program"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = setting(
        read.one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", says="How much the log tells"
    )
    default_locale: Literal["vi", "en"] = setting(
        read.one_of("vi", "en"), "vi", says="Language for who has chosen none"
    )
    demo_password: str | None = setting(
        str, OPTIONAL, secret=True, says="Password of the demo accounts; not for production"
    )

    # Keys and doors.
    secret_key: str = setting(read.long_secret, secret=True, says="Signs sessions and forms")
    field_key: tuple[str, ...] = setting(
        read.fernet_keys, secret=True, says="Fernet keys of the encrypted columns, the newest first"
    )
    cookie_secure: bool = setting(
        read.yes_or_no, only_in_production, says="Cookies over HTTPS only; true in production"
    )
    csrf_hours: int = setting(read.whole_number(1, 168), "12", says="How long a form stays valid")
    session_hours: int = setting(read.whole_number(1, 720), "12", says="How long a sign-in lasts")
    login_limit: str = setting(read.rate, "10 per 5 minutes", says="Tries to sign in")
    ratelimit_storage_uri: str = setting(
        read.storage_url, "memory://", secret=True, says="Where tries are counted, for all workers"
    )
    personal_link_days: int = setting(
        read.whole_number(1, 366), "30", says="Days a member's personal link is valid"
    )
    trusted_proxies: int = setting(
        read.whole_number(0, 9),
        "0",
        says="Proxies in front whose X-Forwarded-* headers are believed",
    )
    paper_max_mb: int = setting(read.whole_number(1, 100), "10", says="Largest paper, in MB")

    # Rules of the Union that the sources leave open, or that are not in force yet.
    statute_xiii_from: date | None = setting(
        read.day,
        OPTIONAL,
        local_rule=True,
        says="First day of the Statute XIII rules; unset: never",
    )
    card_issuer_xiii: Literal["superior", "commune"] = setting(
        read.one_of("superior", "commune"),
        "commune",
        local_rule=True,
        says="Who issues the card under Statute XIII",
    )
    membership_from: Literal["signing", "ceremony"] = setting(
        read.one_of("signing", "ceremony"),
        "signing",
        local_rule=True,
        says="The day from which a person is a member",
    )
    vote_quorum: Fraction = setting(
        read.share, "2/3", local_rule=True, says="Share of the branch that must be at the meeting"
    )
    age_limit_birthday: int = setting(
        read.whole_number(17, 99),
        "31",
        local_rule=True,
        says="Admission is refused from this birthday",
    )
    review_days: int = setting(
        read.whole_number(1, 365), "7", local_rule=True, says="Days the commune has to decide"
    )
    idle_months: int = setting(
        read.whole_number(1, 120),
        "12",
        local_rule=True,
        says="Months without a step until it lapses",
    )
    count_away_members: bool = setting(
        read.yes_or_no,
        "false",
        local_rule=True,
        says="Whether members working away count among those who must be at a meeting",
    )
    score_grace_minutes: int = setting(
        read.whole_number(0, 60),
        "2",
        local_rule=True,
        says="Minutes after a contest round in which scores that were on their way still count",
    )
    merged_places: Literal["together", "one"] = setting(
        read.one_of("together", "one"),
        "together",
        local_rule=True,
        says="Contest places of communes that merge in a season: all they had together, or of one",
    )
    excellent_ceiling: Fraction | None = setting(
        read.share,
        OPTIONAL,
        local_rule=True,
        says="Most of those graded good or better who may be excellent, like 1/5; unset: no limit",
    )
    grade_majority: Fraction = setting(
        read.share,
        "1/2",
        local_rule=True,
        says="A member's grade needs more than this share of those present",
    )
    branch_good_shares: tuple[Fraction, Fraction, Fraction] = setting(
        read.falling_shares,
        "4/5 3/5 1/2",
        local_rule=True,
        says="Shares of good members that the three better grades of a branch ask for",
    )
    exemplary_grade_year: Literal["this_or_previous", "previous"] = setting(
        read.one_of("this_or_previous", "previous"),
        "this_or_previous",
        local_rule=True,
        says="Which year must be graded excellent for the exemplary title",
    )
    opinion_majority: Fraction = setting(
        read.share,
        "1/2",
        local_rule=True,
        says="A branch's opinion on a recommendation needs more than this share of those present",
    )
    resolution_majority: Fraction = setting(
        read.share,
        "1/2",
        local_rule=True,
        says="A resolution to recommend needs more than this share of the whole committee",
    )
    programme_least: int = setting(
        read.whole_number(1, 20),
        "2",
        local_rule=True,
        says="Contents of the training programme that a member registers at least",
    )
    programme_shares: tuple[Fraction, Fraction] = setting(
        read.best_and_middle,
        "1 1/2",
        local_rule=True,
        says="Shares of contents done well for the best result, and done for the middle one",
    )

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        values: dict[str, Any] = {}
        errors: list[str] = []
        for row in fields(cls):
            try:
                values[row.name] = _value(row, environ)
            except ValueError as error:
                errors.append(f"{row.name.upper()}: {error}")
        if errors:
            raise ConfigError("\n".join(errors))
        return cls(**values)

    def flask_config(self) -> dict[str, Any]:
        return {
            "SECRET_KEY": self.secret_key,
            "TESTING": self.app_env == "test",
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "MAX_CONTENT_LENGTH": (PAPERS_IN_ONE_FORM * self.paper_max_mb + 1) * MEGABYTE,
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=self.session_hours),
            "SESSION_COOKIE_SECURE": self.cookie_secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "WTF_CSRF_TIME_LIMIT": self.csrf_hours * 3600,
            "RATELIMIT_STORAGE_URI": self.ratelimit_storage_uri,
            "BABEL_DEFAULT_LOCALE": self.default_locale,
            "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
            "BOOTSTRAP_SERVE_LOCAL": True,
        }


def _value(row: Field[Any], environ: Mapping[str, str]) -> Any:
    """The value of one setting. A variable that is set but blank counts as unset."""
    default = row.metadata["default"]
    given = environ.get(row.name.upper(), "").strip()
    written = given or (default(environ) if callable(default) else default)
    if written is REQUIRED:
        raise ValueError("must be set")
    return row.metadata["reader"](written) if written else None
