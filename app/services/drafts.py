"""Forms saved unfinished: kept per person and form, found again on the first page."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
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


# Fields of forms, and the part of a form's address, that name a unit.
NAMES_A_UNIT = ("unit_id", "destination_id")
NAMES_A_LEADER = "person"  # as the unit and the person, where an entry is opened
_ADDRESS = re.compile(r"(?<=[?&]unit=)([0-9]+)$")


def lead_drafts(from_ids: Collection[int], to_id: int) -> None:
    """Let unfinished forms that name units which merged name the one that follows.

    Within a running transaction. Where somebody left the same form of both, each stays as it is.
    """
    old, drafts = set(map(str, from_ids)), db.session.scalars(select(Draft)).all()
    places = {(draft.account_id, draft.place) for draft in drafts}
    for draft in drafts:
        names = {*NAMES_A_UNIT, NAMES_A_LEADER} & draft.fields.keys()
        named = {name: draft.fields[name] for name in names}
        led = {
            name: [_led(name, each, old, to_id) for each in values]
            for name, values in named.items()
        }
        if led != named:
            draft.fields = {**draft.fields, **led}
        place = _ADDRESS.sub(lambda at: str(to_id) if at[0] in old else at[0], draft.place)
        if (draft.account_id, place) not in places:
            draft.place = place


def _led(name: str, value: str, old: Collection[str], to_id: int) -> str:
    unit, dash, person = value.partition("-")
    follows = unit in old and bool(dash) is (name == NAMES_A_LEADER)
    return f"{to_id}{dash}{person}" if follows else value


@use_case
def drop_draft(account_id: int, place: str) -> None:
    """Forget a draft: its form was handed in, or the person threw it away."""
    own = (Draft.account_id == account_id, Draft.place == place)
    db.session.execute(delete(Draft).where(*own))
