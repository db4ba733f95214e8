"""The list of people, the page of one, and opening what is sensitive about them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import policies
from app.policies import Right
from app.queries import people
from app.queries.units import tree_below
from app.services.people import read_sensitive
from app.services.refusals import NotFound
from app.web.access import asked_by, me, needs, today
from app.web.fields import KeyedForm
from app.web.people.forms import RosterForm
from workflows.membership import MEMBER_STATUSES

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """List the people of the units I look over, by given name, best hits of a search first."""
    posts = policies.posts_with(me(), Right.LOOK)
    tree = tree_below(posts, today())
    form = RosterForm(request.args)
    form.offer(tree)
    after = request.args.get("after", "")
    last = int(after) if after.isdecimal() and len(after) < 10 else None  # noqa: PLR2004
    lines = people.roster(posts, form.asked(tree), last)
    shown = lines[: people.PAGE]
    more = shown[-1].id if len(lines) > people.PAGE else None
    return render_template("people/listing.html", form=form, lines=shown, more=more)


@blueprint.get("/<int:person_id>")
@needs(Right.LOOK)
def show(person_id: int) -> ResponseReturnValue:
    """Show what the member book says of a person; what is sensitive stays covered."""
    return _page(person_id, opened=False)


@blueprint.post("/<int:person_id>/sensitive")
@needs(Right.SEE_SENSITIVE)
def reveal(person_id: int) -> ResponseReturnValue:
    """Show the sensitive fields on this answer alone; that they were read is kept."""
    read_sensitive(person_id, by=asked_by())
    return _page(person_id, opened=True)


def _page(person_id: int, *, opened: bool) -> str:
    posts = policies.posts_with(me(), Right.LOOK)
    person = people.person_seen(person_id, posts)
    if person is None:
        raise NotFound
    unit = person.unit
    return render_template(
        "people/show.html",
        person=person,
        opened=opened,
        may_open=policies.may(me(), Right.SEE_SENSITIVE, unit.id, unit.path),
        may_move=person.status in MEMBER_STATUSES
        and policies.may(me(), Right.PREPARE, unit.id, unit.path),
        stays=people.stays_of(person.id),
        dossiers=people.dossiers_about(person.id, posts),
        form=KeyedForm(),
    )
