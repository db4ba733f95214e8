"""How branches did in a year: what is known, the rating, and what a union's branches make."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import extract, func, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.models import BranchRating, ClassificationSheet, Meeting, Membership, Person, Unit
from app.queries.classification.figures import keeps_dues, programme_marks
from app.queries.classification.members import Member
from app.queries.classification.sheets import members_of, sheet_of
from app.queries.dues.figures import figures_of
from app.queries.rules import rulebook
from app.queries.units.past import one_with
from workflows.classification.criteria import NOT_MARKED
from workflows.classification.measures import (
    Books,
    BranchFigures,
    RatingProposal,
    rate_branch,
    rate_union,
)
from workflows.classification.scales import BranchGrade, scale_of
from workflows.classification.scope import Discipline
from workflows.dues import months_of

SUMMER = 7


@dataclass(frozen=True, slots=True)
class TypedRating:
    """What a branch writes of its year, where no register tells it."""

    first_half: int | None = None
    second_half: int | None = None
    has_source: bool = True
    elite: int | None = None
    books: Books | None = None
    traditions_each_half: bool | None = None
    activities_each_half: bool | None = None
    grade: BranchGrade | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a measure found, and whether it keeps the grade from being better."""

    measure: str
    values: Mapping[str, Any]
    binds: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of a unit as its page shows it; ``recorded`` meetings of each half are on file."""

    row: BranchRating | None
    typed: TypedRating
    computed: BranchGrade | None
    grade: BranchGrade | None
    measured: tuple[Measured, ...]
    recorded: tuple[int, int]
    sheet_state: str | None


def rating_row(unit_id: int, year: int, *, lock: bool = False) -> BranchRating | None:
    """Return the rating of a unit and year, with its unit."""
    query = select(BranchRating).where(BranchRating.unit_id == unit_id, BranchRating.year == year)
    query = query.options(joinedload(BranchRating.unit, innerjoin=True))
    if lock:
        query = query.with_for_update(of=BranchRating).execution_options(populate_existing=True)
    return db.session.scalar(query)


def typed_in(row: BranchRating | None) -> TypedRating:
    """Return what a branch wrote of its year."""
    if row is None:
        return TypedRating()
    kept = dict(row.typed)
    books = kept.pop("books", None)
    return TypedRating(
        **kept, books=Books(books) if books else None, grade=row.grade, reason=row.reason
    )


def rating_of(unit: Unit, year: int, row: BranchRating | None, today: date) -> Rating:
    """Return the rating of a unit: worked out anew while it is written, as frozen afterwards."""
    sheet = sheet_of(unit.id, year)
    typed, recorded = typed_in(row), _recorded(unit.id, year)
    state = sheet.state if sheet else None
    if row is not None and row.state in {"submitted", "confirmed"}:
        measured = tuple(Measured(**each) for each in row.figures["measured"])
        return Rating(row, typed, row.computed, row.grade, measured, recorded, state)
    made = _worked_out(unit, year, typed, today, sheet=sheet)
    grade = typed.grade or made.grade
    return Rating(row, typed, made.grade, grade, measured_by(made), recorded, state)


def measured_by(made: RatingProposal) -> tuple[Measured, ...]:
    """Return what each measure found."""
    return tuple(
        Measured(each.measure.value, dict(each.values), each in made.binding)
        for each in made.judged
    )


def _recorded(unit_id: int, year: int) -> tuple[int, int]:
    later = extract("month", Meeting.held_on) >= SUMMER
    row = db.session.execute(
        select(func.count().filter(~later), func.count().filter(later)).where(
            Meeting.unit_id == unit_id, extract("year", Meeting.held_on) == year
        )
    ).one()
    return row[0], row[1]


def _worked_out(
    unit: Unit, year: int, typed: TypedRating, today: date, *, sheet: ClassificationSheet | None
) -> RatingProposal:
    members = members_of(unit, year, sheet, today)
    scale, dues = scale_of(year), figures_of([unit], months_of(year), today)[unit.id]
    marks = programme_marks([each.person_id for each in members], year)
    held = (typed.first_half, typed.second_half)
    figures = BranchFigures(
        members=len(members),
        held=None if held[0] is None or held[1] is None else (held[0], held[1]),
        registered=_registered(marks),
        graded=_graded(members, year) if sheet and sheet.state != "draft" else None,
        has_source=typed.has_source,
        admitted=_admitted(unit, year),
        elite=typed.elite,
        owed_months=dues.owed_months if keeps_dues(unit) else None,
        took_dues=dues.collected > 0,
        late_with_share=dues.lacking > 0,
        disciplined=_disciplined(members),
        books=typed.books,
        traditions_each_half=typed.traditions_each_half,
        activities_each_half=typed.activities_each_half,
    )
    return rate_branch(figures, scale, rulebook().on(today).local.branch_good_shares)


def _registered(marks: Mapping[int, str | None]) -> int | None:
    if all(mark == NOT_MARKED for mark in marks.values()):
        return None
    return sum(mark is not None for mark in marks.values())


def _graded(members: list[Member], year: int) -> tuple[int, int, int, int]:
    scale = scale_of(year)
    places = Counter(scale.place_of(each.grade) for each in members if each.grade)
    return places[0], places[1], places[2], places[3]


def _disciplined(members: list[Member]) -> int:
    grave = {Discipline.WARNING, Discipline.DISMISSAL}
    return sum(each.typed.discipline in grave for each in members)


def _admitted(unit: Unit, year: int) -> int:
    """Count who became a member in this unit in a year."""
    query = (
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.unit_id.in_(one_with(unit)), Membership.from_on == Person.joined_on)
        .where(extract("year", Person.joined_on) == year)
    )
    return db.session.scalar(query) or 0


def union_proposal(path: str, year: int) -> BranchGrade | None:
    """Propose the grade of a grass-roots union from the confirmed grades of its branches."""
    scale = scale_of(year)
    grades = db.session.scalars(
        select(BranchRating.grade)
        .join(Unit, Unit.id == BranchRating.unit_id)
        .where(Unit.path.startswith(path, autoescape=True), BranchRating.year == year)
        .where(BranchRating.state == "confirmed")
    )
    return rate_union([scale.branch_grades.index(each) for each in grades if each], scale)
