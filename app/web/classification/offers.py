"""What somebody can do with a sheet or a rating now, or why not yet."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.services.classification.desks import in_post
from app.services.refusals import Forbidden
from app.web.access import asked_by
from app.web.standings.places import why
from workflows.classification.process import MERGER
from workflows.engine import Workflow

NOT_MINE = "not_your_desk"


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that this person takes: what is missing first, or what bars them."""

    name: str
    missing: tuple[str, ...]
    bar: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it can be taken now."""
        return not self.missing and not self.bar


def offers_of(
    subject: Any,  # noqa: ANN401
    workflow: Workflow,
    facts: Any,  # noqa: ANN401
    about: Collection[int] = (),
) -> list[Offer]:
    """List the steps of somebody from where a sheet or rating stands."""
    found = []
    for step in workflow.steps_from(subject.state):
        if step.through == MERGER:
            continue
        bar = ""
        try:
            in_post(subject, workflow, step.name, asked_by(), about=about)
        except Forbidden as forbidden:
            bar = forbidden.code
        if bar != NOT_MINE:
            claims = [claim for claim in step.requires if not claim.of_answer]
            missing = [why(reason) for claim in claims if (reason := claim(facts))]
            found.append(Offer(step.name, tuple(missing), bar))
    return found
