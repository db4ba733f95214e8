"""What gunicorn and the `flask` command load: the application with the settings of this machine."""

import gc
import os

gc.disable()  # what is loaded now stays: to look for what could be thrown away takes its time

from app import create_app  # noqa: E402  (below what must come first)
from app.extensions import db  # noqa: E402
from config import Settings  # noqa: E402

app = create_app(Settings.from_env())
if os.environ.get("FLASK_RUN_FROM_CLI") == "true":
    from app.cli import register

    register(app)


def _take_no_connection_along() -> None:
    """Two processes that write on one connection to the database mix up their sentences."""
    with app.app_context():
        db.engine.dispose(close=False)


os.register_at_fork(after_in_child=_take_no_connection_along)
gc.freeze()  # the workers of `gunicorn --preload` share it
gc.enable()
