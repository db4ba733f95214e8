"""A field for a day with its hour, typed in one line: a deadline means its minute."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import StopValidation

from app.web.fields import ECHOED, read_day
from workflows.calendar import TIME_ZONE

_HOUR = re.compile(
    r"(?<![0-9/.\-])([01]?[0-9]|2[0-3])\s*(?:giờ|[:hg])\s*([0-5][0-9])?",
    re.IGNORECASE,
)
_FILLER = re.compile(r"\b(?:ngày|lúc|ph|phút)\b|,", re.IGNORECASE)


def read_moment(text: str, usual: time) -> datetime:
    """Read a moment as people write it, ``17:00 26/3/2026`` or ``26/3/2026 17h``.

    A browser's ``2026-03-26T17:00`` is read too; a day alone means its ``usual`` hour.

    Raises:
        ValueError: no such day or hour.
    """
    said = _FILLER.sub(" ", text.replace("T", " "))
    found = _HOUR.search(said)
    hour = time(int(found[1]), int(found[2] or 0)) if found else usual
    day = said[: found.start()] + said[found.end() :] if found else said
    return datetime.combine(read_day(day.strip()), hour, TIME_ZONE)


def shown(value: datetime) -> str:
    """Write a moment as the field takes it."""
    return value.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y")


class MomentField(StringField):
    """A day and its hour; ``usual`` is the hour of a day that is typed alone."""

    def __init__(
        self,
        label: Any = None,  # noqa: ANN401
        validators: Sequence[Any] = (),
        *,
        usual: time = time(17),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(label, validators, **kwargs)
        self.usual = usual
        self.moment: datetime | None = None

    def _value(self) -> str:
        return shown(self.data) if isinstance(self.data, datetime) else self.data or ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the text as typed."""
        self.data = valuelist[0].strip() if valuelist else None

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401, ARG002
        """Read the moment before other validators look at it."""
        self.moment = None
        if not self.data or isinstance(self.data, datetime):
            self.moment = self.data or None
            return
        try:
            self.moment = read_moment(self.data, self.usual)
        except ValueError:
            said = _(
                "“%(text)s” không phải ngày giờ. Ghi như 17:00 26/03/2026.",
                text=self.data[:ECHOED],
            )
            raise StopValidation(str(said)) from None
