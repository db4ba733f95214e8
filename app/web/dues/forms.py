"""Forms of dues: the sheet with its ticks, what is passed up, an exemption."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from app.queries.dues.sheets import SheetRow, Spot
from app.services.dues.exemptions import Exemption
from app.services.dues.remittances import Passed
from app.services.dues.sheets import Sheet
from app.web.access import today
from app.web.fields import CountField, DayField, KeyedForm, as_number, given, long
from workflows.calendar import months_after
from workflows.dues import RATES, month_of

QUARTERS = (1, 2, 3, 4)
YEARS_AHEAD = 1
MONTHS_BACK, MONTHS_AHEAD = 6, 6
REASON = 1000
_SPOT = re.compile(r"([0-9]{1,9})-([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or a quarter of it."""

    year: int
    quarter: int | None

    def named(self) -> dict[str, Any]:
        """Return what an address says of it."""
        return {"year": self.year, **({"quarter": self.quarter} if self.quarter else {})}


def period_asked() -> Period:
    """Return what the address names; where it names nothing that makes sense, this quarter."""
    now = month_of(today())
    year, quarter = (as_number(request.args.get(name)) for name in ("year", "quarter"))
    if year is None or not RATES[-1].from_on.year <= year <= now.year + YEARS_AHEAD:
        return Period(now.year, (now.month + 2) // 3)
    return Period(year, quarter if quarter in QUARTERS else None)


def spot_named(text: str) -> Spot | None:
    """Read a member and a month, ``12-2026-03``; what cannot be read names none."""
    match = _SPOT.fullmatch(text)
    if not match or not 1 <= int(match[3]) <= 12 or int(match[2]) < 1:  # noqa: PLR2004
        return None
    return int(match[1]), date(int(match[2]), int(match[3]), 1)


class SheetForm(KeyedForm):
    """What was ticked when the sheet was drawn, beside the ticks of now."""

    was_paid = HiddenField()
    was_earning = HiddenField()

    def draw(self, rows: Sequence[SheetRow]) -> None:
        """Remember what the sheet shows as ticked, unless it is shown again with ticks of now."""
        if self.is_submitted() and self.was_paid.data is not None:
            return
        paid = [(row, cell) for row in rows for cell in row.cells if cell.is_paid]
        self.was_paid.data = " ".join(f"{row.person_id}-{cell.month:%Y-%m}" for row, cell in paid)
        self.was_earning.data = " ".join(str(row.person_id) for row in rows if row.has_wage)

    def ticked(self, row: SheetRow, month: date, *, is_paid: bool) -> bool:
        """Whether a month shows as ticked: as it was sent, else as it is kept."""
        if not self.is_submitted():
            return is_paid
        return f"{row.person_id}-{month:%Y-%m}" in request.form.getlist("paid")

    def earns(self, row: SheetRow) -> bool:
        """Whether a member shows as having a wage: as it was sent, else as it is kept."""
        if not self.is_submitted():
            return row.has_wage
        return str(row.person_id) in request.form.getlist("earning")

    def sheet(self, sent: Any) -> Sheet:  # noqa: ANN401
        """Return what was done to the sheet."""
        return Sheet(
            paid=_spots(sent.getlist("paid")),
            was_paid=_spots((self.was_paid.data or "").split()),
            earning=_numbers(sent.getlist("earning")),
            earned=_numbers((self.was_earning.data or "").split()),
        )


def _spots(texts: Sequence[str]) -> frozenset[Spot]:
    return frozenset(spot for text in texts if (spot := spot_named(text)))


def _numbers(texts: Sequence[str]) -> frozenset[int]:
    return frozenset(number for text in texts if (number := as_number(text)))


class MonthField(SelectField):
    """A month chosen from a list; its value is its first day."""

    def offer(self, months: Sequence[date]) -> None:
        """Offer some months, written as people do."""
        self.choices = [SelectChoice(each.isoformat(), f"{each:%m/%Y}") for each in months]

    @property
    def month(self) -> date | None:
        """Return the month chosen."""
        known = {choice.value for choice in self.choices or ()}
        return date.fromisoformat(self.data) if self.data in known else None


class RemittanceForm(KeyedForm):
    """For which month, how much, on which day."""

    month = MonthField(_l("Nộp cho tháng"), [given()])
    amount = CountField(_l("Số tiền (đồng)"), [given(_l("Ghi số tiền đã nộp."))])
    passed_on = DayField(_l("Ngày nộp"), [given(_l("Ghi ngày nộp."))], past=True)

    def offer(self, months: Sequence[date]) -> None:
        """Offer the months of the period shown."""
        self.month.offer(months)

    def passed(self) -> Passed:
        """Return what was passed up."""
        on, month = self.passed_on.day or date.max, self.month.month or date.min
        return Passed(month, self.amount.data or 0, on)


SENTENCES: Mapping[str, Any] = {
    "nothing_passed": _l("Ghi số tiền lớn hơn 0."),
    "still_ahead": _l("Ngày này ở phía trước. Ghi ngày đã qua."),
}
EXEMPTION_FIELDS: Mapping[str, str] = {
    "exempt_for_half_a_year": "months",
    "exempt_once": "from_month",
    "hardship_told": "reason",
    "exemption_decided": "decided_on",
}


class ExemptionForm(KeyedForm):
    """From which month, how many, and why."""

    from_month = MonthField(_l("Miễn từ tháng"), [given()])
    months = CountField(_l("Số tháng được miễn"), [given(_l("Ghi số tháng, từ 1 đến 6."))])
    reason = long(_l("Hoàn cảnh khó khăn"), given(_l("Ghi rõ hoàn cảnh khó khăn.")), most=REASON)
    decided_on = DayField(
        _l("Ngày ban chấp hành đoàn cơ sở quyết định"),
        [given(_l("Ghi ngày quyết định."))],
        past=True,
        default=today,
    )

    def offer(self, around: date) -> None:
        """Offer the months around a day."""
        first = month_of(around)
        span = range(-MONTHS_BACK, MONTHS_AHEAD + 1)
        self.from_month.offer([months_after(first, number) for number in span])
        if not self.from_month.data:
            self.from_month.data = first.isoformat()

    def exemption(self) -> Exemption:
        """Return what was decided."""
        return Exemption(
            self.from_month.month,
            self.months.data or 0,
            self.decided_on.day,
            self.reason.data or "",
        )
