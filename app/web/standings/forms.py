"""Forms of changes of standing, a form a kind, and the field each unmet claim stands beside."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app.web.access import today
from app.web.fields import CountField, DayField, KeyedForm, as_number, given, long, short
from app.web.filters import choices
from app.web.meetings.forms import COUNTS, add_error
from workflows.standing_facts import Kind, Missed, StandingAnswers
from workflows.voting import Ballots, Roll

REASON = 1000
FIELD_OF: Mapping[str, str] = {
    "begins_in_time": "on",
    "happened_in_time": "on",
    "ends_in_time": "on",
    "address_given": "address",
    "return_expected": "until",
    "deferred_a_year_at_most": "until",
    "cause_given": "reason",
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


class StayForm(StandingForm):
    """The day on which the branch decided."""

    on = DayField(_l("Ngày chi đoàn quyết định"), [given(_l("Ghi ngày."))], past=True)
    reason = long(_l("Nguyện vọng của đoàn viên, ý kiến chi đoàn (nếu có)"), most=REASON)

    def more(self) -> dict[str, Any]:
        """Return what was said in the meeting."""
        return {"reason": self.reason.data or ""}


class MaturityForm(StandingForm):
    """The day and place of the ceremony."""

    on = DayField(_l("Ngày làm lễ trưởng thành"), [given(_l("Ghi ngày làm lễ."))], past=True)
    address = short(_l("Nơi làm lễ (nếu có)"))

    def more(self) -> dict[str, Any]:
        """Return the place."""
        return {"address": self.address.data or ""}


class DeletionForm(StandingForm):
    """The grounds, the talk with the member, and the vote of the branch."""

    missed = RadioField(
        _l("Căn cứ"),
        choices=choices("missed"),
        default=Missed.DUES.value,
    )
    missed_months = CountField(_l("Số tháng không sinh hoạt trong một năm"), default=0)
    contacted_on = DayField(
        _l("Ngày gặp, liên lạc với đoàn viên"), [given(_l("Ghi ngày."))], past=True
    )
    reason = long(_l("Kết quả liên lạc, ý kiến chi đoàn"), most=REASON)
    on = DayField(_l("Ngày họp chi đoàn"), [given(_l("Ghi ngày họp."))], past=True)
    mode = RadioField(
        _l("Hình thức họp"),
        choices=[
            SelectChoice("in_person", _l("Họp trực tiếp")),
            SelectChoice("online", _l("Họp trực tuyến")),
        ],
        default="in_person",
    )
    entitled = CountField(_l("Số người được dự"), [given(_l("Ghi số người được dự."))])
    present = CountField(_l("Số người có mặt"), [given(_l("Ghi số người có mặt."))])
    in_favour = CountField(_l("Tán thành xóa tên"), [given(_l("Ghi số phiếu tán thành."))])
    against = CountField(COUNTS["against"], default=0)
    blank = CountField(COUNTS["blank"], default=0)
    spoiled = CountField(COUNTS["spoiled"], default=0)

    def more(self) -> dict[str, Any]:
        """Return grounds, talk and vote; a count left empty is none."""
        return {
            "missed": Missed(self.missed.data),
            "missed_months": self.missed_months.data or 0,
            "contacted_on": self.contacted_on.day,
            "reason": self.reason.data or "",
            "online": self.mode.data == "online",
            "roll": Roll(self.entitled.data or 0, self.present.data or 0),
            "ballots": Ballots(**{name: self[name].data or 0 for name in COUNTS}),
        }


class ResignationForm(StandingForm):
    """The member's paper and the commune's decision."""

    applied_on = DayField(
        _l("Ngày đoàn viên viết đơn"), [given(_l("Ghi ngày viết đơn."))], past=True
    )
    on = DayField(_l("Ngày đoàn cơ sở quyết định"), [given(_l("Ghi ngày quyết định."))], past=True)
    reason = long(_l("Lý do trong đơn, ý kiến chi đoàn (nếu có)"), most=REASON)

    def more(self) -> dict[str, Any]:
        """Return when the paper was written and what it says."""
        return {"applied_on": self.applied_on.day, "reason": self.reason.data or ""}


class DeathForm(StandingForm):
    """The day of the death."""

    on = DayField(_l("Ngày mất"), [given(_l("Ghi ngày mất."))], past=True)


FORMS: Mapping[Kind, type[StandingForm]] = {
    Kind.WORK_AWAY: AwayForm,
    Kind.DEFER: DeferralForm,
    Kind.RETURN: ReturnForm,
    Kind.BE_GUEST: GuestForm,
    Kind.END_GUEST: EndGuestForm,
    Kind.STAY_ON: StayForm,
    Kind.MATURE: MaturityForm,
    Kind.DELETE: DeletionForm,
    Kind.RESIGN: ResignationForm,
    Kind.DIE: DeathForm,
}
