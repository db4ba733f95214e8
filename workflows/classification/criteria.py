"""The criteria of members: from figures of a year to the best grade each leaves open (§5.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workflows.classification.scales import Grade, Scale
from workflows.classification.scope import SCOPE, Discipline, Scope
from workflows.rules import Certainty, Clause

# What the best three places of a scale ask for at least; who reaches none has the last place.
ATTENDANCE = (Fraction(9, 10), Fraction(8, 10), Fraction(1, 2))
TASKS = (Fraction(1), Fraction(1), Fraction(8, 10))
LAST = 3
LATE = 2
# The place that a result of the training programme leaves open; None: not registered.
PROGRAMME: Mapping[str | None, int] = {"done_well": 0, "average": 1, "not_done": 2, None: 2}
OLD_PROGRAMME: Mapping[str | None, int] = {**PROGRAMME, None: LAST}
NOT_MARKED = "not_marked"

_RESULT = Clause(
    "Hướng dẫn 33-HD/TWĐTN-BTC (2019); mức theo kết quả do địa phương đặt", Certainty.LOCAL
)
_OLD_RESULT = Clause(
    "Tiêu chí trước năm 2019: không đăng ký rèn luyện thì xếp loại yếu", Certainty.LOCAL
)


class Criterion(StrEnum):
    """What the figures of a year are about."""

    ATTENDANCE = "attendance"
    TASKS = "tasks"
    PROGRAMME = "programme"
    DUES = "dues"
    DISCIPLINE = "discipline"
    CIRCUMSTANCE = "circumstance"


# What only those see who may see sensitive data.
PRIVATE = frozenset({Criterion.DISCIPLINE, Criterion.CIRCUMSTANCE})


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of a member's year; a figure that nobody keeps is missing and limits nothing.

    Of the meetings on record ``entitled`` were theirs to attend, ``present`` they attended; of the
    months with dues ``payable`` were theirs to pay (none where the branch keeps no sheet), ``owed``
    are open. ``programme`` is the mark of the whole, ``NOT_MARKED`` until there is one; None: not
    registered, though others are.
    """

    entitled: int = 0
    present: int = 0
    tasks_assigned: int | None = None
    tasks_done: int | None = None
    payable: int = 0
    owed: int = 0
    programme: str | None = NOT_MARKED
    discipline: Discipline | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The best place of the scale that a criterion leaves open, with its numbers and source."""

    criterion: Criterion
    place: int
    values: Mapping[str, object]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade that the figures lead to, and what each criterion says; the binding ones limit."""

    grade: Grade
    limits: tuple[Limit, ...]

    @property
    def binding(self) -> tuple[Limit, ...]:
        """The criteria that keep the grade from being better."""
        worst = max((limit.place for limit in self.limits), default=0)
        return tuple(limit for limit in self.limits if limit.place == worst > 0)


def proposal(figures: Figures, scope: Scope, scale: Scale) -> Proposal:
    """Work out the best grade that every criterion leaves open."""
    limits = tuple(limit for each in _CRITERIA if (limit := each(figures, scale)))
    if scope.limit:
        limits += (Limit(Criterion.CIRCUMSTANCE, scope.limit, {}, SCOPE),)
    return Proposal(scale.grades[max((limit.place for limit in limits), default=0)], limits)


def place_of_share(share: Fraction, marks: tuple[Fraction, ...]) -> int:
    """Return the place that a share reaches among marks, the best first."""
    return next((place for place, mark in enumerate(marks) if share >= mark), len(marks))


def percent(part: int, whole: int) -> int:
    """Return a share in whole per cent, rounded down, so that 100 means all."""
    return 100 * part // whole


def _attendance(figures: Figures, _scale: Scale) -> Limit | None:
    if not figures.entitled:
        return None
    share = Fraction(figures.present, figures.entitled)
    values = {
        "present": figures.present,
        "entitled": figures.entitled,
        "percent": percent(figures.present, figures.entitled),
    }
    return Limit(Criterion.ATTENDANCE, place_of_share(share, ATTENDANCE), values, SCOPE)


def _tasks(figures: Figures, _scale: Scale) -> Limit | None:
    if not figures.tasks_assigned or figures.tasks_done is None:
        return None
    share = Fraction(figures.tasks_done, figures.tasks_assigned)
    values = {"done": figures.tasks_done, "assigned": figures.tasks_assigned}
    return Limit(Criterion.TASKS, place_of_share(share, TASKS), values, SCOPE)


def _programme(figures: Figures, scale: Scale) -> Limit | None:
    if figures.programme == NOT_MARKED:
        return None
    table, clause = (OLD_PROGRAMME, _OLD_RESULT) if scale.is_old else (PROGRAMME, _RESULT)
    values = {"mark": figures.programme or "unregistered"}
    return Limit(Criterion.PROGRAMME, table[figures.programme], values, clause)


def _dues(figures: Figures, _scale: Scale) -> Limit | None:
    if not figures.payable:
        return None
    place = 0 if not figures.owed else LAST if figures.owed >= figures.payable else LATE
    values = {"paid": figures.payable - figures.owed, "payable": figures.payable}
    return Limit(Criterion.DUES, place, values, SCOPE)


def _discipline(figures: Figures, _scale: Scale) -> Limit | None:
    if figures.discipline is None:
        return None
    return Limit(Criterion.DISCIPLINE, LAST, {}, SCOPE)


_CRITERIA: tuple[Callable[[Figures, Scale], Limit | None], ...] = (
    _attendance,
    _tasks,
    _programme,
    _dues,
    _discipline,
)
