"""Text files of cells: CSV as programs here write it, with commas, semicolons or tabs."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from app.services.imports.old_encodings import read_letters
from app.services.imports.unfit import UnfitTable

MAX_COLUMNS = 100
_DELIMITERS = ",;\t|"
_FIRST_ROWS = 30
# Controls that no text has; whatever has one is another kind of file.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
# Excel says in a first line of its own what stands between the cells.
_SAYS_DELIMITER = re.compile(r"sep=(.)\r?\n")

NumberedRow = tuple[int, list[str]]


class TextTable:
    """A text file, with the letters as they were typed."""

    sheets: tuple[str, ...] = ("",)

    def __init__(self, content: bytes) -> None:
        self.text, self.certain = read_letters(content)
        if _NO_TEXT.search(self.text) or self.text.lstrip().startswith(("<", "%PDF")):
            raise UnfitTable("unknown_kind")
        said = _SAYS_DELIMITER.match(self.text)
        self.delimiter = said[1] if said else max(_DELIMITERS, key=self._widest)

    def rows(self, sheet: str) -> Iterator[NumberedRow]:  # noqa: ARG002
        """Walk through the records, each with its number."""
        reader = csv.reader(StringIO(self.text, newline=""), delimiter=self.delimiter)
        try:
            for number, cells in enumerate(reader, 1):
                yield number, [cell.strip() for cell in cells]
        except csv.Error as error:
            raise UnfitTable("broken") from error

    def _widest(self, delimiter: str) -> int:
        start = StringIO("\n".join(self.text.splitlines()[:_FIRST_ROWS]))
        try:
            return max(map(len, csv.reader(start, delimiter=delimiter)), default=0)
        except csv.Error:
            return 0
