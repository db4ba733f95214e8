"""Lists of exemplary members: who waits to be handed over, and what became of each on a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.actors import HeldPost
from app.extensions import db
from app.models import (
    Account,
    Dossier,
    ExemplaryLine,
    ExemplaryList,
    Person,
    Recommendation,
    Unit,
)
from app.queries.admission.acts import reasons_of
from app.queries.recommendation.files import RecommendationFile, recommendation_files
from workflows.engine import Unmet

WAITING = "listing"
LATEST = 50
BIGGEST_ID = 2**31 - 1
Home = aliased(Unit, name="home")


def waiting_to_be_listed(unit_id: int) -> list[RecommendationFile]:
    """List the files of a union that wait to be handed over, by branch and given name."""
    files = recommendation_files(Dossier.commune_id == unit_id, Dossier.state == WAITING)
    return sorted(files, key=lambda file: (file.branch.sort_key, file.person.sort_key))


@dataclass(frozen=True, slots=True)
class ListHead:
    """A list with its unit, who made it, and how many it covers."""

    made: ExemplaryList
    unit: Unit
    maker: str
    done: int
    left_out: int


def _heads(*where: Any) -> list[ListHead]:  # noqa: ANN401
    done = func.count().filter(ExemplaryLine.problem == "")
    rows = db.session.execute(
        select(ExemplaryList, Unit, Account.name, done, func.count() - done)
        .join(Unit, Unit.id == ExemplaryList.unit_id)
        .join(Account, Account.id == ExemplaryList.made_by_id)
        .join(ExemplaryLine, ExemplaryLine.list_id == ExemplaryList.id)
        .where(*where)
        .group_by(ExemplaryList.id, Unit.id, Account.id)
        .order_by(ExemplaryList.held_on.desc(), ExemplaryList.id.desc())
        .limit(LATEST)
    )
    return [ListHead(*row) for row in rows]


def lists_seen(posts: Sequence[HeldPost]) -> list[ListHead]:
    """List the latest lists of the units that some posts look over."""
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    return _heads(or_(*below)) if below else []


def list_head(list_id: int) -> ListHead | None:
    """Return one list."""
    if list_id > BIGGEST_ID:
        return None
    return next(iter(_heads(ExemplaryList.id == list_id)), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """One member on a list, with what form 3.1 says of them where they were not left out."""

    person: Person
    branch_name: str
    ref: str | None
    kept: Recommendation | None
    problem: str
    detail: dict[str, Any]

    @property
    def reasons(self) -> list[Unmet]:
        """Return why the step was refused, as the engine named it."""
        return reasons_of(self.detail)


def dossiers_on(list_id: int, posts: Sequence[HeldPost]) -> list[tuple[int, int]]:
    """List id and district of the dossiers of which a list tells somebody."""
    theirs = [Home.path.startswith(each.path, autoescape=True) for each in posts]
    rows = db.session.execute(
        select(Dossier.id, Dossier.district_id)
        .join(ExemplaryLine, ExemplaryLine.dossier_id == Dossier.id)
        .join(Home, Home.id == Dossier.branch_id)
        .where(ExemplaryLine.list_id == list_id, or_(*theirs))
    )
    return [(number, district) for number, district in rows]


def lines_of(list_id: int, posts: Sequence[HeldPost]) -> list[Listed]:
    """List who is on a list, those left out first; whose file has moved away is not told."""
    place = func.coalesce(Dossier.branch_id, Person.unit_id)
    theirs = [Home.path.startswith(each.path, autoescape=True) for each in posts]
    rows = db.session.execute(
        select(
            *(Person, Home.name, Dossier.ref, Recommendation),
            *(ExemplaryLine.problem, ExemplaryLine.detail),
        )
        .join(Person, Person.id == ExemplaryLine.person_id)
        .outerjoin(Dossier, Dossier.id == ExemplaryLine.dossier_id)
        .outerjoin(Recommendation, Recommendation.dossier_id == Dossier.id)
        .join(Home, Home.id == place)
        .where(ExemplaryLine.list_id == list_id, or_(*theirs))
        .order_by(ExemplaryLine.problem == "", Home.sort_key, Person.sort_key, Person.id)
    )
    return [Listed(*row) for row in rows]
