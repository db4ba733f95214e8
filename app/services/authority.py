"""Whether a person may act on a unit, and the post in which they then do."""

from dataclasses import replace

from app import policies
from app.extensions import db
from app.models import Unit
from app.policies import Right
from app.services.events import By
from app.services.refusals import Forbidden, NotFound


def over(unit_id: int, right: Right, by: By, *, lock: bool = False) -> tuple[Unit, By]:
    """Return a unit with a right that reaches it, and the act in the post that gives the right.

    Of several posts the nearest counts; the program itself needs none. With ``lock`` others who
    change something at the same unit wait until this is done.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: they see it, but the right is not theirs.
    """
    unit = db.session.get(Unit, unit_id, with_for_update={"key_share": True} if lock else None)
    if unit is None:
        raise NotFound
    if by.actor is None:
        return unit, by
    held = [each for each in policies.posts_with(by.actor, right) if each.reaches(unit.path)]
    if held:
        return unit, replace(by, post=max(held, key=lambda each: len(each.path)))
    if policies.may(by.actor, Right.LOOK, unit.id, unit.path):
        raise Forbidden("not_your_desk")
    raise NotFound
