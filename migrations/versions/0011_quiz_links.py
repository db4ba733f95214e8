"""Personal links to the quiz of a contest: a contestant without an account takes it too

Revision ID: 0011
Revises: 0010

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "quiz_links",
        sa.Column("contestant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contestant_id"], ["contestants.id"], name=op.f("fk_quiz_links_contestant_id")
        ),
        sa.ForeignKeyConstraint(
            ["district_id"], ["units.id"], name=op.f("fk_quiz_links_district_id")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_quiz_links_made_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_quiz_links_token_hash")),
    )
    op.create_index("ix_quiz_links_contestant", "quiz_links", ["contestant_id"], unique=False)


def downgrade():
    op.drop_index("ix_quiz_links_contestant", table_name="quiz_links")
    op.drop_table("quiz_links")
