"""How the text of an environment variable becomes a value.

A reader raises ValueError with the words that follow the name of the variable: "must be ...".
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

from cryptography.fernet import Fernet
from limits import parse_many

ROOT = Path(__file__).resolve().parent
SECRET_LENGTH = 32


def one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}; it is {value!r}")
        return value

    return read


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value) if value.isascii() and value.isdigit() else None
        if number is None or not least <= number <= most:
            raise ValueError(f"must be a whole number from {least} to {most}; it is {value!r}")
        return number

    return read


def yes_or_no(value: str) -> bool:
    answers = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if (answer := answers.get(value.lower())) is None:
        raise ValueError(f"must be true or false; it is {value!r}")
    return answer


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"must be a day like 2026-03-26; it is {value!r}") from None


def share(value: str) -> Fraction:
    try:
        fraction = Fraction(value)
    except (ValueError, ZeroDivisionError):
        fraction = Fraction(0)
    if not 0 < fraction <= 1:
        raise ValueError(f"must be a fraction above 0 and up to 1, like 2/3; it is {value!r}")
    return fraction


def falling_shares(value: str) -> tuple[Fraction, Fraction, Fraction]:
    try:
        first, second, third = (share(each) for each in value.split())
    except ValueError:
        first = second = third = Fraction(0)
    if not first > second > third:
        raise ValueError(f"must be three falling fractions, like 4/5 3/5 1/2; it is {value!r}")
    return first, second, third


def best_and_middle(value: str) -> tuple[Fraction, Fraction]:
    try:
        best, middle = (share(each) for each in value.split())
    except ValueError:
        raise ValueError(f"must be two fractions, like 1 1/2; it is {value!r}") from None
    return best, middle


def long_secret(value: str) -> str:
    if len(value) < SECRET_LENGTH:
        raise ValueError(f"must have at least {SECRET_LENGTH} characters")
    return value


def fernet_keys(value: str) -> tuple[str, ...]:
    """The first key encrypts, all of them decrypt: so a key can be replaced."""
    keys = tuple(key.strip() for key in value.split(","))
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        raise ValueError("must be one or more Fernet keys with commas between them") from None
    return keys


def postgresql_url(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in {"postgresql", "postgresql+psycopg"} or not rest:
        raise ValueError("must begin with postgresql:// or postgresql+psycopg://")
    return f"postgresql+psycopg://{rest}"


def storage_url(value: str) -> str:
    if not value.partition("://")[1]:
        raise ValueError("must be an address like memory:// or redis://localhost:6379")
    return value


def rate(value: str) -> str:
    try:
        parse_many(value)
    except ValueError:
        raise ValueError(f"must be a rate like '10 per 5 minutes'; it is {value!r}") from None
    return value


def folder(value: str) -> Path:
    return ROOT / Path(value).expanduser()
