"""The list of people, the page of one, and opening what is sensitive about them."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import policies
from app.policies import Right
from app.queries.dossiers import history_of
from app.queries.exports import people_listed
from app.queries.people import roster as people
from app.queries.people.standings import status_of
from app.queries.results.publications import honours_of
from app.queries.units.tree import places_below
from app.services.people.records import BIGGEST_ID, read_sensitive
from app.services.refusals import NotFound
from app.web.access import asked_by, me, needs, today
from app.web.exports import people_export
from app.web.fields import KeyedForm
from app.web.people.forms import RosterForm, label_of
from workflows.membership import MEMBER_STATUSES

blueprint = Blueprint("people", __name__, url_prefix="/people")
# Events of a person that their page shows.
LATEST = 50


@blueprint.get("")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """List the people of the units I look over, by given name, best hits of a search first."""
    posts = policies.posts_with(me(), Right.LOOK)
    tree = places_below(posts, today())
    form = RosterForm(request.args)
    form.offer(tree)
    after = request.args.get("after", "")
    last = int(after) if after.isdecimal() and len(after) < 10 else None  # noqa: PLR2004
    lines = people.roster(posts, form.asked(tree), last)
    shown = lines[: people.PAGE]
    more = shown[-1].id if len(lines) > people.PAGE else None
    return render_template("people/listing.html", form=form, lines=shown, more=more)


@blueprint.get("/export")
@needs(Right.LOOK)
def export() -> ResponseReturnValue:
    """Give the list of people as a file, as it is filtered."""
    posts = policies.posts_with(me(), Right.LOOK)
    tree = places_below(posts, today())
    form = RosterForm(request.args)
    form.offer(tree)
    return people_export(people_listed(posts, form.asked(tree)))


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


def person_of_mine(person_id: int) -> Any:  # noqa: ANN401
    """Return a person of the units that I look over, with their unit.

    Raises:
        NotFound: there is none.
    """
    posts = policies.posts_with(me(), Right.LOOK)
    person = people.person_seen(person_id, posts) if person_id <= BIGGEST_ID else None
    if person is None:
        raise NotFound
    return person


def _page(person_id: int, *, opened: bool) -> str:
    posts, person = policies.posts_with(me(), Right.LOOK), person_of_mine(person_id)
    unit = person.unit
    return render_template(
        "people/show.html",
        person=person,
        status=status_of(person, today()),
        opened=opened,
        may_open=policies.may(me(), Right.SEE_SENSITIVE, unit.id, unit.path),
        may_move=person.status in MEMBER_STATUSES
        and policies.may(me(), Right.PREPARE, unit.id, unit.path),
        offices=people.offices_of(person.id, today()),
        stays=people.stays_of(person.id),
        honours=honours_of(person.id),
        dossiers=people.dossiers_about(person.id, posts),
        history=history_of(person.id, "people", LATEST),
        label_of=label_of,
        form=KeyedForm(),
    )
