"""The classification of a year over many units: how far each has come, and how many have what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.actors import HeldPost
from app.extensions import db
from app.models import BranchRating, ClassificationLine, ClassificationSheet, Person, Unit
from workflows.classification.scales import BranchGrade, Grade, Scale, scale_of
from workflows.classification.scope import NotClassified
from workflows.levels import Level


@dataclass(slots=True)
class Row:
    """A unit with what lies below it: branches by state of their sheet, members by grade.

    ``places`` counts members by the place of their grade, 0 the best; ``sheet`` and ``rating`` are
    the unit's own.
    """

    unit: Unit
    branches: int = 0
    states: Counter[str] = field(default_factory=Counter)
    places: Counter[int] = field(default_factory=Counter)
    excluded: int = 0
    sheet: ClassificationSheet | None = None
    rating: BranchRating | None = None


def rows_for(units: Sequence[Unit], year: int) -> list[Row]:
    """Return the rows of some units, side by side in the tree."""
    rows = [Row(unit) for unit in units]
    if not rows:
        return []
    below = _below(units)
    _count_branches(rows, below, year)
    _add_sheets(rows, below, year)
    _add_ratings(rows, year)
    return rows


def _below(units: Sequence[Unit]) -> ColumnElement[bool]:
    return or_(*(Unit.path.startswith(unit.path, autoescape=True) for unit in units))


def _row_of(rows: Sequence[Row], path: str) -> Row:
    return next(row for row in rows if path.startswith(row.unit.path))


def _count_branches(rows: Sequence[Row], below: ColumnElement[bool], year: int) -> None:
    begun = func.extract("year", Unit.valid_from) <= year
    still = or_(Unit.valid_to.is_(None), func.extract("year", Unit.valid_to) > year)
    query = select(Unit.path).where(below, Unit.level == Level.BRANCH, begun, still)
    for path in db.session.scalars(query):
        _row_of(rows, path).branches += 1


def _add_sheets(rows: Sequence[Row], below: ColumnElement[bool], year: int) -> None:
    of_year = ClassificationSheet.year == year
    sheets = select(ClassificationSheet, Unit.path).join(
        Unit, Unit.id == ClassificationSheet.unit_id
    )
    counted = sheets.where(below, of_year, ClassificationSheet.state != "joined")
    for sheet, path in db.session.execute(counted):
        row = _row_of(rows, path)
        row.states[sheet.state] += 1
        row.sheet = sheet if sheet.unit_id == row.unit.id else row.sheet
    line = ClassificationLine
    counts = (
        select(Unit.path, line.grade, func.count())
        .join(ClassificationSheet, ClassificationSheet.id == line.sheet_id)
        .join(Unit, Unit.id == ClassificationSheet.unit_id)
        .where(below, line.year == year, line.is_confirmed)
        .group_by(Unit.path, line.grade)
    )
    for path, grade, number in db.session.execute(counts):
        _count(_row_of(rows, path), grade, number, scale_of(year))


def _count(row: Row, grade: Grade | None, number: int, scale: Scale) -> None:
    if grade is None:
        row.excluded += number
    else:
        row.places[scale.place_of(grade)] += number


def _add_ratings(rows: Sequence[Row], year: int) -> None:
    by_unit = {row.unit.id: row for row in rows}
    query = select(BranchRating).where(BranchRating.unit_id.in_(by_unit), BranchRating.year == year)
    for rating in db.session.scalars(query):
        by_unit[rating.unit_id].rating = rating


def waiting_at(posts: Sequence[HeldPost]) -> list[ClassificationSheet]:
    """List the sheets that wait for the units of some posts to confirm them, oldest first."""
    query = (
        select(ClassificationSheet)
        .options(joinedload(ClassificationSheet.unit))
        .where(ClassificationSheet.confirming_unit_id.in_({post.unit_id for post in posts}))
        .where(ClassificationSheet.state == "submitted")
        .order_by(ClassificationSheet.handed_up_at, ClassificationSheet.id)
    )
    return list(db.session.scalars(query))


def ratings_waiting_at(posts: Sequence[HeldPost]) -> list[BranchRating]:
    """List the ratings of branches that wait for the units of some posts to confirm them."""
    query = (
        select(BranchRating)
        .join(BranchRating.unit)
        .options(contains_eager(BranchRating.unit))
        .where(BranchRating.confirming_unit_id.in_({post.unit_id for post in posts}))
        .where(BranchRating.state == "submitted")
        .order_by(BranchRating.year, Unit.path)
    )
    return list(db.session.scalars(query))


def count_waiting_at(posts: Sequence[HeldPost]) -> int:
    """Count the sheets and ratings that wait for the units of some posts to confirm them."""
    units = {post.unit_id for post in posts}
    counts = [
        select(func.count())
        .where(kind.confirming_unit_id.in_(units), kind.state == "submitted")
        .scalar_subquery()
        for kind in (ClassificationSheet, BranchRating)
    ]
    return db.session.scalar(select(counts[0] + counts[1])) or 0


def places_by_year(path: str, years: Sequence[int]) -> dict[int, Counter[int]]:
    """Count the confirmed grades of the members of a unit and all below it, by year and place."""
    line = ClassificationLine
    rows = db.session.execute(
        select(line.year, line.grade, func.count())
        .join(ClassificationSheet, ClassificationSheet.id == line.sheet_id)
        .join(Unit, Unit.id == ClassificationSheet.unit_id)
        .where(Unit.path.startswith(path, autoescape=True))
        .where(line.year.in_(years), line.is_confirmed, line.grade.is_not(None))
        .group_by(line.year, line.grade)
    )
    found: dict[int, Counter[int]] = {year: Counter() for year in years}
    for year, grade, number in rows:
        if grade:
            found[year][scale_of(year).place_of(grade)] += number
    return found


def ratings_by_year(path: str, years: Sequence[int]) -> dict[int, Counter[int]]:
    """Count the confirmed grades of the branches of a unit, by year and place."""
    rows = db.session.execute(
        select(BranchRating.year, BranchRating.grade, func.count())
        .join(Unit, Unit.id == BranchRating.unit_id)
        .where(Unit.path.startswith(path, autoescape=True), BranchRating.year.in_(years))
        .where(BranchRating.state == "confirmed")
        .group_by(BranchRating.year, BranchRating.grade)
    )
    found: dict[int, Counter[int]] = {year: Counter() for year in years}
    for year, grade, number in rows:
        if grade:
            found[year][scale_of(year).branch_grades.index(grade)] += number
    return found


@dataclass(frozen=True, slots=True)
class GradeRow:
    """What a list of a year's grades says of a member; nothing private is read for it."""

    name: str
    unit_name: str
    own_grade: Grade | None
    grade: Grade | None
    excluded: NotClassified | None
    in_favour: int | None
    present: int | None
    state: str


