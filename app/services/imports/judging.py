"""Judging: whether an entry is somebody new, somebody known, or perhaps somebody known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.models.imports import RowVerdict
from app.queries.imports import Known
from app.services.imports.cells import Birth
from app.services.imports.columns import Field
from app.services.imports.entries import Entry, Places

# As many as a page names.
_MOST_TWINS = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a row is, whom it resembles, and why."""

    verdict: RowVerdict
    person_id: int | None = None
    problem: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Judge:
    """Who is known here: by name in the roster, by card number, and from earlier rows."""

    places: Places
    people: Mapping[str, Sequence[Known]]
    cards: Mapping[str, int]
    earlier: dict[str, int]

    def verdict_on(self, entry: Entry, number: int) -> Judgement:
        """Judge the entry of a row; later rows are compared with it."""
        found = self._verdict(entry)
        for key in keys_of(entry):
            self.earlier.setdefault(key, number)
        return found

    def _verdict(self, entry: Entry) -> Judgement:
        if entry.faults or entry.birth is None:
            return Judgement(RowVerdict.ERROR, problem={"faults": entry.faults})
        alike = [each for each in self.people.get(entry.name_key, ()) if _alike(each, entry.birth)]
        same = next((each for each in alike if self._is_same(each, entry)), None)
        if same:
            return Judgement(RowVerdict.SAME, same.id)
        if fault := self._card_of_another(entry, {each.id for each in alike}):
            return Judgement(RowVerdict.ERROR, problem={"faults": [fault]})
        if alike:
            twins = [each.id for each in alike[:_MOST_TWINS]]
            return Judgement(RowVerdict.DOUBTFUL, twins[0], {"twins": twins})
        row = self.earlier.get(_twin_key(entry))
        return Judgement(RowVerdict.DOUBTFUL, problem={"row": row}) if row else _NEW

    def _is_same(self, known: Known, entry: Entry) -> bool:
        """The same name to the letter, the same birth date, the same place."""
        there = {entry.unit_id} if entry.unit_id else self.places.ids
        same_name = known.name.casefold() == entry.name.casefold()
        same_birth = entry.birth == Birth(known.birth_date, known.birth_year_only)
        return same_name and same_birth and known.unit_id in there

    def _card_of_another(self, entry: Entry, alike: set[int]) -> dict[str, str] | None:
        holder = self.cards.get(entry.values.get("card_number", ""))
        if holder and holder not in alike:
            return {"field": Field.CARD_NUMBER, "code": "card_taken"}
        if _card_key(entry) in self.earlier:
            return {"field": Field.CARD_NUMBER, "code": "card_twice"}
        return None


_NEW = Judgement(RowVerdict.NEW)


def keys_of(entry: Entry) -> list[str]:
    """Return what no two rows may share unasked; none of a row with faults."""
    return [] if entry.faults else [key for key in (_twin_key(entry), _card_key(entry)) if key]


def _twin_key(entry: Entry) -> str:
    return f"{entry.name_key}/{entry.birth.on}" if entry.birth else ""


def _card_key(entry: Entry) -> str:
    number = entry.values.get("card_number")
    return f"card {number}" if number else ""


def _alike(known: Known, birth: Birth) -> bool:
    """The same day, or the same year where one of the days is not known."""
    if known.birth_year_only or birth.year_only:
        return known.birth_date.year == birth.on.year
    return known.birth_date == birth.on
