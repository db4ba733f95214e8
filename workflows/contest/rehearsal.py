"""A rehearsal: invented scores for a round, the same for the same seed, and kept nowhere."""

import hashlib
from decimal import Decimal

from workflows.contest.rules import Combine, Criterion, Part, Round
from workflows.contest.scoring import PartScores, RoundScores

CONTESTANTS = (2, 40)
LONGEST_SECONDS = 1200


def invented(rules: Round, contestants: int, seed: str) -> RoundScores:
    """Invent the scores of a round.

    The second contestant gets precisely what the first gets, so that a tie and its tie-breaks
    are seen too.
    """
    twins = [1, 1, *range(3, contestants + 1)]
    return RoundScores(
        {
            number: {part.code: _scores(part, f"{seed}/{like}") for part in rules.parts}
            for number, like in enumerate(twins, start=1)
        }
    )


def _scores(part: Part, seed: str) -> PartScores:
    seconds = 60 + _drawn(f"{seed}/{part.code}/time", (part.minutes or 10) * 60 - 60)
    if not part.is_judged:
        right = _drawn(f"{seed}/{part.code}", (part.questions or 0) + 1)
        return PartScores(points=right * part.points_each, seconds=min(seconds, LONGEST_SECONDS))
    judges = max(part.sheets, part.trim_from if part.combine is Combine.TRIMMED else 0)
    sheets = {
        judge: {each.code: _points(each, f"{seed}/{part.code}/{judge}") for each in part.criteria}
        for judge in range(1, judges + 1)
    }
    return PartScores(sheets=sheets, seconds=min(seconds, LONGEST_SECONDS))


def _points(each: Criterion, seed: str) -> Decimal:
    """Return points in the upper half of a criterion, in its steps."""
    steps = int(each.max / each.step)
    return (steps - _drawn(f"{seed}/{each.code}", steps // 2 + 1)) * each.step


def _drawn(seed: str, below: int) -> int:
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    return number % max(below, 1)
