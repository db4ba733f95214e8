"""The dues of a unit as a file: a branch's members by months, a union's units with their sums."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.policies import Right
from app.queries.dues.figures import figures_of, units_under
from app.queries.dues.sheets import Cell, sheet_of
from app.web import exports
from app.web.access import needs, today
from app.web.dues.forms import period_asked
from app.web.dues.routes import blueprint
from app.web.standings.places import unit_looked_over
from workflows.dues import months_of
from workflows.levels import Level

Rows = Iterator[Sequence[exports.Cell]]


@blueprint.get("/units/<int:unit_id>/dues/export")
@needs(Right.LOOK)
def export(unit_id: int) -> Response:
    """Give the sheet of a branch, or the sums of the units below, as a file."""
    unit, period = unit_looked_over(unit_id), period_asked()
    months = months_of(period.year, period.quarter)
    if unit.level is Level.BRANCH:
        heads = [
            *(_("Họ và tên"), _("Có lương"), *(f"{month:%m/%Y}" for month in months)),
            _("Còn thiếu (tháng)"),
        ]
        return exports.export("doan-phi", _("Đoàn phí"), heads, _members(unit.id, months))
    heads = [
        *(_("Đơn vị"), _("Đã thu"), _("Phải nộp lên"), _("Đã nộp"), _("Đã xác nhận")),
        *(_("Còn thiếu (người)"), _("Còn thiếu (tháng)")),
    ]
    return exports.export("doan-phi", _("Đoàn phí"), heads, _units(unit, months))


def _members(unit_id: int, months: Sequence[date]) -> Rows:
    for row in sheet_of(unit_id, months, today()):
        marks = [_mark(cell) for cell in row.cells]
        yield [row.name, _("có") if row.has_wage else "", *marks, row.owed]


def _mark(cell: Cell) -> str:
    marks = {
        _("nơi khác"): cell.elsewhere,
        _("miễn"): cell.is_exempt,
        _("đã đóng"): cell.is_paid,
        _("thiếu"): cell.is_owed,
    }
    return next((words for words, holds in marks.items() if holds), "")


def _units(unit: Any, months: Sequence[date]) -> Rows:  # noqa: ANN401
    under = units_under(unit, months)
    figures = figures_of(under, months, today())
    for each in under:
        sums = figures[each.id]
        yield [
            *(each.name, sums.collected, sums.share, sums.passed, sums.confirmed),
            *(sums.owing, sums.owed_months),
        ]
