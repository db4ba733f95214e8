"""Forms saved unfinished: kept per person and form, found again on the first page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.extensions import db
from app.models import Draft
from app.services.use_case import use_case


@use_case
def keep_draft(
    account_id: int, place: str, title: str, fields: Mapping[str, Any], *, now: datetime
) -> None:
    """Keep what was typed into a form, in place of what was kept before."""
    row = {"account_id": account_id, "place": place, "title": title}
    content = {"title": title, "fields": dict(fields), "saved_at": now}
    statement = insert(Draft).values(**row | content)
    keys = [Draft.account_id, Draft.place]
    db.session.execute(statement.on_conflict_do_update(index_elements=keys, set_=content))


@use_case
def drop_draft(account_id: int, place: str) -> None:
    """Forget a draft: its form was handed in, or the person threw it away."""
    own = (Draft.account_id == account_id, Draft.place == place)
    db.session.execute(delete(Draft).where(*own))
