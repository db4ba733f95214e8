"""How members stand: the changes on one person, the register of a unit, the yearly list."""

from app.web.standings import files, lists
from app.web.standings.routes import blueprint

__all__ = ["blueprint", "files", "lists"]
