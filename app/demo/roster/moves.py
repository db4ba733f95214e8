"""Members on the way from unit to unit: every state and every kind of a transfer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from app.actors import Actor
from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import Place
from app.demo.roster import texts
from app.services.dossiers import take_step
from app.services.events import By
from app.services.transfer.openings import Arrival, open_arrival, open_transfer
from app.services.transfer.parts import save_part
from workflows.calendar import local_day
from workflows.transfer_facts import Part, TransferAnswers

STAY = timedelta(days=85)  # of three months at the most
BEFORE = timedelta(days=4)  # from the move itself to the first paper
NEWCOMERS = (18.5, 25)
BETWEEN_SCENES = (1, 3)  # days


@dataclass(eq=False)
class Trip:
    """A member who moves, with the places on the way; ``to`` is a branch, or nowhere here."""

    casting: Casting
    start: Place
    to: Place | None
    temporary: bool = False
    ref: str = ""
    version: int = 0

    def open(self, now: datetime) -> None:
        """Open the transfer at the branch."""
        person = self.casting.one_to_leave(self.start.members)
        values = self._values(local_day(now)) | self._destination()
        self.ref = open_transfer(person.id, values, by=By(self.start.officers[0], now)).ref
        self.version = 1

    def come(self, now: datetime) -> None:
        """Open the transfer of somebody from outside, at the commune that receives them."""
        drawn, day = self.casting.draw(NEWCOMERS), local_day(now)
        joined = drawn.birth_date + timedelta(days=16 * 366)
        arrival = Arrival(drawn.named.name, drawn.birth_date, drawn.named.sex, joined_on=joined)
        values = self._values(day) | {"outside_unit": self.casting.rng.choice(texts.OUTSIDE)}
        by = By(self.host.officers[-1], now)
        self.ref = open_arrival(self.host.unit.id, arrival, values, by=by).ref
        self.version = 1

    def describe(self, now: datetime) -> None:
        """Write the comment and until when dues are paid."""
        comment = self.casting.rng.choice(texts.COMMENTS)
        values = {"comment": comment, "dues_paid_until": local_day(now)}
        by = By(self.start.officers[0], now)
        save_part(self.ref, Part.COMMENT, values, by=by, seen=self.version)
        self.version += 1

    def ask(self, now: datetime) -> None:
        """Ask the commune to introduce the member."""
        self._take("ask_to_move", self.start.officers[0], now)

    def introduce(self, now: datetime) -> None:
        """Introduce the member to the receiving unit."""
        self._take("introduce", self.start.union.officers[0], now)

    def send_back(self, now: datetime) -> None:
        """Do not introduce yet: something is missing."""
        self._take(
            "decline_introduction", self.start.union.officers[0], now, reason=texts.NO_PAPERS
        )

    def assign(self, now: datetime) -> None:
        """Give the member to a branch of the receiving commune."""
        branch = self._branch.unit.id
        self._take("assign_branch", self.host.officers[0], now, to_branch_id=branch)

    def turn_away(self, now: datetime) -> None:
        """Let the receiving commune decline."""
        self._take("decline_arrival", self.host.officers[0], now, reason=texts.NOT_HERE)

    def decline(self, now: datetime) -> None:
        """Let the receiving branch decline."""
        who = self._branch.officers[0]
        self._take("decline_arrival", who, now, reason=texts.NOT_THIS_BRANCH)

    def receive(self, now: datetime) -> None:
        """Receive the member in the branch."""
        self._take("receive", self._branch.officers[0], now, received_on=local_day(now))

    def cancel(self, now: datetime) -> None:
        """Take the transfer back."""
        self._take("cancel", self.start.officers[0], now, reason=texts.CHANGED_MIND)

    @property
    def host(self) -> Place:
        """The grass-roots union that receives."""
        return self._branch.union

    @property
    def _branch(self) -> Place:
        if self.to is None:
            raise LookupError("it leads outside")
        return self.to

    def _values(self, day: date) -> dict[str, Any]:
        if self.temporary:
            days = {"from_on": day - BEFORE, "until_on": day - BEFORE + STAY}
            return {"temporary": True, "reason": texts.STUDIES, **days}
        return {"moved_on": day - BEFORE, "reason": self.casting.rng.choice(texts.MOVES)}

    def _destination(self) -> dict[str, Any]:
        if self.to is None:
            return {"outside_unit": self.casting.rng.choice(texts.OUTSIDE)}
        place = self.to if self.host is self.start.union else self.host
        return {"destination_id": place.unit.id}

    def _take(self, step: str, who: Actor, now: datetime, **answers: Any) -> None:  # noqa: ANN401
        by = By(who, now)
        take_step(self.ref, step, TransferAnswers(**answers), by=by, seen=self.version)
        self.version += 1


Scene = Callable[[Trip, datetime], None]
WRITTEN: tuple[Scene, ...] = (Trip.open, Trip.describe)
ASKED = (*WRITTEN, Trip.ask)
INTRODUCED = (*ASKED, Trip.introduce)
WITHIN = (*INTRODUCED, Trip.receive)
BETWEEN = (*INTRODUCED, Trip.assign, Trip.receive)
FROM_OUTSIDE: tuple[Scene, ...] = (Trip.come, Trip.assign, Trip.receive)
LONG_SINCE = (20, 150)
LATE = 45
MARKET, NEXT = "ap.tanquoi.1", "ap.tanquoi.2"


@dataclass(frozen=True, slots=True)
class Move:
    """From which branch to which, what happens, and how many days ago the last of it did."""

    start: str
    to: str
    scenes: tuple[Scene, ...]
    rest: tuple[int, int]
    temporary: bool = False


def _then(rest: int) -> tuple[int, int]:
    return rest, rest


MOVES = (
    Move(MARKET, "ap.tanluoc.1", WRITTEN[:1], _then(2)),
    Move("ap.mythuan.1", "ap.mythuan.2", WRITTEN, _then(LATE)),
    Move(NEXT, "ap.tanquoi.4", ASKED, _then(2)),
    Move("ap.tanquoi.3", "ap.thanhloi.1", ASKED, _then(LATE)),
    Move("ap.tanluoc.1", MARKET, INTRODUCED, _then(3)),
    Move("ap.thanhloi.1", "ap.tanquoi.4", INTRODUCED, _then(LATE)),
    Move("", NEXT, FROM_OUTSIDE[:1], _then(5)),
    Move("ap.tanquoi.4", MARKET, INTRODUCED, _then(2)),
    Move("ap.tanthanh.1", NEXT, BETWEEN[:5], _then(LATE)),
    Move("", MARKET, FROM_OUTSIDE[:2], _then(4)),
    Move(MARKET, "", (*ASKED, Trip.send_back), _then(6)),
    Move("ap.tanbinh.1", "ap.tanluoc.2", (*INTRODUCED, Trip.turn_away), _then(LATE)),
    Move(NEXT, "ap.tananthanh.1", (*BETWEEN[:5], Trip.decline), _then(8)),
    Move("", "ap.tanluoc.1", (Trip.come, Trip.turn_away), _then(30)),
    Move("ap.tanhung.1", "ap.mythuan.1", (*WRITTEN, Trip.cancel), _then(60)),
    Move(MARKET, NEXT, WITHIN, LONG_SINCE),
    Move("ap.thanhdong.1", "ap.thanhdong.2", WITHIN, LONG_SINCE),
    Move("ap.tanluoc.1", "ap.tanluoc.3", WITHIN, LONG_SINCE),
    Move("ap.tanquoi.3", "ap.thanhloi.2", BETWEEN, LONG_SINCE),
    Move("ap.mythuan.2", MARKET, BETWEEN, LONG_SINCE),
    Move("ap.tanbinh.2", "ap.tanthanh.1", BETWEEN, LONG_SINCE),
    Move("ap.thanhtrung.1", "coso.xinghiep", BETWEEN, LONG_SINCE),
    Move("", "ap.tanquoi.3", FROM_OUTSIDE, LONG_SINCE),
    Move("", "ap.nguyenvanthanh.1", FROM_OUTSIDE, LONG_SINCE),
    Move(NEXT, "", INTRODUCED, LONG_SINCE),
    Move("ap.tananthanh.1", "", INTRODUCED, LONG_SINCE),
    Move(MARKET, "ap.tanluoc.4", BETWEEN, _then(20), temporary=True),
    Move("ap.tanluoc.2", NEXT, BETWEEN, _then(15), temporary=True),
    Move("ap.thanhloi.2", "", INTRODUCED, _then(12), temporary=True),
    Move("", "ap.tanquoi.4", FROM_OUTSIDE, _then(18), temporary=True),
)


def turns_of_moves(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the scenes of every move, a few days apart."""
    for move in MOVES:
        start = district.find(move.start) if move.start else district
        trip = Trip(casting, start, district.find(move.to) if move.to else None, move.temporary)
        gaps = [casting.rng.randint(*BETWEEN_SCENES) for _ in move.scenes]
        day = casting.today - timedelta(days=casting.rng.randint(*move.rest) + sum(gaps))
        for gap, scene in zip(gaps, move.scenes, strict=True):
            day += timedelta(days=gap)
            yield Turn(moment(day, casting.rng.randint(0, 500)), partial(scene, trip))
