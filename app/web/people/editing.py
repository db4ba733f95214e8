"""Writing the member book of one person anew: who is meant, what changed meanwhile, twins."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.services.people.member_book import (
    BACKGROUND,
    SELF_DESCRIPTION,
    change_member_book,
    keeper_of,
)
from app.services.people.twins import TwinFound
from app.services.refusals import Forbidden, NotFound, Stale
from app.web.access import asked_by, needs
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.newcomers import who_else
from app.web.people.forms import COVERED, MemberBookForm
from app.web.people.routes import blueprint, person_of_mine


@blueprint.app_template_global()
def may_edit(person: Any) -> bool:  # noqa: ANN401
    """Whether this person keeps the member book of another one."""
    try:
        keeper_of(person, asked_by())
    except (Forbidden, NotFound):
        return False
    return True


@blueprint.route("/<int:person_id>/edit", methods=["GET", "POST"])
@needs(Right.PREPARE)
def edit(person_id: int) -> ResponseReturnValue:
    """Write a member book anew, as the branch that keeps it or its grass-roots union."""
    person = person_of_mine(person_id)
    keeper_of(person, asked_by())
    form = resumed(MemberBookForm, data=_on_file(person) | {"seen": person.version})
    if person.birth_year_only:
        form.allow_no_day()
    if wants_later():
        return put_aside(_("Sổ đoàn viên: %(name)s", name=person.name))
    if form.validate_on_submit():
        return _save(person, form)
    return _page(person, form), 422 if form.errors else 200


def _on_file(person: Any) -> dict[str, Any]:  # noqa: ANN401
    """A birth date of which only the year is known is not shown as a day."""
    unsaid = {*COVERED, *(["birth_date"] if person.birth_year_only else [])}
    names = [name for name in (*SELF_DESCRIPTION, *BACKGROUND) if name not in unsaid]
    return {name: getattr(person, name) for name in names}


def _save(person: Any, form: MemberBookForm) -> ResponseReturnValue:  # noqa: ANN401
    by, person_id = asked_by(form.request_key.data), person.id
    try:
        change_member_book(person_id, form.values(), by=by, seen=form.version())
    except Stale as stale:
        form.seen.data = str(stale.version)
        return _page(person_of_mine(person_id), form, stale=stale), 409
    except TwinFound as found:
        form.twin_reason.errors = [who_else(found)]
        return _page(person_of_mine(person_id), form), 422
    finished()
    flash(_("Đã lưu sổ đoàn viên của %(name)s.", name=form.name.data), "success")
    return redirect(url_for(".show", person_id=person_id), 303)


def _page(person: Any, form: MemberBookForm, *, stale: Stale | None = None) -> str:  # noqa: ANN401
    if not (form.twin_reason.errors or form.twin_reason.data):
        del form.twin_reason
    return render_template(
        "people/edit.html",
        person=person,
        form=form,
        stale=stale,
        on_file=_on_file(person),
        covered=COVERED,
    )
