"""The sections of an admission dossier: what is on file in each, and who else bears a name."""

from typing import Any

from app.queries.admission.files import AdmissionFile
from app.services.admission.sections import ADMISSION_FIELDS, PERSON_FIELDS, may_open, save_section
from app.services.people.twins import TwinFound
from app.web.admission.forms import FORMS
from app.web.dossiers.section_forms import SectionForms
from app.web.newcomers import who_else
from workflows.admission_facts import Section


def _on_file(file: AdmissionFile, part: Section) -> dict[str, Any]:
    found = {name: getattr(file.person, name) for name in PERSON_FIELDS.get(part, ())}
    found |= {name: getattr(file.admission, name) for name in ADMISSION_FIELDS.get(part, ())}
    if file.person.birth_year_only:
        found.pop("birth_date", None)
    return {name: _as_option(value) for name, value in found.items()}


def _as_option(value: Any) -> Any:  # noqa: ANN401
    return str(value) if isinstance(value, int) else value


def _blame(form: Any, error: Exception) -> None:  # noqa: ANN401
    if not isinstance(error, TwinFound):
        raise error
    form["twin_reason"].errors = [who_else(error)]


SECTIONS = SectionForms(
    names=FORMS,
    form_of=lambda _file, part: FORMS[part],
    on_file=_on_file,
    may_open=may_open,
    save=save_section,
    blame=_blame,
)
