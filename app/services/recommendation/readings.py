"""Who has read a recommendation: once a person and day, an event that nobody can take back."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models import Dossier, Reading
from app.services.events import By, Change, found
from app.services.use_case import use_case
from workflows.calendar import local_day


def note_readings(dossiers: Sequence[tuple[int, int]], by: By) -> None:
    """Keep that somebody reads dossiers today (Law 91/2025/QH15; domain §9).

    ``dossiers`` are pairs of an id and its district's. Each event stands on a chain of its own:
    reading makes nobody's open form old.
    """
    new = [each for each in sorted(dossiers) if not _is_noted(each[0], by)]
    if by.actor and new:
        _note(new, by=by)


def _is_noted(dossier_id: int, by: By) -> bool:
    account = by.actor.account_id if by.actor else 0
    noted = select(Reading.id).where(
        Reading.dossier_id == dossier_id,
        Reading.account_id == account,
        Reading.read_on == local_day(by.now),
    )
    return db.session.scalar(noted) is not None


@use_case
def _note(dossiers: Sequence[tuple[int, int]], *, by: By) -> None:
    for dossier_id, district_id in dossiers:
        _note_one(dossier_id, district_id, by)


def _note_one(dossier_id: int, district_id: int, by: By) -> None:
    """Two pages opened at the same moment are one reading: the second waits and finds it."""
    dossier = select(Dossier.id).where(Dossier.id == dossier_id)
    db.session.execute(dossier.with_for_update(key_share=True))
    if by.actor is None or _is_noted(dossier_id, by):
        return
    reading = Reading(
        district_id=district_id,
        dossier_id=dossier_id,
        account_id=by.actor.account_id,
        read_on=local_day(by.now),
    )
    found(reading, Change("read_dossier", facts={"dossier": dossier_id}), By(by.actor, by.now))
