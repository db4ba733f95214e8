"""People: taking one to write, and opening what the law calls sensitive, an event of its own."""

from sqlalchemy import select

from app.extensions import db
from app.models import Person
from app.policies import Right
from app.services.authority import over
from app.services.events import By, Change, record, seen_before
from app.services.refusals import NotFound
from app.services.use_case import use_case

BIGGEST_ID = 2**31 - 1


def person_locked(person_id: int) -> Person:
    """Return a person whom nobody else writes until the end of this transaction.

    Raises:
        NotFound: there is none.
    """
    query = select(Person).where(Person.id == min(person_id, BIGGEST_ID)).with_for_update()
    person = db.session.scalar(query)
    if person is None:
        raise NotFound
    return person


@use_case
def read_sensitive(person_id: int, *, by: By) -> None:
    """Record that someone opens the sensitive fields of a person (Law 91/2025/QH15).

    Raises:
        NotFound: no such person for this one.
        Forbidden: they see the person, but not these fields.
    """
    person = person_locked(person_id)
    _unit, by = over(person.unit_id, Right.SEE_SENSITIVE, by)
    if not seen_before(by.request_key):
        record(person, Change("read_sensitive"), by)
