"""The lines of a group act before it is done: whom it covers, and why somebody is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app import policies
from app.actors import HeldPost
from app.queries.admission.acts import waiting_at
from app.queries.rules import rulebook
from app.services.admission.acts import KINDS
from app.services.areas import AREAS
from app.services.dossiers import files_for
from app.services.refusals import NotFound
from app.web.access import me
from app.web.dossiers.offers import offers
from app.web.filters import unmet, word
from workflows.admission import ADMISSION
from workflows.engine import NoSuchStep


@dataclass(slots=True)
class Line:
    """One dossier: clean, or left out for the reasons named; with its number where it gets one."""

    file: Any
    reasons: list[str]
    seen: str
    number: str = ""
    fault: str = ""

    @property
    def ref(self) -> str:
        """Return the reference of the dossier."""
        ref: str = self.file.dossier.ref
        return ref

    @property
    def is_clean(self) -> bool:
        """Whether the act can cover it as it stands."""
        return not self.reasons


def waiting_lines(kind: str, unit_id: int) -> list[Line]:
    """List what waits for such an act at a unit."""
    step = KINDS[kind].step
    states = {state for each in ADMISSION.steps if each.name == step for state in each.sources}
    return [
        line
        for file in waiting_at(unit_id, states)
        if unit_for(file, step) == unit_id and not _has_card(file, kind)
        for line in [_line(file, step, unit_id)]
    ]


def named_lines(kind: str, refs: list[str], unit_of: Callable[[list[Any]], int]) -> list[Line]:
    """List the dossiers that were named, by branch and given name.

    Raises:
        NotFound: one of them does not exist for this person.
    """
    files: list[Any] = list(files_for(refs, me(), lock=False))
    if len(files) < len(refs):
        raise NotFound
    files.sort(key=lambda file: (file.branch.sort_key, file.person.sort_key))
    unit_id = unit_of(files)
    return [_line(file, KINDS[kind].step, unit_id) for file in files]


def unit_for(file: Any, name: str) -> int | None:  # noqa: ANN401
    """Return the unit that takes a step on a dossier; none where its state has no such step."""
    dossier, workflow = file.dossier, AREAS[file.dossier.workflow].workflow
    try:
        step = workflow.step_from(dossier.state, name)
    except NoSuchStep:
        return None
    desk = workflow.desk_for(step, dossier.state)
    return policies.unit_of(desk.seat, dossier, rulebook().named(dossier.rule_set))


def unit_among(held: list[HeldPost], name: str, files: list[Any]) -> int:
    """Return the unit of mine that takes the step on most of these."""
    units = [unit_for(file, name) for file in files]
    return max(held, key=lambda post: units.count(post.unit_id)).unit_id


def _has_card(file: Any, kind: str) -> bool:  # noqa: ANN401
    return kind == "card_list" and bool(file.person.card_number)


def _line(file: Any, name: str, unit_id: int) -> Line:  # noqa: ANN401
    return Line(file, _hindrances(file, name, unit_id), str(file.dossier.version))


def _hindrances(file: Any, name: str, unit_id: int) -> list[str]:  # noqa: ANN401
    """Say what keeps the person from taking the step, as the POST would."""
    unit = unit_for(file, name)
    if unit is None:
        state = word(file.dossier.state, "state")
        return [str(_("Hồ sơ đang ở bước “%(state)s”, không làm được việc này.", state=state))]
    if unit != unit_id:
        return [word("not_your_desk", "bar")]
    offered, bars = offers(file)
    offer = next((each for each in offered if each.step.name == name), None)
    if offer is None:
        return [word(bar, "bar") for bar in sorted(bars or {"not_your_desk"})]
    return [unmet(reason) for reason in offer.unmet]
