"""Results of a contest: the ranking with its reasons, publishing, what everybody may see."""

from app.web.results import publishing, seen
from app.web.results.ranking import blueprint

__all__ = ["blueprint", "publishing", "seen"]
