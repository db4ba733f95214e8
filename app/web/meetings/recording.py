"""Recording a meeting: first its day, then roll, minutes and votes in one form."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.policies import Right, posts_with
from app.queries.admission.meetings import candidates_of, in_education, roll_of
from app.queries.units.tree import unit_by_id
from app.services.meetings.recording import VotesRefused, meeting_place, record_meeting
from app.services.refusals import Invalid
from app.web.access import asked_by, me, today
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.meetings.candidates import candidate, show_refused
from app.web.meetings.forms import COUNTS, DayForm, MeetingForm, meeting_form
from workflows.levels import Level

RELISTING = {"relist", "everyone"}


def new() -> ResponseReturnValue:
    """Answer GET and POST of /meetings/new."""
    unit, _post = meeting_place(unit_asked(), me())
    address = url_for("meetings.new", unit=unit.id)
    if wants_later():
        day = request.form.get("held_on", "").strip() or "…"
        title = _("Cuộc họp ngày %(day)s, %(unit)s", day=day, unit=unit.name)
        return put_aside(title, place=address)
    form = resumed(partial(open_form, unit), place=address)
    if form is None:
        return ask_day(unit)
    if RELISTING.intersection(request.form):
        return relisted(unit, form)
    if form.validate_on_submit():
        return record(unit, form)
    return page(unit, form), 422 if form.errors else 200


def unit_asked() -> int:
    """Return the unit that the address names, else the first whose meetings are mine."""
    text = request.args.get("unit", "")
    if not text:
        return posts_with(me(), Right.MEET)[0].unit_id
    return int(text) if text.isdecimal() and len(text) < 10 else abort(404)  # noqa: PLR2004


def open_form(unit: Any, **kwargs: Any) -> MeetingForm | None:  # noqa: ANN401
    """Make the form with what was typed, or for the day that the address names, if any."""
    typed = kwargs.get("formdata", request.form)
    asked = DayForm(request.args)
    day = asked.on.day if asked.validate() else None
    if not (typed or day):
        return None
    files = candidates_of(unit.id, also=chosen_in(typed))
    form = meeting_form(files, **kwargs, data={"held_on": day})
    form.roll_on = form.day() or day or today()
    form.seat(roll_of(unit, form.roll_on), all_entitled=unit.level is Level.BRANCH)
    if unit.committee_votes_from is None:
        del form.body
    for file in () if typed else files:
        form[f"chosen_{file.dossier.ref}"].data = not candidate(file, form.roll_on).missing
    return form


def chosen_in(typed: Iterable[str]) -> list[str]:
    """List the references of the candidates that were ticked, waiting still or not."""
    return [name.removeprefix("chosen_") for name in typed if name.startswith("chosen_")]


def ask_day(unit: Any) -> ResponseReturnValue:  # noqa: ANN401
    """Ask for the day first: the roll hangs on it."""
    planned = [file.meeting_planned_on for file in candidates_of(unit.id)]
    held = [day for day in planned if day and day <= today()]
    typed = request.args if "on" in request.args else None
    form = DayForm(typed, data={"on": max(held, default=today())})
    is_wrong = typed is not None and not form.validate()
    units = [post for post in posts_with(me(), Right.MEET) if post.unit_id != unit.id]
    shown = render_template(
        "meetings/new.html", unit=unit, form=None, day_form=form, waiting=planned, others=units
    )
    return shown, 422 if is_wrong else 200


def relisted(unit: Any, form: MeetingForm) -> ResponseReturnValue:  # noqa: ANN401
    """Show the form again with the roll of the day typed, or with everybody present."""
    form.held_on.validate(form)
    if "everyone" in request.form:
        form.everyone_came()
    return page(unit, form), 422 if form.errors else 200


def record(unit: Any, form: MeetingForm) -> ResponseReturnValue:  # noqa: ANN401
    """Record the meeting; what cannot stand is shown beside its field, all of it at once."""
    by = asked_by(form.request_key.data)
    seen, address = form.seen_versions(), url_for("meetings.new", unit=unit.id)
    try:
        number = record_meeting(
            unit.id, form.minutes(), form.roll(), form.votes(), by=by, seen=seen
        )
    except (VotesRefused, Invalid) as refused:
        return refused_page(unit.id, refused)
    finished(place=address)
    flash(_("Đã ghi cuộc họp. Kết quả của từng người ở dưới."), "receipt")
    return redirect(url_for("meetings.show", meeting_id=number), 303)


def refused_page(unit_id: int, refused: VotesRefused | Invalid) -> ResponseReturnValue:
    """Show the form with what was refused; the rows of before went with their transaction."""
    unit: Any = unit_by_id(unit_id)
    form: Any = open_form(unit)
    if isinstance(refused, Invalid):
        form.form_errors = [_("Danh sách người dự vừa thay đổi: xem rồi ghi lại.")]
        return page(unit, form), 409
    show_refused(form, refused)
    return page(unit, form), 409 if refused.changed else 422


def page(unit: Any, form: MeetingForm) -> str:  # noqa: ANN401
    """Draw the form with the candidates who wait, and those who cannot be voted on yet."""
    return render_template(
        "meetings/new.html",
        unit=unit,
        form=form,
        is_branch=unit.level is Level.BRANCH,
        candidates=[candidate(file, form.roll_on) for file in form.files],
        others=[candidate(file, form.roll_on) for file in in_education(unit.id)],
        counts=COUNTS,
    )
