"""The forms of a transfer's steps: what each asks of the person who takes it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.queries.transfers import TransferFile, branches_of
from app.web.access import today
from app.web.drafts import resumed
from app.web.fields import DayField, KeyedForm, as_number, given, long
from workflows.transfer_facts import TransferAnswers

REASON = 2000


class StepForm(KeyedForm):
    """A step that asks for nothing more."""

    def answers(self) -> TransferAnswers:
        """Return what the person answered."""
        return TransferAnswers()


class ReasonForm(StepForm):
    """Why."""

    reason = long(_l("Lý do"), given(_l("Ghi rõ lý do.")), most=REASON)

    def answers(self) -> TransferAnswers:
        return TransferAnswers(reason=self.reason.data or "")


class BranchForm(StepForm):
    """The branch that receives the member."""

    to_branch_id = SelectField(
        _l("Chi đoàn tiếp nhận"), [given(_l("Chọn chi đoàn."))], choices=[], validate_choice=False
    )

    def shown_for(self, file: TransferFile) -> None:
        """Offer the branches of the receiving commune."""
        branches = branches_of(file.to_commune, today()) if file.to_commune else []
        options = [SelectChoice(str(number), name) for number, name in branches]
        self.to_branch_id.choices = [SelectChoice("", "…"), *options]

    def answers(self) -> TransferAnswers:
        return TransferAnswers(to_branch_id=as_number(self.to_branch_id.data))


class ReceptionForm(StepForm):
    """The day of reception: from then on the member counts here."""

    received_on = DayField(_l("Ngày tiếp nhận"), [given(_l("Ghi ngày tiếp nhận."))], past=True)

    def answers(self) -> TransferAnswers:
        return TransferAnswers(received_on=self.received_on.day)


FORMS: dict[str, type[StepForm]] = {
    "decline_introduction": ReasonForm,
    "assign_branch": BranchForm,
    "decline_arrival": ReasonForm,
    "receive": ReceptionForm,
    "cancel": ReasonForm,
}


def step_form(step: str, _file: Any = None) -> StepForm:  # noqa: ANN401
    """Make the form of a step, with the usual day filled in."""
    return resumed(FORMS.get(step, StepForm), data={"received_on": today()})
