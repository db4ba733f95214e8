"""Rounds of the contest pass to the unit that others merged into, and places stay whose they were

Revision ID: 0012
Revises: 0011

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Who endorsed is the grass-roots union of the dossier: no unit merged with one before this.
PLACES = """
UPDATE contest_entries SET endorsing_unit_id = dossiers.commune_id FROM dossiers
WHERE dossiers.id = contest_entries.dossier_id AND contest_entries.endorsed_at IS NOT NULL
"""


def upgrade():
    op.add_column("contest_rounds", sa.Column("begun_by_id", sa.Integer(), nullable=True))
    op.add_column(
        "contest_rounds", sa.Column("begun_as", sa.String(), server_default="", nullable=False)
    )
    op.alter_column("contest_rounds", "begun_as", server_default=None)
    op.create_foreign_key(
        op.f("fk_contest_rounds_begun_by_id"),
        "contest_rounds",
        "units",
        ["begun_by_id"],
        ["id"],
    )
    op.create_index(
        "uq_contest_rounds_begun",
        "contest_rounds",
        ["season_id", "code", sa.text("coalesce(begun_by_id, unit_id)")],
        unique=True,
    )
    op.drop_constraint("uq_contest_rounds_season_id_code_unit_id", "contest_rounds")
    op.add_column("contest_entries", sa.Column("endorsing_unit_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_contest_entries_endorsing_unit_id"),
        "contest_entries",
        "units",
        ["endorsing_unit_id"],
        ["id"],
    )
    op.execute(PLACES)


def downgrade():
    op.drop_constraint("fk_contest_entries_endorsing_unit_id", "contest_entries")
    op.drop_column("contest_entries", "endorsing_unit_id")
    op.create_unique_constraint(
        "uq_contest_rounds_season_id_code_unit_id",
        "contest_rounds",
        ["season_id", "code", "unit_id"],
    )
    op.drop_index("uq_contest_rounds_begun", "contest_rounds")
    op.drop_constraint("fk_contest_rounds_begun_by_id", "contest_rounds")
    op.drop_column("contest_rounds", "begun_as")
    op.drop_column("contest_rounds", "begun_by_id")
