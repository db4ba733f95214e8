"""What the page of an entry shows: the strip of steps, the checklist, what was mended."""

from collections.abc import Sequence
from typing import Any

from app import policies
from app.policies import Right
from app.queries.contest.entries import EntryFile
from app.queries.contest.seasons import call_ends, rules_of
from app.queries.dossiers import HistoryLine
from app.queries.units.tree import unit_by_id
from app.services.entry.sections import may_open
from app.web.access import me
from app.web.dossiers.changes import spans_since_return
from app.web.dossiers.checklist import SectionLine, claims_of, return_reasons
from app.web.dossiers.offers import facts_now
from app.web.entry.steps import FORMS as ASKING
from app.web.entry.wording import label_of, values_of
from workflows.contest.entry import ENTRY
from workflows.contest.entry_facts import EntryFacts, Section
from workflows.levels import Level

STRIP = ("preparing", "entered", "commune_round", "endorsed", "accepted")
# Which step's claims are shown where it stands.
CHECKED = {
    "preparing": "enter_contest",
    "returned": "enter_again",
    "commune_round": "endorse",
    "endorsed": "accept_entry",
}


def context(file: EntryFile, history: Sequence[HistoryLine]) -> dict[str, Any]:
    """Return what the page shows beyond what all dossiers show."""
    facts, state = facts_now(file), ENTRY.states[file.dossier.state]
    commune = any(each.level is Level.COMMUNE for each in rules_of(file.season).rounds)
    returned_from = "endorsed" if file.entry.endorsed_at else "entered"
    return {
        "asking": frozenset(ASKING),
        "seat": state.desk.seat if state.desk else None,
        "strip": [each for each in STRIP if commune or each != "commune_round"],
        "standing": returned_from if state.name == "returned" else state.name,
        "sections": checklist(file, facts, history),
        "values_of": values_of,
        "label_of": label_of,
        "changes": [
            (label_of(section, name), section, before, after)
            for (section, name), (before, after) in spans_since_return(history).items()
        ],
        "call_open": facts.call_open,
        "call_until": call_ends(file.season, file.branch),
        "district": unit_by_id(file.dossier.district_id),
    }


def checklist(
    file: EntryFile, facts: EntryFacts, history: Sequence[HistoryLine]
) -> list[SectionLine]:
    """List the sections with every claim made about them while the dossier is open."""
    writes, reasons = policies.may_write(me(), file.dossier), return_reasons(history)
    claims = claims_of((step for step in ENTRY.steps if step.name == _asked(facts, file)), facts)
    if not _may_know(file):
        claims.pop(Section.ROUNDS, None)
    returned = file.dossier.returned_sections
    return [
        SectionLine(
            section,
            tuple(claims.get(section, ())),
            writes and may_open(file, section),
            reasons.get(section, "") if section in returned else "",
        )
        for section in Section
    ]


def _may_know(file: EntryFile) -> bool:
    """Whether I may know who went on: a contestant and the branch do not (statement 43)."""
    branch = file.branch
    runs = policies.may(me(), Right.RUN_CONTEST, branch.id, branch.path)
    return runs and me().person_id != file.person.id


def _asked(facts: EntryFacts, file: EntryFile) -> str | None:
    if file.dossier.state == "entered":
        return "admit_to_round" if facts.has_commune_round else "endorse"
    return CHECKED.get(file.dossier.state)
