"""Programs on gunicorn: how soon they answer, and how much memory they take."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.load import HOST, Client
from launch import KEPT_BY_MALLOC

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
PATIENCE = 30
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A program that answers on a port, and the seconds from its start to its first answer."""

    port: int
    seconds: float
    process: subprocess.Popen[bytes]

    def memory(self, kind: str) -> float:
        """Return the MiB of the largest worker: ``rss``, or ``pss``, with a share of the shared."""
        workers = psutil.Process(self.process.pid).children()
        largest: int = max(getattr(worker.memory_full_info(), kind) for worker in workers)
        return largest / MEBIBYTE


@contextmanager
def serving(program: str, first: str, *more: str) -> Iterator[Server]:
    """Run a program until the block ends; ``first`` is the page whose answer is waited for.

    It has been loaded before, so that Python finds it compiled, as on a machine where it runs.
    """
    port = _free_port()
    options = ("--workers", str(WORKERS), "--bind", f"{HOST}:{port}", "--no-control-socket", *more)
    command = [sys.executable, "-m", "gunicorn", "--log-level", "warning", *options, program]
    surroundings = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "",
        "MALLOC_TRIM_THRESHOLD_": KEPT_BY_MALLOC,
    }
    subprocess.run([*command, "--check-config"], cwd=ROOT, env=surroundings, check=True)
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    try:
        _wait_for(Client(port, ""), first, process)
        yield Server(port, time.perf_counter() - began, process)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(client: Client, path: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            client.ask(client.get(path))
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise SystemExit("the program did not start")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
