"""Bonus and penalty points, and the times that contestants needed, as their lists show them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from app.extensions import db
from app.models import Account, Adjustment, Contestant, Dossier, PartTime


@dataclass(frozen=True, slots=True)
class ExtraLine:
    """Points that a contestant got or lost in a part, why, and by whom."""

    contestant: str
    part: str
    points: Decimal
    reason: str
    made_by: str
    made_at: datetime


def extras_of(round_id: int) -> list[ExtraLine]:
    """List the bonus and penalty points of a round, the newest first."""
    query = (
        select(Dossier.person_name, Adjustment.part, Adjustment.points, Adjustment.reason)
        .add_columns(Account.name, Adjustment.made_at)
        .join(Contestant, Contestant.id == Adjustment.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Account, Account.id == Adjustment.made_by_id)
        .where(Contestant.round_id == round_id)
        .order_by(Adjustment.id.desc())
    )
    return [ExtraLine(*row) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """How many seconds a contestant needed in a part."""

    contestant: str
    part: str
    seconds: int


def times_of(round_id: int) -> list[TimeLine]:
    """List the times of a round, by part and contestant."""
    query = (
        select(Dossier.person_name, PartTime.part, PartTime.seconds)
        .join(Contestant, Contestant.id == PartTime.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(Contestant.round_id == round_id)
        .order_by(PartTime.part, Contestant.code)
    )
    return [TimeLine(*row) for row in db.session.execute(query)]
