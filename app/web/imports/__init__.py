"""Importing lists of members: sending a file, looking at its rows, taking them."""

from app.web.imports import answers
from app.web.imports.routes import blueprint

__all__ = ["answers", "blueprint"]
