"""A quiz attempt has events of its own

Revision ID: 0007
Revises: 0006

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "quiz_attempts", sa.Column("version", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "quiz_attempts", sa.Column("chain_head", sa.String(), nullable=False, server_default="")
    )
    op.alter_column("quiz_attempts", "version", server_default=None)
    op.alter_column("quiz_attempts", "chain_head", server_default=None)


def downgrade():
    op.drop_column("quiz_attempts", "chain_head")
    op.drop_column("quiz_attempts", "version")
