"""What a recommendation says of itself, part by part, in the words that people read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.queries.recommendation.files import RecommendationFile, late_quarters
from app.queries.rules import rulebook
from app.services.people.member_book import HIDDEN
from app.services.recommendation.comments import SIDES
from app.services.recommendation.parts import PART_FIELDS
from app.web.access import today
from app.web.fields import DayField
from app.web.filters import born, day, word
from app.web.recommendation.forms import FORMS, quarter_name
from workflows.calendar import anniversary
from workflows.classification import Grade
from workflows.classification.scales import scale_of
from workflows.labels import classification
from workflows.recommendation_facts import Part
from workflows.requirements.opinion import needed_of

Pairs = Sequence[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a part with its label; a late one is said to be."""

    label: str
    text: str
    is_late: bool = False


def label_of(part: str, name: str) -> str:
    """Return the label that a field has in the form of its part."""
    form = FORMS.get(Part(part)) if part in {*Part} else None
    field = getattr(form, name, None)
    return str(field.args[0]) if field else name


def written(part: str, name: str, value: Any) -> str:  # noqa: ANN401
    """Write a value of a part, also as an event keeps it."""
    if value in (None, ""):
        return ""
    field = getattr(FORMS.get(Part(part)), name, None)
    if getattr(field, "field_class", None) is DayField and value != HIDDEN:
        return day(value if isinstance(value, date) else date.fromisoformat(value))
    return str(value)


def values_of(file: RecommendationFile, part: Part) -> list[Value]:
    """List what is known of a part; what is empty is left out."""
    if part in {Part.BRANCH_QUARTER, Part.UNION_QUARTER}:
        return _quarters(file, part)
    pairs = WORDS[part](file) if part in WORDS else ()
    return [Value(label, str(text)) for label, text in (*_fields(file, part), *pairs) if text]


def _fields(file: RecommendationFile, part: Part) -> Pairs:
    kept = file.recommendation
    return [
        (label_of(part, name), written(part, name, getattr(kept, name)))
        for name in PART_FIELDS.get(part, ())
    ]


def _quarters(file: RecommendationFile, part: Part) -> list[Value]:
    """The comments of a side, the newest quarter first; before them those that are late."""
    side = SIDES[part]
    late = late_quarters(file, side, today())
    missing = [
        Value(quarter_name(each.number, each.year), _("Chưa có"), is_late=True) for each in late
    ]
    comments = (each for each in file.quarters if each.side is side)
    said = [Value(quarter_name(each.number, each.year), each.comment) for each in comments]
    return [*missing, *said]


def percent(number: int | None, of: int | None) -> str:
    """Write a share as form 3.2 and 3.4 do: 66,7 %."""
    return f"{100 * (number or 0) / of:.1f} %".replace(".", ",") if of else ""


def graded(grade: Grade, year: int) -> str:
    """Write a grade of a year, by the scale of that year."""
    is_old = scale_of(year).is_old
    return str(_((classification.OLD_GRADES if is_old else classification.GRADES)[grade]))


def _member(file: RecommendationFile) -> Pairs:
    person = file.person
    grades = ", ".join(f"{year}: {graded(grade, year)}" for year, grade in file.grades.items())
    return (
        (_("Ngày sinh"), born(person)),
        (_("Giới tính"), word(person.sex, "sex")),
        (_("Quê quán"), person.home_place),
        (_("Nơi ở hiện nay"), person.residence),
        (_("Dân tộc"), person.ethnicity),
        (_("Tôn giáo"), person.religion),
        (_("Thành phần gia đình"), person.family_class),
        (_("Điện thoại"), person.phone),
        (_("Ngày vào Đoàn"), day(person.joined_on)),
        (_("Trình độ học vấn"), word(person.schooling, "schooling")),
        (_("Trình độ chuyên môn"), person.professional),
        (_("Lý luận chính trị"), person.political_theory),
        (_("Ngoại ngữ"), person.languages),
        (_("Xếp loại đoàn viên"), grades),
        (_("Các năm được bình chọn"), ", ".join(map(str, file.years))),
    )


