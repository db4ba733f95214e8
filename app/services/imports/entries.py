"""Entries: a row of a list as a person would be kept, or with everything that is wrong in it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.services.imports import cells
from app.services.imports.cells import Birth, Unreadable, folded
from app.services.imports.columns import Field
from app.vietnamese import search_key
from workflows.membership import Holding, PersonStatus, Sex

# Exported lists put it before what a spreadsheet would take for a formula.
_QUOTED = ("'=", "'+", "'-", "'@")
_BRANCH = "chi doan "
_OF_COMMUNE = re.compile(r" (?:xa|phuong|thi tran) .+")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that a list may name."""

    id: int
    name: str


def _called(name: str) -> list[str]:
    """Return what a unit is called, with and without the word for a branch."""
    return [name, name.removeprefix(_BRANCH)]


def _by_name(units: Iterable[tuple[int, list[str]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for number, names in units:
        for name in names:
            found.setdefault(name, set()).add(number)
    return found


class Places:
    """The units of one import: the chosen one and those below it, found by their names."""

    def __init__(self, chosen: Place, below: Sequence[Place]) -> None:
        self.chosen = chosen
        self.ids = frozenset({chosen.id, *(each.id for each in below)})
        self._named = _by_name((each.id, _called(folded(each.name))) for each in (chosen, *below))
        self._without_commune = _by_name(
            (each.id, _called(_OF_COMMUNE.sub("", folded(each.name)))) for each in below
        )

    def find(self, text: str) -> int:
        """Return the unit that a cell names, with or without its kind and its commune.

        Raises:
            Unreadable: it names none of these, or more than one.
        """
        called = _called(folded(text))
        asked = [
            names.get(each) for names in (self._named, self._without_commune) for each in called
        ]
        found = next(filter(None, asked), set())
        if len(found) != 1:
            raise Unreadable("unit_of_two" if found else "unknown_unit")
        return next(iter(found))


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a list are read: the column of each field, the units, the day."""

    at: Mapping[Field, int]
    places: Places
    today: date


@dataclass(slots=True)
class Entry:
    """What a row says: columns of a person, unit, and what is wrong, field by field.

    ``since`` is the day since which somebody is away or deferred, where the list has it.
    """

    values: dict[str, Any] = field(default_factory=dict)
    name_key: str = ""
    birth: Birth | None = None
    unit_id: int | None = None
    since: date | None = None
    faults: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name as it will be kept; empty where there is none."""
        return str(self.values.get("name", ""))

    def lacks(self, column: Field, code: str) -> None:
        """Note what is wrong in a column."""
        self.faults.append({"field": column.value, "code": code})


def read_entry(row: Sequence[str], reading: Reading) -> Entry:
    """Read a row; nothing is raised, all that is wrong is in ``faults``."""
    entry = Entry()
    for column, reader in cells.READERS.items():
        _read(entry, column, cell(row, column, reading.at), reader)
    for column in cells.DAYS:
        text = cell(row, column, reading.at)
        _read(entry, column, text, lambda written: cells.read_day(written, reading.today))
    _name(entry, row, reading)
    _birth(entry, row, reading)
    _place(entry, row, reading)
    _complete(entry)
    return entry


def cell(row: Sequence[str], column: Field, at: Mapping[Field, int]) -> str:
    """Return the text of a row's field; empty where the list has no such column."""
    place = at.get(column)
    text = row[place] if place is not None and place < len(row) else ""
    return text[1:] if text.startswith(_QUOTED) else text


def _read(entry: Entry, column: Field, text: str, reader: Callable[[str], Any]) -> None:
    if not text:
        return
    try:
        entry.values[column.value] = reader(text)
    except Unreadable as error:
        entry.lacks(column, error.code)


def _name(entry: Entry, row: Sequence[str], reading: Reading) -> None:
    """Lists part a name into two columns, or put it into one."""
    parts = (Field.NAME, Field.FAMILY_NAMES, Field.GIVEN_NAME)
    whole, *halves = (cell(row, part, reading.at) for part in parts)
    column = Field.NAME if Field.NAME in reading.at else Field.GIVEN_NAME
    try:
        entry.values["name"] = cells.read_name(whole or " ".join(halves))
        entry.name_key = search_key(entry.name)
    except Unreadable as error:
        entry.lacks(column, error.code)


def _birth(entry: Entry, row: Sequence[str], reading: Reading) -> None:
    """Lists have one column of births, or one for each sex, where a cross may stand instead."""
    column, text = Field.BIRTH_DATE, cell(row, Field.BIRTH_DATE, reading.at)
    for part, sex in ((Field.BORN_MALE, Sex.MALE), (Field.BORN_FEMALE, Sex.FEMALE)):
        if found := cell(row, part, reading.at):
            entry.values.setdefault("sex", sex)
            column, text = (
                (part, found) if found[0].isdigit() and len(found) > 1 else (column, text)
            )
    if not text:
        entry.lacks(column, "no_birth")
        return
    try:
        entry.birth = cells.read_birth(text, reading.today)
    except Unreadable as error:
        entry.lacks(column, error.code)


def _place(entry: Entry, row: Sequence[str], reading: Reading) -> None:
    text = cell(row, Field.UNIT, reading.at)
    try:
        entry.unit_id = reading.places.find(text) if text else None
    except Unreadable as error:
        entry.lacks(Field.UNIT, error.code)


def _complete(entry: Entry) -> None:
    """Who is listed without a status is a member; who has a number of a card has the card."""
    entry.values.setdefault("status", PersonStatus.MEMBER)
    entry.since = entry.values.pop("stands_since", None)
    if "card_number" in entry.values:
        entry.values.setdefault("card", Holding.HAS)
    joined = entry.values.get("joined_on")
    if joined and entry.birth and joined <= entry.birth.on:
        entry.lacks(Field.JOINED_ON, "joined_before_birth")
