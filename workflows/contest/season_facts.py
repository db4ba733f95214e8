"""What the steps of a season ask about."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SeasonFacts:
    """A season as its steps see it.

    ``gaps`` counts what the rules lack; ``call_until`` is the end of the call with every
    extension; ``rounds_open`` counts rounds that have contestants and are not closed yet;
    ``finalists`` compete in the last round; ``entries_waiting`` are at the district's desk;
    ``sheets_missing``, ``ties_open`` and ``cuts_in_tie`` are those of the rounds that were held.
    """

    now: datetime
    publish_on: date
    gaps: int = 0
    call_from: datetime | None = None
    call_until: datetime | None = None
    contestants: int = 0
    rounds_open: int = 0
    finalists: int = 0
    entries_waiting: int = 0
    sheets_missing: int = 0
    ties_open: int = 0
    cuts_in_tie: int = 0
    awards_decided: bool = False
    reason: str = ""
