"""What a member did, with evidence, and how they see it themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models import ProgrammeChoice, ProgrammeRegistration
from app.services.events import By, Change, record, seen_before
from app.services.programme.seats import seated
from app.services.programme.steps import Said, advance, rows_of
from app.services.refusals import Forbidden, Invalid
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.calendar import local_day
from workflows.programme import TRACKED
from workflows.programme_facts import Mark


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a content went: how many of its target, until when, with what evidence."""

    done: int | None = None
    done_on: date | None = None
    evidence: str = ""
    self_mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What was written about a member's contents, by content; ``evaluates`` ends it for now."""

    seen: int
    contents: Mapping[int, Progress] = field(default_factory=dict)
    comment: str = ""
    evaluates: bool = False


@use_case
def track(unit_id: int, year: int, person_id: int, told: Told, *, by: By) -> None:
    """Write down what a member of a unit did, and their own evaluation where it is complete.

    Raises:
        NotFound, Forbidden: no such unit for this person, or its sheet is not theirs; what is not
            approved, or is concluded, cannot be tracked.
        Invalid: somebody is no member here, a content is not of theirs, or a day lies ahead.
        Stale: somebody changed it since.
        Refused: with everything that the evaluation lacks.
    """
    unit, by = seated(unit_id, by, [person_id], decides=False)
    if seen_before(by.request_key):
        return
    track_in(rows_of(unit, year, [person_id], by)[person_id], told, by)


def track_in(
    row: ProgrammeRegistration,
    told: Told,
    by: By,
    **facts: Any,  # noqa: ANN401
) -> None:
    """Write what was told into a registration within a running transaction."""
    check_version(row, told.seen)
    if row.state not in TRACKED:
        raise Forbidden("programme_closed")
    changes = _write(row, told, local_day(by.now))
    row.self_comment = told.comment
    facts |= {"progress": changes}
    if told.evaluates:
        advance(row, "self_evaluate", Said(told.seen, told.comment), by, **facts)
    elif changes or told.comment:
        record(row, Change("track", comment=told.comment, facts=facts), by)


def _write(row: ProgrammeRegistration, told: Told, today: date) -> dict[str, Any]:
    choices = {each.content_id: each for each in row.choices}
    if told.contents.keys() - choices.keys():
        raise Invalid("sheet", "stranger")
    changes = {}
    for number, progress in told.contents.items():
        if progress.done_on and progress.done_on > today:
            raise Invalid(f"done_on-{number}", "still_ahead")
        if changed := _changed(choices[number], progress):
            changes[choices[number].content.text] = changed
    return changes


def _changed(choice: ProgrammeChoice, progress: Progress) -> dict[str, Any]:
    after = {
        "done": progress.done,
        "done_on": progress.done_on,
        "evidence": progress.evidence,
        "self_mark": progress.self_mark,
    }
    changed = {name: value for name, value in after.items() if getattr(choice, name) != value}
    for name, value in changed.items():
        setattr(choice, name, value)
    return {name: _plain(value) for name, value in changed.items()}


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if isinstance(value, date) else value
