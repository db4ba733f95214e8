"""A nation of districts: one dossier goes the way of the use cases, a million are its copies."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from flask import Flask
from flask_migrate import upgrade

from app.cli import register as register_commands
from app.extensions import db
from app.models import Admission, Event
from app.vietnamese import search_key, sort_key
from benchmarks.contest import CONTESTANTS, COPIED, SHEETS, Panel
from tests.factories import AccountFactory, AppointmentFactory
from tests.journeys import Journey
from tests.world import World, build_world
from workflows.levels import Post

FIRST = 1_000_000  # the copies are numbered from here on
OFFICERS = 8
COMMUNES, BRANCHES = 12, 8  # of a district, of a commune
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Thị", "Văn", "Ngọc", "Hữu", "Thanh", "Kim", "Quốc", "Gia", "Minh", "Thúy")
GIVEN = ("An", "Bình", "Châu", "Dung", "Đào", "Giang", "Hạnh", "Khôi", "Linh", "Nga")

PLACES = """
    CREATE TABLE places AS
    SELECT row_number() OVER () - 1 AS number,
        id AS branch, parent_id AS commune, district_id AS district
    FROM units WHERE level = 'branch' AND district_id <> %s
"""
PATHS = """
    UPDATE units child SET path = parent.path || child.id || '.',
        district_id = CASE child.level WHEN 'district' THEN child.id ELSE parent.district_id END
    FROM units parent WHERE parent.id = child.parent_id AND child.path = ''
"""
# One dossier in 25 waits at its commune, the others are closed.
SPREAD = """
    generate_series(%(low)s::int, %(high)s::int) AS n
    JOIN places ON places.number = n %% (SELECT count(*) FROM places)
    JOIN names ON names.number = n %% (SELECT count(*) FROM names),
    LATERAL (SELECT CASE WHEN n %% 25 = 0 THEN commune END AS desk) AS lies
"""
ON_ONE_DESK = """
    generate_series(%(low)s::int, %(high)s::int) AS n
    JOIN names ON names.number = n %% (SELECT count(*) FROM names),
    (SELECT %(branch)s::int AS branch, %(commune)s::int AS commune, %(commune)s::int AS desk,
        %(district)s::int AS district) AS lies
