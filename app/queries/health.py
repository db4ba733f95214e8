"""Whether the database answers."""

from sqlalchemy import text

from app.extensions import db


def database_answers() -> None:
    """Ask the database for nothing; a driver's error tells that it is away."""
    db.session.execute(text("SELECT 1"))
