"""The ground of the tests: a PostgreSQL of our own, the application on it, a small district."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import HealthCheck, settings
from psycopg import sql

import embedded
from app import create_app
from app.cli import register as register_commands
from app.extensions import db
from config import Settings
from tests.browser import Browser
from tests.journeys import Journey
from tests.world import World, build_world

FIELD_KEY = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlICE="

settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("suite")


def _administrator(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)


def _command(connection: psycopg.Connection, command: str, name: str) -> None:
    connection.execute(sql.SQL(command).format(sql.Identifier(name)))


def _tidy(connection: psycopg.Connection) -> None:
    """Drop what test runs left behind that were killed; a database bears its process's number."""
    names = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]+$'")
    for (name,) in names.fetchall():
        if not psutil.pid_exists(int(name.removeprefix("test_"))):
            _command(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """An empty database for this process; two test runs at once never meet."""
    name = f"test_{os.getpid()}"
    with embedded.database("postgres") as server, _administrator(server) as connection:
        _tidy(connection)
        _command(connection, "CREATE DATABASE {}", name)
        _command(connection, "ALTER DATABASE {} SET synchronous_commit = off", name)
        yield server.replace("/postgres?", f"/{name}?")
        _command(connection, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def app_settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a test installation; `dataclasses.replace` makes another one."""
    return Settings.from_env(
        {
            "APP_ENV": "test",
            "SECRET_KEY": "only-for-tests-and-long-enough-to-pass",
            "FIELD_KEY": FIELD_KEY,
            "DATABASE_URL": database_url,
            "PAPERS_DIR": str(tmp_path_factory.mktemp("papers")),
            "LOGIN_LIMIT": "1000 per minute",
        }
    )


@pytest.fixture(scope="session")
def migrated_app(app_settings: Settings) -> Iterator[Flask]:
    """The application on a database with all tables."""
    app = create_app(app_settings)
    register_commands(app)
    with app.app_context():
        upgrade(str(Path(app.root_path).parent / "migrations"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application on empty tables, within its context."""
    with migrated_app.app_context():
        empty_tables()
        yield migrated_app
        db.session.remove()


def empty_tables() -> None:
    """Empty every table; the append-only ones let only a replica's session do so."""
    tables = "; ".join(str(table.delete()) for table in db.metadata.tables.values())
    with db.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(tables)


@pytest.fixture
def world(app: Flask) -> World:  # noqa: ARG001 -- the tables must be empty
    """A district with two communes, their branches, and everyone who works there."""
    return build_world()


@pytest.fixture
def journey(world: World) -> Callable[..., Journey]:
    """Start an admission: ``journey().to("commune_review")``."""

    def start(branch: str = "ap_a1", name: str = "Lê Thị Mới") -> Journey:
        return Journey(world, branch, name)

    return start


@pytest.fixture
def sign_in(app: Flask, world: World) -> Callable[[str], Browser]:
    """Open a browser in which an account of the world is signed in."""

    def opened(name: str) -> Browser:
        account = world.accounts[name]
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"{account.id}.{account.session_epoch}"
            session["_fresh"] = True
        return Browser(client)

    return opened


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Open a browser in which nobody is signed in."""
    return Browser(app.test_client())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run keep pictures of what people see, for the README."""
    parser.addoption("--pictures", default=None, help="folder for pictures of the pages")