def grades_listed(path: str, year: int) -> Iterator[GradeRow]:
    """Walk through the members of a year's sheets below a unit, by given name."""
    line = ClassificationLine
    # That somebody belongs to the Party is not for lists.
    excluded: Any = case((line.excluded != NotClassified.PARTY_MEMBER, line.excluded))
    rows = db.session.execute(
        select(
            *(line.name, Unit.name, line.own_grade, line.grade, excluded),
            *(line.in_favour, line.present, ClassificationSheet.state),
        )
        .join(ClassificationSheet, ClassificationSheet.id == line.sheet_id)
        .join(Unit, Unit.id == ClassificationSheet.unit_id)
        .join(Person, Person.id == line.person_id)
        .where(and_(Unit.path.startswith(path, autoescape=True), line.year == year))
        .where(ClassificationSheet.state != "joined")
        .order_by(Person.sort_key, Person.id)
    )
    for row in rows:
        yield GradeRow(*row)


def ratings_of(unit_id: int) -> list[tuple[int, BranchGrade]]:
    """List the grades of a branch that stand, by year, the latest first."""
    rating = BranchRating
    rows = db.session.execute(
        select(rating.year, rating.grade)
        .where(rating.unit_id == unit_id, rating.state == "confirmed")
        .order_by(rating.year.desc())
    )
    return [(year, grade) for year, grade in rows if grade]
