"""The member book: what a person says of themselves, written by their branch or its union."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import update

from app import policies
from app.extensions import db
from app.models import Dossier, Person, Unit
from app.policies import Right
from app.queries.people.roster import has_open_admission
from app.queries.units.tree import grassroots_of
from app.services.events import By, Change, record, seen_before
from app.services.people.records import person_locked
from app.services.people.twins import TwinFound, others_like
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from app.vietnamese import clean_name, search_key, sort_key

SELF_DESCRIPTION = (
    *("name", "birth_date", "sex", "birth_name", "other_names", "home_place", "residence"),
    *("ethnicity", "religion", "occupation", "schooling", "professional"),
    *("political_theory", "languages", "been_abroad", "health", "phone", "email", "citizen_id"),
)
BACKGROUND = ("family_class", "family")
SENSITIVE = frozenset(
    {
        *("religion", "family_class", "health", "family", "citizen_id"),
        *("custody", "custody_note", "party_opinion"),
    }
)
HIDDEN = "•••"

Values = Mapping[str, Any]


def keeper(unit: Unit, by: By) -> By:
    """Return the act in the post that keeps the books of a unit's people.

    The branch keeps its own, and the grass-roots union those of its branches (HD20 §3.3a).

    Raises:
        NotFound: no such unit for this person.
        Forbidden: they see it, but do not keep its books.
    """
    if by.actor is None:
        return by
    if not policies.may(by.actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    union = grassroots_of(unit)
    places = {Right.PREPARE: unit.id, Right.SIT: union.id if union else None}
    for right, place in places.items():
        for held in policies.posts_with(by.actor, right):
            if held.unit_id == place:
                return replace(by, post=held)
    raise Forbidden("not_your_desk")


def keeper_of(person: Person, by: By) -> By:
    """Return the act in the post that keeps somebody's book.

    Raises:
        NotFound, Forbidden: as above.
        Forbidden: their admission is under way, so its dossier is where they are described.
    """
    by = keeper(db.session.get_one(Unit, person.unit_id), by)
    if has_open_admission(person.id):
        raise Forbidden("in_open_dossier")
    return by


@use_case
def change_member_book(person_id: int, values: Values, *, by: By, seen: int) -> None:
    """Write what a person says of themselves anew; ``values`` are columns, and ``twin_reason``.

    Raises:
        NotFound: no such person for this one.
        Forbidden: it is not theirs to write, or an open dossier is the place.
        Stale: somebody changed the person since.
        TwinFound: the new name and birth date are somebody else's, and no ``twin_reason`` says why.
    """
    person = person_locked(person_id)
    by = keeper_of(person, by)
    if seen_before(by.request_key):
        return
    check_version(person, seen)
    reason = twin_reason(person, values)
    if changes := write_person(person, (*SELF_DESCRIPTION, *BACKGROUND), values):
        record(person, Change("edit_member_book", comment=reason, facts={"changes": changes}), by)


def twin_reason(person: Person, values: Values) -> str:
    """Return why a name and birth date that become somebody else's are another person's.

    Raises:
        TwinFound: they are somebody else's, and no reason was given.
    """
    name, born = values.get("name", person.name), values.get("birth_date", person.birth_date)
    if (search_key(name), born) == (person.name_key, person.birth_date):
        return ""
    twins = others_like(person.district_id, name, born, but=person.id)
    reason: str = values.get("twin_reason", "") if twins else ""
    if twins and not reason.strip():
        raise TwinFound(twins)
    return reason


def write_person(person: Person, names: Collection[str], values: Values) -> dict[str, list[Any]]:
    """Write those columns of a person that differ, and return them as before and after.

    A name takes its keys along, wherever it stands; a day of birth is one in full.
    """
    changes = write_fields(person, names, values)
    if values.get("birth_date"):
        person.birth_year_only = False
    if "name" in changes:
        name = person.name = clean_name(person.name)
        key = person.name_key = search_key(name)
        person.sort_key = sort_key(name)
        theirs = update(Dossier).where(Dossier.person_id == person.id)
        db.session.execute(theirs.values(person_name=name, name_key=key))
    return changes


def write_fields(
    row: Any,  # noqa: ANN401
    names: Collection[str],
    values: Values,
    sensitive: Collection[str] = SENSITIVE,
) -> dict[str, list[Any]]:
    """Write those columns of a row that differ, and return them as before and after."""
    changes: dict[str, list[Any]] = {}
    for name in names:
        before = getattr(row, name)
        if name in values and before != values[name]:
            told = (shown(name, each, sensitive) for each in (before, values[name]))
            changes[name] = [*told]
            setattr(row, name, values[name])
    return changes


def shown(name: str, value: object, sensitive: Collection[str] = SENSITIVE) -> object:
    """Return what an event keeps of a value; of a sensitive one only that there is one."""
    if name in sensitive:
        return HIDDEN if value else None
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
