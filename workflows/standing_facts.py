"""What the rules of a change of standing read: the person, and what is asked for (§6.2-6.4)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from workflows.membership import PersonStatus
from workflows.rules import RuleSet
from workflows.voting import Ballots, Roll


class Kind(StrEnum):
    """What may change in how a person stands beside plain membership (domain §6.2-6.5)."""

    WORK_AWAY = "work_away"
    DEFER = "defer"
    RETURN = "return"
    SUSPEND = "suspend"
    SUSPEND_LONGER = "suspend_longer"
    LIFT = "lift"
    BE_GUEST = "be_guest"
    END_GUEST = "end_guest"
    STAY_ON = "stay_on"
    MATURE = "mature"
    DELETE = "delete"
    RESIGN = "resign"
    DIE = "die"


class Part(StrEnum):
    """What a claim about a change of standing is about."""

    PERSON = "person"
    DAYS = "days"
    PLACE = "place"
    GROUNDS = "grounds"
    VOTE = "vote"


class Missed(StrEnum):
    """What a member missed for three months in a year (HD20 §3.1)."""

    ACTIVITY = "activity"
    DUES = "dues"


@dataclass(frozen=True, slots=True)
class StandingAnswers:
    """What the actor says: from which day, until when, where, why; of a deletion also the vote."""

    on: date | None = None
    until: date | None = None
    address: str = ""
    reason: str = ""
    host_id: int | None = None
    registered_since: date | None = None
    applied_on: date | None = None
    missed: Missed = Missed.DUES
    missed_months: int = 0
    contacted_on: date | None = None
    online: bool = False
    roll: Roll = field(default_factory=lambda: Roll(0, 0))
    ballots: Ballots = field(default_factory=lambda: Ballots(0, 0, 0, 0))


@dataclass(frozen=True, slots=True)
class StandingFacts:
    """A person on the day of a change; dates are local calendar days.

    ``since`` is the first day of the stay in the unit (without one, of life), ``open_since`` that
    of the standing which the change would end, ``away_since`` that of working away. A suspension
    lasts to ``suspended_until``, and ``suspensions`` follow each other without a day between them,
    up to the day. ``counted`` are those whom the roll of the day counts, ``unpaid`` the first days
    of the months without dues in the year before it.
    """

    rules: RuleSet
    today: date
    answers: StandingAnswers
    status: PersonStatus
    birth_date: date
    since: date
    open_since: date | None = None
    away_since: date | None = None
    suspended_until: date | None = None
    suspensions: int = 0
    is_guest: bool = False
    is_host_elsewhere: bool = False
    stays_on: bool = False
    holds_office: bool = False
    counted: int = 0
    unpaid: tuple[date, ...] = ()

    @property
    def on(self) -> date:
        """The day that counts; today while none is named."""
        return self.answers.on or self.today

    @property
    def suspended_from(self) -> date:
        """The first day of a suspension asked for: a second one follows what the first has left."""
        return self.suspended_until + timedelta(days=1) if self.suspended_until else self.on
