"""Keyset paging: the address of a page names the last line seen."""

from collections.abc import Mapping
from datetime import datetime

from app.queries.queues import QueueLine

BIGGEST_ID = 2**31 - 1


def next_place(line: QueueLine) -> str:
    """Write the place of a line for the address of the next page."""
    return f"{line.entered_desk_at.isoformat()}~{line.id}"


def after_line(args: Mapping[str, str]) -> tuple[datetime, int] | None:
    """Read the place from the address; what cannot be read means the first page."""
    moment, _, number = args.get("after", "").partition("~")
    if not number.isdecimal() or int(number) > BIGGEST_ID:
        return None
    try:
        return datetime.fromisoformat(moment), int(number)
    except ValueError:
        return None
