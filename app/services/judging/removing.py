"""Sheets that no longer count: a conflict came to light, or the judge was replaced."""

from collections.abc import Sequence

from app.models import Sheet
from app.models.contest_sheets import SheetState
from app.services.events import By, Change, record


def remove(sheets: Sequence[Sheet], why: str, reason: str, by: By) -> None:
    """Take locked sheets out of the result; what they gave stays on record, with a trace.

    ``why`` is ``conflict`` or ``replaced``, the reason the words of whoever decided it.
    """
    for sheet in sheets:
        before, sheet.state, sheet.removed_for = sheet.state, SheetState.REMOVED, why
        record(sheet, Change("remove_sheet", before, sheet.state, reason, {"why": why}), by)
