"""Changes of units by decision: what moves is shown before anything does."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.units.changes import load_of, load_of_people, people_in, seats_in, sisters_of
from app.services.offices.appointments import OF_A_BRANCH, OF_A_UNION
from app.services.refusals import Forbidden, Invalid
from app.services.units.handing import hand_unit
from app.services.units.merging import Merger, merge_units
from app.services.units.posts import usual_posts
from app.services.units.register import done_before
from app.services.units.single import close_unit, rename_unit, split_unit
from app.web.access import asked_by, me, needs, today
from app.web.fields import as_number
from app.web.units.change_forms import (
    CloseForm,
    DecisionForm,
    HandForm,
    MergeForm,
    RenameForm,
    SplitForm,
)
from app.web.units.forms import sentence
from app.web.units.routes import above_union, blueprint, unit_seen
from workflows.levels import Level, Post

NOT_CARRIED = {"csrf_token", "confirmed", "again"}
ENDS = ""


def unit_to_change(unit_id: int) -> Any:  # noqa: ANN401
    """Return a unit that this person changes, as who keeps the one above it.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to change, or it has ended.
    """
    unit = unit_seen(unit_id)
    above = unit.parent
    if above is None or not policies.may(me(), Right.KEEP_UNITS, above.id, above.path):
        raise Forbidden("not_your_desk")
    if unit.level is above.level:
        raise Forbidden("unit_closed")
    return unit


def _like(unit: Any) -> SimpleNamespace:  # noqa: ANN401
    """Propose that a new unit is of the kind of the old one."""
    return SimpleNamespace(kind=unit.kind or "", area=unit.area)


def asked_again() -> bool:
    """Whether the person goes back from what would happen to what they said."""
    return "again" in request.form


def carried() -> list[tuple[str, str]]:
    """List what was said, to be sent again from the page that says what it would do."""
    pairs = request.form.items(multi=True)
    return [
        (name, value)
        for name, value in pairs
        if name not in NOT_CARRIED and not name.startswith("post_")
    ]


@blueprint.route("/<int:unit_id>/merge", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def merge(unit_id: int) -> ResponseReturnValue:
    """Merge a unit with others into one of them, or into a new one."""
    if made := done_before(asked_by()):
        return redirect(url_for(".show", unit_id=made), 303)
    unit = unit_to_change(unit_id)
    sisters, form = sisters_of(unit, today()), MergeForm(obj=_like(unit))
    form.offer(unit, sisters)
    if asked_again() or not form.validate_on_submit():
        return _page("units/merge.html", unit, form)
    merger = form.merger(unit.id, _chosen_posts())
    units = [each for each in (unit, *sisters) if each.id in merger.unit_ids]
    if "confirmed" not in request.form:
        return _merge_confirmed(units, form, merger)
    try:
        into = merge_units(merger, by=asked_by())
    except Invalid as error:
        if error.field == "posts":
            return _merge_confirmed(units, form, merger, [sentence(error)])
        form.refuse(error)
        return _page("units/merge.html", unit, form)
    flash(_("Đã sáp nhập; mọi người, hồ sơ và chức vụ đã chuyển theo."), "success")
    return redirect(url_for(".show", unit_id=into), 303)


def _chosen_posts() -> Mapping[int, Post | None]:
    """Return what each post becomes, as it was chosen; an empty choice ends it."""
    given = {as_number(name.partition("post_")[2]): value for name, value in request.form.items()}
    return {
        number: Post(value) if value else None
        for number, value in given.items()
        if number and value in {ENDS, *Post}
    }


def _merge_confirmed(
    units: Sequence[Any], form: MergeForm, merger: Merger, reasons: Sequence[str] = ()
) -> ResponseReturnValue:
    """Say what would move, and ask what each post becomes."""
    staying = [each for each in (*units, units[0].parent) if each.id == merger.into_id]
    leaving = [each for each in units if each not in staying]
    seats = seats_in([each.id for each in (*leaving, *staying)], today())
    into = staying[0] if staying else None
    page = render_template(
        "units/merge_confirm.html",
        unit=units[0],
        form=form,
        carried=carried(),
        leaving=leaving,
        into_name=into.name if into else form.name.data,
        load=load_of(leaving, today()),
        seats=seats,
        posts={**usual_posts(seats, merger.into_id or units[0].id), **merger.posts},
        offered=OF_A_BRANCH if units[0].level is Level.BRANCH else OF_A_UNION,
        reasons=reasons,
    )
    return page, 422 if reasons else 200


@blueprint.route("/<int:unit_id>/split", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def split(unit_id: int) -> ResponseReturnValue:
    """Let some people of a branch become a new branch."""
    if made := done_before(asked_by()):
        return redirect(url_for(".show", unit_id=made), 303)
    unit = unit_to_change(unit_id)
    if unit.level is not Level.BRANCH:
        raise Forbidden("only_branches_split")
    people, form = people_in(unit.id, today()), SplitForm(obj=_like(unit))
    form.offer(people, seats_in([unit.id], today()))
    if asked_again() or not form.validate_on_submit():
        return _page("units/split.html", unit, form)
    if "confirmed" not in request.form:
        going = [each for each in people if each.id in set(form.people.data)]
        return _split_confirmed(unit, form, going)
    try:
        new = split_unit(unit.id, form.split(), by=asked_by())
    except Invalid as error:
        form.refuse(error)
        return _page("units/split.html", unit, form)
    flash(_("Đã lập %(name)s từ chi đoàn này.", name=form.name.data), "success")
    return redirect(url_for(".show", unit_id=new), 303)


def _split_confirmed(unit: Any, form: SplitForm, going: Sequence[Any]) -> ResponseReturnValue:  # noqa: ANN401
    return render_template(
        "units/split_confirm.html",
        unit=unit,
        form=form,
        carried=carried(),
        into_name=form.name.data,
        going=going,
        load=load_of_people(unit.id, [each.id for each in going]),
        before=load_of([unit], today()),
    )


@blueprint.route("/<int:unit_id>/rename", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def rename(unit_id: int) -> ResponseReturnValue:
    """Give a unit another name; its history keeps the old one."""
    unit, form = unit_to_change(unit_id), RenameForm()
    if not form.validate_on_submit():
        return _page("units/rename.html", unit, form)
    try:
        rename_unit(unit.id, form.name.data or "", form.paper(), by=asked_by())
    except Invalid as error:
        form.refuse(error)
        return _page("units/rename.html", unit, form)
    flash(_("Đơn vị nay có tên %(name)s.", name=form.name.data), "success")
    return redirect(url_for(".show", unit_id=unit_id), 303)


@blueprint.route("/<int:unit_id>/hand", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def hand(unit_id: int) -> ResponseReturnValue:
    """Hand a branch to another union, as the superior of both."""
    unit, form = unit_to_change(unit_id), HandForm()
    superior = above_union(unit)
    if superior is None:
        raise Forbidden("only_branches_of_communes")
    if not policies.may(me(), Right.KEEP_UNITS, superior.id, superior.path):
        raise Forbidden("not_your_desk")
    form.offer(sisters_of(unit.parent, today()))
    if not form.validate_on_submit():
        return _page("units/hand.html", unit, form, load=load_of([unit], today()))
    try:
        hand_unit(unit.id, form.handing(), by=asked_by())
    except Invalid as error:
        form.refuse(error)
        return _page("units/hand.html", unit_seen(unit_id), form, load=load_of([unit], today()))
    flash(_("Đã chuyển giao; mọi người, hồ sơ và chức vụ đã chuyển theo."), "success")
    return redirect(url_for(".show", unit_id=unit_id), 303)


@blueprint.route("/<int:unit_id>/close", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def close(unit_id: int) -> ResponseReturnValue:
    """Close a unit in which nothing is left."""
    unit, form = unit_to_change(unit_id), CloseForm()
    name = unit.name
    if not form.validate_on_submit():
        return _page("units/close.html", unit, form, load=load_of([unit], today()))
    try:
        close_unit(unit.id, form.paper(), by=asked_by())
    except Invalid as error:
        form.refuse(error)
        return _page("units/close.html", unit, form, load=load_of([unit], today()))
    flash(_("%(name)s đã giải thể.", name=name), "success")
    return redirect(url_for(".show", unit_id=unit_id), 303)


def _page(template: str, unit: Any, form: DecisionForm, **more: object) -> ResponseReturnValue:  # noqa: ANN401
    page = render_template(template, unit=unit, form=form, **more)
    return page, 422 if form.errors and not asked_again() else 200
