"""The tables: migrations make what the models say, and the database guards what must not change."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.extensions import db


def test_migrations_make_what_the_models_say(app):  # noqa: ARG001
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_every_table_of_a_district_names_it():
    shared = {"accounts", "events", "units"}
    within = {
        *("dossiers", "people", "meetings", "training_classes", "group_acts", "memberships"),
        *("standings", "unit_changes", "dues_payments", "dues_exemptions", "dues_remittances"),
        "imports",
    }
    named = {name for name, table in db.metadata.tables.items() if "district_id" in table.columns}
    assert named == shared | within
