"""People: the roster of a subtree, twins, what is known of one, who can help or introduce."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Appointment, Dossier, Membership, Person, Unit
from app.queries.people.standings import status_on
from app.queries.queues import under_my_eyes
from app.vietnamese import (
    MAX_TERMS,
    clean_name,
    has_marks,
    natural_key,
    search_key,
    search_terms,
)
from workflows.holdings import Item
from workflows.levels import Post
from workflows.membership import MEMBER_STATUSES, Holding, PersonStatus

PAGE = 25


@dataclass(frozen=True, slots=True)
class Twin:
    """Someone of the same name and birth date, shown by name and unit only (statement 31)."""

    id: int
    name: str
    unit_name: str


def twins_of(district_id: int, name: str, born: date) -> list[Twin]:
    """Find people who may be the same: name without marks and case, and birth date.

    Of whom only the year of birth is known, the year counts.
    """
    same_year = and_(Person.birth_year_only, Person.birth_date == date(born.year, 1, 1))
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(
            Person.district_id == district_id,
            Person.name_key == search_key(name),
            or_(Person.birth_date == born, same_year),
        )
        .order_by(Person.id)
    )
    return [Twin(*row) for row in rows]


def within(posts: Sequence[HeldPost]) -> ColumnElement[bool]:
    """Match people whose unit lies in a subtree that one of the posts looks over.

    Their district is named as well: a large one is then read in the order of its index, page by
    page.
    """
    below, districts = (
        _in_units([each.path for each in posts]),
        {each.district_id for each in posts},
    )
    return below if None in districts else and_(Person.district_id.in_(districts), below)


def _in_units(paths: Sequence[str]) -> ColumnElement[bool]:
    below = [Unit.path.startswith(path, autoescape=True) for path in paths]
    return Person.unit_id.in_(select(Unit.id).where(or_(*below))) if below else false()


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What a person asks of the roster: words of a name, a unit with all below it, a status.

    People are what they are ``on`` a day. ``holding`` asks for the members of whom a sheet says so
    about a book, card or badge.
    """

    on: date
    name: str = ""
    unit_path: str = ""
    status: PersonStatus | None = None
    holding: tuple[Item, Holding] | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Turn the questions into conditions; a name with nothing to search for matches none."""
        found = [_in_units([self.unit_path])] if self.unit_path else []
        if self.status:
            found.append(status_on(self.on) == self.status)
        if self.holding:
            item, holding = self.holding
            found += [getattr(Person, item) == holding, Person.status.in_(MEMBER_STATUSES)]
        if self.name.strip():
            found.append(name_matches(self.name))
        return found


def name_matches(query: str) -> ColumnElement[bool]:
    """Match names in which every word of the query begins a word, marks or not."""
    terms = search_terms(query)
    if not terms:
        return false()
    asked = " & ".join(f"{term}:*" for term in terms)
    return Person.name_search.bool_op("@@")(func.to_tsquery("simple", asked))


def _order(name: str) -> list[ColumnElement[Any]]:
    """Where marks were typed, names that hold more of the words as typed come first (55).

    The words of ``sort_key`` carry their tones, wherever in the word the mark was typed.
    """
    place: list[Any] = [Person.sort_key, Person.id]
    if not has_marks(name):
        return place
    words = [natural_key(word).partition("  ")[0] for word in clean_name(name).split()[:MAX_TERMS]]
    key = func.concat(" ", Person.sort_key)
    missed = (case((func.strpos(key, f" {word} ") > 0, 0), else_=1) for word in words)
    return [sum(missed, start=literal(0)), *place]


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person of a list; nothing sensitive is read for it."""

    id: int
    name: str
    birth_date: date
    birth_year_only: bool
    status: PersonStatus
    card_number: str | None
    unit_name: str


def roster(
    posts: Sequence[HeldPost], asked: RosterFilter, after: int | None = None
) -> list[RosterLine]:
    """List one page (25 and one more) of people: best hits first, then the Vietnamese way.

    ``after`` is the id of the last person seen; one who is not there means the first page.
    """
    place = _order(asked.name)
    query = (
        select(
            *(Person.id, Person.name, Person.birth_date, Person.birth_year_only),
            *(status_on(asked.on), Person.card_number, Unit.name),
        )
        .join(Unit, Unit.id == Person.unit_id)
        .where(within(posts), *asked.conditions())
        .order_by(*place)
        .limit(PAGE + 1)
    )
    if after:
        last = db.session.execute(select(*place).where(Person.id == after, within(posts))).first()
        query = query.where(tuple_(*place) > tuple(last)) if last else query
    return [RosterLine(*row) for row in db.session.execute(query)]


def person_seen(person_id: int, posts: Sequence[HeldPost]) -> Person | None:
    """Return a person who exists for the holder of these posts."""
    query = select(Person).options(joinedload(Person.unit))
    return db.session.scalar(query.where(Person.id == person_id, within(posts)))


def has_open_admission(person_id: int) -> bool:
    """Whether an admission of somebody is under way."""
    query = select(Dossier.id).where(
        Dossier.person_id == person_id,
        Dossier.workflow == "admission",
        Dossier.desk_unit_id.is_not(None),
    )
    return db.session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """A post that somebody holds today or later."""

    post: Post
    unit_id: int
    unit_name: str
    from_on: date
    to_on: date | None


def offices_of(person_id: int, today: date) -> list[HeldOffice]:
    """List the posts that a person holds today or later."""
    rows = db.session.execute(
        select(
            *(Appointment.post, Unit.id, Unit.name),
            *(Appointment.from_on, Appointment.to_on),
        )
        .join(Account, Account.id == Appointment.account_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(Account.person_id == person_id)
        .where(Appointment.to_on.is_(None) | (Appointment.to_on >= today))
        .order_by(Appointment.from_on, Appointment.id)
    )
    return [HeldOffice(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a member in a unit."""

    unit_name: str
    from_on: date
    to_on: date | None


def stays_of(person_id: int) -> list[Stay]:
    """List where a person was a member, the newest first."""
    rows = db.session.execute(
        select(Unit.name, Membership.from_on, Membership.to_on)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    return [Stay(*row) for row in rows]


def dossiers_about(person_id: int, posts: Sequence[HeldPost]) -> list[Dossier]:
    """List the dossiers about a person that the holder of these posts may see, newest first."""
    query = select(Dossier).where(Dossier.person_id == person_id, under_my_eyes(posts))
    return list(db.session.scalars(query.order_by(Dossier.id.desc())))


def member_choices(commune_id: int, branch_id: int) -> list[tuple[int, str]]:
    """List the members of a commune to choose from, those of the own branch first."""
    units = select(Unit.id).where(or_(Unit.id == commune_id, Unit.parent_id == commune_id))
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Person.unit_id.in_(units), Person.status.in_(MEMBER_STATUSES))
        .order_by(Person.unit_id != branch_id, Person.sort_key, Person.id)
    )
    return [(number, f"{name} ({unit})") for number, name, unit in rows]
