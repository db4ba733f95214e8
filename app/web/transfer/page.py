"""What the page of a transfer shows: the strip of steps, the checklist, why it came back."""

from collections.abc import Sequence
from typing import Any

from app import policies
from app.queries.dossiers import HistoryLine
from app.queries.transfers import TransferFile
from app.services.transfer.parts import may_open
from app.web.access import me
from app.web.dossiers.checklist import SectionLine, claims_of
from app.web.dossiers.offers import facts_now
from app.web.transfer.steps import FORMS as ASKING
from app.web.transfer.wording import label_of, values_of
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind, Part, TransferFacts

STRIPS = {
    Kind.WITHIN: ("prepared", "introduced", "assigned", "received"),
    Kind.BETWEEN: ("prepared", "introduced", "arrived", "assigned", "received"),
    Kind.OUT: ("prepared", "introduced", "gone"),
    Kind.IN: ("arrived", "assigned", "received"),
}
BESIDE = {"declined": "prepared"}
# What is checked before the introduction, and what at the receiving desks.
CHECKED = {"arrived": "receive", "assigned": "receive"}
DECLINES = {"decline_introduction", "decline_arrival"}


def context(file: TransferFile, history: Sequence[HistoryLine]) -> dict[str, Any]:
    """Return what the page shows beyond what all dossiers show."""
    state = TRANSFER.states[file.dossier.state]
    return {
        "asking": frozenset(ASKING),
        "seat": state.desk.seat if state.desk else None,
        "strip": STRIPS[file.transfer.kind],
        "standing": BESIDE.get(state.name, state.name),
        "sections": checklist(file, facts_now(file)),
        "values_of": values_of,
        "label_of": label_of,
        "came_back": next((line for line in history if line.step in DECLINES), None),
    }


def checklist(file: TransferFile, facts: TransferFacts) -> list[SectionLine]:
    """List the parts with every claim made about them while the dossier is open."""
    writes, state = policies.may_write(me(), file.dossier), file.dossier.state
    asked = CHECKED.get(state, "ask_to_move")
    steps = [] if TRANSFER.states[state].is_final else TRANSFER.steps
    claims = claims_of((step for step in steps if step.name == asked), facts)
    return [
        SectionLine(part, tuple(claims.get(part, ())), writes and may_open(file, part))
        for part in Part
    ]
