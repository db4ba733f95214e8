"""Who is judged by whom in a round, as sharing out and the chair's page need it."""

from sqlalchemy import select

from app.extensions import db
from app.models import Contestant, Dossier, Sheet, Unit
from app.models.contest_sheets import SheetState
from workflows.contest.assignment import Pair
from workflows.contest.conflicts import Entrant


def entrants_of(round_id: int) -> dict[int, Entrant]:
    """Return those who compete in a round, by the number of the contestant."""
    query = (
        select(Contestant.id, Dossier.id, Dossier.person_id, Unit.path)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Contestant.round_id == round_id, Contestant.out_at.is_(None))
        .order_by(Contestant.code, Contestant.id)
    )
    return {row[0]: Entrant(row[1], row[2], row[3]) for row in db.session.execute(query)}


def given_pairs(round_id: int, part: str) -> set[Pair]:
    """Return the pairs of contestant and judge that stand in a part."""
    query = select(Sheet.contestant_id, Sheet.judge_id).where(
        Sheet.round_id == round_id, Sheet.part == part, Sheet.state != SheetState.REMOVED
    )
    return {(contestant, judge) for contestant, judge in db.session.execute(query)}
