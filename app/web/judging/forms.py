"""Forms of judging: the sheet with its criteria, seats, shares, conflicts, extras."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from app.services.judging.conflicts import Declared
from app.services.judging.measuring import Extra, Needed
from app.services.judging.panels import NewSeat, Replacement
from app.services.judging.sheets import Filled
from app.services.refusals import Invalid
from app.web.fields import CountField, KeyedForm, PointsField, given, long, short, stripped
from app.web.filters import choices
from app.web.filters import points as as_points
from workflows.contest.conflicts import DECLARED, ConflictKind
from workflows.contest.marking import NOTHING, Fault, Mark, read_points, steps_of
from workflows.contest.plain import amount
from workflows.contest.rules import Criterion, Part

COMMENT = 2000
REASON = 1000
SENTENCES = {
    "unknown": _l("Không tìm thấy trong mùa thi này."),
    "seated": _l("Người này đã ở trong ban giám khảo."),
    "has_chair": _l("Ban giám khảo đã có trưởng ban."),
    "too_many": _l("Phần thi này có %(seated)s giám khảo: ghi số từ 1 đến đó."),
    "past_close": _l("Giờ đóng đã qua: chỉ mở được từng phiếu."),
    "season_shut": _l("Mùa thi không còn ở giai đoạn chấm điểm."),
    "used": _l("Biểu mẫu này đã gửi rồi: mở lại trang."),
}


class JudgingForm(KeyedForm):
    """A form that says at its field what a use case refused."""

    def refuse(self, error: Invalid) -> None:
        """Show why a value was refused."""
        sentence = str(SENTENCES[error.code]) % error.values
        if error.field in self:
            self[error.field].errors = [sentence]
        else:
            self.form_errors = [sentence]


@dataclass(frozen=True, slots=True)
class Box:
    """One criterion on the page: what it takes, what was typed, what is wrong with it."""

    criterion: Criterion
    typed: Mark
    kept: Mark | None
    fault: Fault | None

    @property
    def options(self) -> dict[str, Decimal]:
        """The values to pick from; none where points are typed, or were typed out of step."""
        options = {amount(each): each for each in steps_of(self.criterion)}
        return options if self.picked is None or self.picked in options else {}

    @property
    def text(self) -> str:
        """What was typed, as the language of the page writes it."""
        try:
            return as_points(read_points(self.typed.points))
        except ValueError:
            return self.typed.points

    @property
    def picked(self) -> str | None:
        """What was typed, written as a button carries it."""
        if not self.typed.points:
            return None
        try:
            return amount(read_points(self.typed.points))
        except ValueError:
            return self.typed.points

    @property
    def asks_why(self) -> bool:
        """Whether a reason may be asked for."""
        return self.criterion.justify_below is not None


class SheetForm(KeyedForm):
    """A score sheet: the criteria are the rules' own, the comment is for the contestant."""

    comment = long(_l("Nhận xét cho thí sinh"), most=COMMENT)

    def marks(self, part: Part) -> dict[str, Mark]:
        """Return what was typed at each criterion."""
        sent = request.form
        return {
            each.code: Mark(
                stripped(sent.get(f"points-{each.code}")), stripped(sent.get(f"why-{each.code}"))
            )
            for each in part.criteria
        }

    def sent(self) -> dict[str, Mark]:
        """Return all marks that the request carries, whatever the rules ask for."""
        codes = [
            name.removeprefix("points-") for name in request.form if name.startswith("points-")
        ]
        return {
            code: Mark(
                stripped(request.form.get(f"points-{code}")),
                stripped(request.form.get(f"why-{code}")),
            )
            for code in codes
        }

    def filled(self) -> Filled:
        """Return what was typed on the sheet."""
        return Filled(self.sent(), self.comment.data or "")


def boxes_of(
    part: Part,
    typed: Mapping[str, Mark],
    *,
    kept: Mapping[str, Mark] | None = None,
    faults: Mapping[str, Fault] | None = None,
) -> list[Box]:
    """Return the criteria of a part as the page draws them; ``kept`` is what is on record."""
    return [
        Box(
            each,
            typed.get(each.code, NOTHING),
            kept.get(each.code, NOTHING) if kept is not None else None,
            (faults or {}).get(each.code),
        )
        for each in part.criteria
    ]


