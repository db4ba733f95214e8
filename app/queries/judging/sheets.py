"""The sheets of a judge: the list, one of them, and which comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from app.extensions import db
from app.models import (
    Account,
    Contestant,
    ContestRound,
    Debate,
    Dossier,
    Entry,
    Score,
    Season,
    Sheet,
    Speaker,
    Unit,
)
from app.models.contest_sheets import SheetState
from app.queries.judging.debates import speaks_on
from app.queries.judging.panels import UNDONE
from app.queries.judging.rounds import RoundFile
from app.queries.units.past import past_paths
from workflows.contest.conflicts import Entrant
from workflows.contest.marking import Mark
from workflows.contest.plain import amount
from workflows.contest.rules import Part

Organiser = aliased(Unit, name="organiser")
Branch = aliased(Unit, name="branch")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet on a judge's list; ``who`` is the name, or the code where names are hidden.

    ``debate`` is the number of the debate in which they speak, if the part has any.
    """

    id: int
    code: str
    who: str
    unit_name: str
    state: SheetState
    debate: int | None
    is_against: bool | None


@dataclass(frozen=True, slots=True)
class PartSheets:
    """A judge's sheets of one part of a round, debate by debate, by the contestants' numbers."""

    file: RoundFile
    part: Part
    lines: tuple[SheetLine, ...]

    @property
    def final(self) -> int:
        """How many are final."""
        return sum(line.state is SheetState.FINAL for line in self.lines)

    @property
    def next(self) -> SheetLine | None:
        """The first that is still to be made final."""
        return next((line for line in self.lines if line.state in UNDONE), None)


def _mine(account_id: int, year: int) -> Select[Any]:
    """Start what concerns the sheets of a judge that count, of contestants who are still in."""
    return (
        select()
        .join_from(Sheet, ContestRound, ContestRound.id == Sheet.round_id)
        .join(Season, Season.id == ContestRound.season_id)
        .join(Contestant, Contestant.id == Sheet.contestant_id)
        .where(Sheet.judge_id == account_id, Season.year == year)
        .where(Sheet.state != SheetState.REMOVED, Contestant.out_at.is_(None))
    )


