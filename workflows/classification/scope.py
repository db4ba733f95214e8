"""Who is classified, and on what terms (domain §5.2, rules of scope)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workflows.calendar import months_after
from workflows.rules import Certainty, Clause

# Guidance of one branch of the Union (police, 2019), taken as the default everywhere.
SCOPE = Clause("Hướng dẫn 638-HD/ĐTNCA (2019), dùng làm mặc định của địa phương", Certainty.LOCAL)
MONTHS_OF_ACTIVITY = 6
# From this place of the scale on (0 is the best) a grade is open to who was sick for long.
SICK_PLACE = 2


class NotClassified(StrEnum):
    """Why a member gets no grade."""

    PARTY_MEMBER = "party_member"
    NEW = "new"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"


class Circumstance(StrEnum):
    """What the branch knows of a member's year that no register holds."""

    PARTY_MEMBER = "party_member"
    MATERNITY = "maternity"
    SICK = "sick"


class Discipline(StrEnum):
    """The forms of discipline of a member or officer who stays in the Union (domain §6.5)."""

    REPRIMAND = "reprimand"
    WARNING = "warning"
    DISMISSAL = "dismissal"


Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Year:
    """What is on record of where a member was in a year: since when, and absent from when to when.

    ``joined_on`` is the day of joining the Union, ``here_since`` that of the stay in the branch.
    """

    number: int
    joined_on: date
    here_since: date
    absences: Sequence[Stretch] = ()
    graded_in: str = ""

    @property
    def first(self) -> date:
        """The first day of the year that counts here."""
        return max(date(self.number, 1, 1), self.here_since)

    @property
    def after(self) -> date:
        """The day after the year."""
        return date(self.number + 1, 1, 1)

    def is_long(self, since: date) -> bool:
        """Whether six months of the year, or more, lie after a day."""
        return months_after(since, MONTHS_OF_ACTIVITY) <= self.after

    @property
    def absent_days(self) -> int:
        """Days of the year in which the member was away, deferred or suspended."""
        last = self.after - timedelta(days=1)
        days = {
            first.toordinal() + step
            for begin, end in self.absences
            for first, until in [(max(begin, self.first), min(end, last))]
            for step in range((until - first).days + 1)
        }
        return len(days)

    @property
    def is_active(self) -> bool:
        """Whether the member took part in the life of the Union for six months of the year."""
        active = timedelta(days=365 - self.absent_days)
        return active >= self.after - months_after(self.after, -MONTHS_OF_ACTIVITY)


@dataclass(frozen=True, slots=True)
class Scope:
    """On what terms a member is classified, or why not.

    ``limit`` is the best place of the scale that is open; ``by_actual_time`` where only the time
    in which the member was there counts, ``asks_former_unit`` where the unit before is heard.
    """

    excluded: NotClassified | None = None
    limit: int = 0
    by_actual_time: bool = False
    asks_former_unit: bool = False


def scope_of(year: Year, circumstance: Circumstance | None) -> Scope:
    """Return on what terms a member is classified for a year."""
    if excluded := _excluded(year, circumstance):
        return Scope(excluded)
    return Scope(
        limit=SICK_PLACE if circumstance is Circumstance.SICK else 0,
        by_actual_time=circumstance is Circumstance.MATERNITY or year.absent_days > 0,
        asks_former_unit=not year.is_long(year.here_since),
    )


def _excluded(year: Year, circumstance: Circumstance | None) -> NotClassified | None:
    if circumstance is Circumstance.PARTY_MEMBER:
        return NotClassified.PARTY_MEMBER
    if year.graded_in:
        return NotClassified.ELSEWHERE
    if not year.is_long(year.joined_on):
        return NotClassified.NEW
    return None if year.is_active else NotClassified.ABSENT
