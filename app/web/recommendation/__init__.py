"""Exemplary members: who is chosen, their roadmap, and the pages of each recommendation."""

from app.web.recommendation.page import context, note
from app.web.recommendation.parts import PARTS
from app.web.recommendation.routes import blueprint, opening
from app.web.recommendation.steps import step_form

__all__ = ["PARTS", "blueprint", "context", "note", "opening", "step_form"]
