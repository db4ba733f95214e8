"""What a judge may put on a score sheet, read as typed, and what is wrong with it (domain §4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workflows.contest.rules import Criterion, Part
from workflows.contest.scoring import Sheet

# With more values than this a criterion is typed, not picked from a row of buttons.
MOST_BUTTONS = 21
LONGEST = 1000  # characters of a justification
_POINTS = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Mark:
    """What was typed at one criterion: the points, and why."""

    points: str = ""
    justification: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: a code whose sentence the labels hold, with its numbers."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


Marks = Mapping[str, Mark]
NOTHING = Mark()


def read_points(text: str) -> Decimal:
    """Read points as people write them: ``8,5`` and ``8.5`` are both eight and a half.

    Raises:
        ValueError: the text is no number, or has more than three decimals.
    """
    written = text.strip()
    if not _POINTS.fullmatch(written):
        raise ValueError(text)
    return Decimal(written.replace(",", "."))


def points_of(part: Part, marks: Marks) -> Sheet:
    """Return the points of a sheet that has no faults, ``None`` where nothing was typed."""
    typed = {each.code: marks.get(each.code, NOTHING).points for each in part.criteria}
    return {code: read_points(text) if text.strip() else None for code, text in typed.items()}


def faults_of(part: Part, marks: Marks, *, is_final: bool) -> dict[str, Fault]:
    """Name what is wrong, by criterion; a draft may leave out points and justifications.

    Under ``""`` stands that the whole sheet gives more than the part has.
    """
    found = {
        each.code: fault
        for each in part.criteria
        if (fault := _fault_of(each, marks.get(each.code, NOTHING), is_final=is_final))
    }
    if not found:
        total = sum(filter(None, points_of(part, marks).values()), Decimal(0))
        if total > part.max:
            found[""] = Fault("over_part", {"points": total, "most": part.max})
    return found


def _fault_of(criterion: Criterion, mark: Mark, *, is_final: bool) -> Fault | None:
    if len(mark.justification) > LONGEST:
        return Fault("too_long", {"length": len(mark.justification), "most": LONGEST})
    if not mark.points.strip():
        return Fault("missing") if is_final and criterion.required else None
    try:
        points = read_points(mark.points)
    except ValueError:
        return Fault("no_number", {"most": criterion.max})
    return _out_of_range(criterion, points) or _unexplained(criterion, points, mark, is_final)


def _out_of_range(criterion: Criterion, points: Decimal) -> Fault | None:
    if points < 0:
        return Fault("below_zero", {"points": points})
    if points > criterion.max:
        return Fault("above_most", {"points": points, "most": criterion.max})
    if points % criterion.step:
        return Fault("off_step", {"points": points, "step": criterion.step})
    return None


def _unexplained(
    criterion: Criterion,
    points: Decimal,
    mark: Mark,
    is_final: bool,  # noqa: FBT001
) -> Fault | None:
    limit = criterion.justify_below
    if not is_final or limit is None or points >= limit or mark.justification.strip():
        return None
    return Fault("unexplained", {"limit": limit})


def steps_of(criterion: Criterion) -> tuple[Decimal, ...]:
    """List the values that a criterion takes, where they are few enough for buttons."""
    number = int(criterion.max / criterion.step) + 1
    if number > MOST_BUTTONS:
        return ()
    return tuple(criterion.step * each for each in range(number))
