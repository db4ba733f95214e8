"""When the chair let a score sheet in, also after its round had closed

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-25 03:05:00.000000

"""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "contest_sheets", sa.Column("let_in_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade():
    op.drop_column("contest_sheets", "let_in_at")
