"""Branch meetings: recording one with its votes, reading it, correcting a vote."""

from app.web.meetings.routes import blueprint

__all__ = ["blueprint"]
