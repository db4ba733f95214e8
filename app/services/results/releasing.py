"""Releasing: what the board in the hall may show, and comments for the contestants."""

from app.extensions import db
from app.models import BoardRelease, Sheet
from app.models.contest_sheets import SheetState
from app.queries.judging.rounds import RoundFile
from app.queries.results.publications import released_on_board
from app.queries.results.rankings import ranked
from app.services.events import By, Change, record, seen_before
from app.services.judging.holding import lock_sheets
from app.services.refusals import Invalid, NotFound
from app.services.results.access import to_settle
from app.services.use_case import use_case


@use_case
def show_on_board(round_id: int, year: int, part: str, *, by: By) -> None:
    """Let the board in the hall show the result of a part, or the ranking (an empty ``part``).

    Raises:
        NotFound, Forbidden: no such round or part, or it is not theirs to release.
        Invalid: sheets of it are missing; a board never shows half a result.
    """
    file, by = to_settle(round_id, year, by)
    if seen_before(by.request_key) or part in released_on_board(round_id):
        return
    _check_complete(file, part)
    db.session.add(
        BoardRelease(
            district_id=file.round.district_id,
            round_id=round_id,
            part=part,
            released_at=by.now,
            released_by_id=by.actor.account_id if by.actor else 0,
        )
    )
    record(file.round, Change("show_on_board", facts={"part": part}), by)


def _check_complete(file: RoundFile, part: str) -> None:
    parts = {each.code for each in file.rules.parts}
    if part and part not in parts:
        raise NotFound
    asked = {part} if part else parts
    if any(place.lacks.keys() & asked for place in ranked(file).ranking.places):
        raise Invalid("part", "sheets_missing")


@use_case
def release_comments(round_id: int, year: int, *, by: By) -> int:
    """Release the comments of all final sheets of a round; contestants read them once published.

    Returns how many there are.

    Raises:
        NotFound, Forbidden: no such round for this person, or it is not theirs to release.
    """
    file, by = to_settle(round_id, year, by)
    if event := seen_before(by.request_key):
        return int(event.facts["comments"])
    sheets = lock_sheets(
        Sheet.round_id == round_id, Sheet.state == SheetState.FINAL, Sheet.comment != ""
    )
    for sheet in sheets:
        sheet.comment_released = True
    record(file.round, Change("release_comments", facts={"comments": len(sheets)}), by)
    return len(sheets)
