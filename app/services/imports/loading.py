"""Loading an import: who may go on with it, how its rows are read and who judges them."""

from collections.abc import Sequence
from uuid import UUID

from app.extensions import db
from app.models import Import, Unit
from app.policies import Right
from app.queries.imports import card_holders, people_named, units_to_fill
from app.services.authority import over
from app.services.events import By
from app.services.imports.columns import Field
from app.services.imports.entries import Entry, Place, Places, Reading
from app.services.imports.judging import Judge
from app.services.refusals import NotFound
from workflows.calendar import local_day


def import_for(import_id: UUID, by: By) -> tuple[Import, Unit, By]:
    """Load an import that this person may go on with; meanwhile nobody else does.

    Raises:
        NotFound: there is none.
        Forbidden: it is not theirs.
    """
    row = db.session.get(Import, import_id, with_for_update=True)
    if row is None:
        raise NotFound
    unit, by = over(row.unit_id, Right.IMPORT, by)
    return row, unit, by


def at_of(row: Import) -> dict[Field, int]:
    """Return the column of each field of a list."""
    return {Field(name): place for name, place in row.columns["at"].items()}


def reading_of(row: Import, unit: Unit, by: By) -> Reading:
    """Return how the rows of an import are read."""
    today = local_day(by.now)
    units = [Place(each.id, each.name) for each in units_to_fill(unit.path, today)]
    chosen = Place(unit.id, unit.name)
    return Reading(
        at_of(row), Places(chosen, [each for each in units if each.id != unit.id]), today
    )


def judge_of(
    row: Import, reading: Reading, entries: Sequence[Entry], earlier: dict[str, int]
) -> Judge:
    """Return who can judge some entries: whoever resembles them is loaded at once."""
    cards = {str(each.values["card_number"]) for each in entries if "card_number" in each.values}
    return Judge(
        reading.places,
        people_named(row.district_id, {each.name_key for each in entries}),
        card_holders(row.district_id, cards),
        earlier,
    )
