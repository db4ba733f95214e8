"""Meetings: the roll of a day, the candidates waiting for a vote, and what was recorded."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.models import Dossier, Meeting, Membership, Person, Unit


def roll_of(unit: Unit, on: date) -> list[Person]:
    """List the members of a unit on a day, by given name; at a commune those of all its units."""
    stays = select(Membership.person_id).join(Unit, Unit.id == Membership.unit_id)
    there = stays.where(
        Unit.path.startswith(unit.path, autoescape=True),
        Membership.from_on <= on,
        or_(Membership.to_on.is_(None), Membership.to_on >= on),
    )
    query = select(Person).where(Person.id.in_(there))
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id)))


def candidates_of(unit_id: int) -> list[Dossier]:
    """List the dossiers of a branch that wait for its vote."""
    waiting = select(Dossier).where(Dossier.branch_id == unit_id, Dossier.state == "branch_vote")
    return list(db.session.scalars(waiting.order_by(Dossier.id)))


def meeting_by_id(meeting_id: int) -> Meeting | None:
    """Return a meeting with its unit, its roll and all revisions of its votes."""
    query = select(Meeting).where(Meeting.id == meeting_id)
    loaded = query.options(
        selectinload(Meeting.attendances), selectinload(Meeting.votes), selectinload(Meeting.unit)
    )
    return db.session.scalar(loaded)


def dossiers_of(meeting: Meeting) -> dict[int, Dossier]:
    """Return the dossiers a meeting voted on, by id."""
    wanted = {vote.dossier_id for vote in meeting.votes}
    rows = db.session.scalars(select(Dossier).where(Dossier.id.in_(wanted)))
    return {row.id: row for row in rows}


def meetings_of(unit_ids: Sequence[int], limit: int = 50) -> list[Meeting]:
    """List the latest meetings of some units."""
    query = select(Meeting).options(selectinload(Meeting.unit), selectinload(Meeting.votes))
    recent = query.where(Meeting.unit_id.in_(unit_ids)).order_by(Meeting.held_on.desc(), Meeting.id)
    return list(db.session.scalars(recent.limit(limit)))
