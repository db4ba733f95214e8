"""The filter of the list of people, and the member book as a form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app.queries.people.roster import RosterFilter
from app.queries.units.tree import Place
from app.services.people.member_book import BACKGROUND, SELF_DESCRIPTION, SENSITIVE
from app.services.refusals import NotFound
from app.web.access import today
from app.web.admission.forms import BackgroundForm, PersonForm
from app.web.fields import stripped
from app.web.filters import choices, word
from workflows.holdings import Item
from workflows.membership import Holding, PersonStatus

LONGEST_QUERY = 500
INDENT = "\N{NO-BREAK SPACE}" * 3


class RosterForm(Form):
    """Words of a name, a unit with all below it, a status, what is lacking; by GET.

    So a list has an address.
    """

    name = StringField(_l("Họ tên"), filters=[stripped])
    unit = SelectField(_l("Đơn vị"), validate_choice=False)
    status = SelectField(
        _l("Tình trạng"),
        choices=choices("status", blank=_l("Mọi tình trạng")),
        validate_choice=False,
    )

    holding = SelectField(_l("Sổ, thẻ, huy hiệu"), validate_choice=False)

    def offer(self, tree: Sequence[Place]) -> None:
        """Offer the units that the person looks over, and what members may have or lack."""
        held = [
            SelectChoice(f"{item}.{held}", f"{word(item, 'item')}: {word(held, 'holding').lower()}")
            for item in Item
            for held in Holding
        ]
        self.holding.choices = [SelectChoice("", "…"), *held]
        known = [
            SelectChoice(str(line.unit.id), INDENT * line.depth + line.unit.name) for line in tree
        ]
        self.unit.choices = [SelectChoice("", _("Mọi đơn vị")), *known]

    def asked(self, tree: Sequence[Place]) -> RosterFilter:
        """Return what is asked of the roster.

        Raises:
            NotFound: a unit that is not among those offered.
        """
        paths = {str(line.unit.id): line.unit.path for line in tree}
        chosen = self.unit.data or ""
        if chosen and chosen not in paths:
            raise NotFound
        status = self.status.data or ""
        item, _dot, held = (self.holding.data or "").partition(".")
        known = item in set(Item) and held in set(Holding)
        return RosterFilter(
            on=today(),
            name=(self.name.data or "")[:LONGEST_QUERY],
            unit_path=paths.get(chosen, ""),
            status=PersonStatus(status) if status in set(PersonStatus) else None,
            holding=(Item(item), Holding(held)) if known else None,
        )


COVERED = [name for name in (*SELF_DESCRIPTION, *BACKGROUND) if name in SENSITIVE]


class MemberBookForm(PersonForm):
    """What a person says of themselves; what is sensitive is written but never shown here."""

    family_class = BackgroundForm.family_class
    family = BackgroundForm.family
    erased = SelectMultipleField(
        _l("Xóa nội dung đang có của"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.erased.choices = [SelectChoice(name, self[name].label.text) for name in COVERED]

    def allow_no_day(self) -> None:
        """Let the birth date be left blank where only its year is known."""
        self.birth_date.validators = []
        self.birth_date.flags.required = False

    def values(self) -> dict[str, Any]:
        """Return what was typed, by column; what is not shown and left blank stays as it is."""
        typed = super().values()
        if typed["birth_date"] is None:
            del typed["birth_date"]
        erased = set(typed.pop("erased") or ())
        kept = {name for name in COVERED if not typed[name]}
        return {
            **{name: value for name, value in typed.items() if name not in kept},
            **dict.fromkeys(erased & kept),
        }


def label_of(_section: object, name: str) -> str:
    """Return how people read the name of a column of the member book."""
    if name in set(Item):
        return word(name, "item")
    field = getattr(MemberBookForm, name, None)
    return str(field.args[0]) if field is not None else name
