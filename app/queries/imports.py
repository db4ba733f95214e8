"""Imports: those of my units, their rows by verdict, and who of the roster a row may be."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, or_, select

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Import, ImportRow, Person, Unit
from app.models.imports import RowVerdict
from app.queries.people.roster import Twin
from workflows.levels import Level

PAGE = 25
LISTED = 20
ROWS_AT_A_TIME = 500
TO_TAKE = "new"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the roster, with what tells whether a row means them."""

    id: int
    name: str
    name_key: str
    birth_date: date
    birth_year_only: bool
    unit_id: int


def people_named(district_id: int, name_keys: Collection[str]) -> Mapping[str, Sequence[Known]]:
    """Find the people of a district who bear some names, marks or not, by name."""
    rows = db.session.execute(
        select(
            *(Person.id, Person.name, Person.name_key, Person.birth_date),
            *(Person.birth_year_only, Person.unit_id),
        )
        .where(Person.district_id == district_id, Person.name_key == func.any(list(name_keys)))
        .order_by(Person.id)
    )
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        found[row.name_key].append(Known(*row))
    return found


def card_holders(district_id: int, numbers: Collection[str]) -> dict[str, int]:
    """Find who of a district holds cards with some numbers."""
    rows = db.session.execute(
        select(Person.card_number, Person.id).where(
            Person.district_id == district_id, Person.card_number == func.any(list(numbers))
        )
    )
    return {number: person_id for number, person_id in rows if number}


def units_to_fill(path: str, today: date) -> list[Unit]:
    """List the unit with a path and those below it that exist today."""
    still = Unit.valid_to.is_(None) | (Unit.valid_to >= today)
    below = Unit.path.startswith(path, autoescape=True)
    query = select(Unit).where(below, Unit.valid_from <= today, still)
    return list(db.session.scalars(query.order_by(Unit.path != path, Unit.sort_key, Unit.id)))


def unit_choices(posts: Sequence[HeldPost], today: date) -> list[tuple[int, str]]:
    """List the unions of communes and the branches under some posts: id, name and the one above."""
    above = select(Unit.id, Unit.name, Unit.sort_key).subquery()
    rows = db.session.execute(
        select(Unit.id, Unit.name, above.c.name)
        .join(above, above.c.id == Unit.parent_id)
        .where(_below(posts), Unit.level.in_([Level.COMMUNE, Level.BRANCH]))
        .where(Unit.valid_from <= today, Unit.valid_to.is_(None) | (Unit.valid_to >= today))
        .order_by(Unit.level != Level.COMMUNE, above.c.sort_key, Unit.sort_key, Unit.id)
    )
    return [(number, f"{name} ({parent})") for number, name, parent in rows]


def _below(posts: Sequence[HeldPost]) -> ColumnElement[bool]:
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    return or_(false(), *below)


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import of a list."""

    row: Import
    unit_name: str
    account_name: str


def imports_under(posts: Sequence[HeldPost]) -> list[ImportLine]:
    """List the last imports into the units under some posts, the newest first."""
    rows = db.session.execute(
        select(Import, Unit.name, Account.name)
        .join(Unit, Unit.id == Import.unit_id)
        .join(Account, Account.id == Import.account_id)
        .where(_below(posts))
        .order_by(Import.received_at.desc())
        .limit(LISTED)
    )
    return [ImportLine(*row) for row in rows]


def import_seen(import_id: UUID, posts: Sequence[HeldPost]) -> tuple[Import, Unit] | None:
    """Return an import into a unit under some posts, with the unit."""
    query = select(Import, Unit).join(Unit, Unit.id == Import.unit_id)
    row = db.session.execute(query.where(Import.id == import_id, _below(posts))).first()
    return (row[0], row[1]) if row else None


def verdict_counts(import_id: UUID) -> dict[RowVerdict, int]:
    """Count the rows of an import by their verdict."""
    rows = db.session.execute(
        select(ImportRow.verdict, func.count())
        .where(ImportRow.import_id == import_id)
        .group_by(ImportRow.verdict)
    )
    counted: dict[RowVerdict, int] = {row[0]: row[1] for row in rows}
    return {verdict: counted.get(verdict, 0) for verdict in RowVerdict}


def is_to_take() -> ColumnElement[bool]:
    """Match rows that become people: new ones, and doubtful ones said to be somebody else."""
    is_new = ImportRow.verdict == RowVerdict.NEW
    return or_(is_new, (ImportRow.verdict == RowVerdict.DOUBTFUL) & (ImportRow.choice == TO_TAKE))


def count_to_take(import_id: UUID) -> int:
    """Count the rows that become people when the import is taken."""
    query = select(func.count()).where(ImportRow.import_id == import_id, is_to_take())
    return db.session.scalar(query) or 0


def rows_of(import_id: UUID, verdict: RowVerdict, after: int = 0) -> list[ImportRow]:
    """List one page (25 and one more) of the rows with a verdict, behind a number."""
    query = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.verdict == verdict, ImportRow.number > after
    )
    return list(db.session.scalars(query.order_by(ImportRow.number).limit(PAGE + 1)))


def people_by_id(ids: Collection[int]) -> dict[int, Twin]:
    """Return some people by name and unit only, as a match is shown (statement 31)."""
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.id.in_(ids))
    )
    return {row[0]: Twin(*row) for row in rows}


def _is_open_doubt() -> ColumnElement[bool]:
    return (ImportRow.verdict == RowVerdict.DOUBTFUL) & (ImportRow.choice == "")


def count_open_doubts(import_id: UUID) -> int:
    """Count the doubtful rows of an import that nobody has answered."""
    query = select(func.count()).where(ImportRow.import_id == import_id, _is_open_doubt())
    return db.session.scalar(query) or 0


def rows_left(import_id: UUID) -> Iterator[list[ImportRow]]:
    """Walk through the rows that stay out, some at a time: with errors, or with open doubts."""
    after, is_left = 0, or_(ImportRow.verdict == RowVerdict.ERROR, _is_open_doubt())
    query = select(ImportRow).where(ImportRow.import_id == import_id, is_left)
    query = query.order_by(ImportRow.number).limit(ROWS_AT_A_TIME)
    while part := list(db.session.scalars(query.where(ImportRow.number > after))):
        yield part
        after = part[-1].number
