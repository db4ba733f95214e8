"""The unit at the top, which nobody above can found: a new installation begins with it."""

from sqlalchemy import select

from app.extensions import db
from app.models import Unit
from app.services.events import By, Change, found
from app.services.refusals import Invalid
from app.services.use_case import use_case
from app.vietnamese import clean_name, natural_key
from workflows.calendar import local_day
from workflows.levels import Level


@use_case
def found_top_unit(name: str, level: Level, *, by: By) -> int:
    """Found the direct superior of the grass-roots unions, for who runs the program.

    Raises:
        Invalid: a top unit has this name already.
    """
    name = clean_name(name)
    if db.session.scalar(select(Unit.id).where(Unit.parent_id.is_(None), Unit.name == name)):
        raise Invalid("name", "taken_here")
    unit = Unit(
        name=name,
        sort_key=natural_key(name),
        level=level,
        path="",
        valid_from=local_day(by.now),
    )
    found(unit, Change("found_unit", facts={"name": name, "level": level.value}), by)
    unit.path, unit.district_id = f"{unit.id}.", unit.id
    return unit.id
