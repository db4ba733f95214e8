"""What a unit was before: the units that became it, and where in the tree it lay."""

from typing import Any

from sqlalchemy import Select, String, case, exists, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Unit, UnitChange, UnitChangeLine
from app.models.restructures import ChangeKind


def one_with(unit: Unit) -> Select[int]:
    """Select the ids of a unit and of those that merged into it: they lie below it, its level."""
    below = Unit.path.startswith(unit.path, autoescape=True)
    return select(Unit.id).where(below, Unit.level == unit.level)


def follower_of(unit: Unit) -> Unit | None:
    """Return the unit that one merged into and now lies below; nothing where it did not merge."""
    follower: Unit | None = None
    while unit.valid_to:
        above = db.session.get(Unit, unit.parent_id or 0)
        if above is None or above.level is not unit.level:
            break
        follower = unit = above
    return follower


def past_paths(unit: Any) -> Any:  # noqa: ANN401  (an alias of Unit in a query, and a column of it)
    """Return, as a column beside a unit, the paths on which it lay before it was handed or split.

    Of a branch that another union gave up it is the one below that union; of one that was split
    off it is the path of the branch from which it came. Nothing where there is none.
    """
    after, before, mine = (aliased(UnitChangeLine) for _each in range(3))
    other = aliased(Unit)
    was_there = exists().where(
        mine.change_id == after.change_id, mine.unit_id == after.unit_id, ~mine.is_after
    )
    is_handed = UnitChange.kind == ChangeKind.HAND
    path = case((is_handed, func.concat(other.path, unit.id, ".")), else_=other.path)
    return (
        select(func.array_agg(path, type_=ARRAY(String)))
        .select_from(after)
        .join(UnitChange, UnitChange.id == after.change_id)
        .join(before, (before.change_id == after.change_id) & ~before.is_after)
        .join(other, other.id == before.unit_id)
        .where(after.unit_id == unit.id, after.is_after, before.unit_id != unit.id)
        .where((is_handed & was_there) | ((UnitChange.kind == ChangeKind.SPLIT) & ~was_there))
        .correlate(unit)
        .scalar_subquery()
    )
