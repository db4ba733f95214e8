"""The roadmap of exemplary members: where each stands, and how many stand at each station."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import aliased

from app.actors import HeldPost
from app.extensions import db
from app.models import (
    Account,
    Dossier,
    ExemplaryTitle,
    Person,
    Reading,
    Recommendation,
    Unit,
)
from app.queries.recommendation.files import RecommendationFile
from app.queries.rules import rulebook
from workflows.roadmap import STATIONS, station_of

PAGE = 25
Commune = aliased(Unit, name="commune")
ORDER = [each.name for each in STATIONS]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """One member's way as a line of stations: those passed, and the one they stand at.

    ``station`` is ``ended`` where the way ended before the last one; ``reached`` is how far.
    Who was chosen for years and is not admitted ``is_delayed`` (HD30 §III.2, step 2).
    """

    ref: str
    name: str
    branch_name: str
    commune_name: str
    state: str
    station: str
    reached: int
    titles: int
    is_delayed: bool
    place: tuple[str, int]


def roadmap_of(file: RecommendationFile) -> Roadmap:
    """Draw the roadmap of a file."""
    titles = select(func.count()).where(ExemplaryTitle.person_id == file.person.id)
    count = db.session.scalar(titles) or 0
    key = file.person.sort_key
    return _roadmap(_Row(file.dossier, file.recommendation, file.branch.name, "", key, count))


def _proofs(kept: Recommendation) -> list[object]:
    """Return what proves the stations after the first, in their order."""
    early = [kept.listed_on, kept.prospect_on, kept.vote_id, kept.resolved_on]
    return [*early, kept.cell_on, kept.admitted_on]


def _reached(station: str, proofs: Sequence[object]) -> int:
    """Return how far somebody has come; whose way ended, by what was recorded until then."""
    if station in ORDER:
        return ORDER.index(station)
    return max((number for number, proof in enumerate(proofs, start=1) if proof), default=0)


def _under(posts: Sequence[HeldPost]) -> ColumnElement[bool]:
    return or_(false(), *(Unit.path.startswith(held.path, autoescape=True) for held in posts))


def _lines(year: int | None) -> Select[*tuple[Any, ...]]:
    """Select dossiers with the titles of their people; of a year, those that have its title."""
    theirs = ExemplaryTitle.person_id == Dossier.person_id
    titles = select(func.count()).where(theirs).scalar_subquery()
    query = (
        select(Dossier, Recommendation, Unit.name, Commune.name, Person.sort_key, titles)
        .join(Recommendation, Recommendation.dossier_id == Dossier.id)
        .join(Person, Person.id == Dossier.person_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Commune, Commune.id == Dossier.commune_id)
    )
    if year is None:
        return query
    of_the_year = select(ExemplaryTitle.dossier_id).where(ExemplaryTitle.year == year)
    return query.where(Dossier.id.in_(of_the_year))


def roadmaps(
    posts: Sequence[HeldPost], year: int | None, after: tuple[str, int] | None = None
) -> list[Roadmap]:
    """List one page (25 and one more) of the exemplary members below some posts, by given name.

    ``after`` is the sort key and id of the last one seen.
    """
    query = _lines(year).where(_under(posts)).order_by(Person.sort_key, Dossier.id).limit(PAGE + 1)
    if after:
        key, number = after
        later = (Person.sort_key > key) | ((Person.sort_key == key) & (Dossier.id > number))
        query = query.where(later)
    return [_roadmap(_Row(*row)) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class _Row:
    """What a roadmap is drawn from."""

    dossier: Dossier
    kept: Recommendation
    branch_name: str
    commune_name: str
    sort_key: str
    titles: int


def _roadmap(row: _Row) -> Roadmap:
    dossier, kept = row.dossier, row.kept
    station = station_of(dossier.state, listed=kept.listed_on is not None)
    years = rulebook().named(dossier.rule_set).exemplary_years
    waits = dossier.desk_unit_id is not None and kept.admitted_on is None
    return Roadmap(
        dossier.ref,
        dossier.person_name,
        row.branch_name,
        row.commune_name,
        dossier.state,
        station,
        _reached(station, _proofs(kept)),
        row.titles,
        waits and row.titles >= years,
        (row.sort_key, dossier.id),
    )


def standing_counts(posts: Sequence[HeldPost], year: int | None) -> dict[str, Counter[str]]:
    """Count who stands at which station, by commune: all below some posts, or of a year's title."""
    listed = Recommendation.listed_on.is_not(None).label("listed")
    query = (
        _lines(year)
        .where(_under(posts))
        .with_only_columns(Commune.name, Dossier.state, listed, func.count())
        .group_by(Commune.id, Commune.name, Commune.sort_key, Dossier.state, listed)
        .order_by(Commune.sort_key, Commune.id)
    )
    found: dict[str, Counter[str]] = {}
    for commune, state, is_listed, number in db.session.execute(query):
        found.setdefault(commune, Counter())[station_of(state, listed=is_listed)] += number
    return found


def title_years(posts: Sequence[HeldPost]) -> list[int]:
    """List the years that have titles below some posts, the latest first."""
    query = (
        select(ExemplaryTitle.year)
        .join(Dossier, Dossier.id == ExemplaryTitle.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(_under(posts))
        .distinct()
        .order_by(ExemplaryTitle.year.desc())
    )
    return list(db.session.scalars(query))


def readings_of(dossier_id: int, most: int = 50) -> list[tuple[str, date]]:
    """List who read a dossier on which day, the latest first."""
    rows = db.session.execute(
        select(Account.name, Reading.read_on)
        .join(Account, Account.id == Reading.account_id)
        .where(Reading.dossier_id == dossier_id)
        .order_by(Reading.read_on.desc(), Reading.id.desc())
        .limit(most)
    )
    return [(name, day) for name, day in rows]
