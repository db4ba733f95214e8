"""The registers of a unit as files: who is away or a guest, and the maturity of a year."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask import Response
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.people.standings import (
    RegisterLine,
    grown_in,
    guests_from,
    guests_in,
    office_holders,
    register_of,
)
from app.queries.rules import rulebook
from app.vietnamese import sort_key
from app.web.access import me, needs, today
from app.web.exports import Cell, export
from app.web.filters import born, word
from app.web.standings.lists import year_asked
from app.web.standings.places import unit_looked_over
from app.web.standings.routes import blueprint

COVERED = "•••"


@blueprint.get("/units/<int:unit_id>/away/export")
@needs(Right.LOOK)
def away_export(unit_id: int) -> Response:
    """Give the register of a unit as a file; addresses as covered as on the page."""
    unit = unit_looked_over(unit_id)
    heads = [
        *(_("Họ và tên"), _("Danh sách"), _("Tình trạng"), _("Đơn vị"), _("Từ ngày")),
        *(_("Dự kiến về"), _("Nơi đến")),
    ]
    return export("di-xa-noi-cu-tru", _("Đi xa, hoãn, nơi cư trú"), heads, _registers(unit))


def _registers(unit: Any) -> Iterator[Sequence[Cell]]:  # noqa: ANN401
    shown = policies.may(me(), Right.SEE_SENSITIVE, unit.id, unit.path)
    yield from _lines(
        _("Đi làm ăn xa, hoãn sinh hoạt, bị đình chỉ"), register_of(unit.path, today()), shown=shown
    )
    yield from _lines(_("Nơi cư trú: đến sinh hoạt tại đây"), guests_in(unit.path), shown=shown)
    yield from _lines(_("Nơi cư trú: giới thiệu đi"), guests_from(unit.path), shown=shown)


def _lines(title: str, lines: Iterable[RegisterLine], *, shown: bool) -> Iterator[Sequence[Cell]]:
    for line in sorted(lines, key=lambda each: sort_key(each.name)):
        address = line.address if shown or not line.address else COVERED
        yield [
            *(line.name, title, word(line.status, "status"), line.unit_name),
            *(line.from_on, line.to_on, address),
        ]


@blueprint.get("/units/<int:unit_id>/maturity/export")
@needs(Right.LOOK)
def maturity_export(unit_id: int) -> Response:
    """Give the list of those who are over thirty in a year as a file."""
    unit, year, rules = unit_looked_over(unit_id), year_asked(), rulebook().on(today())
    lines = grown_in(unit.path, year, (rules.maturity_age, rules.stay_age))
    officers = office_holders([line.person_id for line in lines], today())
    heads = [_("Họ và tên"), _("Ngày sinh"), _("Tuổi trong năm"), _("Đơn vị"), _("Chức vụ")]
    in_office = _("đang giữ chức vụ: cán bộ Đoàn thì tiếp tục")
    rows = [
        [
            *(line.name, born(line), year - line.birth_date.year, line.unit_name),
            in_office if line.person_id in officers else "",
        ]
        for line in sorted(lines, key=lambda each: sort_key(each.name))
    ]
    return export("truong-thanh-doan", _("Trưởng thành Đoàn năm %(year)s", year=year), heads, rows)
