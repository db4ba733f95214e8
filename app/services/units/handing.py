"""A branch is handed from one grass-roots union to another, by the superior of both (HD20 §5.1)."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func

from app.extensions import db
from app.models import Dossier, Unit
from app.models.restructures import ChangeKind
from app.policies import Right
from app.services.authority import over, refuse_closed
from app.services.events import By, Change, record
from app.services.refusals import Forbidden, Invalid
from app.services.transfer.following import follow_units
from app.services.units.contests import keep_days
from app.services.units.founding import Description, describe, kept_unit
from app.services.units.passing import Passage, hold_still, move_confirmations, reseat, write
from app.services.units.register import Decision, check_day, done_before, names_of, note_change
from app.services.use_case import use_case
from app.services.versions import stale
from workflows.calendar import local_day
from workflows.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """To which union a branch goes, by which decision; ``name`` where it gets another one there."""

    to_id: int
    decision: Decision
    name: str = ""


@use_case
def hand_unit(unit_id: int, handing: Handing, *, by: By) -> None:
    """Hand a branch with all it holds to another union; it stays the unit that it is.

    People, posts and what it did remain its own; its dossiers go on at the desks of the new union.

    Raises:
        NotFound, Forbidden: no such branch for this person, or it is not theirs to hand over.
        Stale: somebody moved it meanwhile.
        Invalid: no union to which it can go, a name that is taken there, or a wrong day.
    """
    if done_before(by) is not None:
        return
    unit, old, new, by = _parties(unit_id, handing, by)
    check_day([unit, new], handing.decision, by)
    before = names_of(unit, old)
    unit.parent_id = new.id
    changes = _named(unit, handing.name, by)
    after = names_of(unit, new)
    change = note_change(ChangeKind.HAND, handing.decision, before, after, by=by)
    _pass_over(unit, old, Passage([old.id], new, change.on_day, change.id, by))
    follow_units([unit.id, new.id], change, by)
    facts = {"change": change.id, "changes": changes, "above": [old.id, new.id]}
    for each in (old, new):
        record(each, Change("hand_unit", facts=facts), replace(by, request_key=None))
    record(unit, Change("hand_unit", facts=facts), by)


def _named(unit: Unit, name: str, by: By) -> dict[str, Any]:
    """Give the branch its name below the new union, where no other one may bear it."""
    same = {key: getattr(unit, key) for key in Description.__slots__}
    said = Description(**{**same, "name": name.strip() or unit.name})
    return describe(unit, said, local_day(by.now))


def _parties(unit_id: int, handing: Handing, by: By) -> tuple[Unit, Unit, Unit, By]:
    """Return the branch, its union and the other one, which nobody else changes now."""
    unit, _own = over(unit_id, Right.KEEP_UNITS, by)
    parent_id = unit.parent_id
    old = db.session.get(Unit, parent_id or 0)
    if old is None or (unit.level, old.level) != (Level.BRANCH, Level.COMMUNE):
        raise Forbidden("only_branches_of_communes")
    old, superior, by = kept_unit(old.id, by)
    new = db.session.get(Unit, handing.to_id, with_for_update={"key_share": True})
    if new is None or new is old or (new.parent_id, new.level) != (superior.id, Level.COMMUNE):
        raise Invalid("to_id", "not_a_union")
    unit = db.session.get_one(Unit, unit_id, with_for_update={"key_share": True})
    if unit.parent_id != parent_id:
        raise stale(unit)
    for each in (unit, new):
        refuse_closed(each, by)
    return unit, old, new, by


def _pass_over(unit: Unit, old: Unit, passage: Passage) -> None:
    """Put the new union wherever the old one has a part because the branch was its own."""
    hold_still(replace(passage, from_ids=[unit.id]))
    reseat(passage, Dossier.branch_id == unit.id, (Dossier.commune_id, Dossier.desk_unit_id))
    reseat(passage, Dossier.to_branch_id == unit.id, (Dossier.to_commune_id,))
    move_confirmations(passage, unit.id)
    keep_days(passage, unit.id)
    path = func.concat(passage.to.path, func.substr(Unit.path, len(old.path) + 1))
    write(Unit, (Unit.path.startswith(unit.path, autoescape=True),), path=path)
    db.session.flush()
    db.session.expire_all()
