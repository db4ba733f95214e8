"""The workflows the program knows, by name and prefix, and those on which a branch votes."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from workflows.admission import ADMISSION
from workflows.classification.process import BRANCH_RATING, CLASSIFICATION
from workflows.contest.entry import ENTRY
from workflows.contest.season import SEASON
from workflows.recommendation import RECOMMENDATION
from workflows.rules import RuleSet
from workflows.transfer import TRANSFER

WORKFLOWS = {workflow.name: workflow for workflow in (ADMISSION, TRANSFER, RECOMMENDATION, ENTRY)}
# With what goes a way of its own and is no dossier: sheets of a branch, a season of the contest.
PROCESSES = WORKFLOWS | {each.name: each for each in (CLASSIFICATION, BRANCH_RATING, SEASON)}
PREFIXES = {workflow.prefix: workflow for workflow in WORKFLOWS.values()}


@dataclass(frozen=True, slots=True)
class BranchVote:
    """How a branch's meeting decides: the claim and clause that say so, and the share to exceed."""

    claim: str
    clause: str
    share: Callable[[RuleSet], Fraction]


BRANCH_VOTES = {
    ADMISSION.name: BranchVote("vote_passed", "vote", lambda rules: rules.majority),
    RECOMMENDATION.name: BranchVote(
        "opinion_passed", "opinion_share", lambda rules: rules.local.opinion_majority
    ),
}
