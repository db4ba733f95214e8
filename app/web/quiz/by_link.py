"""Taking a quiz by a personal link, without an account; the pages are those of an account."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.queries.quiz.links import holder_of
from app.services.refusals import NotFound
from app.web.access import now
from app.web.personal_links import opened_by_link
from app.web.quiz import attempts
from app.web.quiz.attempts import Way

blueprint = Blueprint("quiz_by_link", __name__, url_prefix="/quiz/<token>")
DEAD = "quiz/dead_link.html"


def _way(token: str) -> Way:
    holder = holder_of(token, now())
    if holder is None:
        raise NotFound
    year = holder.file.season.year
    return Way(year, holder.taker, "quiz_by_link", {"token": token}, holder)


@blueprint.get("")
@opened_by_link(DEAD)
def mine(token: str) -> ResponseReturnValue:
    """Show whose link it is, and the quizzes of their round."""
    return attempts.overview(_way(token))


@blueprint.post("/<int:round_id>/<part>/begin")
@opened_by_link(DEAD)
def begun(token: str, round_id: int, part: str) -> ResponseReturnValue:
    """Begin their only attempt, and show its first question."""
    return attempts.begun(_way(token), round_id, part)


@blueprint.route("/attempts/<int:attempt_id>/<int:position>", methods=["GET", "POST"])
@opened_by_link(DEAD)
def question(token: str, attempt_id: int, position: int) -> ResponseReturnValue:
    """Show a question and keep the answer; the next one follows."""
    return attempts.question(_way(token), attempt_id, position)


@blueprint.route("/attempts/<int:attempt_id>/hand-in", methods=["GET", "POST"])
@opened_by_link(DEAD)
def hand_in(token: str, attempt_id: int) -> ResponseReturnValue:
    """Ask once more, with the number of questions left open, and end the attempt."""
    return attempts.hand_in(_way(token), attempt_id)
