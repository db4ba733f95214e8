"""Pages that a personal link opens, without an account.

They are indexed by nobody and tell no other site where somebody came from; guessing is slowed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, after_this_request, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app.extensions import csrf, limiter
from app.queries.links import digest_of
from app.services.events import By
from app.services.refusals import NotFound
from app.web.access import now, public

View = Callable[..., ResponseReturnValue]
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
A_LINK = "120 per minute"  # requests with one link to one page, wherever they come from


def opened_by_link(dead: str) -> Callable[[View], View]:
    """Open a route to whoever holds its ``token``; ``dead`` is the page where it opens nothing."""

    def opened(view: View) -> View:
        @wraps(view)
        def guarded(**named: Any) -> ResponseReturnValue:  # noqa: ANN401
            after_this_request(_private)
            try:
                return view(**named)
            except NotFound:
                return render_template(dead), 404

        every_link = limiter.limit(A_LINK, key_func=_by_link)
        no_link = limiter.limit(_tries, deduct_when=_opens_nothing)
        limited: View = no_link(every_link(public(guarded)))
        # The form checks its own token. The check before would ask for a referrer, not sent here.
        csrf.exempt(limited)
        return limited

    return opened


def _private(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


def _by_link() -> str:
    return f"link {_token()[:64]}"


def _tries() -> str:
    limit: str = current_app.config["SETTINGS"].login_limit
    return limit


def _opens_nothing(response: Response) -> bool:
    """Only tries of links that open nothing count: a whole branch may share one address."""
    return response.status_code == 404  # noqa: PLR2004


def _token() -> str:
    token: str = (request.view_args or {}).get("token", "")
    return token


def asked_by_link() -> By:
    """Return when a change is asked for, and the key that keeps it from being done twice.

    A key counts at its own address. It is kept with the event, so it does not tell the token.
    """
    key, token = request.form.get("request_key", "")[:64], _token()
    place = request.path.replace(token, digest_of(token)[:32])
    return By(None, now(), request_key=f"{place} {key}" if key else None)
