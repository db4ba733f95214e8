"""What the requirements of a contest entry read: a contestant on the way into the rounds."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows.rules import RuleSet


class Section(StrEnum):
    """The sections of an entry, as its checklist names them."""

    CONTESTANT = "contestant"
    ACHIEVEMENTS = "achievements"
    ROUNDS = "contest_rounds"


MENDABLE = frozenset({Section.CONTESTANT, Section.ACHIEVEMENTS})


@dataclass(frozen=True, slots=True)
class EntryAnswers:
    """What the actor types with a step."""

    reason: str = ""
    sections: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """Everything the requirements of an entry may ask; days are local calendar days.

    ``call_open`` tells whether entries of this branch are taken now, extensions included, until
    ``call_until``. ``has_commune_round`` is what the rules ask for; ``round_closed`` whether the
    commune has ended it, and ``goes_on`` whether the contestant advanced. ``endorsed`` counts the
    commune's endorsed entries, of ``endorsed_most``.
    """

    rules: RuleSet
    today: date
    answers: EntryAnswers
    call_open: bool = True
    call_until: datetime | None = None
    is_member: bool = True
    leads_branch: bool = True
    age: int = 25
    max_age: int | None = None
    posts_told: bool = True
    achievements_told: bool = True
    unmended: tuple[str, ...] = ()
    is_endorsed: bool = False
    has_commune_round: bool = False
    round_closed: bool = False
    goes_on: bool = False
    endorsed: int = 0
    endorsed_most: int = 1
    takes_contestants: bool = True
