"""Whether a person may act on a unit, and the post in which they then do."""

from dataclasses import replace

from app import policies
from app.extensions import db
from app.models import Unit
from app.policies import Right
from app.queries.units.changes import load_of
from app.services.events import By
from app.services.refusals import Forbidden, NotFound
from workflows.calendar import local_day


def over(unit_id: int, right: Right, by: By, *, lock: bool = False) -> tuple[Unit, By]:
    """Return a unit with a right that reaches it, and the act in the post that gives the right.

    Of several posts the nearest counts; the program itself needs none. With ``lock`` something is
    to change at the unit: others who do the same wait until this is done.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: they see it, but the right is not theirs, or what is to change has ended.
    """
    unit = db.session.get(Unit, unit_id, with_for_update={"key_share": True} if lock else None)
    if unit is None:
        raise NotFound
    unit_and_by = _in_post(unit, right, by)
    if lock:
        refuse_closed(unit, by)
    return unit_and_by


def held_unit(unit_id: int, by: By) -> Unit:
    """Return a unit that exists for this person, and that does not merge away meanwhile.

    Raises:
        NotFound: there is none.
    """
    unit = db.session.get(Unit, unit_id, with_for_update={"key_share": True})
    if unit is None:
        raise NotFound
    if by.actor and not policies.may(by.actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    return unit


def refuse_closed(unit: Unit, by: By) -> None:
    """Make sure that a unit still stands; one that is over may still have something in it.

    Raises:
        Forbidden: it has ended, and nothing is left.
    """
    today = local_day(by.now)
    if unit.valid_to and unit.valid_to < today and load_of([unit], today).is_nothing:
        raise Forbidden("unit_closed")


def _in_post(unit: Unit, right: Right, by: By) -> tuple[Unit, By]:
    if by.actor is None:
        return unit, by
    held = [each for each in policies.posts_with(by.actor, right) if each.reaches(unit.path)]
    if held:
        return unit, replace(by, post=max(held, key=lambda each: len(each.path)))
    if policies.may(by.actor, Right.LOOK, unit.id, unit.path):
        raise Forbidden("not_your_desk")
    raise NotFound
