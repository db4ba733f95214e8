"""What Alembic needs to know: the database of the application, and its tables."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db


def render_item(kind, item, _autogen_context):
    """An encrypted column is text to the database; migrations do not depend on our types."""
    if kind == "type" and type(item).__module__.startswith("app."):
        return "sa.Text()"
    return False


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
