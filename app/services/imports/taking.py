"""Taking a list: all its new people in one transaction, each with a stay and a first event."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, func, insert, or_, select, update

from app.extensions import db
from app.models import Account, Event, Import, ImportRow, Membership, Person, Standing
from app.models.imports import ImportState, RowVerdict
from app.queries.imports import count_to_take, is_to_take, verdict_counts
from app.services.events import By, Change, first_events, record
from app.services.imports.columns import Field
from app.services.imports.entries import Entry, Reading, read_entry
from app.services.imports.judging import Judgement
from app.services.imports.loading import import_for, judge_of, reading_of
from app.services.people.twins import hold_all
from app.services.refusals import Forbidden, Stale
from app.services.use_case import use_case
from app.vietnamese import sort_key
from workflows.calendar import local_day
from workflows.membership import MEMBER_STATUSES, PersonStatus

_AT_A_TIME = 2000
# Statuses with a stretch of time of their own; of a list at most its beginning is known.
_STANDING = frozenset({PersonStatus.WORKING_AWAY, PersonStatus.DEFERRED})
# What a person is as long as no column says otherwise: rows that are written at once are alike.
_BLANK: dict[str, Any] = {
    column.name: column.default.arg if column.default else None
    for column in Person.__table__.columns
    if column.name in set(Field)
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who becomes a person of the roster, with the number of the row they come from.

    ``reason`` says why they are somebody else than whom they resemble.
    """

    id: int
    row: int
    reason: str
    entry: Entry
    unit_id: int


@use_case
def take_list(import_id: UUID, *, by: By, seen: int) -> int:
    """Take the new people of a list and return how many; rows with errors stay out.

    Each is judged once more, for the roster may have changed since. ``seen`` is how many the
    person was told of. A list that was taken answers as the first time.

    Raises:
        NotFound, Forbidden: no such import for this person, or it is not judged to its end.
        Stale: the number is another one by now.
    """
    row, unit, by = import_for(import_id, by)
    if row.state is ImportState.TAKEN:
        return int(row.columns["taken"])
    if row.state is not ImportState.PREVIEWED:
        raise Forbidden("not_previewed")
    if (number := count_to_take(row.id)) != seen:
        raise Stale(None, number)
    hold_all(row.district_id)
    newcomers = _still_new(row, reading_of(row, unit, by), unit.id)
    for start in range(0, len(newcomers), _AT_A_TIME):
        _enter(row, newcomers[start : start + _AT_A_TIME], by)
    _close(row, newcomers, by)
    return len(newcomers)


def _still_new(row: Import, reading: Reading, unit_id: int) -> list[Newcomer]:
    """Judge the rows to take once more; what is no longer new gets its verdict of today."""
    columns = (ImportRow.number, ImportRow.cells, ImportRow.choice, ImportRow.problem)
    query = select(*columns).where(ImportRow.import_id == row.id, is_to_take())
    rows = db.session.execute(query.order_by(ImportRow.number)).all()
    entries = [read_entry(each.cells, reading) for each in rows]
    judge = judge_of(row, reading, entries, {})
    found = []
    for each, entry, number in zip(rows, entries, _numbers(len(rows)), strict=True):
        now = judge.verdict_on(entry, each.number)
        if now.verdict is RowVerdict.NEW or (now.verdict is RowVerdict.DOUBTFUL and each.choice):
            reason = str(each.problem.get("reason", ""))
            unit = entry.unit_id or unit_id
            found.append(Newcomer(number, each.number, reason, entry, unit))
        else:
            _leave_out(row, each.number, now)
    return found


def _leave_out(row: Import, number: int, now: Judgement) -> None:
    mine = update(ImportRow).where(ImportRow.import_id == row.id, ImportRow.number == number)
    db.session.execute(mine.values(choice="", **asdict(now)))


def _numbers(count: int) -> list[int]:
    """Draw the ids of so many people."""
    number = func.nextval(func.pg_get_serial_sequence("people", "id"))
    return list(db.session.scalars(select(number).select_from(func.generate_series(1, count))))


def _enter(row: Import, newcomers: Sequence[Newcomer], by: By) -> None:
    """Write some people with their first events, their stays and standings."""
    changes = {each.id: _change(row, each) for each in newcomers}
    events = first_events("people", row.district_id, changes, replace(by, request_key=None))
    heads = {event["subject_id"]: event["hash"] for event in events}
    people = [_person(row, each) | {"chain_head": heads[each.id]} for each in newcomers]
    today = local_day(by.now)
    _insert(Person, people)
    _insert(Event, events)
    _insert(Membership, [_stay(row, each, today) for each in newcomers if _is_member(each)])
    _insert(Standing, [_standing(row, each, by) for each in newcomers if _stands(each)])


def _insert(kind: type[Any], rows: Sequence[dict[str, Any]]) -> None:
    table: Table = kind.__table__
    if rows:
        db.session.execute(insert(table), rows)


def _change(row: Import, newcomer: Newcomer) -> Change:
    facts = {"import": str(row.id), "row": newcomer.row}
    status = newcomer.entry.values["status"].value
    return Change("enter", to_state=status, comment=newcomer.reason, facts=facts)


def _person(row: Import, newcomer: Newcomer) -> dict[str, Any]:
    entry = newcomer.entry
    birth = entry.birth
    if birth is None:
        raise LookupError("nobody is taken without a birth date")
    return {
        **_BLANK,
        **entry.values,
        "id": newcomer.id,
        "district_id": row.district_id,
        "unit_id": newcomer.unit_id,
        "name_key": entry.name_key,
        "sort_key": sort_key(entry.name),
        "birth_date": birth.on,
        "birth_year_only": birth.year_only,
        "version": 1,
    }


def _is_member(newcomer: Newcomer) -> bool:
    return newcomer.entry.values["status"] in MEMBER_STATUSES


def _stay(row: Import, newcomer: Newcomer, today: date) -> dict[str, Any]:
    return {
        "district_id": row.district_id,
        "person_id": newcomer.id,
        "unit_id": newcomer.unit_id,
        "from_on": newcomer.entry.values.get("joined_on") or today,
    }


def _stands(newcomer: Newcomer) -> bool:
    return newcomer.entry.values["status"] in _STANDING


def _standing(row: Import, newcomer: Newcomer, by: By) -> dict[str, Any]:
    return {
        "district_id": row.district_id,
        "person_id": newcomer.id,
        "unit_id": newcomer.unit_id,
        "status": newcomer.entry.values["status"],
        "from_on": newcomer.entry.since or local_day(by.now),
        "recorded_at": by.now,
        "recorded_by_id": by.actor.account_id if by.actor else None,
    }


def _close(row: Import, newcomers: Sequence[Newcomer], by: By) -> None:
    """Keep that the list was taken, and of its rows only those that go back to be mended."""
    counts = {verdict.value: number for verdict, number in verdict_counts(row.id).items()}
    settled = or_(ImportRow.verdict.in_([RowVerdict.NEW, RowVerdict.SAME]), ImportRow.choice != "")
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id, settled))
    row.columns = {**row.columns, "taken": len(newcomers), "rows": counts}
    row.state, row.taken_at, row.content = ImportState.TAKEN, by.now, None
    if by.actor:
        account = db.session.get_one(Account, by.actor.account_id, with_for_update=True)
        facts = {"import": str(row.id), "unit": row.unit_id, "sha256": row.sha256, "rows": counts}
        record(account, Change("import", facts=facts | {"taken": len(newcomers)}), by)
