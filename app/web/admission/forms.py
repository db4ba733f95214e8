"""The sections of an admission dossier as forms: the fields of the official forms, asked once."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, Optional

from app.queries.admission.files import AdmissionFile
from app.queries.people.roster import member_choices
from app.web.dossiers.section_forms import ChoiceField, SectionForm, one_of
from app.web.fields import DayField, given, long, short
from app.web.filters import choices
from workflows.admission_facts import IntroducerKind, Schooling, Section, Source
from workflows.membership import Sex

WORDS = 5000


def _members(file: AdmissionFile) -> list[SelectChoice]:
    """Offer the members of the commune where one of them is to be chosen."""
    people = member_choices(file.dossier.commune_id, file.dossier.branch_id)
    return [
        SelectChoice("", "…"),
        *(SelectChoice(str(number), name) for number, name in people),
    ]


class PersonForm(SectionForm):
    """The self-description of the member book."""

    nullable = frozenset({"religion", "health", "citizen_id"})
    on_refusal = frozenset({"twin_reason"})

    name = short(_l("Họ và tên"), given(_l("Ghi họ và tên.")), most=100)
    birth_date = DayField(_l("Ngày sinh"), [given(_l("Ghi ngày sinh."))], past=True)
    sex = ChoiceField(_l("Giới tính"), read_as=Sex, choices=choices("sex", blank="…"))
    birth_name = short(_l("Họ tên khai sinh (nếu khác)"), most=100)
    other_names = short(_l("Tên gọi khác"), most=100)
    home_place = short(_l("Quê quán"))
    residence = short(_l("Nơi ở hiện nay"))
    ethnicity = short(_l("Dân tộc"), most=50)
    religion = short(_l("Tôn giáo"), most=50)
    occupation = short(_l("Nghề nghiệp"), most=100)
    schooling = one_of(_l("Trình độ học vấn"), Schooling, "schooling")
    professional = short(_l("Trình độ chuyên môn"))
    political_theory = short(_l("Lý luận chính trị"))
    languages = short(_l("Ngoại ngữ"))
    been_abroad = short(_l("Đã đi nước ngoài (nước, thời gian)"))
    health = short(_l("Sức khỏe"), most=100)
    phone = short(_l("Điện thoại"), most=30)
    email = short(
        _l("Thư điện tử"), Optional(), Email(_l("Địa chỉ thư chưa đúng dạng ten@noi.vn."))
    )
    citizen_id = short(_l("Số định danh cá nhân"), most=20)
    twin_reason = long(_l("Vì sao không phải cùng một người"), most=500)


class NominationForm(SectionForm):
    """Where the candidate comes from and who helps."""

    source = one_of(_l("Nguồn"), Source, "source")
    helper_id = ChoiceField(_l("Đoàn viên được phân công giúp đỡ"), read_as=int)

    def shown_for(self, file: AdmissionFile) -> None:
        """Offer who can help."""
        self.helper_id.choices = _members(file)


class ApplicationForm(SectionForm):
    """Form 1.1: the application in the candidate's own words."""

    applied_on = DayField(_l("Ngày viết đơn"), past=True)
    own_words = long(_l("Nhận thức về Đoàn và nguyện vọng, theo lời người viết đơn"), most=WORDS)


class BackgroundForm(SectionForm):
    """The background declared in the member book."""

    nullable = frozenset({"family_class", "family", "custody", "custody_note"})

    background_on = DayField(_l("Ngày khai lý lịch"), past=True)
    family_class = short(_l("Thành phần gia đình"), most=100)
    family = long(_l("Quan hệ gia đình (cha, mẹ, anh chị em: họ tên, năm sinh, nghề nghiệp)"))
    custody = RadioField(
        _l("Cha, mẹ hoặc anh chị em ruột có ai đang bị tạm giữ, tạm giam, thi hành án không?"),
        validators=[Optional()],
        choices=[SelectChoice("no", _l("Không")), SelectChoice("yes", _l("Có"))],
    )
    custody_note = long(_l("Nếu có: ai, việc gì"), most=1000)


class IntroducerForm(SectionForm):
    """Page 2 of form 1.1: who introduces."""

    introducer_kind = one_of(_l("Ai giới thiệu"), IntroducerKind, "introducer")
    introducer_id = ChoiceField(_l("Đoàn viên giới thiệu"), read_as=int)
    introducer_name = short(_l("Tên đảng viên hoặc tập thể giới thiệu"))
    together_since = DayField(_l("Cùng công tác, học tập từ ngày"), past=True)
    introduced_on = DayField(_l("Ngày giới thiệu"), past=True)
    introduction = long(_l("Lời giới thiệu"))

    def shown_for(self, file: AdmissionFile) -> None:
        """Offer who can introduce."""
        self.introducer_id.choices = _members(file)


class StudyForm(SectionForm):
    """Self-study with a test; a class of the commune is recorded by the commune."""

    self_study_on = DayField(_l("Ngày kiểm tra tự học"), past=True)
    self_study_result = short(_l("Kết quả kiểm tra"))


class PartyOpinionForm(SectionForm):
    """What the Party committee of the same level answered."""

    nullable = frozenset({"party_opinion"})

    party_opinion_on = DayField(_l("Ngày cấp ủy trả lời"), past=True)
    party_opinion = long(_l("Ý kiến của cấp ủy"))


class ProposalForm(SectionForm):
    """The proposal that the branch sends up with the minutes."""

    proposed_on = DayField(_l("Ngày đề nghị"), past=True)
    proposal = long(_l("Nội dung đề nghị của chi đoàn"))


FORMS: dict[Section, type[SectionForm]] = {
    Section.PERSON: PersonForm,
    Section.NOMINATION: NominationForm,
    Section.APPLICATION: ApplicationForm,
    Section.BACKGROUND: BackgroundForm,
    Section.INTRODUCER: IntroducerForm,
    Section.STUDY: StudyForm,
    Section.PARTY_OPINION: PartyOpinionForm,
    Section.PROPOSAL: ProposalForm,
}
