"""The forms of an entry's steps: why, or what to mend."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.web.dossiers.mending import MendingForm, mendable
from app.web.drafts import resumed
from app.web.fields import KeyedForm, given, long
from workflows.contest.entry_facts import MENDABLE, EntryAnswers

REASON = 2000


class StepForm(KeyedForm):
    """A step that asks for nothing more."""

    def answers(self) -> EntryAnswers:
        """Return what the person answered."""
        return EntryAnswers()


class ReasonForm(StepForm):
    """Why."""

    reason = long(_l("Lý do"), given(_l("Ghi rõ lý do.")), most=REASON)

    def answers(self) -> EntryAnswers:
        return EntryAnswers(reason=self.reason.data or "")


class SendBackForm(MendingForm, StepForm):
    """Which sections to mend, and why each."""

    def answers(self) -> EntryAnswers:
        reasons = self.reasons()
        return EntryAnswers(
            reason="\n".join(text for _name, text in reasons),
            sections=tuple(name for name, _text in reasons),
            reasons=reasons,
        )


FORMS: dict[str, Any] = {
    "send_back": mendable(MENDABLE, SendBackForm),
    **dict.fromkeys(("not_endorse", "decline_entry", "withdraw_entry"), ReasonForm),
}


def step_form(step: str, _file: Any = None) -> KeyedForm:  # noqa: ANN401
    """Make the form of a step."""
    form: KeyedForm = resumed(FORMS.get(step, StepForm))
    return form
