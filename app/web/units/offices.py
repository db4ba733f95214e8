"""Offices of a unit: a substitute for some days, handing an office over, desks nobody holds."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.accounts import account_by_id
from app.queries.offices import my_substitutes, vacant_desks, who_can_stand_in
from app.queries.units.tree import holders_of
from app.services.offices.appointments import may_give
from app.services.offices.handover import end_substitution, hand_over, name_substitute, post_to_lend
from app.services.refusals import Forbidden, Invalid, NotFound
from app.web.access import asked_by, me, needs, signed_in, today
from app.web.filters import day
from app.web.units.forms import HandoverForm, SubstituteForm
from app.web.units.routes import blueprint, my_posts, unit_seen


@blueprint.get("/vacant")
@signed_in
def vacant() -> ResponseReturnValue:
    """List the desks below me with open dossiers that nobody holds."""
    if not my_posts():
        abort(403)
    return render_template("units/vacant.html", vacant=vacant_desks(my_posts(), today()))


@blueprint.route("/<int:unit_id>/substitute", methods=["GET", "POST"])
@signed_in
def substitute(unit_id: int) -> ResponseReturnValue:
    """Name who stands in for me in a unit, from day to day."""
    unit_seen(unit_id)
    unit, own, _by = post_to_lend(unit_id, asked_by())
    form = SubstituteForm()
    form.offer(who_can_stand_in(unit, account_by_id(me().account_id), today()))
    if form.validate_on_submit():
        try:
            name = name_substitute(unit_id, form.substitution(), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            until = day(form.to_on.day)
            flash(_("%(name)s thay đồng chí đến hết %(day)s.", name=name, day=until), "success")
            return redirect(url_for(".substitute", unit_id=unit_id), 303)
    standing_in = my_substitutes(me().account_id, unit_id, today())
    page = render_template(
        "units/substitute.html", unit=unit, own=own, form=form, substitutes=standing_in
    )
    return page, 422 if form.errors else 200


@blueprint.post("/<int:unit_id>/substitutes/<int:appointment_id>/end")
@signed_in
def end_substitute(unit_id: int, appointment_id: int) -> ResponseReturnValue:
    """Take back at once what I lent to a substitute."""
    unit_seen(unit_id)
    end_substitution(unit_id, appointment_id, by=asked_by())
    flash(_("Người thay không còn quyền giải quyết thay đồng chí."), "success")
    return redirect(url_for(".substitute", unit_id=unit_id), 303)


@blueprint.route(
    "/<int:unit_id>/appointments/<int:appointment_id>/handover", methods=["GET", "POST"]
)
@needs(Right.INVITE)
def handover(unit_id: int, appointment_id: int) -> ResponseReturnValue:
    """Hand an office of the unit to another account."""
    unit, form = unit_seen(unit_id), HandoverForm()
    if form.validate_on_submit():
        try:
            name = hand_over(unit_id, appointment_id, form.username.data or "", by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã bàn giao chức vụ cho %(name)s.", name=name), "success")
            return redirect(url_for(".show", unit_id=unit_id), 303)
    holder = _holder(unit, appointment_id)
    page = render_template("units/handover.html", unit=unit, holder=holder, form=form)
    return page, 422 if form.errors else 200


def _holder(unit: Any, appointment_id: int) -> Any:  # noqa: ANN401
    """Return who holds a post that is mine to hand over."""
    holders = {each.appointment_id: each for each in holders_of(unit.id, today())}
    holder = holders.get(appointment_id)
    if holder is None or holder.on_behalf_of:
        raise NotFound
    if not may_give(me(), unit, holder.post) or holder.account_id == me().account_id:
        raise Forbidden("not_your_desk")
    return holder