"""
NUMBER = f"{FIRST} + n"
COPIES = {
    "people": {
        "id": NUMBER,
        "district_id": "district",
        "unit_id": "branch",
        "status": "CASE WHEN desk IS NULL THEN 'member' ELSE t.status END",
        **{column: f"names.{column}" for column in ("name", "name_key", "sort_key")},
    },
    "dossiers": {
        "id": NUMBER,
        "ref": "'KN-2025-' || lpad(n::text, 7, '0')",
        "district_id": "district",
        "commune_id": "commune",
        "branch_id": "branch",
        "desk_unit_id": "desk",
        "state": "CASE WHEN desk IS NULL THEN 'admitted' ELSE t.state END",
        "due_on": "CASE WHEN desk IS NOT NULL THEN t.due_on END",
        "entered_desk_at": "t.entered_desk_at - n * interval '1 second'",
        "person_id": NUMBER,
        "person_name": "names.name",
        "name_key": "names.name_key",
    },
    "meeting_votes": {"id": NUMBER, "dossier_id": NUMBER},
    "admissions": {"dossier_id": NUMBER, "vote_id": NUMBER},
    "events": {
        "id": NUMBER,
        "subject_id": NUMBER,
        "district_id": "district",
        "request_key": "NULL",
    },
}


@dataclass(frozen=True, slots=True)
class First:
    """A row that the use cases made, to be copied."""

    table: str
    number: int | None
    key: str = "id"


class Nation:
    """The database of the measures: a district made by the use cases, then copies around it.

    ``version`` is the one that every dossier stands at, ``officers`` are the accounts, by name,
    that may decide at the desk whose length the measures control.
    """

    def __init__(self, app: Flask, connection: psycopg.Connection[Any], districts: int) -> None:
        self.connection, self.copies, self.waiting = connection, 0, 0
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        register_commands(app)
        with app.app_context():
            upgrade(str(Path(app.root_path).parent / "migrations"))
            world = build_world()
            self._read_first(world)
            self.officers = _officers(world)
            self.panel = Panel(world)
            units = {name: unit.id for name, unit in world.units.items()}
            db.session.remove()
            db.engine.dispose()
        connection.execute("SET session_replication_role = replica")  # copies need no checking
        self._copy_units(units, districts)
        self._write_names()

    def _read_first(self, world: World) -> None:
        dossier = Journey(world).to("commune_review").dossier
        admission = db.session.get_one(Admission, dossier.id)
        newest = db.session.query(Event).filter_by(hash=dossier.chain_head).one()
        self.version = dossier.version
        self.firsts = (
            First("people", dossier.person_id),
            First("dossiers", dossier.id),
            First("meeting_votes", admission.vote_id),
            First("admissions", dossier.id, key="dossier_id"),
            First("events", newest.id),
        )
        self.desk = {
            "branch": dossier.branch_id,
            "commune": dossier.commune_id,
            "district": dossier.district_id,
        }

    def _copy_units(self, units: dict[str, int], districts: int) -> None:
        levels = (
            ("huyen", "province", districts),
            ("xa_a", "district", COMMUNES),
            ("ap_a1", "commune", BRANCHES),
        )
        changed = {
            "id": "nextval('units_id_seq')",
            "parent_id": "parent.id",
            "path": "''",
            "name": "t.name || ' ' || n",
        }
        for name, above, times in levels:
            new = f"units parent, generate_series(1, {times}) AS n"
            chosen = (
                f"parent.level = '{above}' AND parent.district_id IS DISTINCT FROM %(district)s"
            )
            row = First("units", units[name])
            self._copy(row, f"{new} WHERE {chosen}", changed, **self.desk)
            self.connection.execute(PATHS)
        self.connection.execute(PLACES, (units["huyen"],))

    def _write_names(self) -> None:
        names = [f"{a} {b} {c}" for a in FAMILY for b in MIDDLE for c in GIVEN]
        self.connection.execute(
            "CREATE TABLE names (number int, name text, name_key text, sort_key text)"
        )
        with self.connection.cursor().copy("COPY names FROM STDIN") as copy:
            for number, name in enumerate(names):
                copy.write_row((number, name, search_key(name), sort_key(name)))

    def grow(self, to: int) -> None:
        """Spread closed and waiting dossiers over the nation until there are so many in all."""
        self._add(SPREAD, to - self.copies)

    def fill_desk(self, number: int) -> range:
        """Lay so many dossiers more on the measured desk and return their numbers."""
        before, self.waiting = self.copies, self.waiting + number
        self._add(ON_ONE_DESK, number)
        return range(before + 1, self.copies + 1)

    def lay_sheets(self, number: int) -> range:
        """Give the officers so many empty score sheets, in turn, and return their numbers."""
        span = {"high": number, "judges": list(self.officers.values())}
        self._copy(First("contestants", self.panel.contestant), COPIED, CONTESTANTS, **span)
        self._copy(First("contest_sheets", self.panel.sheet), COPIED, SHEETS, **span)
        self.connection.execute("VACUUM ANALYZE contest_sheets, contestants")
        return range(1, number + 1)

    def last_page(self) -> str:
        """Return the address of the last full page of the measured desk."""
        lines = "SELECT entered_desk_at, id FROM dossiers WHERE desk_unit_id = %s"
        newest = f"{lines} ORDER BY entered_desk_at DESC, id DESC OFFSET 25 LIMIT 1"
        found = self.connection.execute(newest, (self.desk["commune"],)).fetchone()
        moment, number = found or (None, None)
        return f"/queue?{urlencode({'after': f'{moment}~{number}'})}"

    def _add(self, source: str, number: int) -> None:
        low, self.copies = self.copies + 1, self.copies + number
        span = {"low": low, "high": self.copies}
        for row in self.firsts:
            self._copy(row, source, COPIES[row.table], **span, **self.desk)
        self.connection.execute("VACUUM ANALYZE")
        self.connection.execute("CHECKPOINT")

    def _copy(self, row: First, source: str, changed: dict[str, str], **values: object) -> None:
        """Copy a row once for each row of the source, with some columns as expressions of it."""
        table = db.metadata.tables[row.table]
        names = [each.name for each in table.columns if not each.computed]
        taken = ", ".join(changed.get(name, f"t.{name}") for name in names)
        first = f"(SELECT * FROM {table} WHERE {row.key} = {row.number}) AS t"
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {taken} FROM {first}, {source}",
            values,
        )


def _officers(world: World) -> dict[str, int]:
    """Make up the number of those who may decide at the commune to eight."""
    names = ["xa_a", "xa_a.pho", "xa_a.canbo"]
    for number in range(len(names), OFFICERS):
        name = f"xa_a.canbo{number}"
        world.accounts[name] = AccountFactory(username=name)
        unit = world.units["xa_a"]
        AppointmentFactory(account=world.accounts[name], unit=unit, post=Post.OFFICER)
        names.append(name)
    db.session.commit()
    return {name: world.accounts[name].id for name in names}


def reference(number: int) -> str:
    """Return the reference of a copy."""
    return f"KN-2025-{number:07d}"
