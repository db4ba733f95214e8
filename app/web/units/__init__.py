"""Units: the tree, a unit with its posts and figures, founding, and inviting people to posts."""

from app.web.units import changes, figures, files, holdings, offices, posts
from app.web.units.routes import blueprint

__all__ = ["blueprint", "changes", "figures", "files", "holdings", "offices", "posts"]
