"""Debates in pairs

Revision ID: 0013
Revises: 0012

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "contest_debates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("motion", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_contest_debates_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["contest_rounds.id"], name=op.f("fk_contest_debates_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_debates")),
        sa.UniqueConstraint(
            "round_id", "part", "number", name=op.f("uq_contest_debates_round_id_part_number")
        ),
    )
    op.create_table(
        "contest_speakers",
        sa.Column("debate_id", sa.Integer(), nullable=False),
        sa.Column("is_against", sa.Boolean(), nullable=False),
        sa.Column("contestant_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("is_scored", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contestant_id"], ["contestants.id"], name=op.f("fk_contest_speakers_contestant_id")
        ),
        sa.ForeignKeyConstraint(
            ["debate_id"], ["contest_debates.id"], name=op.f("fk_contest_speakers_debate_id")
        ),
        sa.PrimaryKeyConstraint("debate_id", "is_against", name=op.f("pk_contest_speakers")),
    )
    op.create_index(
        "uq_contest_speakers_scored",
        "contest_speakers",
        ["contestant_id", "part"],
        unique=True,
        postgresql_where=sa.text("is_scored"),
    )


def downgrade():
    op.drop_table("contest_speakers")
    op.drop_table("contest_debates")
