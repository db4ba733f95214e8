"""Votes of a meeting: whether the counts agree, whether the meeting counts, and the verdict."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Roll:
    """How many are entitled to vote and how many of them are present."""

    entitled: int
    present: int


@dataclass(frozen=True, slots=True)
class Ballots:
    """The totals of one vote on one person; who voted how is known to nobody."""

    in_favour: int
    against: int
    blank: int
    spoiled: int

    @property
    def total(self) -> int:
        """All ballots counted."""
        return self.in_favour + self.against + self.blank + self.spoiled


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two numbers that cannot both be right: ``code`` names the sentence that tells so."""

    code: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a vote with the numbers that led to it."""

    passed: bool
    in_favour: int
    present: int
    needed: int


def disagreements(roll: Roll, ballots: Ballots) -> list[Disagreement]:
    """List what is wrong with the counts: negative, more than present, or not adding up."""
    counts = (ballots.in_favour, ballots.against, ballots.blank, ballots.spoiled)
    if negative := [count for count in counts if count < 0]:
        return [Disagreement("negative", negative[0], 0)]
    faults = []
    if roll.present < 1:
        faults.append(Disagreement("nobody_present", roll.present, 1))
    if roll.present > roll.entitled:
        faults.append(Disagreement("more_present_than_entitled", roll.present, roll.entitled))
    if ballots.in_favour > roll.present:
        faults.append(Disagreement("more_votes_than_present", ballots.in_favour, roll.present))
    elif ballots.total != roll.present:
        faults.append(Disagreement("total_is_not_present", ballots.total, roll.present))
    return faults


def quorum_needed(entitled: int, quorum: Fraction) -> int:
    """Return how many must be present, rounded up to whole people."""
    return ceil(entitled * quorum)


def verdict(roll: Roll, ballots: Ballots, majority: Fraction) -> Verdict:
    """Decide a vote: strictly more than ``majority`` of those present must be in favour.

    Source of the rule for admissions: HD 20-HD/TWĐTN-BTC (2023) §1.3d, more than half of the
    members present; blank and spoiled ballots count as present.

    Raises:
        ValueError: the counts disagree or nobody is present.
    """
    if faults := disagreements(roll, ballots):
        raise ValueError(faults[0].code)
    needed = floor(roll.present * majority) + 1
    return Verdict(ballots.in_favour >= needed, ballots.in_favour, roll.present, needed)
