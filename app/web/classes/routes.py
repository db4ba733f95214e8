"""Classes: the list, opening one, its page, who joins, and the sheet of results."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.admission.classes import ClassPage, candidates_for, class_page, classes_seen
from app.services.admission import classes
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.web.access import asked_by, me, needs, today
from app.web.classes.forms import CandidatesForm, ClassForm, Sheet, sentence
from app.web.fields import KeyedForm
from app.web.filters import moment

DONE, CHANGED, WRONG = 303, 409, 422


@dataclass(frozen=True, slots=True)
class Answer:
    """How a form was answered: the status, and sentences of no field."""

    status: int = 200
    reasons: tuple[str, ...] = ()


blueprint = Blueprint("classes", __name__, url_prefix="/classes")


@blueprint.get("")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """List the classes of my units, and those my candidates sit in."""
    lines = classes_seen(policies.posts_with(me(), Right.LOOK))
    may_open = bool(policies.posts_with(me(), Right.TEACH))
    return render_template("classes/listing.html", lines=lines, may_open=may_open)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Right.TEACH)
def new() -> ResponseReturnValue:
    """Open a class."""
    form = ClassForm()
    if form.validate_on_submit():
        try:
            by = asked_by(form.request_key.data)
            class_id = classes.open_class(form.unit_id.data, form.plan(), by=by)
        except Invalid as error:
            form[error.field].errors = [sentence(error)]
        else:
            flash(_("Đã mở lớp. Tiếp theo: chọn đối tượng vào lớp."), "receipt")
            return redirect(url_for(".candidates", class_id=class_id), 303)
    return render_template("classes/new.html", form=form), 422 if form.errors else 200


@blueprint.get("/<int:class_id>")
@needs(Right.LOOK)
def show(class_id: int) -> ResponseReturnValue:
    """Show a class: days, place, and what is known of each candidate."""
    page = _page(class_id)
    return render_template("classes/show.html", page=page, teaches=_teaches(page))


@blueprint.route("/<int:class_id>/candidates", methods=["GET", "POST"])
@needs(Right.LOOK)
def candidates(class_id: int) -> ResponseReturnValue:
    """Give candidates of the branches a place in the class."""
    page, form = _taught(class_id), CandidatesForm()
    answer = Answer()
    if form.is_submitted():
        chosen = form.chosen.data or []
        by, seen = asked_by(form.request_key.data), form.version()
        answer = _attempt(
            lambda: classes.list_candidates(class_id, chosen, by=by, seen=seen), form, form.blame
        )
        if answer.status == DONE:
            flash(_("Đã đưa %(number)s người vào lớp.", number=len(chosen)), "receipt")
            return redirect(url_for(".show", class_id=class_id), DONE)
    page = _shown(page, form)
    lines = candidates_for(page.unit.id, class_id, today())
    form.offer(lines)
    shown = {"page": page, "form": form, "lines": lines, "reasons": answer.reasons}
    return render_template("classes/candidates.html", **shown), answer.status


@blueprint.route("/<int:class_id>/results", methods=["GET", "POST"])
@needs(Right.LOOK)
def results(class_id: int) -> ResponseReturnValue:
    """Record attendance and result for all candidates of the class at once."""
    page, form = _taught(class_id), KeyedForm()
    sheet, answer = Sheet(page, fill="fill" in request.args), Answer()
    if form.is_submitted():
        answer = _record(class_id, sheet, form) if sheet.validate() else Answer(WRONG)
        if answer.status == DONE:
            flash(_("Đã ghi kết quả lớp."), "receipt")
            return redirect(url_for(".show", class_id=class_id), DONE)
    page = _shown(page, form)
    reasons = [*answer.reasons, *sheet.reasons()]
    shown = {"page": page, "form": form, "sheet": sheet, "reasons": reasons}
    return render_template("classes/results.html", **shown, status=answer.status), answer.status


def _record(class_id: int, sheet: Sheet, form: KeyedForm) -> Answer:
    by, seen, typed = asked_by(form.request_key.data), form.version(), sheet.results()
    return _attempt(
        lambda: classes.record_results(class_id, typed, by=by, seen=seen), form, sheet.blame
    )


def _attempt(act: Callable[[], None], form: KeyedForm, blame: Callable[[Invalid], None]) -> Answer:
    """Do what a form asks, or say why not; what was typed stays."""
    try:
        act()
    except Invalid as error:
        blame(error)
        return Answer(WRONG)
    except Stale as error:
        form.seen.data = str(error.version)
        return Answer(CHANGED, (_changed(error),))
    return Answer(DONE)


def _changed(error: Stale) -> str:
    who = error.last.who if error.last else "…"
    at = moment(error.last.at) if error.last else "…"
    said = _("%(who)s vừa sửa lớp này lúc %(time)s. Xem lại rồi bấm lưu lần nữa.", who=who, time=at)
    return str(said)


def _page(class_id: int) -> ClassPage:
    page = class_page(class_id, policies.posts_with(me(), Right.LOOK))
    if page is None:
        raise NotFound
    return page


def _teaches(page: ClassPage) -> bool:
    return policies.may(me(), Right.TEACH, page.unit.id, page.unit.path)


def _taught(class_id: int) -> ClassPage:
    page = _page(class_id)
    if not _teaches(page):
        raise Forbidden("not_your_desk")
    return page


def _shown(page: ClassPage, form: KeyedForm) -> ClassPage:
    """Return what stands now where something was refused; a new form sees this version."""
    if form.is_submitted():
        return _page(page.row.id)
    form.seen.data = str(page.row.version)
    return page
