"""The pages of transfers: opening, parts, step forms, and what the page shows."""

from app.web.transfer.opening import opening
from app.web.transfer.page import context
from app.web.transfer.parts import PARTS
from app.web.transfer.steps import step_form

__all__ = ["PARTS", "context", "opening", "step_form"]
