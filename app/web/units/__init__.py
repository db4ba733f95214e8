"""Units: the tree, a unit with its posts, founding, and inviting people to posts."""

from app.web.units import posts
from app.web.units.routes import blueprint

__all__ = ["blueprint", "posts"]
