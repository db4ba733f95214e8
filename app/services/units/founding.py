"""Units: founded below another one, and described anew."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from app.extensions import db
from app.models import Unit
from app.models.restructures import ChangeKind
from app.policies import Right
from app.queries.units.tree import sibling_names
from app.services.authority import over, refuse_closed
from app.services.events import By, Change, found, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.units.register import Decision, names_of, note_change
from app.services.use_case import use_case
from app.services.versions import check_version, stale
from app.vietnamese import clean_name, fold, natural_key
from workflows.calendar import local_day
from workflows.levels import Area, Level, UnitKind

# What the standing committee of each level founds (Hướng dẫn 20-HD/TWĐTN-BTC (2023) §5.1, §11.2b):
# a branch directly under the superior of the grass-roots unions is a chi đoàn cơ sở.
FOUNDS: Mapping[Level, tuple[Level, ...]] = {
    Level.PROVINCE: (Level.COMMUNE, Level.BRANCH),
    Level.DISTRICT: (Level.COMMUNE, Level.BRANCH),
    Level.COMMUNE: (Level.BRANCH,),
    Level.BRANCH: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of a unit; the names are those of its columns.

    ``committee_votes_from`` and ``_ref`` are the superior's consent that the committee of a
    scattered branch votes instead of its meeting (Hướng dẫn 20 §1.3d).
    """

    name: str
    kind: UnitKind | None
    area: Area
    valid_from: date
    is_disadvantaged: bool = False
    committee_votes_from: date | None = None
    committee_votes_ref: str = ""


@use_case
def found_unit(
    parent_id: int,
    level: Level,
    said: Description,
    *,
    by: By,
    valid_to: date | None = None,
    decision: str = "",
) -> int:
    """Found a unit by a decision and return its id; ``valid_to`` ends a temporary one.

    Raises:
        NotFound: no such unit above for this person.
        Forbidden: it is not theirs to found units there, or that unit has none below it.
        Invalid: as ``new_unit``.
    """
    parent, by = over(parent_id, Right.KEEP_UNITS, by, lock=True)
    if event := seen_before(by.request_key):
        return event.subject_id
    if level not in FOUNDS[parent.level]:
        raise Forbidden("not_your_desk")
    unit = new_unit(parent, level, said, by, valid_to=valid_to)
    paper = Decision(said.valid_from, decision)
    note_change(ChangeKind.FOUND, paper, {}, names_of(unit), by=by)
    return unit.id


def new_unit(
    parent: Unit, level: Level, said: Description, by: By, *, valid_to: date | None = None
) -> Unit:
    """Enter a unit below another one, within a running transaction.

    Raises:
        Invalid: a value is wrong: name, kind or days.
    """
    if valid_to and valid_to < said.valid_from:
        raise Invalid("valid_to", "before_first_day")
    unit = _below(parent, level, valid_to)
    changes = describe(unit, said, local_day(by.now))
    found(unit, Change("found_unit", facts={"changes": changes}), by)
    unit.path = f"{parent.path}{unit.id}."
    return unit


def _below(parent: Unit, level: Level, valid_to: date | None) -> Unit:
    return Unit(
        parent_id=parent.id,
        district_id=parent.district_id or parent.id,
        path="",
        level=level,
        is_grassroots=level is Level.COMMUNE or parent.level is not Level.COMMUNE,
        valid_to=valid_to,
    )


@use_case
def change_unit(unit_id: int, said: Description, *, by: By, seen: int) -> None:
    """Describe a unit anew, as the one above it.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to keep; nobody keeps the one at the top.
        Stale: somebody changed it since.
        Invalid: a value is wrong: name, kind, consent or days.
    """
    unit, _above, by = kept_unit(unit_id, by)
    if seen_before(by.request_key):
        return
    check_version(unit, seen)
    if changes := describe(unit, said, local_day(by.now)):
        record(unit, Change("change_unit", facts={"changes": changes}), by)


def kept_unit(unit_id: int, by: By) -> tuple[Unit, Unit, By]:
    """Return a unit with the one above it, whose holders keep it, and the act in their post.

    Meanwhile nobody founds a sister of the same name, or changes the unit otherwise.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: it is not theirs to keep; nobody keeps the one at the top.
        Stale: somebody put it under another unit meanwhile.
    """
    unit, _own = over(unit_id, Right.KEEP_UNITS, by)
    try:
        above, by = over(unit.parent_id or 0, Right.KEEP_UNITS, by, lock=True)
    except NotFound:
        raise Forbidden("not_your_desk") from None
    unit = db.session.get_one(Unit, unit_id, with_for_update={"key_share": True})
    if unit.parent_id != above.id:
        raise stale(unit)
    refuse_closed(unit, by)
    return unit, above, by


def describe(unit: Unit, said: Description, today: date) -> dict[str, Any]:
    """Write what differs and return it, column by column, as before and after.

    Raises:
        Invalid: a value is wrong: name, kind, consent or days.
    """
    said = replace(said, name=clean_name(said.name))
    _check(unit, said, today)
    changes: dict[str, Any] = {}
    for column in (field.name for field in fields(said)):
        before, after = getattr(unit, column), getattr(said, column)
        if before != after:
            setattr(unit, column, after)
            changes[column] = [_shown(before), _shown(after)]
    unit.sort_key = natural_key(unit.name)
    return changes


def _check(unit: Unit, said: Description, today: date) -> None:
    siblings = sibling_names(unit.parent_id, unit.id, today) if unit.parent_id else []
    if fold(said.name) in map(fold, siblings):
        raise Invalid("name", "taken_here")
    if unit.level is Level.BRANCH and said.kind is None:
        raise Invalid("kind", "no_kind")
    if unit.valid_to and unit.valid_to < said.valid_from:
        raise Invalid("valid_from", "after_last_day")
    if bool(said.committee_votes_from) != bool(said.committee_votes_ref.strip()):
        raise Invalid("committee_votes_ref", "half_a_consent")


def _shown(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
