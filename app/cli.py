"""Commands for whoever runs the program."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the commands to ``flask``."""
