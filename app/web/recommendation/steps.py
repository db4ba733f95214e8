"""The forms of a recommendation's steps: what each asks of the person who takes it."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.queries.recommendation.files import RecommendationFile
from app.queries.rules import rulebook
from app.web.access import today
from app.web.dossiers.mending import MendingForm, mendable
from app.web.drafts import resumed
from app.web.fields import CountField, DayField, KeyedForm, given, long, short
from app.web.recommendation.wording import percent
from workflows.recommendation_facts import (
    MENDABLE,
    MENDABLE_LATER,
    CommitteeVote,
    Part,
    RecommendationAnswers,
)

REASON = 2000
Answers = RecommendationAnswers


class StepForm(KeyedForm):
    """A step that asks for nothing more."""

    def answers(self) -> Answers:
        """Return what the person answered."""
        return Answers()


class ReasonForm(StepForm):
    """Why."""

    reason = long(_l("Lý do"), given(_l("Ghi rõ lý do.")), most=REASON)

    def answers(self) -> Answers:
        return Answers(reason=self.reason.data or "")


class DatedForm(StepForm):
    """On which day something was so."""

    on = DayField(_l("Ngày"), [given(_l("Ghi ngày."))], past=True)

    def answers(self) -> Answers:
        return Answers(on=self.on.day)


class RecognitionForm(DatedForm):
    """The decision of the Party committee."""

    number = short(_l("Số quyết định công nhận"), given(_l("Ghi số quyết định.")), most=100)

    def answers(self) -> Answers:
        return Answers(on=self.on.day, number=self.number.data or "")


class CellForm(DatedForm):
    """To which Party cell."""

    to_whom = short(_l("Chi bộ nhận hồ sơ"), given(_l("Ghi tên chi bộ.")))

    def answers(self) -> Answers:
        return Answers(on=self.on.day, to_whom=self.to_whom.data or "")


class ResolutionForm(DatedForm):
    """Form 3.2: how the committee voted, and what it says of the member."""

    on = DayField(_l("Ngày họp ban chấp hành"), [given(_l("Ghi ngày họp."))], past=True)
    members = CountField(_l("Tổng số ủy viên ban chấp hành"), [given(_l("Ghi số ủy viên."))])
    present = CountField(_l("Số ủy viên có mặt"), [given(_l("Ghi số có mặt."))])
    in_favour = CountField(_l("Tán thành"), [given(_l("Ghi số tán thành."))])
    against = CountField(_l("Không tán thành"), [given(_l("Ghi số không tán thành."))])
    against_reason = long(_l("Lý do của người không tán thành"), most=REASON)
    strengths = long(_l("Ưu điểm"), given(_l("Ghi ưu điểm.")))
    weaknesses = long(_l("Khuyết điểm"), given(_l("Ghi khuyết điểm.")))

    def shown_for(self, file: RecommendationFile) -> None:
        """Say beforehand what it takes to carry, and what follows where it does not."""
        rules = rulebook().named(file.dossier.rule_set)
        share = percent(*rules.local.resolution_majority.as_integer_ratio())
        self.in_favour.description = _(
            "Được thông qua khi hơn %(share)s tổng số ủy viên tán thành (quy định của địa phương); "
            "không đạt thì hồ sơ trở về bước bồi dưỡng.",
            share=share,
        )

    def answers(self) -> Answers:
        numbers = ("members", "present", "in_favour", "against")
        return Answers(
            on=self.on.day,
            committee=CommitteeVote(*(self[name].data or 0 for name in numbers)),
            strengths=self.strengths.data or "",
            weaknesses=self.weaknesses.data or "",
            against_reason=self.against_reason.data or "",
        )


class CellReturnForm(ReasonForm):
    """Why the cell sends the file back, and whether the way begins anew with the branch."""

    again = BooleanField(_l("Phải lấy lại ý kiến chi đoàn và nghị quyết mới"))

    def answers(self) -> Answers:
        return Answers(reason=self.reason.data or "", new_vote_needed=bool(self.again.data))


class SendBackForm(MendingForm, StepForm):
    """Which parts to mend, and why each; an opinion at fault is asked for again."""

    new_vote_needed = BooleanField(_l("Hội nghị chi đoàn có sai sót: phải họp và biểu quyết lại"))
    early: ClassVar[frozenset[str]] = MENDABLE

    def shown_for(self, file: RecommendationFile) -> None:
        """Before the branch has met there is no meeting to find at fault."""
        if file.vote is None:
            self.sections.choices = [
                each for each in self.sections.choices if each.value in self.early
            ]
            del self.new_vote_needed

    def answers(self) -> Answers:
        reasons = self.reasons()
        sections = tuple(name for name, _text in reasons)
        repeats = "new_vote_needed" in self and bool(self.new_vote_needed.data)
        return Answers(
            reason="\n".join(text for _name, text in reasons),
            sections=sections,
            reasons=reasons,
            new_vote_needed=repeats or Part.VOTE in sections,
        )


FORMS: dict[str, Any] = {
    "recognise": RecognitionForm,
    "send_back": mendable(MENDABLE_LATER, SendBackForm),
    "record_resolution": ResolutionForm,
    "hand_to_cell": CellForm,
    "cell_returns": CellReturnForm,
    "cell_accepts": DatedForm,
    "admit_to_party": DatedForm,
    "become_full_member": DatedForm,
    "close_unadmitted": ReasonForm,
    "withdraw": ReasonForm,
}


def step_form(step: str, _file: Any = None) -> StepForm:  # noqa: ANN401
    """Make the form of a step, with the usual day filled in."""
    form: StepForm = resumed(FORMS.get(step, StepForm), data={"on": today()})
    return form
