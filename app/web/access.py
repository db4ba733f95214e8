"""Who asks: the signed-in person with the posts of today, and which right opens a route."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, g, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import UserMixin, current_user, login_required

from app import policies
from app.actors import Actor
from app.extensions import db, login_manager
from app.policies import Right
from app.queries.accounts import actor_for
from app.queries.queues import Count, waiting_counts
from app.services.events import By
from workflows.calendar import local_day

View = TypeVar("View", bound=Callable[..., Any])
READING = {"GET", "HEAD"}


class SignedIn(UserMixin):
    """What Flask-Login keeps of a person: account, and the epoch that a password change ends."""

    def __init__(self, actor: Actor, epoch: int) -> None:
        self.actor, self.epoch = actor, epoch

    def get_id(self) -> str:
        """Return what the session remembers."""
        return f"{self.actor.account_id}.{self.epoch}"


def load_user(remembered: str) -> SignedIn | None:
    """Return who a session belongs to; nobody once the password was changed."""
    account_id, _, epoch = remembered.partition(".")
    if not (account_id.isdecimal() and epoch.isdecimal()):
        return None
    _read_only()
    actor = actor_for(int(account_id), int(epoch), today())
    return SignedIn(actor, int(epoch)) if actor else None


def _read_only() -> None:
    """Let each statement of a page that changes nothing stand alone, without a transaction.

    It saves BEGIN and ROLLBACK; and at a ROLLBACK psycopg forgets the statements it prepared.
    """
    if request.method in READING and not db.session().in_transaction():
        db.session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def now() -> datetime:
    """Return the moment of this request; the clock is read at the door and nowhere else."""
    if "now" not in g:
        g.now = datetime.now(UTC)
    moment: datetime = g.now
    return moment


def today() -> Any:  # noqa: ANN401
    """Return the day of this request, where the Union works."""
    return local_day(now())


def me() -> Actor:
    """Return who is signed in."""
    actor: Actor = current_user.actor
    return actor


def asked_by(request_key: str | None = None) -> By:
    """Return who asks for a change, when, and the key that keeps it from being done twice.

    A key counts at its own address: all forms of a page may share one.
    """
    key = request_key or request.form.get("request_key") or None
    return By(me(), now(), request_key=f"{request.path} {key[:64]}" if key else None)


def public(view: View) -> View:
    """Mark a route that is open to everyone."""
    view.opens_to = "everyone"  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Open a route to whoever is signed in; what it shows depends on their posts."""
    guarded: Callable[..., ResponseReturnValue] = login_required(view)
    guarded.opens_to = "signed_in"  # type: ignore[attr-defined]
    return guarded


def needs(right: Right) -> Callable[[Callable[..., ResponseReturnValue]], Any]:
    """Open a route to those who hold a right in any unit; the service checks the unit at hand."""

    def opened(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401
            if not policies.posts_with(me(), right):
                abort(403)
            return view(*args, **kwargs)

        closed: Callable[..., ResponseReturnValue] = login_required(guarded)
        closed.opens_to = right.value  # type: ignore[attr-defined]
        return closed

    return opened


def my_counts() -> list[Count]:
    """Return what waits for me by state; one query a request, for badge, desk and queue alike."""
    if "counts" not in g:
        g.counts = waiting_counts(me(), today())
    counts: list[Count] = g.counts
    return counts


def register(app: Flask) -> None:
    """Tell Flask-Login where the door is, and every template what it may ask."""
    login_manager.login_view = "auth.sign_in"
    login_manager.login_message = _l("Mời đăng nhập để tiếp tục.")
    login_manager.login_message_category = "info"

    @app.context_processor
    def _for_templates() -> dict[str, Any]:
        return {
            "now": now,
            "today": today,
            "language": lambda: str(get_locale()),
            "my_counts": my_counts,
            "badge": lambda: sum(count.waiting for count in my_counts()),
            "may_anywhere": lambda right: bool(policies.posts_with(me(), Right(right))),
        }
