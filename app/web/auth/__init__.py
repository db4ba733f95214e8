"""Signing in and out, invitations, and passwords."""

from app.web.auth.routes import blueprint

__all__ = ["blueprint"]
