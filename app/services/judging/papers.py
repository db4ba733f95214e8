"""Sheets that were filled in on paper: two people type each, and only what agrees is final."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.extensions import db
from app.models import Event, PaperTyping, Sheet
from app.models.contest_sheets import SheetState
from app.queries.judging.panels import sits_on
from app.queries.judging.sheets import SheetFile, sheet_file
from app.services.contest.rules_freeze import freeze
from app.services.events import By, Change, record, seen_before
from app.services.judging.finals import kept_scores, make_final, write_scores
from app.services.judging.holding import hold_still, lock_sheets
from app.services.judging.rounds import may_organise, round_seen, still_scoring
from app.services.judging.sheets import Faulty, Filled
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from workflows.contest.marking import faults_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of a typing: ``differs`` names the criteria on which the two disagree."""

    round_id: int
    is_final: bool
    differs: tuple[str, ...] = ()


def sheet_to_type(sheet_id: int, year: int, by: By) -> SheetFile:
    """Return a sheet that this person may type from paper: of a round their unit holds.

    Raises:
        NotFound, Forbidden: none for them, not theirs, they judge here, or the sheet is final.
    """
    file = sheet_file(sheet_id, year)
    if file is None or by.actor is None or file.sheet.state is SheetState.REMOVED:
        raise NotFound
    round_seen(file.sheet.round_id, year, by.actor)
    if not may_organise(file.round_file, by.actor):
        raise Forbidden("not_your_desk")
    if sits_on(file.sheet.round_id, by.actor.account_id):
        raise Forbidden("judges_do_not_type")
    if file.sheet.state is SheetState.FINAL:
        raise Forbidden("sheet_is_final")
    return file


@use_case
def type_paper(sheet_id: int, year: int, filled: Filled, *, by: By) -> Typed:
    """Type a paper sheet; once a second person typed the same points, it is final.

    Raises:
        NotFound, Forbidden: no such sheet to type for this person.
        Faulty: points that are none, out of range or out of step, or something left out.
    """
    if event := seen_before(by.request_key):
        return _as_before(event)
    file = sheet_to_type(sheet_id, year, by)
    (sheet,) = lock_sheets(Sheet.id == sheet_id)
    if sheet.state is SheetState.FINAL:
        raise Forbidden("sheet_is_final")
    freeze(file.round_file.season, by)
    hold_still(sheet.round_id)
    still_scoring(file.round_file)
    if faults := faults_of(file.part, filled.marks, is_final=True):
        raise Faulty(faults)
    scores = kept_scores(file.part, filled.marks)
    _keep(sheet, scores, filled.comment, by)
    return _agreed(file, scores, filled, by)


def _as_before(event: Event) -> Typed:
    sheet = db.session.get_one(Sheet, event.subject_id)
    is_final = event.to_state == SheetState.FINAL
    return Typed(sheet.round_id, is_final, tuple(event.facts.get("differs", ())))


def _keep(sheet: Sheet, scores: dict[str, Any], comment: str, by: By) -> None:
    who = by.actor.account_id if by.actor else None
    said = {"scores": scores, "comment": comment, "typed_at": by.now}
    new = insert(PaperTyping).values(sheet_id=sheet.id, typed_by_id=who, **said)
    place = ["sheet_id", "typed_by_id"]
    db.session.execute(new.on_conflict_do_update(index_elements=place, set_=said))


def _agreed(file: SheetFile, scores: dict[str, Any], filled: Filled, by: By) -> Typed:
    """Make the sheet final where the other typing gives the same points; else say where not."""
    sheet = file.sheet
    other = _other_typing(sheet.id, by)
    differs = _differences(scores, other.scores) if other else ()
    if other is None or differs:
        facts = {"differs": list(differs)}
        record(sheet, Change("type_sheet", sheet.state, sheet.state, facts=facts), by)
        return Typed(sheet.round_id, is_final=False, differs=differs)
    write_scores(sheet, file.part, filled.marks, filled.comment)
    make_final(sheet, file.part, filled.marks, "type_sheet", by=by)
    return Typed(sheet.round_id, is_final=True)


def _other_typing(sheet_id: int, by: By) -> PaperTyping | None:
    """Return what somebody else typed of a sheet, the newest."""
    me = by.actor.account_id if by.actor else None
    query = select(PaperTyping).where(
        PaperTyping.sheet_id == sheet_id, PaperTyping.typed_by_id.is_distinct_from(me)
    )
    return db.session.scalar(query.order_by(PaperTyping.typed_at.desc()).limit(1))


def _differences(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the criteria for which two typings give different points; reasons may differ."""
    codes = dict.fromkeys((*mine, *theirs))
    return tuple(code for code in codes if mine.get(code, [None])[0] != theirs.get(code, [None])[0])
