"""Dossiers of every workflow: opening, the page, sections, steps and papers."""

from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.dossiers import history_of, paper_of, papers_of
from app.services.areas import AREAS, area_of
from app.services.dossiers import Receipt, file_for, in_post, take_step
from app.services.papers.store import path_of
from app.services.refusals import Forbidden, Invalid, NotFound
from app.web.access import asked_by, me, needs, signed_in
from app.web.dossiers.areas import PAGES, Pages
from app.web.dossiers.offers import offers
from app.web.dossiers.section_forms import write_section
from app.web.drafts import finished, put_aside, wants_later
from app.web.fields import KeyedForm
from app.web.filters import moment, unmet, word
from config import Settings
from workflows.engine import NoSuchStep, Refused

blueprint = Blueprint("dossiers", __name__, url_prefix="/dossiers")


@blueprint.route("/new/<workflow>", methods=["GET", "POST"])
@needs(Right.PREPARE)
def new(workflow: str) -> ResponseReturnValue:
    """Open a dossier of a workflow."""
    pages = PAGES.get(workflow)
    return pages.opening() if pages else abort(404)


@blueprint.get("/<ref>")
@signed_in
def show(ref: str) -> ResponseReturnValue:
    """Show where a dossier stands, what I can do, what is missing, the papers, the history."""
    file, pages = _seen(ref)
    history = history_of(file.dossier.id)
    offered, bars = offers(file)
    return render_template(
        pages.template,
        file=file,
        dossier=file.dossier,
        form=KeyedForm(seen=file.dossier.version),
        offers=offered,
        bars=bars,
        papers=papers_of(file.dossier.id),
        history=history,
        may_see_sensitive=policies.may(me(), Right.SEE_SENSITIVE, file.branch.id, file.branch.path),
        **pages.context(file, history),
    )


def _seen(ref: str) -> tuple[Any, Pages]:
    file: Any = file_for(ref, me(), lock=False)
    pages = PAGES[file.dossier.workflow]
    pages.note(file)
    return file, pages


@blueprint.route("/<ref>/sections/<section>", methods=["GET", "POST"])
@signed_in
def edit(ref: str, section: str) -> ResponseReturnValue:
    """Write a section of a dossier."""
    file, pages = _seen(ref)
    return write_section(pages.sections, file, section)


@blueprint.get("/<ref>/steps/<step>")
@signed_in
def ask(ref: str, step: str) -> ResponseReturnValue:
    """Show the form of a step."""
    file, pages = _at_step(ref, step)
    form = pages.step_form(step, file)
    form.seen.data = str(file.dossier.version)
    return _step_page(file, step, form)


@blueprint.post("/<ref>/steps/<step>")
@signed_in
def take(ref: str, step: str) -> ResponseReturnValue:
    """Take a step: once, on the version that was seen, by who may."""
    if wants_later():
        return _put_aside(ref, step)
    form: Any = _pages_of(ref).step_form(step)
    if not form.validate_on_submit():
        return _not_taken(ref, step, form)
    try:
        receipt = take_step(ref, step, form.answers(), by=asked_by(), seen=form.version())
    except Refused as refusal:
        return _not_taken(ref, step, form, refusal)
    except Invalid as error:
        _blame(form, error)
        return _not_taken(ref, step, form)
    if form.draft.data:
        finished()
    flash_receipt(receipt)
    return redirect(url_for(".show", ref=ref), 303)


def _put_aside(ref: str, step: str) -> ResponseReturnValue:
    file, _pages = _at_step(ref, step)
    return put_aside(f"{ref} {file.dossier.person_name}: {word(step, 'step')}")


def _blame(form: KeyedForm, error: Invalid) -> None:
    """Say beside a field that its number is somebody else's; nothing else can be wrong here."""
    if error.code != "taken":
        raise error
    form[error.field].errors = [_("Số này đã cấp cho người khác. Xem lại số.")]


def _pages_of(ref: str) -> Pages:
    area = area_of(ref)
    if area is None:
        raise NotFound
    return PAGES[area.workflow.name]


def _at_step(ref: str, step: str) -> tuple[Any, Pages]:
    """Return a dossier at a step that is this person's to take, and that has a form here."""
    file, pages = _seen(ref)
    workflow = AREAS[file.dossier.workflow].workflow
    if workflow.step_from(file.dossier.state, step).through:
        raise NoSuchStep(file.dossier.state, step)
    in_post(file, step, asked_by())
    return file, pages


def _not_taken(
    ref: str, step: str, form: KeyedForm, refusal: Refused | None = None
) -> ResponseReturnValue:
    file, _pages = _at_step(ref, step)
    return _step_page(file, step, form, refusal), 422


def _step_page(
    file: Any,  # noqa: ANN401
    step: str,
    form: KeyedForm,
    refusal: Refused | None = None,
) -> str:
    form.shown_for(file)
    offered, bars = offers(file)
    offer = next((each for each in offered if each.step.name == step), None)
    reasons = [unmet(reason) for reason in refusal.unmet] if refusal else []
    return render_template(
        "dossiers/step.html",
        file=file,
        dossier=file.dossier,
        step=step,
        form=form,
        offer=offer,
        bars=bars,
        reasons=reasons,
    )


def flash_receipt(receipt: Receipt) -> None:
    """Say what was done, with number and time, and what comes next; the same when sent twice."""
    done = _(
        "%(step)s: %(ref)s, lúc %(time)s.",
        step=word(receipt.step, "step"),
        ref=receipt.ref,
        time=moment(receipt.at),
    )
    flash(f"{done} {_what_follows(receipt)}", "receipt")


def _what_follows(receipt: Receipt) -> str:
    area, state = area_of(receipt.ref), word(receipt.state, "state")
    is_done = area and receipt.state and area.workflow.states[receipt.state].is_final
    words: str = (
        _("Hồ sơ đã xong: %(state)s.", state=state)
        if is_done
        else _("Tiếp theo: %(state)s.", state=state)
    )
    return words


@blueprint.get("/<ref>/papers/<uuid:paper_id>")
@signed_in
def paper(ref: str, paper_id: UUID) -> ResponseReturnValue:
    """Hand out a paper as a download, never as a page that a browser would run."""
    file, _pages = _seen(ref)
    row = paper_of(ref, paper_id)
    if row is None:
        raise NotFound
    if not policies.may_read_papers(me(), file.dossier, file.branch.path):
        raise Forbidden("not_your_desk")
    settings: Settings = current_app.config["SETTINGS"]
    path = path_of(settings.papers_dir, row.sha256)
    answer = send_file(
        path, mimetype=row.media_type, as_attachment=True, download_name=row.filename
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
