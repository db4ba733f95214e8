"""Files of an import: the template to fill in, and the rows that stay out with their reasons."""

from collections.abc import Iterator
from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.queries import imports
from app.web.exports import Cell, answer, written
from app.web.filters import word
from app.web.imports.page import lines_of
from app.web.imports.wording import field_word

_EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "name": "Nguyễn Thị Đào",
        "birth_date": "26/03/2005",
        "sex": "female",
        "unit": "Chi đoàn Ấp 1",
        "status": "member",
        "stands_since": "",
        "joined_on": "19/05/2021",
        "card_number": "BT-000123",
        "book": "has",
        "badge": "lacks",
        "phone": "0900 000 123",
        "email": "dao@example.com",
        "home_place": "Tân Quới, Bình Tân, Vĩnh Long",
        "residence": "Ấp 1, xã Tân Quới",
        "ethnicity": "Kinh",
        "occupation": "Làm vườn",
        "schooling": "12/12",
    },
    {
        "name": "Trần Văn Bưởi",
        "birth_date": "2004",
        "sex": "male",
        "unit": "Chi đoàn Ấp 1",
        "status": "working_away",
        "stands_since": "15/02/2026",
    },
)
_WORDS = {"sex": "sex", "status": "status", "book": "holding", "badge": "holding"}


def template() -> Response:
    """Give a file to fill in; its examples say of themselves that they are none of the members."""
    fields = tuple(_EXAMPLES[0])
    rows = [[_example(row, name) for name in fields] for row in _EXAMPLES]
    heads = [field_word(name) for name in fields]
    file, _count = written("xlsx", _("Danh sách đoàn viên"), heads, rows)
    return answer(file, "mau-danh-sach-doan-vien.xlsx")


def _example(row: dict[str, str], name: str) -> str:
    text = row.get(name, "")
    if name == "name":
        return str(_("Ví dụ: %(name)s", name=text))
    return word(text, _WORDS[name]) if name in _WORDS else text


def rest(row: Any) -> Response:  # noqa: ANN401
    """Give the rows with errors or open doubts, as they were, each with its number and reasons."""
    heads = [*row.header, _("Dòng"), _("Lý do")]
    file, _count = written("xlsx", _("Dòng chưa nhập"), heads, _rest(row, len(row.header)))
    return answer(file, "dong-chua-nhap.xlsx")


def _rest(row: Any, width: int) -> Iterator[list[Cell]]:  # noqa: ANN401
    for part in imports.rows_left(row.id):
        for line in lines_of(part, row.columns["at"]):
            cells = [*line.row.cells, *[""] * (width - len(line.row.cells))]
            yield [*cells[:width], line.row.number, "; ".join(line.reasons)]
