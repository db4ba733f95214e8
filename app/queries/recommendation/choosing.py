"""Who can be chosen exemplary in a year: members graded excellent, and what bars each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.extensions import db
from app.models import ClassificationLine, Dossier, ExemplaryTitle, Person, Recommendation, Unit
from app.queries.classification.grades import Graded, grades_of, members_graded
from app.queries.people.standings import stands_on
from app.queries.recommendation.files import counted_years
from app.queries.rules import rulebook
from workflows.classification import Grade
from workflows.classification.scope import NotClassified
from workflows.membership import PersonStatus
from workflows.roadmap import IN_THE_PARTY, station_of


@dataclass(frozen=True, slots=True)
class Eligible:
    """A member graded excellent, with all grades on record; ``bar`` names why not, if anything.

    ``titles`` counts the years in which they were chosen before.
    """

    person_id: int
    name: str
    unit_name: str
    grades: dict[int, Grade]
    titles: int
    bar: str = ""


def eligible_for(unit: Unit, year: int, today: date) -> list[Eligible]:
    """List the members of a grass-roots union whom it can choose for the title of a year.

    An exemplary member is graded excellent; a Party member or a recognised prospect has no need of
    the title, and nobody suspended has it (HD30 §III.1; UIT40).
    """
    graded: dict[int, Graded] = {}
    for each in counted_years(year, rulebook().on(today)):
        graded |= {one.person_id: one for one in members_graded(unit.id, each, Grade.EXCELLENT)}
    numbers = [*graded]
    grades, titles, bars = grades_of(numbers), _titles(numbers), _bars(numbers, year, today)
    found = [
        Eligible(
            one.person_id,
            one.name,
            one.unit_name,
            grades.get(one.person_id, {}),
            titles.get(one.person_id, 0),
            bars.get(one.person_id, ""),
        )
        for one in graded.values()
    ]
    return sorted(found, key=lambda one: _ORDER.index(one.bar))


_ORDER = ("", "chosen_already", "suspended", "recognised", "party_member")


def _titles(numbers: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(ExemplaryTitle.person_id, func.count().label("number"))
        .where(ExemplaryTitle.person_id.in_(numbers))
        .group_by(ExemplaryTitle.person_id)
    )
    return {row.person_id: row.number for row in rows}


def _bars(numbers: Collection[int], year: int, today: date) -> dict[int, str]:
    """Return what bars each, the weightiest where several do."""
    chosen = select(ExemplaryTitle.person_id).where(
        ExemplaryTitle.person_id.in_(numbers), ExemplaryTitle.year == year
    )
    suspended = select(Person.id).where(
        Person.id.in_(numbers), stands_on(today, {PersonStatus.SUSPENDED})
    )
    of_the_party = select(ClassificationLine.person_id).where(
        ClassificationLine.person_id.in_(numbers),
        ClassificationLine.excluded == NotClassified.PARTY_MEMBER,
    )
    found = dict.fromkeys(db.session.scalars(chosen), "chosen_already")
    found |= dict.fromkeys(db.session.scalars(suspended), "suspended")
    found |= _on_the_way(numbers)
    return found | dict.fromkeys(db.session.scalars(of_the_party), "party_member")


def _on_the_way(numbers: Collection[int]) -> dict[int, str]:
    """Whom the Party has recognised is on the way already, until that way ends."""
    rows = db.session.execute(
        select(Dossier.person_id, Dossier.state, Dossier.desk_unit_id, Recommendation.prospect_on)
        .join(Recommendation, Recommendation.dossier_id == Dossier.id)
        .where(Dossier.person_id.in_(numbers))
        .order_by(Dossier.id)
    )
    found = {}
    for person, state, desk, recognised in rows:
        if station_of(state) in IN_THE_PARTY:
            found[person] = "party_member"
        elif desk and recognised:
            found[person] = "recognised"
    return found
