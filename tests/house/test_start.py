"""The start of a server: it loads what every answer needs, and hands clean hands to its workers."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import FIELD_KEY

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "APP_ENV": "test",
    "SECRET_KEY": "only-for-tests-and-long-enough-to-pass",
    "FIELD_KEY": FIELD_KEY,
    "DATABASE_URL": "postgresql+psycopg://nobody@localhost/nothing",
}
# They read files, write spreadsheets, change tables: now and then, and never for most workers.
HEAVY = {"PIL", "pillow_heif", "pypdf", "openpyxl", "alembic", "app.demo"}


def started(said: str) -> str:
    """Return what a program says that has loaded what gunicorn loads."""
    program = f"import sys, threading; from wsgi import app, db; print({said})"
    kept = {name: value for name, value in os.environ.items() if name != "FLASK_RUN_FROM_CLI"}
    command = [sys.executable, "-c", program]
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=kept | SETTINGS, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_server_does_not_load_what_few_answers_need():
    assert started(f"{HEAVY} & set(sys.modules)") == "set()"


def test_nothing_runs_and_nothing_is_connected_before_the_workers_fork():
    inside = "app.app_context().__enter__(), threading.active_count(), db.engine.pool.checkedin()"
    assert started(f"({inside})[1:]") == "(1, 0)"
