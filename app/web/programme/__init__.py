"""The training programme: what is asked, who registered, how each member did."""

from app.web.programme import contents, members, mine, sheets
from app.web.programme.routes import blueprint

__all__ = ["blueprint", "contents", "members", "mine", "sheets"]
