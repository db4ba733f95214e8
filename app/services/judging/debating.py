"""Drawing who debates against whom; whoever is left alone later is drawn for in the same way."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement

from app.extensions import db
from app.models import Debate, Sheet, Speaker
from app.models.contest_sheets import SheetState
from app.queries.judging.debates import (
    debates_in,
    debates_that_stand,
    scored_together,
    units_of,
)
from app.queries.judging.rounds import RoundFile
from app.services.events import By, Change, record, seen_before
from app.services.judging.holding import lock_sheets
from app.services.judging.removing import remove
from app.services.judging.rounds import still_scoring, to_run
from app.services.refusals import Invalid
from app.services.use_case import use_case
from workflows.contest.debating import Pairing, pair_up
from workflows.contest.draws import drawn


@dataclass(frozen=True, slots=True)
class Draw:
    """What to draw: the part, the motions to share out, and why anew, if all is drawn again."""

    part: str
    motions: Sequence[str] = ()
    anew: str = ""


@use_case
def draw_debates(round_id: int, year: int, wish: Draw, *, by: By) -> int:
    """Draw pairs of those who have nobody to meet, and return how many debates there are now.

    Drawn anew, with a reason, all pairs are, and judges lose the sheets of the part that they have
    not begun. Whoever was scored keeps the debate in which they were.

    Raises:
        NotFound, Forbidden: no such round for this person, or neither theirs nor led by them.
        Invalid: no such debate, nobody to draw for, or judges have begun to score.
    """
    to_run(round_id, year, by, lock=False)
    sheets = lock_sheets(*_standing(round_id, wish.part)) if wish.anew else []
    file, by = to_run(round_id, year, by)
    if event := seen_before(by.request_key):
        return int(event.facts["debates"])
    still_scoring(file)
    if wish.part not in {each.code for each in file.rules.debates}:
        raise Invalid("part", "unknown")
    kept = _kept(file, wish, begun=any(sheet.state is not SheetState.EMPTY for sheet in sheets))
    drawn_now = _drawn(file, wish, kept, by)
    remove(sheets, "redrawn", wish.anew, replace(by, request_key=None))
    return len(kept) + drawn_now


def _standing(round_id: int, part: str) -> tuple[ColumnElement[bool], ...]:
    return (Sheet.round_id == round_id, Sheet.part == part, Sheet.state != SheetState.REMOVED)


def _kept(file: RoundFile, wish: Draw, *, begun: bool) -> list[Debate]:
    """Return the debates that stay; one whose speaker left goes, unless the other was scored."""
    if begun:
        raise Invalid("anew", "scoring_began")
    kept = [] if wish.anew else debates_that_stand(file.round.id, wish.part)
    for each in debates_in(file.round.id, wish.part):
        if each not in kept:
            db.session.delete(each)
    db.session.flush()
    return kept


def _drawn(file: RoundFile, wish: Draw, kept: Sequence[Debate], by: By) -> int:
    """Draw for those who are alone, number their debates on, and return how many there are."""
    met = {each for pair in scored_together(kept) for each in pair}
    units = units_of(file)
    alone = {each: unit for each, unit in units.items() if each not in met}
    seed = secrets.token_hex(16)
    pairs = pair_up(alone, {each: units[each] for each in met & units.keys()}, seed)
    if not pairs:
        raise Invalid("part", "nobody_alone")
    motions = _motions(wish.motions, len(pairs), seed)
    lot = {"part": wish.part, "seed": seed, "drawn_at": by.now, **_place(file)}
    first = 1 + max((each.number for each in kept), default=0)
    for number, (pair, motion) in enumerate(zip(pairs, motions, strict=True), first):
        speakers = _speakers(pair, wish.part)
        db.session.add(Debate(**lot, number=number, motion=motion, speakers=speakers))
    facts = {
        "part": wish.part,
        "seed": seed,
        "pairs": [[pair.first, pair.second, pair.second_again] for pair in pairs],
        "motions": motions,
        "debates": len(kept) + len(pairs),
    }
    record(file.round, Change("draw_debates", comment=wish.anew, facts=facts), by)
    return len(pairs)


def _place(file: RoundFile) -> dict[str, int]:
    return {"district_id": file.round.district_id, "round_id": file.round.id}


def _motions(motions: Sequence[str], count: int, seed: str) -> list[str]:
    """Share motions out by lot; where there are fewer than debates, they come round again."""
    lots = drawn(range(len(motions)), f"{seed}/motions")
    order = sorted(lots, key=lambda each: lots[each])
    return [motions[order[place % len(order)]] if order else "" for place in range(count)]


def _speakers(pair: Pairing, part: str) -> list[Speaker]:
    return [
        Speaker(is_against=False, contestant_id=pair.first, part=part, is_scored=True),
        Speaker(
            is_against=True, contestant_id=pair.second, part=part, is_scored=not pair.second_again
        ),
    ]
