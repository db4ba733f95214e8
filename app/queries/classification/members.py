"""A member on a sheet: what is written, what the figures lead to, as worked out or as frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.models import ClassificationLine
from app.queries.classification.figures import Known
from workflows.classification import Grade
from workflows.classification.criteria import PRIVATE, Criterion, Figures, Proposal, proposal
from workflows.classification.facts import LineFacts, Vote
from workflows.classification.scales import Scale
from workflows.classification.scope import Circumstance, Discipline, NotClassified, scope_of
from workflows.voting import Ballots


@dataclass(frozen=True, slots=True)
class Typed:
    """What the branch writes of a member; without ``grade`` that of the figures is proposed."""

    own_grade: Grade | None = None
    grade: Grade | None = None
    reason: str = ""
    tasks_assigned: int | None = None
    tasks_done: int | None = None
    circumstance: Circumstance | None = None
    discipline: Discipline | None = None
    former_comment: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a criterion found, and whether it keeps the grade from being better."""

    criterion: str
    values: Mapping[str, Any]
    binds: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A member on a sheet, as its page shows them."""

    person_id: int
    name: str
    typed: Typed
    grade: Grade | None
    computed: Grade | None
    excluded: NotClassified | None
    found: tuple[Found, ...]
    by_actual_time: bool = False
    asks_former_unit: bool = False
    former_unit: str = ""
    former_comment: str = ""
    graded_in: str = ""
    line: Any = field(default=None, repr=False)

    @property
    def vote(self) -> Vote | None:
        """The vote on record."""
        line: ClassificationLine | None = self.line
        if line is None or line.voted_grade is None:
            return None
        counts = (line.in_favour or 0, line.against or 0, line.blank or 0, 0)
        return Vote(line.voted_grade, Ballots(*counts))

    def facts(self) -> LineFacts:
        """Return what the rules read of it."""
        return LineFacts(
            person_id=self.person_id,
            name=self.name,
            grade=self.grade,
            computed=self.computed,
            excluded=self.excluded,
            reason=self.typed.reason,
            vote=self.vote,
            asks_former_unit=self.asks_former_unit,
            former_comment=self.typed.former_comment,
            is_returned=bool(self.line and self.line.returned),
            is_mended=bool(self.line and self.line.is_mended),
            graded_in=self.graded_in,
        )


def typed_in(line: ClassificationLine | None) -> Typed:
    """Return what was written of a member."""
    if line is None:
        return Typed()
    private = line.private or {}
    return Typed(
        own_grade=line.own_grade,
        grade=line.grade,
        reason=line.reason,
        tasks_assigned=line.tasks_assigned,
        tasks_done=line.tasks_done,
        circumstance=_one_of(Circumstance, private.get("circumstance")),
        discipline=_one_of(Discipline, private.get("discipline")),
        former_comment=line.former_comment,
    )


def _one_of(kind: Any, value: str | None) -> Any:  # noqa: ANN401
    return kind(value) if value else None


def member(known: Known, typed: Typed, scale: Scale, line: ClassificationLine | None) -> Member:
    """Work out what is proposed for a member, from what is on record and what is written."""
    scope = scope_of(known.year, typed.circumstance)
    worked_out = None if scope.excluded else proposal(_figures(known, typed), scope, scale)
    computed = worked_out.grade if worked_out else None
    return Member(
        person_id=known.person_id,
        name=known.name,
        typed=typed,
        grade=None if scope.excluded else typed.grade or computed,
        computed=computed,
        excluded=scope.excluded,
        found=found_by(worked_out) if worked_out else (),
        by_actual_time=scope.by_actual_time,
        asks_former_unit=scope.asks_former_unit,
        former_unit=known.former_unit,
        former_comment=known.former_comment if scope.asks_former_unit else "",
        graded_in=known.year.graded_in,
        line=line,
    )


def _figures(known: Known, typed: Typed) -> Figures:
    return replace(
        known.figures,
        tasks_assigned=typed.tasks_assigned,
        tasks_done=typed.tasks_done,
        discipline=typed.discipline,
    )


def found_by(worked_out: Proposal) -> tuple[Found, ...]:
    """Return what each criterion found."""
    binding = worked_out.binding
    return tuple(
        Found(limit.criterion.value, dict(limit.values), limit in binding)
        for limit in worked_out.limits
    )


def frozen_figures(each: Member) -> dict[str, Any]:
    """Write the figures of a member as they are kept with the vote; what is private is not here."""
    found = [
        {"criterion": one.criterion, "values": dict(one.values), "binds": one.binds}
        for one in each.found
        if one.criterion not in PRIVATE
    ]
    return {
        "found": found,
        "by_actual_time": each.by_actual_time,
        "asks_former_unit": each.asks_former_unit,
        "former_unit": each.former_unit,
        "graded_in": each.graded_in if each.excluded else "",
    }


def _private(line: ClassificationLine) -> list[Found]:
    typed = typed_in(line)
    found = []
    if typed.discipline:
        found.append(Found(Criterion.DISCIPLINE.value, {}, binds=True))
    if typed.circumstance is Circumstance.SICK:
        found.append(Found(Criterion.CIRCUMSTANCE.value, {}, binds=True))
    return found


def frozen(line: ClassificationLine) -> Member:
    """Return a member as the vote left them."""
    kept = line.figures
    return Member(
        person_id=line.person_id,
        name=line.name,
        typed=typed_in(line),
        grade=line.grade,
        computed=line.computed,
        excluded=line.excluded,
        found=(*(Found(**each) for each in kept.get("found", ())), *_private(line)),
        by_actual_time=kept.get("by_actual_time", False),
        asks_former_unit=kept.get("asks_former_unit", False),
        former_unit=kept.get("former_unit", ""),
        graded_in=kept.get("graded_in", ""),
        line=line,
    )
