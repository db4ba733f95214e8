"""When a grass-roots union endorsed an entry: its place stays taken while it is mended

Revision ID: 0010
Revises: 0009

"""

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("contest_entries", sa.Column("endorsed_at", sa.DateTime(timezone=True)))


def downgrade():
    op.drop_column("contest_entries", "endorsed_at")
