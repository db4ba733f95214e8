"""Group acts: what was done to many at once, and what became of each."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.extensions import db
from app.models import GroupAct, GroupActLine


def act_of_request(request_key: str) -> int | None:
    """Return the act that a request already made."""
    return db.session.scalar(select(GroupAct.id).where(GroupAct.request_key == request_key))


def act_by_id(act_id: int) -> GroupAct | None:
    """Return an act with its lines and their dossiers."""
    lines = selectinload(GroupAct.lines).options(joinedload(GroupActLine.dossier))
    return db.session.scalar(select(GroupAct).where(GroupAct.id == act_id).options(lines))
