"""How far the judging of a round is, for its chair: counts and names, never a score (35, 40)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.extensions import db
from app.models import (
    Account,
    Contestant,
    DeclaredConflict,
    Dossier,
    LateSheet,
    PaperTyping,
    Sheet,
)
from app.models.contest_sheets import SheetState
from app.queries.judging.shares import competing
from workflows.contest.rules import Part


@dataclass(frozen=True, slots=True)
class SheetStand:
    """A sheet that counts, as the chair may know it: who judges, and whether it is final."""

    id: int
    judge: str
    is_final: bool
    is_let_in: bool
    typings: int


@dataclass(frozen=True, slots=True)
class PartStand:
    """How far one contestant is judged in one part, and how many final sheets it takes."""

    part: Part
    sheets: tuple[SheetStand, ...]

    @property
    def final(self) -> int:
        """How many sheets are final."""
        return sum(sheet.is_final for sheet in self.sheets)

    @property
    def lacks(self) -> int:
        """How many sheets have still to be assigned, for there to be enough."""
        return max(self.part.sheets - len(self.sheets), 0)

    @property
    def is_enough(self) -> bool:
        """Whether there are as many final sheets as the rules ask for."""
        return self.final >= self.part.sheets


@dataclass(frozen=True, slots=True)
class ContestantStand:
    """How far one contestant is judged."""

    id: int
    code: str
    name: str
    unit_name: str
    parts: tuple[PartStand, ...]


def stands_of(round_id: int, parts: Sequence[Part]) -> list[ContestantStand]:
    """List the contestants of a round with how far each is judged, by their numbers."""
    sheets = _sheets(round_id)
    judged = [part for part in parts if part.is_judged]
    return [
        ContestantStand(
            number,
            code,
            name,
            unit,
            tuple(PartStand(part, tuple(sheets[number, part.code])) for part in judged),
        )
        for number, code, name, unit in competing(round_id)
    ]


def _sheets(round_id: int) -> dict[tuple[int, str], list[SheetStand]]:
    typings = (
        select(func.count())
        .select_from(PaperTyping)
        .where(PaperTyping.sheet_id == Sheet.id)
        .scalar_subquery()
    )
    query = (
        select(Sheet.contestant_id, Sheet.part, Sheet.id, Account.name)
        .add_columns(Sheet.state == SheetState.FINAL, Sheet.let_in_at.is_not(None), typings)
        .join(Account, Account.id == Sheet.judge_id)
        .where(Sheet.round_id == round_id, Sheet.state != SheetState.REMOVED)
        .order_by(Account.name, Sheet.id)
    )
    found: dict[tuple[int, str], list[SheetStand]] = defaultdict(list)
    for contestant, part, *rest in db.session.execute(query):
        found[contestant, part].append(SheetStand(*rest))
    return found


def counted(stands: Sequence[ContestantStand]) -> Counter[str]:
    """Count the parts of all contestants that have enough final sheets, and those that do not."""
    enough = (part.is_enough for stand in stands for part in stand.parts)
    return Counter("enough" if each else "open" for each in enough)


@dataclass(frozen=True, slots=True)
class LateLine:
    """A sheet that a judge sent after the round: who, about whom, and when."""

    sheet_id: int
    judge: str
    contestant: str
    part: str
    sent_at: datetime
    state: SheetState


def late_sheets(round_id: int) -> list[LateLine]:
    """List what judges of a round sent too late, the newest first."""
    query = (
        select(Sheet.id, Account.name, Dossier.person_name, Sheet.part)
        .add_columns(LateSheet.sent_at, Sheet.state)
        .join(Sheet, Sheet.id == LateSheet.sheet_id)
        .join(Account, Account.id == Sheet.judge_id)
        .join(Contestant, Contestant.id == Sheet.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(Sheet.round_id == round_id)
        .order_by(LateSheet.id.desc())
    )
    return [LateLine(*row) for row in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A conflict that was declared: between whom, of which kind, and why."""

    judge: str
    contestant: str
    kind: str
    reason: str
    declared_at: datetime


def declared_in(round_id: int) -> list[ConflictLine]:
    """List the conflicts that were declared in a round, the newest first."""
    query = (
        select(Account.name, Dossier.person_name, DeclaredConflict.kind)
        .add_columns(DeclaredConflict.reason, DeclaredConflict.declared_at)
        .join(Account, Account.id == DeclaredConflict.account_id)
        .join(Contestant, Contestant.id == DeclaredConflict.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(Contestant.round_id == round_id)
        .order_by(DeclaredConflict.id.desc())
    )
    return [ConflictLine(*row) for row in db.session.execute(query)]
