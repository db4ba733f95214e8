"""Spreadsheets (.xlsx), a row at a time: nothing of them stays in memory but their words."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

from app.services.imports.old_encodings import Encoding
from app.services.imports.texts import MAX_COLUMNS, NumberedRow
from app.services.imports.unfit import UnfitTable
from config import MEGABYTE

_WORKBOOK = "xl/workbook.xml"
# What a packed part may unpack to; a list of 25 000 people takes half of it. Entities that would
# grow beyond that are refused by Expat, which reads them.
_SHEET, _WORDS, _REST = 40 * MEGABYTE, 20 * MEGABYTE, 4 * MEGABYTE
_MOST_PARTS = 2000
# Sheets are formatted far below their last row; nobody leaves so many rows empty within a list.
_EMPTY_ROWS = 1000


class Spreadsheet:
    """A workbook, read as its values: formulas are not calculated, macros are not there."""

    certain = Encoding.UTF_8

    def __init__(self, content: bytes) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415  (loaded with the first spreadsheet)

        with _as_broken():
            _check(content)
            self.book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            self.sheets = tuple(sheet.title for sheet in self.book.worksheets)

    def rows(self, sheet: str) -> Iterator[NumberedRow]:
        """Walk through the rows, each with its number, until the list has clearly ended."""
        with _as_broken():
            page: Any = self.book[sheet]
            page.reset_dimensions()
            found = enumerate(page.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1)
        empty = 0
        while empty <= _EMPTY_ROWS and (row := _next(found)):
            cells = _without_end([_text(value) for value in row[1]])
            empty = 0 if cells else empty + 1
            yield row[0], cells


def _next(rows: Iterator[tuple[int, Any]]) -> tuple[int, Any] | None:
    with _as_broken():
        return next(rows, None)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, date):
        return f"{value.day:02}/{value.month:02}/{value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _without_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


@contextmanager
def _as_broken() -> Iterator[None]:
    """The reader and what it reads with promise no closed list of errors on broken files."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except UnfitTable:
        raise
    except Exception as error:
        raise UnfitTable("broken") from error


def _check(content: bytes) -> None:
    """A small file may unpack to more than the memory holds; each part says how large it is."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        parts = packed.infolist()
    if _WORKBOOK not in {part.filename for part in parts}:
        raise UnfitTable("unknown_kind")
    if len(parts) > _MOST_PARTS or any(part.file_size > _most(part.filename) for part in parts):
        raise UnfitTable("too_complex")


def _most(name: str) -> int:
    if name.startswith("xl/media/"):
        return 2 * _SHEET
    if name.startswith("xl/worksheets/"):
        return _SHEET
    return _WORDS if name == "xl/sharedStrings.xml" else _REST
