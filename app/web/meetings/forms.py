"""The forms of a meeting: its day, its minutes with roll and votes, the correction of a vote."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from app.services.meetings.recording import Minutes
from app.web.fields import CountField, DayField, KeyedForm, given, long, short
from app.web.filters import day as written
from workflows.labels import DISAGREEMENTS
from workflows.voting import Ballots, Disagreement, Roll, disagreements

COUNTS = {
    "in_favour": _l("Tán thành"),
    "against": _l("Không tán thành"),
    "blank": _l("Phiếu trắng"),
    "spoiled": _l("Phiếu hỏng"),
}
REASON = 2000


def sentence(fault: Disagreement) -> str:
    """Name the two numbers that disagree."""
    return str(_(DISAGREEMENTS[fault.code])).format(left=fault.left, right=fault.right)


def add_error(field: Field, text: str) -> None:
    """Say what is wrong beside a field, once."""
    if text not in field.errors:
        field.errors = [*field.errors, text]


class DayForm(Form):
    """The day of the meeting, which the roll hangs on; sent by GET."""

    on = DayField(_l("Ngày họp"), [given(_l("Ghi ngày họp."))], past=True)


def mode() -> RadioField:
    """Ask whether people met in person."""
    return RadioField(
        _l("Hình thức họp"),
        choices=[
            SelectChoice("in_person", _l("Họp trực tiếp")),
            SelectChoice("online", _l("Họp trực tuyến")),
        ],
        default="in_person",
    )


class MinutesForm(KeyedForm):
    """What the minutes of any meeting say, and who was there."""

    held_on = DayField(_l("Ngày họp"), [given(_l("Ghi ngày họp."))], past=True)
    mode = mode()
    place = short(_l("Địa điểm"), given(_l("Ghi nơi họp.")))
    chair = short(_l("Chủ trì"), given(_l("Ghi người chủ trì.")))
    minute_taker = short(_l("Thư ký"), given(_l("Ghi người viết biên bản.")))
    guests = short(_l("Khách mời (nếu có)"), most=1000)
    notes = long(_l("Nội dung, ý kiến (nếu có)"))
    present = SelectMultipleField(_l("Có mặt"), choices=[], validate_choice=False)

    roll_on = date.min

    def day(self) -> date | None:
        """Return the day that is typed, once it is one on which a meeting can have been held."""
        is_fine = self.held_on.validate(self)
        self.held_on.errors = []
        return self.held_on.day if is_fine else None

    def minutes(self) -> Minutes:
        """Return what the minutes say beside the roll and the votes."""
        return Minutes(
            held_on=self.held_on.day or date.max,
            place=self.place.data or "",
            chair=self.chair.data or "",
            minute_taker=self.minute_taker.data or "",
            online=self.mode.data == "online",
            guests=self.guests.data or "",
            notes=self.notes.data or "",
        )


class MeetingForm(MinutesForm):
    """A meeting that votes; the votes on each candidate are added by ``meeting_form``."""

    body = RadioField(
        _l("Thành phần họp"),
        choices=[
            SelectChoice("branch", _l("Hội nghị chi đoàn")),
            SelectChoice("committee", _l("Ban chấp hành chi đoàn xét thay hội nghị")),
        ],
        default="branch",
    )
    ballot = RadioField(
        _l("Cách biểu quyết"),
        choices=[
            SelectChoice("open", _l("Biểu quyết công khai")),
            SelectChoice("secret", _l("Bỏ phiếu kín")),
        ],
        default="open",
    )
    entitled = SelectMultipleField(_l("Được dự"), choices=[], validate_choice=False)
    listed = HiddenField()

    files: Sequence[Any] = ()
    people: Sequence[Any] = ()
    has_moved = False

    def seat(self, people: Sequence[Any], *, all_entitled: bool) -> None:
        """List the people of the roll; who was not listed before is ticked where all vote.

        Who works away is ticked by the secretary when present, unless the place counts them.
        Ticks of people whom this day's roll does not know are kept: the day may be a mistake.
        """
        numbers = [str(person.id) for person in people]
        known = (self.listed.data or "").split()
        fresh = [str(person.id) for person in people if all_entitled and person.counts]
        fresh = [number for number in fresh if number not in known]
        self.entitled.data = [*(self.entitled.data or ()), *fresh]
        self.present.data = list(self.present.data or ())
        self.has_moved = bool(known) and set(known) != set(numbers)
        self.people, self.listed.data = people, " ".join(numbers)

    def unlisted(self, field: Field) -> list[str]:
        """List the ticks of people whom the roll does not know."""
        listed = set(self.listed.data.split())
        return [number for number in field.data if number.isdecimal() and number not in listed]

    def everyone_came(self) -> None:
        """Tick everybody entitled as present."""
        self.present.data = [*self.present.data, *self.entitled.data]

    def roll(self) -> dict[int, bool]:
        """Return who was entitled to vote, and whether each was present."""
        present, entitled = set(self.present.data), set(self.entitled.data)
        listed = [(each.id, str(each.id)) for each in self.people]
        return {number: text in present for number, text in listed if text in entitled}

    def minutes(self) -> Minutes:
        """Return what the minutes say beside the roll and the votes."""
        return replace(
            super().minutes(),
            by_committee="body" in self and self.body.data == "committee",
            secret=self.ballot.data == "secret",
        )

    def votes(self) -> dict[str, Ballots]:
        """Return the votes on the candidates that were put to the vote this time."""
        return {ref: self.ballots(ref) for ref in self.refs() if self[f"chosen_{ref}"].data}

    def ballots(self, ref: str) -> Ballots:
        """Return the totals of the vote on a candidate; a count left empty is none."""
        return Ballots(**{name: self[f"{name}_{ref}"].data or 0 for name in COUNTS})

    def seen_versions(self) -> dict[str, int]:
        """Return the version of each dossier that the person saw."""
        fields = {ref: self[f"seen_{ref}"].data or "" for ref in self.refs()}
        return {ref: int(text) if text.isdecimal() else -1 for ref, text in fields.items()}

    def refs(self) -> list[str]:
        """List the references of the candidates on the page."""
        return [file.dossier.ref for file in self.files]

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Look at roll and counts too, all at once."""
        super().validate(extra_validators)
        self._check_roll()
        for ref in self.refs():
            self._check_counts(ref)
        if not any(self[f"chosen_{ref}"].data for ref in self.refs()):
            self.form_errors = [_("Chọn ít nhất một người được đưa ra biểu quyết.")]
        return not self.errors

    def _check_roll(self) -> None:
        if self.has_moved and self.held_on.day:
            at = written(self.roll_on)
            moved = _("Danh sách người dự đã lập lại theo ngày %(day)s: xem rồi ghi lại.", day=at)
            add_error(self.entitled, moved)
        present = set(self.present.data) - set(self.entitled.data)
        if names := [each.name for each in self.people if str(each.id) in present]:
            strangers = _("Có mặt nhưng không được dự: %(names)s.", names=", ".join(names))
            add_error(self.present, strangers)
        if not any(self.roll().values()):
            add_error(self.present, sentence(Disagreement("nobody_present", 0, 1)))

    def _check_counts(self, ref: str) -> None:
        first = self[f"in_favour_{ref}"]
        if not self[f"chosen_{ref}"].data:
            if first.data is not None:
                add_error(self[f"chosen_{ref}"], _("Đã ghi số phiếu nhưng chưa chọn người này."))
            return
        if first.data is None and not first.errors:
            add_error(first, _("Ghi số phiếu tán thành."))
        roll = self.roll()
        present = sum(roll.values())
        if present and not any(self[f"{name}_{ref}"].errors for name in COUNTS):
            for fault in disagreements(Roll(len(roll), present), self.ballots(ref)):
                add_error(first, sentence(fault))


