"""The tables: migrations make what the models say, and the database guards what must not change."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.extensions import db


def test_migrations_make_what_the_models_say(app):  # noqa: ARG001
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def of_a_district(table):
    """Whether a table names its district, or each of its rows belongs to one that does."""
    owners = {key.column.table for key in table.foreign_keys if not key.parent.nullable}
    return "district_id" in table.columns or any(
        of_a_district(owner) for owner in owners if owner is not table
    )


def test_every_table_of_a_district_names_it_or_hangs_on_one_that_does():
    elsewhere = {name for name, table in db.metadata.tables.items() if not of_a_district(table)}
    assert elsewhere == {"seals"}
