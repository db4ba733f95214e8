"""What a contestant gets beside the judges' points: bonus, penalty, and the time they needed."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert

from app.extensions import db
from app.models import Adjustment, Contestant, PartTime
from app.queries.judging.rounds import RoundFile
from app.services.events import By, Change, record, seen_before
from app.services.judging.rounds import still_scoring, to_lead, to_run
from app.services.refusals import Invalid
from app.services.use_case import use_case


@dataclass(frozen=True, slots=True)
class Extra:
    """Points on top of a part, or off it where negative, and why."""

    contestant_id: int
    part: str
    points: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Needed:
    """How many seconds a contestant needed in a part."""

    contestant_id: int
    part: str
    seconds: int


@use_case
def adjust(round_id: int, year: int, extra: Extra, *, by: By) -> None:
    """Give a contestant bonus or penalty points; a mistake is put right by its opposite.

    Raises:
        NotFound, Forbidden: no such round for this person, or they do not chair it.
        Invalid: no such contestant or part.
    """
    file, by = to_lead(round_id, year, by)
    if seen_before(by.request_key):
        return
    still_scoring(file)
    _check(file, extra.contestant_id, extra.part)
    row = Adjustment(
        district_id=file.round.district_id,
        contestant_id=extra.contestant_id,
        part=extra.part,
        points=extra.points,
        reason=extra.reason,
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
    )
    db.session.add(row)
    facts = {"contestant": extra.contestant_id, "part": extra.part, "points": str(extra.points)}
    record(file.round, Change("adjust_points", comment=extra.reason, facts=facts), by)


@use_case
def time_part(round_id: int, year: int, needed: Needed, *, by: By) -> None:
    """Write down how many seconds a contestant needed in a part; the last word counts.

    Raises:
        NotFound, Forbidden: no such round for this person, or neither theirs nor led by them.
        Invalid: no such contestant or part.
    """
    file, by = to_run(round_id, year, by)
    if seen_before(by.request_key):
        return
    still_scoring(file)
    _check(file, needed.contestant_id, needed.part)
    new = insert(PartTime).values(asdict(needed))
    place, said = ["contestant_id", "part"], {"seconds": needed.seconds}
    db.session.execute(new.on_conflict_do_update(index_elements=place, set_=said))
    facts = {"contestant": needed.contestant_id, "part": needed.part, **said}
    record(file.round, Change("time_part", facts=facts), by)


def _check(file: RoundFile, contestant_id: int, part: str) -> None:
    if part not in {each.code for each in file.rules.parts}:
        raise Invalid("part", "unknown")
    contestant = db.session.get(Contestant, contestant_id)
    if contestant is None or contestant.round_id != file.round.id:
        raise Invalid("contestant", "unknown")
