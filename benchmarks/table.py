"""The run and its table: each figure beside that of the bare program, their ratio, and the aim."""

import os
import platform
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import psycopg

import embedded
from app import create_app
from benchmarks.data import Nation
from benchmarks.load import Client, sign_in
from benchmarks.measures import Crowd, Effort, Pair
from benchmarks.servers import WORKERS, Server, serving
from config import Settings
from tests.factories import PASSWORD

README = Path(__file__).with_name("README.md")
HEAD = "| work | bare | ours | ours of bare | aim |\n|---|---|---|---|---|"
MEASURED = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- /measured -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: two figures, how they are written, and what is aimed at."""

    work: str
    figures: Pair
    form: str
    aim: str
    share: float | None = None

    def __str__(self) -> str:
        bare, ours = self.form.format(self.figures.bare), self.form.format(self.figures.ours)
        share = "" if self.share is None else f"{self.share:.2f}"
        return f"| {self.work} | {bare} | {ours} | {share} | {self.aim} |"


def measured(effort: Effort) -> str:
    """Fill a database, run both programs on it, and return the table, told line by line."""
    with ExitStack() as stack:
        url = stack.enter_context(embedded.database("bench"))
        plain = url.replace("+psycopg", "", 1)
        connection = stack.enter_context(psycopg.connect(plain, autocommit=True))
        os.environ |= embedded.keys() | {"DATABASE_URL": url, "LOGIN_LIMIT": "1000 per minute"}
        nation = Nation(create_app(Settings.from_env()), connection, effort.districts)
        nation.fill_desk(effort.waiting)
        bare = stack.enter_context(serving("benchmarks.bare:app", "/queue"))
        ours = stack.enter_context(serving("wsgi:app", "/login", "--preload"))
        lines = chain((_circumstances(connection), HEAD), _rows(nation, bare, ours, effort))
        return "".join(_told(f"{line}\n") for line in lines)


def _told(line: str) -> str:
    print(line, end="", flush=True)
    return line


def _circumstances(connection: psycopg.Connection[Any]) -> str:
    postgresql = connection.info.server_version // 10_000
    versions = f"Python {platform.python_version()}, PostgreSQL {postgresql}"
    return f"{os.cpu_count()} cores, {WORKERS} sync workers, {versions}.\n"


def _rows(nation: Nation, bare: Server, ours: Server, effort: Effort) -> Iterator[Row]:
    crowd = _crowd(nation, bare, ours)
    yield from _queues(nation, crowd, effort)
    yield from _lists(nation, crowd, effort)
    crowd.numbers = iter(nation.fill_desk(effort.crowd))
    yield from _both_ends(nation, crowd, effort)
    rates = crowd.decisions(effort)
    yield Row("a decision, 8 clients", rates, "{:.0f} /s", "≥ 0.18", rates.ours / rates.bare)
    yield from _conflicts(crowd, effort.conflicts)
    numbers = nation.lay_sheets(2 * 8 * effort.rounds * effort.decisions)
    rates = crowd.sheets(effort, numbers, nation.panel.version)
    yield Row("a score sheet, 8 clients", rates, "{:.0f} /s", "≥ 0.18", rates.ours / rates.bare)
    seconds = Pair(bare.seconds, ours.seconds)
    yield Row("start to first answer", seconds, "{:.2f} s", "≤ 0.9 s")
    for kind, aim in (("rss", "≤ 90 MiB"), ("pss", "")):
        memory = Pair(bare.memory(kind), ours.memory(kind))
        yield Row(f"memory of a worker ({kind.upper()})", memory, "{:.0f} MiB", aim)


def _crowd(nation: Nation, bare: Server, ours: Server) -> Crowd:
    return Crowd(
        [Client(bare.port, f"account={number}") for number in nation.officers.values()],
        [sign_in(ours.port, name, PASSWORD) for name in nation.officers],
        nation.version,
    )


def _queues(nation: Nation, crowd: Crowd, effort: Effort) -> Iterator[Row]:
    """Measure the queue at every size, while the desk itself stays as long as it is."""
    crowd.page("/queue", effort)  # both programs are warm from here on
    firsts: list[Pair] = []
    for size in effort.sizes:
        nation.grow(size)
        first, last = _both_ends(nation, crowd, effort)
        firsts.append(first.figures)
        yield from (first, last)
    small, large = firsts[0], firsts[-1]
    times = Pair(large.bare / small.bare, large.ours / small.ours)
    yield Row("its first page, the last size against the first", times, "{:.2f}", "≤ 1.15")


def _lists(nation: Nation, crowd: Crowd, effort: Effort) -> Iterator[Row]:
    """Measure what else the commune looks over, while all others have their people too."""
    people = f"{nation.copies:_} people, {nation.waiting:_} of them here".replace("_", "\u00a0")
    for name, path in (("people", "/people"), ("units with their members", "/units")):
        yield _page(f"list of {name}: {people}", crowd.page(path, effort), aim="")


def _both_ends(nation: Nation, crowd: Crowd, effort: Effort) -> tuple[Row, Row]:
    """Measure the first and the last page of the queue."""
    place = f"{nation.copies:_} dossiers, {nation.waiting:_} wait here".replace("_", "\u00a0")
    return (
        _page(f"queue page of 25: {place}", crowd.page("/queue", effort)),
        _page("the same, last page", crowd.page(nation.last_page(), effort)),
    )


def _page(work: str, times: Pair, aim: str = "≥ 0.12") -> Row:
    return Row(work, times, "{:.2f} ms", aim, times.bare / times.ours)


def _conflicts(crowd: Crowd, times: int) -> Iterator[Row]:
    """Tell how many won a dossier on average, and the time to an answer."""
    bare, ours = crowd.conflict(crowd.bare, times), crowd.conflict(crowd.ours, times)
    work = f"eight people decide the same dossier, {times} times: so many win"
    yield Row(work, Pair(bare.winners, ours.winners), "{:.2f}", "1")
    answers = Pair(bare.milliseconds, ours.milliseconds)
    yield Row("the same, time to an answer", answers, "{:.0f} ms", "≤ 25 ms")


def keep(table: str) -> None:
    """Put the table where README.md keeps it."""
    text = README.read_text()
    README.write_text(MEASURED.sub(lambda _found: table, text))
