"""A member's own page: opened by a personal link, without an account.

It shows the member's name and contents and nothing else. Looking at it changes nothing.
"""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.programme.contents import in_force
from app.queries.programme.sheets import (
    LinkHolder,
    choices_of,
    holder_of,
    registrations_of,
)
from app.services.programme.links import register_by_link, track_by_link
from app.services.refusals import NotFound
from app.web.access import now, today
from app.web.personal_links import asked_by_link, opened_by_link
from app.web.programme.own_part import ChooseForm, OwnPart, TrackForm, answered
from app.web.programme.places import rule_of_the_result, year_asked
from app.web.programme.routes import blueprint


@blueprint.route("/mine/<token>", methods=["GET", "POST"])
@opened_by_link("programme/dead_link.html")
def mine(token: str) -> ResponseReturnValue:
    """Let a member see, register and write their own part of the programme."""
    part, holder = _part(token)
    status = answered(part, _writer(token), holder.person_id)
    if status == 303:  # noqa: PLR2004
        flash(_("Đã gửi cho chi đoàn."), "success")
        return redirect(url_for(".mine", token=token, year=_year()), 303)
    return _page(token, part), status


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
        if isinstance(form, ChooseForm):
            register_by_link(token, _year(), form.wanted(), by=asked_by_link())
        else:
            track_by_link(token, _year(), form.told(), by=asked_by_link())

    return write


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
