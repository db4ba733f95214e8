"""Exempting a member from dues, as the committee of the grass-roots union."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.policies import Right
from app.services.dues.exemptions import exempt, post_to_exempt
from app.web.access import asked_by, me, needs, today
from app.web.dues.forms import EXEMPTION_FIELDS, ExemptionForm
from app.web.dues.routes import blueprint
from app.web.standings.places import clause_of, person_looked_over, why
from workflows.engine import Refused


@blueprint.route("/people/<int:person_id>/exemption", methods=["GET", "POST"])
@needs(Right.SIT)
def exemption(person_id: int) -> ResponseReturnValue:
    """Exempt a member for some months, six at the most."""
    person, form = person_looked_over(person_id), ExemptionForm()
    post_to_exempt(person, me())
    form.offer(today())
    if not form.validate_on_submit():
        return _page(person, form, 422 if form.errors else 200)
    try:
        exempt(person_id, form.exemption(), by=asked_by())
    except Refused as refused:
        return _refused(person_looked_over(person_id), form, refused)
    flash(
        ngettext(
            "Đã ghi miễn đoàn phí %(num)s tháng.",
            "Đã ghi miễn đoàn phí %(num)s tháng.",
            form.months.data or 0,
        ),
        "success",
    )
    return redirect(url_for("people.show", person_id=person_id), 303)


def _refused(person: Any, form: ExemptionForm, refused: Refused) -> ResponseReturnValue:  # noqa: ANN401
    rest = []
    for reason in refused.unmet:
        if field := EXEMPTION_FIELDS.get(reason.code):
            form[field].errors = [*form[field].errors, why(reason)]
        else:
            rest.append(why(reason))
    form.form_errors = rest
    return _page(person, form, 422)


def _page(person: Any, form: ExemptionForm, status: int) -> ResponseReturnValue:  # noqa: ANN401
    page = render_template(
        "dues/exemption.html", person=person, form=form, clause=clause_of("exemption")
    )
    return page, status
