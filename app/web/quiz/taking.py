"""Taking a quiz with an account."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.queries.contest.seasons import season_seen
from app.queries.quiz.attempts import Taker, my_rounds
from app.services.refusals import NotFound
from app.web.access import me, signed_in
from app.web.quiz import attempts
from app.web.quiz.attempts import Way

blueprint = Blueprint("quiz", __name__, url_prefix="/contests/<int:year>")


def _way(year: int) -> Way:
    return Way(year, Taker(me().person_id), "quiz", {"year": year})


@blueprint.get("/quiz")
@signed_in
def mine(year: int) -> ResponseReturnValue:
    """Show the quizzes of the rounds in which I compete: those to begin, under way, handed in."""
    way = _way(year)
    if season_seen(me().posts, year) is None and not my_rounds(way.taker, year):
        raise NotFound
    return attempts.overview(way)


@blueprint.post("/quiz/<int:round_id>/<part>/begin")
@signed_in
def begun(year: int, round_id: int, part: str) -> ResponseReturnValue:
    """Begin my only attempt, and show its first question."""
    return attempts.begun(_way(year), round_id, part)


@blueprint.route("/quiz/attempts/<int:attempt_id>/<int:position>", methods=["GET", "POST"])
@signed_in
def question(year: int, attempt_id: int, position: int) -> ResponseReturnValue:
    """Show a question and keep the answer; the next one follows."""
    return attempts.question(_way(year), attempt_id, position)


@blueprint.route("/quiz/attempts/<int:attempt_id>/hand-in", methods=["GET", "POST"])
@signed_in
def hand_in(year: int, attempt_id: int) -> ResponseReturnValue:
    """Ask once more, with the number of questions left open, and end the attempt."""
    return attempts.hand_in(_way(year), attempt_id)
