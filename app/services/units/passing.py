"""What passes from units to another one: each kind of row in a few statements, with its events."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, insert, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.models import (
    BranchRating,
    ClassificationSheet,
    Dossier,
    Import,
    Membership,
    Person,
    Standing,
    TrainingClass,
    Transfer,
    Unit,
)
from app.models.imports import ImportState
from app.queries.units.changes import SEATS, has_other_district, seated_in
from app.services.chains import record_all
from app.services.drafts import lead_drafts
from app.services.events import By, Change

DAY = timedelta(days=1)
OWN_SEATS = (Dossier.branch_id, Dossier.commune_id, Dossier.desk_unit_id)
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Passage:
    """From which units into which one, from which day on, by which change, asked by whom.

    ``people`` names who passes over, where it is not everybody.
    """

    from_ids: Collection[int]
    to: Unit
    on: date
    change_id: int
    by: By
    people: Collection[int] | None = None

    def of_people(self, column: InstrumentedAttribute[int]) -> Condition:
        """Match the rows of those who pass over."""
        return true() if self.people is None else column.in_(self.people)

    def of_dossiers(self) -> Condition:
        """Match the dossiers that pass over: all of a unit, or those about who leaves it."""
        if self.people is None:
            return seated_in(self.from_ids)
        return Dossier.branch_id.in_(self.from_ids) & Dossier.person_id.in_(self.people)

    def told(self, what: str, before: object) -> Change:
        """Return the change of one row, as its event keeps it."""
        facts = {"change": self.change_id, what: [before, self.to.id]}
        return Change("move_unit", facts=facts)


def write(model: Any, where: Collection[Condition], **values: object) -> None:  # noqa: ANN401
    """Write the same into many rows; those at hand in the session are read again at the end."""
    db.session.execute(update(model.__table__).where(*where).values(values))


def hold_still(passage: Passage) -> None:
    """Lock everybody concerned, in the order in which steps on dossiers lock them too."""
    led = select(Transfer.dossier_id).where(Transfer.destination_id.in_(passage.from_ids))
    mine = or_(passage.of_dossiers(), Dossier.id.in_(led))
    dossiers = select(Dossier.person_id).where(mine)
    concerned = or_(Person.unit_id.in_(passage.from_ids), Person.id.in_(dossiers))
    query = select(Person.id).where(concerned).order_by(Person.id)
    db.session.execute(query.with_for_update(key_share=True))


def move_people(passage: Passage) -> None:
    """Move people with their stays, and with the stretches of time that last."""
    theirs = (Person.unit_id.in_(passage.from_ids), passage.of_people(Person.id))
    rows = db.session.execute(select(Person.id, Person.unit_id).where(*theirs)).all()
    write(Person, theirs, unit_id=passage.to.id)
    record_all(Person, {row: passage.told("unit", unit) for row, unit in rows}, passage.by)
    _move_stays(passage)
    lasting = (
        Standing.unit_id.in_(passage.from_ids),
        Standing.ended_on.is_(None),
        passage.of_people(Standing.person_id),
    )
    write(Standing, lasting, unit_id=passage.to.id)


def _move_stays(passage: Passage) -> None:
    """A stay that had begun ends, and the next begins on the day; a later one just moves."""
    stays: Any = Membership.__table__
    here = (
        Membership.unit_id.in_(passage.from_ids),
        Membership.to_on.is_(None),
        passage.of_people(Membership.person_id),
    )
    write(Membership, (*here, Membership.from_on >= passage.on), unit_id=passage.to.id)
    ending = update(stays).where(*here).values(to_on=passage.on - DAY)
    ended = db.session.execute(ending.returning(stays.c.person_id, stays.c.district_id)).all()
    begun = {"unit_id": passage.to.id, "from_on": passage.on}
    if ended:
        db.session.execute(
            insert(stays),
            [{"person_id": who, "district_id": where, **begun} for who, where in ended],
        )


def move_dossiers(passage: Passage) -> None:
    """Put the new unit wherever an old one has a part in a dossier, open or closed.

    Who leaves a unit alone takes along only what the unit itself does on their dossiers.
    """
    reseat(passage, passage.of_dossiers(), SEATS if passage.people is None else OWN_SEATS)


def reseat(
    passage: Passage, theirs: Condition, columns: Collection[InstrumentedAttribute[Any]]
) -> None:
    """Put the new unit in place of an old one in some seats of some dossiers."""
    theirs = theirs & or_(*(each.in_(passage.from_ids) for each in columns))
    rows = db.session.execute(select(Dossier.id, Dossier.state, *columns).where(theirs)).all()
    write(Dossier, (theirs,), **{each.key: _instead(each, passage) for each in columns})
    told = {row.id: _told(row, passage, [each.key for each in columns]) for row in rows}
    record_all(Dossier, told, passage.by)


def _instead(column: InstrumentedAttribute[Any], passage: Passage) -> ColumnElement[Any]:
    return case((column.in_(passage.from_ids), passage.to.id), else_=column)


def _told(row: Row[Any], passage: Passage, columns: Collection[str]) -> Change:
    seats = {name: getattr(row, name) for name in columns}
    moved = {
        name: [unit, passage.to.id] for name, unit in seats.items() if unit in passage.from_ids
    }
    facts = {"change": passage.change_id, "moved": moved}
    return Change("move_unit", row.state, row.state, facts=facts)


def move_what_waits(passage: Passage) -> None:
    """Move where open transfers lead to, classes with their results, and what is unfinished."""
    lead_drafts(passage.from_ids, passage.to.id)
    move_confirmations(passage)
    is_open = Transfer.dossier_id.in_(select(Dossier.id).where(Dossier.desk_unit_id.is_not(None)))
    led = (Transfer.destination_id.in_(passage.from_ids), is_open)
    write(Transfer, led, destination_id=passage.to.id)
    lists = (Import.unit_id.in_(passage.from_ids), Import.state != ImportState.TAKEN)
    write(Import, lists, unit_id=passage.to.id)
    classes = (TrainingClass.unit_id.in_(passage.from_ids),)
    rows = db.session.execute(select(TrainingClass.id, TrainingClass.unit_id).where(*classes))
    told = {row: passage.told("unit", unit) for row, unit in rows}
    write(TrainingClass, classes, unit_id=passage.to.id)
    record_all(TrainingClass, told, passage.by)


def move_confirmations(passage: Passage, unit_id: int | None = None) -> None:
    """Let the new unit confirm what an old one would: classifications, of all units or of one."""
    models: tuple[Any, ...] = (ClassificationSheet, BranchRating)
    for model in models:
        of_unit = model.unit_id == unit_id if unit_id else true()
        theirs = (model.confirming_unit_id.in_(passage.from_ids), of_unit)
        rows = db.session.execute(select(model.id, model.confirming_unit_id).where(*theirs)).all()
        write(model, theirs, confirming_unit_id=passage.to.id)
        record_all(model, {row: passage.told("confirms", unit) for row, unit in rows}, passage.by)


def move_subtrees(passage: Passage) -> None:
    """Put the units below the old ones under the new one, and below it the old ones themselves.

    Who looks over the new unit so sees what the old ones did: meetings, group acts, dues.
    """
    to = passage.to
    for old in db.session.scalars(select(Unit).where(Unit.id.in_(passage.from_ids))).all():
        below = (Unit.path.startswith(old.path, autoescape=True), Unit.id != old.id)
        rows = db.session.scalars(select(Unit.id).where(*below)).all()
        path = func.concat(to.path, func.substr(Unit.path, len(old.path) + 1))
        parent = case((Unit.parent_id == old.id, to.id), else_=Unit.parent_id)
        write(Unit, below, path=path, parent_id=parent)
        record_all(Unit, dict.fromkeys(rows, passage.told("above", old.id)), passage.by)
        old.parent_id, old.path = to.id, f"{to.path}{old.id}."
    db.session.flush()


def move_district(passage: Passage) -> None:
    """Where a direct superior ends, let the new one be it, for all that belongs to a district."""
    to = passage.to
    superior = to.district_id or to.id
    for table in db.metadata.sorted_tables:
        if "district_id" in table.c and table.name != "events":
            old = table.c.district_id.in_(passage.from_ids)
            db.session.execute(update(table).where(old).values(district_id=superior))
    db.session.expire_all()
    if to.district_id is None and not has_other_district(to):
        to.district_id = superior
