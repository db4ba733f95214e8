"""What was decided among equals of a round: how, why, when and by whom."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from app.extensions import db
from app.models import Account, TieRuling
from workflows.contest.rules import TieKind


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A tie that was settled; ``order`` are the contestants' ids from above to below."""

    kind: TieKind
    order: tuple[int, ...]
    reason: str
    seed: str
    ruled_at: datetime
    ruled_by: str


def rulings_of(round_id: int) -> list[RulingLine]:
    """List what was decided among equals of a round, the first first."""
    rows = db.session.execute(
        select(TieRuling, Account.name)
        .join(Account, Account.id == TieRuling.ruled_by_id)
        .where(TieRuling.round_id == round_id)
        .order_by(TieRuling.id)
    )
    return [
        RulingLine(row.kind, _order(row), row.reason, row.seed, row.ruled_at, name)
        for row, name in rows
    ]


def _order(row: TieRuling) -> tuple[int, ...]:
    standing = {int(number): Decimal(str(value)) for number, value in row.standing.items()}
    return tuple(sorted(standing, key=lambda number: (-standing[number], number)))
