"""The panel of a round: who sits on it, who chairs it, and who still owes sheets."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.extensions import db
from app.models import Account, Appointment, ContestRound, PanelSeat, Season, Sheet, Unit
from app.models.contest_sheets import SheetState
from app.queries.accounts import holds_on
from workflows.levels import Post

UNDONE = (SheetState.EMPTY, SheetState.DRAFT)


def seats_of(round_id: int) -> list[PanelSeat]:
    """List who sits on the panel of a round now, the chair first, with their accounts."""
    query = (
        select(PanelSeat)
        .join(Account, Account.id == PanelSeat.account_id)
        .where(PanelSeat.round_id == round_id, PanelSeat.left_at.is_(None))
        .options(contains_eager(PanelSeat.account))
        .order_by(PanelSeat.is_chair.desc(), PanelSeat.part, Account.name, PanelSeat.id)
    )
    return list(db.session.scalars(query))


def seat_by_id(seat_id: int) -> PanelSeat | None:
    """Return a seat with the account that sits or sat there."""
    query = select(PanelSeat).where(PanelSeat.id == seat_id)
    return db.session.scalar(query.options(joinedload(PanelSeat.account)))


def judges_of(round_id: int, part: str) -> list[int]:
    """List the accounts that judge a part of a round; its chair leads and does not score."""
    query = select(PanelSeat.account_id).where(
        PanelSeat.round_id == round_id,
        PanelSeat.left_at.is_(None),
        PanelSeat.part.in_(("", part)),
        ~PanelSeat.is_chair,
    )
    return list(db.session.scalars(query.distinct().order_by(PanelSeat.account_id)))


def has_chair(round_id: int) -> bool:
    """Whether anybody chairs the panel of a round."""
    return db.session.scalar(_chairs(round_id)) is not None


def is_chair(round_id: int, account_id: int) -> bool:
    """Whether an account chairs the panel of a round."""
    query = _chairs(round_id).where(PanelSeat.account_id == account_id)
    return db.session.scalar(query) is not None


def _chairs(round_id: int) -> Select[int]:
    query = select(PanelSeat.id).where(PanelSeat.round_id == round_id, PanelSeat.is_chair)
    return query.where(PanelSeat.left_at.is_(None)).limit(1)


def sits_on(round_id: int, account_id: int) -> bool:
    """Whether an account judges in a round, or chairs its panel."""
    query = select(PanelSeat.id).where(
        PanelSeat.round_id == round_id,
        PanelSeat.account_id == account_id,
        PanelSeat.left_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def owes_sheets(round_id: int, account_id: int) -> bool:
    """Whether an account has sheets in a round that are not final.

    Until they are, nothing that others gave in the round may be shown to it (statement 35).
    """
    query = select(Sheet.id).where(
        Sheet.judge_id == account_id, Sheet.round_id == round_id, Sheet.state.in_(UNDONE)
    )
    return db.session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """How far a judge is: final sheets of those assigned, and the day of the last reminder."""

    account_id: int
    name: str
    final: int
    assigned: int
    reminded_on: date | None

    @property
    def open(self) -> int:
        """How many sheets are still to be made final."""
        return self.assigned - self.final


def judge_lines(round_id: int) -> list[JudgeLine]:
    """List the judges of a round by what they still have to do, most first."""
    final = func.count().filter(Sheet.state == SheetState.FINAL)
    reminded = (
        select(func.max(PanelSeat.reminded_on))
        .where(PanelSeat.round_id == round_id, PanelSeat.account_id == Account.id)
        .scalar_subquery()
    )
    query = (
        select(Account.id, Account.name, final, func.count(), reminded)
        .join(Sheet, Sheet.judge_id == Account.id)
        .where(Sheet.round_id == round_id, Sheet.state != SheetState.REMOVED)
        .group_by(Account.id, Account.name)
        .order_by((func.count() - final).desc(), Account.name)
    )
    return [JudgeLine(*row) for row in db.session.execute(query)]


def candidates_for(unit_id: int, district_id: int, today: date) -> list[Account]:
    """List who may sit on a unit's panel: judges of it or its district, and who works at it."""
    query = (
        select(Account)
        .join(Appointment, Appointment.account_id == Account.id)
        .where(
            or_(
                and_(Appointment.unit_id == district_id, Appointment.post == Post.JUDGE),
                Appointment.unit_id == unit_id,
            ),
            holds_on(today),
            Account.is_active,
        )
        .order_by(Account.name, Account.id)
    )
    return list(db.session.scalars(query.distinct()))


def account_near(username: str, district_id: int) -> Account | None:
    """Return an account that holds or held a post in a district, by the name it signs in with."""
    query = (
        select(Account)
        .join(Appointment, Appointment.account_id == Account.id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(Account.username == username, Account.is_active, Unit.district_id == district_id)
    )
    return db.session.scalar(query.limit(1))


def reminded_on(account_id: int, year: int) -> date | None:
    """Return the day on which a judge was last reminded of sheets in a year, if ever."""
    query = (
        select(func.max(PanelSeat.reminded_on))
        .join(ContestRound, ContestRound.id == PanelSeat.round_id)
        .join(Season, Season.id == ContestRound.season_id)
        .where(PanelSeat.account_id == account_id, PanelSeat.left_at.is_(None))
        .where(Season.year == year)
    )
    return db.session.scalar(query)


def rounds_chaired(account_id: int, year: int) -> list[ContestRound]:
    """List the rounds of a year whose panel an account chairs, with the units that hold them."""
    query = (
        select(ContestRound)
        .join(PanelSeat, PanelSeat.round_id == ContestRound.id)
        .join(Season, Season.id == ContestRound.season_id)
        .where(PanelSeat.account_id == account_id, PanelSeat.is_chair)
        .where(PanelSeat.left_at.is_(None), Season.year == year)
        .options(joinedload(ContestRound.unit), contains_eager(ContestRound.season))
        .order_by(ContestRound.id)
    )
    return list(db.session.scalars(query))
