"""What the page of a dossier shows beside its facts: papers and history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.extensions import db
from app.models import Dossier, Event, Paper, Unit


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a dossier, person or unit as its history shows it."""

    at: datetime
    actor_name: str
    post: str | None
    unit_name: str | None
    on_behalf_of: str
    step: str
    from_state: str | None
    to_state: str | None
    comment: str
    facts: dict[str, Any]


def history_of(
    subject_id: int, subject: str = "dossiers", most: int | None = None
) -> list[HistoryLine]:
    """List what happened to a dossier, or a row of another table, the newest first."""
    rows = db.session.execute(
        select(
            Event.at,
            Event.actor_name,
            Event.post,
            Unit.name,
            Event.on_behalf_of,
            Event.step,
            Event.from_state,
            Event.to_state,
            Event.comment,
            Event.facts,
        )
        .outerjoin(Unit, Unit.id == Event.unit_id)
        .where(Event.subject == subject, Event.subject_id == subject_id)
        .order_by(Event.sequence.desc())
        .limit(most)
    )
    return [HistoryLine(*row) for row in rows]


def papers_of(dossier_id: int) -> list[Paper]:
    """List the papers of a dossier that were not taken away."""
    query = select(Paper).where(Paper.dossier_id == dossier_id, Paper.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Paper.section, Paper.uploaded_at, Paper.id)))


def paper_of(ref: str, paper_id: UUID) -> Paper | None:
    """Return a paper by the dossier it belongs to; one taken away is still history."""
    query = select(Paper).join(Dossier, Dossier.id == Paper.dossier_id)
    return db.session.scalar(query.where(Dossier.ref == ref, Paper.id == paper_id))
