"""What the page of an admission dossier shows: the strip of steps, the checklist, the changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app import policies
from app.queries.admission.files import AdmissionFile
from app.queries.dossiers import HistoryLine
from app.queries.rules import rulebook
from app.services.admission.sections import may_open
from app.web.access import me, today
from app.web.admission.steps import FORMS as ASKING
from app.web.admission.wording import label_of, people_of, values_of, written
from app.web.dossiers.changes import spans_since_return
from app.web.dossiers.checklist import Claim, SectionLine, claims_of, return_reasons
from app.web.dossiers.offers import facts_now
from workflows.admission import ADMISSION
from workflows.admission_facts import AdmissionFacts, Answers, Section, Way

STRIP = (
    *("nomination", "education", "branch_vote", "ready"),
    *("commune_review", "ceremony", "card_issue", "admitted"),
)
BESIDE = {"returned": "commune_review", "superior_review": "commune_review"}
# What is checked before the meeting, and what from there on: handed up, or by own resolution.
EARLY = ("begin_education", "call_to_vote")
LATE = ("record_vote", "submit"), ("record_vote", "adopt_resolution")
EARLY_STATES = {"nomination", "education", "branch_vote"}


def context(file: AdmissionFile, history: Sequence[HistoryLine]) -> dict[str, Any]:
    """Return what the page shows beyond what all dossiers show."""
    facts, rules = facts_now(file), rulebook().named(file.dossier.rule_set)
    born, state = file.person.birth_date, ADMISSION.states[file.dossier.state]
    return {
        "asking": frozenset(ASKING),
        "seat": state.desk.seat if state.desk else None,
        "values_of": values_of,
        "label_of": label_of,
        "strip": STRIP,
        "standing": BESIDE.get(file.dossier.state, file.dossier.state),
        "facts": facts,
        "rules": rules,
        "sections": checklist(file, facts, history),
        "earliest_vote": rules.earliest_vote(born),
        "latest_vote": rules.latest_vote(born),
        "changes": _changes(file, history),
        "ceremony_by": file.dossier.due_on if file.dossier.state == "ceremony" else None,
    }


def _changes(file: AdmissionFile, history: Sequence[HistoryLine]) -> list[tuple[str, ...]]:
    """List what was mended since a return: label, section, and the words before and after."""
    people = people_of(file)
    return [
        (
            label_of(section, name),
            section,
            *(written(section, name, each, people) for each in span),
        )
        for (section, name), span in spans_since_return(history).items()
    ]


def checklist(
    file: AdmissionFile, facts: AdmissionFacts, history: Sequence[HistoryLine]
) -> list[SectionLine]:
    """List the sections with every claim made about them, met or not."""
    writes = policies.may_write(me(), file.dossier)
    reasons = return_reasons(history) if file.dossier.returned_sections else {}
    claims = _claims(file, facts)
    return [
        SectionLine(
            section,
            tuple(claims.get(section, ())),
            writes and may_open(file, section),
            reasons.get(section, ""),
        )
        for section in Section
        if claims.get(section) or may_open(file, section) or values_of(file, section, in_full=False)
    ]


def _claims(file: AdmissionFile, facts: AdmissionFacts) -> dict[str, list[Claim]]:
    """Before a meeting is named, age and times are judged as if it were held today."""
    state = file.dossier.state
    if state in EARLY_STATES and facts.meeting_planned_on is None:
        facts = replace(facts, answers=Answers(meeting_on=today()))
    early = state in EARLY_STATES
    late = LATE[file.admission.way == Way.GRASSROOTS_BRANCH]
    steps = (s for s in ADMISSION.steps if s.name in EARLY or (s.name in late and not early))
    found = claims_of(steps, facts)
    found.pop(Section.DECISION, None)  # which union decides is nothing that the branch can mend
    return found
