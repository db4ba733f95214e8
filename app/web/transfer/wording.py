"""What a transfer says of itself, part by part, in the words that people read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.queries.people.standings import status_of
from app.queries.transfers import TransferFile
from app.web.access import today
from app.web.filters import born, day, word
from app.web.transfer.forms import CommentForm, MoveForm
from workflows.membership import PersonStatus
from workflows.transfer_facts import Kind, Part

FORMS = {Part.MOVE: MoveForm, Part.COMMENT: CommentForm}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a part with its label."""

    label: str
    text: str


def label_of(part: str, name: str) -> str:
    """Return the label that a field has in the form of its part."""
    field = getattr(FORMS.get(Part(part)), name, None)
    return str(field.args[0]) if field else name


def values_of(file: TransferFile, part: Part) -> list[Value]:
    """List what is known of a part; what is empty is left out."""
    return [Value(label, text) for label, text in WORDS[part](file) if text]


Pairs = Sequence[tuple[str, Any]]


def _member(file: TransferFile) -> Pairs:
    person = file.person
    status = status_of(person, today())
    is_elsewhere = file.transfer.kind is Kind.IN and status is PersonStatus.TRANSFERRED
    return (
        (_("Họ và tên"), person.name),
        (_("Ngày sinh"), born(person)),
        (_("Ngày vào Đoàn"), day(person.joined_on)),
        (_("Số thẻ đoàn viên"), person.card_number),
        (_("Tình trạng"), "" if is_elsewhere else word(status, "status")),
    )


def _move(file: TransferFile) -> Pairs:
    transfer = file.transfer
    comes = transfer.kind is Kind.IN
    outside = transfer.outside_unit
    here = file.destination.name if file.destination else ""
    return (
        (_("Loại"), word(transfer.kind, "transfer_kind")),
        (_("Nơi đi"), outside if comes else file.branch.name),
        (_("Nơi đến"), file.branch.name if comes else here or outside),
        (_("Thời gian"), _("tạm thời") if transfer.temporary else ""),
        (label_of(Part.MOVE, "moved_on"), day(transfer.moved_on)),
        (label_of(Part.MOVE, "from_on"), day(transfer.from_on)),
        (label_of(Part.MOVE, "until_on"), day(transfer.until_on)),
        (label_of(Part.MOVE, "reason"), transfer.reason),
    )


def _comment(file: TransferFile) -> Pairs:
    paid = file.transfer.dues_paid_until
    return (
        (label_of(Part.COMMENT, "comment"), file.transfer.comment),
        (_("Đã đóng đoàn phí hết tháng"), paid.strftime("%m/%Y") if paid else ""),
    )


def _reception(file: TransferFile) -> Pairs:
    return (
        (_("Đoàn cơ sở nơi đến"), file.to_commune.name if file.to_commune else ""),
        (_("Chi đoàn nơi đến"), file.to_branch.name if file.to_branch else ""),
        (_("Ngày tiếp nhận"), day(file.transfer.received_on)),
    )


WORDS: dict[Part, Callable[[TransferFile], Pairs]] = {
    Part.MEMBER: _member,
    Part.MOVE: _move,
    Part.COMMENT: _comment,
    Part.RECEPTION: _reception,
}
