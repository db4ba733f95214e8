"""What was scored in a round, as the ranking reads it: final sheets, quiz results, times, rulings.

Whoever shows anything of it answers for statement 35: a judge who still owes a sheet sees none
(``queries.judging.panels.owes_sheets``).
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.models import (
    Adjustment,
    Contestant,
    PartTime,
    QuizAttempt,
    Score,
    Sheet,
    TieRuling,
)
from app.models.contest_sheets import SheetState
from workflows.contest.scoring import PartScores, RoundScores, TieDecision

Spot = tuple[int, str]  # a contestant and a part
ZERO = Decimal(0)


def scores_of(round_id: int) -> RoundScores:
    """Return all final scores of a round, by contestant and part; who is out is left out."""
    given, graded = _given(round_id), _graded(round_id)
    times, extras = _times(round_id), _extras(round_id)
    entries: dict[int, dict[str, PartScores]] = {number: {} for number in _contestants(round_id)}
    for spot in dict.fromkeys((*given, *graded, *times, *extras)):
        number, part = spot
        points, seconds = graded.get(spot, (None, None))
        entries[number][part] = PartScores(
            sheets=given.get(spot, {}),
            points=points,
            seconds=times.get(spot, seconds),
            adjusted=extras.get(spot, ZERO),
        )
    return RoundScores(entries, _rulings(round_id))


def _contestants(round_id: int) -> list[int]:
    query = select(Contestant.id).where(
        Contestant.round_id == round_id, Contestant.out_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(Contestant.id)))


def _competing(query: Any, round_id: int, contestant_id: Any) -> Any:  # noqa: ANN401
    """Ask about those who compete in a round."""
    return db.session.execute(
        query.join(Contestant, Contestant.id == contestant_id).where(
            Contestant.round_id == round_id, Contestant.out_at.is_(None)
        )
    ).all()


def _given(round_id: int) -> Mapping[Spot, dict[int, dict[str, Decimal | None]]]:
    """Return the final sheets by contestant and part, then judge, then criterion."""
    query = (
        select(Sheet.contestant_id, Sheet.part, Sheet.judge_id, Score.criterion, Score.points)
        .join(Score, Score.sheet_id == Sheet.id)
        .where(Sheet.round_id == round_id, Sheet.state == SheetState.FINAL)
    )
    found: dict[Spot, dict[int, dict[str, Decimal | None]]] = defaultdict(dict)
    for number, part, judge, code, points in _competing(query, round_id, Sheet.contestant_id):
        found[number, part].setdefault(judge, {})[code] = points
    return found


def _graded(round_id: int) -> Mapping[Spot, tuple[Decimal | None, int | None]]:
    attempt = QuizAttempt
    query = select(attempt.contestant_id, attempt.part, attempt.points, attempt.seconds)
    rows = _competing(query, round_id, attempt.contestant_id)
    return {(number, part): (points, seconds) for number, part, points, seconds in rows}


def _times(round_id: int) -> Mapping[Spot, int]:
    query = select(PartTime.contestant_id, PartTime.part, PartTime.seconds)
    rows = _competing(query, round_id, PartTime.contestant_id)
    return {(number, part): seconds for number, part, seconds in rows}


def _extras(round_id: int) -> Mapping[Spot, Decimal]:
    extra = Adjustment
    total = func.sum(extra.points)
    query = select(extra.contestant_id, extra.part, total).group_by(extra.contestant_id, extra.part)
    rows = _competing(query, round_id, extra.contestant_id)
    return {(number, part): points for number, part, points in rows}


def _rulings(round_id: int) -> tuple[TieDecision, ...]:
    query = select(TieRuling).where(TieRuling.round_id == round_id).order_by(TieRuling.id)
    return tuple(
        TieDecision(
            row.kind,
            {int(number): Decimal(str(value)) for number, value in row.standing.items()},
            row.seed,
        )
        for row in db.session.scalars(query)
    )
