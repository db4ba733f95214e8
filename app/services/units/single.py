"""A single unit changes by decision of the one above: split, renamed or closed (HD20 §5.1)."""

from dataclasses import dataclass, replace
from datetime import date

from app.extensions import db
from app.models import Unit
from app.models.restructures import ChangeKind
from app.queries.units.changes import load_of, people_in, seats_in
from app.services.events import By, Change, record
from app.services.refusals import Forbidden, Invalid
from app.services.units.contests import keep_days
from app.services.units.founding import Description, describe, kept_unit, new_unit
from app.services.units.passing import Passage, hold_still, move_dossiers, move_people
from app.services.units.posts import Choice, pass_posts
from app.services.units.register import (
    Decision,
    check_day,
    done_before,
    end_before,
    names_of,
    note_change,
)
from app.services.units.sheets import share_sheets
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.levels import Level, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who leaves a branch for a new one, and which post of the old becomes its secretary's."""

    people: frozenset[int]
    said: Description
    decision: Decision
    secretary_id: int | None = None


@use_case
def split_unit(unit_id: int, split: Split, *, by: By) -> int:
    """Let some people of a branch, with the dossiers about them, become a new branch.

    Raises:
        NotFound, Stale: as for a merger.
        Forbidden: it is not theirs to split, or it is no branch.
        Invalid: nobody or everybody leaves, or a wrong day, name or secretary.
    """
    if (made := done_before(by)) is not None:
        return made
    unit, above, by = kept_unit(unit_id, by)
    if unit.level is not Level.BRANCH or above.level is Level.BRANCH:
        raise Forbidden("only_branches_split")
    check_day([unit], split.decision, by)
    _check_people(unit, split, local_day(by.now))
    seat = _seat_lent(unit, split, local_day(by.now))
    said = replace(split.said, valid_from=split.decision.on_day)
    new = new_unit(above, unit.level, said, replace(by, request_key=None))
    _pass_over(unit, new, split, seat, by=by)
    return new.id


def _pass_over(unit: Unit, new: Unit, split: Split, seat: Choice, *, by: By) -> None:
    both = names_of(unit, new)
    change = note_change(ChangeKind.SPLIT, split.decision, names_of(unit), both, by=by)
    passage = Passage([unit.id], new, split.decision.on_day, change.id, by, split.people)
    hold_still(passage)
    move_people(passage)
    move_dossiers(passage)
    keep_days(passage, new.id)
    share_sheets(passage)
    pass_posts(passage, seat)
    db.session.flush()
    db.session.expire_all()
    facts = {"change": change.id, "from": unit.id, "into": new.id, "people": len(split.people)}
    record(unit, Change("split_unit", facts=facts), replace(by, request_key=None))
    record(new, Change("split_unit", facts=facts), by)


def _check_people(unit: Unit, split: Split, today: date) -> None:
    there = {each.id for each in people_in(unit.id, today)}
    if not split.people <= there:
        raise Invalid("people", "stranger")
    if not split.people:
        raise Invalid("people", "nobody_chosen")
    if split.people == there:
        raise Invalid("people", "everybody_chosen")


def _seat_lent(unit: Unit, split: Split, today: date) -> Choice:
    if split.secretary_id is None:
        return {}
    if split.secretary_id not in {seat.appointment_id for seat in seats_in([unit.id], today)}:
        raise Invalid("secretary_id", "not_a_seat")
    return {split.secretary_id: Post.SECRETARY}


@use_case
def rename_unit(unit_id: int, name: str, decision: Decision, *, by: By) -> None:
    """Give a unit another name; its history keeps the old one.

    Raises:
        NotFound, Forbidden, Stale: as for a merger.
        Invalid: the name is taken or the same, or the day is wrong.
    """
    if done_before(by) is not None:
        return
    unit, _above, by = kept_unit(unit_id, by)
    check_day([unit], decision, by)
    before = names_of(unit)
    same = {key: getattr(unit, key) for key in Description.__slots__}
    changes = describe(unit, Description(**{**same, "name": name}), local_day(by.now))
    if not changes:
        raise Invalid("name", "same_name")
    change = note_change(ChangeKind.RENAME, decision, before, names_of(unit), by=by)
    facts = {"change": change.id, "changes": changes}
    record(unit, Change("rename_unit", facts=facts), by)


@use_case
def close_unit(unit_id: int, decision: Decision, *, by: By) -> None:
    """Close a unit in which nothing is left.

    Raises:
        NotFound, Forbidden, Stale: as for a merger.
        Invalid: a member, an open dossier, a post or a unit is left, or the day is wrong.
    """
    if done_before(by) is not None:
        return
    unit, _above, by = kept_unit(unit_id, by)
    check_day([unit], decision, by)
    if not load_of([unit], local_day(by.now)).is_nothing:
        raise Invalid("on_day", "something_left")
    end_before(unit, decision.on_day)
    change = note_change(ChangeKind.CLOSE, decision, names_of(unit), {}, by=by)
    record(unit, Change("close_unit", facts={"change": change.id}), by)
