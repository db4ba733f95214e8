"""The proof that nothing recorded was altered, removed or cut off: chains of events, and seals.

A chain shows by itself when an event of it changes, and by its subject's row when it is cut off.
A seal covers what a chain cannot see: whole subjects removed with their chains. Seals are chained
too; that the last of them was cut off only shows to who kept its hash elsewhere.
"""

import hashlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Executable, Row, Table, func, null, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from app.extensions import Base, db
from app.models import Dossier, Event, Seal
from app.models.events import Chained
from app.services.events import By, digest, hash_of
from app.services.use_case import use_case

ROWS_AT_A_TIME = 1000
ONE_SEAL_AT_A_TIME = text("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE")


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is not as it was recorded: table and id, the chain and place, what is wrong."""

    table: str
    id: int | None
    what: str
    subject: str = ""
    sequence: int | None = None

    def __str__(self) -> str:
        """Say it in one line."""
        number = f" {self.id}" if self.id is not None else ""
        place = f", number {self.sequence} of {self.subject}" if self.sequence else ""
        return f"{self.table}{number}{place}: {self.what}"


Faults = Generator[Fault, None, None]


@dataclass(slots=True)
class Report:
    """What was walked, up to the first fault if there is one; the hash of the last seal."""

    dossiers: int = 0
    events: int = 0
    chains: int = 0
    seals: int = 0
    last_seal: str = ""
    fault: Fault | None = None


def verify(kept: str | None = None) -> Report:
    """Walk every chain, then every seal, as they stand at one moment, while others go on working.

    ``kept`` is the hash of a seal that was written down elsewhere: it must still be here.
    Rows stream from the server, so that memory does not grow with the number of events.
    """
    report = Report()
    with _one_moment() as connection, closing(_faults(connection, report, kept)) as faults:
        report.fault = next(faults, None)
    return report


@contextmanager
def _one_moment() -> Iterator[Connection]:
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def _rows(connection: Connection, query: Executable) -> Iterator[Row[Any]]:
    with connection.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME}) as result:
        yield from result


def subject_tables() -> list[Table]:
    """List the tables whose rows have a chain of events, by name."""
    chained = (each for each in Base.registry.mappers if issubclass(each.class_, Chained))
    tables = [each.local_table for each in chained]
    return sorted((each for each in tables if isinstance(each, Table)), key=attrgetter("name"))


def _faults(connection: Connection, report: Report, kept: str | None) -> Faults:
    tables = subject_tables()
    yield from _of_no_table(connection, [each.name for each in tables])
    for table in tables:
        for _, rows in groupby(_rows(connection, _chains_of(table)), attrgetter("chain")):
            report.dossiers += table.name == Dossier.__tablename__
            yield from _in_chain(table.name, rows, report)
    yield from _in_seals(connection, report, kept)


def _of_no_table(connection: Connection, names: list[str]) -> Faults:
    strangers = select(Event.__table__).where(Event.subject.not_in(names)).order_by(Event.id)
    for row in _rows(connection, strangers):
        yield _event_fault(row, "there is no such subject")


def _chains_of(table: Table) -> Executable:
    """Select the events about a table's rows beside the rows, each also where the other is gone."""
    events = select(Event.__table__).where(Event.subject == table.name).subquery()
    columns = table.c
    chain = func.coalesce(events.c.subject_id, columns.id)
    return (
        select(
            events,
            chain.label("chain"),
            columns.id.label("row_id"),
            columns.version,
            columns.chain_head,
            columns.get("state", null()).label("state"),
        )
        .join_from(events, table, events.c.subject_id == columns.id, full=True)
        .order_by(chain, events.c.sequence)
    )


@dataclass(slots=True)
class _Walked:
    """How far a chain was walked: the number and hash of its last event, the state it led to."""

    sequence: int = 0
    hash: str = ""
    state: str | None = None


