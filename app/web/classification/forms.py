"""Forms of the classification: a line per member, the meeting with its votes, reasons, a rating."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.queries.classification.members import Member, Typed
from app.web.classification.wording import grade_word
from app.web.fields import CountField, KeyedForm, at_most, given, long, stripped
from app.web.filters import choices
from workflows.classification import Grade
from workflows.classification.scales import scale_of
from workflows.classification.scope import Circumstance, Discipline

REASON = 1000
# What a line asks: the name of the field and what it is called.
TEXTS = {
    "own": _l("Tự xếp loại"),
    "grade": _l("Chi đoàn đề nghị"),
    "reason": _l("Lý do đề nghị khác số liệu"),
    "assigned": _l("Số việc được giao"),
    "done": _l("Số việc đã xong"),
    "circumstance": _l("Hoàn cảnh trong năm"),
    "discipline": _l("Kỷ luật trong 12 tháng"),
    "former": _l("Nhận xét của đơn vị cũ"),
}


class LinesForm(KeyedForm):
    """The lines of a sheet; ``lines_form`` gives it the fields of each member."""

    people: Sequence[Member] = ()

    def typed(self) -> dict[int, Typed]:
        """Return what is written of each member that is open."""
        return {each.person_id: self._typed(each.person_id) for each in self.people}

    def _typed(self, number: int) -> Typed:
        def value(name: str) -> Any:  # noqa: ANN401
            return self[f"{name}_{number}"].data

        return Typed(
            own_grade=_one_of(Grade, value("own")),
            grade=_one_of(Grade, value("grade")),
            reason=value("reason") or "",
            tasks_assigned=value("assigned"),
            tasks_done=value("done"),
            circumstance=_one_of(Circumstance, value("circumstance")),
            discipline=_one_of(Discipline, value("discipline")),
            former_comment=value("former") or "",
        )

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401
        """Nobody finished more tasks than they were given."""
        super().validate(extra_validators)
        for each in self.people:
            done, given_tasks = self[f"done_{each.person_id}"], self[f"assigned_{each.person_id}"]
            if (done.data or 0) > (given_tasks.data or 0):
                told = _(
                    "Xong %(done)s việc, nhiều hơn %(assigned)s việc được giao.",
                    done=done.data,
                    assigned=given_tasks.data or 0,
                )
                done.errors = [*done.errors, told]
        return not self.errors


def _one_of(kind: Any, value: str | None) -> Any:  # noqa: ANN401
    return kind(value) if value else None


def grade_choices(year: int, blank: Any = "") -> list[SelectChoice]:  # noqa: ANN401
    """List the grades of a year's scale, the best first; with ``blank`` none of them too."""
    grades = [SelectChoice(each.value, grade_word(each, year)) for each in scale_of(year).grades]
    return [SelectChoice("", blank), *grades] if blank else grades


def lines_form(members: Sequence[Member], year: int, **kwargs: Any) -> LinesForm:  # noqa: ANN401
    """Make the form of a sheet with a line for each of some members."""

    class WholeForm(LinesForm):
        """The sheet of these members."""

    lists = {
        "own": grade_choices(year, _("Chưa ghi")),
        "grade": grade_choices(year, _("Theo số liệu")),
        "circumstance": choices("circumstance", blank=_("Bình thường")),
        "discipline": choices("discipline", blank=_("Không")),
    }
    for each in members:
        for name, field in _line(each, lists).items():
            setattr(WholeForm, f"{name}_{each.person_id}", field)
    form = WholeForm(**kwargs)
    form.people = members
    return form


def _line(each: Member, lists: Mapping[str, Any]) -> dict[str, Any]:
    typed = each.typed
    kept = {
        "own": typed.own_grade or "",
        "grade": typed.grade or "",
        "circumstance": typed.circumstance or "",
        "discipline": typed.discipline or "",
    }
    fields: dict[str, Any] = {
        name: SelectField(_named(name, each), choices=options, default=kept[name])
        for name, options in lists.items()
    }
    for name, text in (
        ("reason", typed.reason),
        ("former", typed.former_comment or each.former_comment),
    ):
        fields[name] = StringField(
            _named(name, each), [at_most(REASON)], filters=[stripped], default=text
        )
    for name, number in (("assigned", typed.tasks_assigned), ("done", typed.tasks_done)):
        fields[name] = CountField(_named(name, each), default=number)
    return fields


def _named(name: str, each: Member) -> str:
    return f"{each.name}: {TEXTS[name]}"


class ReturnForm(KeyedForm):
    """Why a sheet goes back: of each member concerned, and a word on the whole."""

    people: Sequence[Member] = ()
    reason = long(_l("Lý do chung (nếu có)"), most=REASON)

    def reasons(self) -> dict[int, str]:
        """Return the reasons by member, without those left empty."""
        found = {each.person_id: self[f"why_{each.person_id}"].data or "" for each in self.people}
        return {number: text for number, text in found.items() if text}


def return_form(members: Collection[Member]) -> ReturnForm:
    """Make the form of a return with a place for the reason of each member."""

    class WholeForm(ReturnForm):
        """The return of this sheet."""

    for each in members:
        label = f"{_('Lý do trả lại')}: {each.name}"
        why = StringField(label, [at_most(REASON)], filters=[stripped])
        setattr(WholeForm, f"why_{each.person_id}", why)
    form = WholeForm()
    form.people = list(members)
    return form


class CorrectionForm(KeyedForm):
    """The grade that is right, and why."""

    grade = SelectField(_l("Mức đúng"), choices=[])
    reason = long(_l("Lý do đính chính"), given(_l("Ghi lý do đính chính.")), most=REASON)