def meeting_form(files: Sequence[Any], **kwargs: Any) -> MeetingForm:  # noqa: ANN401
    """Make the form of a meeting with the fields of each candidate."""

    class VotingForm(MeetingForm):
        """The meeting with the votes on these candidates."""

    for file in files:
        ref, name = file.dossier.ref, file.dossier.person_name
        chosen = BooleanField(f"{name}: {_('đưa ra biểu quyết lần này')}")
        setattr(VotingForm, f"chosen_{ref}", chosen)
        setattr(VotingForm, f"seen_{ref}", HiddenField(default=str(file.dossier.version)))
        for count, label in COUNTS.items():
            usual = None if count == "in_favour" else 0
            setattr(VotingForm, f"{count}_{ref}", CountField(f"{name}: {label}", default=usual))
    form = VotingForm(**kwargs)
    form.files = files
    return form


class CorrectionForm(KeyedForm):
    """The right numbers of a vote, and why those recorded were wrong."""

    in_favour = CountField(COUNTS["in_favour"], [given(_l("Ghi số phiếu tán thành."))])
    against = CountField(COUNTS["against"])
    blank = CountField(COUNTS["blank"])
    spoiled = CountField(COUNTS["spoiled"])
    reason = long(_l("Lý do đính chính"), given(_l("Ghi rõ lý do.")), most=REASON)

    def ballots(self) -> Ballots:
        """Return the totals; a count left empty is none."""
        return Ballots(**{name: self[name].data or 0 for name in COUNTS})

    def agrees_with(self, roll: Roll) -> bool:
        """Whether the counts add up to those present; where not, say which numbers disagree."""
        faults = disagreements(roll, self.ballots())
        for fault in faults:
            add_error(self.in_favour, sentence(fault))
        return not faults
