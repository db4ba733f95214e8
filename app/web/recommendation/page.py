"""What the page of a recommendation shows: roadmap, checklist, what is late, who has read it."""

from collections.abc import Sequence
from typing import Any

from app.queries.dossiers import HistoryLine
from app.queries.recommendation.files import RecommendationFile
from app.queries.recommendation.roadmap import readings_of, roadmap_of
from app.services.recommendation.parts import may_open, may_write
from app.services.recommendation.readings import note_readings
from app.web.access import asked_by, me
from app.web.dossiers.changes import spans_since_return
from app.web.dossiers.checklist import SectionLine, claims_of, return_reasons
from app.web.dossiers.offers import facts_now
from app.web.recommendation.steps import FORMS as ASKING
from app.web.recommendation.wording import label_of, values_of, written
from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import Part, RecommendationFacts

# Which steps' claims are shown where it stands: of the file, of the opinion, of the probation.
CHECKED = {
    **dict.fromkeys(("chosen",), ("complete_file",)),
    **dict.fromkeys(("listing", "returned"), ("hand_list",)),
    **dict.fromkeys(("prospect", "branch_vote"), ("ask_opinion",)),
    **dict.fromkeys(("ready", "resolution"), ("submit",)),
    "probation": ("become_full_member",),
}
NOT_MENDABLE = "decision"


def note(file: RecommendationFile) -> None:
    """Keep that I read this dossier today."""
    note_readings([(file.dossier.id, file.dossier.district_id)], asked_by())


def context(file: RecommendationFile, history: Sequence[HistoryLine]) -> dict[str, Any]:
    """Return what the page shows beyond what all dossiers show."""
    state = RECOMMENDATION.states[file.dossier.state]
    return {
        "asking": frozenset(ASKING),
        "seat": state.desk.seat if state.desk else None,
        "roadmap": roadmap_of(file),
        "sections": checklist(file, facts_now(file), history),
        "values_of": values_of,
        "label_of": label_of,
        "changes": [
            (label_of(part, name), part, written(part, name, before), written(part, name, after))
            for (part, name), (before, after) in spans_since_return(history).items()
        ],
        "readings": readings_of(file.dossier.id),
    }


def checklist(
    file: RecommendationFile, facts: RecommendationFacts, history: Sequence[HistoryLine]
) -> list[SectionLine]:
    """List the parts with every claim made about them where the dossier stands."""
    asked = CHECKED.get(file.dossier.state, ())
    claims = claims_of((step for step in RECOMMENDATION.steps if step.name in asked), facts)
    claims.pop(NOT_MENDABLE, None)
    reasons = return_reasons(history) if file.dossier.returned_sections else {}
    return [
        SectionLine(part, tuple(claims.get(part, ())), _is_mine(file, part), reasons.get(part, ""))
        for part in Part
    ]


def _is_mine(file: RecommendationFile, part: Part) -> bool:
    if part is Part.DELAY and not roadmap_of(file).is_delayed:
        return False
    return may_open(file, part) and may_write(me(), file, part)
