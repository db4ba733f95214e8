"""The classification in pictures, each with its table, and as a file."""

from collections import Counter
from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.classification.overview import (
    GradeRow,
    grades_listed,
    places_by_year,
    ratings_by_year,
    rows_for,
)
from app.queries.dues.figures import units_under
from app.services.classification.sheets import OLDEST_YEAR
from app.web.access import needs, today
from app.web.classification.routes import blueprint, checked, year_asked
from app.web.classification.wording import grade_word, place_words
from app.web.exports import Cell
from app.web.exports import export as as_file
from app.web.filters import word
from app.web.standings.places import unit_looked_over
from workflows.dues import months_of

YEARS_SHOWN = 5
PLACES = range(4)

Bars = list[tuple[str, list[int]]]


@blueprint.get("/<int:unit_id>/figures")
@needs(Right.LOOK)
def picture(unit_id: int) -> ResponseReturnValue:
    """Show the grades of a unit in pictures: by the units below it, and over the years."""
    unit, year = unit_looked_over(unit_id), year_asked()
    first = max(OLDEST_YEAR, today().year - YEARS_SHOWN + 1)
    years = list(range(first, today().year + 1))
    under = rows_for(units_under(unit, months_of(year)), year)
    return render_template(
        "classification/figures.html",
        unit=unit,
        year=year,
        places=place_words(),
        units=[(row.unit.name, _numbers(row.places)) for row in under if row.places],
        years=_by_year(places_by_year(unit.path, years)),
        branches=_by_year(ratings_by_year(unit.path, years)),
    )


def _numbers(places: Counter[int]) -> list[int]:
    return [places[place] for place in PLACES]


def _by_year(found: Mapping[int, Counter[int]]) -> Bars:
    return [(str(year), _numbers(places)) for year, places in found.items() if places]


@blueprint.get("/<int:unit_id>/<int:year>/export")
@needs(Right.LOOK)
def export(unit_id: int, year: int) -> ResponseReturnValue:
    """Give the grades of a year, of a unit and all below it, as a file."""
    unit = unit_looked_over(unit_id)
    heads = [
        *(_("Họ và tên"), _("Chi đoàn"), _("Năm"), _("Tự xếp loại"), _("Xếp loại")),
        *(_("Tán thành"), _("Có mặt"), _("Tình trạng")),
    ]
    rows = (_line(row, year) for row in grades_listed(unit.path, checked(year)))
    return as_file("xep-loai", _("Xếp loại đoàn viên %(year)s", year=year), heads, rows)


def _line(row: GradeRow, year: int) -> list[Cell]:
    given = grade_word(row.grade, year) or word(row.excluded, "not_classified")
    return [
        *(row.name, row.unit_name, year, grade_word(row.own_grade, year)),
        *(given, row.in_favour, row.present, word(row.state, "sheet_state")),
    ]
