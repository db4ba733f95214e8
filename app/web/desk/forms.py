"""The filter of a queue."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.actors import HeldPost
from app.queries.queues import QueueFilter
from app.queries.units.tree import branch_choices
from app.services.areas import AREAS
from app.web.fields import as_number, stripped
from app.web.filters import choices
from workflows.levels import Level

OPEN = {
    state.name
    for area in AREAS.values()
    for state in area.workflow.states.values()
    if not state.is_final
}


class QueueForm(Form):
    """Name, step, branch, lateness, return; sent by GET, so a filtered queue has an address."""

    name = StringField(_l("Họ tên"), filters=[stripped])
    state = SelectField(
        _l("Bước"),
        choices=[
            each for each in choices("state", blank=_l("Mọi bước")) if each.value in {"", *OPEN}
        ],
        validate_choice=False,
    )
    branch = SelectField(_l("Chi đoàn"), choices=[], validate_choice=False)
    late = BooleanField(_l("Chỉ hồ sơ trễ hạn"))
    back = BooleanField(_l("Chỉ hồ sơ bị trả lại"))

    def __init__(self, asked: Any, posts: Sequence[HeldPost], today: date) -> None:  # noqa: ANN401
        super().__init__(asked)
        self.today = today
        self.is_open = any(asked.get(name) for name in ("filter", *self.data))
        above = [each for each in posts if each.level is not Level.BRANCH]
        branches = branch_choices(above, today) if above and self.is_open else []
        self.branch.choices = [
            SelectChoice("", _l("Mọi chi đoàn")),
            *(SelectChoice(str(number), name) for number, name in branches),
        ]

    def asked(self) -> QueueFilter:
        """Return what is asked of the queue."""
        return QueueFilter(
            branch_id=as_number(self.branch.data),
            state=self.state.data if self.state.data in OPEN else "",
            late_on=self.today if self.late.data else None,
            came_back=bool(self.back.data),
            name=(self.name.data or "")[:500],
        )
