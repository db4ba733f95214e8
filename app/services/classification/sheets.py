"""Writing the sheet of a branch: all its members in one act, until the meeting votes."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.extensions import db
from app.models import ClassificationLine, ClassificationSheet, Unit
from app.policies import Right
from app.queries.classification.members import Member, Typed, typed_in
from app.queries.classification.sheets import OPEN, members_of, sheet_of
from app.services.classification.desks import confirming_unit_of
from app.services.dues.sheets import keeper
from app.services.events import By, Change, found, record, seen_before
from app.services.refusals import Forbidden, Invalid
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day

# What only those see who may see sensitive data; events name it without telling it.
PRIVATE = ("circumstance", "discipline")
OLDEST_YEAR = 2013


@use_case
def write_sheet(unit_id: int, year: int, written: Mapping[int, Typed], *, by: By, seen: int) -> int:
    """Write what a branch says of its members in a year, and return the sheet's new version.

    ``seen`` is the version that the person saw, 0 where there was no sheet. Whom the sheet was
    returned for are the only ones open then.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its sheet is not theirs, or is closed.
        Stale: somebody changed it since.
        Invalid: a year that has not come, or somebody who is no member here.
    """
    unit, by = keeper(unit_id, by, Right.PREPARE, at=unit_id)
    if seen_before(by.request_key):
        return seen
    sheet = _to_write(unit, year, by, seen)
    members = {each.person_id: each for each in members_of(unit, year, _kept(sheet), _day(by))}
    if written.keys() - members.keys():
        raise Invalid("sheet", "stranger")
    return _keep(sheet, members, written, by)


def _day(by: By) -> Any:  # noqa: ANN401
    return local_day(by.now)


def _kept(sheet: ClassificationSheet) -> ClassificationSheet | None:
    return sheet if sheet.id else None


def _to_write(unit: Unit, year: int, by: By, seen: int) -> ClassificationSheet:
    """Return the sheet that is being written; the unit is locked, so there is one."""
    sheet = sheet_of(unit.id, year, lock=True)
    check_version(sheet, seen)
    if sheet is None:
        return _new(unit, year, by)
    if sheet.state not in OPEN:
        raise Forbidden("sheet_closed")
    return sheet


def _new(unit: Unit, year: int, by: By) -> ClassificationSheet:
    if not OLDEST_YEAR <= year <= _day(by).year:
        raise Invalid("year", "not_come")
    return ClassificationSheet(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        confirming_unit_id=confirming_unit_of(unit),
        year=year,
        state="draft",
        created_by_id=by.actor.account_id if by.actor else None,
        lines=[],
    )


def _keep(
    sheet: ClassificationSheet,
    members: Mapping[int, Member],
    written: Mapping[int, Typed],
    by: By,
) -> int:
    is_new = sheet.id is None
    lines = lines_for(sheet, [*members.values()])
    changes = {
        str(number): changed
        for number, line in lines.items()
        if (changed := _write(sheet, line, written.get(number)))
    }
    facts = {"lines": changes}
    if is_new:
        return found(sheet, Change("write_sheet", None, sheet.state, facts=facts), by).sequence
    return record(sheet, Change("write_sheet", facts=facts), by).sequence


def lines_for(
    sheet: ClassificationSheet, members: Sequence[Member]
) -> dict[int, ClassificationLine]:
    """Give each member a line on a sheet, in their order, and take away those of others."""
    kept = {line.person_id: line for line in sheet.lines}
    lines = {each.person_id: kept.get(each.person_id) or _line(sheet, each) for each in members}
    for place, each in enumerate(members):
        lines[each.person_id].place, lines[each.person_id].name = place, each.name
    for number in kept.keys() - lines.keys():  # no member here any more
        sheet.lines.remove(kept[number])
        db.session.delete(kept[number])
    return lines


def _line(sheet: ClassificationSheet, member: Member) -> ClassificationLine:
    line = ClassificationLine(
        person_id=member.person_id, year=sheet.year, reason="", former_comment="", returned=""
    )
    line.is_mended = line.is_confirmed = False
    line.figures = {}
    sheet.lines.append(line)
    return line


def _write(
    sheet: ClassificationSheet, line: ClassificationLine, typed: Typed | None
) -> dict[str, list[Any]]:
    """Write a line and return what changed; a returned sheet opens what it was returned for."""
    if typed is None or (sheet.state == "returned" and not line.returned):
        return {}
    before = typed_in(line)
    changed = {
        name: [] if name in PRIVATE else [getattr(before, name), getattr(typed, name)]
        for name in Typed.__dataclass_fields__
        if getattr(before, name) != getattr(typed, name)
    }
    for name in changed.keys() - set(PRIVATE):
        setattr(line, name, getattr(typed, name))
    line.private = {name: value for name in PRIVATE if (value := getattr(typed, name))} or None
    line.is_mended = line.is_mended or (bool(line.returned) and bool(changed))
    return changed
