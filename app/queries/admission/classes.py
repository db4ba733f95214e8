"""Classes: those of a subtree, who sits in one, and who could still be listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from app.actors import HeldPost
from app.extensions import db
from app.models import ClassPlace, Dossier, Person, TrainingClass, Unit
from app.queries.queues import under_my_eyes

CANDIDATE_STATE = "education"


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of a list, with the number of places that the reader may see."""

    row: TrainingClass
    unit_name: str
    places: int
    passed: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A candidate in a class; whose dossier is closed, that result stays as it is."""

    ref: str
    state: str
    person_name: str
    branch_name: str
    is_open: bool
    attended: int
    passed: bool | None
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A dossier that may be listed for a class."""

    ref: str
    person_name: str
    branch_name: str


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class with its unit and the places that the reader may see."""

    row: TrainingClass
    unit: Unit
    lines: list[PlaceLine]


def _below(posts: Sequence[HeldPost]) -> ColumnElement[bool]:
    paths = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    return or_(*paths) if paths else false()


def classes_seen(posts: Sequence[HeldPost], limit: int = 50) -> list[ClassLine]:
    """List the latest classes of the units that posts look over, and of their own candidates."""
    seen = and_(Dossier.id == ClassPlace.dossier_id, under_my_eyes(posts))
    passed = func.count(Dossier.id).filter(ClassPlace.passed.is_(True))
    rows = db.session.execute(
        select(TrainingClass, Unit.name, func.count(Dossier.id), passed)
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .outerjoin(ClassPlace, ClassPlace.class_id == TrainingClass.id)
        .outerjoin(Dossier, seen)
        .where(or_(_below(posts), Dossier.id.is_not(None)))
        .group_by(TrainingClass.id, Unit.id)
        .order_by(TrainingClass.from_on.desc(), TrainingClass.id.desc())
        .limit(limit)
    )
    return [ClassLine(*row) for row in rows]


def class_page(class_id: int, posts: Sequence[HeldPost]) -> ClassPage | None:
    """Return a class with the places that some posts look over; nothing where there are none."""
    found = db.session.execute(
        select(TrainingClass, Unit, _below(posts))
        .join(Unit, Unit.id == TrainingClass.unit_id)
        .where(TrainingClass.id == class_id)
    ).one_or_none()
    if found is None:
        return None
    row, unit, is_theirs = found
    lines = _places(class_id, posts)
    return ClassPage(row, unit, lines) if is_theirs or lines else None


def _places(class_id: int, posts: Sequence[HeldPost]) -> list[PlaceLine]:
    rows = db.session.execute(
        select(
            Dossier.ref,
            Dossier.state,
            Dossier.person_name,
            Unit.name,
            Dossier.desk_unit_id.is_not(None),
            ClassPlace.attended,
            ClassPlace.passed,
            ClassPlace.recorded_at.is_not(None),
        )
        .join(Dossier, Dossier.id == ClassPlace.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Person, Person.id == Dossier.person_id)
        .where(ClassPlace.class_id == class_id, under_my_eyes(posts))
        .order_by(Unit.sort_key, Person.sort_key, Dossier.id)
    )
    return [PlaceLine(*row) for row in rows]


def may_be_listed(unit_id: int, class_id: int, today: date) -> ColumnElement[bool]:
    """Match the dossiers of a grass-roots union that may join a class of its.

    They are in education, have passed no class, and sit in none that is not over yet.
    """
    taken = or_(
        ClassPlace.class_id == class_id,
        ClassPlace.passed.is_(True),
        and_(ClassPlace.passed.is_(None), TrainingClass.to_on >= today),
    )
    placed: Select[*tuple[int, ...]] = (
        select(ClassPlace.dossier_id)
        .join(TrainingClass, TrainingClass.id == ClassPlace.class_id)
        .where(ClassPlace.dossier_id == Dossier.id, taken)
    )
    here = Dossier.commune_id == unit_id
    return and_(here, Dossier.state == CANDIDATE_STATE, ~placed.exists())


def candidates_for(unit_id: int, class_id: int, today: date) -> list[CandidateLine]:
    """List who may still be listed for a class, by branch and given name."""
    rows = db.session.execute(
        select(Dossier.ref, Dossier.person_name, Unit.name)
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Person, Person.id == Dossier.person_id)
        .where(may_be_listed(unit_id, class_id, today))
        .order_by(Unit.sort_key, Person.sort_key, Dossier.id)
    )
    return [CandidateLine(*row) for row in rows]
