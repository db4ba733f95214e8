"""Who writes on the sheet of a unit, and who decides on whom: nobody on themselves."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from app import policies
from app.actors import Actor, HeldPost
from app.models import Unit
from app.policies import Right
from app.queries.people.standings import office_holders
from app.queries.units.tree import grassroots_of
from app.services.authority import held_unit
from app.services.events import By
from app.services.refusals import Forbidden
from workflows.calendar import local_day


def seated(unit_id: int, by: By, people: Collection[int], *, decides: bool) -> tuple[Unit, By]:
    """Return a unit, locked, and the act in the post in which it is done; the program needs none.

    The branch writes. On its own officers, who cannot decide on themselves, the grass-roots union
    may decide too.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: they see it, but it is not theirs, or it is about themselves.
    """
    unit = held_unit(unit_id, by)
    if by.actor is None:
        return unit, by
    held = _own(unit, by.actor)
    if decides and _all_officers(people, local_day(by.now)):
        held += _above(unit, by.actor)
    if not held:
        raise Forbidden("not_your_desk")
    return unit, replace(by, post=_free(by.actor, held, people) if decides else held[0])


def _free(actor: Actor, held: Collection[HeldPost], people: Collection[int]) -> HeldPost:
    bars = {post: _bar(actor, post, people) for post in held}
    free = [post for post, bar in bars.items() if bar is None]
    if not free:
        raise Forbidden(str(next(iter(bars.values()))))
    return free[0]


def _bar(actor: Actor, post: HeldPost, people: Collection[int]) -> str | None:
    bars = (policies.bars_on_person(actor, post, number) for number in people)
    return next((bar for bar in bars if bar), None)


def _own(unit: Unit, actor: Actor) -> list[HeldPost]:
    return [each for each in policies.posts_with(actor, Right.PREPARE) if each.unit_id == unit.id]


def _above(unit: Unit, actor: Actor) -> list[HeldPost]:
    union = grassroots_of(unit)
    if union is None or union.id == unit.id:
        return []
    return _own(union, actor)


def _all_officers(people: Collection[int], today: date) -> bool:
    return bool(people) and set(people) <= office_holders(people, today)


def decidable(unit: Unit, actor: Actor, people: Collection[int], today: date) -> set[int]:
    """Return on which of the members of a unit somebody may decide: the rows of theirs."""
    own, over = _own(unit, actor), _above(unit, actor)
    officers = office_holders(people, today) if over else set()
    return {
        number
        for number in people
        if any(
            _bar(actor, post, [number]) is None
            for post in [*own, *(over if number in officers else ())]
        )
    }
