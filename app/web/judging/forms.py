"""Forms of judging: the sheet with its criteria, seats, shares, conflicts, extras."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from app.services.judging.conflicts import Declared
from app.services.judging.debating import Draw
from app.services.judging.measuring import Extra, Needed
from app.services.judging.panels import NewSeat, Replacement
from app.services.refusals import Invalid
from app.web.fields import CountField, KeyedForm, PointsField, given, long, short
from app.web.filters import choices
from workflows.contest.conflicts import DECLARED, ConflictKind
from workflows.contest.rules import Part

REASON = 1000
SENTENCES = {
    "unknown": _l("Không tìm thấy trong mùa thi này."),
    "no_account": _l("Không có ai trong huyện đăng nhập bằng tên này."),
    "seated": _l("Người này đã ở trong ban giám khảo."),
    "has_chair": _l("Ban giám khảo đã có trưởng ban."),
    "too_many": _l("Phần thi này có %(seated)s giám khảo: cử thêm, hoặc ghi ít hơn."),
    "not_drawn": _l("Còn %(number)s thí sinh chưa có cặp: bốc thăm cặp tranh biện trước."),
    "nobody_alone": _l("Không còn ai để bốc thăm: mọi thí sinh đã có cặp, hoặc chỉ có một người."),
    "scoring_began": _l("Giám khảo đã bắt đầu chấm phần này nên không bốc thăm lại từ đầu được."),
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
    each = CountField(
        _l("Mỗi thí sinh có mấy giám khảo"),
        [Optional()],
        description=_l("Để trống thì vừa đủ số phiếu thể lệ cần."),
    )

    def wanted(self, parts: Sequence[Part]) -> int:
        """Return how many judges: as typed, else as many as the part must have sheets."""
        if self.each.data is not None:
            return int(self.each.data)
        return next((each.sheets for each in parts if each.code == self.part.data), 0)


class DrawForm(JudgingForm):
    """What to draw for a part of debates."""

    motions = long(
        _l("Đề tranh biện"),
        most=4000,
        description=_l("Mỗi dòng một đề, chia cho các cặp theo thăm. Có thể để trống."),
    )

    def draw(self, part: str) -> Draw:
        """Return what to draw."""
        lines = (each.strip() for each in (self.motions.data or "").splitlines())
        return Draw(part, [each for each in lines if each], self.why())

    def why(self) -> str:
        """Say why all is drawn again; nothing where only those who are alone are."""
        return ""


class AnewForm(DrawForm):
    """Why all pairs of a part are drawn again."""

    anew = long(_l("Vì sao bốc thăm lại từ đầu"), given(), most=REASON)

    def why(self) -> str:
        """Say why all is drawn again."""
        return self.anew.data or ""


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
