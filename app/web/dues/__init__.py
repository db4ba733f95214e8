"""Dues: the sheet of a branch, what goes up, what a commune confirms, exemptions."""

from app.web.dues import exempting, files, passing
from app.web.dues.routes import blueprint

__all__ = ["blueprint", "exempting", "files", "passing"]
