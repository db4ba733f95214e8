"""The tree of units, the page of one, founding and describing units."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.actors import HeldPost
from app.policies import Right
from app.queries.units import tree as units
from app.queries.units.changes import changes_of
from app.queries.units.figures import FOUNDED_FROM, SizeMarks, branches_of, size_marks
from app.services.offices.appointments import posts_to_give
from app.services.people.records import BIGGEST_ID
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.units.founding import FOUNDS, change_unit, found_unit
from app.web.access import asked_by, me, needs, signed_in, today
from app.web.fields import KeyedForm
from app.web.filters import moment
from app.web.units.forms import ChangeForm, FoundForm
from workflows.levels import Level, UnitKind

blueprint = Blueprint("units", __name__, url_prefix="/units")


def my_posts() -> list[HeldPost]:
    """List the posts that look over units or keep them; an administrator only keeps."""
    return [*policies.posts_with(me(), Right.LOOK), *policies.posts_with(me(), Right.KEEP_UNITS)]


def unit_seen(unit_id: int) -> Any:  # noqa: ANN401
    """Return a unit that exists for this person, with the one above it.

    Raises:
        NotFound: there is none in the subtrees they look over or keep.
    """
    unit = units.unit_with_parent(unit_id) if unit_id <= BIGGEST_ID else None
    if unit is None or not any(each.reaches(unit.path) for each in my_posts()):
        raise NotFound
    return unit


def unit_looked_over(unit_id: int) -> Any:  # noqa: ANN401
    """Return a unit that this person looks over, with the one above it.

    Raises:
        NotFound: there is none.
    """
    unit = unit_seen(unit_id)
    if not policies.may(me(), Right.LOOK, unit.id, unit.path):
        raise NotFound
    return unit


@blueprint.get("")
@signed_in
def listing() -> ResponseReturnValue:
    """List the units that I look over as a tree, with the members in each."""
    if not my_posts():
        abort(403)
    return render_template("units/listing.html", lines=units.tree_below(my_posts(), today()))


@blueprint.get("/<int:unit_id>")
@signed_in
def show(unit_id: int) -> ResponseReturnValue:
    """Show a unit: what it is, its posts, its people, what waits there, what lies below it."""
    unit = unit_seen(unit_id)
    lines, looks = units.tree_of(unit, today()), policies.may(me(), Right.LOOK, unit.id, unit.path)
    return render_template(
        "units/show.html",
        unit=unit,
        holders=units.holders_of(unit.id, today()),
        people=units.people_by_status(unit, today()),
        lines=lines,
        sizes=_sizes(lines),
        small=[line for line in branches_of(lines) if line.members < FOUNDED_FROM],
        waiting=units.waits_at(unit.id, today()) if looks else [],
        sees_parent=unit.parent and any(each.reaches(unit.parent.path) for each in my_posts()),
        looks=looks,
        founds=_may_keep(unit) and FOUNDS[unit.level],
        changes=_may_keep(unit.parent),
        hands=_may_keep(above_union(unit)),
        gives=posts_to_give(me(), unit),
        history=changes_of(unit.id),
        is_over=unit.valid_to is not None and unit.valid_to < today(),
        form=KeyedForm(),
    )


def above_union(unit: Any) -> Any:  # noqa: ANN401
    """Return the unit above the union of a branch, which hands it over; none of other units."""
    of_union = (unit.level, unit.parent and unit.parent.level) == (Level.BRANCH, Level.COMMUNE)
    union = units.unit_with_parent(unit.parent_id) if of_union else None
    return union.parent if union else None


def _sizes(lines: list[units.UnitLine]) -> list[tuple[str, SizeMarks]]:
    """Count branches against the marks of size: all, and those of hamlets, which have a target."""
    named = ((_("Mọi chi đoàn"), None), (_("Chi đoàn ấp, khóm"), UnitKind.HAMLET))
    return [(name, size_marks(branches_of(lines, kind))) for name, kind in named]


def _may_keep(unit: Any) -> bool:  # noqa: ANN401
    return unit is not None and policies.may(me(), Right.KEEP_UNITS, unit.id, unit.path)


@blueprint.route("/<int:unit_id>/new", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def found(unit_id: int) -> ResponseReturnValue:
    """Found a unit below this one."""
    above = unit_seen(unit_id)
    if not (_may_keep(above) and FOUNDS[above.level]):
        raise Forbidden("not_your_desk")
    form = FoundForm()
    form.offer(above.level, FOUNDS[above.level])
    if form.validate_on_submit():
        try:
            made = _found(above.id, form)
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Đã lập %(name)s.", name=form.name.data), "success")
            return redirect(url_for(".show", unit_id=made), 303)
    page = render_template("units/found.html", above=above, form=form)
    return page, 422 if form.errors else 200


def _found(above_id: int, form: FoundForm) -> int:
    level, until, number = Level(form.level.data), form.valid_to.day, form.decision.data or ""
    said = form.description()
    return found_unit(above_id, level, said, by=asked_by(), valid_to=until, decision=number)


@blueprint.route("/<int:unit_id>/edit", methods=["GET", "POST"])
@needs(Right.KEEP_UNITS)
def edit(unit_id: int) -> ResponseReturnValue:
    """Describe a unit anew, as the one above it."""
    unit = unit_seen(unit_id)
    if not _may_keep(unit.parent):
        raise Forbidden("not_your_desk")
    form = _change_form(unit)
    if not form.validate_on_submit():
        return _edit_page(unit, form, 422 if form.errors else 200)
    try:
        change_unit(unit.id, form.description(), by=asked_by(), seen=form.version())
    except Invalid as error:
        form.refuse(error)
        return _edit_page(unit, form, 422)
    except Stale as stale:
        return _changed_meanwhile(unit_seen(unit_id), form, stale)
    flash(_("Đã lưu %(name)s.", name=form.name.data), "success")
    return redirect(url_for(".show", unit_id=unit_id), 303)


def _change_form(unit: Any) -> ChangeForm:  # noqa: ANN401
    form = ChangeForm(obj=unit)
    if unit.level is not Level.BRANCH:
        del form.committee_votes_from
        del form.committee_votes_ref
    if not form.seen.data:
        form.seen.data = str(unit.version)
    return form


def _changed_meanwhile(unit: Any, form: ChangeForm, stale: Stale) -> ResponseReturnValue:  # noqa: ANN401
    """Keep what was typed; a second press writes it over what the other one wrote."""
    form.seen.data = str(stale.version)
    said = _(
        "%(who)s đã sửa đơn vị này lúc %(time)s; bấm Lưu lần nữa để ghi đè.",
        who=stale.last.who if stale.last else "…",
        time=moment(stale.last.at) if stale.last else "…",
    )
    return _edit_page(unit, form, 409, [said])


def _edit_page(
    unit: Any,  # noqa: ANN401
    form: ChangeForm,
    status: int,
    reasons: list[str] | None = None,
) -> ResponseReturnValue:
    return render_template("units/edit.html", unit=unit, form=form, reasons=reasons or []), status
