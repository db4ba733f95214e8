"""Transfer dossiers with all that their steps and pages read, and the places one can move to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import Dossier, Membership, Person, Transfer, Unit
from app.queries.people.standings import stands
from workflows.levels import Level
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.rules import RuleSet
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind, TransferAnswers, TransferFacts

Destination = aliased(Unit, name="destination")
ToCommune = aliased(Unit, name="to_commune")
ToBranch = aliased(Unit, name="to_branch")


@dataclass(slots=True)
class TransferFile:
    """A dossier with the rows around it; ``stay`` is the open membership of the person.

    ``destination`` is what the branch asks for, ``to_commune`` and ``to_branch`` to whom the
    member was introduced.
    """

    dossier: Dossier
    transfer: Transfer
    person: Person
    branch: Unit
    destination: Unit | None
    to_commune: Unit | None
    to_branch: Unit | None
    stay: Membership | None


def _files() -> Select[*tuple[Any, ...]]:
    return (
        select(Dossier, Transfer, Person, Unit, Destination, ToCommune, ToBranch, Membership)
        .join(Transfer, Transfer.dossier_id == Dossier.id)
        .join(Person, Person.id == Dossier.person_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .outerjoin(Destination, Destination.id == Transfer.destination_id)
        .outerjoin(ToCommune, ToCommune.id == Dossier.to_commune_id)
        .outerjoin(ToBranch, ToBranch.id == Dossier.to_branch_id)
        .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.to_on.is_(None)))
    )


def load(refs: Sequence[str], *, lock: bool) -> list[TransferFile]:
    """List the files that have one of these references; locked as admissions are."""
    query = _files().where(Dossier.ref.in_(refs)).order_by(Person.id, Dossier.id)
    if lock:
        query = query.with_for_update(of=[Person, Dossier], key_share=True)
    rows = db.session.execute(query, execution_options={"populate_existing": lock})
    return [TransferFile(*row) for row in rows]


# Facts that a requirement reads as they are kept.
_AS_KEPT = (
    *("kind", "temporary", "moved_on", "from_on", "until_on", "outside_unit", "dues_paid_until"),
)


def facts_of(
    file: TransferFile, rules: RuleSet, today: date, answers: TransferAnswers
) -> TransferFacts:
    """Draw the frozen picture of a file that the requirements read."""
    return TransferFacts(
        rules=rules,
        today=today,
        answers=answers,
        **{name: getattr(file.transfer, name) for name in _AS_KEPT},
        is_member=file.person.status in MEMBER_STATUSES,
        in_unit_since=file.stay.from_on if file.stay else None,
        is_suspended=stands(file.person.id, today, {PersonStatus.SUSPENDED}),
        has_destination=file.destination is not None and _stands(file.destination, today),
        has_comment=bool(file.transfer.comment.strip()),
        branch_is_of_commune=_is_branch(file.to_commune, answers.to_branch_id, today),
    )


def _stands(unit: Unit, today: date) -> bool:
    return unit.valid_to is None or unit.valid_to >= today


def _is_branch(commune: Unit | None, branch_id: int | None, today: date) -> bool:
    if commune is None or branch_id is None:
        return False
    return branch_id in {number for number, _name in branches_of(commune, today)}


def branches_of(commune: Unit, today: date) -> list[tuple[int, str]]:
    """List where a grass-roots union can place a member: its branches, and last itself."""
    rows = db.session.execute(
        select(Unit.id, Unit.name)
        .where(_belongs_to(commune), *_of_today(today))
        .order_by(Unit.id == commune.id, Unit.sort_key, Unit.id)
    )
    return [(number, name) for number, name in rows]


def _belongs_to(commune: Unit) -> Any:  # noqa: ANN401
    below = and_(Unit.path.startswith(commune.path, autoescape=True), ~Unit.is_grassroots)
    return or_(Unit.id == commune.id, below)


def _of_today(today: date) -> tuple[Any, ...]:
    still = or_(Unit.valid_to.is_(None), Unit.valid_to >= today)
    return Unit.valid_from <= today, still


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that a member can ask to move to, and the kind of transfer that this makes."""

    id: int
    name: str
    kind: Kind


def places_from(unit: Unit, commune: Unit, today: date) -> list[Place]:
    """List where a member of a unit can move: inside the commune first, then other communes."""
    within = _belongs_to(commune)
    rows = db.session.execute(
        select(Unit.id, Unit.name, within)
        .where(Unit.district_id == unit.district_id, Unit.id != unit.id, *_of_today(today))
        .where(or_(within, Unit.is_grassroots), Unit.level.in_((Level.COMMUNE, Level.BRANCH)))
        .order_by(~within, Unit.sort_key, Unit.id)
    )
    kinds = {True: Kind.WITHIN, False: Kind.BETWEEN}
    return [Place(number, name, kinds[inside]) for number, name, inside in rows]


def open_transfer_of(person_id: int) -> str | None:
    """Return the reference of the transfer that is under way for a person."""
    under_way = select(Dossier.ref).where(
        Dossier.person_id == person_id,
        Dossier.workflow == TRANSFER.name,
        Dossier.desk_unit_id.is_not(None),
    )
    return db.session.scalar(under_way)
