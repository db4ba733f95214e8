"""How far each unit has come with the programme of a year, and the sheet of one, also as a file."""

from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.programme.contents import in_force
from app.queries.programme.figures import Share, shares_below, shares_of
from app.queries.programme.results import results_by_year
from app.queries.programme.sheets import SheetLine, choices_of, sheet_of
from app.web.access import me, needs, today
from app.web.exports import export as export_file
from app.web.filters import word
from app.web.programme.places import (
    checked,
    keeps,
    my_units,
    rule_of_the_result,
    sets,
    year_asked,
)
from app.web.standings.places import unit_looked_over
from workflows.programme import TRACKED

blueprint = Blueprint("programme", __name__)


@blueprint.get("/programmes")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """Lead to the programme and the classification of each unit that I look over."""
    posts, year = my_units(policies.posts_with(me(), Right.LOOK)), year_asked()
    units = [unit_looked_over(each.unit_id) for each in posts]
    return render_template(
        "programme/listing.html",
        units=units,
        shares=shares_of(units, year, today()),
        year=year,
        pictures=[(each, picture_of(shares_below(each, year, today()))) for each in units],
    )


@blueprint.get("/programmes/<int:unit_id>/<int:year>")
@needs(Right.LOOK)
def show(unit_id: int, year: int) -> ResponseReturnValue:
    """Show the programme of a unit and year: what it asks, who registered, the units below."""
    unit = unit_looked_over(unit_id)
    lines = sheet_of(unit.id, checked(year), today())
    below = shares_below(unit, year, today())
    return render_template(
        "programme/show.html",
        unit=unit,
        year=year,
        edition=in_force(unit, year, today()),
        lines=lines,
        own=shares_of([unit], year, today())[unit.id],
        below=below,
        picture=picture_of(below),
        waits=_waits(lines),
        keeps=keeps(unit),
        sets=sets(unit),
        rule=rule_of_the_result(),
    )


def picture_of(shares: list[Share]) -> list[tuple[str, list[int]]]:
    """Return the bars of some units: concluded, approved, registered, not registered."""
    return [
        (each.name, [each.concluded, each.approved, each.waiting, each.missing]) for each in shares
    ]


def _waits(lines: list[SheetLine]) -> dict[str, int]:
    """Count the members on whom each sheet has something to write."""
    states = [line.state for line in lines]
    return {
        "register": sum(state in {"", "registered", "returned"} for state in states),
        "approve": states.count("registered"),
        "review": sum(state in {"approved", "reviewed"} for state in states),
        "conclude": sum(state in TRACKED for state in states),
    }


@blueprint.get("/programmes/<int:unit_id>/<int:year>/export")
@needs(Right.LOOK)
def export(unit_id: int, year: int) -> Response:
    """Give the sheet of a unit and year as a file: a row per member and content."""
    unit = unit_looked_over(unit_id)
    heads = [
        *(_("Họ và tên"), _("Tình trạng"), _("Nội dung"), _("Lĩnh vực"), _("Chỉ tiêu")),
        *(_("Đã làm"), _("Minh chứng"), _("Tự đánh giá"), _("Chi đoàn đánh giá")),
        *(_("Kết quả chung"), _("Nhận xét giữa năm")),
    ]
    lines = sheet_of(unit.id, checked(year), today())
    rows = [row for line in lines for row in _rows(line)]
    title = _("Rèn luyện %(year)s", year=year)
    return export_file(f"ren-luyen-{unit.id}-{year}", title, heads, rows)


def _rows(line: SheetLine) -> list[list[Any]]:
    """Who registered nothing has a row too."""
    row, state = line.registration, word(line.state, "programme_state")
    if row is None:
        return [[line.name, state or _("Chưa đăng ký"), *[""] * 9]]
    whole = [word(row.mark, "mark"), row.remark]
    return [
        [
            *(line.name, state, choice.content.text, word(choice.content.field, "field")),
            *(choice.content.target, choice.done, choice.evidence),
            *(word(choice.self_mark, "mark"), word(choice.mark, "mark"), *whole),
        ]
        for choice in choices_of(row)
    ]


@blueprint.app_template_global()
def programme_years(person_id: int) -> Any:  # noqa: ANN401
    """Return how somebody did in the programme of each year, for the page about them."""
    return results_by_year(person_id)
