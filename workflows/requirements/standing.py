"""Claims about a change of standing: who, from which day, where, on what grounds."""

from datetime import date

from workflows.calendar import anniversary, months_after
from workflows.dues import longest_run
from workflows.engine import Values, requirement
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.standing_facts import Missed, Part, StandingFacts

# A trip is reported before it begins; a day further ahead is a slip of the pen.
MONTHS_AHEAD = 1
# The first, and one more.
SUSPENSIONS_IN_A_ROW = 2


def _between(day: date | None, first: date, last: date) -> Values | None:
    return None if day and first <= day <= last else {"first": first, "last": last}


@requirement("member_of_ours", section=Part.PERSON, clause="roster")
def member_of_ours(facts: StandingFacts) -> Values | None:
    """Only a member's standing changes."""
    return None if facts.status in MEMBER_STATUSES else {}


@requirement("in_activity", section=Part.PERSON, clause="roster")
def in_activity(facts: StandingFacts) -> Values | None:
    """One thing at a time: who is away, deferred, suspended or on the move comes back first."""
    left_out = facts.status in MEMBER_STATUSES - {PersonStatus.MEMBER}
    return {} if left_out else None


@requirement("alive", section=Part.PERSON, clause="roster")
def alive(facts: StandingFacts) -> Values | None:
    """A death is recorded once."""
    return {} if facts.status is PersonStatus.DECEASED else None


@requirement("no_office_held", section=Part.PERSON, clause="office")
def no_office_held(facts: StandingFacts) -> Values | None:
    """Officers go on (HD30 §II.5); who leaves hands the office over first."""
    return {} if facts.holds_office else None


@requirement("settled_first", section=Part.PERSON, clause="resignation")
def settled_first(facts: StandingFacts) -> Values | None:
    """Nobody resigns while it is looked into what they did (HD20 §23.1e)."""
    return {} if facts.status is PersonStatus.SUSPENDED else None


@requirement("begins_in_time", section=Part.DAYS, clause="standing_days", of_answer=True)
def begins_in_time(facts: StandingFacts) -> Values | None:
    """It begins within the stay in the unit, and not far ahead."""
    return _between(facts.answers.on, facts.since, months_after(facts.today, MONTHS_AHEAD))


@requirement("happened_in_time", section=Part.DAYS, clause="standing_days", of_answer=True)
def happened_in_time(facts: StandingFacts) -> Values | None:
    """It happened within the stay in the unit, and not ahead of today."""
    return _between(facts.answers.on, facts.since, facts.today)


@requirement("address_given", section=Part.PLACE, clause="away", of_answer=True)
def address_given(facts: StandingFacts) -> Values | None:
    """The register of those away holds where each went (HD20 §3.3f)."""
    return None if facts.answers.address.strip() else {}


@requirement("return_expected", section=Part.DAYS, clause="away", of_answer=True)
def return_expected(facts: StandingFacts) -> Values | None:
    """Who goes says when they expect to be back."""
    until = facts.answers.until
    return None if until and until >= facts.on else {"first": facts.on}


@requirement("deferred_a_year_at_most", section=Part.DAYS, clause="deferral", of_answer=True)
def deferred_a_year_at_most(facts: StandingFacts) -> Values | None:
    """The branch committee defers for one year at the most, each time."""
    last = months_after(facts.on, facts.rules.deferral_months)
    return _between(facts.answers.until, facts.on, last)


@requirement("cause_given", section=Part.GROUNDS, clause="deferral", of_answer=True)
def cause_given(facts: StandingFacts) -> Values | None:
    """A deferral has its reason."""
    return None if facts.answers.reason.strip() else {}


@requirement("suspended_now", section=Part.PERSON, clause="suspension")
def suspended_now(facts: StandingFacts) -> Values | None:
    """Only a suspension that runs goes on or is lifted."""
    return None if facts.status is PersonStatus.SUSPENDED else {}


@requirement("not_suspended_yet", section=Part.PERSON, clause="suspension")
def not_suspended_yet(facts: StandingFacts) -> Values | None:
    """Who is suspended already is suspended longer, and not twice at once."""
    return {} if facts.status is PersonStatus.SUSPENDED else None


@requirement("suspended_once_more_at_most", section=Part.PERSON, clause="suspension")
def suspended_once_more_at_most(facts: StandingFacts) -> Values | None:
    """A suspension is followed by one more and no third (HD20 §23.2b)."""
    return None if facts.suspensions < SUSPENSIONS_IN_A_ROW else {}


