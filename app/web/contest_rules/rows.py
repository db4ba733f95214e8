"""Rows of a form that people add, remove and move by buttons, without a script."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Form

MOST = 50
# The name of every button that moves rows, with "criteria:up:2" or "criteria:add" as its value.
BUTTON = "row"


class Rows:
    """The rows of one kind on a page: as stored, or as they were typed and moved."""

    def __init__(self, name: str, kind: type[Form], held: Sequence[Mapping[str, Any]]) -> None:
        self.name, self.kind = name, kind
        typed = self._typed() if request.method == "POST" else None
        if typed is None:
            self.forms = [kind(data=each, prefix=self._prefix(n)) for n, each in enumerate(held)]
        else:
            self.forms = [self._filled(n, each) for n, each in enumerate(self._moved(typed))]
        if not self.forms:
            self.forms = [kind(prefix=self._prefix(0))]
        self.filled: list[Form] = []

    def _prefix(self, number: int) -> str:
        return f"{self.name}-{number}"

    def _filled(self, number: int, typed: Mapping[str, list[str]]) -> Form:
        """Return a row as it was typed; one that was just added begins as a new one does."""
        if not typed:
            return self.kind(prefix=self._prefix(number))
        named: MultiDict[str, str] = MultiDict()
        for name, values in typed.items():
            named.setlist(f"{self._prefix(number)}-{name}", values)
        return self.kind(formdata=named, prefix=self._prefix(number))

    def _typed(self) -> list[dict[str, list[str]]]:
        """Return what was sent, row by row, by the names within a row."""
        found: dict[int, dict[str, list[str]]] = {}
        for key, values in request.form.lists():
            if name := re.fullmatch(rf"{self.name}-(\d{{1,3}})-(\w+)", key):
                found.setdefault(int(name[1]), {})[name[2]] = values
        return [found[number] for number in sorted(found)][:MOST]

    def _moved(self, rows: list[dict[str, list[str]]]) -> list[dict[str, list[str]]]:
        """Do with the rows what the button that was pressed says."""
        name, _colon, asked = request.form.get(BUTTON, "").partition(":")
        act, _colon, place = asked.partition(":")
        if name != self.name:
            return rows
        if act == "add":
            return [*rows, {}][:MOST]
        return rearranged(rows, act, int(place)) if place.isdecimal() else rows

    def plain(self) -> list[dict[str, Any]]:
        """Return the rows that somebody wrote in, as plain data."""
        found = [(form, _written(form)) for form in self.forms]
        kept = [(form, row) for form, row in found if any(row.get(name) for name in form.leads)]
        self.filled = [form for form, _row in kept]
        return [row for _form, row in kept]

    def put(self, place: int, field: str, sentence: str) -> bool:
        """Put what is wrong beside a field of a row; whether there is such a field."""
        form = self.filled[place] if place < len(self.filled) else None
        if form is None or field not in form:
            return False
        form[field].errors = [*form[field].errors, sentence]
        return True

    def reasons(self) -> Iterator[Markup]:
        """Name every fault for the top of the page, each with a link to its field."""
        for number, form in enumerate(self.forms, start=1):
            for field in form:
                for error in field.errors:
                    yield Markup('<a href="#{}">{} {}: {}</a>').format(
                        field.id, field.label.text, number, error
                    )


def rearranged(rows: list[Any], act: str, place: int) -> list[Any]:
    """Take out a thing of a list, or let it change places with the one above or below."""
    if place >= len(rows):
        return rows
    if act == "drop":
        return rows[:place] + rows[place + 1 :]
    other = place + {"up": -1, "down": 1}.get(act, 0)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _written(form: Form) -> dict[str, Any]:
    """Return the values of a row; what was left empty is not said, but for a missing title."""
    said = {name: value for name, value in form.data.items() if value not in {None, ""}}
    return {"title": ""} | said if "title" in form.data else said


def moves_rows() -> bool:
    """Whether a button was pressed that moves rows and saves nothing."""
    return bool(request.form.get(BUTTON))
