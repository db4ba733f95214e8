"""Forms of who stays on beyond thirty, and of the ways in which membership ends."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from app.web.fields import CountField, DayField, given, long, short
from app.web.filters import choices
from app.web.meetings.forms import COUNTS, mode
from app.web.standings.forms import REASON, StandingForm
from workflows.standing_facts import Missed
from workflows.voting import Ballots, Roll


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
    mode = mode()
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
