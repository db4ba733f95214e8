"""The forms of an admission's steps: what each asks of the person who takes it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.queries.admission.files import AdmissionFile
from app.web.access import today
from app.web.dossiers.mending import MendingForm, mendable
from app.web.drafts import resumed
from app.web.fields import DayField, KeyedForm, given, long, short
from workflows.admission_facts import MENDABLE, Answers, Section

REASON = 2000


class StepForm(KeyedForm):
    """A step that asks for nothing more."""

    def answers(self) -> Answers:
        """Return what the person answered."""
        return Answers()


class MeetingDayForm(StepForm):
    """The day on which the branch meets."""

    meeting_on = DayField(_l("Ngày họp chi đoàn"), [given(_l("Ghi ngày họp chi đoàn."))])

    def answers(self) -> Answers:
        return Answers(meeting_on=self.meeting_on.day)


class SigningForm(StepForm):
    """The day a decision is signed: the day of membership."""

    signed_on = DayField(_l("Ngày ký"), [given(_l("Ghi ngày ký."))], past=True)

    def answers(self) -> Answers:
        return Answers(signed_on=self.signed_on.day)


class ReasonForm(StepForm):
    """Why."""

    reason = long(_l("Lý do"), given(_l("Ghi rõ lý do.")), most=REASON)

    def answers(self) -> Answers:
        return Answers(reason=self.reason.data or "")


class OpinionForm(StepForm):
    """A consent, with words if there are any."""

    reason = long(_l("Ý kiến (nếu có)"), most=REASON)

    def answers(self) -> Answers:
        return Answers(reason=self.reason.data or "")


class CeremonyForm(StepForm):
    """The day of the ceremony."""

    ceremony_on = DayField(_l("Ngày làm lễ"), [given(_l("Ghi ngày làm lễ."))], past=True)

    def answers(self) -> Answers:
        return Answers(ceremony_on=self.ceremony_on.day)


class CardForm(StepForm):
    """The number of a card and the day it is issued."""

    card_number = short(_l("Số thẻ"), given(_l("Ghi số thẻ.")), most=30)
    card_issued_on = DayField(_l("Ngày cấp"), [given(_l("Ghi ngày cấp."))], past=True)

    def answers(self) -> Answers:
        number = self.card_number.data or ""
        return Answers(card_number=number, card_issued_on=self.card_issued_on.day)


class SendBackForm(MendingForm, StepForm):
    """Which sections to mend, and why each; a meeting at fault is voted on again."""

    new_vote_needed = BooleanField(_l("Hội nghị chi đoàn có sai sót: phải họp và biểu quyết lại"))

    def answers(self) -> Answers:
        reasons = self.reasons()
        sections = tuple(name for name, _text in reasons)
        return Answers(
            reason="\n".join(text for _name, text in reasons),
            sections=sections,
            reasons=reasons,
            new_vote_needed=bool(self.new_vote_needed.data) or Section.VOTE in sections,
        )


FORMS: dict[str, Any] = {
    "call_to_vote": MeetingDayForm,
    "repeat_vote": MeetingDayForm,
    "approve": SigningForm,
    "adopt_resolution": SigningForm,
    "send_back": mendable(MENDABLE, SendBackForm),
    "refuse": ReasonForm,
    "ask_superior": ReasonForm,
    "object": ReasonForm,
    "consent": OpinionForm,
    "withdraw": ReasonForm,
    "lapse": ReasonForm,
    "record_ceremony": CeremonyForm,
    "issue_card": CardForm,
}


def step_form(step: str, file: AdmissionFile | None = None) -> StepForm:
    """Make the form of a step; where it is shown for a file, the usual days are filled in."""
    usual: dict[str, Any] = {
        "signed_on": today(),
        "ceremony_on": today(),
        "card_issued_on": today(),
        "meeting_on": file.admission.meeting_planned_on if file else None,
    }
    form: StepForm = resumed(FORMS.get(step, StepForm), data=usual)
    return form
