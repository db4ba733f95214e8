"""The sections of an entry: what is on file in each."""

from typing import Any

from app.queries.contest.entries import EntryFile
from app.services.entry.sections import SECTION_FIELDS, may_open, save_section
from app.web.dossiers.section_forms import SectionForms
from app.web.entry.forms import FORMS
from workflows.contest.entry_facts import Section


def _on_file(file: EntryFile, section: Section) -> dict[str, Any]:
    return {name: getattr(file.entry, name) for name in SECTION_FIELDS[section]}


def _blame(_form: Any, error: Exception) -> None:  # noqa: ANN401
    """Nothing that is typed here can be wrong for a reason that only the service knows."""
    raise error


SECTIONS = SectionForms(
    names=FORMS,
    form_of=lambda _file, section: FORMS[section],
    on_file=_on_file,
    may_open=may_open,
    save=save_section,
    blame=_blame,
)
