"""Forms of changes of units: merged, split, renamed, handed over, closed, each by a decision."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.queries.units.changes import Inmate, Seat
from app.services.units.founding import Description
from app.services.units.handing import Handing
from app.services.units.merging import Merger
from app.services.units.register import Decision
from app.services.units.single import Split
from app.web.access import today
from app.web.fields import DayField, as_number, given, long, short
from app.web.filters import born, choices, word
from app.web.units.forms import ServiceForm
from workflows.levels import Area, Level, Post, UnitKind


class TickField(SelectMultipleField):
    """Several boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DecisionForm(ServiceForm):
    """The paper by which a unit changes."""

    decision = short(_l("Số quyết định"), given(_l("Ghi số quyết định.")), most=100)
    on_day = DayField(
        _l("Có hiệu lực từ ngày"), [given(_l("Ghi ngày có hiệu lực."))], past=True, default=today
    )
    note = long(_l("Ghi chú (nếu có)"), most=1000)

    def paper(self) -> Decision:
        """Return what was said of the decision."""
        return Decision(self.on_day.day or date.min, self.decision.data or "", self.note.data or "")


class NewUnitForm(DecisionForm):
    """A decision that makes a new unit."""

    name = short(_l("Tên đơn vị mới"), most=100)
    kind = SelectField(_l("Loại hình"), choices=choices("unit_kind", blank="…"), default="")
    area = SelectField(_l("Khu vực"), choices=choices("area"))

    def description(self) -> Description:
        """Return what was said of the new unit."""
        return Description(
            name=self.name.data or "",
            kind=UnitKind(self.kind.data) if self.kind.data else None,
            area=Area(self.area.data),
            valid_from=self.on_day.day or date.min,
        )


class MergeForm(NewUnitForm):
    """Which units merge, and into which one."""

    units = TickField(_l("Sáp nhập cùng với"), coerce=int)
    into = SelectField(_l("Thành"), coerce=str)

    def offer(self, unit: Any, sisters: Sequence[Any]) -> None:  # noqa: ANN401
        """Offer who can merge with a unit; a district passes into the level above it too."""
        self.units.choices = [SelectChoice(each.id, each.name) for each in sisters]
        staying = [unit, *sisters, *([unit.parent] if unit.level is Level.DISTRICT else [])]
        self.into.choices = [
            SelectChoice("", _l("Một đơn vị mới, tên ghi bên dưới")),
            *(SelectChoice(str(each.id), each.name) for each in staying),
        ]

    def validate_name(self, field: Any) -> None:  # noqa: ANN401
        """Ask for a name where the units become a new one."""
        if not self.into.data and not field.data:
            raise ValidationError(_l("Ghi tên đơn vị mới, hoặc chọn một đơn vị ở trên."))

    def merger(self, unit_id: int, posts: Mapping[int, Post | None]) -> Merger:
        """Return what is asked for: the page's unit with those ticked, and the one that stays."""
        into_id = as_number(self.into.data)
        sisters = {each.value for each in self.units.choices or ()}
        others = {*(self.units.data or ()), into_id} & sisters
        return Merger(
            unit_ids=[unit_id, *sorted(others)],
            decision=self.paper(),
            into_id=into_id,
            said=None if into_id else self.description(),
            posts=posts,
        )


class SplitForm(NewUnitForm):
    """Who leaves a branch, and what they found."""

    name = short(_l("Tên chi đoàn mới"), given(_l("Ghi tên chi đoàn mới.")), most=100)
    people = TickField(_l("Những người sang chi đoàn mới"), coerce=int)
    secretary_id = SelectField(_l("Bí thư chi đoàn mới"), coerce=str)

    def offer(self, people: Iterable[Inmate], seats: Iterable[Seat]) -> None:
        """Offer everybody on the roll, and who holds a post that could pass over."""
        self.people.choices = [SelectChoice(each.id, told(each)) for each in people]
        known = [
            SelectChoice(str(seat.appointment_id), f"{seat.name} ({word(seat.post, 'post')})")
            for seat in seats
        ]
        self.secretary_id.choices = [SelectChoice("", _l("Chưa có, sẽ mời sau")), *known]

    def split(self) -> Split:
        """Return what is asked for."""
        return Split(
            people=frozenset(self.people.data or ()),
            said=self.description(),
            decision=self.paper(),
            secretary_id=as_number(self.secretary_id.data),
        )


def told(person: Inmate) -> str:
    """Return how a list to tick names somebody."""
    return f"{person.name}, {born(person)}, {word(person.status, 'status')}"


class RenameForm(DecisionForm):
    """The name that a unit gets."""

    name = short(_l("Tên mới"), given(_l("Ghi tên mới.")), most=100)


class HandForm(DecisionForm):
    """The commune that a branch goes to, and its name there."""

    to_id = SelectField(_l("Về đoàn cơ sở"), [given(_l("Chọn đoàn cơ sở."))], coerce=str)
    name = short(_l("Tên ở đó (để trống nếu giữ tên)"), most=100)

    def offer(self, unions: Iterable[Any]) -> None:
        """Offer the other unions under the same superior."""
        known = [SelectChoice(str(each.id), each.name) for each in unions]
        self.to_id.choices = [SelectChoice("", "…"), *known]

    def handing(self) -> Handing:
        """Return what is asked for."""
        to_id = as_number(self.to_id.data) or 0
        return Handing(to_id=to_id, decision=self.paper(), name=self.name.data or "")


class CloseForm(DecisionForm):
    """The decision by which a unit ends."""
