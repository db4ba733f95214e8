"""Posts of a unit: inviting someone, giving a further post, ending one, a new link."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.people.roster import member_choices
from app.services.offices.accounts import INVITED_FOR, invite, renew_link
from app.services.offices.appointments import end_appointment, give_post, posts_to_give
from app.services.refusals import Forbidden, Invalid
from app.web.access import asked_by, me, needs, now
from app.web.units.forms import InviteForm, PostForm
from app.web.units.routes import blueprint, unit_seen
from workflows.levels import Post


@blueprint.route("/<int:unit_id>/invitations/new", methods=["GET", "POST"])
@needs(Right.INVITE)
def invitation(unit_id: int) -> ResponseReturnValue:
    """Invite someone without an account to a post; the link to hand over is shown once."""
    unit = unit_seen(unit_id)
    form = InviteForm()
    form.offer(_posts(unit))
    form.offer_members(member_choices(unit.id, unit.id))
    if form.validate_on_submit():
        asked = form.invitation(unit.id)
        try:
            secret = invite(asked, by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            return _link_page(unit_id, asked.username, secret)
    page = render_template("units/invitation.html", unit=unit, form=form)
    return page, 422 if form.errors else 200


def _posts(unit: Any) -> list[Post]:  # noqa: ANN401
    posts = posts_to_give(me(), unit)
    if not posts:
        raise Forbidden("not_yours_to_invite")
    return posts


def _link_page(unit_id: int, username: str, secret: str) -> str:
    return render_template(
        "units/link.html",
        unit=unit_seen(unit_id),
        username=username.strip().lower(),
        link=url_for("auth.accept", secret=secret, _external=True),
        until=now() + INVITED_FOR,
    )


@blueprint.route("/<int:unit_id>/appointments/new", methods=["GET", "POST"])
@needs(Right.INVITE)
def appointment(unit_id: int) -> ResponseReturnValue:
    """Give a post to someone who has an account already."""
    unit = unit_seen(unit_id)
    form = PostForm()
    form.offer(_posts(unit))
    if form.validate_on_submit():
        try:
            give_post(form.username.data or "", form.office(unit.id), by=asked_by())
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã giao chức vụ cho %(name)s.", name=form.username.data), "success")
            return redirect(url_for(".show", unit_id=unit_id), 303)
    page = render_template("units/appointment.html", unit=unit, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/<int:unit_id>/appointments/<int:appointment_id>/end")
@needs(Right.INVITE)
def end(unit_id: int, appointment_id: int) -> ResponseReturnValue:
    """End a post of the unit at once."""
    end_appointment(unit_id, appointment_id, by=asked_by())
    flash(_("Chức vụ đã kết thúc; quyền theo chức vụ đó không còn."), "success")
    return redirect(url_for(".show", unit_id=unit_id), 303)


@blueprint.post("/<int:unit_id>/accounts/<int:account_id>/link")
@needs(Right.INVITE)
def link(unit_id: int, account_id: int) -> ResponseReturnValue:
    """Hand out a new link to an account: the first was lost, or the password forgotten."""
    account, secret = renew_link(unit_id, account_id, by=asked_by())
    return _link_page(unit_id, account.username, secret)
