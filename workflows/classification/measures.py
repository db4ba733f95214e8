"""The measures of branches: from figures of a year to the best place that each leaves open (§5.3).

The numbers are those of the old scale (a university's table of 2019, source CD19). No text sets any
for the scale of organisations since 2019: there the same numbers are a local setting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workflows.classification.criteria import percent, place_of_share
from workflows.classification.scales import BranchGrade, Scale
from workflows.rules import Certainty, Clause

HALF_YEAR = 6
REGISTERED = (Fraction(1), Fraction(8, 10), Fraction(1, 2))
FEW = Fraction(5, 100)
LAST = 3
_TABLE = "Tiêu chuẩn chi đoàn vững mạnh, khá, trung bình, yếu kém (2019)"
OLD = Clause(_TABLE)
NEW = Clause(f"{_TABLE}, dùng cho bốn mức mới theo cài đặt của địa phương", Certainty.LOCAL)


class Measure(StrEnum):
    """What a branch is measured by."""

    MEETINGS = "meetings"
    REGISTERED = "registered"
    GOOD_MEMBERS = "good_members"
    GROWTH = "growth"
    DUES = "dues"
    DISCIPLINE = "discipline"
    BOOKS = "books"
    ACTIVITIES = "activities"


class Books(StrEnum):
    """How the branch book and the reports were kept."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BranchFigures:
    """What is known of a branch's year.

    ``held`` are the meetings of each half-year, ``graded`` the members by place of their grade (0
    the best); ``took_dues`` whether any were paid, ``late_with_share`` what is still to be passed
    up. What nobody typed or keeps is None, and limits nothing.
    """

    members: int = 0
    held: tuple[int, int] | None = None
    registered: int | None = None
    graded: tuple[int, int, int, int] | None = None
    has_source: bool = True
    admitted: int | None = None
    elite: int | None = None
    owed_months: int | None = None
    took_dues: bool = False
    late_with_share: bool = False
    disciplined: int | None = None
    books: Books | None = None
    traditions_each_half: bool | None = None
    activities_each_half: bool | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """The best place that a measure leaves open, with its numbers."""

    measure: Measure
    place: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RatingProposal:
    """The grade that the figures of a branch lead to, and what each measure says."""

    grade: BranchGrade
    judged: tuple[Judged, ...]
    clause: Clause

    @property
    def binding(self) -> tuple[Judged, ...]:
        """The measures that keep the grade from being better."""
        worst = max((each.place for each in self.judged), default=0)
        return tuple(each for each in self.judged if each.place == worst > 0)


Marks = tuple[Fraction, Fraction, Fraction]


def rate_branch(figures: BranchFigures, scale: Scale, good: Marks) -> RatingProposal:
    """Work out the best grade that every measure leaves open.

    ``good`` are the shares of good members that the best three places ask for.
    """
    judged = [each for measure in _MEASURES if (each := measure(figures))]
    if figures.graded and sum(figures.graded):
        judged.insert(2, _good_members(figures.graded, good))
    place = max((each.place for each in judged), default=0)
    clause = OLD if scale.is_old else NEW
    return RatingProposal(scale.branch_grades[place], tuple(judged), clause)


def _meetings(figures: BranchFigures) -> Judged | None:
    """Twelve a year, six in each half; one missed in a half is average, two are weak."""
    if figures.held is None:
        return None
    missed = max(0, *(HALF_YEAR - number for number in figures.held))
    values = {"first": figures.held[0], "second": figures.held[1]}
    return Judged(Measure.MEETINGS, (0, 2, LAST)[min(missed, 2)], values)


def _registered(figures: BranchFigures) -> Judged | None:
    if figures.registered is None or not figures.members:
        return None
    share = Fraction(figures.registered, figures.members)
    values = {"registered": figures.registered, "members": figures.members}
    return Judged(Measure.REGISTERED, place_of_share(share, REGISTERED), values)


def _good_members(graded: Sequence[int], marks: Marks) -> Judged:
    """Good or better; the best two places bear no weak member, the third a fifth of them."""
    everyone, weak = sum(graded), graded[-1]
    place = place_of_share(Fraction(sum(graded[:2]), everyone), marks)
    if weak:
        place = max(place, 2 if Fraction(weak, everyone) <= Fraction(1, 5) else LAST)
    values = {"percent": percent(sum(graded[:2]), everyone), "weak": weak}
    return Judged(Measure.GOOD_MEMBERS, place, values)


def _growth(figures: BranchFigures) -> Judged | None:
    """New members and elite members, where there is whom to admit."""
    if not figures.has_source or figures.admitted is None or figures.elite is None:
        return None
    missing = (figures.admitted == 0) + (figures.elite == 0)
    values = {"admitted": figures.admitted, "elite": figures.elite}
    return Judged(Measure.GROWTH, missing, values)


def _dues(figures: BranchFigures) -> Judged | None:
    if figures.owed_months is None:
        return None
    if not figures.took_dues:
        return Judged(Measure.DUES, LAST, {"owed": figures.owed_months})
    is_right = not figures.owed_months and not figures.late_with_share
    return Judged(Measure.DUES, 0 if is_right else 2, {"owed": figures.owed_months})


def _discipline(figures: BranchFigures) -> Judged | None:
    """Warned or worse: a few are average, above a twentieth weak (between 3 and 5 % no text)."""
    if figures.disciplined is None or not figures.members:
        return None
    share = Fraction(figures.disciplined, figures.members)
    place = 0 if not figures.disciplined else 2 if share <= FEW else LAST
    return Judged(Measure.DISCIPLINE, place, {"disciplined": figures.disciplined})


def _books(figures: BranchFigures) -> Judged | None:
    if figures.books is None:
        return None
    places = {Books.FULL: 0, Books.PARTIAL: 1, Books.NONE: LAST}
    return Judged(Measure.BOOKS, places[figures.books], {"books": figures.books.value})


def _activities(figures: BranchFigures) -> Judged | None:
    """A meeting on tradition in each half-year, or at least an activity of one's own."""
    if figures.traditions_each_half is None or figures.activities_each_half is None:
        return None
    place = 0 if figures.traditions_each_half else 1 if figures.activities_each_half else 2
    return Judged(Measure.ACTIVITIES, place, {})


_MEASURES: tuple[Callable[[BranchFigures], Judged | None], ...] = (
    _meetings,
    _registered,
    _growth,
    _dues,
    _discipline,
    _books,
    _activities,
)


def rate_union(places: Sequence[int], scale: Scale) -> BranchGrade | None:
    """Propose the grade of a grass-roots union from the places of its branches (CD19).

    Two thirds of the best and none below the second place are excellent, half of the second place
    or better are good. The source's "tốt trở lên" is read as the best place: with the second the
    share of two thirds would say nothing. Without branches there is no grade.
    """
    if not places:
        return None
    best, good = (Fraction(sum(each <= mark for each in places), len(places)) for mark in (0, 1))
    if best >= Fraction(2, 3) and max(places) <= 1:
        return scale.branch_grades[0]
    return scale.branch_grades[1 if good >= Fraction(1, 2) else 2]
