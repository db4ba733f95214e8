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
    noted = _noted(dossiers, by)
    new = [each for each in sorted(dossiers) if each[0] not in noted]
    if by.actor and new:
        _note(new, by=by)


def _noted(dossiers: Sequence[tuple[int, int]], by: By) -> set[int]:
    """Return those of some dossiers whose reading was noted today."""
    noted = select(Reading.dossier_id).where(
        Reading.dossier_id.in_([number for number, _district in dossiers]),
        Reading.account_id == (by.actor.account_id if by.actor else 0),
        Reading.read_on == local_day(by.now),
    )
    return set(db.session.scalars(noted))


@use_case
def _note(dossiers: Sequence[tuple[int, int]], *, by: By) -> None:
    """Two pages opened at the same moment are one reading: the second waits and finds it."""
    read = select(Dossier.id).where(Dossier.id.in_([number for number, _district in dossiers]))
    db.session.execute(read.order_by(Dossier.id).with_for_update(key_share=True))
    noted = _noted(dossiers, by)
    for dossier_id, district_id in dossiers:
        if by.actor and dossier_id not in noted:
            reading = Reading(
                district_id=district_id,
                dossier_id=dossier_id,
                account_id=by.actor.account_id,
                read_on=local_day(by.now),
            )
            told = Change("read_dossier", facts={"dossier": dossier_id})
            found(reading, told, By(by.actor, by.now))
