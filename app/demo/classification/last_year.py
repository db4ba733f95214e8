"""Last year's classification, as the papers of all branches were entered: confirmed and closed."""

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from app.demo.chains import enter, number
from app.demo.places import Place
from app.extensions import db
from app.models import BranchRating, ClassificationLine, ClassificationSheet, Person
from app.services.classification.desks import confirming_unit_of
from app.services.events import Change
from app.services.use_case import use_case
from workflows.calendar import months_after
from workflows.classification.measures import BranchFigures, rate_branch
from workflows.classification.scales import scale_of
from workflows.classification.scope import MONTHS_OF_ACTIVITY, NotClassified
from workflows.rules import LocalRules

# Of a hundred members so many have the grade of each place of the scale, the best first.
SHARES = (16, 58, 22, 4)
CLOSED = Change("confirm", None, "confirmed")


@use_case
def close_last_year(district: Place, year: int, now: datetime) -> None:
    """Enter what every branch had confirmed of its members, and of itself."""
    rng = Random(year)  # noqa: S311  (nothing secret, and nobody else's chance is used up)
    branches = [each for each in district.walk() if each.members]
    sheets = [_sheet(branch, year, now) for branch in branches]
    number(sheets)
    enter((sheet, CLOSED, now) for sheet in sheets)
    db.session.flush()
    ratings: list[BranchRating] = []
    listed: set[int] = set()
    for sheet, branch in zip(sheets, branches, strict=True):
        lines = [line for line in _lines(sheet, branch, rng) if line.person_id not in listed]
        listed |= {line.person_id for line in lines}
        db.session.add_all(lines)
        ratings.append(_rating(branch, year, lines, now))
    number(ratings)
    enter((rating, CLOSED, now) for rating in ratings)


def _sheet(branch: Place, year: int, now: datetime) -> ClassificationSheet:
    unit = branch.unit
    return ClassificationSheet(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        confirming_unit_id=confirming_unit_of(unit),
        year=year,
        state="confirmed",
        confirmed_at=now,
    )


def _lines(sheet: ClassificationSheet, branch: Place, rng: Random) -> Iterator[ClassificationLine]:
    """Grade who was a member by the end of the year; who came late in it is not classified."""
    after, grades = date(sheet.year + 1, 1, 1), scale_of(sheet.year).grades
    members = (each for each in branch.members if _joined(each) < after)
    for place, person in enumerate(sorted(members, key=lambda each: each.sort_key)):
        is_new = months_after(_joined(person), MONTHS_OF_ACTIVITY) > after
        grade = None if is_new else rng.choices(grades, SHARES)[0]
        yield ClassificationLine(
            sheet_id=sheet.id,
            person_id=person.id,
            year=sheet.year,
            place=place,
            name=person.name,
            own_grade=grade,
            grade=grade,
            computed=grade,
            voted_grade=grade,
            excluded=NotClassified.NEW if is_new else None,
            figures={},
            is_confirmed=True,
        )


def _joined(person: Person) -> date:
    return person.joined_on or date.min


def _rating(
    branch: Place, year: int, lines: list[ClassificationLine], now: datetime
) -> BranchRating:
    unit, scale = branch.unit, scale_of(year)
    places = [scale.place_of(line.grade) for line in lines if line.grade]
    counts = (places.count(0), places.count(1), places.count(2), places.count(3))
    made = rate_branch(BranchFigures(graded=counts), scale, LocalRules().branch_good_shares)
    measured = [
        {"measure": each.measure.value, "values": dict(each.values), "binds": each in made.binding}
        for each in made.judged
    ]
    return BranchRating(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        confirming_unit_id=confirming_unit_of(unit),
        year=year,
        state="confirmed",
        typed={},
        figures={"measured": measured},
        computed=made.grade,
        grade=made.grade,
        confirmed_at=now,
    )
