"""Deeds at the same moment: they collide behind a lock, each in a transaction of its own."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from sqlalchemy import Executable, delete, select, text, update

from app.extensions import db
from app.models import Admission, Dossier, Membership, Person
from tests.acceptance.desk import ANSWERS, dossier
from tests.browser import Browser, Page
from workflows.membership import PersonStatus

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def at_once(lock: Executable, *deeds: Callable[[], Page]) -> list[Page]:
    """Do deeds in parallel: all of them wait behind a lock that is held, then it is let go."""
    db.session.rollback()
    with (
        ThreadPoolExecutor(len(deeds)) as pool,
        db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher,
    ):
        with db.engine.begin() as holder:
            holder.execute(lock)
            answers = [pool.submit(deed) for deed in deeds]
            wait_for(watcher, len(deeds))
        return [answer.result() for answer in answers]


def wait_for(watcher, number: int) -> None:
    """Wait until so many transactions stand before a lock."""
    until = time.monotonic() + 10
    while watcher.scalar(WAITING) < number:
        assert time.monotonic() < until, "they never met"
        time.sleep(0.002)


def row_of(model, number: int):
    """Return the lock of a row."""
    return select(model.id).where(model.id == number).with_for_update()


class Desk:
    """Somebody who sends hand-made forms, with a token of their own session."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.token = browser.get("/password").form()["csrf_token"]

    def post(self, path: str, seen: int, key: str | None = None, **sent) -> Callable[[], Page]:
        """Return the deed of sending a form."""
        form = {"csrf_token": self.token, "seen": seen, "request_key": key or uuid4().hex, **sent}
        return lambda: self.browser.post(path, form, follow=False)

    def take(self, ref: str, step: str, key: str | None = None, **sent) -> Callable[[], Page]:
        """Return the deed of taking a step on the version that stands."""
        path = f"/dossiers/{ref}/steps/{step}"
        return self.post(path, dossier(ref).version, key, **{**ANSWERS, **sent})


def back_to(ref: str) -> Callable[[], None]:
    """Return what lays a dossier where it lies now, whatever happens; its history only grows."""
    row = dossier(ref)
    names = ("state", "desk_unit_id", "entered_desk_at", "due_on", "returned_sections")
    kept = {name: getattr(row, name) for name in names}
    number, person = row.id, row.person_id

    def laid() -> None:
        db.session.execute(update(Dossier).where(Dossier.id == number).values(**kept))
        db.session.execute(
            update(Admission).where(Admission.dossier_id == number).values(signed_on=None)
        )
        db.session.execute(
            update(Person)
            .where(Person.id == person)
            .values(status=PersonStatus.CANDIDATE, joined_on=None, card_number=None)
        )
        db.session.execute(delete(Membership).where(Membership.dossier_id == number))
        db.session.commit()

    return laid


def statuses(pages: list[Page]) -> list[int]:
    """Return how the requests were answered, best first."""
    return sorted(page.status for page in pages)
