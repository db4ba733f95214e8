"""The forms of an admission's steps: what each asks of the person who takes it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.queries.admission.files import AdmissionFile
from app.web.access import today
from app.web.drafts import resumed
from app.web.fields import DayField, KeyedForm, at_most, given, long, short, stripped
from app.web.filters import choices, word
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


def _reasons(_form: Any, field: Any) -> None:  # noqa: ANN401
    if not field.data:
        raise ValidationError(_("Chọn ít nhất một mục cần bổ sung."))


class SendBackForm(StepForm):
    """Which sections to mend, and why each; a meeting at fault is voted on again."""

    sections = SelectMultipleField(
        _l("Mục cần bổ sung"),
        [_reasons],
        choices=[each for each in choices("section") if each.value in MENDABLE],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    new_vote_needed = BooleanField(_l("Hội nghị chi đoàn có sai sót: phải họp và biểu quyết lại"))

    def why(self, section: str) -> TextAreaField:
        """Return the field of the reason for a section."""
        field: TextAreaField = self[f"why_{section}"]
        return field

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for a reason beside every section that is ticked."""
        fine = bool(super().validate(extra_validators))
        for section in self.sections.data or ():
            field = self.why(section)
            if not stripped(field.data):
                missing = _("Ghi lý do trả lại mục %(name)s.", name=word(section, "section"))
                field.errors = [*field.errors, missing]
                fine = False
        return fine

    def answers(self) -> Answers:
        sections = tuple(self.sections.data or ())
        reasons = tuple((name, stripped(self.why(name).data)) for name in sections)
        return Answers(
            reason="\n".join(text for _name, text in reasons),
            sections=sections,
            reasons=reasons,
            new_vote_needed=bool(self.new_vote_needed.data) or Section.VOTE in sections,
        )


for _section in sorted(MENDABLE):
    setattr(
        SendBackForm,
        f"why_{_section.value}",
        TextAreaField(_l("Lý do"), [at_most(REASON)]),
    )

FORMS: dict[str, type[StepForm]] = {
    "call_to_vote": MeetingDayForm,
    "repeat_vote": MeetingDayForm,
    "approve": SigningForm,
    "adopt_resolution": SigningForm,
    "send_back": SendBackForm,
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
    return resumed(FORMS.get(step, StepForm), data=usual)
