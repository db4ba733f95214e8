"""Classes: a commune opens one, lists candidates of its branches, and records many results."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app import policies
from app.extensions import db
from app.models import ClassPlace, Dossier, TrainingClass, Unit
from app.policies import Right
from app.queries.admission.classes import class_page, may_be_listed
from app.queries.units.tree import unit_by_id
from app.services.dossiers import files_for
from app.services.events import By, Change, found, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What is said of a class when it is opened."""

    title: str
    place: str
    from_on: date
    to_on: date
    sessions: int


@dataclass(frozen=True, slots=True)
class Result:
    """Sessions attended, and passed or not; ``None`` where that is not known yet."""

    attended: int
    passed: bool | None


@use_case
def open_class(unit_id: int, plan: ClassPlan, *, by: By) -> int:
    """Open a class of a grass-roots union and return its id.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: its classes are not theirs to keep.
        Invalid: it ends before it begins, or has no session.
    """
    unit = unit_by_id(unit_id)
    if unit is None or not _looks_over(by, unit):
        raise NotFound
    by = _as_teacher(unit, by)
    if event := seen_before(by.request_key):
        return event.subject_id
    if plan.to_on < plan.from_on:
        raise Invalid("to_on", "ends_before_it_begins")
    if plan.sessions < 1:
        raise Invalid("sessions", "no_session")
    row = TrainingClass(district_id=unit.district_id or unit.id, unit_id=unit.id, **asdict(plan))
    days = {"from_on": plan.from_on.isoformat(), "to_on": plan.to_on.isoformat()}
    found(row, Change("open_class", facts={**asdict(plan), **days}), by)
    return row.id


@use_case
def list_candidates(class_id: int, refs: Sequence[str], *, by: By, seen: int) -> None:
    """Give candidates of the commune's branches a place in a class.

    Raises:
        NotFound: no such class or dossier for this person.
        Forbidden: the class is not theirs to keep.
        Stale: somebody changed the class since.
        Invalid: nobody was chosen, or somebody cannot be listed (any more): not in education,
            class passed already, or in another class that is not over.
    """
    row, by = _class(class_id, by)
    if seen_before(by.request_key):
        return
    check_version(row, seen)
    if not refs:
        raise Invalid("chosen", "nobody_chosen")
    for file in _free(row, refs, by):
        db.session.add(ClassPlace(class_id=row.id, dossier_id=file.dossier.id, attended=0))
        _tell(file.dossier, row, Change("join_class"), by)
    record(row, Change("list_candidates", facts={"dossiers": sorted(refs)}), by)


@use_case
def record_results(class_id: int, results: Mapping[str, Result], *, by: By, seen: int) -> None:
    """Record attendance and result for many at once, or correct them.

    The event keeps what was there before and what is there now.

    Raises:
        NotFound: no such class, or no such candidate in it.
        Forbidden: the class is not theirs to keep.
        Stale: somebody changed the class since.
        Invalid: more sessions than the class has, a result before its last day, or a closed
            dossier; the field is the reference.
    """
    row, by = _class(class_id, by)
    if seen_before(by.request_key):
        return
    check_version(row, seen)
    _check_results(row, results, by)
    changes: dict[str, Any] = {}
    for file, place in _placed(row, results, by):
        if change := _write(place, results[file.dossier.ref], by):
            _check_open(file.dossier)
            _tell(file.dossier, row, Change("class_result", facts=change), by)
            changes[file.dossier.ref] = change
    if changes:
        record(row, Change("record_results", facts={"results": changes}), by)


def _looks_over(by: By, unit: Unit) -> bool:
    return by.actor is not None and policies.may(by.actor, Right.LOOK, unit.id, unit.path)


def _as_teacher(unit: Unit, by: By) -> By:
    held = policies.posts_with(by.actor, Right.TEACH) if by.actor else []
    post = next((each for each in held if each.unit_id == unit.id), None)
    if post is None:
        raise Forbidden("not_your_desk")
    return replace(by, post=post)


def _class(class_id: int, by: By) -> tuple[TrainingClass, By]:
    """Load a class for writing; others wait until this is done."""
    posts = policies.posts_with(by.actor, Right.LOOK) if by.actor else []
    page = class_page(class_id, posts)
    if page is None:
        raise NotFound
    by = _as_teacher(page.unit, by)
    db.session.refresh(page.row, with_for_update=True)
    return page.row, by


def _free(row: TrainingClass, refs: Sequence[str], by: By) -> list[Any]:
    """Lock the dossiers, so that two classes cannot both take one, and see that all are free."""
    files = files_for(refs, by.actor, lock=True)
    if len(files) < len(set(refs)):
        raise NotFound
    free = may_be_listed(row.unit_id, row.id, local_day(by.now))
    query = select(Dossier.id).where(Dossier.ref.in_(refs), free)
    left = set(db.session.scalars(query))
    if taken := [file.dossier.person_name for file in files if file.dossier.id not in left]:
        raise Invalid("chosen", "not_free", names=", ".join(taken))
    return files


def _check_results(row: TrainingClass, results: Mapping[str, Result], by: By) -> None:
    is_over = local_day(by.now) >= row.to_on
    for ref, result in results.items():
        if not 0 <= result.attended <= row.sessions:
            raise Invalid(ref, "too_many_sessions", most=row.sessions)
        if result.passed is not None and not is_over:
            raise Invalid(ref, "not_over", last=row.to_on)


def _placed(
    row: TrainingClass, results: Mapping[str, Result], by: By
) -> list[tuple[Any, ClassPlace]]:
    files = files_for(list(results), by.actor, lock=True)
    query = select(ClassPlace).where(ClassPlace.class_id == row.id)
    places = {place.dossier_id: place for place in db.session.scalars(query)}
    found_here = [(file, places[file.dossier.id]) for file in files if file.dossier.id in places]
    if len(found_here) < len(results):
        raise NotFound
    return found_here


def _write(place: ClassPlace, result: Result, by: By) -> dict[str, list[Any]]:
    """Change what differs and return it as before and after."""
    before, after = (place.attended, place.passed), (result.attended, result.passed)
    if before == after:
        return {}
    place.attended, place.passed, place.recorded_at = result.attended, result.passed, by.now
    pairs = zip(("attended", "passed"), before, after, strict=True)
    return {name: [old, new] for name, old, new in pairs if old != new}


def _check_open(dossier: Dossier) -> None:
    if dossier.desk_unit_id is None:
        raise Invalid(dossier.ref, "closed")


def _tell(dossier: Dossier, row: TrainingClass, change: Change, by: By) -> None:
    """Leave an event on the dossier too: its history shows what became of the candidate."""
    state = dossier.state
    facts = {"class": row.id, "title": row.title, **change.facts}
    whole = replace(change, from_state=state, to_state=state, facts=facts)
    record(dossier, whole, replace(by, request_key=None))
