"""The online quiz: the contestant's attempt, and the organisers' bank of questions and links."""

from app.web.quiz import bank, links, taking
from app.web.quiz.taking import blueprint

__all__ = ["bank", "blueprint", "links", "taking"]
