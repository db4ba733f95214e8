"""Handing a sheet up, returning it with reasons, confirming one or many, correcting a grade."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.classification.members import Member
from app.queries.classification.overview import waiting_at
from app.queries.classification.sheets import members_of, sheet_of
from app.services.classification.corrections import correct_grade, line_to_correct
from app.services.classification.desks import in_post
from app.services.classification.steps import Decision, Result, confirm_many, take_step
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.web.access import asked_by, me, needs, signed_in, today
from app.web.classification.forms import CorrectionForm, ReturnForm, grade_choices, return_form
from app.web.classification.routes import blueprint, checked
from app.web.classification.wording import grade_word
from app.web.fields import KeyedForm, as_number
from app.web.filters import word
from app.web.standings.places import unit_looked_over, why
from workflows.classification import Grade
from workflows.classification.process import CLASSIFICATION
from workflows.engine import NoSuchStep, Refused


def _to_sheet(unit_id: int, year: int) -> ResponseReturnValue:
    return redirect(url_for(".sheet", unit_id=unit_id, year=year), 303)


@blueprint.post("/<int:unit_id>/<int:year>/steps/<step>")
@signed_in
def take(unit_id: int, year: int, step: str) -> ResponseReturnValue:
    """Take a step that asks for no more than a press."""
    unit, form = unit_looked_over(unit_id), KeyedForm()
    if not form.validate():
        raise Invalid("form", "expired")
    name = unit.name
    try:
        state = take_step(unit.id, checked(year), step, by=asked_by(), seen=form.version())
    except Refused as refused:
        for reason in refused.unmet:
            flash(why(reason), "danger")
    except Invalid:
        flash(_("Có người vừa được xác nhận xếp loại ở đơn vị khác: xem rồi làm lại."), "danger")
    else:
        told = _("%(unit)s: %(state)s.", unit=name, state=word(state, "sheet_state"))
        flash(told, "receipt")
    return _to_sheet(unit_id, year)


def _sheet_and_members(unit: Any, year: int) -> tuple[Any, list[Member]]:  # noqa: ANN401
    row = sheet_of(unit.id, checked(year))
    if row is None:
        raise NotFound
    return row, members_of(unit, year, row, today())


@blueprint.route("/<int:unit_id>/<int:year>/return", methods=["GET", "POST"])
@needs(Right.CONFIRM_GRADES)
def send_back(unit_id: int, year: int) -> ResponseReturnValue:
    """Return a sheet with reasons for some of its members."""
    unit = unit_looked_over(unit_id)
    row, members = _sheet_and_members(unit, year)
    in_post(row, CLASSIFICATION, "send_back", asked_by(), about=[m.person_id for m in members])
    form = return_form(members)
    if not form.validate_on_submit():
        form.seen.data = form.seen.data or str(row.version)
        return _return_page(unit, year, row, form), 422 if form.errors else 200
    decision = Decision(form.reasons(), form.reason.data or "")
    try:
        take_step(unit_id, year, "send_back", decision, by=asked_by(), seen=form.version())
    except Refused as refused:
        form.form_errors = [why(reason) for reason in refused.unmet]
        return _return_page(unit_looked_over(unit_id), year, row, form), 422
    flash(_("Đã trả bản xếp loại về chi đoàn."), "receipt")
    return _to_sheet(unit_id, year)


def _return_page(unit: Any, year: int, row: Any, form: ReturnForm) -> str:  # noqa: ANN401
    return render_template("classification/return.html", unit=unit, year=year, sheet=row, form=form)


@blueprint.route(
    "/<int:unit_id>/<int:year>/people/<int:person_id>/correct", methods=["GET", "POST"]
)
@needs(Right.CONFIRM_GRADES)
def correct(unit_id: int, year: int, person_id: int) -> ResponseReturnValue:
    """Correct a grade that stands; what stood before stays in the history."""
    unit = unit_looked_over(unit_id)
    row, line, _post = line_to_correct(sheet_of(unit.id, checked(year)), person_id, asked_by())
    form = CorrectionForm(data={"seen": row.version, "grade": line.grade})
    form.grade.choices = grade_choices(year)
    if form.validate_on_submit() and _corrected(form, (unit_id, year), person_id):
        flash(_("Đã đính chính xếp loại."), "success")
        return _to_sheet(unit_id, year)
    page = render_template(
        "classification/correct.html",
        unit=unit_looked_over(unit_id),
        year=year,
        name=line.name,
        standing=grade_word(line.grade, year),
        form=form,
    )
    return page, 422 if form.errors else 200


def _corrected(form: CorrectionForm, where: tuple[int, int], person_id: int) -> bool:
    grade, reason = Grade(form.grade.data), form.reason.data or ""
    try:
        correct_grade(where, person_id, grade, reason, by=asked_by(), seen=form.version())
    except Invalid:
        form.grade.errors = [_("Chọn mức khác với mức đang có.")]
        return False
    return True


@blueprint.route("/confirm", methods=["GET", "POST"])
@needs(Right.CONFIRM_GRADES)
def confirm() -> ResponseReturnValue:
    """Confirm many sheets at once: choose, look at the names and the count, press."""
    waiting = waiting_at(policies.posts_with(me(), Right.CONFIRM_GRADES))
    asked = {number for text in request.values.getlist("sheet") if (number := as_number(text))}
    chosen = [each for each in waiting if each.id in asked]
    form = KeyedForm()
    if not chosen and (request.method == "POST" or "look" in request.args):
        form.form_errors = [_("Chọn ít nhất một bản còn chờ xác nhận.")]
    if request.method == "GET" or not chosen:
        page = render_template(
            "classification/confirm.html", waiting=waiting, chosen=chosen, form=form
        )
        return page, 422 if form.form_errors else 200
    if not form.validate():
        raise Invalid("form", "expired")
    for result in confirm_many(_versions(asked), by=asked_by()):
        flash(*_told(result))
    return redirect(
        url_for(".listing", unit=chosen[0].confirming_unit_id, year=chosen[0].year), 303
    )


def _versions(asked: set[int]) -> dict[int, int]:
    """Return the versions that the person saw, by the ids of the sheets."""
    found = {number: as_number(request.form.get(f"seen_{number}")) for number in sorted(asked)}
    return {number: -1 if seen is None else seen for number, seen in found.items()}


def _told(result: Result) -> tuple[str, str]:
    refusal = result.refusal
    if refusal is None:
        return _("%(unit)s: đã xác nhận xếp loại.", unit=result.unit_name), "success"
    reason = _("có thay đổi từ khi mở trang, xem lại rồi xác nhận.")
    if isinstance(refusal, Refused):
        reason = " ".join(why(each) for each in refusal.unmet)
    elif isinstance(refusal, Forbidden):
        reason = word(refusal.code, "bar")
    elif isinstance(refusal, NoSuchStep | Stale):
        reason = _("đã được xử lý hoặc thay đổi từ khi mở trang.")
    return f"{result.unit_name}: {reason}", "warning"
