"""People: taking one to write, and opening what the law calls sensitive, an event of its own."""

from sqlalchemy import select

from app.extensions import db
from app.models import Event, Person
from app.policies import Right
from app.services.authority import over
from app.services.events import By, Change, record, seen_before
from app.services.refusals import LastChange, NotFound, Stale
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


def check_seen(person: Person, seen: int) -> None:
    """Make sure that nobody changed a person since they were read.

    Raises:
        Stale: somebody did; who, what and when.
    """
    if person.version == seen:
        return
    newest = select(Event).where(Event.subject == "people", Event.subject_id == person.id)
    event = db.session.scalar(newest.order_by(Event.sequence.desc()).limit(1))
    last = LastChange(event.actor_name, event.step, event.to_state, event.at) if event else None
    raise Stale(last, person.version)


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
