"""What the pages of each workflow bring along."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue

from app.web import admission, transfer
from app.web.fields import KeyedForm


@dataclass(frozen=True, slots=True)
class Pages:
    """One workflow at the door.

    ``opening`` answers /dossiers/new/…; ``context`` gives the page what is its own;
    ``step_form`` makes the form of a step, to show it for a file or to read what was typed, and
    ``section`` answers the form of a section.
    """

    template: str
    opening: Callable[[], ResponseReturnValue]
    context: Callable[[Any, list[Any]], dict[str, Any]]
    step_form: Callable[..., KeyedForm]
    section: Callable[[Any, str], ResponseReturnValue]


PAGES = {
    "admission": Pages(
        template="admission/show.html",
        opening=admission.opening,
        context=admission.context,
        step_form=admission.step_form,
        section=admission.section,
    ),
    "transfer": Pages(
        template="transfer/show.html",
        opening=transfer.opening,
        context=transfer.context,
        step_form=transfer.step_form,
        section=transfer.section,
    ),
}
