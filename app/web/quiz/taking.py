"""Taking a quiz: begin, one question a page, hand in; the clock is the server's."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.contest.seasons import season_seen
from app.queries.quiz.attempts import answered, attempts_of, my_attempt, my_rounds, question_at
from app.services.quiz.attempts import TimeIsOver, answer, begin, finish
from app.services.refusals import Invalid, NotFound
from app.web.access import asked_by, me, now, signed_in
from app.web.fields import KeyedForm
from app.web.quiz.forms import AnswerForm

blueprint = Blueprint("quiz", __name__, url_prefix="/contests/<int:year>")


@blueprint.get("/quiz")
@signed_in
def mine(year: int) -> ResponseReturnValue:
    """Show the quizzes of the rounds in which I compete: those to begin, under way, handed in."""
    return _mine(year, {}, 200)


def _mine(year: int, problems: dict[tuple[int, str], str], status: int) -> ResponseReturnValue:
    season = season_seen(me().posts, year)
    files = my_rounds(me().person_id, year)
    if season is None and not files:
        raise NotFound
    attempts = attempts_of([file.contestant.id for file in files])
    page = render_template(
        "quiz/mine.html",
        year=year,
        files=files,
        attempts=attempts,
        problems=problems,
        form=KeyedForm(),
    )
    return page, status


@blueprint.post("/quiz/<int:round_id>/<part>/begin")
@signed_in
def begun(year: int, round_id: int, part: str) -> ResponseReturnValue:
    """Begin my only attempt, and show its first question."""
    form = KeyedForm()
    form.validate_on_submit()
    try:
        attempt_id = begin(round_id, part, by=asked_by(form.request_key.data))
    except Invalid as refused:
        said = _(
            "Ngân hàng mới có %(here)s trong %(needed)s câu hỏi: hãy báo ban tổ chức.",
            **refused.values,
        )
        return _mine(year, {(round_id, part): said}, 422)
    return redirect(url_for(".question", year=year, attempt_id=attempt_id, position=1), 303)


def attempt_seen(attempt_id: int) -> Any:  # noqa: ANN401
    """Return my own attempt.

    Raises:
        NotFound: it is not mine.
    """
    attempt = my_attempt(me().person_id, attempt_id)
    if attempt is None:
        raise NotFound
    return attempt


@blueprint.route("/quiz/attempts/<int:attempt_id>/<int:position>", methods=["GET", "POST"])
@signed_in
def question(year: int, attempt_id: int, position: int) -> ResponseReturnValue:
    """Show a question and keep the answer; the next one follows."""
    attempt = attempt_seen(attempt_id)
    asked = question_at(attempt_id, position)
    if asked is None:
        raise NotFound
    if attempt.finished_at or now() > attempt.ends_at:
        return _over(year, attempt_id)
    form = AnswerForm()
    form.offer(asked)
    if form.is_submitted():
        return _answered(year, attempt, asked, form)
    return _question(year, attempt, asked, form), 200


def _answered(year: int, attempt: Any, asked: Any, form: AnswerForm) -> ResponseReturnValue:  # noqa: ANN401
    place = form.place()
    if not form.validate() or place is None:
        form.chosen.errors = [_("Chọn một phương án, hoặc sang câu khác.")]
        return _question(year, attempt, asked, form), 422
    try:
        answer(attempt.id, asked.position, place, by=asked_by())
    except TimeIsOver:
        return _over(year, attempt.id)
    done = answered(attempt.id)
    following = next((each for each in _from(asked.position, done) if not done[each]), None)
    if following is None:
        return redirect(url_for(".hand_in", year=year, attempt_id=attempt.id), 303)
    here = {"year": year, "attempt_id": attempt.id, "position": following}
    return redirect(url_for(".question", **here), 303)


def _from(position: int, places: Any) -> list[int]:  # noqa: ANN401
    """List the positions from the next one on, and then those before."""
    return sorted(places, key=lambda each: (each <= position, each))


def _question(year: int, attempt: Any, asked: Any, form: AnswerForm) -> str:  # noqa: ANN401
    return render_template(
        "quiz/question.html",
        year=year,
        attempt=attempt,
        asked=asked,
        form=form,
        done=answered(attempt.id),
        left=int((attempt.ends_at - now()).total_seconds()),
    )


def _over(year: int, attempt_id: int) -> ResponseReturnValue:
    """The time is over: what was answered until then is handed in."""
    finish(attempt_id, by=asked_by())
    late = request.method == "POST"
    page = render_template("quiz/over.html", year=year, late=late, done=answered(attempt_id))
    return page, 409 if late else 200


@blueprint.route("/quiz/attempts/<int:attempt_id>/hand-in", methods=["GET", "POST"])
@signed_in
def hand_in(year: int, attempt_id: int) -> ResponseReturnValue:
    """Ask once more, with the number of questions left open, and end the attempt."""
    attempt, form = attempt_seen(attempt_id), KeyedForm()
    if form.validate_on_submit():
        finish(attempt_id, by=asked_by(form.request_key.data))
        flash(_("Đã nhận bài thi của bạn."), "receipt")
        return redirect(url_for(".mine", year=year), 303)
    if attempt.finished_at:
        return redirect(url_for(".mine", year=year), 303)
    return render_template(
        "quiz/hand_in.html", year=year, attempt=attempt, done=answered(attempt_id), form=form
    ), 422 if form.errors else 200
