"""What each step of a transfer writes beside the state: to whom, and at the end the membership."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.extensions import db
from app.models import Membership, Standing
from app.queries.people.standings import open_standings
from app.queries.transfers import TransferFile
from app.services.events import By
from app.services.recommendation.moving import move_along
from app.services.returns import hand_up
from workflows.calendar import local_day
from workflows.membership import PersonStatus
from workflows.transfer_facts import Kind, TransferAnswers

Facts = dict[str, Any]
DAY = timedelta(days=1)


def _introduce(file: TransferFile, _answers: TransferAnswers, by: By) -> Facts:
    """Tell the receiving units, which from now on see the dossier; outside is an end here."""
    dossier, destination = file.dossier, file.destination
    if file.transfer.kind is Kind.OUT or destination is None:
        return _send_out(file, by)
    within = file.transfer.kind is Kind.WITHIN
    dossier.to_commune_id = dossier.commune_id if within else destination.id
    dossier.to_branch_id = destination.id if within else None
    return {"to": destination.name, "to_unit": destination.id}


def _assign(file: TransferFile, answers: TransferAnswers, _by: By) -> Facts:
    """A commune that merged with the other one meanwhile gives the member to its own branch."""
    dossier = file.dossier
    dossier.to_branch_id = answers.to_branch_id
    if file.transfer.kind is Kind.BETWEEN and dossier.to_commune_id == dossier.commune_id:
        file.transfer.kind = Kind.WITHIN
    return {"to_unit": answers.to_branch_id}


def _turn_back(file: TransferFile, _answers: TransferAnswers, _by: By) -> Facts:
    """Whoever declined keeps the dossier in sight, unless the commune looks for another branch."""
    if file.transfer.kind is Kind.IN:
        file.dossier.to_branch_id = None
    return {}


def _receive(file: TransferFile, answers: TransferAnswers, by: By) -> Facts:
    """Move the membership, or for a temporary stay only where the member stands."""
    day = answers.received_on or local_day(by.now)
    file.transfer.received_on = day
    move = _host if file.transfer.temporary else _settle
    move(file, day, by)
    return {"received_on": day.isoformat(), "to_unit": file.dossier.to_branch_id}


def _settle(file: TransferFile, day: date, by: By) -> None:
    dossier, person = file.dossier, file.person
    _leave(file, day - DAY)
    person.status = PersonStatus.MEMBER
    person.unit_id = dossier.to_branch_id or dossier.branch_id
    stay = Membership(
        district_id=dossier.district_id,
        person_id=person.id,
        unit_id=person.unit_id,
        from_on=day,
        dossier_id=dossier.id,
    )
    db.session.add(stay)
    move_along(person, by)


def _host(file: TransferFile, day: date, by: By) -> None:
    """Membership stays where it is: a guest has no vote for the leaders of the host unit."""
    host = file.dossier.to_branch_id or file.dossier.branch_id
    if file.transfer.kind is Kind.IN:
        file.person.status, file.person.unit_id = PersonStatus.TEMPORARILY_IN, host
    else:
        _stand(file, PersonStatus.TEMPORARILY_OUT, file.dossier.branch_id, day, by=by)
    _stand(file, PersonStatus.TEMPORARILY_IN, host, day, by=by)


def _send_out(file: TransferFile, by: By) -> Facts:
    """Outside the district nobody here records a reception: the introduction is the end."""
    transfer, today = file.transfer, local_day(by.now)
    if transfer.temporary:
        _stand(file, PersonStatus.TEMPORARILY_OUT, file.dossier.branch_id, today, by=by)
    else:
        _leave(file, today)
        file.person.status = PersonStatus.TRANSFERRED
    return {"to": transfer.outside_unit}


def _leave(file: TransferFile, last_day: date) -> None:
    """Close the stay, and with it every absence from the unit that is left."""
    if file.stay is not None:
        file.stay.to_on = last_day
    for standing in open_standings(file.person.id, last_day):
        elsewhere = standing.unit_id != file.dossier.to_branch_id
        if not (standing.status is PersonStatus.RESIDENCE_GUEST and elsewhere):
            standing.ended_on = last_day


def _stand(file: TransferFile, status: PersonStatus, unit_id: int, day: date, *, by: By) -> None:
    transfer = file.transfer
    standing = Standing(
        district_id=file.dossier.district_id,
        person_id=file.person.id,
        unit_id=unit_id,
        status=status,
        from_on=max(day, transfer.from_on or day),
        to_on=transfer.until_on,
        reason=transfer.reason,
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(standing)


WRITES: dict[str, Callable[[TransferFile, TransferAnswers, By], Facts]] = {
    "ask_to_move": hand_up,
    "introduce": _introduce,
    "assign_branch": _assign,
    "decline_arrival": _turn_back,
    "receive": _receive,
}
