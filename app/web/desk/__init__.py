"""The first page and the queues."""

from app.web.desk.routes import blueprint

__all__ = ["blueprint"]
