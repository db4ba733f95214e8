"""Forms of group acts: one day and place for all, and for cards a number a line."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.fields import DayField, KeyedForm, given, long, short, stripped
from workflows.admission_facts import Answers

LONGEST_NUMBER = 30
_RUNNING = re.compile(r"(.*?)([0-9]+)", re.DOTALL)


class ActForm(KeyedForm):
    """What holds for all dossiers of an act."""

    held_on: DayField
    place = short(_l("Địa điểm"))
    note = long(_l("Ghi chú"), most=2000)

    def answers(self, number: str) -> Answers:  # noqa: ARG002
        """Return what is answered for one dossier; cards have a number each."""
        return Answers(reason=self.note.data or "")


class SittingForm(ActForm):
    """A sitting signs on one day."""

    held_on = DayField(_l("Ngày ký"), [given(_l("Ghi ngày ký."))], past=True)

    def answers(self, number: str) -> Answers:
        return replace(super().answers(number), signed_on=self.held_on.day)


class CeremonyForm(ActForm):
    """A ceremony for all of them."""

    held_on = DayField(_l("Ngày làm lễ"), [given(_l("Ghi ngày làm lễ."))], past=True)

    def answers(self, number: str) -> Answers:
        return replace(super().answers(number), ceremony_on=self.held_on.day)


class CardListForm(ActForm):
    """Cards issued on one day, each with its number."""

    held_on = DayField(_l("Ngày cấp"), [given(_l("Ghi ngày cấp."))], past=True)

    def answers(self, number: str) -> Answers:
        issued_on = self.held_on.day
        return replace(super().answers(number), card_number=number, card_issued_on=issued_on)


def consecutive(first: str, many: int) -> list[str]:
    """Count numbers on from the first, keeping what stands before its digits and their zeros.

    Raises:
        ValueError: the first does not end in a digit.
    """
    match = _RUNNING.fullmatch(stripped(first))
    if match is None:
        raise ValueError(first)
    before, digits = match.groups()
    return [f"{before}{int(digits) + step:0{len(digits)}d}" for step in range(many)]


def number_faults(numbers: Sequence[str]) -> list[str]:
    """Say of each number what is wrong with it, or nothing: missing, too long, given twice."""
    return [_fault(number, numbers) for number in numbers]


def _fault(number: str, numbers: Sequence[str]) -> str:
    if not number:
        return str(_("Ghi số thẻ."))
    if len(number) > LONGEST_NUMBER:
        said: Any = _(
            "Dài %(length)s ký tự; tối đa %(most)s.", length=len(number), most=LONGEST_NUMBER
        )
        return str(said)
    if numbers.count(number) > 1:
        return str(_("Số %(number)s ghi cho nhiều người.", number=number))
    return ""
