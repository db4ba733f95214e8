"""Fields that read what people type: days, counts and long texts, with answers in their words."""

import re
import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, StopValidation, ValidationError

from app.web.access import today
from app.web.filters import points as as_points
from workflows.contest.marking import read_points

SHORT = 200
LONG = 5000
# How much of a text that is no day or no number an answer repeats.
ECHOED = 40
LONGEST_NUMBER = 9
OLDEST_YEAR = 1900
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d+)")
_PLAIN = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Controls beside tab and line break, halves of characters, and what is no character at all.
_NO_CHARACTERS = "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
_UNHOLDABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_CHARACTERS}]")


def read_day(text: str) -> date:
    """Read a day as people write it, ``26/3/2008``, or as browsers do, ``2008-03-26``.

    A phone's number pad may have no slash: ``26032008`` is read too.

    Raises:
        ValueError: no such day, or a year without four digits.
    """
    if iso := _ISO.fullmatch(text):
        return date.fromisoformat(iso[0])
    written = _DAY.fullmatch(text) or _PLAIN.fullmatch(text)
    if not written or len(written[3]) != 4:  # noqa: PLR2004
        raise ValueError(text)
    return date(int(written[3]), int(written[2]), int(written[1]))


class DayField(StringField):
    """A day typed as dd/mm/yyyy; ``past`` refuses days ahead."""

    def __init__(
        self,
        label: Any = None,  # noqa: ANN401
        validators: Sequence[Any] = (),
        *,
        past: bool = False,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.past = past
        self.day: date | None = None

    def _value(self) -> str:
        if isinstance(self.data, date):
            return self.data.strftime("%d/%m/%Y")
        return self.data or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text as typed and the day it means."""
        self.data = valuelist[0].strip() if valuelist else None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Read the day before other validators look at it."""
        self.day = None
        if not self.data or isinstance(self.data, date):
            self.day = self.data or None
            return
        try:
            self.day = read_day(self.data)
        except ValueError:
            raise StopValidation(_no_such_day(self.data)) from None
        if self.day.year < OLDEST_YEAR:
            raise StopValidation(_too_long_ago())
        if self.past and self.day > today():
            raise StopValidation(_still_ahead())


def _no_such_day(text: str) -> str:
    return str(
        _(
            "Không có ngày “%(text)s”. Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
            text=text[:ECHOED],
        )
    )


def _too_long_ago() -> str:
    return str(
        _(
            "Năm phải từ %(year)s trở đi. Ghi ngày/tháng/năm, ví dụ 26/03/2008.",
            year=OLDEST_YEAR,
        )
    )


def _still_ahead() -> str:
    return str(_("Ngày này ở phía trước. Ghi ngày đã qua, ví dụ %(day)s.", day=_today()))


def _today() -> str:
    return str(today().strftime("%d/%m/%Y"))


class CountField(IntegerField):
    """A whole number from zero up."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a whole number; anything else keeps its text and is refused."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None
        if text and self.data is None:
            raise ValueError(_("“%(text)s” không phải là số nguyên.", text=text[:ECHOED]))

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Refuse what is below zero."""
        if self.data is not None and self.data < 0:
            raise StopValidation(_("Số %(number)s nhỏ hơn 0.", number=self.data))


class PointsField(StringField):
    """An amount in exact decimals, typed as ``8,5`` or ``8.5``; ``points`` is what it means."""

    points: Decimal | None = None

    def _value(self) -> str:
        return as_points(self.data) if isinstance(self.data, Decimal) else self.data or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text as typed."""
        self.data = valuelist[0].strip() if valuelist else None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Read the amount before other validators look at it."""
        self.points = None
        if not self.data or isinstance(self.data, Decimal):
            self.points = self.data or None
            return
        try:
            self.points = read_points(self.data)
        except ValueError:
            said = _("“%(text)s” không phải là số. Ghi như 8,5.", text=self.data[:ECHOED])
            raise StopValidation(str(said)) from None


def short(label: Any, *validators: Any, most: int = SHORT, **kwargs: Any) -> StringField:  # noqa: ANN401
    """Make a field for a line of text."""
    return StringField(label, [*validators, at_most(most)], filters=[stripped], **kwargs)


def long(label: Any, *validators: Any, most: int = LONG, **kwargs: Any) -> TextAreaField:  # noqa: ANN401
    """Make a field for a longer text; the page tells how much it holds."""
    return TextAreaField(label, [*validators, at_most(most)], filters=[stripped], **kwargs)


def stripped(text: str | None) -> str:
    """Take away blanks around a text, and what PostgreSQL or a page cannot hold."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return _UNHOLDABLE.sub("", lines).strip()


def at_most(number: int) -> Length:
    """Refuse a text above a length, with both numbers."""

    class _AtMost(Length):
        def __call__(self, form: Any, field: Field) -> None:  # noqa: ANN401, ARG002
            length = len(field.data or "")
            if length > number:
                raise ValidationError(
                    _("Dài %(length)s ký tự; tối đa %(most)s.", length=length, most=number)
                )

    return _AtMost(max=number)


def given(message: Any = None) -> Any:  # noqa: ANN401
    """Ask for a value; blanks alone are none."""

    def check(_form: Any, field: Field) -> None:  # noqa: ANN401
        if not (field.data.strip() if isinstance(field.data, str) else field.data is not None):
            # Not WTForms' own words for a choice not made; what was no number says so itself.
            field.errors = [*field.process_errors]
            missing = str(message or _("Mục này cần được ghi."))
            raise StopValidation("" if field.errors else missing)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


def as_number(text: str | None) -> int | None:
    """Read a whole number, such as an id, that a form or an address brings along."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


class _Told:
    """What WTForms says of a choice that is not on the list, in our words."""

    def gettext(self, text: str) -> str:
        """Return the sentence; our own fields and validators bring theirs."""
        return str(_("Chọn một mục có trong danh sách.")) if "choice" in text.lower() else text

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return what is said of one, or of several."""
        return self.gettext(singular if number == 1 else plural)


class KeyedForm(FlaskForm):
    """A form that does its work once: its key tells a second sending from a second wish.

    ``seen`` is the version that the person saw; ``draft`` tells that the form was left unfinished.
    """

    class Meta(FlaskForm.Meta):
        """How the form speaks."""

        def get_translations(self, _form: Any) -> _Told:  # noqa: ANN401
            """Return where WTForms finds its sentences."""
            return _Told()

    request_key = HiddenField()
    seen = HiddenField()
    draft = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if not self.request_key.data:
            self.request_key.data = secrets.token_urlsafe(16)

    def shown_for(self, file: Any) -> None:  # noqa: ANN401
        """Fill in what only the file at hand knows, such as the options of a choice."""

    def version(self) -> int:
        """Return the version of the thing that the person saw."""
        number = as_number(self.seen.data)
        return -1 if number is None else number
