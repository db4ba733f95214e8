"""Forms of the training programme: the sheets of a branch, a box per member."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.queries.programme.sheets import SheetLine, choices_of, chosen_of
from app.services.programme.registering import Wanted
from app.services.programme.steps import Said
from app.web.fields import KeyedForm, as_number, at_most, stripped
from app.web.filters import choices
from workflows.programme_facts import Mark

REMARK, REASON = 2000, 1000


class Ticks(SelectMultipleField):
    """Boxes to tick, any number of them."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SheetForm(KeyedForm):
    """A sheet with fields for each of some members, whose names end in the member's id.

    ``seen`` holds the version of each member's registration that was shown. ``lines`` are open
    here; what was typed of somebody who is not any more, of ``everyone``, is still read.
    """

    lines: Sequence[SheetLine] = ()
    everyone: Sequence[SheetLine] = ()

    def show(self, lines: Sequence[SheetLine], *, again: bool = False) -> None:
        """Remember the versions shown; ``again`` once somebody was told of newer ones."""
        self.lines = lines
        if again or not self.seen.data:
            self.seen.data = " ".join(f"{each.person_id}.{each.version}" for each in lines)

    def versions(self) -> dict[int, int]:
        """Return the version of each member's registration that the person saw."""
        pairs = [each.partition(".") for each in (self.seen.data or "").split()]
        numbers = [(as_number(person), as_number(version)) for person, _dot, version in pairs]
        return {person: version for person, version in numbers if person and version is not None}

    def of(self, name: str, person_id: int) -> str:
        """Return the text typed about a member, or the option chosen."""
        field_name = f"{name}_{person_id}"
        if field_name in self:
            return self[field_name].data or ""
        return stripped(request.form.get(field_name))

    def seen_lines(self) -> list[SheetLine]:
        """List the members that the person saw on the sheet, as they stand now."""
        versions = self.versions()
        return [each for each in self.everyone if each.person_id in versions]

    def says(self, found: Callable[[], Any], nothing: str) -> bool:
        """Whether it was sent without a mistake and is about somebody; else it says so."""
        is_valid = bool(self.validate_on_submit())
        if is_valid and not found():
            self.form_errors = [nothing]
        return is_valid and not self.form_errors

    def texts(self) -> dict[int, str]:
        """Return the text typed about each member that was shown."""
        return {each.person_id: self.of("text", each.person_id) for each in self.seen_lines()}

    def said(self, people: Iterable[int], **more: Mapping[int, Any]) -> dict[int, Said]:
        """Return what goes with a step on some members, on the versions that were seen."""
        versions = self.versions()
        return {
            number: Said(
                versions.get(number, -1), **{name: each[number] for name, each in more.items()}
            )
            for number in people
        }


def sheet_form(
    everyone: Sequence[SheetLine],
    lines: Sequence[SheetLine],
    fields: Callable[[SheetLine], dict[str, Any]],
    form_class: type[SheetForm] = SheetForm,
) -> Any:  # noqa: ANN401
    """Make the form of a sheet; ``fields`` gives the fields of a line by name."""
    whole: Any = type("WholeForm", (form_class,), {})
    for line in lines:
        for name, field in fields(line).items():
            setattr(whole, f"{name}_{line.person_id}", field)
    form = whole()
    form.everyone = everyone
    form.show(lines)
    return form


