"""Writing a part of a transfer: where to and when, comment and dues; each change an event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.models import Dossier, Transfer, Unit
from app.queries.rules import rulebook
from app.queries.transfers import TransferFile, places_from
from app.queries.units.tree import unit_by_id
from app.services.dossiers import Receipt, due_on, file_for
from app.services.events import By
from app.services.people.member_book import write_fields
from app.services.refusals import Invalid
from app.services.sections import branch_writes, keep_section, written_before
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day
from workflows.transfer import TRANSFER, open_parts
from workflows.transfer_facts import Kind, Part

PART_FIELDS = {
    Part.MOVE: (
        *("destination_id", "outside_unit", "temporary", "moved_on", "from_on", "until_on"),
        "reason",
    ),
    Part.COMMENT: ("comment", "dues_paid_until"),
}
Values = Mapping[str, Any]


@use_case
def save_part(ref: str, part: Part, values: Values, *, by: By, seen: int) -> Receipt:
    """Write a part as typed in its form.

    Raises:
        NotFound: no such dossier for this person.
        Stale: somebody changed it since.
        Forbidden: it is not theirs to write, or the part is closed.
        Invalid: the unit named is none to which one can move from here.
    """
    file: Any = file_for(ref, by.actor, lock=True)
    if receipt := written_before(ref, by):
        return receipt
    check_version(file.dossier, seen)
    by = branch_writes(file.dossier, by, is_open=may_open(file, part))
    changes = _write(file, part, values, local_day(by.now))
    if changes:
        file.dossier.due_on = last_day(file.dossier, file.transfer)
    return keep_section(file.dossier, part, {"changes": changes}, by)


def may_open(file: TransferFile, part: Part) -> bool:
    """Whether a part may be written in the state the dossier is in."""
    return part in open_parts(file.dossier.state, file.transfer.kind)


def _write(file: TransferFile, part: Part, values: Values, today: date) -> dict[str, list[Any]]:
    if part is Part.MOVE:
        values = settled(values)
        if file.transfer.kind is not Kind.IN:
            commune = unit_by_id(file.dossier.commune_id)
            file.transfer.kind = kind_of(file.branch, commune, values, today)
    return write_fields(file.transfer, PART_FIELDS[part], values)


def settled(values: Values) -> dict[str, Any]:
    """Leave out what the other answers make void: days of a stay, or the name of a unit outside."""
    void = ("moved_on",) if values.get("temporary") else ("from_on", "until_on")
    kept = {**values, **dict.fromkeys(void)}
    return {**kept, "outside_unit": ""} if values.get("destination_id") else kept


def kind_of(unit: Unit, commune: Unit | None, values: Values, today: date) -> Kind:
    """Return what kind of transfer the unit asked for makes; without one it leads outside.

    Raises:
        Invalid: it is no unit of the district to which one can move from here.
    """
    wanted = values.get("destination_id")
    if wanted is None or commune is None:
        return Kind.OUT
    places = places_from(unit, commune, today)
    kinds = [each.kind for each in places if each.id == wanted]
    if not kinds:
        raise Invalid("destination_id", "no_place_to_go")
    return kinds[0]


def blank(kind: Kind, dossier_id: int, values: Values) -> Transfer:
    """Return the rows of a transfer as they are opened."""
    given = {name: values[name] for name in PART_FIELDS[Part.MOVE] if name in values}
    return Transfer(dossier_id=dossier_id, kind=kind, **given)


def last_day(dossier: Dossier, transfer: Transfer) -> date | None:
    """Return until when a transfer may lie where it lies, counted from the day of the move."""
    rules, entered = rulebook().named(dossier.rule_set), local_day(dossier.entered_desk_at)
    return due_on(TRANSFER.states[dossier.state], rules, entered, transfer)
