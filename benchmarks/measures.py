"""What is measured: pages of lists, decisions, and eight people at one dossier."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from secrets import token_hex
from statistics import fmean, median

from benchmarks.contest import FIELDS, sheet_path
from benchmarks.data import reference
from benchmarks.load import Client, at_once, one_by_one, rate
from tests.clock import TODAY

DONE, DECIDED_BEFORE = 303, 409
MILLI = 1000


@dataclass(frozen=True, slots=True)
class Effort:
    """The sizes, and how often each thing is done."""

    sizes: tuple[int, ...]
    districts: int
    waiting: int  # at the measured desk, whatever the size
    crowd: int  # there, where it is long
    rounds: int  # the programs take turns
    pages: int  # in a round
    decisions: int  # in a round, of each client
    conflicts: int


FULL = Effort(
    sizes=(1_000, 100_000, 1_000_000),
    districts=200,
    waiting=200,
    crowd=10_000,
    rounds=10,
    pages=40,
    decisions=50,
    conflicts=100,
)
QUICK = Effort(
    sizes=(1_000, 10_000),
    districts=5,
    waiting=100,
    crowd=1_500,
    rounds=4,
    pages=20,
    decisions=10,
    conflicts=20,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of the bare program and ours, taken in turns in the same minutes."""

    bare: float
    ours: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """How many of eight won each dossier on average, and the median milliseconds to an answer."""

    winners: float
    milliseconds: float


class Crowd:
    """The same eight people at both programs, and the dossiers that they can still decide.

    The programs take turns, round by round, and of each its quietest round counts: whatever else
    the machine does only adds to the time.
    """

    def __init__(self, bare: Sequence[Client], ours: Sequence[Client], seen: int) -> None:
        self.bare, self.ours, self.seen = bare, ours, seen
        self.numbers: Iterator[int] = iter(())

    def page(self, path: str, effort: Effort) -> Pair:
        """Measure the milliseconds of a page, for one person alone."""
        bare: list[float] = []
        ours: list[float] = []
        for _ in range(effort.rounds):
            for client, rounds in ((self.bare[0], bare), (self.ours[0], ours)):
                rounds.append(median(one_by_one(client, [client.get(path)] * effort.pages)))
        return Pair(MILLI * min(bare), MILLI * min(ours))

    def decisions(self, effort: Effort) -> Pair:
        """Measure how many dossiers a second the eight approve, each their own."""
        return self._rates(
            effort, lambda client, _place: self._approval(client, next(self.numbers))
        )

    def sheets(self, effort: Effort, numbers: Sequence[int], seen: int) -> Pair:
        """Measure how many score sheets a second the eight make final, each their own."""
        mine = [iter(numbers[(place - 1) % 8 :: 8]) for place in range(8)]

        def final(client: Client, place: int) -> bytes:
            sent = {**FIELDS, "seen": seen, "request_key": token_hex(16), "do": "final"}
            return client.post(sheet_path(next(mine[place])), **sent)

        return self._rates(effort, final)

    def _rates(self, effort: Effort, write: Callable[[Client, int], bytes]) -> Pair:
        """Let both programs answer forms in turns; each client, by its place, sends its own."""
        bare: list[float] = []
        ours: list[float] = []
        for _ in range(effort.rounds):
            for clients, rounds in ((self.bare, bare), (self.ours, ours)):
                requests = [
                    [write(client, place) for _ in range(effort.decisions)]
                    for place, client in enumerate(clients)
                ]
                rounds.append(rate(clients, requests, DONE))
        return Pair(max(bare), max(ours))

    def conflict(self, clients: Sequence[Client], times: int) -> Conflict:
        """Let all eight approve the same dossier at the same moment, again and again."""
        wins: list[int] = []
        seconds: list[float] = []
        for _ in range(times):
            number = next(self.numbers)
            answers = at_once(clients, [self._approval(client, number) for client in clients])
            statuses = [answer.status for answer in answers]
            if set(statuses) - {DONE, DECIDED_BEFORE}:
                raise SystemExit(f"eight people at one dossier were answered {statuses}")
            wins.append(statuses.count(DONE))
            seconds += [answer.seconds for answer in answers]
        return Conflict(fmean(wins), MILLI * median(seconds))

    def _approval(self, client: Client, number: int) -> bytes:
        path = f"/dossiers/{reference(number)}/steps/approve"
        day = TODAY.strftime("%d/%m/%Y")
        return client.post(path, seen=self.seen, signed_on=day, request_key=token_hex(16))
