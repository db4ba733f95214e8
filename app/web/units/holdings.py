"""Book, card and badge in a unit: figures, what is being re-issued, the sheet of its members."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.people.holdings import SheetLine, losses_below, sheet_of
from app.queries.units.figures import holdings_below, summed
from app.services.people.holdings import Marks, keep_holdings
from app.services.people.member_book import keeper
from app.services.refusals import Forbidden, Invalid
from app.web.access import asked_by, needs, today
from app.web.fields import KeyedForm
from app.web.filters import word
from app.web.units.figures import HELD_FIRST, holding_rows
from app.web.units.routes import blueprint, unit_looked_over
from workflows.holdings import Item, may_be_set
from workflows.membership import Holding


@blueprint.route("/<int:unit_id>/holdings", methods=["GET", "POST"])
@needs(Right.LOOK)
def holdings(unit_id: int) -> ResponseReturnValue:
    """Show who has what in a unit and below it; who keeps its books marks it in one sheet."""
    unit, form = unit_looked_over(unit_id), KeyedForm()
    if not form.validate_on_submit():
        return _page(unit, form)
    try:
        left_out = keep_holdings(unit.id, _sheet(sheet_of(unit.id)), by=asked_by())
    except Invalid as error:
        if error.field != "sheet":
            raise
        form.form_errors.append(_("“Đã cấp lại” chỉ ghi được qua quyết định cấp lại."))
        return _page(unit_looked_over(unit_id), form), 422
    if left_out:
        names = ", ".join(left_out)
        flash(_("Vừa có người khác ghi cho %(names)s: xem lại rồi ghi.", names=names), "warning")
    flash(_("Đã lưu sổ theo dõi."), "success")
    return redirect(url_for(".holdings", unit_id=unit_id), 303)


def _sheet(lines: Sequence[SheetLine]) -> dict[int, Marks]:
    """Read the marks of those members of whom the form said something."""
    given = {item for item in Item if request.form.get(f"all_{item}")}
    return {line.person_id: _marks(line, given) for line in lines}


def _marks(line: SheetLine, given: set[Item]) -> Marks:
    found = {}
    for item in Item:
        was = _known(request.form.get(f"was_{item}_{line.person_id}"))
        said = _known(request.form.get(f"{item}_{line.person_id}"))
        if was and said:
            all_have = item in given and said is Holding.LACKS
            found[item] = (was, Holding.HAS if all_have else said)
    return found


def _known(text: str | None) -> Holding | None:
    return Holding(text) if text in set(Holding) else None


def _page(unit: Any, form: KeyedForm) -> str:  # noqa: ANN401
    units = holdings_below(unit.path)
    return render_template(
        "units/holdings.html",
        unit=unit,
        form=form,
        units=units,
        total=summed(units),
        held=[word(each, "holding") for each in HELD_FIRST],
        rows=holding_rows(summed(units)),
        losses=losses_below(unit.path, today()),
        lines=sheet_of(unit.id),
        keeps=_keeps(unit),
        items=list(Item),
        offered=offered,
    )


def _keeps(unit: Any) -> bool:  # noqa: ANN401
    try:
        keeper(unit, asked_by())
    except Forbidden:
        return False
    return True


def offered(now: Holding) -> list[Holding]:
    """List what a sheet may say of somebody of whom it says something now."""
    return [each for each in Holding if may_be_set(now, each)]
