"""The pages of contest entries: opening, sections, steps, and who competes in each round."""

from app.web.entry.opening import opening
from app.web.entry.page import context
from app.web.entry.routes import blueprint
from app.web.entry.sections import SECTIONS
from app.web.entry.steps import step_form

__all__ = ["SECTIONS", "blueprint", "context", "opening", "step_form"]
