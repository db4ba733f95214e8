"""Changes of standing: who decides, what each requires, what becomes of the person (§6.2-6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.engine import Requirement, Unmet
from workflows.levels import Seat
from workflows.membership import PersonStatus
from workflows.requirements import deletion_vote
from workflows.requirements import standing as claims
from workflows.standing_facts import Kind, StandingFacts

# Whose standing takes the vote while it lasts. Guests at the residence have none either: their
# stay is elsewhere; guests for a time vote where they are, and not at home.
VOTELESS = frozenset({PersonStatus.DEFERRED, PersonStatus.SUSPENDED})
# What lasts until its end is recorded, however long ago it was expected; all else ends by itself.
LASTING = frozenset({PersonStatus.WORKING_AWAY, PersonStatus.RESIDENCE_GUEST})
# What is over by itself on the day after its last one.
ENDING = frozenset({PersonStatus.DEFERRED, PersonStatus.SUSPENDED, PersonStatus.TEMPORARILY_IN})
# Standings of a member who is away, which are the status of the person as well.
ABSENCES = frozenset({PersonStatus.WORKING_AWAY, PersonStatus.DEFERRED})
# Both sides of a stay in another unit for a time, which is over by itself or by a return.
FOR_A_TIME = frozenset({PersonStatus.TEMPORARILY_OUT, PersonStatus.TEMPORARILY_IN})


@dataclass(frozen=True, slots=True)
class StandingChange:
    """One kind of change: the seat that makes it, its rule and what it requires.

    ``begins`` is the standing that it opens, ``ends`` those it closes; ``exit_as`` is what the
    person is from the day on when membership ends with it. Nobody ``decides`` on themselves.
    """

    kind: Kind
    clause: str
    requires: tuple[Requirement, ...]
    seat: Seat = Seat.BRANCH
    begins: PersonStatus | None = None
    ends: frozenset[PersonStatus] = frozenset()
    exit_as: PersonStatus | None = None
    decides: bool = False


_ALL = (
    # The member reports the address to the branch before each trip (HD20 §3.3f).
    StandingChange(
        Kind.WORK_AWAY,
        "away",
        (
            claims.member_of_ours,
            claims.in_activity,
            claims.begins_in_time,
            claims.return_expected,
            claims.address_given,
        ),
        begins=PersonStatus.WORKING_AWAY,
    ),
    # The branch committee decides; dues are still paid.
    StandingChange(
        Kind.DEFER,
        "deferral",
        (
            claims.member_of_ours,
            claims.in_activity,
            claims.begins_in_time,
            claims.deferred_a_year_at_most,
            claims.cause_given,
        ),
        begins=PersonStatus.DEFERRED,
        decides=True,
    ),
    StandingChange(
        Kind.RETURN,
        "standing_days",
        (claims.member_of_ours, claims.something_to_end, claims.ends_in_time),
        ends=ABSENCES | FOR_A_TIME,
    ),
    # Not a discipline: it lasts while something is looked into (HD20 §23.2b).
    StandingChange(
        Kind.SUSPEND,
        "suspension",
        (
            claims.member_of_ours,
            claims.not_suspended_yet,
            claims.happened_in_time,
            claims.suspended_once_more_at_most,
            claims.suspended_in_measure,
            claims.grounds_told,
        ),
        seat=Seat.GRASSROOTS,
        begins=PersonStatus.SUSPENDED,
        decides=True,
    ),
    StandingChange(
        Kind.SUSPEND_LONGER,
        "suspension",
        (
            claims.suspended_now,
            claims.happened_in_time,
            claims.suspended_once_more_at_most,
            claims.suspended_in_measure,
            claims.grounds_told,
        ),
        seat=Seat.GRASSROOTS,
        begins=PersonStatus.SUSPENDED,
        decides=True,
    ),
    StandingChange(
        Kind.LIFT,
        "suspension",
        (claims.suspended_now, claims.ends_in_time),
        seat=Seat.GRASSROOTS,
        ends=frozenset({PersonStatus.SUSPENDED}),
        decides=True,
    ),
    # May attend and speak, has no vote (HD20 §2.2).
    StandingChange(
        Kind.BE_GUEST,
        "residence",
        (
            claims.member_of_ours,
            claims.no_guest_yet,
            claims.begins_in_time,
            claims.host_elsewhere,
            claims.resident_long_enough,
        ),
        begins=PersonStatus.RESIDENCE_GUEST,
    ),
    StandingChange(
        Kind.END_GUEST,
        "residence",
        (claims.something_to_end, claims.ends_in_time),
        ends=frozenset({PersonStatus.RESIDENCE_GUEST}),
    ),
    StandingChange(
        Kind.STAY_ON,
        "maturity",
        (
            claims.member_of_ours,
            claims.not_staying_yet,
            claims.past_thirty,
            claims.not_over_35,
            claims.happened_in_time,
        ),
        decides=True,
    ),
    StandingChange(
        Kind.MATURE,
        "maturity",
        (
            claims.member_of_ours,
            claims.no_office_held,
            claims.past_thirty,
            claims.happened_in_time,
        ),
        exit_as=PersonStatus.MATURED,
    ),
    # Not a discipline: the branch lists, contacts, votes, and reports to the commune.
    StandingChange(
        Kind.DELETE,
        "deletion",
        (
            claims.member_of_ours,
            claims.no_office_held,
            claims.happened_in_time,
            claims.three_months_missed,
            claims.not_excused,
            claims.contacted_before,
            deletion_vote.deletion_in_person,
            deletion_vote.roll_is_whole,
            deletion_vote.counts_agree,
            deletion_vote.quorum_met,
            deletion_vote.vote_passed,
        ),
        exit_as=PersonStatus.DELETED,
        decides=True,
    ),
    StandingChange(
        Kind.RESIGN,
        "resignation",
        (
            claims.member_of_ours,
            claims.settled_first,
            claims.no_office_held,
            claims.happened_in_time,
            claims.applied_before,
        ),
        seat=Seat.GRASSROOTS,
        exit_as=PersonStatus.RESIGNED,
        decides=True,
    ),
    StandingChange(
        Kind.DIE,
        "roster",
        (claims.alive, claims.happened_in_time),
        exit_as=PersonStatus.DECEASED,
    ),
)
CHANGES: Mapping[Kind, StandingChange] = {change.kind: change for change in _ALL}


def unmet(kind: Kind, facts: StandingFacts) -> list[Unmet]:
    """List everything that a change still lacks, all of it at once."""
    return [missing for claim in CHANGES[kind].requires if (missing := claim(facts))]


def closed(kind: Kind, facts: StandingFacts) -> list[Unmet]:
    """List what keeps the change from being asked for at all, whatever would be answered."""
    of_person = [claim for claim in CHANGES[kind].requires if not claim.of_answer]
    return [missing for claim in of_person if (missing := claim(facts))]
