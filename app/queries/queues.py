"""What waits for me: one indexed, keyset-paged query; badge and list share their conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, false, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Dossier, Unit
from app.vietnamese import search_terms
from workflows.confidential import CONFIDENTIAL, SEEN_BY
from workflows.levels import ACTING_POSTS

PAGE = 25
# Where a dossier lies that came back to the desk which had handed it on.
CAME_BACK = ("returned", "declined")
Branch = aliased(Unit, name="branch")


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One dossier of a list, with what the list shows of it."""

    id: int
    ref: str
    workflow: str
    state: str
    person_name: str
    branch_name: str
    entered_desk_at: datetime
    due_on: date | None
    version: int
    desk_unit_id: int

    def waiting_days(self, today: date, entered: date) -> int:
        """Whole days since the dossier came to this desk."""
        return (today - entered).days


@dataclass(frozen=True, slots=True)
class Count:
    """How many dossiers wait in one state, and how many of them are late."""

    workflow: str
    state: str
    waiting: int
    late: int

    @property
    def came_back(self) -> bool:
        """Whether they wait because somebody sent them back."""
        return self.state in CAME_BACK


# What every page asks is written once: building a statement costs as much as running it.
_LINES = (
    select(
        *(Dossier.id, Dossier.ref, Dossier.workflow, Dossier.state, Dossier.person_name),
        *(Branch.name, Dossier.entered_desk_at, Dossier.due_on, Dossier.version),
        Dossier.desk_unit_id,
    )
    .join(Branch, Branch.id == Dossier.branch_id)
    .order_by(Dossier.entered_desk_at, Dossier.id)
    .limit(PAGE + 1)
)
_LATE = func.count().filter(Dossier.due_on < bindparam("today", type_=Date))
_COUNTS = select(Dossier.workflow, Dossier.state, func.count(), _LATE).group_by(
    Dossier.workflow, Dossier.state
)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What a person asks of a queue."""

    branch_id: int | None = None
    state: str = ""
    late_on: date | None = None
    came_back: bool = False
    name: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        """Turn the questions into conditions over columns that the queue's indexes lead to."""
        found: list[ColumnElement[bool]] = []
        if self.branch_id:
            found.append(Dossier.branch_id == self.branch_id)
        if self.state:
            found.append(Dossier.state == self.state)
        if self.came_back:
            found.append(Dossier.state.in_(CAME_BACK))
        if self.late_on:
            found.append(Dossier.due_on < self.late_on)
        if self.name.strip():
            found += _named(self.name)
        return found


def _named(query: str) -> list[ColumnElement[bool]]:
    terms = search_terms(query)
    key = func.concat(" ", Dossier.name_key)
    return [key.like(f"% {term}%") for term in terms] or [false()]


def at_my_desks(actor: Actor) -> ColumnElement[bool]:
    """Match the open dossiers that lie at a desk the person may act at, and may know of."""
    acting = [each for each in actor.posts if each.post in ACTING_POSTS]
    units = {each.unit_id for each in acting}
    trusted = {each.unit_id for each in acting if each.is_among(SEEN_BY)}
    if not units:
        return false()
    here = Dossier.desk_unit_id.in_(sorted(units))
    if trusted == units:
        return here
    return and_(here, or_(in_general_lists(), Dossier.desk_unit_id.in_(sorted(trusted))))


def in_general_lists() -> ColumnElement[bool]:
    """Match the dossiers that lists and files may tell of."""
    return Dossier.workflow.not_in(CONFIDENTIAL)


def under_my_eyes(posts: Sequence[HeldPost]) -> ColumnElement[bool]:
    """Match the dossiers of the subtrees that the posts look over, or introduced to their units.

    What is confidential stands in no such list; it has pages of its own.
    """
    return and_(in_general_lists(), or_(*map(_subtree, posts))) if posts else false()


def _subtree(held: HeldPost) -> ColumnElement[bool]:
    if held.unit_id == held.district_id:
        return Dossier.district_id == held.unit_id
    if held.is_grassroots:
        return or_(Dossier.commune_id == held.unit_id, Dossier.to_commune_id == held.unit_id)
    if held.district_id:
        return or_(Dossier.branch_id == held.unit_id, Dossier.to_branch_id == held.unit_id)
    below = select(Unit.id).where(Unit.path.startswith(held.path, autoescape=True))
    return Dossier.district_id.in_(below)


def waiting_counts(actor: Actor, today: date) -> list[Count]:
    """Count what waits for a person by state: the badge is the sum of the list."""
    rows = db.session.execute(_COUNTS.where(at_my_desks(actor)), {"today": today})
    return [Count(*row) for row in rows]


def waiting_for(
    actor: Actor, asked: QueueFilter, after: tuple[datetime, int] | None = None
) -> list[QueueLine]:
    """List what waits for a person, oldest first: one page (25) and one line more.

    ``after`` is the time and id of the last line seen.
    """
    return _page([at_my_desks(actor), *asked.conditions()], after)


def looked_over(
    posts: Sequence[HeldPost], asked: QueueFilter, after: tuple[datetime, int] | None = None
) -> list[QueueLine]:
    """List the open dossiers of the subtrees that some posts look over, oldest first."""
    is_open = Dossier.desk_unit_id.is_not(None)
    return _page([under_my_eyes(posts), is_open, *asked.conditions()], after)


def _page(where: list[ColumnElement[bool]], after: tuple[datetime, int] | None) -> list[QueueLine]:
    if after:
        where = [*where, tuple_(Dossier.entered_desk_at, Dossier.id) > after]
    rows: Iterable[Any] = db.session.execute(_LINES.where(*where))
    return [QueueLine(*row) for row in rows]
