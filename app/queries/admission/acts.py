"""Group acts: what waits for one, what was done to many at once, and what became of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Dossier, GroupAct, GroupActLine, Person, Unit
from app.queries.admission.files import AdmissionFile, admission_files
from workflows.engine import Unmet


def act_of_request(request_key: str | None) -> int | None:
    """Return the act that a request already made."""
    if not request_key:
        return None
    return db.session.scalar(select(GroupAct.id).where(GroupAct.request_key == request_key))


def waiting_at(unit_id: int, states: Collection[str]) -> list[AdmissionFile]:
    """List the dossiers of a unit in some states, by branch and given name."""
    files = admission_files(
        Dossier.state.in_(states), Dossier.desk_unit_id.is_not(None), _of_unit(unit_id)
    )
    return sorted(files, key=lambda file: (file.branch.sort_key, file.person.sort_key))


def _of_unit(unit_id: int) -> ColumnElement[bool]:
    return or_(
        Dossier.branch_id == unit_id,
        Dossier.commune_id == unit_id,
        Dossier.district_id == unit_id,
    )


@dataclass(frozen=True, slots=True)
class ActHead:
    """An act as lists show it: whose, made by whom, how many went through and were left out."""

    act: GroupAct
    unit: Unit
    maker: str
    done: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ActLine:
    """What became of one dossier; ``problem`` is empty where it went through."""

    ref: str
    person_name: str
    branch_name: str
    problem: str
    detail: dict[str, Any]

    @property
    def reasons(self) -> list[Unmet]:
        """Return why the step was refused, as the engine named it."""
        return reasons_of(self.detail)

    @property
    def changed_at(self) -> datetime | None:
        """Return when somebody else changed the dossier."""
        at = self.detail.get("at")
        return datetime.fromisoformat(at) if at else None

    @property
    def due_on(self) -> date | None:
        """Return the day until which the step was due when it was taken."""
        due = self.detail.get("due")
        return date.fromisoformat(due) if due else None


def reasons_of(detail: dict[str, Any]) -> list[Unmet]:
    """Read back why a step of a group act was refused, as its line keeps it."""
    return [
        Unmet(each["code"], each["section"], each["clause"], _values(each["values"]))
        for each in detail.get("unmet", ())
    ]


def _values(kept: dict[str, Any]) -> dict[str, object]:
    return {name: _value(value) for name, value in kept.items()}


def _value(kept: object) -> object:
    if isinstance(kept, dict):
        return date.fromisoformat(kept["day"])
    return tuple(kept) if isinstance(kept, list) else kept


def _heads(*where: ColumnElement[bool], limit: int) -> list[ActHead]:
    done = func.count().filter(GroupActLine.problem == "")
    rows = db.session.execute(
        select(GroupAct, Unit, Account.name, done, func.count() - done)
        .join(Unit, Unit.id == GroupAct.unit_id)
        .join(Account, Account.id == GroupAct.made_by_id)
        .join(GroupActLine, GroupActLine.act_id == GroupAct.id)
        .where(*where)
        .group_by(GroupAct.id, Unit.id, Account.id)
        .order_by(GroupAct.held_on.desc(), GroupAct.id.desc())
        .limit(limit)
    )
    return [ActHead(*row) for row in rows]


def act_head(act_id: int) -> ActHead | None:
    """Return one act."""
    return next(iter(_heads(GroupAct.id == act_id, limit=1)), None)


def acts_seen(posts: Sequence[HeldPost], limit: int = 50) -> list[ActHead]:
    """List the latest acts of the units that some posts look over."""
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    return _heads(or_(*below), limit=limit) if below else []


def act_lines(act_id: int) -> list[ActLine]:
    """List what became of each dossier of an act, those left out first."""
    rows = db.session.execute(
        select(
            Dossier.ref,
            Dossier.person_name,
            Unit.name,
            GroupActLine.problem,
            GroupActLine.detail,
        )
        .join(Dossier, Dossier.id == GroupActLine.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Person, Person.id == Dossier.person_id)
        .where(GroupActLine.act_id == act_id)
        .order_by(GroupActLine.problem == "", Unit.sort_key, Person.sort_key, Dossier.id)
    )
    return [ActLine(*row) for row in rows]