def _in_chain(table: str, rows: Iterator[Row[Any]], report: Report) -> Faults:
    walked = _Walked()
    for row in rows:
        if row.id is not None:
            if what := _wrong_event(row, walked):
                yield _event_fault(row, what)
            walked = _Walked(row.sequence, row.hash, row.to_state or walked.state)
            report.events += 1
    report.chains += walked.sequence > 0
    if what := _wrong_subject(row, walked):
        yield Fault(table, row.row_id, what)


def _wrong_event(row: Row[Any], walked: _Walked) -> str:
    if row.sequence != walked.sequence + 1:
        return f"number {walked.sequence + 1} should stand here"
    if row.previous != walked.hash:
        return "it does not follow the event before it"
    if row.hash != digest(row):
        return "its hash is not that of its content"
    return "" if row.row_id is not None else "its subject is gone"


def _wrong_subject(row: Row[Any], walked: _Walked) -> str:
    if row.version != walked.sequence:
        return f"it has had {row.version} events, of which {walked.sequence} are here"
    if row.chain_head != walked.hash:
        return "its last event is not the one it had"
    if row.state is not None and row.state != walked.state:
        return f"it stands in {row.state!r}, its events led to {walked.state!r}"
    return ""


def _event_fault(row: Row[Any], what: str) -> Fault:
    return Fault(Event.__tablename__, row.id, what, f"{row.subject} {row.subject_id}", row.sequence)


@use_case
def seal(*, by: By) -> Seal | None:
    """Seal what was recorded since the last seal; return nothing where that is nothing.

    Writers wait meanwhile: no event with a lower number can still be on its way.
    """
    db.session.execute(ONE_SEAL_AT_A_TIME)
    before = db.session.scalar(select(Seal).order_by(Seal.id.desc()).limit(1))
    newest = db.session.scalar(select(func.max(Event.id))) or 0
    sealed = before.last_event_id if before else 0
    if newest <= sealed:
        return None
    chains, root = _root(db.session.connection(), sealed, newest)
    made = Seal(at=by.now, last_event_id=newest, chains=chains, root=root)
    made.previous = before.hash if before else ""
    made.hash = _seal_digest(made)
    db.session.add(made)
    db.session.flush()
    return made


def _root(connection: Connection, after: int, up_to: int) -> tuple[int, str]:
    """Count the chains that grew between two events, and hash their heads together."""
    subject = Event.subject.collate("C")  # the same order on every server
    heads = (
        select(Event.subject, Event.subject_id, Event.sequence, Event.hash)
        .where(Event.id > after, Event.id <= up_to)
        .ext(distinct_on(subject, Event.subject_id))
        .order_by(subject, Event.subject_id, Event.sequence.desc())
    )
    chains, root = 0, hashlib.sha256()
    for head in _rows(connection, heads):
        root.update(hash_of([*head]).encode())
        chains += 1
    return chains, root.hexdigest()


def _seal_digest(row: Seal | Row[Any]) -> str:
    at = row.at.astimezone(UTC).isoformat()
    return hash_of([row.previous, at, row.last_event_id, row.chains, row.root])


def _in_seals(connection: Connection, report: Report, kept: str | None) -> Faults:
    up_to, missing = 0, kept
    for row in _rows(connection, select(Seal.__table__).order_by(Seal.id)):
        if what := _wrong_seal(connection, row, report.last_seal, up_to):
            yield Fault(Seal.__tablename__, row.id, what)
        missing = None if row.hash == kept else missing
        up_to, report.last_seal = row.last_event_id, row.hash
        report.seals += 1
    if missing:
        yield Fault(Seal.__tablename__, None, f"the seal {missing} is not here")


def _wrong_seal(connection: Connection, row: Row[Any], previous: str, up_to: int) -> str:
    if row.previous != previous:
        return "it does not follow the seal before it"
    if row.hash != _seal_digest(row):
        return "its hash is not that of its content"
    chains, root = _root(connection, up_to, row.last_event_id)
    if chains != row.chains:
        return f"it sealed {row.chains} chains, of which {chains} are here"
    return "" if root == row.root else "the chains here are not the ones it sealed"
