"""Lists of members from spreadsheets: one that was taken, and one that waits with errors."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from app.demo.days import Turn, moment
from app.demo.people import Casting, Drawn
from app.demo.places import Place
from app.models.imports import RowVerdict
from app.queries.imports import count_to_take, verdict_counts
from app.services.events import By
from app.services.imports.previewing import judge_on
from app.services.imports.receiving import receive_list
from app.services.imports.taking import take_list
from workflows.membership import Sex

HEADS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi đoàn", "Ngày vào Đoàn")
SEXES = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
TAKEN, WAITING = 140, 2  # days ago
AGES = (18, 26)
LONG = 8
SHORT = 4
JOINED = timedelta(days=16 * 366)
WRONG = (
    ("31/02/2008", "Chi đoàn Ấp 1 xã Tân Quới"),
    ("15/9/2007", "Chi đoàn Ấp 77"),
)


def turns_of_lists(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield a list that a commune took whole, and one in which two rows are wrong."""
    for key, size, wrong, days in (
        ("xa.thanhdong", LONG, (), TAKEN),
        ("xa.tanquoi", SHORT, WRONG, WAITING),
    ):
        commune, at = district.find(key), moment(casting.today - timedelta(days=days), 90)
        rows = [_row(casting.draw(AGES), commune.below[0]) for _ in range(size)]
        rows += [_wrong(casting.draw(AGES), *cells) for cells in wrong]
        yield Turn(at, partial(_bring, commune, _file(rows)))


def _bring(commune: Place, file: bytes, now: datetime) -> None:
    """Receive a list and look at it; it is taken where no row is wrong."""
    by = By(commune.officers[0], now)
    number = receive_list(commune.unit.id, file, f"Danh sách {commune.unit.name}.csv", by=by)
    judge_on(number, by=by)
    if not verdict_counts(number)[RowVerdict.ERROR]:
        take_list(number, by=by, seen=count_to_take(number))


def _row(drawn: Drawn, branch: Place) -> list[str]:
    named, joined = drawn.named, drawn.birth_date + JOINED
    born = f"{drawn.birth_date:%d/%m/%Y}"
    return [named.name, born, SEXES[named.sex], branch.unit.name, f"{joined:%d/%m/%Y}"]


def _wrong(drawn: Drawn, born: str, branch: str) -> list[str]:
    return [drawn.named.name, born, SEXES[drawn.named.sex], branch, "26/3/2024"]


def _file(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADS, *([number, *row] for number, row in enumerate(rows, 1))])
    return text.getvalue().encode("utf-8-sig")
