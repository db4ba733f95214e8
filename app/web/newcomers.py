"""Who is entered with a new dossier, and whether we know them already (statement 31)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from app import policies
from app.actors import HeldPost
from app.policies import Right
from app.queries.people.roster import Twin
from app.services.people.twins import TwinFound
from app.web.access import me
from app.web.fields import DayField, KeyedForm, as_number, given, long, short
from app.web.filters import choices
from workflows.labels import N_
from workflows.membership import Sex

# Why nobody could be entered: sentences for the refusals of the services.
REFUSALS = {
    "unknown_person": N_("Người được chọn không còn trùng họ tên và ngày sinh: xem lại hai ô này."),
    "no_grassroots_union": N_("Đơn vị này chưa thuộc đoàn cơ sở nào, nên chưa lập hồ sơ được."),
}
DIFFERENT = "different"


def posts_here() -> list[HeldPost]:
    """List the posts in which the person prepares dossiers."""
    return policies.posts_with(me(), Right.PREPARE)


class NewcomerForm(KeyedForm):
    """The unit, name, birth date and sex; of a twin, whether it is the same person."""

    unit_id = SelectField(_l("Đơn vị"), validate_choice=False)
    name = short(_l("Họ và tên"), given(_l("Ghi họ và tên.")), most=100)
    birth_date = DayField(_l("Ngày sinh"), [given(_l("Ghi ngày sinh."))], past=True)
    sex = RadioField(_l("Giới tính"), [given(_l("Chọn giới tính."))], choices=choices("sex"))
    same_as = RadioField(_l("Người trùng tên và ngày sinh"), choices=[], validate_choice=False)
    twin_reason = long(_l("Vì sao không phải cùng một người"), most=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.unit_id.choices = [
            SelectChoice(str(each.unit_id), each.unit_name) for each in self.places()
        ]
        self.same_as.choices = []

    def places(self) -> list[HeldPost]:
        """List the posts whose units may open such a dossier."""
        return posts_here()

    def unit(self) -> int:
        """Return where the dossier is opened; the service knows whether it may be."""
        return as_number(self.unit_id.data) or 0

    def described(self) -> dict[str, Any]:
        """Return who it is, as the service asks for it."""
        chosen = self.same_as.data or ""
        return {
            "name": self.name.data or "",
            "birth_date": self.birth_date.day or date.min,
            "sex": Sex(self.sex.data),
            "same_as": as_number(chosen),
            "twin_reason": (self.twin_reason.data or "") if chosen == DIFFERENT else "",
        }

    def offer(self, twins: Sequence[Twin]) -> None:
        """Ask whether the person is one we know, by name and unit only."""
        known = [SelectChoice(str(twin.id), f"{twin.name} – {twin.unit_name}") for twin in twins]
        self.same_as.choices = [*known, SelectChoice(DIFFERENT, _("Không, là một người khác"))]
        self.same_as.errors = [
            _(
                "Đã có người trùng họ tên và ngày sinh. Nếu đúng là người đó, chọn tên trong danh "
                "sách; nếu không, ghi lý do."
            )
        ]


def who_else(found: TwinFound) -> str:
    """Name those who bear the name and birth date, by name and unit only (statement 31)."""
    return str(
        _(
            "Trùng họ tên và ngày sinh với: %(people)s. Nếu là cùng một người, giữ tên và ngày "
            "sinh cũ; nếu không, ghi lý do.",
            people="; ".join(f"{twin.name} – {twin.unit_name}" for twin in found.twins),
        )
    )
