"""Classes: opening one, listing candidates, attendance and results."""

from app.web.classes.routes import blueprint

__all__ = ["blueprint"]
