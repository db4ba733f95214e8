"""A member's own page: opened by a personal link, without an account.

It shows the member's name and contents and nothing else, is indexed by nobody, and tells no other
site where somebody came from. Looking at it changes nothing.
"""

from collections.abc import Callable
from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.extensions import csrf, limiter
from app.queries.programme.contents import in_force
from app.queries.programme.sheets import (
    LinkHolder,
    choices_of,
    digest_of,
    holder_of,
    registrations_of,
)
from app.services.events import By
from app.services.programme.links import register_by_link, track_by_link
from app.services.refusals import NotFound
from app.web.access import now, public, today
from app.web.programme.own_part import ChooseForm, OwnPart, TrackForm, answered
from app.web.programme.places import rule_of_the_result, year_asked
from app.web.programme.routes import blueprint

HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
A_LINK = "60 per minute"  # requests with one link, wherever they come from


def _limit() -> str:
    limit: str = current_app.config["SETTINGS"].login_limit
    return limit


def _is_unknown(response: Response) -> bool:
    """Only tries of links that open nothing count: a whole branch may share one address."""
    return response.status_code == 404  # noqa: PLR2004


def _by_link() -> str:
    return f"mine {(request.view_args or {}).get('token', '')[:64]}"


@blueprint.route("/mine/<token>", methods=["GET", "POST"])
@limiter.limit(_limit, deduct_when=_is_unknown)
@limiter.limit(A_LINK, key_func=_by_link)
@public
def mine(token: str) -> ResponseReturnValue:
    """Let a member see, register and write their own part of the programme."""
    try:
        part, holder = _part(token)
        status = answered(part, _writer(token), holder.person_id)
        if status == 303:  # noqa: PLR2004
            flash(_("Đã gửi cho chi đoàn."), "success")
            return _private(redirect(url_for(".mine", token=token, year=_year()), 303), 303)
        return _private(_page(token, part), status)
    except NotFound:
        return _private(render_template("programme/dead_link.html"), 404)


def _year() -> int:
    """Return this year, or the last one where the address asks for it."""
    this_year = int(today().year)
    return year_asked() if year_asked() in {this_year, this_year - 1} else this_year


def _holder(token: str) -> LinkHolder:
    holder = holder_of(token, _year(), now(), today())
    if holder is None:
        raise NotFound
    return holder


def _part(token: str) -> tuple[OwnPart, LinkHolder]:
    holder, year = _holder(token), _year()
    row = registrations_of([holder.person_id], year).get(holder.person_id)
    return OwnPart.of(row, in_force(holder.unit, year, today())), holder


def _writer(token: str) -> Callable[[ChooseForm | TrackForm], None]:
    def write(form: ChooseForm | TrackForm) -> None:
        by = By(None, now(), request_key=_key(token, form))
        if isinstance(form, ChooseForm):
            register_by_link(token, _year(), form.wanted(), by=by)
        else:
            track_by_link(token, _year(), form.told(), by=by)

    return write


def _key(token: str, form: ChooseForm | TrackForm) -> str | None:
    """Return the key of the request; it is kept with the event, so it does not tell the token."""
    key = (form.request_key.data or "")[:64]
    return f"mine {digest_of(token)[:32]} {key}" if key else None


def _page(token: str, part: OwnPart) -> str:
    holder, year = _holder(token), _year()
    row: Any = registrations_of([holder.person_id], year).get(holder.person_id)
    return render_template(
        "programme/mine.html",
        holder=holder,
        year=year,
        this_year=int(today().year),
        row=row,
        choices=choices_of(row) if row else [],
        part=part,
        rule=rule_of_the_result(),
    )


def _private(answer: Any, status: int) -> Response:  # noqa: ANN401
    response = make_response(answer, status)
    response.headers.update(HEADERS)
    return response


# The form checks its own token. The check before it would ask for a referrer, which is not sent.
csrf.exempt(mine)
