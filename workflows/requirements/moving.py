"""Claims about a transfer: a member, a destination, comment and dues, days, the reception."""

from datetime import date, timedelta

from workflows.calendar import months_after
from workflows.engine import NOT_YET, Values, requirement
from workflows.transfer_facts import Kind, Part, TransferFacts


@requirement("still_a_member", section=Part.MEMBER, clause="transfer")
def still_a_member(facts: TransferFacts) -> Values | None:
    """Only who is a member moves; who comes from outside becomes one of ours at reception."""
    if facts.kind is Kind.IN:
        return NOT_YET
    return None if facts.is_member else {}


@requirement("not_ours_already", section=Part.MEMBER, clause="transfer")
def not_ours_already(facts: TransferFacts) -> Values | None:
    """Who comes from outside was not admitted here meanwhile."""
    if facts.kind is not Kind.IN:
        return NOT_YET
    return {} if facts.is_member else None


@requirement("not_suspended", section=Part.MEMBER, clause="transfer")
def not_suspended(facts: TransferFacts) -> Values | None:
    """Who is suspended stays until it is settled."""
    return {} if facts.is_suspended else None


@requirement("destination_named", section=Part.MOVE, clause="transfer")
def destination_named(facts: TransferFacts) -> Values | None:
    """A transfer says where it leads: a unit here, or the name of one outside."""
    if facts.kind in {Kind.OUT, Kind.IN}:
        return None if facts.outside_unit.strip() else {}
    return None if facts.has_destination else {}


@requirement("days_of_absence", section=Part.MOVE, clause="temporary")
def days_of_absence(facts: TransferFacts) -> Values | None:
    """A temporary stay has both days and lasts three months at the most (HD20 §3.3)."""
    if not facts.temporary:
        return NOT_YET
    first, until = facts.from_on, facts.until_on
    latest = months_after(first or facts.today, facts.rules.temporary_months)
    fits = first is not None and until is not None and first <= until <= latest
    return None if fits else {"latest": latest}


@requirement("comment_written", section=Part.COMMENT, clause="transfer")
def comment_written(facts: TransferFacts) -> Values | None:
    """The branch committee writes its comment; who comes from outside brings one."""
    if facts.kind is Kind.IN:
        return NOT_YET
    return None if facts.has_comment else {}


@requirement("dues_collected", section=Part.COMMENT, clause="transfer")
def dues_collected(facts: TransferFacts) -> Values | None:
    """Dues are paid up to the month of the move; a temporary stay changes nothing in them."""
    if facts.temporary or facts.kind is Kind.IN:
        return NOT_YET
    moved = facts.moved_on or facts.today
    paid = facts.dues_paid_until
    settled = paid is not None and (paid.year, paid.month) >= (moved.year, moved.month)
    return None if settled else {"month": moved.strftime("%m/%Y")}


@requirement("receiving_branch_named", section=Part.RECEPTION, clause="transfer", of_answer=True)
def receiving_branch_named(facts: TransferFacts) -> Values | None:
    """The receiving commune names one of its own branches."""
    return None if facts.answers.to_branch_id and facts.branch_is_of_commune else {}


@requirement("received_in_time", section=Part.RECEPTION, clause="transfer", of_answer=True)
def received_in_time(facts: TransferFacts) -> Values | None:
    """Reception has a day, after the move and not ahead of today; counts move with it.

    It is after the first day in the unit that is left, and not after the end of a temporary stay.
    """
    received, first, last = facts.answers.received_on, _first_reception(facts), facts.today
    if facts.temporary and facts.until_on:
        last = min(last, facts.until_on)
    fits = received is not None and first <= received <= last
    return None if fits else {"first": first, "last": last}


def _first_reception(facts: TransferFacts) -> date:
    first = (facts.from_on if facts.temporary else facts.moved_on) or facts.today
    if facts.temporary or facts.kind is Kind.IN or facts.in_unit_since is None:
        return first
    return max(first, facts.in_unit_since + timedelta(days=1))


@requirement("reason_told", section=Part.RECEPTION, clause="transfer", of_answer=True)
def reason_told(facts: TransferFacts) -> Values | None:
    """Whoever sends back, refuses or withdraws says why."""
    return None if facts.answers.reason.strip() else {}
