"""Lists as files: XLSX and CSV that open in Excel with their letters and run nothing there."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO

from flask import Response, abort, request, send_file
from flask_babel import gettext as _

from app.queries.exports import DossierRow, PersonRow
from app.services.exports import record_export
from app.web.access import asked_by, today
from app.web.filters import day, word
from workflows.calendar import local_day

Cell = str | int | date | None
Rows = Iterable[Sequence[Cell]]

# What a spreadsheet takes for the beginning of a formula; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\ufeff"
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(name: str, title: str, heads: Sequence[str], rows: Rows) -> Response:
    """Answer with a list as a file of the kind asked for, and leave a trace of it.

    The file is written to the disk row by row: memory does not grow with the list, and the
    database is done with it before the first byte goes out over a slow line.
    """
    kind = request.args.get("format", "xlsx")
    if kind not in _TYPES:
        abort(404)
    file, count = written(kind, title, heads, rows)
    asked = {key: value for key, value in request.args.items() if value}
    record_export(name, count, asked, by=asked_by())
    return answer(file, f"{name}-{today().isoformat()}.{kind}")


def people_export(rows: Iterable[PersonRow]) -> Response:
    """Answer with a list of people as a file."""
    heads = [
        *(_("Họ và tên"), _("Ngày sinh"), _("Giới tính"), _("Chi đoàn"), _("Tình trạng")),
        *(_("Ngày vào Đoàn"), _("Số thẻ")),
    ]
    return export("doan-vien", _("Đoàn viên và đối tượng"), heads, map(_person, rows))


def _person(row: PersonRow) -> list[Cell]:
    born = str(row.birth_date.year) if row.birth_year_only else row.birth_date
    return [
        *(row.name, born, word(row.sex, "sex"), row.unit_name, word(row.status, "status")),
        *(row.joined_on, row.card_number),
    ]


def dossier_export(name: str, title: str, rows: Iterable[DossierRow]) -> Response:
    """Answer with a list of dossiers as a file."""
    heads = [
        *(_("Họ và tên"), _("Số hồ sơ"), _("Loại"), _("Chi đoàn"), _("Bước")),
        *(_("Chờ từ ngày"), _("Hạn")),
    ]
    return export(name, title, heads, map(_dossier, rows))


def _dossier(row: DossierRow) -> list[Cell]:
    return [
        *(row.person_name, row.ref, word(row.workflow, "workflow"), row.branch_name),
        *(word(row.state, "state"), local_day(row.entered_desk_at), row.due_on),
    ]


def written(kind: str, title: str, heads: Sequence[str], rows: Rows) -> tuple[IO[bytes], int]:
    """Write a list into a file without a name, and count its rows."""
    file = TemporaryFile()  # noqa: SIM115  (the answer closes it when it is sent)
    counted = _Counted(rows)
    _WRITERS[kind](file, title, heads, counted)
    file.seek(0)
    return file, counted.count


def answer(file: IO[bytes], filename: str) -> Response:
    """Send a written file to be kept under a name."""
    kind = _TYPES[filename.rpartition(".")[2]]
    return send_file(file, kind, as_attachment=True, download_name=filename)


class _Counted:
    """Rows that are counted while they pass."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self.rows:
            self.count += 1
            yield row


def _write_csv(file: IO[bytes], _title: str, heads: Sequence[str], rows: Rows) -> None:
    text = TextIOWrapper(file, "utf-8", newline="")
    text.write(_BOM)
    writer = csv.writer(text)
    writer.writerow([_harmless(head) for head in heads])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    text.detach()


def _harmless(cell: Cell) -> str:
    written_as = day(cell) if isinstance(cell, date) else str("" if cell is None else cell)
    return f"'{written_as}" if written_as.startswith(FORMULA) else written_as


def _write_xlsx(file: IO[bytes], title: str, heads: Sequence[str], rows: Rows) -> None:
    from app.web.workbooks import write  # noqa: PLC0415  (loaded with the first spreadsheet)

    write(file, title, heads, rows)


_Writer = Callable[[IO[bytes], str, Sequence[str], Rows], None]
_WRITERS: dict[str, _Writer] = {"csv": _write_csv, "xlsx": _write_xlsx}
