"""Conflicts that people declare: the sheet leaves the result, and somebody else is needed (36)."""

from dataclasses import dataclass, replace

from sqlalchemy.dialects.postgresql import insert

from app.extensions import db
from app.models import Contestant, DeclaredConflict, Sheet
from app.models.contest_sheets import SheetState
from app.queries.judging.sheets import sheet_file
from app.services.events import By, Change, record, seen_before
from app.services.judging.holding import hold_still, lock_sheets
from app.services.judging.removing import remove
from app.services.judging.rounds import still_scoring, to_run
from app.services.refusals import Invalid, NotFound
from app.services.use_case import use_case
from workflows.contest.assignment import Pair
from workflows.contest.conflicts import ConflictKind
from workflows.contest.hours import SCORING


@dataclass(frozen=True, slots=True)
class Declared:
    """What stands between a judge and a contestant, as somebody declares it."""

    kind: ConflictKind
    reason: str = ""


@use_case
def declare_own(sheet_id: int, year: int, declared: Declared, *, by: By) -> None:
    """Let a judge step back from a contestant: all their sheets of that contestant go.

    Raises:
        NotFound: the judge has no such sheet.
        Invalid: the result is published already.
    """
    file = sheet_file(sheet_id, year)
    if file is None or by.actor is None or file.sheet.judge_id != by.actor.account_id:
        raise NotFound
    sheets = _sheets(file.contestant.id, file.sheet.judge_id)
    season, round_ = hold_still(file.sheet.round_id, change=True)
    if seen_before(by.request_key):
        return
    if not sheets:
        raise NotFound
    if season.state not in SCORING:
        raise Invalid("kind", "season_shut")
    _keep(file.contestant, file.sheet.judge_id, declared, by)
    facts = {"judge": file.sheet.judge_id, "contestant": file.contestant.id, "kind": declared.kind}
    record(round_, Change("declare_conflict", comment=declared.reason, facts=facts), by)
    remove(sheets, "conflict", declared.reason, replace(by, request_key=None))


@use_case
def declare_for(round_id: int, year: int, pair: Pair, declared: Declared, *, by: By) -> None:
    """Let the chair, or the unit that holds the round, keep a judge from a contestant: the pair.

    Raises:
        NotFound, Forbidden: no such round or contestant for this person.
    """
    contestant_id, judge = pair
    to_run(round_id, year, by, lock=False)
    contestant = db.session.get(Contestant, contestant_id)
    if contestant is None or contestant.round_id != round_id:
        raise NotFound
    sheets = _sheets(contestant_id, judge)
    file, by = to_run(round_id, year, by)
    if seen_before(by.request_key):
        return
    still_scoring(file)
    _keep(contestant, judge, declared, by)
    facts = {"judge": judge, "contestant": contestant_id, "kind": declared.kind}
    record(file.round, Change("declare_conflict", comment=declared.reason, facts=facts), by)
    remove(sheets, "conflict", declared.reason, replace(by, request_key=None))


def _sheets(contestant_id: int, judge: int) -> list[Sheet]:
    return lock_sheets(
        Sheet.contestant_id == contestant_id,
        Sheet.judge_id == judge,
        Sheet.state != SheetState.REMOVED,
    )


def _keep(contestant: Contestant, judge: int, declared: Declared, by: By) -> None:
    """Write the conflict down; one that was declared before takes the new words."""
    values = {
        "district_id": contestant.district_id,
        "account_id": judge,
        "contestant_id": contestant.id,
        "kind": declared.kind.value,
        "reason": declared.reason,
        "declared_at": by.now,
        "declared_by_id": by.actor.account_id if by.actor else judge,
    }
    new = insert(DeclaredConflict).values(values)
    said = {name: values[name] for name in ("kind", "reason", "declared_at", "declared_by_id")}
    pair = ["account_id", "contestant_id"]
    db.session.execute(new.on_conflict_do_update(index_elements=pair, set_=said))
