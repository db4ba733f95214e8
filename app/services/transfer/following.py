"""Transfers under way follow their units; what leads nowhere any more ends by itself."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select

from app import policies
from app.extensions import db
from app.models import Dossier, Transfer, Unit, UnitChange
from app.queries.rules import rulebook
from app.queries.transfers import TransferFile, load
from app.queries.units.changes import seated_in
from app.queries.units.tree import grassroots_of
from app.services.dossiers import advance
from app.services.events import By, Change, record
from workflows.labels.transfer import BECAME_ONE
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind, TransferAnswers

# Where the member was introduced to the receiving units already.
INTRODUCED = {"arrived", "assigned"}
# How the program itself ends a transfer, from wherever it lies.
TO_THE_END = ("decline_arrival", "cancel")


def follow_units(unit_ids: Collection[int], change: UnitChange, by: By) -> None:
    """Put right the transfers under way that concern units which changed, within a transaction.

    Who moves between two units that are one by now stays. What stayed within a commune may lead to
    another one by now, or the other way round.
    """
    for file in load(_under_way(unit_ids), lock=True):
        target = _target(file)
        if target is not None and target.id == file.dossier.branch_id:
            _end(file, change, by)
        elif target is not None and target.id != file.dossier.commune_id:
            _turn(file, target, change, by)


def _under_way(unit_ids: Collection[int]) -> list[str]:
    """List the transfers between units here; the others lead outside or come from there."""
    concerned = seated_in(unit_ids) | Transfer.destination_id.in_(unit_ids)
    query = select(Dossier.ref).join(Transfer, Transfer.dossier_id == Dossier.id)
    between = Transfer.kind.in_((Kind.WITHIN, Kind.BETWEEN))
    return list(
        db.session.scalars(query.where(between, Dossier.desk_unit_id.is_not(None), concerned))
    )


def _target(file: TransferFile) -> Unit | None:
    """Return where the transfer leads: as it was introduced, else as the branch asks."""
    if file.dossier.state in INTRODUCED:
        return file.to_branch or file.to_commune
    return file.destination


def _end(file: TransferFile, change: UnitChange, by: By) -> None:
    """No person takes these steps: the reason is the decision about the units."""
    answers = TransferAnswers(reason=BECAME_ONE.format(decision=change.decision))
    program = By(None, by.now)
    for step in TO_THE_END:
        if any(each.name == step for each in TRANSFER.steps_from(file.dossier.state)):
            advance(file, step, answers, program)


def _turn(file: TransferFile, target: Unit, change: UnitChange, by: By) -> None:
    """Inside a commune a transfer leads to a branch, to another commune it leads as such."""
    union, before = grassroots_of(target), _way(file)
    if union is None:
        return
    dossier, transfer = file.dossier, file.transfer
    transfer.kind = Kind.WITHIN if union.id == dossier.commune_id else Kind.BETWEEN
    if dossier.state in INTRODUCED:
        dossier.to_commune_id = union.id
    elif transfer.kind is Kind.BETWEEN:
        transfer.destination_id = union.id
    desk, rules = TRANSFER.states[dossier.state].desk, rulebook().named(dossier.rule_set)
    dossier.desk_unit_id = policies.unit_of(desk.seat, dossier, rules) if desk else None
    if (after := _way(file)) != before:
        facts = {"change": change.id, "way": [before, after]}
        told = Change("move_unit", dossier.state, dossier.state, facts=facts)
        record(dossier, told, replace(by, request_key=None))


def _way(file: TransferFile) -> list[str | int | None]:
    return [file.transfer.kind.value, file.transfer.destination_id, file.dossier.to_commune_id]
