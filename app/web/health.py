"""Whether the program runs, and whether it can work."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError

from app.queries.health import database_answers
from app.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Answer as long as the process runs."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Answer 503 while the database does not."""
    try:
        database_answers()
    except OperationalError:
        return {"status": "database"}, 503
    return {"status": "ok"}
