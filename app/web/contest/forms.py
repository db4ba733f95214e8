"""Forms of a season: opening it, its days, an extension, the days of one round, a step's reason."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app.services.contest.season_days import Extension, RoundDays, SeasonDays
from app.services.refusals import Invalid
from app.web.contest.moments import MomentField, shown
from app.web.fields import CountField, DayField, KeyedForm, given, long, short
from app.web.filters import day
from workflows.contest.rules import Round
from workflows.contest.timeline import BEGINS, ENDS, Stretch


class SeasonForm(KeyedForm):
    """A form of a season that takes the service's answers beside its fields."""

    def refuse(self, error: Invalid) -> None:
        """Put the answer of the service beside the field that it is about."""
        self[error.field].errors = [sentence(error)]


class OpenForm(SeasonForm):
    """A new season: its year, its day of publication, and the rules it begins with."""

    year = CountField(_l("Năm"), [given(_l("Ghi năm của hội thi."))])
    title = short(_l("Tên hội thi"), given(_l("Ghi tên hội thi.")))
    publish_on = DayField(_l("Ngày công bố"), [given(_l("Ghi ngày công bố kết quả."))])
    start = RadioField(_l("Bắt đầu từ thể lệ"), validate_choice=False)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these rule sets to begin with; the first is chosen."""
        self.start.choices = [SelectChoice(*each) for each in choices]
        self.start.data = self.start.data or self.start.choices[0].value


def days_form(rounds: Iterable[Round], held: Any) -> Any:  # noqa: ANN401
    """Make the form of all days of a season, with two fields for each round of its rules."""
    fields: dict[str, Any] = {}
    for each in rounds:
        fields[f"begins_{each.code}"] = _begins(_("%(round)s: bắt đầu", round=each.title))
        fields[f"ends_{each.code}"] = _ends(_("%(round)s: hạn chấm", round=each.title))
    return type("DaysForm", (_DaysForm,), fields)(data=held)


def _begins(label: Any) -> MomentField:  # noqa: ANN401
    return MomentField(label, [given(_l("Ghi ngày giờ bắt đầu."))], usual=BEGINS)


def _ends(label: Any) -> MomentField:  # noqa: ANN401
    return MomentField(label, [given(_l("Ghi ngày giờ kết thúc."))], usual=ENDS)


class _DaysForm(SeasonForm):
    title = short(_l("Tên hội thi"), given(_l("Ghi tên hội thi.")))
    publish_on = DayField(_l("Ngày công bố"), [given(_l("Ghi ngày công bố kết quả."))])
    call_from = _begins(_l("Mở đăng ký"))
    call_until = _ends(_l("Hạn đăng ký"))

    def days(self, rounds: Iterable[Round]) -> SeasonDays:
        """Return what was typed."""
        pairs = {each.code: (f"begins_{each.code}", f"ends_{each.code}") for each in rounds}
        return SeasonDays(
            self.title.data,
            self.publish_on.day or date.max,
            self._stretch("call_from", "call_until"),
            {code: self._stretch(*names) for code, names in pairs.items()},
        )

    def _stretch(self, begins: str, ends: str) -> Stretch:
        return Stretch(self[begins].moment, self[ends].moment)


def held_days(season: Any, planned: Mapping[str, Stretch]) -> dict[str, Any]:  # noqa: ANN401
    """Return the days that stand, as the form shows them."""
    held = {name: getattr(season, name) for name in ("title", "publish_on")}
    held |= {name: getattr(season, name) for name in ("call_from", "call_until")}
    for code, each in planned.items():
        held |= {f"begins_{code}": each.begins, f"ends_{code}": each.ends}
    return held


class ExtensionForm(SeasonForm):
    """More time to enter, for the district or a unit of it."""

    unit_id = SelectField(_l("Gia hạn cho"), coerce=int)
    until = _ends(_l("Đến"))
    reason = long(_l("Lý do"), given(_l("Ghi lý do gia hạn.")), most=500)

    def offer(self, units: Iterable[Any]) -> None:
        """Offer the district and the units below it."""
        self.unit_id.choices = [SelectChoice(each.id, each.name) for each in units]

    def wanted(self) -> Extension:
        """Return what was typed."""
        until: Any = self.until.moment
        return Extension(self.unit_id.data, until, self.reason.data)


class RoundDaysForm(SeasonForm):
    """When and where one unit holds its round."""

    begins = _begins(_l("Bắt đầu"))
    ends = _ends(_l("Kết thúc, hạn chấm"))
    place = short(_l("Nơi thi"))
    reason = long(_l("Lý do gia hạn"), most=500)

    def days(self) -> RoundDays:
        """Return what was typed."""
        begins: Any = self.begins.moment
        ends: Any = self.ends.moment
        return RoundDays(begins, ends, self.place.data or "", self.reason.data or "")


class StepForm(KeyedForm):
    """A step that must say why."""

    reason = long(_l("Lý do"), given(_l("Ghi lý do.")), most=500)


def sentence(error: Invalid) -> str:
    """Say what the service found wrong, and what to do."""
    said = {
        "year_range": _("Ghi năm từ %(first)s đến %(last)s."),
        "taken": _("Năm này đã có mùa hội thi."),
        "other_year": _("Ngày công bố phải trong năm %(year)s."),
        "ends_before_it_begins": _("Lúc kết thúc phải sau lúc bắt đầu."),
        "after_publication": _("Phải trước hoặc vào ngày công bố %(publish)s."),
        "call_is_open": _("Đăng ký đã mở: muốn thêm thời gian thì gia hạn, có lý do."),
        "no_longer": _("Phải sau %(ends)s thì mới là gia hạn."),
        "reason_missing": _("Ghi lý do gia hạn."),
    }[error.code]
    return str(said % {name: _written(value) for name, value in error.values.items()})


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return shown(value)
    return day(value) if isinstance(value, date) else value
