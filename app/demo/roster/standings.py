"""Members who are away or deferred, who are guests, who stay on, and who leave for good."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from app.actors import Actor
from app.demo.days import Turn, moment
from app.demo.people import Casting, Fate
from app.demo.places import WITH_PUPILS, Place
from app.demo.roster import texts
from app.extensions import db
from app.models import Person
from app.queries.people.standing_facts import counted_on
from app.queries.rules import rulebook
from app.services.events import By
from app.services.people.standings import Ceremony, change_standing, hold_ceremony
from workflows.calendar import local_day
from workflows.levels import UnitKind
from workflows.standing_facts import Kind, Missed, StandingAnswers
from workflows.voting import Ballots, Roll, quorum_needed

LATELY = (10, 110)  # days ago; nobody on the first rolls joined after it
LONG_AGO = (380, 420)
LONG_HERE = timedelta(days=450)
FOR_LONG = 0.15  # share of those away
COMES_BACK = 0.2
BACK = (2, 9)
CEREMONY = 45  # days ago
LEFT = (15, 70)
GUESTS = 3  # of each school with pupils
REGISTERED = timedelta(days=400)
MISSED = 4  # months without activity


def turns_of_standings(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield what becomes of everybody of whom something does, and the guests."""
    for place in district.walk():
        fates = {each: casting.fates[each] for each in place.members if each in casting.fates}
        for person, fate in fates.items():
            if fate in LIVES:
                yield from LIVES[fate](Life(person, place, casting))
        if grown := [each for each, fate in fates.items() if fate is Fate.MATURES]:
            ceremony = moment(casting.today - timedelta(days=CEREMONY))
            yield Turn(ceremony, partial(_celebrate, place, grown))
        if place.unit.kind is UnitKind.SCHOOL:
            yield from _guests(place, casting)


def version_of(person_id: int) -> int:
    """Return the version of a person as it stands."""
    return db.session.scalars(select(Person.version).where(Person.id == person_id)).one()


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody of whom something becomes, in the branch that keeps the book."""

    person: Person
    place: Place
    casting: Casting

    def day(self, days: tuple[int, int]) -> datetime:
        """Return a moment that was some days ago, from and to."""
        rng = self.casting.rng
        return moment(self.casting.today - timedelta(days=rng.randint(*days)), rng.randint(0, 500))

    def turn(self, at: datetime, kind: Kind, who: Actor | None = None, **answers: Any) -> Turn:  # noqa: ANN401
        """Return the turn in which the branch's secretary, or ``who``, records a change."""
        given = partial(StandingAnswers, on=local_day(at), **answers)
        return Turn(at, partial(self._change, kind, who or self.place.officers[0], given))

    def _change(
        self, kind: Kind, who: Actor, given: Callable[[], StandingAnswers], now: datetime
    ) -> None:
        number = self.person.id
        change_standing(number, kind, given(), by=By(who, now), seen=version_of(number))

    def go_away(self) -> Iterator[Turn]:
        """Some are away for longer than a year, some are late, some are back."""
        rng, joined = self.casting.rng, self.person.joined_on
        has_been_long = joined is not None and self.casting.today - joined > LONG_HERE
        begins = self.day(LONG_AGO if has_been_long and rng.random() < FOR_LONG else LATELY)
        until = local_day(begins) + timedelta(days=rng.randint(60, 300))
        address = rng.choice(texts.WORKPLACES)
        yield self.turn(begins, Kind.WORK_AWAY, until=until, address=address)
        if rng.random() < COMES_BACK:
            yield self.turn(self.day(BACK), Kind.RETURN)

    def be_deferred(self) -> Iterator[Turn]:
        """Deferred for a year at the most."""
        begins, rng = self.day(LATELY), self.casting.rng
        until = local_day(begins) + timedelta(days=rng.randint(120, 360))
        yield self.turn(begins, Kind.DEFER, until=until, reason=rng.choice(texts.DEFERRALS))

    def stay_on(self) -> Iterator[Turn]:
        """Stay until 35."""
        yield self.turn(self.day(LEFT), Kind.STAY_ON, reason=texts.STAYS_ON)

    def resign(self) -> Iterator[Turn]:
        """Leave on an own paper; the grass-roots union decides."""
        left, who = self.day(LEFT), self.place.union.officers[0]
        applied = local_day(left) - timedelta(days=9)
        yield self.turn(left, Kind.RESIGN, who, applied_on=applied, reason=texts.RESIGNATION)

    def die(self) -> Iterator[Turn]:
        """Die as a member."""
        yield self.turn(self.day(LEFT), Kind.DIE, reason=texts.DEATH)

    def be_deleted(self) -> Iterator[Turn]:
        """Be deleted by the vote of the branch."""
        at = self.day(LEFT)
        yield Turn(
            at, partial(self._change, Kind.DELETE, self.place.officers[0], partial(self._vote, at))
        )

    def _vote(self, at: datetime) -> StandingAnswers:
        """Count the roll of the day: as many came as must be there, and all agreed."""
        on = local_day(at)
        entitled = counted_on(self.place.unit.id, on)
        present = quorum_needed(entitled, rulebook().on(on).local.quorum)
        return StandingAnswers(
            on=on,
            missed=Missed.ACTIVITY,
            missed_months=MISSED,
            contacted_on=on - timedelta(days=12),
            reason=texts.DELETION,
            roll=Roll(entitled, present),
            ballots=Ballots(present, 0, 0, 0),
        )


def _celebrate(place: Place, grown: list[Person], now: datetime) -> None:
    people = {each.id: version_of(each.id) for each in grown}
    ceremony = Ceremony(local_day(now), place.hall)
    hold_ceremony(place.unit.id, ceremony, people, by=By(place.officers[0], now))


def _guests(school: Place, casting: Casting) -> Iterator[Turn]:
    """Let some pupils take part where they live, and one of them no longer."""
    commune = school.union
    if commune.unit.name.removeprefix("Đoàn xã ") not in WITH_PUPILS:
        return
    hosts = {each.unit.name.removeprefix("Chi đoàn "): each.unit.id for each in commune.below}
    lives = [Life(casting.one_to_leave(school.members), school, casting) for _ in range(GUESTS)]
    for life in lives:
        begins = life.day(LATELY)
        host = hosts[life.person.residence.replace(",", "")]
        since = local_day(begins) - REGISTERED
        yield life.turn(begins, Kind.BE_GUEST, host_id=host, registered_since=since)
    yield lives[0].turn(lives[0].day(BACK), Kind.END_GUEST)


LIVES: Mapping[Fate, Callable[[Life], Iterator[Turn]]] = {
    Fate.AWAY: Life.go_away,
    Fate.DEFERRED: Life.be_deferred,
    Fate.STAYS: Life.stay_on,
    Fate.DELETED: Life.be_deleted,
    Fate.RESIGNS: Life.resign,
    Fate.DIES: Life.die,
}
