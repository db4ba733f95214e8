"""Drafts of a person, and the files that came with them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.extensions import db
from app.models import Draft, StagedFile


def draft_at(account_id: int, place: str) -> Draft | None:
    """Return what a person left unfinished in a form."""
    return db.session.get(Draft, (account_id, place))


def drafts_of(account_id: int) -> list[Draft]:
    """List what a person left unfinished, the newest first."""
    query = select(Draft).where(Draft.account_id == account_id).order_by(Draft.saved_at.desc())
    return list(db.session.scalars(query))


def staged_of(account_id: int, wanted: Sequence[UUID]) -> list[StagedFile]:
    """List the files among these that a person handed in with an unfinished form."""
    if not wanted:
        return []
    own = select(StagedFile).where(StagedFile.account_id == account_id, StagedFile.id.in_(wanted))
    return list(db.session.scalars(own.order_by(StagedFile.received_at)))