@requirement("suspended_in_measure", section=Part.DAYS, clause="suspension", of_answer=True)
def suspended_in_measure(facts: StandingFacts) -> Values | None:
    """Each time a suspension lasts three months at the most (HD20 §23.2b)."""
    first = facts.suspended_from
    return _between(facts.answers.until, first, months_after(first, facts.rules.suspension_months))


@requirement("grounds_told", section=Part.GROUNDS, clause="suspension", of_answer=True)
def grounds_told(facts: StandingFacts) -> Values | None:
    """A suspension has its reason."""
    return None if facts.answers.reason.strip() else {}


@requirement("host_elsewhere", section=Part.PLACE, clause="residence", of_answer=True)
def host_elsewhere(facts: StandingFacts) -> Values | None:
    """A guest's file lies in another unit than the one at the residence (HD20 §2.2)."""
    return None if facts.is_host_elsewhere else {}


@requirement("no_guest_yet", section=Part.PERSON, clause="residence")
def no_guest_yet(facts: StandingFacts) -> Values | None:
    """Nobody has two residences at once."""
    return {} if facts.is_guest else None


@requirement("resident_long_enough", section=Part.DAYS, clause="registration", of_answer=True)
def resident_long_enough(facts: StandingFacts) -> Values | None:
    """A residence is where one is registered for six months."""
    since = facts.answers.registered_since
    latest = months_after(facts.on, -facts.rules.registration_months)
    return None if since and since <= latest else {"latest": latest}


@requirement("something_to_end", section=Part.PERSON, clause="standing_days")
def something_to_end(facts: StandingFacts) -> Values | None:
    """Only what began, and did not end yet, comes to an end."""
    return None if facts.open_since else {}


@requirement("ends_in_time", section=Part.DAYS, clause="standing_days", of_answer=True)
def ends_in_time(facts: StandingFacts) -> Values | None:
    """The first day back is not before the first day away, and not ahead of today."""
    return _between(facts.answers.on, facts.open_since or facts.since, facts.today)


@requirement("past_thirty", section=Part.PERSON, clause="maturity")
def past_thirty(facts: StandingFacts) -> Values | None:
    """Who turns thirty in a year is over it for the list of that year (HD30 §II.5)."""
    year = facts.birth_date.year + facts.rules.maturity_age
    return None if facts.on.year >= year else {"year": year}


@requirement("not_over_35", section=Part.DAYS, clause="maturity")
def not_over_35(facts: StandingFacts) -> Values | None:
    """Who wishes stays, until 35 and no longer (HD30 §II.5)."""
    last = anniversary(facts.birth_date, facts.rules.stay_age)
    return None if facts.on <= last else {"last": last}


@requirement("not_staying_yet", section=Part.PERSON, clause="maturity")
def not_staying_yet(facts: StandingFacts) -> Values | None:
    """The branch decides on it once."""
    return {} if facts.stays_on else None


@requirement("applied_before", section=Part.GROUNDS, clause="resignation", of_answer=True)
def applied_before(facts: StandingFacts) -> Values | None:
    """A resignation begins with the member's own paper."""
    return _between(facts.answers.applied_on, facts.since, facts.on)


@requirement("contacted_before", section=Part.GROUNDS, clause="deletion", of_answer=True)
def contacted_before(facts: StandingFacts) -> Values | None:
    """The branch speaks with the member before it decides (HD30 §II.7)."""
    return _between(facts.answers.contacted_on, facts.since, facts.on)


@requirement("three_months_missed", section=Part.GROUNDS, clause="deletion", of_answer=True)
def three_months_missed(facts: StandingFacts) -> Values | None:
    """No activity, or no dues as the sheet shows it, for three months in a year (HD20 §3.1)."""
    needed, missed = facts.rules.missed_months, facts.answers.missed_months
    if facts.answers.missed is Missed.DUES:
        in_a_row = facts.rules.missed_in_a_row
        missed = longest_run(facts.unpaid) if in_a_row else len(facts.unpaid)
    return None if missed >= needed else {"missed": missed, "needed": needed}


@requirement("not_excused", section=Part.GROUNDS, clause="absence", of_answer=True)
def not_excused(facts: StandingFacts) -> Values | None:
    """Away for a year at the most, reported, dues paid: that is no absence (HD20 §3.1b).

    A deferral excuses from activity too; dues go on.
    """
    if facts.answers.missed is Missed.DUES:
        return None
    if facts.status is PersonStatus.DEFERRED:
        return {}
    within = facts.away_since and facts.on <= months_after(
        facts.away_since, facts.rules.away_months
    )
    return {} if within and not facts.unpaid else None
