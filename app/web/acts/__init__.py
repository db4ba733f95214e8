"""Group acts: a sitting, a ceremony or a card list for many dossiers at once."""

from app.web.acts.routes import blueprint

__all__ = ["blueprint"]
