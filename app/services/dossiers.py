"""The one way to change where a dossier stands: ``take_step``, and ``advance`` for group acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models.dossiers import reference_numbers
from app.queries.rules import rulebook
from app.services.areas import AREAS, File, area_of
from app.services.events import By, Change, record, seen_before
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day, months_after
from workflows.engine import Case, NoSuchStep, State, Workflow
from workflows.rules import RuleSet


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, for the page that follows; ``repeated`` where a request came twice."""

    ref: str
    step: str
    state: str | None
    at: datetime
    repeated: bool = False


@use_case
def take_step(ref: str, step: str, answers: Any, *, by: By, seen: int) -> Receipt:  # noqa: ANN401
    """Take a step that a person asks for, on the version of the dossier that they saw.

    Raises:
        NotFound: no such dossier for this person.
        Stale: somebody changed it since.
        NoSuchStep: the workflow has no such step here.
        Forbidden: it is not theirs to take.
        Refused: requirements are not met; all of them are named.
        Invalid: a number that somebody else has.
    """
    file = file_for(ref, by.actor, lock=True)
    moved_on = file.dossier.version != seen
    if moved_on and (event := seen_before(by.request_key)):
        return Receipt(ref, event.step, event.to_state, event.at, repeated=True)
    check_version(file.dossier, seen)
    if AREAS[file.dossier.workflow].workflow.step_from(file.dossier.state, step).through:
        raise NoSuchStep(file.dossier.state, step)
    return advance(file, step, answers, by)


def file_for(ref: str, actor: Actor | None, *, lock: bool) -> File:
    """Load a dossier that exists for this person.

    Raises:
        NotFound: there is none, or it lies in no unit they look over.
    """
    files = files_for([ref], actor, lock=lock)
    if not files:
        raise NotFound
    return files[0]


def files_for(refs: Sequence[str], actor: Actor | None, *, lock: bool) -> list[File]:
    """Load the dossiers among these that exist for this person, by workflow and their ids."""
    files: list[File] = []
    for area in AREAS.values():
        if own := [ref for ref in refs if area_of(ref) is area]:
            files += area.load(own, lock=lock)
    return [each for each in files if actor is None or _is_seen(each, actor)]


def _is_seen(file: File, actor: Actor) -> bool:
    return policies.may_see(actor, file.dossier, file.branch.path)


def advance(file: Any, name: str, answers: Any, by: By) -> Receipt:  # noqa: ANN401
    """Take one step within a running transaction: policy, requirements, machine, rows, event."""
    dossier, area = file.dossier, AREAS[file.dossier.workflow]
    rules = rulebook().named(dossier.rule_set)
    by = in_post(file, name, by)
    case = Case(dossier.state, area.facts(file, rules, by.now, answers))
    area.workflow.fire(case, name)
    before = dossier.state
    write = area.writes.get(name)
    facts = write(file, answers, by) if write else {}
    _put(file, case.state, rules, by.now)
    comment = getattr(answers, "reason", "")
    record(dossier, Change(name, before, case.state, comment, facts), by)
    return Receipt(dossier.ref, name, case.state, by.now)


def in_post(file: Any, name: str, by: By) -> By:  # noqa: ANN401
    """Return who takes a step in the post in which they do; the program itself needs none.

    Raises:
        NoSuchStep: the workflow has no such step here.
        Forbidden: it is not theirs to take.
    """
    if by.actor is None:
        return by
    workflow = AREAS[file.dossier.workflow].workflow
    step = workflow.step_from(file.dossier.state, name)
    desk = workflow.desk_for(step, file.dossier.state)
    rules = rulebook().named(file.dossier.rule_set)
    post, barred = policies.acting_post(by.actor, file.dossier, desk, rules, step=step)
    if post is None:
        raise Forbidden("not_your_desk")
    if barred:
        raise Forbidden(barred)
    return By(by.actor, by.now, post, by.request_key)


def _put(file: Any, state: str, rules: RuleSet, now: datetime) -> None:  # noqa: ANN401
    """Lay the dossier on the desk of its state."""
    dossier, area = file.dossier, AREAS[file.dossier.workflow]
    place = area.workflow.states[state]
    dossier.desk_unit_id = policies.unit_of(place.desk.seat, dossier, rules) if place.desk else None
    if state != dossier.state:
        dossier.entered_desk_at = now
    dossier.state = state
    facts = area.facts(file, rules, now, area.no_answers)
    dossier.due_on = due_on(place, rules, local_day(now), facts)


def due_on(place: State, rules: RuleSet, entered: date, facts: Any) -> date | None:  # noqa: ANN401
    """Return the last day on which a dossier may still lie in a state, where one is set."""
    if place.due is None:
        return None
    amount: int = getattr(rules, place.due.setting)
    if place.due.since is None:
        return entered + timedelta(days=amount)
    return months_after(getattr(facts, place.due.since) or entered, amount)


def next_reference(workflow: Workflow, now: datetime) -> str:
    """Return the next reference of a workflow; gaps are allowed, repeats are not."""
    number = db.session.scalar(reference_numbers)
    return f"{workflow.prefix}-{local_day(now).year}-{number:06d}"
