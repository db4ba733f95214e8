"""Whether a rule set can be scored by: what is wrong in it, and what is still missing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workflows.contest.plain import Fault
from workflows.contest.rules import (
    Advance,
    AdvanceBy,
    Award,
    Combine,
    ContestRules,
    Criterion,
    Part,
    PartKind,
    Round,
    TieBreak,
    TieKind,
    TimePoints,
)
from workflows.levels import Level

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LEVELS = (Level.COMMUNE, Level.DISTRICT)
# Rules in the making lack these; nothing that stands in them is wrong.
GAPS = frozenset({"no_rounds", "no_parts", "no_criteria", "ties_undecided", "no_district_round"})
AGES, SHEETS, MINUTES, QUESTIONS, COUNTS = (16, 60), (1, 15), (1, 600), (1, 200), (1, 100)
MOST_POINTS, FEWEST_TO_TRIM = Decimal(1000), 3
PERCENTS = (1, 100)
LAST_WORDS = (TieKind.CHAIR, TieKind.DRAW)
Faults = Iterator[Fault]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with rules, and what is still missing before anything can be scored."""

    wrong: tuple[Fault, ...]
    gaps: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether a contest can be held by these rules."""
        return not (self.wrong or self.gaps)


def judge(rules: ContestRules) -> Judgement:
    """Say of a rule set everything that is wrong and everything that is missing."""
    found = list(_of_rules(rules))
    wrong = tuple(each for each in found if each.code not in GAPS)
    return Judgement(wrong, tuple(each for each in found if each.code in GAPS))


def _of_rules(rules: ContestRules) -> Faults:
    yield from _titled(rules.title, "title")
    yield from _within(rules.endorsed, COUNTS, "endorsed")
    if rules.max_age is not None:
        yield from _within(rules.max_age, AGES, "max_age")
    yield from _named(rules.rounds, "rounds")
    yield from _levels(rules.rounds)
    for place, each in enumerate(rules.rounds):
        yield from _below(f"rounds.{place}", _of_round(each))
    yield from _twice([each.title for each in rules.awards], "awards", "title")
    for place, award in enumerate(rules.awards):
        yield from _below(f"awards.{place}", _of_award(award))


def _levels(rounds: Sequence[Round]) -> Faults:
    """Communes hold their rounds before the district, and the district holds the last one."""
    if not rounds:
        yield Fault("rounds", "no_rounds")
        return
    for place, each in enumerate(rounds):
        if each.level not in LEVELS:
            yield Fault(f"rounds.{place}.level", "level_holds_none")
        elif place and rounds[place - 1].level is Level.DISTRICT is not each.level:
            yield Fault(f"rounds.{place}.level", "level_falls")
    if rounds[-1].level is not Level.DISTRICT:
        yield Fault("rounds", "no_district_round")


def _of_award(award: Award) -> Faults:
    yield from _titled(award.title, "title")
    yield from _within(award.count, COUNTS, "count")


def _of_round(held: Round) -> Faults:
    yield from _titled(held.title, "title")
    yield from _named(held.parts, "parts")
    if not held.parts:
        yield Fault("parts", "no_parts")
    for place, part in enumerate(held.parts):
        yield from _below(f"parts.{place}", of_part(part))
    codes = {part.code for part in held.parts}
    yield from _below("advance", _of_advance(held.advance, codes))
    yield from _of_ties(held.ties, codes)


def _of_advance(advance: Advance, codes: set[str]) -> Faults:
    if advance.by is AdvanceBy.TOP:
        yield from _within(advance.value, COUNTS, "value")
    if advance.by is AdvanceBy.PERCENT:
        yield from _within(advance.value, PERCENTS, "value")
    if advance.on and advance.on not in codes:
        yield Fault("on", "no_such_part", {"part": advance.on})


def _of_ties(ties: Sequence[TieBreak], codes: set[str]) -> Faults:
    for place, tie in enumerate(ties):
        if tie in ties[:place]:
            yield Fault(f"ties.{place}.kind", "tie_twice")
        elif tie.kind is TieKind.PART and tie.part not in codes:
            yield Fault(f"ties.{place}.part", "no_such_part", {"part": tie.part})
    if not ties or ties[-1].kind not in LAST_WORDS:
        yield Fault("ties", "ties_undecided")


def of_part(part: Part) -> Faults:
    """Say of one part what is wrong or missing, by paths within it."""
    yield from _titled(part.title, "title")
    yield from _points(part.max, "max")
    yield from _points(part.weight, "weight")
    if part.minutes is not None:
        yield from _within(part.minutes, MINUTES, "minutes")
    yield from _of_times(part.time_points)
    yield from _of_quiz(part) if part.kind is PartKind.QUIZ else _of_judged(part)


def _of_times(times: Sequence[TimePoints]) -> Faults:
    for place, each in enumerate(times):
        if each.up_to_seconds < 1:
            yield Fault(f"time_points.{place}.up_to_seconds", "too_small", {"least": 1})
        elif place and each.up_to_seconds <= times[place - 1].up_to_seconds:
            yield Fault(f"time_points.{place}.up_to_seconds", "times_fall")


def _of_quiz(part: Part) -> Faults:
    if part.criteria:
        yield Fault("criteria", "quiz_has_criteria")
    if part.minutes is None:
        yield Fault("minutes", "minutes_missing")
    yield from _points(part.points_each, "points_each")
    if not -part.points_each <= part.points_wrong <= 0:
        yield Fault("points_wrong", "wrong_range", {"most": part.points_each})
    if part.questions is None:
        yield Fault("questions", "questions_missing")
        return
    yield from _within(part.questions, QUESTIONS, "questions")
    if (total := part.questions * part.points_each) != part.max:
        yield Fault("max", "quiz_sum", {"sum": total, "max": part.max})


def _of_judged(part: Part) -> Faults:
    if part.questions is not None:
        yield Fault("questions", "only_quiz")
    yield from _within(part.sheets, SHEETS, "sheets")
    if part.combine is Combine.TRIMMED:
        yield from _within(part.trim_from, (FEWEST_TO_TRIM, SHEETS[1]), "trim_from")
    yield from _named(part.criteria, "criteria")
    for place, each in enumerate(part.criteria):
        yield from _below(f"criteria.{place}", _of_criterion(each))
    if not part.criteria:
        yield Fault("criteria", "no_criteria")
    elif (total := sum(each.max for each in part.criteria)) != part.max:
        yield Fault("max", "criteria_sum", {"sum": total, "max": part.max})


def _of_criterion(each: Criterion) -> Faults:
    yield from _titled(each.title, "title")
    yield from _points(each.max, "max")
    yield from _points(each.step, "step")
    if each.step > 0 and each.max % each.step:
        yield Fault("step", "step_misfit", {"step": each.step, "max": each.max})
    if each.justify_below is not None and not 0 < each.justify_below <= each.max:
        yield Fault("justify_below", "justify_range", {"max": each.max})


def _titled(title: str, path: str) -> Faults:
    if not title.strip():
        yield Fault(path, "title_missing")


def _points(value: Decimal, path: str) -> Faults:
    if not 0 < value <= MOST_POINTS:
        yield Fault(path, "points_range", {"most": MOST_POINTS})


def _within(value: int, limits: tuple[int, int], path: str) -> Faults:
    least, most = limits
    if value < least:
        yield Fault(path, "too_small", {"least": least})
    if value > most:
        yield Fault(path, "too_big", {"most": most})


def _named(pieces: Sequence[Round | Part | Criterion], path: str) -> Faults:
    """Each piece of a list has a code and a title of its own."""
    for place, each in enumerate(pieces):
        if not CODE.fullmatch(each.code):
            yield Fault(f"{path}.{place}.code", "code_form")
    yield from _twice([each.code for each in pieces], path, "code")
    yield from _twice([each.title for each in pieces], path, "title")


def _twice(names: Sequence[str], path: str, field: str) -> Faults:
    for place, name in enumerate(names):
        if name and name in names[:place]:
            yield Fault(f"{path}.{place}.{field}", "named_twice", {"name": name})


def _below(path: str, faults: Iterable[Fault]) -> Faults:
    for each in faults:
        yield Fault(f"{path}.{each.path}", each.code, each.values)
