"""A file as rows of cells: what it is by its content, and how much of it is taken in."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from app.services.events import legible
from app.services.imports.columns import Header, find_header
from app.services.imports.old_encodings import Encoding, in_unicode, written_in
from app.services.imports.spreadsheets import Spreadsheet
from app.services.imports.texts import MAX_COLUMNS, NumberedRow, TextTable
from app.services.imports.unfit import UnfitTable
from config import MEGABYTE

MAX_BYTES = 20 * MEGABYTE
MAX_ROWS = 25_000
MAX_LETTERS = 20_000_000
MAX_CELL = 2000
# A header stands within the first rows, below a title; letters are told by some more.
FIRST_ROWS, SAMPLE_ROWS = 30, 300
_MOST_SHEETS = 10
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the sheet that lists people, as typed; ``encoding`` reads them."""

    rows: list[NumberedRow]
    certain: Encoding
    encoding: Encoding
    header: Header


def read_table(content: bytes) -> Table:
    """Read a file by its content, whatever its name says.

    Raises:
        UnfitTable: it is empty, too large, broken, or no table.
    """
    source = opened(content)
    for sheet in source.sheets[:_MOST_SHEETS]:
        start = list(islice(source.rows(sheet), SAMPLE_ROWS))
        encoding = written_in(_letters(start), source.certain)
        header = find_header(
            [(number, read_cells(cells, encoding)) for number, cells in start[:FIRST_ROWS]]
        )
        if header.names_people or len(source.sheets) == 1:
            return Table(_taken(source.rows(sheet)), source.certain, encoding, header)
    raise UnfitTable("no_list")


def read_cells(cells: Iterable[str], encoding: Encoding) -> list[str]:
    """Read the cells of a row as their encoding has them."""
    return [in_unicode(cell, encoding).strip() for cell in cells]


def opened(content: bytes) -> Spreadsheet | TextTable:
    """Open a file of cells by its content.

    Raises:
        UnfitTable: it is empty, too large, or no table.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise UnfitTable("empty")
    if len(content) > MAX_BYTES:
        raise UnfitTable("too_large", most=MAX_BYTES // MEGABYTE)
    if content.startswith(_OLD_OFFICE):
        raise UnfitTable("old_excel")
    return Spreadsheet(content) if content.startswith(_ZIP) else TextTable(content)


def _taken(rows: Iterable[NumberedRow]) -> list[NumberedRow]:
    """Take the rows that hold anything, as many as one import may have."""
    found: list[NumberedRow] = []
    letters = 0
    for number, cells in rows:
        kept = [legible(cell)[: MAX_CELL + 1] for cell in cells[:MAX_COLUMNS]]
        if not any(kept):
            continue
        found.append((number, kept))
        letters += sum(map(len, kept))
        if len(found) > MAX_ROWS + FIRST_ROWS:
            raise UnfitTable("too_many_rows", most=MAX_ROWS)
        if letters > MAX_LETTERS:
            raise UnfitTable("too_complex")
    if not found:
        raise UnfitTable("empty")
    return found


def _letters(rows: Iterable[NumberedRow]) -> str:
    return "\n".join(cell for _, cells in rows for cell in cells)
