"""The values of a dossier as people read them: labels, words for choices, masks for secrets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.queries.admission.files import AdmissionFile
from app.services.admission.sections import ADMISSION_FIELDS, PERSON_FIELDS
from app.services.people.member_book import HIDDEN, SENSITIVE
from app.web.admission.forms import FORMS
from app.web.fields import DayField
from app.web.filters import day, word
from workflows.admission_facts import Section

CHOICES = {
    "sex": "sex",
    "schooling": "schooling",
    "source": "source",
    "introducer_kind": "introducer",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A field of a section with its label, as the page shows it."""

    label: str
    text: str


def label_of(section: str, name: str) -> str:
    """Return the label that a field has in the form of its section."""
    form = FORMS.get(Section(section))
    return str(getattr(form, name).args[0]) if hasattr(form, name) else name


def written(section: str, name: str, value: Any, people: Mapping[Any, str]) -> str:  # noqa: ANN401
    """Write a value of a section, also as an event keeps it; ``people`` names those we know."""
    if value in (None, ""):
        return ""
    if kind := CHOICES.get(name):
        return word(value, kind)
    if name == "custody" and value != HIDDEN:
        return str(_("Có") if value == "yes" else _("Không"))
    if name.endswith("_id") and isinstance(value, int):
        return people.get(value) or str(_("một người khác"))
    return day(_as_day(value)) if _is_day(section, name) else str(value)


def _is_day(section: str, name: str) -> bool:
    field = getattr(FORMS[Section(section)], name, None)
    return getattr(field, "field_class", None) is DayField


def _as_day(value: Any) -> date:  # noqa: ANN401
    return value if isinstance(value, date) else date.fromisoformat(value)


def people_of(file: AdmissionFile) -> dict[int, str]:
    """Name the members that the sections of a file choose."""
    return {each.id: each.name for each in (file.helper, file.introducer) if each}


def values_of(file: AdmissionFile, section: Section, *, in_full: bool) -> list[Value]:
    """List what was written in a section; ``in_full`` shows what is private too."""
    people, found = people_of(file), []
    rows = ((file.person, PERSON_FIELDS), (file.admission, ADMISSION_FIELDS))
    for row, fields in rows:
        for name in fields.get(section, ()):
            value = getattr(row, name)
            if value and name in SENSITIVE and not in_full:
                value = HIDDEN
            if text := written(section, name, value, people):
                found.append(Value(label_of(section, name), text))
    return found
