"""The days planned for each round of a season, and more time to enter

Revision ID: 0006
Revises: 0005

"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "contest_seasons",
        sa.Column(
            "planned", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"
        ),
    )
    op.alter_column("contest_seasons", "planned", server_default=None)
    op.create_table(
        "contest_extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_contest_extensions_{column}")
            )
            for column, target in (
                ("district_id", "units.id"),
                ("season_id", "contest_seasons.id"),
                ("unit_id", "units.id"),
                ("granted_by_id", "accounts.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_extensions")),
    )
    op.create_index(
        op.f("ix_contest_extensions_season_id"), "contest_extensions", ["season_id"], unique=False
    )


def downgrade():
    op.drop_table("contest_extensions")
    op.drop_column("contest_seasons", "planned")
