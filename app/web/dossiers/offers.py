"""Which steps a page offers: the functions that guard the POST also draw the buttons."""

from dataclasses import dataclass
from typing import Any

from app import policies
from app.queries.rules import rulebook
from app.services.areas import AREAS
from app.web.access import me, now
from workflows.engine import Step, Unmet

# What a step itself puts on record: it is missing before the step, and no reason against it.
RECORDED_BY = {"record_vote": "vote_recorded"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that the person may take: open, or closed for the reasons named."""

    step: Step
    unmet: tuple[Unmet, ...]

    @property
    def is_open(self) -> bool:
        """Whether the button can be pressed."""
        return not self.unmet


def facts_now(file: Any) -> Any:  # noqa: ANN401
    """Return the facts of a file as they are now, before anything is answered."""
    area = AREAS[file.dossier.workflow]
    rules = rulebook().named(file.dossier.rule_set)
    return area.facts(file, rules, now(), area.no_answers)


def offers(file: Any) -> tuple[list[Offer], set[str]]:  # noqa: ANN401
    """List the steps at the person's own desk, and what bars them from others that are due."""
    dossier, workflow = file.dossier, AREAS[file.dossier.workflow].workflow
    rules, facts = rulebook().named(dossier.rule_set), facts_now(file)
    offered: list[Offer] = []
    bars: set[str] = set()
    for step in workflow.steps_from(dossier.state):
        desk = workflow.desk_for(step, dossier.state)
        post, bar = policies.acting_post(me(), dossier, desk, rules, step=step)
        if post is None:
            continue
        missing = _standing(step, facts)
        if not bar:
            offered.append(Offer(step, missing))
        elif not missing:
            bars.add(bar)
    return offered, bars


def _standing(step: Step, facts: Any) -> tuple[Unmet, ...]:  # noqa: ANN401
    """What is missing before anybody types an answer."""
    own = RECORDED_BY.get(step.name)
    claims = (claim for claim in step.requires if not claim.of_answer and claim.code != own)
    return tuple(reason for claim in claims if (reason := claim(facts)))
