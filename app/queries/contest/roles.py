"""What somebody is in a season: whether they judge in it, and whether they compete."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from app.actors import Actor
from app.extensions import db
from app.models import Contestant, ContestRound, Dossier, PanelSeat


@dataclass(frozen=True, slots=True)
class Roles:
    """Whether a person sits on a panel of a season, and whether they compete in it."""

    judges: bool
    competes: bool


def roles_in(season_id: int, actor: Actor) -> Roles:
    """Return what somebody is in a season."""
    seat = (
        exists()
        .where(PanelSeat.account_id == actor.account_id, PanelSeat.left_at.is_(None))
        .where(PanelSeat.round_id == ContestRound.id, ContestRound.season_id == season_id)
    )
    entry = (
        exists()
        .where(Dossier.person_id == actor.person_id, Contestant.dossier_id == Dossier.id)
        .where(Contestant.round_id == ContestRound.id, Contestant.out_at.is_(None))
        .where(ContestRound.season_id == season_id)
    )
    judges, competes = db.session.execute(select(seat, entry)).one()
    return Roles(judges, competes)
