"""Exports: whoever takes a list out of the program leaves a trace of it."""

from collections.abc import Mapping

from app.extensions import db
from app.models import Account
from app.services.events import By, Change, record
from app.services.use_case import use_case


@use_case
def record_export(list_name: str, rows: int, asked: Mapping[str, str], *, by: By) -> None:
    """Record, on the chain of their account, that somebody took a list of so many rows out.

    ``asked`` is what the list was filtered by.
    """
    if by.actor is None:
        return
    account = db.session.get_one(Account, by.actor.account_id, with_for_update=True)
    facts = {"list": list_name, "rows": rows, "asked": dict(asked)}
    record(account, Change("export", facts=facts), by)
