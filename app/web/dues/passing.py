"""What goes up: written down by the unit, confirmed by the one above, or taken back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.services.dues.remittances import confirm, pass_up, take_back
from app.services.refusals import Invalid
from app.web.access import asked_by, needs
from app.web.dues.forms import SENTENCES, RemittanceForm, SheetForm, period_asked
from app.web.dues.routes import blueprint, dues_page
from app.web.standings.places import check_mine, unit_looked_over
from workflows.dues import months_of


def _to_sheet(unit_id: int) -> ResponseReturnValue:
    return redirect(url_for("dues.sheet", unit_id=unit_id, **period_asked().named()), 303)


@blueprint.post("/units/<int:unit_id>/dues/remittances")
@needs(Right.PREPARE)
def passed(unit_id: int) -> ResponseReturnValue:
    """Write down what a unit passed up."""
    unit, form = unit_looked_over(unit_id), RemittanceForm()
    check_mine(unit)
    period = period_asked()
    form.offer(months_of(period.year, period.quarter))
    if form.validate_on_submit():
        try:
            pass_up(unit.id, form.passed(), by=asked_by())
        except Invalid as error:
            form[error.field].errors = [str(SENTENCES[error.code])]
            unit = unit_looked_over(unit_id)
        else:
            flash(_("Đã ghi số đoàn phí nộp lên; chờ cấp trên xác nhận."), "success")
            return _to_sheet(unit_id)
    return dues_page(unit, SheetForm(formdata=None), status=422, passing=form)


@blueprint.post("/units/<int:unit_id>/dues/remittances/<int:remittance_id>/confirm")
@needs(Right.RECEIVE_DUES)
def confirmed(unit_id: int, remittance_id: int) -> ResponseReturnValue:
    """Confirm, as the unit above, to have what a unit passed up."""
    above = unit_looked_over(unit_id).parent_id
    confirm(unit_id, remittance_id, by=asked_by())
    flash(_("Đã xác nhận."), "success")
    return _to_sheet(above)


@blueprint.post("/units/<int:unit_id>/dues/remittances/<int:remittance_id>/take-back")
@needs(Right.PREPARE)
def taken_back(unit_id: int, remittance_id: int) -> ResponseReturnValue:
    """Take away what was written down by mistake."""
    try:
        take_back(unit_id, remittance_id, by=asked_by())
    except Invalid:
        flash(_("Cấp trên đã xác nhận lần nộp này, không bỏ được nữa."), "warning")
    else:
        flash(_("Đã bỏ lần nộp ghi nhầm."), "success")
    return _to_sheet(unit_id)
