"""The filter of a queue."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField, StringField

from app.queries.queues import QueueFilter
from app.web.filters import choices


class QueueForm(Form):
    """Unit, state, lateness and name; sent by GET, so a filtered queue has an address."""

    branch = StringField()
    state = SelectField(
        _l("Bước"), choices=choices("state", blank=_l("Mọi bước")), validate_choice=False
    )
    late = BooleanField(_l("Chỉ hồ sơ trễ hạn"))
    name = StringField(_l("Họ tên"))

    def asked(self, today: date) -> QueueFilter:
        """Return what is asked of the queue."""
        branch = self.branch.data or ""
        return QueueFilter(
            branch_id=int(branch) if branch.isdecimal() and len(branch) < 10 else None,  # noqa: PLR2004
            state=self.state.data or "",
            late_on=today if self.late.data else None,
            name=(self.name.data or "")[:500],
        )
