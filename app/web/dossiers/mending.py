"""Sending a dossier back: which sections to mend, and a reason beside each that is ticked."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.web.fields import KeyedForm, at_most, stripped
from app.web.filters import choices, word

REASON = 2000


def _some(_form: Any, field: Any) -> None:  # noqa: ANN401
    if not field.data:
        raise ValidationError(_("Chọn ít nhất một mục cần bổ sung."))


class MendingForm(KeyedForm):
    """Which sections to mend, and why each; ``mendable`` makes the form of a workflow."""

    sections: Any = None

    def why(self, section: str) -> TextAreaField:
        """Return the field of the reason for a section."""
        field: TextAreaField = self[f"why_{section}"]
        return field

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a reason beside every section that is ticked."""
        fine = bool(super().validate(extra_validators))
        offered = {choice.value for choice in self.sections.choices}
        for section in offered.intersection(self.sections.data or ()):
            field = self.why(section)
            if not stripped(field.data):
                missing = _("Ghi lý do trả lại mục %(name)s.", name=word(section, "section"))
                field.errors = [*field.errors, missing]
                fine = False
        return fine

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Return the sections that were ticked, each with its reason."""
        return tuple((name, stripped(self.why(name).data)) for name in self.sections.data or ())


def mendable(sections: Iterable[str], kind: type[MendingForm] = MendingForm) -> type[MendingForm]:
    """Make the form that sends back the sections of one workflow."""
    named = sorted(sections)
    ticks = SelectMultipleField(
        _l("Mục cần bổ sung"),
        [_some],
        choices=[each for each in choices("section") if each.value in named],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    whys = {f"why_{each}": TextAreaField(_l("Lý do"), [at_most(REASON)]) for each in named}
    return type("MendingForm", (kind,), {"sections": ticks, **whys})
