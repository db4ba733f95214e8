"""The contest: its seasons, from the call to the commendation on 26 March."""

from app.web.contest import days, rehearsal
from app.web.contest.seasons import blueprint

__all__ = ["blueprint", "days", "rehearsal"]
