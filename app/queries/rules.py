"""The rules that this installation works under."""

from flask import current_app

from workflows.rules import Rulebook


def rulebook() -> Rulebook:
    """Return all rule sets with the local settings applied."""
    book: Rulebook = current_app.config["RULEBOOK"]
    return book
