"""Forms of results: a tie that is settled, a publication, a decision on awards."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from app.queries.results.rankings import Competitor
from app.services.refusals import Invalid
from app.services.results.rulings import Settlement
from app.web.fields import CountField, DayField, KeyedForm, PointsField, given, long, short
from workflows.contest.rules import TieKind

REASON = 1000
SENTENCES = {
    "not_equal_now": _l("Những thí sinh này không còn bằng điểm: xem lại bảng xếp hạng."),
    "other_tie_break_first": _l("Thể lệ định cách phân định khác trước cách này."),
    "value_missing": _l("Ghi cho từng thí sinh."),
    "reason_missing": _l("Ghi lý do."),
    "sheets_missing": _l("Còn thiếu phiếu chấm chính thức: chưa đưa lên bảng được."),
    "nothing_published": _l("Chưa công bố kết quả nào."),
    "decided_already": _l("Lần công bố này đã có quyết định khen thưởng."),
    "used": _l("Biểu mẫu này đã gửi rồi: mở lại trang."),
}


class ResultForm(KeyedForm):
    """A form that says at its field what a use case refused."""

    def refuse(self, error: Invalid) -> None:
        """Show why a value was refused."""
        sentence = str(SENTENCES[error.code])
        if error.field in self:
            self[error.field].errors = [sentence]
        else:
            self.form_errors = [sentence]


class TieForm(ResultForm):
    """Equals and what sets them apart; the fields of the contestants are added for each tie."""

    kind = HiddenField()
    among = HiddenField()
    reason = long(_l("Lý do"), most=REASON)

    def settlement(self) -> Settlement:
        """Return what was typed: points as they are, an order as its reverse."""
        kind = TieKind(self.kind.data)
        among = frozenset(map(int, (self.among.data or "").split("-")))
        values = {number: value for number in among if (value := self._value(number)) is not None}
        reason = self.reason.data if self.reason else ""
        return Settlement(kind, among, values, reason or "")

    def _value(self, number: int) -> Decimal | None:
        field: Any = self._fields.get(f"value_{number}")
        if field is None or field.data in {None, ""}:
            return None
        return field.points if isinstance(field, PointsField) else -Decimal(field.data)


def tie_form(kind: TieKind, equals: Sequence[Competitor], **kwargs: Any) -> TieForm:  # noqa: ANN401
    """Make the form of a tie: points of an extra question, the chair's order, or just a draw."""
    fields: Mapping[str, Any] = {
        f"value_{who.id}": _field(kind, who) for who in equals if kind is not TieKind.DRAW
    }
    made = type("OneTieForm", (TieForm,), dict(fields))
    form: TieForm = made(**kwargs)
    form.kind.data = kind.value
    form.among.data = "-".join(str(who.id) for who in sorted(equals, key=lambda each: each.id))
    if kind is TieKind.DRAW:
        del form.reason
    else:  # a page may hold several ties
        form.reason.id = form.reason.label.field_id = f"reason-{form.among.data}"
    return form


def _field(kind: TieKind, who: Competitor) -> StringField | CountField:
    if kind is TieKind.EXTRA_QUESTION:
        return PointsField(
            _("Điểm câu hỏi phụ của %(name)s", name=who.name), [given(_l("Ghi điểm."))]
        )
    return CountField(
        _("Thứ tự của %(name)s (1 là trên)", name=who.name), [given(_l("Ghi thứ tự."))]
    )


class PublishForm(ResultForm):
    """Publishing; a reason from the second time on."""

    reason = long(_l("Lý do đính chính"), most=REASON)


class DecisionForm(ResultForm):
    """The district's decision on the awards."""

    decision_ref = short(_l("Số quyết định"), given(_l("Ghi số quyết định.")), most=60)
    decided_on = DayField(_l("Ngày quyết định"), [given(_l("Ghi ngày quyết định."))], past=True)
