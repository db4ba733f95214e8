"""Writing a part of a transfer: where to and when, comment and dues; each change an event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app import policies
from app.models import Dossier, Transfer, Unit
from app.queries.rules import rulebook
from app.queries.transfers import TransferFile, places_from
from app.queries.units.tree import unit_by_id
from app.services.dossiers import Receipt, check_version, due_on, file_for
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, Invalid
from app.services.use_case import use_case
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
    if event := seen_before(by.request_key):
        return Receipt(ref, "edit", event.to_state, event.at, repeated=True)
    check_version(file.dossier, seen)
    by = _writer(file, part, by)
    changes = _write(file, part, values, local_day(by.now))
    if changes:
        file.dossier.due_on = last_day(file.dossier, file.transfer)
        state = file.dossier.state
        facts = {"section": part.value, "changes": changes}
        record(file.dossier, Change("edit", state, state, facts=facts), by)
    return Receipt(ref, "edit", file.dossier.state, by.now)


def may_open(file: TransferFile, part: Part) -> bool:
    """Whether a part may be written in the state the dossier is in."""
    return part in open_parts(file.dossier.state, file.transfer.kind)


def _writer(file: TransferFile, part: Part, by: By) -> By:
    if by.actor is None or not policies.may_write(by.actor, file.dossier):
        raise Forbidden("not_your_desk")
    if not may_open(file, part):
        raise Forbidden("section_closed")
    held = policies.posts_with(by.actor, policies.Right.PREPARE)
    post = next(each for each in held if each.unit_id == file.dossier.branch_id)
    return By(by.actor, by.now, post, by.request_key)


def _write(file: TransferFile, part: Part, values: Values, today: date) -> dict[str, list[Any]]:
    if part is Part.MOVE:
        values = settled(values)
        if file.transfer.kind is not Kind.IN:
            commune = unit_by_id(file.dossier.commune_id)
            file.transfer.kind = kind_of(file.branch, commune, values, today)
    changes: dict[str, list[Any]] = {}
    for name in PART_FIELDS[part]:
        before = getattr(file.transfer, name)
        if name in values and before != values[name]:
            changes[name] = [_shown(before), _shown(values[name])]
            setattr(file.transfer, name, values[name])
    return changes


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


def _shown(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
