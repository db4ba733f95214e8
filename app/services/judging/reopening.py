"""What the chair lets in again: a final sheet to be corrected, or one that came too late."""

from sqlalchemy import select, update

from app.extensions import db
from app.models import Sheet, SheetVersion
from app.models.contest_sheets import SheetState
from app.queries.judging.panels import is_chair
from app.queries.judging.sheets import SheetFile, sheet_file
from app.services.events import By, Change, record, seen_before
from app.services.judging.holding import hold_still
from app.services.judging.rounds import round_seen, still_scoring
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from app.services.versions import stale


def sheet_led(sheet_id: int, year: int, by: By) -> SheetFile:
    """Return a sheet of a round that this person chairs.

    Raises:
        NotFound, Forbidden: there is none for them, or they do not chair its round.
    """
    file = sheet_file(sheet_id, year)
    if file is None or file.sheet.state is SheetState.REMOVED:
        raise NotFound
    if by.actor:
        round_seen(file.sheet.round_id, year, by.actor)
        if not is_chair(file.sheet.round_id, by.actor.account_id):
            raise Forbidden("only_the_chair")
    return file


@use_case
def reopen(sheet_id: int, year: int, reason: str, *, by: By, seen: int) -> None:
    """Let a judge change a final sheet, for a reason; what was final stays kept as a version.

    A sheet that is not final is let in instead: the judge may hand it in after the round.

    Raises:
        NotFound, Forbidden: no such sheet for this person, or they do not chair its round.
        Stale: the judge handed it in since, or somebody else reopened it.
    """
    file, sheet = sheet_led(sheet_id, year, by), _locked(sheet_id)
    if sheet.version != seen:
        if seen_before(by.request_key):
            return
        raise stale(sheet)
    hold_still(sheet.round_id)
    still_scoring(file.round_file)
    before, sheet.let_in_at = sheet.state, by.now
    if before is SheetState.FINAL:
        sheet.state, sheet.final_at = SheetState.DRAFT, None
        _close_version(sheet, reason, by)
    step = "reopen_sheet" if before is SheetState.FINAL else "let_in_sheet"
    record(sheet, Change(step, before, sheet.state, reason), by)


def _locked(sheet_id: int) -> Sheet:
    query = select(Sheet).where(Sheet.id == sheet_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _close_version(sheet: Sheet, reason: str, by: By) -> None:
    """Say on the version that was final when, by whom and why it was reopened."""
    newest = (
        select(SheetVersion.number)
        .where(SheetVersion.sheet_id == sheet.id)
        .order_by(SheetVersion.number.desc())
        .limit(1)
    )
    reopened = {
        "reopened_at": by.now,
        "reopened_by_id": by.actor.account_id if by.actor else None,
        "reason": reason,
    }
    db.session.execute(
        update(SheetVersion)
        .where(SheetVersion.sheet_id == sheet.id, SheetVersion.number == newest.scalar_subquery())
        .values(**reopened)
    )
