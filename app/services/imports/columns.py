"""Columns: what a field is called in the lists of branches, and which row is the header."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.vietnamese import fold

Row = tuple[int, Sequence[str]]


class Field(StrEnum):
    """What a column may hold; most are columns of a person."""

    NAME = "name"
    FAMILY_NAMES = "family_names"
    GIVEN_NAME = "given_name"
    BIRTH_DATE = "birth_date"
    BORN_MALE = "born_male"
    BORN_FEMALE = "born_female"
    SEX = "sex"
    UNIT = "unit"
    STATUS = "status"
    STANDS_SINCE = "stands_since"
    JOINED_ON = "joined_on"
    CARD_NUMBER = "card_number"
    CARD_ISSUED_ON = "card_issued_on"
    BOOK = "book"
    CARD = "card"
    BADGE = "badge"
    PHONE = "phone"
    EMAIL = "email"
    HOME_PLACE = "home_place"
    RESIDENCE = "residence"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    OCCUPATION = "occupation"
    SCHOOLING = "schooling"
    PROFESSIONAL = "professional"
    POLITICAL_THEORY = "political_theory"
    LANGUAGES = "languages"
    CITIZEN_ID = "citizen_id"
    BIRTH_NAME = "birth_name"
    OTHER_NAMES = "other_names"


# Without tone marks, as ``fold`` leaves them; a longer header that begins so is the same.
_CALLED: Mapping[Field, str] = {
    Field.NAME: "ho va ten, ho ten, ten doan vien, ho va ten doan vien, ho ten doan vien",
    Field.FAMILY_NAMES: "ho va ten dem, ho dem, ho va chu dem, ho lot, ho va chu lot, ho",
    Field.GIVEN_NAME: "ten",
    Field.BIRTH_DATE: "ngay sinh, ngay thang nam sinh, nam sinh, sinh ngay, sinh nam, birth date",
    Field.BORN_MALE: "nam, nam sinh nam, ngay sinh nam, ngay thang nam sinh nam",
    Field.BORN_FEMALE: "nu, nam sinh nu, ngay sinh nu, ngay thang nam sinh nu",
    Field.SEX: "gioi tinh, gioi, phai, sex",
    Field.UNIT: "chi doan, don vi, don vi sinh hoat, noi sinh hoat, sinh hoat tai, branch",
    Field.STATUS: "tinh trang, trang thai, status",
    Field.STANDS_SINCE: "vang tu ngay, vang hoan tu ngay, di tu ngay, hoan tu ngay, tu ngay",
    Field.JOINED_ON: "ngay vao doan, ngay thang nam vao doan, vao doan, ngay ket nap, ket nap ngay",
    Field.CARD_NUMBER: "so the, so the doan, ma the, ma so doan vien, ma doan vien",
    Field.CARD_ISSUED_ON: "ngay cap the, ngay trao the, cap the ngay",
    Field.BOOK: "so doan, so doan vien",
    Field.CARD: "the doan, the doan vien",
    Field.BADGE: "huy hieu, huy hieu doan",
    Field.PHONE: "dien thoai, so dien thoai, sdt, di dong, phone",
    Field.EMAIL: "email, thu dien tu, e mail, mail",
    Field.HOME_PLACE: "que quan, nguyen quan",
    Field.RESIDENCE: "noi o hien nay, noi o, thuong tru, noi thuong tru, dia chi, cho o hien nay",
    Field.ETHNICITY: "dan toc",
    Field.RELIGION: "ton giao",
    Field.OCCUPATION: "nghe nghiep, cong viec",
    Field.SCHOOLING: "trinh do hoc van, hoc van, van hoa, trinh do van hoa",
    Field.PROFESSIONAL: "trinh do chuyen mon, chuyen mon, chuyen mon nghiep vu",
    Field.POLITICAL_THEORY: "ly luan chinh tri, trinh do ly luan chinh tri, chinh tri, llct",
    Field.LANGUAGES: "ngoai ngu, trinh do ngoai ngu",
    Field.CITIZEN_ID: "so dinh danh ca nhan, so dinh danh, cccd, so cccd, can cuoc cong dan, cmnd",
    Field.BIRTH_NAME: "ho va ten khai sinh, ho ten khai sinh, ten khai sinh",
    Field.OTHER_NAMES: "ten goi khac, ten khac, bi danh",
}
_FIELDS = {name: field for field, names in _CALLED.items() for name in names.split(", ")}
_LONGEST_FIRST = sorted((name for name in _FIELDS if " " in name), key=len, reverse=True)
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BIRTHS = (Field.BIRTH_DATE, Field.BORN_MALE, Field.BORN_FEMALE)
# One column that is known may be chance.
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a list: its words, the number of its last row, the place of each field."""

    names: list[str] = field(default_factory=list)
    row: int = 0
    at: dict[Field, int] = field(default_factory=dict)

    @property
    def names_people(self) -> bool:
        """Whether it is surely the header of a list of people."""
        return len(self.at) >= _ENOUGH and names_people(self.at)


def names_people(at: Mapping[Field, int]) -> bool:
    """Whether some columns tell who is meant: a name and a birth date."""
    named = Field.NAME in at or Field.GIVEN_NAME in at
    return named and any(each in at for each in _BIRTHS)


def field_named(header: str) -> Field | None:
    """Return which field a header means, with or without tone marks."""
    name = fold(_IN_BRACKETS.sub(" ", header))
    if name in _FIELDS:
        return _FIELDS[name]
    begins = (each for each in _LONGEST_FIRST if name.startswith(f"{each} "))
    return next((_FIELDS[each] for each in begins), None)


def places_of(names: Sequence[str]) -> dict[Field, int]:
    """Find the column of each field; of two that mean the same, the first counts."""
    found: dict[Field, int] = {}
    for place, name in enumerate(names):
        known = field_named(name)
        if known:
            found.setdefault(known, place)
    return found


def find_header(rows: Sequence[Row]) -> Header:
    """Find the row of the header among the first rows: the one that names most fields."""
    found = [_header(rows, place) for place in range(len(rows))]
    best = max(found, key=lambda each: len(each.at), default=Header())
    return best if len(best.at) >= _ENOUGH else header_at(rows, rows[0][0] if rows else 0)


def header_at(rows: Sequence[Row], number: int) -> Header:
    """Return the header that stands in the row with a number; without one, columns by letters."""
    for place, row in enumerate(rows):
        if row[0] == number:
            return _header(rows, place)
    return Header(row=number)


def _header(rows: Sequence[Row], place: int) -> Header:
    """A header may have a second row: "Năm sinh" above, "Nam" and "Nữ" below."""
    number, above = rows[place]
    names, at = list(above), places_of(above)
    below = rows[place + 1] if place + 1 < len(rows) else (0, [])
    parts = {at_: text for at_, text in enumerate(below[1]) if text}
    if not parts or not all(map(field_named, parts.values())):
        return Header(names, number, at)
    names += [""] * (max(parts) + 1 - len(names))
    names = [parts.get(column, name) for column, name in enumerate(names)]
    return Header(names, below[0], places_of(names))
