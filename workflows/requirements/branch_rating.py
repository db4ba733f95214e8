"""Claims of the rating of a branch: after its members, with a reason where it differs."""

from dataclasses import dataclass

from workflows.classification.facts import Part
from workflows.classification.scales import BranchGrade
from workflows.engine import Values, requirement
from workflows.rules import RuleSet


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """The rating of a branch on the day of a step; ``sheet_state`` is where its members stand."""

    rules: RuleSet
    sheet_state: str | None
    grade: BranchGrade | None
    computed: BranchGrade | None
    reason: str = ""
    returning: str = ""


@requirement("members_voted", section=Part.GRADES, clause="classification")
def members_voted(facts: RatingFacts) -> Values | None:
    """A branch is rated by its members' grades, once the meeting gave them."""
    return None if facts.sheet_state in {"voted", "submitted", "confirmed"} else {}


@requirement("members_confirmed", section=Part.DECISION, clause="classification")
def members_confirmed(facts: RatingFacts) -> Values | None:
    """A branch's grade is confirmed after its members'."""
    return None if facts.sheet_state == "confirmed" else {}


@requirement("rating_reasoned", section=Part.GRADES, clause="grade_reason")
def rating_reasoned(facts: RatingFacts) -> Values | None:
    """A branch that proposes another grade than the figures lead to says why."""
    return {} if facts.grade is not facts.computed and not facts.reason.strip() else None


@requirement("return_said", section=Part.DECISION, clause="grade_return", of_answer=True)
def return_said(facts: RatingFacts) -> Values | None:
    """A return has its reason."""
    return None if facts.returning.strip() else {}
