"""A sheet's scores on record, and the version that is kept each time it is made final."""

from typing import Any

from sqlalchemy import DateTime, Integer, Numeric, String, Text, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert

from app.extensions import Base, db
from app.models import Sheet, SheetVersion
from app.models.contest_sheets import SheetState
from app.services.events import By, Change, hash_of, record
from workflows.contest.marking import NOTHING, Marks, points_of
from workflows.contest.plain import amount
from workflows.contest.rules import Part

# The tables themselves: an ORM statement that inserts from a SELECT takes no values with it.
_SCORES, _VERSIONS = (
    Base.metadata.tables["contest_scores"],
    Base.metadata.tables["contest_sheet_versions"],
)
_SHEET = bindparam("sheet", type_=Integer)
# All criteria of a sheet in one statement, however many there are.
_GIVEN = insert(_SCORES).from_select(
    ["sheet_id", "criterion", "points", "justification"],
    select(
        _SHEET,
        func.unnest(bindparam("codes", type_=ARRAY(Text))),
        func.unnest(bindparam("points", type_=ARRAY(Numeric))),
        func.unnest(bindparam("reasons", type_=ARRAY(Text))),
    ),
)
_WRITE = _GIVEN.on_conflict_do_update(
    index_elements=["sheet_id", "criterion"],
    set_={
        "points": _GIVEN.excluded.points,
        "justification": _GIVEN.excluded.justification,
    },
)
_KEEP = (
    insert(_VERSIONS)
    .from_select(
        ["sheet_id", "number", "scores", "comment", "final_at", "reason"],
        select(
            _SHEET,
            func.coalesce(func.max(SheetVersion.number), 0) + 1,
            bindparam("scores", type_=JSONB),
            bindparam("comment", type_=String),
            bindparam("final_at", type_=DateTime(timezone=True)),
            bindparam("reason", type_=String),
        ).where(SheetVersion.sheet_id == _SHEET),
    )
    .returning(_VERSIONS.c.number)
)


def write_scores(sheet: Sheet, part: Part, marks: Marks, comment: str) -> None:
    """Put what was typed, and has no faults, on the sheet."""
    points = points_of(part, marks)
    values = {
        "sheet": sheet.id,
        "codes": list(points),
        "points": list(points.values()),
        "reasons": [marks.get(code, NOTHING).justification for code in points],
    }
    db.session.execute(_WRITE, values)
    sheet.comment = comment


def make_final(sheet: Sheet, part: Part, marks: Marks, step: str, *, by: By) -> int:
    """Make a sheet final as it stands, keep its version and return the number of that.

    The event keeps the hash of the version and no score, so that no history can tell one.
    """
    scores = kept_scores(part, marks)
    values = {"sheet": sheet.id, "scores": scores, "comment": sheet.comment}
    number: int = db.session.execute(
        _KEEP, {**values, "final_at": by.now, "reason": ""}
    ).scalar_one()
    before, sheet.state = sheet.state, SheetState.FINAL
    sheet.final_at, sheet.let_in_at = by.now, None
    facts = {"version": number, "sha256": hash_of([scores, sheet.comment])}
    record(sheet, Change(step, before, sheet.state, facts=facts), by)
    return number


def kept_scores(part: Part, marks: Marks) -> dict[str, Any]:
    """Return the scores of a sheet as its version keeps them: points, and why."""
    return {
        code: [None if points is None else amount(points), marks.get(code, NOTHING).justification]
        for code, points in points_of(part, marks).items()
    }
