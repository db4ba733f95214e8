"""The quiz of a round as its organisers see it: who is at it, and who has a personal link."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.judging.rounds import RoundFile
from app.queries.quiz.attempts import attempts_of
from app.queries.quiz.links import TakerLine, links_open, takers_of
from app.services.quiz.links import issue_link, quiz_round, revoke_link
from app.services.refusals import NotFound
from app.web.access import asked_by, now, signed_in
from app.web.fields import KeyedForm
from app.web.quiz.taking import blueprint


@blueprint.get("/rounds/<int:round_id>/quiz")
@signed_in
def takers(year: int, round_id: int) -> ResponseReturnValue:
    """List who competes: can they sign in, have they a link, have they begun; and no result."""
    file, _by = quiz_round(round_id, year, asked_by())
    lines = takers_of(round_id)
    return render_template(
        "quiz/takers.html",
        file=file,
        lines=lines,
        attempts=attempts_of([each.id for each in lines]),
        is_open=links_open(file.round, file.season, now()),
        form=KeyedForm(formdata=None),
    )


@blueprint.post("/rounds/<int:round_id>/quiz/<int:contestant_id>/link")
@signed_in
def link(year: int, round_id: int, contestant_id: int) -> ResponseReturnValue:
    """Give out a personal link; it shows on this answer alone."""
    file, line = _contestant(year, round_id, contestant_id)
    if not KeyedForm().validate_on_submit():
        return _back(year, round_id)
    token = issue_link(round_id, year, contestant_id, by=asked_by())
    return render_template(
        "quiz/link.html",
        file=file,
        line=line,
        link=url_for("quiz_by_link.mine", token=token, _external=True),
    )


@blueprint.post("/rounds/<int:round_id>/quiz/<int:contestant_id>/link/revoke")
@signed_in
def revoke(year: int, round_id: int, contestant_id: int) -> ResponseReturnValue:
    """Take a personal link back."""
    _file, line = _contestant(year, round_id, contestant_id)
    if KeyedForm().validate_on_submit():
        revoke_link(round_id, year, contestant_id, by=asked_by())
        flash(_("Đã thu hồi đường dẫn của %(name)s.", name=line.name), "success")
    return _back(year, round_id)


def _contestant(year: int, round_id: int, contestant_id: int) -> tuple[RoundFile, TakerLine]:
    file, _by = quiz_round(round_id, year, asked_by())
    line = next((each for each in takers_of(round_id) if each.id == contestant_id), None)
    if line is None:
        raise NotFound
    return file, line


def _back(year: int, round_id: int) -> ResponseReturnValue:
    return redirect(url_for(".takers", year=year, round_id=round_id), 303)
