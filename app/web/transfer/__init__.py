"""The pages of transfers: opening, parts, step forms, and what the page shows."""

from app.web.transfer.opening import opening
from app.web.transfer.page import context
from app.web.transfer.parts import section
from app.web.transfer.steps import step_form

__all__ = ["context", "opening", "section", "step_form"]
