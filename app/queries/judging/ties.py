"""What ties judges to units and entries, as the rule of conflicts asks for it (statement 36)."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Integer, String, bindparam, cast, literal, null, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from app.extensions import db
from app.models import Account, Appointment, Contestant, DeclaredConflict, Person, Unit
from app.queries.units.past import past_paths
from workflows.contest.conflicts import ConflictKind, JudgeTies

_OF = bindparam("accounts", type_=ARRAY(Integer))
_HOMES = (
    select(Account.id, literal("home"), Person.id, Unit.path, past_paths(Unit))
    .join(Person, Person.id == Account.person_id)
    .join(Unit, Unit.id == Person.unit_id)
    .where(Account.id == _OF.any_())
)
_POSTS = (
    select(Appointment.account_id, literal("post"), cast(null(), Integer), Unit.path)
    .add_columns(past_paths(Unit))
    .join(Unit, Unit.id == Appointment.unit_id)
    .where(Appointment.account_id == _OF.any_(), Appointment.stands_in_for_id.is_(None))
)
_DECLARED = (
    select(
        DeclaredConflict.account_id,
        cast(DeclaredConflict.kind, String),
        Contestant.dossier_id,
        cast(null(), String),
        cast(null(), ARRAY(String)),
    )
    .join(Contestant, Contestant.id == DeclaredConflict.contestant_id)
    .where(DeclaredConflict.account_id == _OF.any_())
)
# All that there is about some judges, in one statement: it is asked with every sheet.
_TIES = union_all(_HOMES, _POSTS, _DECLARED)


def ties_of(accounts: Collection[int]) -> dict[int, JudgeTies]:
    """Return the ties of some accounts: own unit, posts present and past, what was declared.

    A unit that was handed over or split off counts where it lies, and where it lay.
    """
    rows = db.session.execute(_TIES, {"accounts": list(accounts)}).all()
    return {account: _read(row for row in rows if row[0] == account) for account in accounts}


def _read(rows: Iterable[Any]) -> JudgeTies:
    person_id, homes, posts = None, set(), set()
    declared: dict[int, ConflictKind] = {}
    for _account, kind, number, path, past in rows:
        if kind == "home":
            person_id = number
            homes |= {path, *(past or ())}
        elif kind == "post":
            posts |= {path, *(past or ())}
        else:
            declared[number] = ConflictKind(kind)
    return JudgeTies(person_id, frozenset(homes), frozenset(posts), declared)
