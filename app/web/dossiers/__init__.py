"""Dossiers of every workflow: opening, the page, sections, steps and papers."""

from app.web.dossiers.routes import blueprint

__all__ = ["blueprint"]
