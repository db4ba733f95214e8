"""Cells: what people write into the columns of a list, read as the member book keeps it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from app.services.imports.columns import Field
from app.vietnamese import clean_name, fold
from workflows.admission_facts import Schooling
from workflows.membership import Holding, PersonStatus, Sex

Word = TypeVar("Word")
# The same few words stand in every row of a list.
folded = lru_cache(maxsize=4096)(fold)

SHORT = 200
OLDEST_YEAR = 1900
_DAY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 00:00(?::00)?)?")
_YEAR = re.compile(r"\d{4}")
# Excel counts days from here; a cell that lost its format shows the count.
_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_COUNT = re.compile(r"[1-5]\d{4}")
_CLASS = re.compile(r"(\d{1,2})/12\b")

SEXES = {
    **dict.fromkeys(("nam", "male", "trai"), Sex.MALE),
    **dict.fromkeys(("nu", "female", "gai"), Sex.FEMALE),
}
# What a list may state of itself; every other status is somebody's decision, with its own event.
STATUSES = {
    **dict.fromkeys(("doan vien", "dang sinh hoat", "sinh hoat", "member"), PersonStatus.MEMBER),
    **dict.fromkeys(("doi tuong", "doi tuong ket nap", "candidate"), PersonStatus.CANDIDATE),
    **dict.fromkeys(("di lam an xa", "lam an xa", "di lam xa"), PersonStatus.WORKING_AWAY),
    **dict.fromkeys(("hoan sinh hoat", "tam hoan sinh hoat"), PersonStatus.DEFERRED),
    **dict.fromkeys(("truong thanh doan", "truong thanh"), PersonStatus.MATURED),
    "doan vien danh du": PersonStatus.HONORARY,
}
HOLDINGS = {
    **dict.fromkeys(("co", "da co", "da cap", "x", "1", "has"), Holding.HAS),
    **dict.fromkeys(("chua co", "chua", "chua cap", "khong", "khong co", "0"), Holding.LACKS),
    **dict.fromkeys(("mat", "da mat", "bi mat", "that lac"), Holding.LOST),
    **dict.fromkeys(("cap lai", "da cap lai"), Holding.REISSUED),
}
SCHOOLS = {
    **dict.fromkeys(("chua hoc", "mu chu", "chua hoc het tieu hoc"), Schooling.NONE),
    **dict.fromkeys(("tieu hoc", "cap 1"), Schooling.PRIMARY),
    **dict.fromkeys(("thcs", "trung hoc co so", "cap 2"), Schooling.LOWER_SECONDARY),
    **dict.fromkeys(("thpt", "trung hoc pho thong", "cap 3"), Schooling.UPPER_SECONDARY),
    **dict.fromkeys(
        ("tot nghiep thpt", "tot nghiep trung hoc pho thong"), Schooling.UPPER_SECONDARY
    ),
    **dict.fromkeys(("tot nghiep thcs", "tot nghiep trung hoc co so"), Schooling.LOWER_SECONDARY),
    **dict.fromkeys(("cao dang", "dai hoc", "sau dai hoc", "thac si"), Schooling.HIGHER),
}
# The last class finished, of twelve.
_CLASSES = (
    (12, Schooling.UPPER_SECONDARY),
    (9, Schooling.LOWER_SECONDARY),
    (5, Schooling.PRIMARY),
    (0, Schooling.NONE),
)


class Unreadable(Exception):  # noqa: N818
    """A cell that says nothing its column can hold; ``code`` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date; of one whose day nobody knows, the first day of its year."""

    on: date
    year_only: bool = False


def read_birth(text: str, today: date) -> Birth:
    """Read a birth date, or a year alone.

    Raises:
        Unreadable: there is no such day, or it is not past.
    """
    if not _YEAR.fullmatch(text):
        return Birth(read_day(text, today))
    if not OLDEST_YEAR <= int(text) <= today.year:
        raise Unreadable("no_such_year")
    return Birth(date(int(text), 1, 1), year_only=True)


def read_day(text: str, today: date) -> date:
    """Read a day that is past, as people write it: 26/3/2008, 26-3-08, or a day of Excel.

    Raises:
        Unreadable: there is no such day, or it is not past.
    """
    try:
        day = _day(text, today)
    except (ValueError, OverflowError):
        raise Unreadable("no_such_day") from None
    if day > today:
        raise Unreadable("day_ahead")
    if day.year < OLDEST_YEAR:
        raise Unreadable("no_such_year")
    return day


def _day(text: str, today: date) -> date:
    if written := _DAY.fullmatch(text):
        return date(_full_year(written[3], today), int(written[2]), int(written[1]))
    if written := _ISO.fullmatch(text):
        return date(*map(int, written.groups()))
    if _EXCEL_COUNT.fullmatch(text):
        return _EXCEL_DAY_0 + timedelta(days=int(text))
    raise ValueError(text)


def _full_year(text: str, today: date) -> int:
    """Of two digits, the year that is past: 08 is 2008, 98 is 1998."""
    year = int(text)
    if len(text) > 2:  # noqa: PLR2004
        return year
    century = today.year - today.year % 100
    return century + year if century + year <= today.year else century - 100 + year


def read_name(text: str) -> str:
    """Read a name; who typed with an old font had no capitals for letters with a tone.

    Raises:
        Unreadable: it is no name, too long, or the example of the template.
    """
    if fold(text).startswith("vi du "):
        raise Unreadable("example")
    name = " ".join(word[0].upper() + word[1:] for word in clean_name(text).split())
    if not any(map(str.isalpha, name)):
        raise Unreadable("no_name")
    return read_short(name)


def read_short(text: str) -> str:
    """Read a line of text.

    Raises:
        Unreadable: it is too long, or has letters that no encoding gives.
    """
    if len(text) > SHORT:
        raise Unreadable("too_long")
    if "\ufffd" in text:
        raise Unreadable("unreadable_letters")
    return " ".join(text.split())


def read_schooling(text: str) -> Schooling:
    """Read general schooling: a class of twelve, or the school finished.

    Raises:
        Unreadable: a word that is not known.
    """
    if found := _CLASS.match(text):
        return next(school for least, school in _CLASSES if int(found[1]) >= least)
    return _school(text)


def read_citizen_id(text: str) -> str:
    """Read a citizen's number; Excel loses the zeros at its front.

    Raises:
        Unreadable: it has not twelve digits, nor nine.
    """
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"[0-9]{8,12}", digits):
        raise Unreadable("no_citizen_id")
    return digits.zfill(9 if len(digits) <= 9 else 12)  # noqa: PLR2004


def read_phone(text: str) -> str:
    """Read a phone number; Excel loses the zero at its front.

    Raises:
        Unreadable: it is too long.
    """
    return read_short(f"0{text}" if re.fullmatch(r"[1-9][0-9]{8}", text) else text)


def read_email(text: str) -> str:
    """Read an address of mail.

    Raises:
        Unreadable: it is none.
    """
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise Unreadable("no_email")
    return read_short(text)


def one_of(words: Mapping[str, Word], code: str) -> Callable[[str], Word]:
    """Make a reader of words; what it does not know is ``Unreadable`` with this code."""

    def read(text: str) -> Word:
        found = words.get(folded(text))
        if found is None:
            raise Unreadable(code)
        return found

    return read


_PLAIN = (
    *(Field.HOME_PLACE, Field.RESIDENCE, Field.ETHNICITY, Field.RELIGION, Field.OCCUPATION),
    *(Field.PROFESSIONAL, Field.POLITICAL_THEORY, Field.LANGUAGES, Field.CARD_NUMBER),
    *(Field.BIRTH_NAME, Field.OTHER_NAMES),
)
_school = one_of(SCHOOLS, "unknown_schooling")
_holding = one_of(HOLDINGS, "unknown_holding")
# Fields that are columns of a person and mean the same in every row, on every day.
READERS: Mapping[Field, Callable[[str], Any]] = {
    **dict.fromkeys(_PLAIN, read_short),
    Field.SEX: one_of(SEXES, "unknown_sex"),
    Field.STATUS: one_of(STATUSES, "unknown_status"),
    **dict.fromkeys((Field.BOOK, Field.CARD, Field.BADGE), _holding),
    Field.SCHOOLING: read_schooling,
    Field.CITIZEN_ID: read_citizen_id,
    Field.PHONE: read_phone,
    Field.EMAIL: read_email,
}
DAYS = (Field.STANDS_SINCE, Field.JOINED_ON, Field.CARD_ISSUED_ON)
