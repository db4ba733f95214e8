"""Lists of members as branches keep them: spreadsheets and text files, and their way in."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from tests.browser import Browser, Page

HEADS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi đoàn", "Ngày vào Đoàn", "Số thẻ")
Row = Sequence[Any]


def xlsx(*rows: Row, heads: Row = HEADS, title: str = "Danh sách") -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in (heads, *rows) if heads else rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_text(*rows: Row, heads: Row = HEADS, delimiter: str = ",") -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([heads, *rows])
    return file.getvalue()


def person(name: str, born: Any = "26/03/2005", **more: Any) -> list[Any]:
    """Return a row under ``HEADS``."""
    given = {"sex": "Nữ", "unit": "", "joined": "", "card": "", **more}
    return ["1", name, born, given["sex"], given["unit"], given["joined"], given["card"]]


def send_list(browser: Browser, unit: int, content: bytes, name: str = "ds.xlsx") -> Page:
    """Send a file and follow it until its rows are judged."""
    file = (io.BytesIO(content), name)
    page = browser.send("/imports/new", unit_id=str(unit), file=file)
    while page.headers.get("Refresh"):
        page = browser.get(page.path)
    return page


def take(browser: Browser, page: Page) -> Page:
    """Press the button that takes the new people of a list."""
    return press(browser, page, "take")


def press(browser: Browser, page: Page, step: str, **typed: str) -> Page:
    """Press a button of the page of a list, with what was typed beside it."""
    action = f"{address(page)}/{step}"
    return browser.post(action, {**page.form(action), **typed})


def address(page: Page) -> str:
    """Return the address of the list that a page shows."""
    return "/".join(page.path.split("/")[:3])
