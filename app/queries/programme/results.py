"""How members did in the training programme of a year: what classification and their page ask."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from app.extensions import db
from app.models import ProgrammeChoice, ProgrammeContent, ProgrammeRegistration
from workflows.programme_facts import Mark


@dataclass(frozen=True, slots=True)
class ProgrammeResult:
    """What a member registered in a year and how it ended.

    ``mark`` is that of the whole, once the branch has concluded; ``done`` of ``of`` contents were
    done, ``late`` of them after their day.
    """

    registered: bool
    mark: Mark | None = None
    done: int = 0
    of: int = 0
    late: int = 0


UNREGISTERED = ProgrammeResult(registered=False)


def results_of(person_ids: Collection[int], year: int) -> dict[int, ProgrammeResult]:
    """Return how each of some people did in the programme of a year, registered or not."""
    registration = ProgrammeRegistration
    asked = registration.person_id.in_(person_ids), registration.year == year
    rows = db.session.execute(_counted().where(*asked)) if person_ids else ()
    found = {row.person_id: _result(row) for row in rows}
    return {number: found.get(number, UNREGISTERED) for number in person_ids}


def results_by_year(person_id: int) -> dict[int, ProgrammeResult]:
    """Return how somebody did in each year, the latest first."""
    query = _counted().where(ProgrammeRegistration.person_id == person_id)
    rows = db.session.execute(query.order_by(ProgrammeRegistration.year.desc()))
    return {row.year: _result(row) for row in rows}


def _counted() -> Select[*tuple[Any, ...]]:
    registration, choice = ProgrammeRegistration, ProgrammeChoice
    done = choice.mark.in_((Mark.DONE_WELL, Mark.AVERAGE))
    late = choice.done_on > ProgrammeContent.due_on
    return (
        select(
            *(registration.person_id, registration.year, registration.mark),
            func.count(choice.content_id).label("of"),
            func.count().filter(done).label("done"),
            func.count().filter(done, late).label("late"),
        )
        .outerjoin(choice, choice.registration_id == registration.id)
        .outerjoin(ProgrammeContent, ProgrammeContent.id == choice.content_id)
        .group_by(registration.id)
    )


def _result(row: Any) -> ProgrammeResult:  # noqa: ANN401
    return ProgrammeResult(True, row.mark, row.done, row.of, row.late)  # noqa: FBT003
