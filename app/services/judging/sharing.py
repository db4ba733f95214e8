"""Sharing entries out over judges; what is lacking later is made up in the same way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, insert, select

from app.extensions import db
from app.models import Event, Sheet
from app.models.contest_sheets import SheetState
from app.queries.judging.debates import debates_in, scored_together
from app.queries.judging.panels import judges_of
from app.queries.judging.rounds import RoundFile
from app.queries.judging.shares import entrants_of, given_pairs
from app.queries.judging.ties import ties_of
from app.services.events import By, Change, first_events, record, seen_before
from app.services.judging.rounds import still_scoring, to_run
from app.services.refusals import Invalid
from app.services.use_case import use_case
from workflows.contest.assignment import Pair, share_out
from workflows.contest.conflicts import conflict_of
from workflows.contest.hours import Hour
from workflows.contest.rules import Part


@dataclass(frozen=True, slots=True)
class Shared:
    """How many sheets were made, and how many contestants still lack a judge."""

    sheets: int
    lacking: int


@use_case
def assign(round_id: int, year: int, part: str, each: int, *, by: By) -> Shared:
    """Give every contestant of a part so many judges, none with a conflict, evenly (36).

    Sheets that stand stay as they are; only what is lacking is added.

    Raises:
        NotFound, Forbidden: no such round for this person, or neither theirs nor led by them.
        Invalid: no such part that is judged, or more judges asked for than sit on its panel.
    """
    file, by = to_run(round_id, year, by)
    if event := seen_before(by.request_key):
        return Shared(event.facts["sheets"], event.facts["lacking"])
    still_scoring(file)
    if part not in {one.code for one in file.rules.parts if one.is_judged}:
        raise Invalid("part", "unknown")
    judges = judges_of(round_id, part)
    if not 1 <= each <= len(judges):
        raise Invalid("each", "too_many", seated=len(judges))
    together = _together(file, file.rules.part(part))
    given = given_pairs(round_id, part)
    shares = share_out(_free(file, judges), each, given=given, together=together)
    facts = {"part": part, "each": each, "sheets": len(shares.pairs), "lacking": len(shares.lacks)}
    record(file.round, Change("assign_sheet", facts=facts), by)
    make_sheets(file, part, shares.pairs, replace(by, request_key=None))
    return Shared(len(shares.pairs), len(shares.lacks))


def _together(file: RoundFile, part: Part) -> list[tuple[int, ...]]:
    """List who debates against each other, so that the same judges hear both.

    Raises:
        Invalid: somebody has nobody to meet yet.
    """
    if part not in file.rules.debates:
        return []
    together = scored_together(debates_in(file.round.id, part.code))
    alone = entrants_of(file.round.id).keys() - {each for pair in together for each in pair}
    if alone:
        raise Invalid("part", "not_drawn", number=len(alone))
    return together


def _free(file: RoundFile, judges: Sequence[int]) -> dict[int, list[int]]:
    """Name by contestant the judges who may judge them."""
    ties = ties_of(judges)
    return {
        number: [judge for judge in judges if not conflict_of(ties[judge], entrant, file.unit.path)]
        for number, entrant in entrants_of(file.round.id).items()
    }


def make_sheets(file: RoundFile, part: str, pairs: Sequence[Pair], by: By) -> None:
    """Make empty sheets; after the hours of the round they are let in from the start."""
    if not pairs:
        return
    numbers = _numbers(len(pairs))
    changes = {
        number: Change("assign_sheet", None, SheetState.EMPTY, facts={"judge": judge})
        for number, (_contestant, judge) in zip(numbers, pairs, strict=True)
    }
    events = first_events("contest_sheets", file.round.district_id, changes, by)
    common = {
        "district_id": file.round.district_id,
        "round_id": file.round.id,
        "part": part,
        "version": 1,
        "let_in_at": by.now if file.hour(by.now) is Hour.OVER else None,
    }
    sheets = [
        {**common, "id": number, "contestant_id": contestant, "judge_id": judge, "chain_head": head}
        for number, (contestant, judge), head in zip(
            numbers, pairs, (each["hash"] for each in events), strict=True
        )
    ]
    db.session.execute(insert(Sheet), sheets)
    db.session.execute(insert(Event), events)


def _numbers(count: int) -> list[int]:
    """Draw the ids of so many sheets."""
    number = func.nextval(func.pg_get_serial_sequence("contest_sheets", "id"))
    return list(db.session.scalars(select(number).select_from(func.generate_series(1, count))))


def hand_over(file: RoundFile, sheets: Sequence[Sheet], judge: int, by: By) -> None:
    """Give sheets that were taken from one judge to another, but for those with a conflict."""
    free = _free(file, [judge])
    for sheet in sheets:
        taken = (sheet.contestant_id, judge) in given_pairs(file.round.id, sheet.part)
        if free.get(sheet.contestant_id) and not taken:
            make_sheets(file, sheet.part, [(sheet.contestant_id, judge)], by)
