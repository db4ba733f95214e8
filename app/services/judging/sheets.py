"""A judge's sheet: kept as a draft, made final once, refused after the round (33, 34, 42).

Making final locks the sheet, then holds its season and round still: neither a chair who reopens,
nor publication, nor the end of the round can come in between. All of judging locks in this order.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier, LateSheet, Season, Sheet, Unit
from app.models.contest_sheets import SheetState
from app.queries.contest.seasons import rules_of
from app.queries.judging.rounds import hour_at
from app.queries.judging.ties import ties_of
from app.queries.units.past import past_paths
from app.services.contest.rules_freeze import freeze
from app.services.events import By, Change, record, seen_before
from app.services.judging.finals import make_final, write_scores
from app.services.judging.holding import hold_still
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.contest.conflicts import Entrant, conflict_of
from workflows.contest.hours import Hour, takes_scores
from workflows.contest.marking import Fault, Marks, faults_of
from workflows.contest.rules import Part

Organiser = aliased(Unit, name="organiser")
Branch = aliased(Unit, name="branch")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed on a sheet."""

    marks: Marks
    comment: str = ""


class Handed(StrEnum):
    """What became of a sheet that was sent; the values are the steps of its events."""

    DRAFT = "save_sheet"
    FINAL = "make_final"
    LATE = "late_sheet"


class Faulty(Exception):  # noqa: N818  (the name is the answer itself)
    """What is wrong on a sheet, by criterion."""

    def __init__(self, faults: dict[str, Fault]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class _Held:
    """A sheet that is locked, with the round and season that hold still meanwhile."""

    sheet: Sheet
    entrant: Entrant
    organiser: str
    round: ContestRound
    season: Season

    @property
    def part(self) -> Part:
        return rules_of(self.season).round(self.round.code).part(self.sheet.part)


@use_case
def hand_in(
    sheet_id: int, year: int, filled: Filled, *, is_final: bool, by: By, seen: int
) -> Handed:
    """Save a judge's sheet as a draft, or make it final: then only the chair opens it again.

    The first final sheet freezes the rules of the season (statement 37). What is received after
    the round and its time of grace counts for nothing, and is kept for the chair to see.

    Raises:
        NotFound: the judge has no such sheet.
        Stale: it changed since the judge saw it.
        Forbidden: it is final, the judge has a conflict, or the round does not take scores yet.
        Faulty: points that are none, out of range or out of step, or something left out.
    """
    held = _hold(sheet_id, year, by, freezes=is_final)
    sheet = held.sheet
    if sheet.version != seen and (event := seen_before(by.request_key)):
        return Handed(event.step)
    _may_write(held, seen)
    if _in_time(held, by):
        return _write(held, filled, by, is_final=is_final)
    return _keep_late(sheet, filled, by)


def _write(held: _Held, filled: Filled, by: By, *, is_final: bool) -> Handed:
    """Put on the sheet what has no faults."""
    sheet, part = held.sheet, held.part
    if faults := faults_of(part, filled.marks, is_final=is_final):
        raise Faulty(faults)
    write_scores(sheet, part, filled.marks, filled.comment)
    if is_final:
        make_final(sheet, part, filled.marks, Handed.FINAL, by=by)
        return Handed.FINAL
    before, sheet.state = sheet.state, SheetState.DRAFT
    record(sheet, Change(Handed.DRAFT, before, sheet.state), by)
    return Handed.DRAFT


_SHEET = (
    select(Sheet, Dossier.id, Dossier.person_id, Branch.path, past_paths(Branch), Organiser.path)
    .add_columns(Season.id, Season.frozen_at.is_not(None))
    .join(Contestant, Contestant.id == Sheet.contestant_id)
    .join(Dossier, Dossier.id == Contestant.dossier_id)
    .join(Branch, Branch.id == Dossier.branch_id)
    .join(ContestRound, ContestRound.id == Sheet.round_id)
    .join(Organiser, Organiser.id == ContestRound.unit_id)
    .join(Season, Season.id == ContestRound.season_id)
    .where(Sheet.state != SheetState.REMOVED, Contestant.out_at.is_(None))
    .with_for_update(of=Sheet)
    .execution_options(populate_existing=True)
)


def _hold(sheet_id: int, year: int, by: By, *, freezes: bool) -> _Held:
    """Lock the sheet of a judge; then hold round and season, frozen first where this freezes."""
    judge = by.actor.account_id if by.actor else None
    mine = _SHEET.where(Sheet.id == sheet_id, Sheet.judge_id == judge, Season.year == year)
    row: Any = db.session.execute(mine).one_or_none()
    if row is None:
        raise NotFound
    sheet, entry, person, branch, past, organiser, season_id, is_frozen = row
    if freezes and not is_frozen:
        freeze(db.session.get_one(Season, season_id), by)
    season, round_ = hold_still(sheet.round_id)
    return _Held(sheet, Entrant(entry, person, branch, past or ()), organiser, round_, season)


def _may_write(held: _Held, seen: int) -> None:
    check_version(held.sheet, seen)
    if held.sheet.state is SheetState.FINAL:
        raise Forbidden("sheet_is_final")
    judge = held.sheet.judge_id
    if conflict_of(ties_of([judge])[judge], held.entrant, held.organiser):
        raise Forbidden("judge_conflict")


def _in_time(held: _Held, by: By) -> bool:
    """Whether scores count that are received now; what comes too early is refused."""
    hour = hour_at(held.round, held.season, by.now)
    if hour is Hour.BEFORE:
        raise Forbidden("round_not_open")
    return takes_scores(hour, let_in=held.sheet.let_in_at is not None)


def _keep_late(sheet: Sheet, filled: Filled, by: By) -> Handed:
    """Keep what came too late: it changes nothing on the sheet, but the chair sees the attempt."""
    late = LateSheet(
        sheet_id=sheet.id, scores=_as_typed(filled.marks), comment=filled.comment, sent_at=by.now
    )
    db.session.add(late)
    record(sheet, Change(Handed.LATE, sheet.state, sheet.state), by)
    return Handed.LATE


def _as_typed(marks: Marks) -> dict[str, list[str]]:
    return {code: [mark.points, mark.justification] for code, mark in marks.items()}
