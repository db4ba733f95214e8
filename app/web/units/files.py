"""Units as files: the tree with its members, and who has book, card and badge."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, abort
from flask_babel import gettext as _

from app.policies import Right
from app.queries.people.holdings import listed_below
from app.queries.units.tree import UnitLine, tree_below
from app.web.access import needs, signed_in, today
from app.web.exports import Cell, export
from app.web.filters import born, word
from app.web.units.routes import blueprint, my_posts, unit_looked_over
from workflows.levels import Level


@blueprint.get("/export")
@signed_in
def export_tree() -> Response:
    """Give the tree of the units that I look over as a file."""
    if not my_posts():
        abort(403)
    heads = [_("Đơn vị"), _("Cấp trên"), _("Loại hình"), _("Khu vực"), _("Đoàn viên")]
    return export("don-vi", _("Đơn vị"), heads, _units(tree_below(my_posts(), today())))


def _units(lines: Sequence[UnitLine]) -> Iterator[Sequence[Cell]]:
    names = {line.unit.id: line.unit.name for line in lines}
    for line in lines:
        unit = line.unit
        above = names.get(unit.parent_id or 0, "")
        yield [unit.name, above, _sort_of(unit), word(unit.area, "area"), line.members]


def _sort_of(unit: Any) -> str:  # noqa: ANN401
    """Say what a unit is: a branch by the place it stands in, a union by its level."""
    is_union = unit.level is Level.BRANCH and unit.is_grassroots
    level = _("Chi đoàn cơ sở") if is_union else word(unit.level, "level")
    return ", ".join([level, word(unit.kind, "unit_kind").lower()] if unit.kind else [level])


@blueprint.get("/<int:unit_id>/holdings/export")
@needs(Right.LOOK)
def holdings_export(unit_id: int) -> Response:
    """Give who has what, in a unit and below it, as a file."""
    unit = unit_looked_over(unit_id)
    heads = [
        *(_("Họ và tên"), _("Ngày sinh"), _("Chi đoàn"), _("Số thẻ"), _("Sổ đoàn viên")),
        *(_("Thẻ đoàn viên"), _("Huy hiệu Đoàn")),
    ]
    return export("so-the-huy-hieu", _("Sổ, thẻ, huy hiệu"), heads, _holders(unit.path))


def _holders(path: str) -> Iterator[Sequence[Cell]]:
    for line in listed_below(path):
        held = [word(each, "holding") for each in (line.book, line.card, line.badge)]
        yield [line.name, born(line), line.unit_name, line.card_number, *held]
