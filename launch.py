"""`make run`: one machine, one command. Keys, PostgreSQL, tables, demo district, two workers.

With arguments it runs that command in the same surroundings: `launch.py flask audit verify`.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

import embedded
from config import PRODUCTION, ConfigError, Settings

ROOT = Path(__file__).resolve().parent
HOST = "127.0.0.1"
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10
# In bytes: left alone, glibc keeps the 19 MiB of a check of a password in each worker for good.
KEPT_BY_MALLOC = str(128 * 1024)
PLAIN_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another one
ACCOUNTS = {
    "huyen": "Bí thư Huyện đoàn",
    "huyen.canbo": "Cán bộ Huyện đoàn",
    "xa.tanquoi": "Bí thư Đoàn xã Tân Quới",
    "xa.tanquoi.pho": "Phó Bí thư Đoàn xã Tân Quới",
    "ap.tanquoi.1": "Bí thư chi đoàn",
    "giamkhao1": "Giám khảo",
}


def main(arguments: Sequence[str]) -> int:
    for ending in ENDINGS:
        if ending != signal.SIGHUP or signal.getsignal(ending) != signal.SIG_IGN:  # nohup
            signal.signal(ending, stop)
    try:
        with ExitStack() as stack:
            try:
                return run(stack, arguments)
            finally:
                deafen()
    except ConfigError as error:
        print(error, file=sys.stderr)
        return 2


def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    deafen()
    raise SystemExit(0)


def deafen() -> None:
    """A second Ctrl-C must not leave PostgreSQL behind."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)


@contextmanager
def undisturbed() -> Iterator[None]:
    """What starts a process is not cut short between its start and the note to end it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def run(stack: ExitStack, arguments: Sequence[str]) -> int:
    if arguments:
        surroundings(stack)
        return start(stack, *arguments).wait()
    port = free_port()
    prepare(stack, surroundings(stack))
    return serve(stack, port)


def free_port() -> int:
    wanted = os.environ.get("PORT") or "8000"
    if not wanted.isdecimal() or not 0 < int(wanted) < 2**16:
        raise ConfigError(f"PORT: must be a whole number from 1 to 65535; it is {wanted!r}")
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(wanted)))
        except OSError as error:
            raise ConfigError(f"PORT: {wanted} cannot be used: {error.strerror}") from None
    return int(wanted)


def surroundings(stack: ExitStack) -> Settings:
    """The environment, filled up with what this machine makes itself, is checked."""
    os.environ.setdefault("APP_ENV", "development")
    os.environ.setdefault("FLASK_APP", "wsgi")
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", KEPT_BY_MALLOC)
    for name, value in embedded.keys().items():
        os.environ.setdefault(name, value)
    if not os.environ.get("DATABASE_URL"):
        with undisturbed():
            os.environ["DATABASE_URL"] = stack.enter_context(embedded.database("hoso"))
    return Settings.from_env()


def start(stack: ExitStack, *command: str) -> subprocess.Popen[bytes]:
    with undisturbed():
        child = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            preexec_fn=listen,  # noqa: PLW1509 -- there are no threads here
        )
        stack.callback(end, child)
    return child


def listen() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)


def end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    with suppress(subprocess.TimeoutExpired):
        child.wait(PATIENCE)
        return
    child.kill()
    child.wait()


def finish(stack: ExitStack, *command: str) -> None:
    if code := start(stack, *command).wait():
        raise SystemExit(code)


def prepare(stack: ExitStack, settings: Settings) -> None:
    finish(stack, "flask", "db", "upgrade")
    if settings.app_env != PRODUCTION and not any_units(settings):
        os.environ["DEMO_PASSWORD"] = chosen_password(settings)
        finish(stack, "flask", "demo")


def any_units(settings: Settings) -> bool:
    with psycopg.connect(settings.database_url.replace("+psycopg", "", 1)) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM units)").fetchone()
    return bool(row and row[0])


def chosen_password(settings: Settings) -> str:
    """The password of the demo accounts is kept, so that later starts print the right one."""
    if settings.demo_password:
        (embedded.VAR / "demo_password").unlink(missing_ok=True)
    return embedded.kept("demo_password", lambda: settings.demo_password or made_up_password())


def made_up_password() -> str:
    groups = ("".join(secrets.choice(PLAIN_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def serve(stack: ExitStack, port: int) -> int:
    address = f"{HOST}:{port}"
    options = ("--workers", "2", "--bind", address, "--timeout", "60", "--graceful-timeout", "5")
    server = start(stack, "gunicorn", *options, "--preload", "--no-control-socket", "wsgi:app")
    while server.poll() is None and not answers(port):
        time.sleep(0.05)
    if server.poll() is None:
        announce(f"http://{address}")
    return server.wait()


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex((HOST, port)) == 0


def announce(url: str) -> None:
    print(f"\nHồ sơ Đoàn: {url}   (Ctrl-C: dừng)", flush=True)
    password = embedded.VAR / "demo_password"
    if password.exists():
        lines = [f"  {name:<16}{post}" for name, post in ACCOUNTS.items()]
        print("\n".join(lines), f"  mật khẩu:       {password.read_text()}", sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
