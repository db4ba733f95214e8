"""The dues of a unit: a branch ticks its sheet, a union sees its branches and what came in."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import policies
from app.policies import Right
from app.queries.dues.figures import figures_of, remittances_of, units_under
from app.queries.dues.sheets import sheet_of
from app.services.dues.sheets import keep_sheet
from app.services.refusals import Invalid
from app.web.access import asked_by, me, needs, today
from app.web.dues.forms import RemittanceForm, SheetForm, period_asked
from app.web.standings.places import clause_of, unit_looked_over
from workflows.dues import month_of, months_of, rate_of

blueprint = Blueprint("dues", __name__)


@blueprint.route("/units/<int:unit_id>/dues", methods=["GET", "POST"])
@needs(Right.LOOK)
def sheet(unit_id: int) -> ResponseReturnValue:
    """Show the dues of a unit over a quarter or a year; ticks of its sheet are sent in one go."""
    unit, form = unit_looked_over(unit_id), SheetForm()
    if not form.validate_on_submit():
        return dues_page(unit, form, status=422 if form.errors else 200)
    try:
        number = keep_sheet(unit_id, form.sheet(request.form), by=asked_by())
    except Invalid:
        form.form_errors = [_("Danh sách đoàn viên vừa thay đổi: xem rồi ghi lại.")]
        return dues_page(unit_looked_over(unit_id), form, status=409)
    flash(
        ngettext(
            "Đã ghi sổ đoàn phí: %(num)s tháng thay đổi.",
            "Đã ghi sổ đoàn phí: %(num)s tháng thay đổi.",
            number,
        ),
        "success",
    )
    return redirect(url_for("dues.sheet", unit_id=unit_id, **period_asked().named()), 303)


def dues_page(
    unit: Any,  # noqa: ANN401
    form: SheetForm,
    *,
    status: int,
    passing: RemittanceForm | None = None,
) -> ResponseReturnValue:
    """Draw the page: the sheet, the units below, what went up."""
    period = period_asked()
    months = months_of(period.year, period.quarter)
    rows = sheet_of(unit.id, months, today())
    form.draw(rows)
    page = render_template(
        "dues/sheet.html",
        unit=unit,
        form=form,
        rows=rows,
        months=months,
        period=period,
        rate=rate_of(months[-1]),
        **_going_up(unit, months, passing),
        **_from_below(unit, months),
    )
    return page, status


def _going_up(
    unit: Any,  # noqa: ANN401
    months: list[date],
    passing: RemittanceForm | None,
) -> dict[str, Any]:
    """Return what the unit took and passed up, and the form to pass up what is lacking."""
    figures = figures_of([unit], months, today())[unit.id]
    return {
        "figures": figures,
        "keeps": policies.may(me(), Right.PREPARE, unit.id, unit.path),
        "passed": remittances_of([unit.id], months),
        "passing": passing or _passing(figures.lacking, months),
        "clause": clause_of("dues"),
    }


def _from_below(unit: Any, months: list[date]) -> dict[str, Any]:  # noqa: ANN401
    """Return what the units below took and passed up, and whether this person confirms it."""
    under = units_under(unit, months)
    return {
        "under": under,
        "below": figures_of(under, months, today()),
        "incoming": remittances_of([each.id for each in under], months),
        "confirms": policies.may(me(), Right.RECEIVE_DUES, unit.id, unit.path),
    }


@blueprint.app_template_filter()
def dong(amount: int) -> str:
    """Write an amount of money as people here do: 12.000 đ."""
    return f"{amount:,}".replace(",", ".") + "\N{NO-BREAK SPACE}đ"


def _passing(lacking: int, months: list[date]) -> RemittanceForm:
    """Offer to pass up what is lacking, for the last of the months that has begun."""
    begun = [month for month in months if month <= month_of(today())]
    form = RemittanceForm(formdata=None, data={"amount": lacking or None, "passed_on": today()})
    form.offer(months)
    form.month.data = (begun or months)[-1].isoformat()
    return form
