"""Who may enter, who has entered, and who competes in a round: the lists of a season."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.actors import HeldPost
from app.extensions import db
from app.models import Account, Appointment, Contestant, ContestRound, Dossier, Entry, Person, Unit
from app.queries.accounts import holds_on
from app.queries.contest.entries import LEADERS
from workflows.levels import Level, Post
from workflows.membership import MEMBER_STATUSES

Commune = aliased(Unit, name="commune")


@dataclass(frozen=True, slots=True)
class Leader:
    """A member who leads a branch: the branch, the person, the post and since when."""

    unit_id: int
    unit_name: str
    person_id: int
    name: str
    post: Post
    since: date


def leaders_of(unit_ids: Collection[int], today: date) -> list[Leader]:
    """List the secretaries and deputies of some branches who are members there."""
    rows = db.session.execute(
        select(
            *(Unit.id, Unit.name, Person.id, Person.name),
            *(Appointment.post, Appointment.from_on),
        )
        .join(Appointment, Appointment.unit_id == Unit.id)
        .join(Account, Account.id == Appointment.account_id)
        .join(Person, (Person.id == Account.person_id) & (Person.unit_id == Unit.id))
        .where(Unit.id.in_(unit_ids), Unit.level == Level.BRANCH)
        .where(Person.status.in_(MEMBER_STATUSES), Appointment.post.in_(LEADERS))
        .where(Appointment.stands_in_for_id.is_(None), holds_on(today))
        .order_by(Unit.sort_key, Unit.id, Appointment.post.desc(), Appointment.id)
    )
    return [Leader(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as the season lists it."""

    ref: str
    name: str
    branch: str
    commune: str
    state: str
    is_own: bool


def entries_seen(season_id: int, posts: Sequence[HeldPost]) -> list[EntryLine]:
    """List the entries of a season in the subtrees of some posts, by commune and branch."""
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    rows = db.session.execute(
        select(
            *(Dossier.ref, Dossier.person_name, Unit.name, Commune.name),
            *(Dossier.state, Entry.is_own),
        )
        .join(Entry, Entry.dossier_id == Dossier.id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .join(Commune, Commune.id == Dossier.commune_id)
        .where(Entry.season_id == season_id, or_(*below))
        .order_by(Commune.sort_key, Commune.id, Unit.sort_key, Unit.id, Dossier.id)
    )
    return [EntryLine(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class ContestantLine:
    """Who competes in a round, or did until they were taken out."""

    id: int
    code: str
    ref: str
    name: str
    branch: str
    entered_at: datetime
    out_at: datetime | None
    out_reason: str


def contestants_of(round_id: int) -> list[ContestantLine]:
    """List the contestants of a round by their numbers, those who are out too."""
    rows = db.session.execute(
        select(
            *(Contestant.id, Contestant.code, Dossier.ref, Dossier.person_name, Unit.name),
            *(Contestant.entered_at, Contestant.out_at, Contestant.out_reason),
        )
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Contestant.round_id == round_id)
        .order_by(Contestant.code, Contestant.id)
    )
    return [ContestantLine(*row) for row in rows]


def round_after(held: ContestRound, codes: Sequence[str]) -> ContestRound | None:
    """Return the unit's next round, where ``codes`` are those of its level in order.

    Of a round that came from another unit by a merger it is the next one that came along.
    """
    following = codes[list(codes).index(held.code) + 1 :]
    there: dict[str, Any] = {
        each.code: each
        for each in db.session.scalars(
            select(ContestRound).where(
                ContestRound.season_id == held.season_id,
                func.coalesce(ContestRound.begun_by_id, ContestRound.unit_id) == held.origin,
                ContestRound.code.in_(following),
            )
        )
    }
    return next((there[code] for code in following if code in there), None)
