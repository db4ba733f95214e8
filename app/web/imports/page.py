"""What the page of a list shows: how it is read, how many rows are what, and one kind of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext

from app.queries import imports
from app.queries.people.roster import Twin
from app.services.imports.columns import Field
from app.services.imports.entries import cell
from app.web.fields import as_number
from app.web.imports.wording import ENCODINGS, VERDICTS, reasons


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row of the list: who it names, and why it is not simply new."""

    row: Any
    name: str
    birth: str
    unit: str
    reasons: list[str]


def preview(row: Any, unit: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return what the page of an import shows of it."""
    counts = row.columns.get("rows") or imports.verdict_counts(row.id)
    verdict = _asked_for(counts)
    found = imports.rows_of(row.id, verdict, as_number(request.args.get("after")) or 0)
    shown = found[: imports.PAGE]
    return {
        "row": row,
        "unit": unit,
        "counts": counts,
        "verdict": verdict,
        "verdicts": VERDICTS,
        "encoding": gettext(ENCODINGS[row.encoding]),
        "lines": lines_of(shown, row.columns["at"]),
        "more": shown[-1].number if len(found) > imports.PAGE else None,
        "to_take": imports.count_to_take(row.id),
        "open_doubts": imports.count_open_doubts(row.id),
    }


def _asked_for(counts: Mapping[Any, int]) -> Any:  # noqa: ANN401
    """What needs a person comes first: errors, then doubts."""
    asked = request.args.get("rows", "")
    if asked in VERDICTS:
        return asked
    return next((verdict for verdict in VERDICTS if counts.get(verdict)), "new")


def lines_of(rows: Sequence[Any], at: Mapping[str, int]) -> list[RowLine]:
    """Return rows with what is shown of them; whom they resemble is loaded at once."""
    people = imports.people_by_id({each for row in rows for each in row.problem.get("twins", ())})
    return [_line(row, at, people) for row in rows]


def _line(row: Any, at: Mapping[str, int], people: Mapping[int, Twin]) -> RowLine:  # noqa: ANN401
    places = {Field(name): place for name, place in at.items()}
    texts = {column: cell(row.cells, column, places) for column in Field}
    halves = (texts[Field.FAMILY_NAMES], texts[Field.GIVEN_NAME])
    births = (Field.BIRTH_DATE, Field.BORN_MALE, Field.BORN_FEMALE)
    return RowLine(
        row=row,
        name=texts[Field.NAME] or " ".join(halves).strip(),
        birth=next((texts[each] for each in births if texts[each]), ""),
        unit=texts[Field.UNIT],
        reasons=reasons(row, at, people),
    )
