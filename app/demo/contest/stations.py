"""Who enters the contest of the demo, when, and how far each comes; the rounds of the communes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from app.demo.contest.days import Calendar
from app.demo.contest.entries import Run
from app.demo.contest.quizzes import answer_all, fill_bank
from app.demo.contest.seasons import LATE_BRANCH, step
from app.demo.days import Turn, moment
from app.demo.places import Place
from app.queries.contest.seasons import rounds_of, season_of
from app.queries.judging.rounds import RoundFile, round_file
from app.queries.judging.shares import entrants_of
from app.services.events import By
from app.services.judging.closing import end_round
from app.services.judging.panels import NewSeat, seat_judge

DAY = timedelta(days=1)
OF_THE_POLICE = "coso.congan"
Act = Callable[[Run, datetime], None]
ALL_THE_WAY: tuple[Act, ...] = (Run.endorse, Run.accept)
# This year, by the order of the communes: what becomes of the entries of some of their branches.
FATES: Sequence[dict[int, tuple[Act, ...]]] = (
    *([{1: ALL_THE_WAY, LATE_BRANCH: ALL_THE_WAY}] * 4),
    {3: ALL_THE_WAY},
    {1: (Run.endorse, Run.decline)},
    {1: (Run.endorse,), 2: (Run.endorse,)},
    {1: (Run.endorse, Run.send_back)},
    {1: (), 2: ()},
)
# The round of this commune has not ended.
GOING_ON = 8
# In the last communes nobody competes yet: what is done with an entry that was handed up.
UNDECIDED: Sequence[dict[int, tuple[Act, ...]]] = (
    {1: (Run.write, Run.enter), 2: (), 3: (Run.write, Run.enter, Run.withdraw)},
    {1: (Run.write, Run.enter, Run.refuse), 2: (Run.write, Run.enter, Run.send_back_early)},
)
LAST_YEAR = 7  # communes with one entry each


@dataclass(frozen=True, slots=True)
class Held:
    """A season of the demo as its communes hold it."""

    district: Place
    calendar: Calendar

    @property
    def communes(self) -> list[Place]:
        """The communes in their order."""
        return [each for each in self.district.below if each.is_commune]

    def run(self, branch: Place) -> Run:
        """Return the entry of a branch."""
        return Run(self.district, branch, self.calendar.year)


def turns_of_this_year(district: Place, calendar: Calendar) -> Iterator[Turn]:
    """Yield the entries of the season under way, at every station."""
    held = Held(district, calendar)
    yield from _turns_before(held)
    police = district.find(OF_THE_POLICE)
    yield from _turns_of_union(held, police, {0: ALL_THE_WAY}, 11, ends=True)
    for place, (commune, fates) in enumerate(zip(held.communes, FATES, strict=False)):
        yield from _turns_of_union(held, commune, fates, place, ends=place != GOING_ON)
    for commune, fates in zip(held.communes[len(FATES) :], UNDECIDED, strict=True):
        for place, acts in fates.items():
            run, day = held.run(commune.below[place]), calendar.call[0] + (9 + place) * DAY
            yield from _turns(run, (Run.open, *acts), day, DAY)


def turns_of_last_year(district: Place, calendar: Calendar) -> Iterator[Turn]:
    """Yield one entry each of the first communes, all of which reach the district's round."""
    held = Held(district, calendar)
    yield from _turns_before(held)
    for place, commune in enumerate(held.communes[:LAST_YEAR]):
        yield from _turns_of_union(held, commune, {0: ALL_THE_WAY}, place, ends=True)


def _turns_before(held: Held) -> Iterator[Turn]:
    calendar, district = held.calendar, held.district
    yield Turn(moment(calendar.call[0] + DAY), partial(fill_bank, district, calendar.year))
    begins = moment(calendar.communes[0], 10)
    yield Turn(begins, partial(step, district, calendar.year, "start_rounds"))
    taken = moment(calendar.district[0], 100)
    yield Turn(taken, partial(_answer, held, district))


def _turns(run: Run, acts: Sequence[Act], first: date, pause: timedelta) -> Iterator[Turn]:
    for place, act in enumerate(acts):
        at = moment(first + place * pause, 60 + run.branch.unit.id % 90 + place)
        yield Turn(at, partial(act, run))


def _turns_of_union(
    held: Held, union: Place, fates: dict[int, tuple[Act, ...]], place: int, *, ends: bool
) -> Iterator[Turn]:
    """Yield the entries of a union that are taken into its round, and the round itself."""
    calendar = held.calendar
    test = calendar.communes[0] + (1 + place % 8) * DAY
    for number, (which, acts) in enumerate(fates.items()):
        run = held.run(union.below[which] if union.below else union)
        is_late = which == LATE_BRANCH and place == 0
        first = calendar.call[1] + DAY if is_late else calendar.call[0] + (5 + 2 * place) * DAY
        yield from _turns(run, (Run.open, Run.write, Run.enter), first, timedelta())
        admitted = moment(first + DAY, 90 + number)
        yield Turn(admitted, partial(Run.admit, run))
        yield from _turns(run, acts[:1], test + 2 * DAY, DAY)
        yield from _turns(run, acts[1:], calendar.district[0] - DAY, DAY)
    if ends:
        yield Turn(moment(test, 90), partial(_answer, held, union))
        yield Turn(moment(test, 480), partial(_end, held, union))


def _round(held: Held, union: Place) -> RoundFile | None:
    """Return the round that a union holds, where somebody competes."""
    season = season_of(held.district.unit.id, held.calendar.year)
    rounds = rounds_of(season.id) if season else []
    row = next((each for each in rounds if each.unit_id == union.unit.id), None)
    return round_file(row.id, held.calendar.year) if row and entrants_of(row.id) else None


def _answer(held: Held, union: Place, now: datetime) -> None:
    if file := _round(held, union):
        answer_all(file, now)


def _end(held: Held, union: Place, now: datetime) -> None:
    """Let the secretary, or in a union of one branch the deputy, chair the round and end it."""
    file, year = _round(held, union), held.calendar.year
    if file is None:
        return
    chair = union.officers[union.is_commune is False]
    key = union.key if union.is_commune else f"{union.key}.pho"
    by = By(chair, now)
    seat_judge(file.round.id, year, NewSeat(key, is_chair=True), by=by)
    end_round(file.round.id, year, by=by)
