"""Dues: how much a month, what a branch passes up, and when a member need not pay (domain §6.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.calendar import months_after
from workflows.engine import Requirement, Unmet, Values, requirement
from workflows.rules import Clause, RuleSet


@dataclass(frozen=True, slots=True)
class Rate:
    """What a member pays for a month, in đồng, from a month on."""

    from_on: date
    without_wage: int
    with_wage: int
    clause: Clause

    def amount(self, *, has_wage: bool) -> int:
        """Return the dues of one month, in đồng."""
        return self.with_wage if has_wage else self.without_wage


# The newest first. A later resolution adds a rate, it edits none.
RATES = (Rate(date(2011, 1, 1), 2000, 5000, Clause("Nghị quyết 07-NQ/TWĐTN (25/11/2010)")),)
# Each level keeps two thirds of what it has and passes one up (HD20 §32).
PASSED_ON = 3


def rate_of(month: date) -> Rate | None:
    """Return the rate of a month; there is none before the oldest resolution known here."""
    return next((rate for rate in RATES if rate.from_on <= month), None)


def share_up(collected: int) -> int:
    """Return what is passed up of an amount, in whole đồng; the rest stays (HD20 §32)."""
    return collected // PASSED_ON


def month_of(day: date) -> date:
    """Return the first day of a day's month: what a month is named by."""
    return day.replace(day=1)


def months_of(year: int, quarter: int | None = None) -> list[date]:
    """List the months of a year or of one of its quarters, 1 to 4."""
    first, last = (quarter * 3 - 2, quarter * 3) if quarter else (1, 12)
    return [date(year, number, 1) for number in range(first, last + 1)]


def months_before(month: date, number: int) -> list[date]:
    """List so many months before a month, the oldest first."""
    return [months_after(month, -back) for back in range(number, 0, -1)]


def over_by(months: Iterable[date], today: date) -> list[date]:
    """List the months of which dues can be owed: those that are over, and have a rate."""
    return [month for month in months if month < month_of(today) and rate_of(month)]


def longest_run(months: Iterable[date]) -> int:
    """Return how many of some months follow each other without a gap, at the most."""
    best, run, before = 0, 0, None
    for month in sorted(months):
        run = run + 1 if before and month == months_after(before, 1) else 1
        best, before = max(best, run), month
    return best


class Part(StrEnum):
    """What claims about dues are about."""

    EXEMPTION = "exemption"


@dataclass(frozen=True, slots=True)
class ExemptionFacts:
    """An exemption as the commune is about to decide it: from a month on, for so many months."""

    rules: RuleSet
    today: date
    is_member: bool
    from_month: date | None
    months: int
    decided_on: date | None
    reason: str
    taken: tuple[date, ...] = ()

    def covered(self) -> list[date]:
        """List the months that it covers."""
        first = self.from_month
        return [months_after(first, number) for number in range(self.months)] if first else []


@requirement("exempt_members_only", section=Part.EXEMPTION, clause="exemption")
def exempt_members_only(facts: ExemptionFacts) -> Values | None:
    """Who owes no dues needs no exemption."""
    return None if facts.is_member else {}


@requirement("exempt_for_half_a_year", section=Part.EXEMPTION, clause="exemption", of_answer=True)
def exempt_for_half_a_year(facts: ExemptionFacts) -> Values | None:
    """The commune's committee exempts for six months at the most (HD20 §32.1)."""
    most = facts.rules.exemption_months
    return None if facts.from_month and 1 <= facts.months <= most else {"most": most}


@requirement("exempt_once", section=Part.EXEMPTION, clause="exemption", of_answer=True)
def exempt_once(facts: ExemptionFacts) -> Values | None:
    """No month is exempt twice."""
    twice = sorted(set(facts.covered()) & set(facts.taken))
    return {"month": twice[0].strftime("%m/%Y")} if twice else None


@requirement("hardship_told", section=Part.EXEMPTION, clause="exemption", of_answer=True)
def hardship_told(facts: ExemptionFacts) -> Values | None:
    """An exemption names the hardship."""
    return None if facts.reason.strip() else {}


@requirement("exemption_decided", section=Part.EXEMPTION, clause="exemption", of_answer=True)
def exemption_decided(facts: ExemptionFacts) -> Values | None:
    """A decision has a day, not ahead of today."""
    decided = facts.decided_on
    return None if decided and decided <= facts.today else {"last": facts.today}


EXEMPTION: tuple[Requirement, ...] = (
    exempt_members_only,
    exempt_for_half_a_year,
    exempt_once,
    hardship_told,
    exemption_decided,
)


def exemption_unmet(facts: ExemptionFacts) -> list[Unmet]:
    """List everything that an exemption still lacks."""
    return [missing for claim in EXEMPTION if (missing := claim(facts))]
