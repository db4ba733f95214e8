"""Forms of changes of standing, and the field that each unmet claim stands beside."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from app.web.access import today
from app.web.fields import DayField, KeyedForm, as_number, given, long, short
from app.web.meetings.forms import add_error
from workflows.standing_facts import StandingAnswers

REASON = 1000
FIELD_OF: Mapping[str, str] = {
    "begins_in_time": "on",
    "happened_in_time": "on",
    "ends_in_time": "on",
    "address_given": "address",
    "return_expected": "until",
    "deferred_a_year_at_most": "until",
    "cause_given": "reason",
    "suspended_in_measure": "until",
    "grounds_told": "reason",
    "host_elsewhere": "host_id",
    "resident_long_enough": "registered_since",
    "applied_before": "applied_on",
    "contacted_before": "contacted_on",
    "three_months_missed": "missed",
    "not_excused": "missed",
    "deletion_in_person": "mode",
    "roll_is_whole": "entitled",
    "counts_agree": "in_favour",
    "quorum_met": "present",
    "vote_passed": "in_favour",
}


class StandingForm(KeyedForm):
    """What every change asks: the day from which it holds."""

    on = DayField(_l("Từ ngày"), [given(_l("Ghi ngày."))], default=today)

    def answers(self) -> StandingAnswers:
        """Return what was said."""
        return StandingAnswers(on=self.on.day, **self.more())

    def more(self) -> dict[str, Any]:
        """Return what this kind asks beside the day."""
        return {}

    def refuse(self, code: str, sentence: str) -> str | None:
        """Put a sentence beside the field it is about; return it where it is about none."""
        field = FIELD_OF.get(code, "")
        if field not in self:
            return sentence
        add_error(self[field], sentence)
        return None


class AwayForm(StandingForm):
    """Where to, and until when."""

    on = DayField(_l("Đi từ ngày"), [given(_l("Ghi ngày đi."))], default=today)
    until = DayField(
        _l("Dự kiến trở lại ngày"), [given(_l("Ghi ngày dự kiến trở lại; chưa rõ thì ước chừng."))]
    )
    address = short(_l("Địa chỉ nơi đến"), given(_l("Ghi địa chỉ nơi đến.")), most=300)
    reason = long(_l("Làm việc gì (nếu biết)"), most=REASON)

    def more(self) -> dict[str, Any]:
        """Return where to and until when."""
        return {
            "until": self.until.day,
            "address": self.address.data or "",
            "reason": self.reason.data or "",
        }


class DeferralForm(StandingForm):
    """Until when, and why."""

    on = DayField(_l("Hoãn từ ngày"), [given(_l("Ghi ngày bắt đầu hoãn."))], default=today)
    until = DayField(_l("Đến hết ngày"), [given(_l("Ghi ngày hết hoãn."))])
    reason = long(_l("Lý do"), given(_l("Ghi lý do hoãn sinh hoạt.")), most=REASON)

    def more(self) -> dict[str, Any]:
        """Return until when and why."""
        return {"until": self.until.day, "reason": self.reason.data or ""}


class ReturnForm(StandingForm):
    """The first day back."""

    on = DayField(_l("Trở lại từ ngày"), [given(_l("Ghi ngày trở lại."))], default=today, past=True)


class SuspensionForm(StandingForm):
    """Until when, and why."""

    on = DayField(_l("Đình chỉ từ ngày"), [given(_l("Ghi ngày bắt đầu đình chỉ."))], past=True)
    until = DayField(_l("Đến hết ngày"), [given(_l("Ghi ngày hết đình chỉ."))])
    reason = long(_l("Lý do"), given(_l("Ghi lý do đình chỉ.")), most=REASON)

    def more(self) -> dict[str, Any]:
        """Return until when and why."""
        return {"until": self.until.day, "reason": self.reason.data or ""}


class LongerSuspensionForm(SuspensionForm):
    """The day of the decision; what it adds follows the days that were decided before."""

    on = DayField(_l("Ngày đoàn cơ sở quyết định"), [given(_l("Ghi ngày quyết định."))], past=True)


class LiftForm(ReturnForm):
    """The first day without the suspension."""

    on = DayField(_l("Thôi đình chỉ từ ngày"), [given(_l("Ghi ngày."))], default=today, past=True)
    reason = long(_l("Kết luận (nếu có)"), most=REASON)

    def more(self) -> dict[str, Any]:
        """Return what came of it."""
        return {"reason": self.reason.data or ""}


class GuestForm(StandingForm):
    """The branch at the residence."""

    on = DayField(_l("Sinh hoạt nơi cư trú từ ngày"), [given(_l("Ghi ngày."))], default=today)
    host_id = SelectField(
        _l("Chi đoàn nơi cư trú"), [given(_l("Chọn chi đoàn nơi cư trú."))], coerce=str
    )
    registered_since = DayField(
        _l("Đăng ký thường trú hoặc tạm trú ở đó từ ngày"),
        [given(_l("Ghi ngày đăng ký cư trú."))],
        past=True,
    )
    address = short(_l("Địa chỉ nơi cư trú (nếu cần)"), most=300)

    def offer(self, hosts: Iterable[tuple[int, str]]) -> None:
        """Offer the branches that can be hosts."""
        known = [SelectChoice(str(number), name) for number, name in hosts]
        self.host_id.choices = [SelectChoice("", "…"), *known]

    def more(self) -> dict[str, Any]:
        """Return where, and since when they live there."""
        return {
            "host_id": as_number(self.host_id.data),
            "registered_since": self.registered_since.day,
            "address": self.address.data or "",
        }


class EndGuestForm(ReturnForm):
    """The first day without the residence."""

    on = DayField(_l("Thôi từ ngày"), [given(_l("Ghi ngày."))], default=today, past=True)
