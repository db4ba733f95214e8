"""Forms of what a programme asks: its contents, a box each, and the day on which it opens."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from app.services.programme.contents import MOST
from app.web.access import today
from app.web.fields import CountField, DayField, KeyedForm, short
from app.web.filters import choices
from workflows.programme_facts import Content, Field

TEXT, MEASURE, SPARE = 300, 30, 3
PARTS = ("text", "field", "target", "measure", "due_on", "is_required")


class ContentsForm(KeyedForm):
    """The own contents of a draft and some blank lines; ``contents_form`` gives it its fields."""

    rows: Sequence[int] = ()

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """A content is written once, and its number is above zero."""
        super().validate(extra_validators)
        seen: set[str] = set()
        for row in self.rows:
            text, target = self[f"text_{row}"], self[f"target_{row}"]
            if text.data and text.data in seen:
                text.errors = [*text.errors, _("Nội dung này đã có ở trên.")]
            if target.data == 0:
                target.errors = [*target.errors, _("Ghi số lớn hơn 0, hoặc để trống.")]
            seen.add(text.data or "")
        return not self.errors

    def contents(self) -> list[Content]:
        """Return what is written, without the lines left blank."""
        return [self._content(row) for row in self.rows if self[f"text_{row}"].data]

    def _content(self, row: int) -> Content:
        said = {name: self[f"{name}_{row}"] for name in PARTS}
        return Content(
            text=said["text"].data,
            field=Field(said["field"].data),
            is_required=said["is_required"].data,
            target=said["target"].data,
            measure=said["measure"].data or "",
            due_on=said["due_on"].day,
        )


def contents_form(kept: Sequence[Any]) -> ContentsForm:
    """Make the form of a draft from the contents it has, with blank lines after them."""

    class WholeForm(ContentsForm):
        """The draft as it stands."""

    rows = range(min(len(kept) + SPARE, MOST))
    for row in rows:
        for name, field in _content_fields(kept[row] if row < len(kept) else None).items():
            setattr(WholeForm, f"{name}_{row}", field)
    form = WholeForm()
    form.rows = rows
    return form


def _content_fields(kept: Any) -> dict[str, Any]:  # noqa: ANN401
    def of(name: str) -> Any:  # noqa: ANN401
        return getattr(kept, name, None)

    return {
        "text": short(_l("Nội dung"), most=TEXT, default=of("text")),
        "field": SelectField(
            _l("Lĩnh vực"), choices=choices("field"), default=of("field") or Field.POLITICS
        ),
        "target": CountField(_l("Chỉ tiêu (số)"), default=of("target")),
        "measure": short(_l("Đơn vị tính"), most=MEASURE, default=of("measure")),
        "due_on": DayField(_l("Hạn hoàn thành"), default=of("due_on")),
        "is_required": BooleanField(_l("Bắt buộc"), default=of("is_required")),
    }


class OpenForm(KeyedForm):
    """The day from which a programme holds."""

    opened_on = DayField(_l("Mở đăng ký từ ngày"), default=today)