class RegisterForm(SheetForm):
    """Which contents each member registers, and those for all who have not registered yet."""

    common = Ticks(_l("Ghi cho mọi người chưa đăng ký"))
    was = HiddenField()

    def wanted(self) -> dict[int, Wanted]:
        """Return what each member registers whose ticks differ from those that were shown."""
        common, was, found = self.common.data or [], self._was(), {}
        for line in self.seen_lines():
            ticks = request.form.getlist(f"contents_{line.person_id}")
            chosen = _numbers([*ticks, *([] if line.state else common)])
            if chosen != was.get(line.person_id, set()):
                found[line.person_id] = Wanted(self.versions()[line.person_id], chosen)
        return found

    def writes(self) -> bool:
        """Whether it was sent without a mistake and registers somebody."""
        nothing = _("Chưa có gì để ghi: chọn nội dung cho ít nhất một đoàn viên.")
        return self.says(self.wanted, nothing)

    def draw(self) -> None:
        """Remember which ticks are shown, unless the sheet is shown again with others."""
        if self.is_submitted() and self.was.data is not None:
            return
        self.was.data = " ".join(
            f"{line.person_id}.{number}"
            for line in self.lines
            for number in self[f"contents_{line.person_id}"].data or []
        )

    def _was(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        pairs = (each.partition(".") for each in (self.was.data or "").split())
        for person, _dot, content in pairs:
            found.setdefault(as_number(person) or 0, set()).update(_numbers([content]))
        return found


def _numbers(texts: Iterable[str]) -> set[int]:
    return {number for text in texts if (number := as_number(text))}


def register_form(
    everyone: Sequence[SheetLine], lines: Sequence[SheetLine], contents: Sequence[Any]
) -> RegisterForm:
    """Make the sheet on which a branch registers its members for the contents of an edition."""
    offered = [SelectChoice(str(each.id), each.text) for each in contents]

    def fields(line: SheetLine) -> dict[str, Any]:
        kept = {str(each.content_id) for each in chosen_choices(line)}
        ticked = [each.value for each in offered if each.value in kept]
        return {"contents": Ticks(line.name, choices=offered, default=ticked)}

    form: RegisterForm = sheet_form(everyone, lines, fields, RegisterForm)
    form.common.choices = offered
    form.draw()
    return form


def text_field(label: Any, most: int = REMARK, **kwargs: Any) -> TextAreaField:  # noqa: ANN401
    """Make a field for a text about one member."""
    return TextAreaField(label, [at_most(most)], filters=[stripped], **kwargs)


class PickedForm(SheetForm):
    """A sheet on which members are picked."""

    person = Ticks(_l("Đoàn viên"), validate_choice=False)

    def decides(self) -> bool:
        """Whether the sheet was sent, is without a mistake, and somebody is picked."""
        return self.says(self.picked, _("Chọn ít nhất một đoàn viên."))

    def picked(self) -> list[int]:
        """Return who is ticked of those that the person saw."""
        ticked = _numbers(self.person.data or [])
        return [each.person_id for each in self.seen_lines() if each.person_id in ticked]


def decision_form(
    everyone: Sequence[SheetLine], lines: Sequence[SheetLine], ticked: Iterable[int]
) -> PickedForm:
    """Make the sheet on which a branch approves registrations or returns them with a reason."""

    def fields(line: SheetLine) -> dict[str, Any]:
        return {"text": text_field(_("Lý do nếu trả lại: %(name)s", name=line.name), REASON)}

    return _picking(sheet_form(everyone, lines, fields, PickedForm), ticked)


def _picking(form: PickedForm, ticked: Iterable[int]) -> PickedForm:
    form.person.choices = [SelectChoice(str(each.person_id), each.name) for each in form.lines]
    if not form.is_submitted():
        form.person.data = [str(number) for number in ticked]
    return form


def review_form(everyone: Sequence[SheetLine], lines: Sequence[SheetLine]) -> SheetForm:
    """Make the sheet on which a branch writes its remark on each member at mid-year."""

    def fields(line: SheetLine) -> dict[str, Any]:
        kept = line.registration.remark if line.registration else ""
        return {"text": text_field(_("Nhận xét: %(name)s", name=line.name), default=kept)}

    form: SheetForm = sheet_form(everyone, lines, fields)
    return form


def conclude_form(
    everyone: Sequence[SheetLine], lines: Sequence[SheetLine], ticked: Iterable[int]
) -> PickedForm:
    """Make the sheet on which a branch marks each content of its members, and the whole."""

    def fields(line: SheetLine) -> dict[str, Any]:
        marks = {f"mark_{each.content_id}": _mark(each, line) for each in chosen_choices(line)}
        by_rule = choices("mark", blank=_("Theo cách tính"))
        return {
            **marks,
            "result": SelectField(
                _("Kết quả chung: %(name)s", name=line.name), choices=by_rule, default=""
            ),
            "reason": text_field(_("Lý do (nếu cần): %(name)s", name=line.name), REASON),
        }

    return _picking(sheet_form(everyone, lines, fields, PickedForm), ticked)


def chosen_choices(line: SheetLine) -> list[Any]:
    """Return what a member registered, in order."""
    return list(choices_of(line.registration)) if line.registration else []


def _mark(choice: Any, line: SheetLine) -> SelectField:  # noqa: ANN401
    kept = choice.mark or chosen_of(choice).proposed or ""
    label = f"{line.name}: {choice.content.text}"
    return SelectField(label, choices=choices("mark", blank=_("Chưa đánh giá")), default=kept)


def one_of(value: str | None) -> Mark | None:
    """Return the mark that was chosen."""
    return Mark(value) if value in set(Mark) else None
