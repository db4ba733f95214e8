"""What the transfer's requirements read: a member on the way from one unit to another."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.rules import RuleSet


class Kind(StrEnum):
    """Where a transfer leads (domain §6.1)."""

    WITHIN = "within"
    BETWEEN = "between"
    OUT = "out"
    IN = "in"


class Part(StrEnum):
    """The parts of a transfer, as its checklist names them."""

    MEMBER = "member"
    MOVE = "move"
    COMMENT = "comment"
    RECEPTION = "reception"


@dataclass(frozen=True, slots=True)
class TransferAnswers:
    """What the actor types with a step."""

    reason: str = ""
    to_branch_id: int | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """Everything the transfer's requirements may ask; dates are local calendar days."""

    rules: RuleSet
    today: date
    answers: TransferAnswers
    kind: Kind
    is_member: bool = True
    in_unit_since: date | None = None
    is_suspended: bool = False
    temporary: bool = False
    from_on: date | None = None
    until_on: date | None = None
    has_destination: bool = True
    outside_unit: str = ""
    has_comment: bool = True
    dues_paid_until: date | None = None
    branch_is_of_commune: bool = True
    moved_on: date | None = None
