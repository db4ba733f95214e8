"""What a workflow brings along: how its files are loaded, read as facts, and written by a step."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from app.models import Dossier, Unit
from app.queries import transfers
from app.queries.admission import files as admissions
from app.queries.contest import entries
from app.queries.recommendation import files as recommendations
from app.services.admission import steps as admission_steps
from app.services.entry import steps as entry_steps
from app.services.events import By
from app.services.recommendation import steps as recommendation_steps
from app.services.transfer import steps as transfer_steps
from workflows.admission import ADMISSION
from workflows.admission_facts import Answers
from workflows.calendar import local_day
from workflows.contest.entry import ENTRY
from workflows.contest.entry_facts import EntryAnswers
from workflows.engine import Workflow
from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import RecommendationAnswers
from workflows.rules import RuleSet
from workflows.transfer import TRANSFER
from workflows.transfer_facts import TransferAnswers

REFERENCE = re.compile(r"([A-Z]+)-[0-9]{4}-[0-9]{6,9}")


class File(Protocol):
    """A dossier with the rows of its area; the branch tells who may see it."""

    dossier: Dossier
    branch: Unit


@dataclass(frozen=True, slots=True)
class Area:
    """One workflow at work: ``load`` finds files, ``facts`` reads them, ``apply`` writes a step.

    ``facts`` hold for a moment; ``writes`` names what a step changes in its own area, and returns
    the facts that the event keeps.
    """

    workflow: Workflow
    load: Callable[..., Sequence[Any]]
    facts: Callable[[Any, RuleSet, datetime, Any], Any]
    no_answers: Any
    writes: Mapping[str, Callable[[Any, Any, By], dict[str, Any]]]


def _of_the_day(
    facts: Callable[[Any, RuleSet, date, Any], Any],
) -> Callable[[Any, RuleSet, datetime, Any], Any]:
    """Facts that change at midnight only: no requirement of theirs asks for the minute."""
    return lambda file, rules, now, answers: facts(file, rules, local_day(now), answers)


AREAS = {
    ADMISSION.name: Area(
        workflow=ADMISSION,
        load=admissions.load,
        facts=_of_the_day(admissions.facts_of),
        no_answers=Answers(),
        writes=admission_steps.WRITES,
    ),
    TRANSFER.name: Area(
        workflow=TRANSFER,
        load=transfers.load,
        facts=_of_the_day(transfers.facts_of),
        no_answers=TransferAnswers(),
        writes=transfer_steps.WRITES,
    ),
    RECOMMENDATION.name: Area(
        workflow=RECOMMENDATION,
        load=recommendations.load,
        facts=_of_the_day(recommendations.facts_of),
        no_answers=RecommendationAnswers(),
        writes=recommendation_steps.WRITES,
    ),
    ENTRY.name: Area(
        workflow=ENTRY,
        load=entries.load,
        facts=entries.facts_of,
        no_answers=EntryAnswers(),
        writes=entry_steps.WRITES,
    ),
}


def area_of(ref: str) -> Area | None:
    """Return the area that a reference such as ``KN-2026-000042`` belongs to."""
    written = REFERENCE.fullmatch(ref)
    prefix = written[1] if written else ""
    return next((each for each in AREAS.values() if each.workflow.prefix == prefix), None)
