"""The district's decision on the awards of a contest

Revision ID: 0009
Revises: 0008

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "contest_publications",
        sa.Column("decision_ref", sa.String(), nullable=False, server_default=""),
    )
    op.alter_column("contest_publications", "decision_ref", server_default=None)
    op.add_column("contest_publications", sa.Column("decided_on", sa.Date(), nullable=True))


def downgrade():
    op.drop_column("contest_publications", "decided_on")
    op.drop_column("contest_publications", "decision_ref")
