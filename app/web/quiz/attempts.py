"""The pages of an attempt: begin, one question a page, hand in; the clock is the server's.

They are the same for who signed in and for who holds a personal link.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.queries.quiz.attempts import (
    Taker,
    answered,
    attempts_of,
    my_attempt,
    my_rounds,
    question_at,
)
from app.queries.quiz.links import LinkHolder
from app.services.events import By
from app.services.quiz.attempts import TimeIsOver, answer, begin, finish
from app.services.refusals import Forbidden, Invalid, NotFound
from app.web.access import asked_by, now
from app.web.fields import KeyedForm
from app.web.personal_links import asked_by_link
from app.web.quiz.forms import AnswerForm

Problems = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to the quizzes of a year: by an account, or by the link of ``holder``.

    The pages on the way are those of the blueprint ``area``, at the address that ``place`` begins.
    """

    year: int
    taker: Taker
    area: str
    place: Mapping[str, Any]
    holder: LinkHolder | None = None

    def to(self, page: str, **named: Any) -> str:  # noqa: ANN401
        """Return the address of a page."""
        return url_for(f"{self.area}.{page}", **self.place, **named)

    def asks(self) -> dict[str, Any]:
        """Return who asks for a change, as the services take it."""
        by: By = asked_by_link() if self.holder else asked_by()
        return {"by": by, "token": self.place.get("token")}


def overview(way: Way, problems: Problems | None = None, status: int = 200) -> ResponseReturnValue:
    """Show the quizzes of the rounds in which somebody competes: to begin, begun, handed in."""
    files = [each for each in my_rounds(way.taker, way.year) if each.quizzes]
    page = render_template(
        "quiz/mine.html",
        way=way,
        files=files,
        attempts=attempts_of([file.contestant.id for file in files]),
        problems=problems or {},
        form=KeyedForm(formdata=None),
    )
    return page, status


def begun(way: Way, round_id: int, part: str) -> ResponseReturnValue:
    """Begin the only attempt, and show its first question."""
    if not KeyedForm().validate_on_submit():
        return overview(way, {(round_id, part): _too_old()}, 422)
    try:
        attempt_id = begin(round_id, part, **way.asks())
    except Forbidden:
        return overview(way, status=403)
    except Invalid as refused:
        said = _(
            "Ngân hàng mới có %(here)s trong %(needed)s câu hỏi: hãy báo ban tổ chức.",
            **refused.values,
        )
        return overview(way, {(round_id, part): said}, 422)
    return redirect(way.to("question", attempt_id=attempt_id, position=1), 303)


def _too_old() -> str:
    return str(_("Trang mở đã lâu. Xem lại rồi bấm gửi lần nữa."))


def _attempt(way: Way, attempt_id: int) -> Any:  # noqa: ANN401
    attempt = my_attempt(way.taker, attempt_id)
    if attempt is None:
        raise NotFound
    return attempt


def question(way: Way, attempt_id: int, position: int) -> ResponseReturnValue:
    """Show a question and keep the answer; the next one follows."""
    attempt, asked = _attempt(way, attempt_id), question_at(attempt_id, position)
    if asked is None:
        raise NotFound
    form = AnswerForm()
    form.offer(asked)
    if form.is_submitted():
        return _answered(way, attempt, asked, form)
    if attempt.finished_at or now() > attempt.ends_at:
        return _over(way, attempt_id)
    return _question(way, attempt, asked, form), 200


def _answered(way: Way, attempt: Any, asked: Any, form: AnswerForm) -> ResponseReturnValue:  # noqa: ANN401
    place = form.place()
    if not form.validate() or place is None:
        form.chosen.errors = [_("Chọn một phương án, hoặc sang câu khác.")] if place is None else []
        _say_too_old(form)
        return _question(way, attempt, asked, form), 422
    try:
        answer(attempt.id, asked.position, place, **way.asks())
    except TimeIsOver:
        return _over(way, attempt.id)
    done = answered(attempt.id)
    following = next((each for each in _from(asked.position, done) if not done[each]), None)
    if following is None:
        return redirect(way.to("hand_in", attempt_id=attempt.id), 303)
    return redirect(way.to("question", attempt_id=attempt.id, position=following), 303)


def _say_too_old(form: KeyedForm) -> None:
    if "csrf_token" in form.errors:
        form.csrf_token.errors, form.form_errors = [], [_too_old()]


def _from(position: int, places: Any) -> list[int]:  # noqa: ANN401
    """List the positions from the next one on, and then those before."""
    return sorted(places, key=lambda each: (each <= position, each))


def _question(way: Way, attempt: Any, asked: Any, form: AnswerForm) -> str:  # noqa: ANN401
    return render_template(
        "quiz/question.html",
        way=way,
        attempt=attempt,
        asked=asked,
        form=form,
        done=answered(attempt.id),
        left=int((attempt.ends_at - now()).total_seconds()),
    )


def _over(way: Way, attempt_id: int) -> ResponseReturnValue:
    """The time is over: what was answered until then is handed in."""
    finish(attempt_id, **way.asks())
    late = request.method == "POST"
    page = render_template("quiz/over.html", way=way, late=late, done=answered(attempt_id))
    return page, 409 if late else 200


def hand_in(way: Way, attempt_id: int) -> ResponseReturnValue:
    """Ask once more, with the number of questions left open, and end the attempt."""
    attempt, form = _attempt(way, attempt_id), KeyedForm()
    if form.validate_on_submit():
        finish(attempt_id, **way.asks())
        flash(_("Đã nhận bài thi của bạn."), "receipt")
        return redirect(way.to("mine"), 303)
    if attempt.finished_at:
        return redirect(way.to("mine"), 303)
    _say_too_old(form)
    page = render_template(
        "quiz/hand_in.html", way=way, attempt=attempt, done=answered(attempt_id), form=form
    )
    return page, 422 if form.form_errors else 200
