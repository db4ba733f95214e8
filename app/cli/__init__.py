"""Commands for whoever runs the program, a file a subject."""

from flask import Flask
from flask_migrate import Migrate

from app.cli.audit import audit
from app.cli.demo import demo
from app.cli.people import found_unit, invite
from app.cli.workflow import workflow
from app.extensions import db


def register(app: Flask) -> None:
    """Add the commands to ``flask``: a server needs none of them, nor what they load."""
    Migrate(app, db)
    for command in (audit, demo, workflow, found_unit, invite):
        app.cli.add_command(command)
