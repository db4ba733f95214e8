"""Who may act on a sheet or a rating, in which post, and on the version they saw."""

from collections.abc import Collection
from dataclasses import replace

from app import policies
from app.actors import Actor, HeldPost
from app.models import BranchRating, ClassificationSheet, Unit
from app.policies import Right
from app.queries.units.tree import grassroots_of
from app.services.events import By
from app.services.refusals import Forbidden, NotFound
from app.services.versions import check_version
from workflows.engine import Step, Workflow
from workflows.levels import Seat

Subject = ClassificationSheet | BranchRating


def confirming_unit_of(unit: Unit) -> int:
    """Return who confirms the classification of a unit: the grass-roots union, or the one above.

    Raises:
        Forbidden: nobody above it confirms anything.
    """
    union = grassroots_of(unit)
    above = unit.district_id if union is None or union.id == unit.id else union.id
    if above is None or above == unit.id:
        raise Forbidden("not_your_desk")
    return above


def check_seen(subject: Subject | None, unit: Unit | None, seen: int, by: By) -> None:
    """Make sure that a sheet or rating is there for somebody, as they saw it.

    Raises:
        NotFound: there is none, or its unit is none of theirs.
        Stale: somebody changed it since.
    """
    if subject is None or unit is None or not is_seen(unit, by.actor):
        raise NotFound
    check_version(subject, seen)


def is_seen(unit: Unit, actor: Actor | None) -> bool:
    """Whether somebody looks over a unit; the program itself does."""
    return actor is None or policies.may(actor, Right.LOOK, unit.id, unit.path)


def in_post(
    subject: Subject,
    workflow: Workflow,
    name: str,
    by: By,
    *,
    about: Collection[int] = (),
) -> By:
    """Return who takes a step, on the people it is ``about``, in the post in which they do.

    Raises:
        NoSuchStep, Forbidden: there is no such step here, or it is not theirs to take.
    """
    step = workflow.step_from(subject.state, name)
    if by.actor is None:
        return by
    desk = workflow.desk_for(step, subject.state)
    place = subject.unit_id if desk.seat is Seat.BRANCH else subject.confirming_unit_id
    held = by.actor.posts_at(place, frozenset(desk.posts))
    if not held:
        raise Forbidden("not_your_desk")
    bars = [bar_on(by.actor, post, subject, step, about=about) for post in held]
    if None not in bars:
        raise Forbidden(str(bars[0]))
    return replace(by, post=held[bars.index(None)])


def bar_on(
    actor: Actor,
    post: HeldPost,
    subject: Subject,
    step: Step,
    *,
    about: Collection[int],
) -> str | None:
    """Name what bars somebody from deciding: it is theirs, their own, or their principal's."""
    if not step.decides:
        return None
    if actor.account_id in _makers(subject):
        return "prepared_by_you"
    if actor.person_id in about:
        return "about_yourself"
    theirs = post.principal_id in _makers(subject) or post.principal_person_id in about
    return "bars_your_principal" if post.principal_id and theirs else None


def _makers(subject: Subject) -> set[int | None]:
    return {subject.created_by_id, subject.handed_up_by_id} - {None}