class ConflictForm(JudgingForm):
    """What stands between a judge and a contestant."""

    kind = SelectField(_l("Mối liên quan"), [given()])
    reason = long(_l("Ghi rõ"), given(), most=REASON)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        options = choices("judge_conflict", blank=_l("Chọn mối liên quan"))
        self.kind.choices = [each for each in options if each.value in {"", *DECLARED}]

    def declared(self) -> Declared:
        """Return what was declared."""
        return Declared(ConflictKind(self.kind.data), self.reason.data or "")


class PairForm(ConflictForm):
    """A conflict that the chair declares: also between whom."""

    judge = SelectField(_l("Giám khảo"), [given()], coerce=str)
    contestant = SelectField(_l("Thí sinh"), [given()], coerce=str)


class ReasonForm(JudgingForm):
    """Why something is done."""

    reason = long(_l("Lý do"), given(), most=REASON)


class SeatForm(JudgingForm):
    """Whom to seat on the panel."""

    username = short(
        _l("Tên đăng nhập của giám khảo"),
        given(),
        description=_l("Người đã có tài khoản trong huyện."),
    )
    part = SelectField(_l("Chấm"), validate_choice=False)
    is_chair = BooleanField(_l("Là trưởng ban: điều hành, không chấm điểm"))

    def offer(self, parts: Sequence[Part]) -> None:
        """Offer the parts that are judged."""
        named = [SelectChoice(each.code, each.title) for each in parts if each.is_judged]
        self.part.choices = [SelectChoice("", _("Mọi phần thi")), *named]

    def seat(self) -> NewSeat:
        """Return whom to seat."""
        return NewSeat(self.username.data or "", self.part.data or "", bool(self.is_chair.data))


class ReplaceForm(ReasonForm):
    """Why a judge leaves, and who takes over."""

    username = short(
        _l("Tên đăng nhập của người thay"),
        description=_l("Để trống nếu chưa có người thay."),
    )

    def replacement(self) -> Replacement:
        """Return the replacement."""
        return Replacement(self.reason.data or "", self.username.data or "")


class ShareForm(JudgingForm):
    """How many judges each contestant gets in a part."""

    part = SelectField(_l("Phần thi"), [given()])
    each = CountField(_l("Mỗi thí sinh có mấy giám khảo"), [given()])


class ExtraForm(JudgingForm):
    """Bonus or penalty points."""

    contestant = SelectField(_l("Thí sinh"), [given()])
    part = SelectField(_l("Phần thi"), [given()])
    points = PointsField(
        _l("Điểm cộng, hoặc điểm trừ có dấu trừ"), [given()], description=_l("Ví dụ 1 hoặc -0,5.")
    )
    reason = long(_l("Lý do"), given(), most=REASON)

    def extra(self) -> Extra:
        """Return the points, and for whom."""
        return Extra(
            int(self.contestant.data),
            self.part.data,
            self.points.points or Decimal(0),
            self.reason.data or "",
        )


class TimeForm(JudgingForm):
    """The time that a contestant needed."""

    contestant = SelectField(_l("Thí sinh"), [given()])
    part = SelectField(_l("Phần thi"), [given()])
    time = short(_l("Thời gian"), given(), description=_l("Phút:giây, ví dụ 4:35."), most=10)

    def needed(self) -> Needed:
        """Return the time, and whose."""
        return Needed(int(self.contestant.data), self.part.data, self.seconds() or 0)

    def validate_time(self, _field: object) -> None:
        """Refuse what is no time."""
        if self.seconds() is None:
            raise StopValidation(_("Ghi phút:giây, ví dụ 4:35."))

    def seconds(self) -> int | None:
        """Return the time in seconds; ``4:35`` is 275."""
        minutes, colon, seconds = (self.time.data or "").partition(":")
        if not (colon and minutes.isdecimal() and seconds.isdecimal() and len(minutes) <= 4):  # noqa: PLR2004
            return None
        return int(minutes) * 60 + int(seconds) if int(seconds) < 60 else None  # noqa: PLR2004
