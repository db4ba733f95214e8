"""Letting somebody into a round, with the next number of it."""

from sqlalchemy import func, select

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier
from app.services.events import By
from app.services.judging.holding import hold_still


def let_in(held: ContestRound, dossier: Dossier, by: By, code: str = "") -> Contestant:
    """Let an entry into a round within a running transaction; without a code, by the next number.

    The round is locked: each number is given once.
    """
    hold_still(held.id, change=True)
    contestant = Contestant(
        district_id=held.district_id,
        round_id=held.id,
        dossier_id=dossier.id,
        code=code or f"{_entered(held.id) + 1:03d}",
        entered_at=by.now,
    )
    db.session.add(contestant)
    db.session.flush()
    return contestant


def _entered(round_id: int) -> int:
    query = select(func.count()).where(Contestant.round_id == round_id)
    return db.session.scalar(query) or 0
