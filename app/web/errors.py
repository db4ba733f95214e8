"""One table: what went wrong, the status, and the page that says what to do."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.web.handovers import handed_over
from app.web.language import chosen_language
from workflows.engine import NoSuchStep

PAGES: dict[type[Exception], tuple[int, str]] = {
    NotFound: (404, "missing"),
    Forbidden: (403, "forbidden"),
    Invalid: (400, "bad_request"),
    Stale: (409, "stale"),
    StaleDataError: (409, "stale"),
    NoSuchStep: (409, "no_such_step"),
    CSRFError: (400, "expired"),
    OperationalError: (503, "not_saved"),
}
HTTP_PAGES = {
    400: "bad_request",
    403: "forbidden",
    404: "missing",
    405: "missing",
    413: "too_large",
    429: "too_many",
}
NOT_YOURS = {403, 404}


def register(app: Flask) -> None:
    """Give each refusal its page."""
    for kind, (status, name) in PAGES.items():
        app.register_error_handler(kind, _page(status, name))
    app.register_error_handler(HTTPException, _http_page)
    app.register_error_handler(500, _page(500, "not_saved"))


def _page(status: int, name: str) -> Callable[[Any], ResponseReturnValue]:
    def shown(error: Exception) -> ResponseReturnValue:
        if status >= 500:  # noqa: PLR2004
            current_app.logger.error("request failed", exc_info=error)
            return _asking_nobody(name, error), status
        return _refusal(name, status, error)

    return shown


def _refusal(name: str, status: int, error: Exception) -> ResponseReturnValue:
    """Whoever handed an office over is told so where its work is refused."""
    if status in NOT_YOURS and (office := handed_over()):
        return render_template("errors/handed_over.html", error=error, office=office), 403
    return render_template(f"errors/{name}.html", error=error), status


def _asking_nobody(name: str, error: Exception) -> str:
    """Write a page without looking up who is signed in: the database may be what failed."""
    page = current_app.jinja_env.get_template(f"errors/{name}.html")
    return page.render(error=error, language=chosen_language)


def _http_page(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:  # noqa: PLR2004
        return error.get_response()
    name = HTTP_PAGES.get(status, "not_saved")
    if status == 403:  # noqa: PLR2004
        return _refusal(name, status, error)
    return render_template(f"errors/{name}.html", error=error), status, _headers(error)


def _headers(error: HTTPException) -> dict[str, str]:
    kept = {"Allow", "Retry-After"}
    return {name: value for name, value in error.get_headers() if name in kept}