def _prospect(file: RecommendationFile) -> Pairs:
    kept = file.recommendation
    until = anniversary(kept.class_on, VALID_YEARS) if kept.class_on else None
    return (
        (_("Ngày cấp ủy công nhận đối tượng Đảng"), day(kept.prospect_on)),
        (_("Số quyết định công nhận"), kept.prospect_ref),
        (_("Giấy chứng nhận có giá trị đến trước ngày"), day(until)),
    )


VALID_YEARS = 5


def _resolution(file: RecommendationFile) -> Pairs:
    kept = file.recommendation
    if kept.resolved_on is None:
        return ()
    members = kept.committee_members
    votes = ((kept.committee_for, "for"), (kept.committee_against, "against"))
    told = {key: f"{number} ({percent(number, members)})" for number, key in votes}
    return (
        (_("Ngày họp ban chấp hành"), day(kept.resolved_on)),
        (_("Tổng số ủy viên, có mặt"), f"{members}, {kept.committee_present}"),
        (_("Tán thành, so với tổng số ủy viên"), told["for"]),
        (_("Kết quả"), _carried(file)),
        (_("Không tán thành, so với tổng số ủy viên"), told["against"]),
        (_("Lý do của người không tán thành"), kept.against_reason),
        (_("Ưu điểm"), kept.strengths),
        (_("Khuyết điểm"), kept.weaknesses),
    )


def _carried(file: RecommendationFile) -> str:
    kept, rules = file.recommendation, rulebook().named(file.dossier.rule_set)
    needed = needed_of(kept.committee_members or 0, rules)
    told = (
        _("Được thông qua")
        if (kept.committee_for or 0) >= needed
        else _("Không được thông qua, hồ sơ trở về bước bồi dưỡng")
    )
    return f"{told} ({_needed_words(needed, kept.committee_members or 0)})"


def _needed_words(needed: int, members: int) -> str:
    """Say how many of a committee have to be in favour, and whose rule that is."""
    return str(
        _(
            "cần ít nhất %(needed)s trong %(members)s ủy viên; quy định của địa phương",
            needed=needed,
            members=members,
        )
    )


def _party(file: RecommendationFile) -> Pairs:
    kept = file.recommendation
    return (
        (_("Ngày trao danh sách"), day(kept.listed_on)),
        (_("Cấp ủy nhận danh sách"), kept.listed_to),
        (_("Ngày chuyển hồ sơ cho chi bộ"), day(kept.cell_on)),
        (_("Chi bộ"), kept.cell),
        (_("Ngày chi bộ nhận"), day(kept.accepted_on)),
        (_("Ngày kết nạp Đảng, bắt đầu dự bị"), day(kept.admitted_on)),
        (_("Ngày chính thức"), day(kept.full_on)),
    )


def _probation(part: Part) -> Callable[[RecommendationFile], Pairs]:
    def said(file: RecommendationFile) -> Pairs:
        opinion = file.opinions.get(SIDES[part])
        if opinion is None:
            return ()
        numbers = (opinion.in_favour, opinion.against)
        shares = [f"{number} ({percent(number, opinion.asked)})" for number in numbers]
        return (
            (_("Ngày họp hoặc lấy ý kiến"), day(opinion.held_on)),
            (_("Số người được hỏi"), opinion.asked),
            (_("Tán thành"), shares[0]),
            (_("Không tán thành"), shares[1]),
            (_("Lý do của người không tán thành"), opinion.against_reason),
            (_("Ưu điểm"), opinion.strengths),
            (_("Khuyết điểm"), opinion.weaknesses),
        )

    return said


WORDS: dict[Part, Callable[[RecommendationFile], Pairs]] = {
    Part.MEMBER: _member,
    Part.PROSPECT: _prospect,
    Part.RESOLUTION: _resolution,
    Part.PARTY: _party,
    Part.BRANCH_PROBATION: _probation(Part.BRANCH_PROBATION),
    Part.UNION_PROBATION: _probation(Part.UNION_PROBATION),
}
