"""Two people or one: whoever bears the name and birth date of somebody known is asked about."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.extensions import db
from app.queries.people.roster import Twin, twins_of
from app.vietnamese import search_key


class TwinFound(Exception):  # noqa: N818
    """Somebody of this name and birth date is known; the person must say whether it is the same."""

    def __init__(self, twins: list[Twin]) -> None:
        super().__init__("twin")
        self.twins = twins


def others_like(district_id: int, name: str, born: date, *, but: int | None = None) -> list[Twin]:
    """List who else bears a name and birth date, ``but`` the person at hand.

    Two who enter the same person at the same moment wait for each other here until the end of
    their transactions.
    """
    district, person = _lock(f"{district_id}"), _lock(f"{district_id}/{search_key(name)}/{born}")
    db.session.execute(
        select(func.pg_advisory_xact_lock_shared(district), func.pg_advisory_xact_lock(person))
    )
    return [twin for twin in twins_of(district_id, name, born) if twin.id != but]


def hold_all(district_id: int) -> None:
    """Let nobody else enter people of a district until the end of this transaction."""
    db.session.execute(select(func.pg_advisory_xact_lock(_lock(f"{district_id}"))))


def _lock(name: str) -> Any:  # noqa: ANN401
    return func.hashtextextended(name, 0)
