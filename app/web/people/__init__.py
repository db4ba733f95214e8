"""People: who is in the units I look over, and what the member book says of them."""

from app.web.people.routes import blueprint

__all__ = ["blueprint"]
