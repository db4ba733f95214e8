"""The sections of an entry as forms: who competes, and what they and their branch have done."""

from flask_babel import lazy_gettext as _l

from app.web.dossiers.section_forms import SectionForm
from app.web.fields import long, short
from workflows.contest.entry_facts import Section


class ContestantForm(SectionForm):
    """The posts that the contestant has held, and how to reach them."""

    posts_held = long(
        _l("Chức vụ và thời gian giữ chức"),
        description=_l("Mỗi chức vụ một dòng, ví dụ: Bí thư chi đoàn, từ tháng 3/2023."),
    )
    phone = short(_l("Điện thoại"), most=30)


class AchievementsForm(SectionForm):
    """What the contestant and the branch have done; the papers prove it."""

    achievements = long(
        _l("Thành tích của người dự thi"),
        description=_l("Khen thưởng, sáng kiến, việc làm nổi bật, kèm năm."),
    )
    branch_results = long(
        _l("Kết quả của chi đoàn"),
        description=_l("Xếp loại chi đoàn, đoàn viên kết nạp, công trình thanh niên."),
    )


FORMS: dict[Section, type[SectionForm]] = {
    Section.CONTESTANT: ContestantForm,
    Section.ACHIEVEMENTS: AchievementsForm,
}
