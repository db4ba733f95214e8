"""The score sheet on screen: its criteria as boxes, and the form that sends them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import request
from flask_babel import lazy_gettext as _l

from app.services.judging.sheets import Filled
from app.web.fields import KeyedForm, long, stripped
from app.web.filters import points as as_points
from workflows.contest.marking import NOTHING, Fault, Mark, read_points, steps_of
from workflows.contest.plain import amount
from workflows.contest.rules import Criterion, Part

COMMENT = 2000


@dataclass(frozen=True, slots=True)
class Box:
    """One criterion on the page: what it takes, what was typed, what is wrong with it."""

    criterion: Criterion
    typed: Mark
    kept: Mark | None
    fault: Fault | None

    @property
    def options(self) -> dict[str, Decimal]:
        """The values to pick from; none where points are typed, or were typed out of step."""
        options = {amount(each): each for each in steps_of(self.criterion)}
        return options if self.picked is None or self.picked in options else {}

    @property
    def text(self) -> str:
        """What was typed, as the language of the page writes it."""
        try:
            return as_points(read_points(self.typed.points))
        except ValueError:
            return self.typed.points

    @property
    def picked(self) -> str | None:
        """What was typed, written as a button carries it."""
        if not self.typed.points:
            return None
        try:
            return amount(read_points(self.typed.points))
        except ValueError:
            return self.typed.points

    @property
    def asks_why(self) -> bool:
        """Whether a reason may be asked for."""
        return self.criterion.justify_below is not None


class SheetForm(KeyedForm):
    """A score sheet: the criteria are the rules' own, the comment is for the contestant."""

    comment = long(_l("Nhận xét cho thí sinh"), most=COMMENT)

    def marks(self, part: Part) -> dict[str, Mark]:
        """Return what was typed at each criterion."""
        sent = request.form
        return {
            each.code: Mark(
                stripped(sent.get(f"points-{each.code}")), stripped(sent.get(f"why-{each.code}"))
            )
            for each in part.criteria
        }

    def sent(self) -> dict[str, Mark]:
        """Return all marks that the request carries, whatever the rules ask for."""
        codes = [
            name.removeprefix("points-") for name in request.form if name.startswith("points-")
        ]
        return {
            code: Mark(
                stripped(request.form.get(f"points-{code}")),
                stripped(request.form.get(f"why-{code}")),
            )
            for code in codes
        }

    def filled(self) -> Filled:
        """Return what was typed on the sheet."""
        return Filled(self.sent(), self.comment.data or "")


def boxes_of(
    part: Part,
    typed: Mapping[str, Mark],
    *,
    kept: Mapping[str, Mark] | None = None,
    faults: Mapping[str, Fault] | None = None,
) -> list[Box]:
    """Return the criteria of a part as the page draws them; ``kept`` is what is on record."""
    return [
        Box(
            each,
            typed.get(each.code, NOTHING),
            kept.get(each.code, NOTHING) if kept is not None else None,
            (faults or {}).get(each.code),
        )
        for each in part.criteria
    ]
