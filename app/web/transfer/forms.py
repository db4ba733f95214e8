"""The parts of a transfer as forms: where to and when, comment and dues, who comes from outside."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from app.actors import HeldPost
from app.queries.transfers import Place, TransferFile, places_from
from app.queries.units.tree import unit_by_id
from app.services.transfer.openings import Arrival
from app.web.access import today
from app.web.dossiers.section_forms import SectionForm
from app.web.fields import DayField, as_number, given, long, short, stripped
from app.web.filters import word
from app.web.newcomers import NewcomerForm, posts_here
from workflows.transfer_facts import Kind, Part

OUT = "out"
REASON = 1000
FOR_A_TIME = _l("Chỉ ghi khi tạm thời.")
OUTSIDE_MISSING = _l("Ghi tên đơn vị ngoài huyện.")


class ToForm(SectionForm):
    """Where a member of ours moves: a unit of the district, or the name of one outside."""

    destination_id = SelectField(_l("Chuyển đến"), [given(_l("Chọn nơi đến."))])
    outside_unit = short(
        _l("Tên đơn vị ngoài huyện"), description=_l("Chỉ ghi khi chuyển ra ngoài huyện.")
    )

    def offer(self, places: Iterable[Place]) -> None:
        """Offer where one can go from here."""
        known = [
            SelectChoice(str(each.id), each.name, optgroup=word(each.kind, "transfer_kind"))
            for each in places
        ]
        outside = word(Kind.OUT, "transfer_kind")
        out = SelectChoice(OUT, _("Đơn vị ngoài huyện, ghi tên ở dưới"), optgroup=outside)
        self.destination_id.choices = [SelectChoice("", "…"), *known, out]


class FromForm(SectionForm):
    """Where somebody comes from."""

    outside_unit = short(_l("Đơn vị nơi đi, ngoài huyện"), given(OUTSIDE_MISSING))


class DaysForm(SectionForm):
    """When and why somebody moves; a stay for a time has both its days."""

    temporary = BooleanField(_l("Chỉ sinh hoạt tạm thời, không quá 3 tháng"))
    moved_on = DayField(
        _l("Chuyển nơi ở, học hoặc làm việc từ ngày"),
        description=_l("Hồ sơ chuyển trong vòng một tháng từ ngày này. Tạm thời thì để trống."),
    )
    from_on = DayField(_l("Tạm thời từ ngày"), description=FOR_A_TIME)
    until_on = DayField(_l("Tạm thời đến hết ngày"), description=FOR_A_TIME)
    reason = long(_l("Lý do chuyển"), most=REASON)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for the days that the kind of stay needs, in their order."""
        fine = bool(super().validate(extra_validators))
        wrong = self._wrong_days()
        for name, sentence in wrong.items():
            self[name].errors = [*self[name].errors, sentence]
        return fine and not wrong

    def _wrong_days(self) -> dict[str, str]:
        if not self.temporary.data:
            return {} if self.moved_on.data else {"moved_on": _("Ghi ngày chuyển.")}
        wrong = {}
        if not self.from_on.data:
            wrong["from_on"] = _("Ghi ngày bắt đầu.")
        if not self.until_on.data:
            wrong["until_on"] = _("Ghi ngày kết thúc.")
        elif self.from_on.day and self.until_on.day and self.until_on.day < self.from_on.day:
            wrong["until_on"] = _("Ngày kết thúc không được trước ngày bắt đầu.")
        return wrong

    def days(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {
            "temporary": bool(self.temporary.data),
            "moved_on": self.moved_on.day,
            "from_on": self.from_on.day,
            "until_on": self.until_on.day,
            "reason": self.reason.data or "",
        }


class MoveForm(ToForm, DaysForm):
    """Where a member of ours moves, when and why."""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Ask for the name of a unit outside."""
        fine = super().validate(extra_validators)
        if self.destination_id.data == OUT and not stripped(self.outside_unit.data):
            self.outside_unit.errors = [*self.outside_unit.errors, str(OUTSIDE_MISSING)]
            return False
        return fine

    def shown_for(self, file: TransferFile) -> None:
        """Offer where one can go from the branch of the file."""
        commune = unit_by_id(file.dossier.commune_id)
        self.offer(places_from(file.branch, commune, today()) if commune else [])

    def values(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        place = as_number(self.destination_id.data)
        return {
            "destination_id": place,
            "outside_unit": self.outside_unit.data or "",
            **self.days(),
        }


class ComingForm(FromForm, DaysForm):
    """Where somebody comes from, when and why."""

    def values(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        return {"outside_unit": self.outside_unit.data or "", **self.days()}


class ArrivalForm(NewcomerForm, ComingForm):
    """A member from outside the district, as the member book and the introduction say."""

    joined_on = DayField(_l("Ngày vào Đoàn"), [given(_l("Ghi ngày vào Đoàn."))], past=True)

    def places(self) -> list[HeldPost]:
        """Only a grass-roots union receives from outside."""
        return [each for each in posts_here() if each.is_grassroots]

    def arrival(self) -> Arrival:
        """Return who comes."""
        return Arrival(**self.described(), joined_on=self.joined_on.day)


class CommentForm(SectionForm):
    """What the branch committee writes in the member book, and until when dues are paid."""

    comment = long(_l("Nhận xét của ban chấp hành chi đoàn"))
    dues_paid_until = DayField(
        _l("Đã đóng đoàn phí đến hết tháng nào"),
        description=_l("Ghi một ngày trong tháng đó, ví dụ ngày cuối tháng."),
    )


def form_of(part: Part, kind: Kind) -> type[SectionForm]:
    """Return the form of a part that has one: the others are written by steps alone."""
    if part is Part.MOVE:
        return ComingForm if kind is Kind.IN else MoveForm
    return CommentForm
