"""Writing a section: what is on file or left unfinished is shown, mistakes keep what was typed."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app import policies
from app.queries.admission.files import AdmissionFile
from app.queries.dossiers import history_of, papers_of
from app.queries.people.roster import member_choices
from app.services.admission.sections import ADMISSION_FIELDS, PERSON_FIELDS, may_open, save_section
from app.services.dossiers import file_for
from app.services.people.twins import TwinFound
from app.services.refusals import Forbidden, Stale
from app.web.access import asked_by, me
from app.web.admission.forms import FORMS, SectionForm
from app.web.admission.page import return_reasons
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.filters import moment, word
from app.web.newcomers import who_else
from app.web.uploads import Uploads
from workflows.admission_facts import Section


def section(file: AdmissionFile, name: str) -> ResponseReturnValue:
    """Answer GET and POST of a section's form."""
    part = next((each for each in FORMS if each.value == name), None)
    if part is None:
        abort(404)
    if not policies.may_write(me(), file.dossier):
        raise Forbidden("not_your_desk")
    if not may_open(file, part):
        raise Forbidden("section_closed")
    return _answer(file, part)


def _answer(file: AdmissionFile, part: Section) -> ResponseReturnValue:
    uploads = Uploads()
    form = resumed(FORMS[part], data=_on_file(file, part) | {"seen": file.dossier.version})
    _fill_choices(form, file)
    uploads.receive()
    if wants_later():
        title = f"{file.dossier.ref} {file.dossier.person_name}: {word(part, 'section')}"
        return put_aside(title, staged=[str(row.id) for row in uploads.received])
    if form.validate_on_submit() and not uploads.errors:
        return _save(file, part, form, uploads)
    return _page(file, part, form, uploads), 422 if form.errors or uploads.errors else 200


def _save(
    file: AdmissionFile, part: Section, form: SectionForm, uploads: Uploads
) -> ResponseReturnValue:
    ref = file.dossier.ref
    by = asked_by(form.request_key.data)
    try:
        receipt = save_section(
            ref, part, form.values(), uploads.attachments(), by=by, seen=form.version()
        )
    except Stale as stale:
        return _ask_which(ref, part, form, uploads, stale=stale)
    except TwinFound as found:
        form["twin_reason"].errors = [who_else(found)]
        return _page(file, part, form, uploads), 422
    finished()
    saved = _(
        "Đã lưu mục %(name)s lúc %(time)s.", name=word(part, "section"), time=moment(receipt.at)
    )
    flash(saved, "success")
    return redirect(url_for("dossiers.show", ref=ref), 303)


def _ask_which(
    ref: str, part: Section, form: SectionForm, uploads: Uploads, *, stale: Stale
) -> ResponseReturnValue:
    """Show both versions of what differs; saving again takes what stands in the fields."""
    file: Any = file_for(ref, me(), lock=False)
    form.seen.data = str(stale.version)
    return _page(file, part, form, uploads, stale=stale), 409


def _on_file(file: AdmissionFile, part: Section) -> dict[str, Any]:
    found = {name: getattr(file.person, name) for name in PERSON_FIELDS.get(part, ())}
    found |= {name: getattr(file.admission, name) for name in ADMISSION_FIELDS.get(part, ())}
    if file.person.birth_year_only:
        found.pop("birth_date", None)
    return {name: _as_option(value) for name, value in found.items()}


def _as_option(value: Any) -> Any:  # noqa: ANN401
    return str(value) if isinstance(value, int) else value


def _fill_choices(form: Any, file: AdmissionFile) -> None:  # noqa: ANN401
    """Offer the members of the commune where one of them is to be chosen."""
    fields = [form[name] for name in ("helper_id", "introducer_id") if name in form]
    if fields:
        people = member_choices(file.dossier.commune_id, file.dossier.branch_id)
        for field in fields:
            field.choices = [
                SelectChoice("", "…"),
                *(SelectChoice(str(number), name) for number, name in people),
            ]


def _page(
    file: AdmissionFile,
    part: Section,
    form: SectionForm,
    uploads: Uploads,
    *,
    stale: Stale | None = None,
) -> str:
    if "twin_reason" in form and not (form.twin_reason.errors or form.twin_reason.data):
        del form.twin_reason
    papers = [paper for paper in papers_of(file.dossier.id) if paper.section == part]
    return render_template(
        "dossiers/section.html",
        file=file,
        dossier=file.dossier,
        section=part,
        form=form,
        papers=papers,
        uploads=uploads,
        stale=stale,
        on_file=_on_file(file, part),
        returned=_why_returned(file, part),
    )


def _why_returned(file: AdmissionFile, part: Section) -> str:
    if part not in file.dossier.returned_sections:
        return ""
    return str(return_reasons(history_of(file.dossier.id)).get(part, ""))
