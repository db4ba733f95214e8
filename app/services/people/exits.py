"""How membership ends: the stay, open standings and, with a death, the posts end with it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Person
from app.queries.accounts import account_of, appointments_of
from app.queries.people.standings import open_standings, open_stay
from app.services.events import By, Change, record
from workflows.membership import PersonStatus


def leave(person: Person, status: PersonStatus, on: date, by: By) -> dict[str, Any]:
    """End a membership from a day on, within a running transaction; return what the event keeps.

    The day before is the last of the stay and of every standing: from the day on there is no vote.
    """
    last = on - timedelta(days=1)
    stay = open_stay(person.id)
    if stay:
        stay.to_on = last
    for standing in open_standings(person.id, last):
        standing.ended_on = last
    person.status = status
    if status is PersonStatus.DECEASED:
        _leave_posts(person, last, by)
    return {"on": on.isoformat(), "left": stay.unit_id if stay else person.unit_id}


def _leave_posts(person: Person, last: date, by: By) -> None:
    """Nobody can hand these posts over any more: the level above sees the empty desk."""
    account = account_of(person.id)
    if account is None:
        return
    for post in appointments_of(account.id, last):
        facts = {"unit": post.unit_id, "post": post.post.value}
        record(account, Change("end_post", facts=facts), replace(by, request_key=None))
        if post.from_on <= last:
            post.to_on = last
        else:
            db.session.delete(post)