def sheets_of(account_id: int, year: int) -> list[PartSheets]:
    """List the sheets that a judge has in a year, by round and part."""
    query = (
        _mine(account_id, year)
        .add_columns(ContestRound, Season, Organiser, Sheet.part, Sheet.id, Sheet.state)
        .add_columns(Contestant.code, Dossier.person_name, Branch.name)
        .add_columns(Debate.number, Speaker.is_against)
        .join(Organiser, Organiser.id == ContestRound.unit_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .outerjoin(Speaker, speaks_on(Sheet, Speaker))
        .outerjoin(Debate, Debate.id == Speaker.debate_id)
        .order_by(ContestRound.id, Sheet.part, *_TURN)
    )
    rows = db.session.execute(query).all()
    groups = groupby(rows, key=lambda row: (row[0].id, row[3]))
    return [_part_sheets(list(group)) for _place, group in groups]


def _part_sheets(rows: Sequence[Any]) -> PartSheets:
    file, part = RoundFile(*rows[0][:3]), rows[0][3]
    hidden = file.season_rules.anonymous
    lines = tuple(
        SheetLine(number, code, code if hidden else name, "" if hidden else unit, state, *debate)
        for number, state, code, name, unit, *debate in (row[4:] for row in rows)
    )
    return PartSheets(file, file.rules.part(part), lines)


_HERE, _BESIDE, _MEETS = aliased(Sheet), aliased(Contestant), aliased(Speaker)


def _turn(sheet: Any, contestant: Any, speaker: Any) -> tuple[ColumnElement[Any], ...]:  # noqa: ANN401
    """Name the columns by which a judge's sheets of a part stand in order."""
    debate = func.coalesce(speaker.debate_id, 0), func.coalesce(speaker.is_against, false())
    return (*debate, contestant.code, sheet.id)


_TURN = _turn(Sheet, Contestant, Speaker)
_IS_AFTER: ColumnElement[bool] = tuple_(*_TURN) > tuple_(*_turn(_HERE, _BESIDE, _MEETS))
# It is asked with every sheet that is sent: written once.
_NEXT = (
    select(Sheet.id)
    .join(Contestant, Contestant.id == Sheet.contestant_id)
    .outerjoin(Speaker, speaks_on(Sheet, Speaker))
    .join(_HERE, and_(_HERE.round_id == Sheet.round_id, _HERE.part == Sheet.part))
    .join(_BESIDE, _BESIDE.id == _HERE.contestant_id)
    .outerjoin(_MEETS, speaks_on(_HERE, _MEETS))
    .where(_HERE.id == bindparam("sheet"), Sheet.id != _HERE.id)
    .where(Sheet.judge_id == bindparam("judge"), Sheet.judge_id == _HERE.judge_id)
    .where(Sheet.state.in_(UNDONE), Contestant.out_at.is_(None))
    .order_by(_IS_AFTER.desc(), *_TURN)
    .limit(1)
)


def next_sheet(account_id: int, sheet_id: int) -> int | None:
    """Return the sheet to fill in after this one: the next in its list, else the first undone."""
    return db.session.scalar(_NEXT, {"sheet": sheet_id, "judge": account_id})


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A sheet with the contestant and the round that it belongs to."""

    sheet: Sheet
    contestant: Contestant
    dossier: Dossier
    branch: Unit
    entry: Entry | None
    judge: Account
    branch_past: Sequence[str]
    round_file: RoundFile

    @property
    def part(self) -> Part:
        """The rules of the part that the sheet is about."""
        return self.round_file.rules.part(self.sheet.part)

    @property
    def entrant(self) -> Entrant:
        """Who is judged, as the rule of conflicts asks for it."""
        return Entrant(self.dossier.id, self.dossier.person_id, self.branch.path, self.branch_past)

    @property
    def counts(self) -> bool:
        """Whether the sheet was not taken out, nor its contestant."""
        return self.sheet.state is not SheetState.REMOVED and self.contestant.out_at is None

    @property
    def is_hidden(self) -> bool:
        """Whether the judge sees a code in the place of name and unit."""
        return self.round_file.season_rules.anonymous

    @property
    def who(self) -> str:
        """The contestant as the judge may know them."""
        return self.contestant.code if self.is_hidden else self.dossier.person_name


def sheet_file(sheet_id: int, year: int) -> SheetFile | None:
    """Return a sheet of a year's contest with all that its page shows."""
    query = (
        select(Sheet, Contestant, Dossier, Branch, Entry, Account)
        .add_columns(past_paths(Branch), ContestRound, Season, Organiser)
        .join(Contestant, Contestant.id == Sheet.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Branch, Branch.id == Dossier.branch_id)
        .outerjoin(Entry, Entry.dossier_id == Dossier.id)
        .join(Account, Account.id == Sheet.judge_id)
        .join(ContestRound, ContestRound.id == Sheet.round_id)
        .join(Season, Season.id == ContestRound.season_id)
        .join(Organiser, Organiser.id == ContestRound.unit_id)
        .where(Sheet.id == sheet_id, Season.year == year)
    )
    row: Any = db.session.execute(query).one_or_none()
    if row is None:
        return None
    sheet, contestant, dossier, branch, entry, judge, past, *place = row
    file = RoundFile(*place)
    return SheetFile(sheet, contestant, dossier, branch, entry, judge, past or (), file)


def marks_of(sheet_id: int) -> dict[str, Mark]:
    """Return what a sheet holds, by criterion, as it would be typed."""
    query = select(Score.criterion, Score.points, Score.justification)
    rows = db.session.execute(query.where(Score.sheet_id == sheet_id))
    return {code: Mark(_typed(points), why) for code, points, why in rows}


def _typed(points: Decimal | None) -> str:
    return "" if points is None else amount(points)
