"""Meetings: the roll of a day, the candidates waiting for a vote, and what was recorded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.actors import HeldPost
from app.extensions import db
from app.models import Dossier, Meeting, MeetingVote, Membership, Person, Standing, Unit
from app.queries.accounts import names_of
from app.queries.admission import files as admissions
from app.queries.admission.files import AdmissionFile, admission_files
from app.queries.people.standings import holds_on, stands_on
from app.queries.queues import in_general_lists
from app.queries.recommendation import files as recommendations
from app.queries.rules import rulebook
from workflows.levels import Level
from workflows.membership import PersonStatus
from workflows.standing import VOTELESS

PAGE = 25
WAITING = "branch_vote"
# Of each workflow on which a branch votes, how its files are loaded.
VOTED_ON: dict[str, Callable[..., Sequence[Any]]] = {
    "admission": admissions.load,
    "recommendation": recommendations.load,
}


@dataclass(frozen=True, slots=True)
class Voter:
    """A member who may vote in a meeting; who works away ``counts`` only where the place says so.

    Who does not count is not among those who must be there, and votes all the same when present.
    A guest for a time votes on everything but the leaders of the unit (HD20 §3.3).
    """

    id: int
    name: str
    unit_name: str
    is_away: bool
    counts: bool
    is_guest: bool


def roll_of(unit: Unit, on: date) -> list[Voter]:
    """List who may vote in a unit on a day, by given name; at a commune those of all its units.

    Left out is whose standing takes the vote on that day: deferred or suspended. Who is out for a
    time votes as a guest of the host. A roll that is recorded does not change with this one.
    """
    is_guest = _guests_of(unit, on)
    is_away = and_(~is_guest, stands_on(on, {PersonStatus.WORKING_AWAY}))
    rows = db.session.execute(
        select(Person.id, Person.name, Unit.name, is_away, is_guest)
        .join(Unit, Unit.id == Person.unit_id)
        .where(or_(is_guest, _members_of(unit, on)), ~stands_on(on, VOTELESS))
        .order_by(Person.sort_key, Person.id)
    )
    everyone_counts = rulebook().on(on).local.count_away_members
    return [
        Voter(number, name, unit_name, away, everyone_counts or not away, guest)
        for number, name, unit_name, away, guest in rows
    ]


def _members_of(unit: Unit, on: date) -> ColumnElement[bool]:
    """Match whose stay is in a unit on a day, and who is not out for a time."""
    lasts = or_(Membership.to_on.is_(None), Membership.to_on >= on)
    stays = select(Membership.person_id).where(Membership.from_on <= on, lasts)
    there = Person.id.in_(stays.where(_in_unit(unit, Membership.unit_id)))
    return and_(there, ~stands_on(on, {PersonStatus.TEMPORARILY_OUT}))


def _guests_of(unit: Unit, on: date) -> ColumnElement[bool]:
    """Match who is in a unit for a time on a day."""
    guests = select(Standing.person_id).where(
        Standing.status == PersonStatus.TEMPORARILY_IN,
        _in_unit(unit, Standing.unit_id),
        holds_on(on),
    )
    return Person.id.in_(guests)


def _in_unit(unit: Unit, column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Match what is in a unit; what lies below a branch has merged with it, and was not its own."""
    if unit.level is Level.BRANCH:
        return column == unit.id
    return column.in_(select(Unit.id).where(Unit.path.startswith(unit.path, autoescape=True)))


def candidates_of(unit_id: int, also: Iterable[str] = ()) -> list[Any]:
    """List the files of a branch that wait for its vote, and those that ``also`` names."""
    asked = or_(Dossier.state == WAITING, Dossier.ref.in_(list(also)))
    return _files(Dossier.branch_id == unit_id, asked)


def _files(*where: ColumnElement[bool]) -> list[Any]:
    """Load files of every workflow that is voted on, one workflow after the other."""
    query = select(Dossier.workflow, Dossier.ref).where(*where, Dossier.workflow.in_(VOTED_ON))
    found = db.session.execute(query).all()
    return [
        file
        for workflow, load in VOTED_ON.items()
        if (refs := [ref for name, ref in found if name == workflow])
        for file in load(refs, lock=False)
    ]


def in_education(unit_id: int) -> list[AdmissionFile]:
    """List the files of a branch that were not called to the vote yet."""
    return admission_files(Dossier.branch_id == unit_id, Dossier.state == "education")


def waiting_in(unit_ids: Sequence[int]) -> list[Dossier]:
    """List the dossiers that wait for the vote of some units, by name."""
    waits = Dossier.state == WAITING, Dossier.workflow.in_(VOTED_ON)
    query = select(Dossier).where(Dossier.branch_id.in_(unit_ids), *waits)
    return list(db.session.scalars(query.order_by(Dossier.name_key, Dossier.id)))


def meeting_by_id(meeting_id: int) -> Meeting | None:
    """Return a meeting with its unit, its roll and all revisions of its votes."""
    query = select(Meeting).where(Meeting.id == meeting_id)
    loaded = query.options(
        selectinload(Meeting.attendances), selectinload(Meeting.votes), joinedload(Meeting.unit)
    )
    return db.session.scalar(loaded)


def voted_in(meeting_id: int, dossier_id: int) -> bool:
    """Whether a meeting voted on a dossier."""
    vote = select(MeetingVote.id).where(
        MeetingVote.meeting_id == meeting_id, MeetingVote.dossier_id == dossier_id
    )
    return db.session.scalar(vote.limit(1)) is not None


def files_of(meeting: Meeting) -> list[Any]:
    """List the files that a meeting voted on."""
    return _files(Dossier.id.in_(_voted_on([meeting])))


def recorders_of(meeting: Meeting) -> dict[int, str]:
    """Return who recorded a meeting and each revision of its votes: names by account."""
    wanted = {meeting.recorded_by_id, *(vote.recorded_by_id for vote in meeting.votes)}
    return names_of(wanted)


def meetings_under(
    posts: Sequence[HeldPost], after: tuple[date, int] | None = None
) -> list[Meeting]:
    """List one page (25 and one more) of meetings of the units below some posts, newest first.

    ``after`` is the day and the id of the last meeting seen.
    """
    below = [Unit.path.startswith(each.path, autoescape=True) for each in posts]
    place = tuple_(Meeting.held_on, Meeting.id)
    query = (
        select(Meeting)
        .options(joinedload(Meeting.unit), selectinload(Meeting.votes))
        .where(Meeting.unit_id.in_(select(Unit.id).where(or_(*below))))
        .where(place < after if after else true())
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(PAGE + 1)
    )
    return list(db.session.scalars(query))


def people_voted_on(meetings: Sequence[Meeting], trusted: Sequence[HeldPost]) -> dict[int, str]:
    """Return whom some meetings voted on: names by dossier.

    What is confidential is told to the ``trusted`` posts, of the units where it lies today.
    """
    theirs = or_(false(), *(Unit.path.startswith(held.path) for held in trusted))
    rows = db.session.execute(
        select(Dossier.id, Dossier.person_name)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Dossier.id.in_(_voted_on(meetings)), or_(in_general_lists(), theirs))
    )
    return {row.id: row.person_name for row in rows}


def _voted_on(meetings: Sequence[Meeting]) -> Select[int]:
    """Select the dossiers of some meetings; their votes are too many to name one by one."""
    numbers = [meeting.id for meeting in meetings]
    return select(MeetingVote.dossier_id).where(MeetingVote.meeting_id.in_(numbers))
