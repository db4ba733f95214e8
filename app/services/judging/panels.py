"""The panel of a round: judges are seated, replaced and reminded."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select, true

from app.extensions import db
from app.models import Account, PanelSeat, Sheet
from app.queries.judging.panels import UNDONE, account_near, judge_lines, seat_by_id
from app.queries.judging.rounds import RoundFile
from app.services.events import By, Change, record, seen_before
from app.services.judging.holding import lock_sheets
from app.services.judging.removing import remove
from app.services.judging.rounds import still_scoring, to_organise, to_run
from app.services.judging.sharing import hand_over
from app.services.refusals import Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day


@dataclass(frozen=True, slots=True)
class NewSeat:
    """Whom to seat: for a part or, without one, all of them; or to chair the whole panel."""

    username: str
    part: str = ""
    is_chair: bool = False


@use_case
def seat_judge(round_id: int, year: int, seat: NewSeat, *, by: By) -> str:
    """Seat a judge, or the chair, and return their name.

    Raises:
        NotFound, Forbidden: no such round for this person, or it is another unit's to set up.
        Invalid: no such account, it sits there already, or the panel has a chair.
    """
    file, by = to_organise(round_id, year, by)
    if event := seen_before(by.request_key):
        return str(event.facts["name"])
    return _seat(file, seat, by).name


def _seat(file: RoundFile, seat: NewSeat, by: By) -> Account:
    account = account_near(seat.username, file.round.district_id)
    if account is None:
        raise Invalid("username", "no_account")
    if seat.part and seat.part not in {each.code for each in file.rules.parts}:
        raise Invalid("part", "unknown")
    _check_free(file.round.id, account, seat)
    row = PanelSeat(
        district_id=file.round.district_id,
        round_id=file.round.id,
        account_id=account.id,
        part="" if seat.is_chair else seat.part,
        is_chair=seat.is_chair,
        seated_at=by.now,
    )
    db.session.add(row)
    facts = {"account": account.id, "name": account.name, "part": row.part, "chair": row.is_chair}
    record(file.round, Change("seat_judge", facts=facts), by)
    return account


def _check_free(round_id: int, account: Account, seat: NewSeat) -> None:
    query = select(PanelSeat).where(PanelSeat.round_id == round_id, PanelSeat.left_at.is_(None))
    seats = db.session.scalars(query).all()
    part = "" if seat.is_chair else seat.part
    if any(each.account_id == account.id and each.part == part for each in seats):
        raise Invalid("username", "seated")
    if seat.is_chair and any(each.is_chair for each in seats):
        raise Invalid("is_chair", "has_chair")


@dataclass(frozen=True, slots=True)
class Replacement:
    """Why a judge leaves the panel, and who takes over what they had not made final, if anybody."""

    reason: str
    username: str = ""


@use_case
def replace_judge(seat_id: int, year: int, change: Replacement, *, by: By) -> None:
    """Take a judge off a panel. Their final sheets stand, the others go to the replacement.

    Sheets that the replacement may not judge are left for the next sharing out.

    Raises:
        NotFound, Forbidden: no such seat for this person, or neither theirs to fill nor to lead.
        Invalid: no such account, or it sits there already.
    """
    seat = seat_at(seat_id, year, by)
    sheets = lock_sheets(*_undone(seat))
    file, by = to_run(seat.round_id, year, by)
    if seen_before(by.request_key):
        return
    still_scoring(file)
    _vacate(file, seat, len(sheets), change.reason, by=by)
    by = replace(by, request_key=None)
    remove(sheets, "replaced", change.reason, by)
    if change.username:
        new = _seat(file, NewSeat(change.username, seat.part, seat.is_chair), by)
        hand_over(file, sheets, new.id, by)


def _vacate(file: RoundFile, seat: PanelSeat, sheets: int, reason: str, *, by: By) -> None:
    db.session.refresh(seat)
    if seat.left_at:
        raise NotFound
    seat.left_at = by.now
    facts = {"account": seat.account_id, "sheets": sheets}
    record(file.round, Change("unseat_judge", comment=reason, facts=facts), by)


def seat_at(seat_id: int, year: int, by: By) -> PanelSeat:
    """Return a seat of a panel that this person sets up or leads.

    Raises:
        NotFound, Forbidden: there is none for them, or neither theirs to fill nor to lead.
    """
    seat = seat_by_id(seat_id)
    if seat is None:
        raise NotFound
    to_run(seat.round_id, year, by, lock=False)
    return seat


def _undone(seat: PanelSeat) -> tuple[ColumnElement[bool], ...]:
    here = (Sheet.round_id == seat.round_id, Sheet.judge_id == seat.account_id)
    part = Sheet.part == seat.part if seat.part else true()
    return (*here, part, Sheet.state.in_(UNDONE))


@use_case
def remind(round_id: int, year: int, account_id: int | None, *, by: By) -> int:
    """Remind a judge, or all who still owe sheets, and return how many were reminded now.

    Nobody is reminded twice on a day (statement 40); their list says who asks for what.

    Raises:
        NotFound, Forbidden: no such round for this person, or neither theirs nor led by them.
    """
    file, by = to_run(round_id, year, by)
    if event := seen_before(by.request_key):
        return len(event.facts["accounts"])
    owing = {each.account_id for each in judge_lines(round_id) if each.open}
    reminded = _mark(round_id, owing if account_id is None else owing & {account_id}, by)
    record(file.round, Change("remind_judge", facts={"accounts": reminded}), by)
    return len(reminded)


def _mark(round_id: int, owing: set[int], by: By) -> list[int]:
    """Write the day of the reminder on the seats of those who were not reminded today."""
    today = local_day(by.now)
    query = select(PanelSeat).where(
        PanelSeat.round_id == round_id,
        PanelSeat.account_id.in_(owing),
        PanelSeat.left_at.is_(None),
        PanelSeat.reminded_on.is_distinct_from(today),
    )
    seats = db.session.scalars(query).all()
    for seat in seats:
        seat.reminded_on = today
    return sorted({seat.account_id for seat in seats})
