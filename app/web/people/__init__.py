"""People: who is in the units I look over, their member books, and what they lost."""

from app.web.people import editing, losses
from app.web.people.routes import blueprint

__all__ = ["blueprint", "editing", "losses"]
