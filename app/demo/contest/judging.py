"""The district's round in the demo: a panel of seven, sheets shared out, half of them final."""

import random
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import groupby

from sqlalchemy import select

from app.actors import Actor
from app.demo.contest.days import EVENING, Calendar
from app.demo.days import Turn, moment
from app.demo.officers import JUDGES
from app.demo.places import Place
from app.extensions import db
from app.models import Account, Sheet
from app.queries.accounts import actor_for
from app.queries.contest.seasons import rounds_of, season_of
from app.queries.judging.rounds import RoundFile, round_file
from app.queries.judging.shares import entrants_of
from app.services.events import By
from app.services.judging.closing import end_round
from app.services.judging.panels import NewSeat, seat_judge
from app.services.judging.sharing import assign
from app.services.judging.sheets import Filled, hand_in
from workflows.calendar import local_day
from workflows.contest.hours import SCORING
from workflows.contest.marking import Mark
from workflows.contest.plain import amount
from workflows.contest.rules import Criterion, Part, PartKind

READERS = 3  # of a dossier; what is seen on stage, the whole panel scores
COMMENTS = (
    "Trình bày mạch lạc, nắm chắc công việc chi đoàn.",
    "Xử lý đúng hướng, nên nói gọn hơn.",
    "Tự tin, gần gũi với đoàn viên.",
    "Cần dẫn chứng cụ thể hơn từ chi đoàn mình.",
)
WHY_LOW = "Chưa nêu được việc làm cụ thể"


def turns_of_judging(
    district: Place, calendar: Calendar, *, final: float, ends: bool
) -> Iterator[Turn]:
    """Yield the panel, the shares and the scores of the district's round.

    ``final`` is the share of each judge's sheets that are final at the end of the first day.
    """
    first, last = calendar.district
    yield Turn(moment(first, 40), partial(_set_up, district, calendar.year))
    yield Turn(moment(first, 240), partial(_score, district, calendar.year, final))
    if ends:
        yield Turn(moment(last, EVENING - 30), partial(_end, district, calendar.year))


def _round_of(district: Place, year: int) -> RoundFile | None:
    """Return the district's round, once it is scored and somebody competes."""
    season = season_of(district.unit.id, year)
    if season is None or season.state not in SCORING:
        return None
    held = next((each for each in rounds_of(season.id) if each.unit_id == district.unit.id), None)
    return round_file(held.id, year) if held and entrants_of(held.id) else None


def _set_up(district: Place, year: int, now: datetime) -> None:
    if (file := _round_of(district, year)) is None:
        return
    by = By(district.officers[1], now)
    names = [f"giamkhao{number}" for number in range(1, JUDGES + 1)]
    seats = [NewSeat(district.key, is_chair=True), *(NewSeat(name) for name in names)]
    for seat in seats:
        seat_judge(file.round.id, year, seat, by=by)
    for part in file.rules.parts:
        if part.is_judged:
            each = READERS if part.kind is PartKind.DOSSIER else JUDGES
            assign(file.round.id, year, part.code, each, by=by)


def _score(district: Place, year: int, final: float, now: datetime) -> None:
    """Let each judge make the first of their sheets final, and begin the next one."""
    if (file := _round_of(district, year)) is None:
        return
    query = select(Sheet).where(Sheet.round_id == file.round.id).order_by(Sheet.judge_id, Sheet.id)
    parts = {each.code: each for each in file.rules.parts}
    for number, group in groupby(db.session.scalars(query).all(), lambda each: each.judge_id):
        sheets = [(each.id, parts[each.part], each.version) for each in group]
        judge = By(_judge(number, now), now)
        done = round(len(sheets) * final)
        for place, (sheet, part, seen) in enumerate(sheets[: done + 1]):
            filled = _filled(part, random.Random(sheet))  # noqa: S311  (nothing secret)
            hand_in(sheet, year, filled, is_final=place < done, by=judge, seen=seen)


def _judge(account_id: int, now: datetime) -> Actor:
    account = db.session.get_one(Account, account_id)
    actor = actor_for(account.id, account.session_epoch, local_day(now))
    if actor is None:
        raise LookupError("a judge of the demo has an account")
    return actor


def _filled(part: Part, dice: random.Random) -> Filled:
    marks = {each.code: _mark(each, dice) for each in part.criteria}
    return Filled(marks, dice.choice(COMMENTS) if dice.random() < 1 / 2 else "")


def _mark(criterion: Criterion, dice: random.Random) -> Mark:
    steps = int(criterion.max / criterion.step)
    points = criterion.step * round(steps * dice.triangular(0.45, 1, 0.8))
    is_low = criterion.justify_below is not None and points < criterion.justify_below
    return Mark(amount(points), WHY_LOW if is_low else "")


def _end(district: Place, year: int, now: datetime) -> None:
    if file := _round_of(district, year):
        end_round(file.round.id, year, by=By(district.officers[0], now))
