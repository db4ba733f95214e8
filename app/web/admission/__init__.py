"""The pages of admission dossiers: opening, sections, step forms, and what the page shows."""

from app.web.admission.opening import opening
from app.web.admission.page import context
from app.web.admission.sections import SECTIONS
from app.web.admission.steps import step_form

__all__ = ["SECTIONS", "context", "opening", "step_form"]
