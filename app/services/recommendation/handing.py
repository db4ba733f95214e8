"""Handing the list of exemplary members over to the Party committee: one day, many dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.extensions import db
from app.models import ExemplaryLine, ExemplaryList, Unit
from app.models.recommendations import ListKind
from app.services.admission.acts import problem_of
from app.services.dossiers import advance, files_for
from app.services.events import By, Change, found, seen_before
from app.services.recommendation.choosing import place_to_choose
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.engine import NoSuchStep, Refused
from workflows.recommendation_facts import RecommendationAnswers

STEP = "hand_list"


@dataclass(frozen=True, slots=True)
class Handover:
    """When a list is handed over, and to which Party committee."""

    on: date
    to_whom: str


@use_case
def hand_over(unit_id: int, lines: Mapping[str, int], handover: Handover, *, by: By) -> int:
    """Hand over the dossiers named, each in the version seen, and return the list's id.

    Each has its own savepoint: one that changed meanwhile, or lacks something, is left out and
    named, the others go through.

    Raises:
        NotFound: no such unit or dossier for this person.
        Forbidden: the unit's lists are not theirs.
        Invalid: nothing was chosen, or the day is before all of them were.
    """
    unit, by = place_to_choose(unit_id, by)
    if event := seen_before(by.request_key):
        return event.subject_id
    files = _files(unit, lines, handover, by)
    made = _made(unit, handover, by)
    facts = {"on": handover.on.isoformat(), "to_whom": handover.to_whom, "named": len(lines)}
    found(made, Change(STEP, facts=facts), by)
    answers = RecommendationAnswers(on=handover.on, to_whom=handover.to_whom)
    each_by = _at_the_unit(unit, by)
    for file in files:
        line = _one(file, lines[file.dossier.ref], answers, each_by)
        line.list_id = made.id
        db.session.add(line)
    return made.id


def _files(unit: Unit, lines: Mapping[str, int], handover: Handover, by: By) -> list[Any]:
    if not lines:
        raise Invalid("chosen", "nobody_chosen")
    files: list[Any] = list(files_for(list(lines), by.actor, lock=True))
    if {file.dossier.ref for file in files if file.dossier.commune_id == unit.id} != lines.keys():
        raise NotFound
    _check_day(files, handover)
    return files


def _check_day(files: Sequence[Any], handover: Handover) -> None:
    """A day that suits nobody on the list is mistyped: nothing is kept of it."""
    first = min(file.chosen_on for file in files)
    if handover.on < first:
        raise Invalid("on", "before_the_choice", first=first)


def _made(unit: Unit, handover: Handover, by: By) -> ExemplaryList:
    return ExemplaryList(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        kind=ListKind.HANDOVER,
        year=handover.on.year,
        held_on=handover.on,
        to_whom=handover.to_whom,
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
    )


def _at_the_unit(unit: Unit, by: By) -> By:
    """Return the act with the posts of the unit alone: no dossier of another slips in."""
    if by.actor is None:
        return by
    posts = tuple(each for each in by.actor.posts if each.unit_id == unit.id)
    return replace(by, actor=replace(by.actor, posts=posts), request_key=None)


def _one(file: Any, seen: int, answers: RecommendationAnswers, by: By) -> ExemplaryLine:  # noqa: ANN401
    """Take the step on one dossier in a savepoint of its own."""
    dossier = file.dossier
    line = ExemplaryLine(person_id=dossier.person_id, dossier_id=dossier.id, problem="", detail={})
    try:
        with db.session.begin_nested():
            check_version(dossier, seen)
            advance(file, STEP, answers, by)
            db.session.flush()
    except (Stale, NoSuchStep, Forbidden, Refused) as error:
        line.problem, line.detail = problem_of(error)
    return line
