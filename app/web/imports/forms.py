"""Forms of an import: the file for a unit, and how a list is read."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.queries.imports import unit_choices
from app.services.imports.columns import Field, names_people
from app.services.imports.old_encodings import FONTS, Encoding
from app.services.imports.receiving import ByHand
from app.web.access import today
from app.web.fields import CountField, KeyedForm, given
from app.web.imports.wording import ENCODINGS, FIELDS, column_letter

COLUMN = "column_"


class UploadForm(KeyedForm):
    """A file with a list, and the unit whose people it names."""

    unit_id = SelectField(_l("Danh sách của"), coerce=int)
    file = FileField(
        _l("Tệp danh sách"), [FileRequired(_l("Chọn một tệp Excel (.xlsx) hoặc CSV."))]
    )

    def offer(self, posts: Sequence[Any]) -> None:
        """Offer the unions and branches that the person may fill."""
        self.unit_id.choices = [SelectChoice(*each) for each in unit_choices(posts, today())]


class ReadingForm(KeyedForm):
    """How a list is read; each column has a field ``column_<place>`` of its own."""

    header_row = CountField(_l("Dòng tiêu đề"), [given()])
    encoding = SelectField(_l("Bảng mã"))
    read_with = 0

    def stays(self) -> bool:
        """Whether the header is the one whose columns the form names."""
        return self.header_row.data == self.read_with

    def columns(self) -> list[Any]:
        """List the fields of the columns, in their order."""
        return [field for field in self if field.name.startswith(COLUMN)]

    def said(self) -> ByHand:
        """Return how the list is to be read; of another header the columns are found by name."""
        header_row, encoding = self.header_row.data or 0, Encoding(self.encoding.data)
        return ByHand(header_row, encoding, self._at() if self.stays() else None)

    def _at(self) -> dict[Field, int]:
        return {
            Field(field.data): int(field.name.removeprefix(COLUMN))
            for field in self.columns()
            if field.data
        }

    def validate(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401
        """Make sure that each field stands in one column, and that they tell who is meant."""
        if not super().validate(*args, **kwargs):
            return False
        chosen: set[str] = set()
        for field in self.columns():
            if field.data and field.data in chosen:
                field.errors = [_("Mục này đã được chọn cho một cột khác.")]
            chosen.add(field.data)
        if self.stays() and not names_people(dict.fromkeys(map(Field, chosen - {""}), 0)):
            self.form_errors.append(_("Chọn cột họ tên và cột ngày sinh."))
        return not self.errors


def reading_form(row: Any) -> ReadingForm:  # noqa: ANN401
    """Make the form for a list: its columns with what they are taken for."""
    named = {place: name for name, place in row.columns["at"].items()}
    options = [SelectChoice("", _("Không nhập"))]
    options += [SelectChoice(name, _(text)) for name, text in FIELDS.items()]
    fields = {
        f"{COLUMN}{place}": SelectField(_column(place, name), choices=options)
        for place, name in enumerate(row.header)
    }
    made: Any = type("ReadingFormOfList", (ReadingForm,), fields)
    kept = {f"{COLUMN}{place}": named.get(place, "") for place in range(len(row.header))}
    form: ReadingForm = made(
        data={"header_row": row.columns["header_row"], "encoding": row.encoding, **kept}
    )
    form.read_with, certain = row.columns["header_row"], row.columns["certain"]
    form.encoding.choices = [SelectChoice(each, _(ENCODINGS[each])) for each in (certain, *FONTS)]
    return form


def _column(place: int, name: str) -> str:
    letter = column_letter(place)
    return f"{letter}: {name}" if name else letter
