"""The person or unit that a page is about, where it exists for who asks; and rules in words."""

from typing import Any

from flask_babel import gettext as _

from app import policies
from app.policies import Right
from app.queries.people.roster import person_seen
from app.queries.rules import rulebook
from app.queries.units.tree import unit_with_parent
from app.services.refusals import Forbidden, NotFound
from app.web.access import me, today
from app.web.filters import unmet
from workflows.engine import Unmet
from workflows.rules import Clause

BIGGEST_ID = 2**31 - 1


def unit_looked_over(unit_id: int) -> Any:  # noqa: ANN401
    """Return a unit that this person looks over, with the one above it.

    Raises:
        NotFound: there is none.
    """
    unit = unit_with_parent(unit_id) if unit_id <= BIGGEST_ID else None
    if unit is None or not policies.may(me(), Right.LOOK, unit.id, unit.path):
        raise NotFound
    return unit


def person_looked_over(person_id: int) -> Any:  # noqa: ANN401
    """Return a person of the units that this person looks over.

    Raises:
        NotFound: there is none.
    """
    posts = policies.posts_with(me(), Right.LOOK)
    person = person_seen(person_id, posts) if person_id <= BIGGEST_ID else None
    if person is None:
        raise NotFound
    return person


def check_mine(unit: Any) -> None:  # noqa: ANN401
    """Make sure that this person does the work of a unit.

    Raises:
        Forbidden: they look over it, but the work is not theirs.
    """
    if not policies.may(me(), Right.PREPARE, unit.id, unit.path):
        raise Forbidden("not_your_desk")


def clause_of(key: str) -> Clause:
    """Return the source of a rule, of the rule set in force today."""
    return rulebook().on(today()).clause(key)


def why(reason: Unmet) -> str:
    """Write what is missing, with the clause that asks for it."""
    return f"{unmet(reason)} ({_(clause_of(reason.clause).text)})"
