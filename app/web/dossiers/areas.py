"""What the pages of each workflow bring along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue

from app.web import admission, entry, recommendation, transfer
from app.web.dossiers.section_forms import SectionForms
from app.web.fields import KeyedForm


@dataclass(frozen=True, slots=True)
class Pages:
    """One workflow at the door.

    ``opening`` answers /dossiers/new/…; ``context`` gives the page what is its own;
    ``step_form`` makes the form of a step, to show it for a file or to read what was typed, and
    ``sections`` tells how its sections are written; ``note`` keeps that a dossier is read.
    """

    template: str
    opening: Callable[[], ResponseReturnValue]
    context: Callable[[Any, list[Any]], dict[str, Any]]
    step_form: Callable[..., KeyedForm]
    sections: SectionForms
    note: Callable[[Any], None] = lambda _file: None


PAGES = {
    "admission": Pages(
        template="admission/show.html",
        opening=admission.opening,
        context=admission.context,
        step_form=admission.step_form,
        sections=admission.SECTIONS,
    ),
    "transfer": Pages(
        template="transfer/show.html",
        opening=transfer.opening,
        context=transfer.context,
        step_form=transfer.step_form,
        sections=transfer.PARTS,
    ),
    "recommendation": Pages(
        template="recommendation/show.html",
        opening=recommendation.opening,
        context=recommendation.context,
        step_form=recommendation.step_form,
        sections=recommendation.PARTS,
        note=recommendation.note,
    ),
    "contest": Pages(
        template="contest_entry/show.html",
        opening=entry.opening,
        context=entry.context,
        step_form=entry.step_form,
        sections=entry.SECTIONS,
    ),
}
