"""One member's year: what they registered and did, and their personal link."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.dossiers import history_of
from app.queries.programme.contents import in_force
from app.queries.programme.sheets import choices_of, links_of, members_of, registrations_of
from app.services.programme.links import issue_link, revoke_links
from app.services.programme.registering import register
from app.services.programme.tracking import track
from app.services.refusals import Invalid, NotFound
from app.web.access import asked_by, needs, now, today
from app.web.fields import KeyedForm
from app.web.programme.own_part import ChooseForm, OwnPart, TrackForm, answered
from app.web.programme.places import checked, keeps, mine_to, rule_of_the_result
from app.web.programme.routes import blueprint
from app.web.standings.places import unit_looked_over


@blueprint.route(
    "/programmes/<int:unit_id>/<int:year>/members/<int:person_id>", methods=["GET", "POST"]
)
@needs(Right.LOOK)
def member(unit_id: int, year: int, person_id: int) -> ResponseReturnValue:
    """Show a member's year; the branch writes what the member would write through a link."""
    unit, name = _member(unit_id, year, person_id)
    part = _part(unit, year, person_id)
    if part.is_sent:
        mine_to(keeps(unit))

    def write(form: ChooseForm | TrackForm) -> None:
        if isinstance(form, ChooseForm):
            register(unit_id, year, {person_id: form.wanted()}, by=asked_by())
        else:
            track(unit_id, year, person_id, form.told(), by=asked_by())

    status = answered(part, write, person_id)
    if status == 303:  # noqa: PLR2004
        flash(_("Đã ghi cho %(name)s.", name=name), "success")
        return redirect(url_for(".member", unit_id=unit_id, year=year, person_id=person_id), 303)
    unit, name = _member(unit_id, year, person_id)
    return _page(unit, year, person_id, name=name, part=part), status


def _member(unit_id: int, year: int, person_id: int) -> tuple[Any, str]:
    """Return a unit with the name of somebody who takes part there in a year.

    Raises:
        NotFound: no such unit for this person, or no such member there.
    """
    unit = unit_looked_over(unit_id)
    name = members_of(unit.id, checked(year), today()).get(person_id)
    if name is None:
        raise NotFound
    return unit, name


def _part(unit: Any, year: int, person_id: int) -> OwnPart:  # noqa: ANN401
    row = registrations_of([person_id], year).get(person_id)
    return OwnPart.of(row, in_force(unit, year, today()))


def _page(unit: Any, year: int, person_id: int, *, name: str, part: OwnPart) -> str:  # noqa: ANN401
    row = registrations_of([person_id], year).get(person_id)
    return render_template(
        "programme/member.html",
        unit=unit,
        year=year,
        person_id=person_id,
        name=name,
        row=row,
        choices=choices_of(row) if row else [],
        part=part,
        keeps=keeps(unit),
        links=links_of(person_id, now()),
        press_form=KeyedForm(formdata=None),
        history=history_of(row.id, "programme_registrations") if row else [],
        rule=rule_of_the_result(),
    )


@blueprint.post("/programmes/<int:unit_id>/<int:year>/members/<int:person_id>/link")
@needs(Right.PREPARE)
def link(unit_id: int, year: int, person_id: int) -> ResponseReturnValue:
    """Hand out a personal link; it shows on this answer alone."""
    unit, name = _member(unit_id, year, person_id)
    mine_to(keeps(unit))
    if not KeyedForm().validate_on_submit():
        return redirect(url_for(".member", unit_id=unit_id, year=year, person_id=person_id), 303)
    try:
        token, until = issue_link(unit_id, person_id, by=asked_by())
    except Invalid as error:
        raise NotFound from error
    return render_template(
        "programme/link.html",
        unit=unit_looked_over(unit_id),
        year=year,
        person_id=person_id,
        name=name,
        link=url_for(".mine", token=token, _external=True),
        until=until,
    )


@blueprint.post("/programmes/<int:unit_id>/<int:year>/members/<int:person_id>/link/revoke")
@needs(Right.PREPARE)
def revoke(unit_id: int, year: int, person_id: int) -> ResponseReturnValue:
    """Take back the personal links of a member."""
    unit, _name = _member(unit_id, year, person_id)
    mine_to(keeps(unit))
    if KeyedForm().validate_on_submit():
        try:
            revoke_links(unit_id, person_id, by=asked_by())
        except Invalid as error:
            raise NotFound from error
        flash(_("Đã thu hồi liên kết."), "success")
    return redirect(url_for(".member", unit_id=unit_id, year=year, person_id=person_id), 303)
