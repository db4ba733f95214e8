"""Paper sheets as people typed them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.models import Account, PaperTyping


@dataclass(frozen=True, slots=True)
class TypingLine:
    """What one person typed of a paper sheet."""

    name: str
    is_mine: bool
    scores: dict[str, Any]


def both_typings(sheet_id: int, account_id: int) -> list[TypingLine]:
    """List what was typed of a paper sheet, once this person typed it too; else nothing.

    Who types second must not read off the first.
    """
    query = (
        select(Account.name, PaperTyping.typed_by_id == account_id, PaperTyping.scores)
        .join(Account, Account.id == PaperTyping.typed_by_id)
        .where(PaperTyping.sheet_id == sheet_id)
        .order_by(PaperTyping.typed_at)
    )
    lines = [TypingLine(*row) for row in db.session.execute(query)]
    return lines if any(line.is_mine for line in lines) else []
