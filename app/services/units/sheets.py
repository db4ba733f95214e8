"""What branches that merge had not finished: sheets and ratings of a year, and registrations.

What was handed up waits on and can be confirmed as it was voted; what is still with a branch is
put together in the sheet of the merged one, as a draft on which it votes itself.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import case, delete, select

from app.extensions import db
from app.models import (
    BranchRating,
    ClassificationLine,
    ClassificationSheet,
    ProgrammeRegistration,
    UnitChange,
    UnitChangeLine,
)
from app.models.restructures import ChangeKind
from app.queries.classification.figures import closing_day
from app.queries.classification.members import Typed, typed_in
from app.queries.classification.sheets import sheets_where
from app.queries.units.past import follower_of
from app.services.chains import record_all
from app.services.events import By, Change, found, record
from app.services.refusals import Forbidden, Invalid
from app.services.units.passing import Passage, write
from workflows.calendar import local_day
from workflows.programme import PROGRAMME

WITH_THE_BRANCH = ("draft", "voted", "returned")
LATE = timedelta(days=90)  # until when in a year the one before may still be under way


def pass_sheets(passage: Passage) -> None:
    """Put together what the old units had not handed up, year by year; registrations go along.

    Raises:
        Invalid: the unit that stays has its sheet of this year confirmed, and nothing can join it.
    """
    places = (*passage.from_ids, passage.to.id)
    sheets = sheets_where(ClassificationSheet.unit_id.in_(places), lock=True)
    for year in sorted({each.year for each in sheets}):
        _join_sheets([each for each in sheets if each.year == year], passage)
    ratings = _ratings(BranchRating.unit_id.in_(places))
    for year in sorted({each.year for each in ratings}):
        _join_ratings([each for each in ratings if each.year == year], passage)
    pass_registrations(passage)


def follow_merger(subject: ClassificationSheet | BranchRating, by: By) -> None:
    """Let what was just returned to a branch that merged go on at the merged one.

    Raises:
        Forbidden: the sheet there is confirmed, and this one can only be confirmed too.
    """
    to = follower_of(subject.unit)
    if to is None:
        return
    change = _merger_of(subject.unit_id)
    passage = Passage([subject.unit_id], to, local_day(by.now), change, by)
    places, year = (subject.unit_id, to.id), subject.year
    db.session.flush()
    if isinstance(subject, BranchRating):
        _join_ratings(
            _ratings(BranchRating.unit_id.in_(places), BranchRating.year == year), passage
        )
        return
    sheet = ClassificationSheet
    sheets = sheets_where(sheet.unit_id.in_(places), sheet.year == year, lock=True)
    if any(each.state == "confirmed" for each in sheets):
        raise Forbidden("unit_closed")
    _join_sheets(sheets, passage)


def _merger_of(unit_id: int) -> int:
    line = UnitChangeLine
    query = (
        select(UnitChange.id)
        .join(line, line.change_id == UnitChange.id)
        .where(line.unit_id == unit_id, ~line.is_after, UnitChange.kind == ChangeKind.MERGE)
    )
    return db.session.scalar(query.order_by(UnitChange.id.desc()).limit(1)) or 0


def share_sheets(passage: Passage) -> None:
    """Give a branch that is split off what the old one wrote of those who go, while it is written.

    Registrations go along.
    """
    today, sheet = local_day(passage.by.now), ClassificationSheet
    drafts = sheets_where(sheet.unit_id.in_(passage.from_ids), sheet.state == "draft", lock=True)
    for each in drafts:
        going = {line.person_id for line in each.lines} & set(passage.people or ())
        if going and closing_day(each.year, today) >= passage.on:
            _share(each, going, passage)
    pass_registrations(passage)


def _share(sheet: ClassificationSheet, people: Collection[int], passage: Passage) -> None:
    told = Change("move_unit", facts=_told(passage, [sheet.unit_id]) | {"people": len(people)})
    made = ClassificationSheet(
        district_id=sheet.district_id,
        unit_id=passage.to.id,
        confirming_unit_id=sheet.confirming_unit_id,
        year=sheet.year,
        state="draft",
        created_by_id=sheet.created_by_id,
    )
    found(made, replace(told, to_state="draft"), _once(passage))
    _move_lines(sheet, made, people, after=0)
    record(sheet, told, _once(passage))


def _join_sheets(sheets: Sequence[ClassificationSheet], passage: Passage) -> None:
    target = next((each for each in sheets if each.unit_id == passage.to.id), None)
    coming = [each for each in sheets if each is not target and each.state in WITH_THE_BRANCH]
    if not coming or (target and _is_full(target, coming[0], passage)):
        return
    units = [each.unit_id for each in coming]
    for each in (*coming, *([target] if target else [])):
        _begin_anew(each)
    target = target or coming.pop(0)
    for each in coming:
        _carry(each, target)
        before, each.state = each.state, "joined"
        record(each, Change("join", before, "joined", facts=_told(passage, units)), _once(passage))
    before, target.state, target.unit_id = target.state, "draft", passage.to.id
    told = Change("take_in", before, "draft", facts=_told(passage, units))
    record(target, told, _once(passage))


def _is_full(target: ClassificationSheet, left: ClassificationSheet, passage: Passage) -> bool:
    """Whether nothing can join a sheet any more; of a year gone by the others stay where they are.

    Raises:
        Invalid: of this year, they would be left with nobody.
    """
    if target.state == "confirmed" and target.year >= (local_day(passage.by.now) - LATE).year:
        raise Invalid("units", "sheet_confirmed", unit=left.unit.name, year=target.year)
    return target.state == "confirmed"


def _begin_anew(sheet: ClassificationSheet) -> None:
    """Votes on a sheet no longer count; that they were held stays in the history."""
    line = ClassificationLine
    if sheet.state != "draft":
        grade = case((line.grade == line.computed, None), else_=line.grade)
        write(line, (line.sheet_id == sheet.id,), voted_grade=None, grade=grade)


def _carry(sheet: ClassificationSheet, target: ClassificationSheet) -> None:
    """Take the lines along, but for those of whom something stands on the other sheet already."""
    there = {each.person_id: typed_in(each) for each in _lines(target)}
    coming = [
        each.person_id for each in sheet.lines if there.get(each.person_id, Typed()) == Typed()
    ]
    _move_lines(sheet, target, coming, after=len(there))


def _lines(sheet: ClassificationSheet) -> Sequence[ClassificationLine]:
    query = select(ClassificationLine).where(ClassificationLine.sheet_id == sheet.id)
    return db.session.scalars(query).all()


def _move_lines(
    sheet: ClassificationSheet, target: ClassificationSheet, people: Collection[int], *, after: int
) -> None:
    line = ClassificationLine
    theirs = line.person_id.in_(people)
    db.session.execute(delete(line).where(line.sheet_id == target.id, theirs))
    write(line, (line.sheet_id == sheet.id, theirs), sheet_id=target.id, place=line.place + after)


def _told(passage: Passage, before: Sequence[int]) -> dict[str, Any]:
    return {"change": passage.change_id, "unit": [*before, passage.to.id]}


def _once(passage: Passage) -> By:
    return replace(passage.by, request_key=None)


def _join_ratings(ratings: Sequence[BranchRating], passage: Passage) -> None:
    """The rating that is under way becomes that of the new unit, which has one; others end."""
    target = next((each for each in ratings if each.unit_id == passage.to.id), None)
    coming = [each for each in ratings if each is not target and _is_under_way(each)]
    for each in coming:
        step, after = ("join", "joined") if target else ("take_in", "draft")
        before, each.state, told = each.state, after, _told(passage, [each.unit_id])
        record(each, Change(step, before, after, facts=told), _once(passage))
        if target is None:
            target, each.unit_id = each, passage.to.id
            each.grade = None if each.grade is each.computed else each.grade


def _ratings(*asked: Any) -> list[BranchRating]:  # noqa: ANN401
    query = select(BranchRating).where(*asked).order_by(BranchRating.id)
    return list(db.session.scalars(query.with_for_update()))


def _is_under_way(rating: BranchRating) -> bool:
    """Whether nobody can confirm it as it stands: it is with the branch, or its members are."""
    sheet = ClassificationSheet
    query = select(sheet.state).where(sheet.unit_id == rating.unit_id, sheet.year == rating.year)
    waits = rating.state == "submitted" and db.session.scalar(query) in {"submitted", "confirmed"}
    return rating.state not in {"confirmed", "joined"} and not waits


def pass_registrations(passage: Passage) -> None:
    """Let what members registered, and was not concluded on, be registered at the new unit."""
    row = ProgrammeRegistration
    theirs = (
        row.unit_id.in_(passage.from_ids),
        row.state.not_in([name for name, each in PROGRAMME.states.items() if each.is_final]),
        passage.of_people(row.person_id),
    )
    rows = db.session.execute(select(row.id, row.unit_id).where(*theirs)).all()
    write(row, theirs, unit_id=passage.to.id)
    record_all(row, {number: passage.told("unit", unit) for number, unit in rows}, passage.by)
