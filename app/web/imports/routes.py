"""Importing a list: sending the file, watching its rows being judged, the preview, taking it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import policies
from app.policies import Right
from app.queries import imports
from app.services.imports.columns import Field, names_people
from app.services.imports.previewing import judge_on
from app.services.imports.receiving import forget_list, read_otherwise, receive_list
from app.services.imports.tables import MAX_BYTES
from app.services.imports.taking import take_list
from app.services.imports.unfit import UnfitTable
from app.services.refusals import NotFound, Stale
from app.web.access import asked_by, me, needs
from app.web.fields import KeyedForm, as_number
from app.web.imports import files
from app.web.imports.forms import ReadingForm, UploadForm, reading_form
from app.web.imports.page import preview
from app.web.imports.wording import unfit

blueprint = Blueprint("imports", __name__, url_prefix="/imports")
WRONG, CHANGED = 422, 409


def my_posts() -> list[Any]:
    """List the posts in which I import lists."""
    return policies.posts_with(me(), Right.IMPORT)


def import_seen(import_id: UUID) -> tuple[Any, Any]:
    """Return an import that exists for this person, with its unit.

    Raises:
        NotFound: there is none into a unit below their posts.
    """
    found = imports.import_seen(import_id, my_posts())
    if found is None:
        raise NotFound
    return found


@blueprint.get("")
@needs(Right.IMPORT)
def listing() -> ResponseReturnValue:
    """List the last imports into my units."""
    return render_template("imports/listing.html", lines=imports.imports_under(my_posts()))


@blueprint.get("/template.xlsx")
@needs(Right.IMPORT)
def template() -> ResponseReturnValue:
    """Give a file to fill in, with an example."""
    return files.template()


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Right.IMPORT)
def new() -> ResponseReturnValue:
    """Send a file with a list; what cannot be read is refused at once."""
    form = UploadForm(data={"unit_id": as_number(request.args.get("unit"))})
    form.offer(my_posts())
    if form.validate_on_submit():
        sent = form.file.data
        try:
            content = sent.stream.read(MAX_BYTES + 1)
            made = receive_list(form.unit_id.data, content, sent.filename, by=asked_by())
        except UnfitTable as error:
            form.file.errors = [unfit(error.code, error.values)]
        else:
            return redirect(url_for(".show", import_id=made), 303)
    return render_template("imports/new.html", form=form), WRONG if form.errors else 200


@blueprint.get("/<uuid:import_id>")
@needs(Right.IMPORT)
def show(import_id: UUID) -> ResponseReturnValue:
    """Show how far a list is: its rows being judged, its preview, or what was taken of it.

    While rows are left, each showing judges some more and asks to be shown again: so the page
    tells the progress without a script, and no request is a long one.
    """
    row, _unit = import_seen(import_id)
    if row.state != "received" or not _is_ready(row):
        return page(import_id)
    judge_on(import_id, by=asked_by())
    row, unit = import_seen(import_id)
    if row.state != "received":
        return page(import_id)
    answer = make_response(render_template("imports/progress.html", row=row, unit=unit))
    answer.headers["Refresh"] = f"0; url={url_for('.show', import_id=import_id)}"
    return answer


def _is_ready(row: Any) -> bool:  # noqa: ANN401
    return names_people(dict.fromkeys(map(Field, row.columns["at"]), 0))


def page(
    import_id: UUID,
    *,
    reading: ReadingForm | None = None,
    said: str = "",
    blamed: int | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Show a list as it stands; ``said`` is what went wrong, at the row ``blamed``."""
    row, unit = import_seen(import_id)
    reading = reading or reading_form(row)
    shown, form = preview(row, unit), KeyedForm()
    form.seen.data = str(shown["to_take"])
    return render_template(
        "imports/show.html", form=form, reading=reading, said=said, blamed=blamed, **shown
    ), status


@blueprint.post("/<uuid:import_id>/reading")
@needs(Right.IMPORT)
def read(import_id: UUID) -> ResponseReturnValue:
    """Read a list with other columns, another header or another encoding."""
    row, _unit = import_seen(import_id)
    form = reading_form(row)
    if not form.validate_on_submit():
        return page(import_id, reading=form, status=WRONG)
    read_otherwise(import_id, form.said(), by=asked_by())
    return redirect(url_for(".show", import_id=import_id), 303)


@blueprint.post("/<uuid:import_id>/take")
@needs(Right.IMPORT)
def take(import_id: UUID) -> ResponseReturnValue:
    """Take the new people of a list, all of them or none."""
    form = KeyedForm()
    try:
        taken = take_list(import_id, by=asked_by(), seen=form.version())
    except Stale:
        said = _("Danh sách đã thay đổi từ khi đồng chí mở trang. Xem lại rồi bấm nhập.")
        return page(import_id, said=said, status=CHANGED)
    told = ngettext("Đã nhập %(num)s người.", "Đã nhập %(num)s người.", taken)
    flash(told, "receipt")
    return redirect(url_for(".show", import_id=import_id), 303)


@blueprint.post("/<uuid:import_id>/forget")
@needs(Right.IMPORT)
def forget(import_id: UUID) -> ResponseReturnValue:
    """Throw a list away that was not taken."""
    forget_list(import_id, by=asked_by())
    flash(_("Đã bỏ danh sách, không nhập ai."), "success")
    return redirect(url_for(".listing"), 303)


@blueprint.get("/<uuid:import_id>/rest.xlsx")
@needs(Right.IMPORT)
def rest(import_id: UUID) -> ResponseReturnValue:
    """Give the rows that stay out as a file, each with its reasons."""
    row, _unit = import_seen(import_id)
    return files.rest(row)
