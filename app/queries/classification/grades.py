"""The grades that stand: confirmed, of people and of whole communes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.models import ClassificationLine, Person, Unit
from workflows.classification import Grade
from workflows.membership import MEMBER_STATUSES


def grades_of(person_ids: Collection[int]) -> dict[int, dict[int, Grade]]:
    """Return the confirmed grades of some people, by person and year."""
    found: dict[int, dict[int, Grade]] = defaultdict(dict)
    line = ClassificationLine
    rows = db.session.execute(
        select(line.person_id, line.year, line.grade)
        .where(line.person_id.in_(person_ids), line.is_confirmed, line.grade.is_not(None))
        .order_by(line.year)
    )
    for person, year, grade in rows:
        if grade:
            found[person][year] = grade
    return dict(found)


@dataclass(frozen=True, slots=True)
class Graded:
    """A member with the unit they belong to today."""

    person_id: int
    name: str
    unit_id: int
    unit_name: str


def members_graded(commune_id: int, year: int, grade: Grade) -> list[Graded]:
    """List who is a member of a union, or of a branch below it, and had a grade in a year.

    The grade is confirmed, by whichever union the member belonged to then; by given name.
    """
    union = select(Unit.path).where(Unit.id == commune_id).scalar_subquery()
    line = ClassificationLine
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.id, Unit.name)
        .join(line, line.person_id == Person.id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(line.year == year, line.grade == grade, line.is_confirmed)
        .where(Unit.path.startswith(union), Person.status.in_(MEMBER_STATUSES))
        .order_by(Person.sort_key, Person.id)
    )
    return [Graded(*row) for row in rows]
