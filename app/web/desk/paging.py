"""Keyset paging: the address of a page names the last line seen."""

from collections.abc import Mapping
from datetime import datetime

from app.queries.queues import QueueLine
from app.web.fields import as_number


def next_place(line: QueueLine) -> str:
    """Write the place of a line for the address of the next page."""
    return f"{line.entered_desk_at.isoformat()}~{line.id}"


def after_line(args: Mapping[str, str]) -> tuple[datetime, int] | None:
    """Read the place from the address; what cannot be read means the first page."""
    moment, _, text = args.get("after", "").partition("~")
    number = as_number(text)
    if number is None:
        return None
    try:
        return datetime.fromisoformat(moment), number
    except ValueError:
        return None
