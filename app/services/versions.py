"""Whether somebody changed a thing since it was read, and who did."""

from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models import Dossier, Event
from app.models.events import Chained
from app.services.refusals import LastChange, Stale


def last_change(subject: Chained) -> LastChange | None:
    """Tell who changed anything that has events last; of a dossier also where it then stood."""
    row: Any = subject
    newest = select(Event).where(Event.subject == row.__tablename__, Event.subject_id == row.id)
    event = db.session.scalar(newest.order_by(Event.sequence.desc()).limit(1))
    if event is None:
        return None
    state = event.to_state if isinstance(subject, Dossier) else None
    return LastChange(event.actor_name, event.step, state, event.at)


def stale(subject: Chained | None) -> Stale:
    """Return the refusal that tells who changed a thing; what is not there has version 0."""
    return Stale(last_change(subject), subject.version) if subject else Stale(None, 0)


def changed_since(subject: Chained | None, seen: int) -> Stale | None:
    """Return the refusal if somebody changed a thing since it was read, else nothing."""
    return stale(subject) if (subject.version if subject else 0) != seen else None


def check_version(subject: Chained | None, seen: int) -> None:
    """Make sure that nobody changed a thing since it was read.

    Raises:
        Stale: with who did what since.
    """
    if refusal := changed_since(subject, seen):
        raise refusal
