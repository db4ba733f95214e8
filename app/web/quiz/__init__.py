"""The online quiz: the contestant's attempt, and the organiser's bank of questions."""

from app.web.quiz import bank, taking
from app.web.quiz.taking import blueprint

__all__ = ["bank", "blueprint", "taking"]
