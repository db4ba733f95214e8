"""People: the roster of a subtree, twins of a name, and who can be chosen to help or introduce."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.actors import HeldPost
from app.extensions import db
from app.models import Person, Unit
from app.vietnamese import clean_name, has_marks, search_key, search_terms
from workflows.membership import MEMBER_STATUSES, PersonStatus

PAGE = 25


@dataclass(frozen=True, slots=True)
class Twin:
    """Someone of the same name and birth date, shown by name and unit only (statement 31)."""

    id: int
    name: str
    unit_name: str


def twins_of(district_id: int, name: str, born: date) -> list[Twin]:
    """Find people who may be the same: name without marks and case, and birth date."""
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.district_id == district_id,
            Person.name_key == search_key(name),
            Person.birth_date == born,
        )
        .order_by(Person.id)
    )
    return [Twin(*row) for row in rows]


def within(posts: Sequence[HeldPost]) -> ColumnElement[bool]:
    """Match people whose unit lies in a subtree that one of the posts looks over."""
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    return Person.unit_id.in_(select(Unit.id).where(or_(*below))) if below else false()


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What a person asks of the roster: words of a name, a unit, a status."""

    name: str = ""
    unit_id: int | None = None
    status: PersonStatus | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Turn the questions into conditions; a name with nothing to search for matches none."""
        found = [Person.unit_id == self.unit_id] if self.unit_id else []
        if self.status:
            found.append(Person.status == self.status)
        if self.name.strip():
            found.append(name_matches(self.name))
        return found


def name_matches(query: str) -> ColumnElement[bool]:
    """Match names in which every word of the query begins a word, marks or not."""
    terms = search_terms(query)
    if not terms:
        return false()
    asked = " & ".join(f"{term}:*" for term in terms)
    return Person.name_search.bool_op("@@")(func.to_tsquery("simple", asked))


def _order(name: str) -> list[ColumnElement[object]]:
    """Where marks were typed, names that hold them as typed come first (statement 55)."""
    rank: list[ColumnElement[object]] = []
    if has_marks(name):
        exact = func.strpos(func.lower(Person.name), clean_name(name).lower()) > 0
        rank.append(case((exact, 0), else_=1))
    return rank


def roster(
    posts: Sequence[HeldPost], asked: RosterFilter, after: tuple[str, int] | None = None
) -> list[Person]:
    """List one page (25 and one more) of people, sorted the Vietnamese way.

    ``after`` is the sort key and id of the last row seen; with marks typed there is one page of
    the best hits only.
    """
    query = (
        select(Person)
        .options(joinedload(Person.unit))
        .where(within(posts), *asked.conditions())
        .order_by(*_order(asked.name), Person.sort_key, Person.id)
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(tuple_(Person.sort_key, Person.id) > after)
    return list(db.session.scalars(query))


def person_seen(person_id: int, posts: Sequence[HeldPost]) -> Person | None:
    """Return a person who exists for the holder of these posts."""
    query = select(Person).options(joinedload(Person.unit))
    return db.session.scalar(query.where(Person.id == person_id, within(posts)))


def members_of(unit_id: int) -> list[Person]:
    """List the members of a branch, sorted by given name: the roll of its meetings."""
    query = select(Person).where(Person.unit_id == unit_id, Person.status.in_(MEMBER_STATUSES))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id)))


def member_choices(commune_id: int, branch_id: int) -> list[tuple[int, str]]:
    """List the members of a commune to choose from, those of the own branch first."""
    units: Select[tuple[int]] = select(Unit.id).where(
        or_(Unit.id == commune_id, Unit.parent_id == commune_id)
    )
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.unit_id.in_(units), Person.status.in_(MEMBER_STATUSES))
        .order_by(Person.unit_id != branch_id, Person.sort_key, Person.id)
    )
    return [(number, f"{name} ({unit})") for number, name, unit in rows]
