"""The scales of classification, by the year they hold for: four grades each, the best first."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.rules import Clause


class Grade(StrEnum):
    """How a member did in a year: the four grades since 2019, and the four before.

    Both scales begin with ``EXCELLENT``, which is what an exemplary member has.
    """

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


class BranchGrade(StrEnum):
    """How a branch did in a year: the four grades since 2019, and the four before."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    STRONG = "strong"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Scale:
    """Four grades of members and of branches, the best first, from a year on.

    A place on it, 0 to 3, is what criteria speak of: the best grade that is still open.
    """

    from_year: int
    grades: tuple[Grade, ...]
    branch_grades: tuple[BranchGrade, ...]
    clause: Clause

    def place_of(self, grade: Grade) -> int:
        """Return the place of a grade; another scale's grade is a ValueError."""
        return self.grades.index(grade)

    @property
    def is_old(self) -> bool:
        """Whether it is the scale before 2019."""
        return Grade.WEAK in self.grades


# The newest first. A later guidance adds a scale, it edits none.
SCALES = (
    Scale(
        2019,
        (Grade.EXCELLENT, Grade.GOOD, Grade.COMPLETED, Grade.NOT_COMPLETED),
        (
            BranchGrade.EXCELLENT,
            BranchGrade.GOOD,
            BranchGrade.COMPLETED,
            BranchGrade.NOT_COMPLETED,
        ),
        Clause("Hướng dẫn 33-HD/TWĐTN-BTC (2019)"),
    ),
    Scale(
        2013,
        (Grade.EXCELLENT, Grade.FAIR, Grade.AVERAGE, Grade.WEAK),
        (BranchGrade.STRONG, BranchGrade.FAIR, BranchGrade.AVERAGE, BranchGrade.WEAK),
        Clause("Tiêu chí xếp loại đoàn viên bốn mức trước năm 2019"),
    ),
)


def scale_of(year: int) -> Scale:
    """Return the scale of a year; the oldest serves for all years before it."""
    return next((scale for scale in SCALES if scale.from_year <= year), SCALES[-1])
