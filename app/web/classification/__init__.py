"""The yearly classification: the sheet of a branch, its meeting, the commune's word, branches."""

from app.web.classification import deciding, figures, meeting, rating
from app.web.classification.routes import blueprint

__all__ = ["blueprint", "deciding", "figures", "meeting", "rating"]
