"""Lists as XLSX: a text stays a text, and a day can be counted with."""

from collections.abc import Sequence
from datetime import date
from typing import IO, Any

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from app.web.access import me, now
from app.web.exports import Rows
from app.web.filters import moment

WIDTH = 22
LONGEST_TITLE = 31


def write(file: IO[bytes], title: str, heads: Sequence[str], rows: Rows) -> None:
    """Write a list into a file, a row at a time, with who exported it at the foot."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    sheet.sheet_format.defaultColWidth = WIDTH
    said = _("Xuất bởi %(name)s lúc %(time)s", name=me().name, time=moment(now()))
    sheet.oddFooter.left.text = said.replace("&", "&&")
    bold = Font(bold=True)
    sheet.append([_typed(sheet, head, font=bold) for head in heads])
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
    book.save(file)


def _typed(sheet: Any, cell: Any, font: Font | None = None) -> Any:  # noqa: ANN401
    """A text stays a text, whatever it begins with; a day is one, to be counted with."""
    if isinstance(cell, str):
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", cell))
        made.data_type = "s"
    else:
        made = WriteOnlyCell(sheet, cell)
    if isinstance(cell, date):
        made.number_format = "dd/mm/yyyy"
    if font:
        made.font = font
    return made
