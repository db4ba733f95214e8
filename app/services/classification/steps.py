"""The way of a sheet: handed up, returned with reasons, confirmed alone or with many others."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.models import ClassificationSheet
from app.queries.classification.figures import graded_elsewhere
from app.queries.classification.sheets import facts_of, members_of, sheet_of, sheets_where
from app.services.classification.desks import check_seen, in_post
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.units.sheets import follow_merger
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.classification.facts import SheetFacts
from workflows.classification.process import CLASSIFICATION
from workflows.engine import Case, NoSuchStep, Refused


@dataclass(frozen=True, slots=True)
class Decision:
    """What goes with a step: of a return the reasons, by member, and a word on the whole."""

    reasons: Mapping[int, str] = field(default_factory=dict)
    reason: str = ""


@use_case
def take_step(
    unit_id: int,
    year: int,
    name: str,
    decision: Decision | None = None,
    *,
    by: By,
    seen: int,
) -> str:
    """Take a step on the sheet of a unit and year, and return the state that it leads to.

    Raises:
        NotFound, Stale: no such sheet for this person, or somebody changed it since.
        NoSuchStep, Forbidden: there is no such step from where it stands, or it is not theirs.
        Refused: with everything that is unmet.
        Invalid: somebody's grade was confirmed elsewhere at the same moment.
    """
    sheet = sheet_of(unit_id, year, lock=True)
    if sheet and sheet.version != seen and (event := seen_before(by.request_key)):
        return event.to_state or ""
    check_seen(sheet, sheet.unit if sheet else None, seen, by)
    assert sheet is not None  # noqa: S101  (as checked)
    if CLASSIFICATION.step_from(sheet.state, name).through:
        raise NoSuchStep(sheet.state, name)
    return advance(sheet, name, decision or Decision(), by)


def advance(sheet: ClassificationSheet, name: str, decision: Decision, by: By) -> str:
    """Take one step within a running transaction: post, claims, machine, rows, event."""
    by = in_post(sheet, CLASSIFICATION, name, by, about=[each.person_id for each in sheet.lines])
    case = Case(sheet.state, _facts(sheet, name, decision, by))
    CLASSIFICATION.fire(case, name)
    before, sheet.state = sheet.state, case.state
    _WRITES.get(name, _nothing)(sheet, decision, by)
    facts = {"returned": sorted(number for number, text in decision.reasons.items() if text)}
    comment = _told(sheet, decision)
    record(sheet, Change(name, before, case.state, comment, facts if comment else {}), by)
    if name == "send_back":
        follow_merger(sheet, by)
    return case.state


def _facts(sheet: ClassificationSheet, name: str, decision: Decision, by: By) -> SheetFacts:
    today = local_day(by.now)
    members = members_of(sheet.unit, sheet.year, sheet, today)
    if name == "confirm":
        ids = [each.person_id for each in members]
        elsewhere = graded_elsewhere(ids, sheet.year, but_for=sheet.id)
        members = [replace(each, graded_in=elsewhere.get(each.person_id, "")) for each in members]
    if decision.reasons.keys() - {each.person_id for each in members}:
        raise Invalid("reasons", "stranger")
    return facts_of(sheet.year, members, today, reasons=decision.reasons, reason=decision.reason)


def _told(sheet: ClassificationSheet, decision: Decision) -> str:
    names = {line.person_id: line.name for line in sheet.lines}
    told = [f"{names[number]}: {text}" for number, text in decision.reasons.items() if text]
    return "\n".join([*([decision.reason] if decision.reason else []), *told])


def _nothing(_sheet: ClassificationSheet, _decision: Decision, _by: By) -> None:
    return None


def _hand_up(sheet: ClassificationSheet, _decision: Decision, by: By) -> None:
    """Who hands a sheet up does not confirm it."""
    sheet.handed_up_by_id = by.actor.account_id if by.actor else None
    sheet.handed_up_at = by.now


def _reopen(sheet: ClassificationSheet, _decision: Decision, _by: By) -> None:
    """The meeting's votes no longer count; that they were held stays in the history."""
    for line in sheet.lines:
        line.voted_grade = None
        if line.grade is line.computed:
            line.grade = None


def _send_back(sheet: ClassificationSheet, decision: Decision, _by: By) -> None:
    for line in sheet.lines:
        line.returned, line.is_mended = decision.reasons.get(line.person_id, ""), False


def _confirm(sheet: ClassificationSheet, _decision: Decision, by: By) -> None:
    """Only now do the grades stand, and nobody writes on the sheet any more."""
    sheet.confirmed_at = by.now
    for line in sheet.lines:
        line.is_confirmed, line.returned = True, ""


_WRITES: dict[str, Any] = {
    "submit": _hand_up,
    "resubmit": _hand_up,
    "reopen": _reopen,
    "send_back": _send_back,
    "confirm": _confirm,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one sheet among many; ``refusal`` says why nothing was done."""

    unit_name: str
    refusal: Exception | None = None


@use_case
def confirm_many(seen: Mapping[int, int], *, by: By) -> list[Result]:
    """Confirm many sheets, each on its own: those that changed or lack something are left out.

    ``seen`` are the versions by the ids of the sheets. Rows are taken in the order of their ids.

    Raises:
        NotFound: no such sheet for this person.
    """
    sheets = sheets_where(ClassificationSheet.id.in_(seen), lock=True)
    for sheet in sheets:
        check_seen(sheet, sheet.unit, sheet.version, by)
    if len(sheets) != len(seen):
        raise NotFound
    return [_confirm_one(sheet, seen[sheet.id], by) for sheet in sheets]


def _confirm_one(sheet: ClassificationSheet, seen: int, by: By) -> Result:
    key = f"{by.request_key} {sheet.id}" if by.request_key else None
    name = sheet.unit.name
    if seen_before(key):
        return Result(name)
    try:
        with db.session.begin_nested():
            check_seen(sheet, sheet.unit, seen, by)
            advance(sheet, "confirm", Decision(), replace(by, request_key=key))
    except (Stale, NoSuchStep, Forbidden, Refused, IntegrityError) as refusal:
        return Result(name, refusal)
    return Result(name)
