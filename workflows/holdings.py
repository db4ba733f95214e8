"""Book, card and badge: what a sheet may say, and how a lost book or card is re-issued (§2.7).

A card: application, branch, grass-roots union, superior. A book: the grass-roots union re-issues it
with the stamp "Sổ cấp lại". The texts read know no re-issue of a badge: the sheet says who has one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.calendar import months_after
from workflows.engine import Requirement, Unmet, Values, requirement
from workflows.levels import Seat
from workflows.membership import MEMBER_STATUSES, Holding, PersonStatus
from workflows.rules import RuleSet


class Item(StrEnum):
    """What a member is given; the names are those of the columns."""

    BOOK = "book"
    CARD = "card"
    BADGE = "badge"


class Stage(StrEnum):
    """How far the re-issue of something lost has come."""

    UNREPORTED = "unreported"
    REPORTED = "reported"
    PROPOSED = "proposed"


class Move(StrEnum):
    """What is done about a loss."""

    REPORT = "report_loss"
    PROPOSE = "propose_reissue"
    REISSUE_CARD = "reissue_card"
    REISSUE_BOOK = "reissue_book"
    DECLINE = "decline_reissue"


HELD = frozenset({Holding.HAS, Holding.REISSUED})


def may_be_set(before: Holding, after: Holding) -> bool:
    """Whether a sheet may say so: "re-issued" comes of a decision alone."""
    return after is before or after is not Holding.REISSUED


@dataclass(frozen=True, slots=True)
class LossAnswers:
    """What the actor says: the application, what the branch confirms, the decision, a reason."""

    applied_on: date | None = None
    was_active: bool = False
    former_unit: str = ""
    decided_on: date | None = None
    decision: str = ""
    card_number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LossFacts:
    """A member and what they lost. ``since`` is the first day of the stay in the unit.

    ``is_used_up`` says that the number asked for was on a card that got lost.
    """

    rules: RuleSet
    today: date
    answers: LossAnswers
    status: PersonStatus
    holding: Holding
    since: date
    had_former_unit: bool = False
    reported_on: date | None = None
    card_number: str | None = None
    is_used_up: bool = False


@requirement("holder_is_member", section="person", clause="reissue")
def holder_is_member(facts: LossFacts) -> Values | None:
    """Only a member is given a new one."""
    return None if facts.status in MEMBER_STATUSES else {}


@requirement("held_before", section="person", clause="reissue")
def held_before(facts: LossFacts) -> Values | None:
    """Who never had one is given the first, not another."""
    return {} if facts.holding is Holding.LACKS else None


@requirement("loss_applied_for", section="application", clause="reissue", of_answer=True)
def loss_applied_for(facts: LossFacts) -> Values | None:
    """It begins with the member's own paper."""
    day = facts.answers.applied_on
    return None if day and day <= facts.today else {"last": facts.today}


@requirement("active_throughout", section="branch", clause="reissue", of_answer=True)
def active_throughout(facts: LossFacts) -> Values | None:
    """A book needs continuous activity, which the branch confirms."""
    return None if facts.answers.was_active else {}


@requirement("former_unit_confirms", section="branch", clause="reissue", of_answer=True)
def former_unit_confirms(facts: LossFacts) -> Values | None:
    """Who has been here for less than three months needs the word of the unit before."""
    settled = facts.since <= months_after(facts.today, -facts.rules.settled_months)
    if settled or not facts.had_former_unit or facts.answers.former_unit.strip():
        return None
    return {"since": facts.since, "months": facts.rules.settled_months}


@requirement("reissue_dated", section="decision", clause="standing_days", of_answer=True)
def reissue_dated(facts: LossFacts) -> Values | None:
    """The decision comes after the application, and not ahead of today."""
    day, first = facts.answers.decided_on, facts.reported_on or facts.since
    return None if day and first <= day <= facts.today else {"first": first, "last": facts.today}


