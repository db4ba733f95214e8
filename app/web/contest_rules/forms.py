"""The forms of the rules: head and awards, a round with its tie-breaks, a part with its criteria.

Numbers are typed as text: what a number is the rules themselves say, for a form and a file alike.
"""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, Form, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.web.contest_rules.at_hand import PieceForm
from app.web.fields import KeyedForm, given, short, stripped
from app.web.filters import choices
from workflows.contest.rules import Part, PartKind, Round


class AmountField(StringField):
    """A number typed as text; stored ones are shown with a comma."""

    def _value(self) -> str:
        return (self.data or "").replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text as typed, and read comma and point alike."""
        self.data = stripped(valuelist[0]).replace(",", ".") if valuelist else None


class HeadForm(PieceForm):
    """What is said of the whole rule set."""

    title = short(_l("Tên thể lệ"), given(_l("Ghi tên thể lệ.")))
    source = short(_l("Theo văn bản"), most=500)
    endorsed = AmountField(_l("Mỗi đoàn cơ sở được đề cử nhiều nhất"))
    max_age = AmountField(_l("Tuổi cao nhất của thí sinh"))
    anonymous = BooleanField(_l("Giám khảo chấm theo mã, không thấy tên và đơn vị"))


class AwardRow(Form):
    """One award and how many of it are given."""

    leads: ClassVar = ("title", "count")
    title = short(_l("Giải"))
    count = AmountField(_l("Số giải"))


class AwardsForm(PieceForm):
    """The awards, in their order."""


class TieRow(Form):
    """One way to tell equals apart."""

    leads: ClassVar = ("kind",)
    kind = SelectField(
        _l("Cách phân định"),
        choices=choices("tie", blank=_l("Không dùng")),
        validate_choice=False,
    )
    part = SelectField(_l("Phần thi"), validate_choice=False, choices=[])


class RoundForm(PieceForm):
    """A round: its name, who holds it, who goes on."""

    within = "advance"
    title = short(_l("Tên vòng thi"), given(_l("Ghi tên vòng thi.")))
    level = RadioField(
        _l("Ai tổ chức"),
        choices=choices("round_holder"),
        validate_choice=False,
        default="commune",
    )
    by = RadioField(
        _l("Ai đi tiếp"), choices=choices("advance"), validate_choice=False, default="all"
    )
    value = AmountField(_l("Bao nhiêu người, hoặc bao nhiêu phần trăm"))
    on = SelectField(_l("Tính trên"), validate_choice=False, choices=[])

    def offer(self, held: Round | None) -> None:
        """Offer the parts of the round where one is to be chosen."""
        parts = held.parts if held else ()
        named = [SelectChoice(each.code, each.title) for each in parts]
        self.on.choices = [SelectChoice("", _l("Tổng điểm")), *named]
        for row in self.rows["ties"].forms:
            row.part.choices = [SelectChoice("", _l("Không chọn")), *named]

    def advance(self) -> dict[str, Any]:
        """Return who goes on as plain data; a number that nobody asks for is not kept."""
        asked = {"by": self.by.data, "on": self.on.data or ""}
        return asked if self.by.data == "all" else asked | {"value": self.value.data or "0"}


class NewPartForm(PieceForm):
    """A new part: its name and what contestants do in it."""

    title = short(_l("Tên phần thi"), given(_l("Ghi tên phần thi.")))
    kind = RadioField(
        _l("Hình thức"), choices=choices("part_kind"), validate_choice=False, default="dossier"
    )


class CriterionRow(Form):
    """One line of a score sheet."""

    leads: ClassVar = ("title", "max")
    code = HiddenField()
    title = short(_l("Tiêu chí"))
    max = AmountField(_l("Điểm tối đa"))
    step = AmountField(_l("Bước điểm"), default="0.5")
    justify_below = AmountField(_l("Phải nêu lý do nếu dưới"))
    required = BooleanField(_l("Bắt buộc chấm"), default=True)


class TimeRow(Form):
    """Points for who needed at most so many seconds."""

    leads: ClassVar = ("up_to_seconds", "points")
    up_to_seconds = AmountField(_l("Xong trong (giây)"))
    points = AmountField(_l("Điểm cộng, trừ"))


class PartForm(PieceForm):
    """What every part has."""

    title = short(_l("Tên phần thi"), given(_l("Ghi tên phần thi.")))
    weight = AmountField(_l("Hệ số"))
    minutes = AmountField(_l("Thời gian (phút)"))


class JudgedForm(PartForm):
    """A part that judges score."""

    sheets = AmountField(_l("Mỗi thí sinh cần bao nhiêu phiếu"))
    combine = RadioField(
        _l("Gộp điểm các giám khảo"), choices=choices("combine"), validate_choice=False
    )
    trim_from = AmountField(_l("Bỏ cao nhất, thấp nhất khi có từ bao nhiêu giám khảo"))


class QuizForm(PartForm):
    """A part that the program grades."""

    questions = AmountField(_l("Số câu hỏi"))
    points_each = AmountField(_l("Điểm mỗi câu đúng"))
    points_wrong = AmountField(_l("Điểm mỗi câu sai"))


class ArrangeForm(KeyedForm):
    """A button that moves or removes a piece."""


class FileForm(PieceForm):
    """Rules from a file."""

    file = FileField(_l("Tệp thể lệ (YAML)"))


def form_of(part: Part) -> type[PartForm]:
    """Return the form for the kind of a part."""
    return QuizForm if part.kind is PartKind.QUIZ else JudgedForm
