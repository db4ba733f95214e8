"""The parts of a recommendation as forms: what the official forms print and the book lacks."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.queries.recommendation.files import RecommendationFile
from app.services.recommendation.comments import open_quarters
from app.web.access import today
from app.web.dossiers.section_forms import SectionForm
from app.web.fields import CountField, DayField, as_number, given, long, short
from workflows.quarters import Quarter
from workflows.recommendation_facts import Part, Side


class PartForm(SectionForm):
    """A part; what nobody wrote in an encrypted column is no value."""

    nullable: ClassVar[frozenset[str]] = frozenset(
        {
            *("own_class", "branch_comment", "union_comment", "party_helper"),
            *("proposal_text", "delay_reason", "strengths", "weaknesses", "against_reason"),
        }
    )


class ProfileForm(PartForm):
    """Form 3.1, and the person of form 3.3, beyond the member book."""

    birth_place = short(_l("Nơi sinh"))
    permanent_address = short(_l("Nơi thường trú"))
    position = short(_l("Chức vụ, đơn vị công tác hoặc nơi học"))
    joined_at = short(_l("Nơi vào Đoàn"))
    own_class = short(_l("Thành phần bản thân"), most=100)
    it_skills = short(_l("Tin học"))
    awards = long(_l("Thành tích, danh hiệu (bằng khen, giấy khen)"))


class WishForm(PartForm):
    """What the member wishes and wrote, and what the branch says of them."""

    wish_on = DayField(_l("Ngày bày tỏ nguyện vọng vào Đảng"), past=True)
    essay_on = DayField(_l("Ngày nhận bài cảm nhận về Đảng"), past=True)
    branch_comment = long(_l("Nhận xét của chi đoàn"))


class EffortForm(PartForm):
    """Form 3.3, part II; the photo comes as a file."""

    union_work = long(
        _l("Quá trình công tác Đoàn"), description=_l("Kèm ảnh 3×4 và bản có chữ ký ở mục giấy tờ.")
    )
    work_results = long(_l("Kết quả học tập, lao động, công tác"))


class UnionCommentForm(PartForm):
    """Form 3.3, part III."""

    union_comment = long(_l("Nhận xét của ban chấp hành đoàn cơ sở"))


class ProspectForm(PartForm):
    """The Party-awareness class, and who of the Party follows the prospect."""

    class_on = DayField(_l("Ngày cấp giấy chứng nhận lớp bồi dưỡng nhận thức về Đảng"), past=True)
    class_ref = short(_l("Số giấy chứng nhận"), most=100)
    party_helper = short(_l("Đảng viên được phân công theo dõi, giúp đỡ"))


class OpinionProposalForm(PartForm):
    """What goes up with the minutes."""

    proposed_on = DayField(_l("Ngày công văn đề nghị"), past=True)
    proposal_text = long(_l("Nội dung chi đoàn đề nghị"))


class DelayForm(PartForm):
    """Chosen for years and not admitted: why (HD30 §III.2, step 2)."""

    delay_reason = long(_l("Vì sao đã được bình chọn nhiều năm mà chưa được kết nạp Đảng"))


class QuarterForm(PartForm):
    """The comment on a quarter, from one side; it stays as it is written."""

    quarter = SelectField(_l("Quý"), [given(_l("Chọn quý."))], choices=[], validate_choice=False)
    comment = long(_l("Nhận xét trong quý"), given(_l("Viết nhận xét.")))
    side: ClassVar[Side]

    def shown_for(self, file: RecommendationFile) -> None:
        """Offer the quarters that this side has not commented on, the oldest first."""
        quarters = open_quarters(file, self.side, today())
        self.quarter.choices = [
            SelectChoice(_key(each), quarter_name(each.number, each.year)) for each in quarters
        ]

    def values(self) -> dict[str, Any]:
        """Return the quarter and what is said of it."""
        year, _dot, number = (self.quarter.data or "").partition(".")
        chosen = Quarter(as_number(year) or 0, as_number(number) or 0)
        return {"quarter": chosen, "comment": self.comment.data or ""}


def _key(quarter: Quarter) -> str:
    return f"{quarter.year}.{quarter.number}"


def quarter_name(number: int, year: int) -> str:
    """Write a quarter."""
    return str(_("Quý %(number)s/%(year)s", number=number, year=year))


class BranchQuarterForm(QuarterForm):
    """By the branch."""

    side = Side.BRANCH


class UnionQuarterForm(QuarterForm):
    """By the grass-roots union."""

    side = Side.UNION


class ProbationForm(PartForm):
    """Form 3.4 from one side: whom it asked, and what they said."""

    held_on = DayField(_l("Ngày họp hoặc lấy ý kiến"), [given(_l("Ghi ngày."))], past=True)
    asked = CountField(_l("Số người được hỏi"), [given(_l("Ghi số người được hỏi."))])
    in_favour = CountField(_l("Tán thành"), [given(_l("Ghi số tán thành."))])
    against = CountField(_l("Không tán thành"), [given(_l("Ghi số không tán thành."))])
    strengths = long(_l("Ưu điểm"), given(_l("Ghi ưu điểm.")))
    weaknesses = long(_l("Khuyết điểm"), given(_l("Ghi khuyết điểm.")))
    against_reason = long(_l("Lý do của người không tán thành"))

    def values(self) -> dict[str, Any]:
        """Return what was typed, the numbers as numbers."""
        numbers = {name: self[name].data for name in ("asked", "in_favour", "against")}
        return {**super().values(), **numbers}


FORMS: dict[Part, type[PartForm]] = {
    Part.PROFILE: ProfileForm,
    Part.WISH: WishForm,
    Part.EFFORT: EffortForm,
    Part.UNION_COMMENT: UnionCommentForm,
    Part.PROSPECT: ProspectForm,
    Part.PROPOSAL: OpinionProposalForm,
    Part.DELAY: DelayForm,
    Part.BRANCH_QUARTER: BranchQuarterForm,
    Part.UNION_QUARTER: UnionQuarterForm,
    Part.BRANCH_PROBATION: ProbationForm,
    Part.UNION_PROBATION: ProbationForm,
}