@requirement("new_number_given", section="card", clause="reissue", of_answer=True)
def new_number_given(facts: LossFacts) -> Values | None:
    """A new card has its own number."""
    return None if facts.answers.card_number.strip() else {}


@requirement("number_is_new", section="card", clause="reissue", of_answer=True)
def number_is_new(facts: LossFacts) -> Values | None:
    """The number of a lost card is never given again."""
    number = facts.answers.card_number.strip()
    used_up = facts.is_used_up or number == facts.card_number
    return {"number": number} if number and used_up else None


@requirement("decline_reasoned", section="decision", clause="return", of_answer=True)
def decline_reasoned(facts: LossFacts) -> Values | None:
    """Whoever declines says why."""
    return None if facts.answers.reason.strip() else {}


@dataclass(frozen=True, slots=True)
class LossMove:
    """A move about a lost item from a stage: who makes it, and what it requires.

    ``issuer`` names the card issuer under whose rule set alone the move exists. Nobody
    ``decides`` on their own loss.
    """

    move: Move
    item: Item
    stage: Stage
    seat: Seat
    requires: tuple[Requirement, ...]
    issuer: Seat | None = None
    clause: str = "reissue"

    @property
    def decides(self) -> bool:
        """Whether it is more than an application passed on."""
        return self.move is not Move.REPORT


_TO_REPORT = (holder_is_member, held_before, loss_applied_for)
_BOOK = (holder_is_member, reissue_dated)
_CARD = (holder_is_member, reissue_dated, new_number_given, number_is_new)
_NO = (decline_reasoned,)
_SUPERIOR, _GRASSROOTS = Seat.SUPERIOR, Seat.GRASSROOTS

MOVES = (
    LossMove(
        Move.REPORT,
        Item.BOOK,
        Stage.UNREPORTED,
        Seat.BRANCH,
        (*_TO_REPORT, active_throughout, former_unit_confirms),
    ),
    LossMove(Move.REISSUE_BOOK, Item.BOOK, Stage.REPORTED, _GRASSROOTS, _BOOK),
    LossMove(Move.DECLINE, Item.BOOK, Stage.REPORTED, _GRASSROOTS, _NO, clause="return"),
    LossMove(Move.REPORT, Item.CARD, Stage.UNREPORTED, Seat.BRANCH, _TO_REPORT),
    LossMove(Move.PROPOSE, Item.CARD, Stage.REPORTED, _GRASSROOTS, (holder_is_member,), _SUPERIOR),
    LossMove(Move.REISSUE_CARD, Item.CARD, Stage.REPORTED, _GRASSROOTS, _CARD, _GRASSROOTS),
    LossMove(Move.DECLINE, Item.CARD, Stage.REPORTED, _GRASSROOTS, _NO, clause="return"),
    LossMove(Move.REISSUE_CARD, Item.CARD, Stage.PROPOSED, _SUPERIOR, _CARD, _SUPERIOR),
    LossMove(Move.DECLINE, Item.CARD, Stage.PROPOSED, _SUPERIOR, _NO, clause="return"),
)


def moves_from(item: Item, stage: Stage, rules: RuleSet) -> list[LossMove]:
    """List what can be done about a loss that has come to a stage, under a rule set."""
    return [
        each
        for each in MOVES
        if (each.item, each.stage) == (item, stage) and each.issuer in {None, rules.card_issuer}
    ]


def unmet(move: LossMove, facts: LossFacts) -> list[Unmet]:
    """List everything that a move still lacks, all of it at once."""
    return _lacking(move.requires, facts)


def closed(move: LossMove, facts: LossFacts) -> list[Unmet]:
    """List what keeps a move from being asked for at all, whatever would be answered."""
    return _lacking([claim for claim in move.requires if not claim.of_answer], facts)


def _lacking(claims: Collection[Requirement], facts: LossFacts) -> list[Unmet]:
    return [missing for claim in claims if (missing := claim(facts))]
