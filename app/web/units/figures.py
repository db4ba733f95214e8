"""A unit in pictures: ages by sex, sizes of branches, who has book, card and badge."""

from collections.abc import Sequence

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right
from app.queries.units.figures import (
    COMMITTEE_FROM,
    FOUNDED_FROM,
    AgeBand,
    UnitHoldings,
    ages_below,
    branches_of,
    holdings_below,
    summed,
)
from app.queries.units.tree import UnitLine, tree_of
from app.web.access import needs, today
from app.web.filters import word
from app.web.units.routes import blueprint, unit_looked_over
from workflows.holdings import Item
from workflows.membership import Holding, Sex

# What one bar each still shows at a glance; more branches are drawn by classes of size.
MOST_BARS = 30
HELD_FIRST = (Holding.HAS, Holding.REISSUED, Holding.LOST, Holding.LACKS)

Rows = list[tuple[str, list[int]]]


@blueprint.get("/<int:unit_id>/figures")
@needs(Right.LOOK)
def picture(unit_id: int) -> ResponseReturnValue:
    """Show a unit and all below it in pictures, each with its table."""
    unit = unit_looked_over(unit_id)
    branches = branches_of(tree_of(unit, today()))
    bands = ages_below(unit.path, today())
    return render_template(
        "units/figures.html",
        unit=unit,
        members=sum(sum(band.numbers.values()) for band in bands),
        sexes=[word(sex, "sex") or _("Chưa ghi") for sex in _sexes(bands)],
        ages=[
            (_years(band), [band.numbers.get(sex, 0) for sex in _sexes(bands)]) for band in bands
        ],
        sizes=sizes(branches),
        are_classes=len(branches) > MOST_BARS,
        held=[word(held, "holding") for held in HELD_FIRST],
        holdings=holding_rows(summed(holdings_below(unit.path))),
        mark=COMMITTEE_FROM,
    )


def _sexes(bands: Sequence[AgeBand]) -> list[Sex | None]:
    unsaid = any(None in band.numbers for band in bands)
    return [*Sex, *([None] if unsaid else [])]


def _years(band: AgeBand) -> str:
    if band.until is None:
        return str(_("Trên %(age)s tuổi", age=band.first - 1))
    if not band.first:
        return str(_("Dưới %(age)s tuổi", age=band.until + 1))
    return str(_("%(first)s–%(last)s tuổi", first=band.first, last=band.until))


def sizes(branches: Sequence[UnitLine]) -> Rows:
    """Return a bar for each branch, the largest first; of many branches one for each class."""
    if len(branches) <= MOST_BARS:
        ordered = sorted(branches, key=lambda line: -line.members)
        return [(line.unit.name, [line.members]) for line in ordered]
    classes = {
        _("Dưới %(number)s đoàn viên", number=FOUNDED_FROM): range(FOUNDED_FROM),
        _("%(first)s–%(last)s đoàn viên", first=FOUNDED_FROM, last=COMMITTEE_FROM - 1): range(
            FOUNDED_FROM, COMMITTEE_FROM
        ),
        _("Đúng %(number)s đoàn viên", number=COMMITTEE_FROM): range(
            COMMITTEE_FROM, COMMITTEE_FROM + 1
        ),
    }
    found = {name: sum(line.members in of for line in branches) for name, of in classes.items()}
    above = _("Trên %(number)s đoàn viên", number=COMMITTEE_FROM)
    found[above] = len(branches) - sum(found.values())
    return [(name, [number]) for name, number in found.items()]


def holding_rows(total: UnitHoldings) -> Rows:
    """Return a bar for book, card and badge, each by what members have or lack."""
    return [
        (word(item, "item"), [total.numbers[item, held] for held in HELD_FIRST]) for item in Item
    ]
