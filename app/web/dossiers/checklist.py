"""What is still missing, and why: the claims of a dossier's steps, section by section."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.queries.dossiers import HistoryLine
from workflows.engine import Requirement, Step, Unmet
from workflows.rules import Clause


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of the checklist: what is asked, what is missing, and the clause."""

    code: str
    unmet: Unmet | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section of the checklist."""

    section: str
    claims: tuple[Claim, ...]
    is_open: bool
    return_reason: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing is missing here."""
        return not any(claim.unmet for claim in self.claims)


def claims_of(steps: Iterable[Step], facts: Any) -> dict[str, list[Claim]]:  # noqa: ANN401
    """List every claim that some steps make about the dossier, once, by its section."""
    asked: dict[str, tuple[Requirement, Unmet | None]] = {}
    for step in steps:
        asked |= {claim.code: (claim, missing) for claim, missing in step.checklist(facts)}
    found: dict[str, list[Claim]] = {}
    for claim, missing in asked.values():
        line = Claim(claim.code, missing, facts.rules.clause(claim.clause))
        found.setdefault(claim.section, []).append(line)
    return found


def return_reasons(history: Sequence[HistoryLine]) -> dict[str, str]:
    """Return why each section was returned, by the last return."""
    last = next((line for line in history if line.step == "send_back"), None)
    return dict(last.facts.get("reasons", {})) if last else {}
