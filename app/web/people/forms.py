"""The filter of the list of people."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from app.queries.people import RosterFilter
from app.queries.units import UnitLine
from app.services.refusals import NotFound
from app.web.fields import stripped
from app.web.filters import choices
from workflows.membership import PersonStatus

LONGEST_QUERY = 500
INDENT = "\N{NO-BREAK SPACE}" * 3


class RosterForm(Form):
    """Words of a name, a unit with all below it, a status; by GET, so a list has an address."""

    name = StringField(_l("Họ tên"), filters=[stripped])
    unit = SelectField(_l("Đơn vị"), validate_choice=False)
    status = SelectField(
        _l("Tình trạng"),
        choices=choices("status", blank=_l("Mọi tình trạng")),
        validate_choice=False,
    )

    def offer(self, tree: Sequence[UnitLine]) -> None:
        """Offer the units that the person looks over."""
        known = [
            SelectChoice(str(line.unit.id), INDENT * line.depth + line.unit.name) for line in tree
        ]
        self.unit.choices = [SelectChoice("", _("Mọi đơn vị")), *known]

    def asked(self, tree: Sequence[UnitLine]) -> RosterFilter:
        """Return what is asked of the roster.

        Raises:
            NotFound: a unit that is not among those offered.
        """
        paths = {str(line.unit.id): line.unit.path for line in tree}
        chosen = self.unit.data or ""
        if chosen and chosen not in paths:
            raise NotFound
        status = self.status.data or ""
        return RosterFilter(
            name=(self.name.data or "")[:LONGEST_QUERY],
            unit_path=paths.get(chosen, ""),
            status=PersonStatus(status) if status in set(PersonStatus) else None,
        )
