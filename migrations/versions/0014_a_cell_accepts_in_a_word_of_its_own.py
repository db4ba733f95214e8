"""A file that the Party cell accepted stands in a state of its own name, not a contest entry's

Revision ID: 0014
Revises: 0013

"""

from alembic import op

# revision identifiers, used by Alembic.
revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

RENAME = "UPDATE dossiers SET state = '{}' WHERE workflow = 'recommendation' AND state = '{}'"


def upgrade():
    op.execute(RENAME.format("cell_accepted", "accepted"))


def downgrade():
    op.execute(RENAME.format("accepted", "cell_accepted"))
