"""Whole lists to be written into a file: sorted by given name, fetched from the server in parts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, select

from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Dossier, Person, Unit
from app.queries.people.roster import RosterFilter, within
from app.queries.people.standings import status_on
from app.queries.queues import QueueFilter, at_my_desks, in_general_lists, under_my_eyes
from workflows.membership import PersonStatus, Sex

Line = TypeVar("Line")
_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What a list of people says of one; nothing sensitive is read for it."""

    name: str
    birth_date: date
    birth_year_only: bool
    sex: Sex | None
    unit_name: str
    status: PersonStatus
    joined_on: date | None
    card_number: str | None


@dataclass(frozen=True, slots=True)
class DossierRow:
    """What a list of dossiers says of one."""

    person_name: str
    ref: str
    workflow: str
    branch_name: str
    state: str
    entered_desk_at: datetime
    due_on: date | None


def people_listed(posts: Sequence[HeldPost], asked: RosterFilter) -> Iterator[PersonRow]:
    """Walk through the people of a roster, as it is filtered."""
    query = (
        select(
            *(Person.name, Person.birth_date, Person.birth_year_only, Person.sex, Unit.name),
            *(status_on(asked.on), Person.joined_on, Person.card_number),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(within(posts), *asked.conditions())
        .order_by(Person.sort_key, Person.id)
    )
    return _in_parts(PersonRow, query)


def dossiers_waiting(actor: Actor, asked: QueueFilter) -> Iterator[DossierRow]:
    """Walk through what waits for a person, as it is filtered; what is confidential stays here."""
    query = _dossiers().where(at_my_desks(actor), in_general_lists(), *asked.conditions())
    return _in_parts(DossierRow, query)


def dossiers_open(posts: Sequence[HeldPost], asked: QueueFilter) -> Iterator[DossierRow]:
    """Walk through the open dossiers that some posts look over, as they are filtered."""
    is_open = Dossier.desk_unit_id.is_not(None)
    query = _dossiers().where(under_my_eyes(posts), is_open, *asked.conditions())
    return _in_parts(DossierRow, query)


def _dossiers() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Dossier.person_name, Dossier.ref, Dossier.workflow, Unit.name, Dossier.state),
            *(Dossier.entered_desk_at, Dossier.due_on),
        )
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Person, Person.id == Dossier.person_id)
        .order_by(Person.sort_key, Dossier.id)
    )


def _in_parts(kind: Callable[..., Line], query: Select[*tuple[Any, ...]]) -> Iterator[Line]:
    """Ask the database when the first row is wanted, as it stands then, and on a line of its own.

    Only a transaction holds a list on the server, and a page that is looked at has none.
    """
    with (
        db.engine.connect() as connection,
        connection.execute(query, execution_options={"yield_per": _AT_A_TIME}) as rows,
    ):
        for row in rows:
            yield kind(*row)
