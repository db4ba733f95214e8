"""Personal links to a quiz: given out by the unit that holds the round, and taken back.

Only the hash of a token is kept. A link opens its contestant's attempts and nothing else, until the
round ends.
"""

from sqlalchemy import select

from app.extensions import db
from app.models import Contestant, QuizLink
from app.queries.judging.rounds import RoundFile
from app.queries.links import digest_of
from app.queries.quiz.links import links_of, links_open
from app.services.events import By, Change, record, seen_before
from app.services.judging.rounds import to_organise
from app.services.links import secret_for
from app.services.refusals import Forbidden, NotFound
from app.services.use_case import use_case


def quiz_round(round_id: int, year: int, by: By, *, lock: bool = False) -> tuple[RoundFile, By]:
    """Return a round with a quiz, and the act in the post that sets the round up.

    Raises:
        NotFound, Forbidden: no such round for this person, or it is another unit's to set up.
        NotFound: the round has no quiz.
    """
    file, by = to_organise(round_id, year, by, lock=lock)
    if not file.rules.quizzes:
        raise NotFound
    return file, by


@use_case
def issue_link(round_id: int, year: int, contestant_id: int, *, by: By) -> str:
    """Return the token of a new link of a contestant; one given out before ends with it.

    A repeated request tells the same token again.

    Raises:
        NotFound, Forbidden: as in ``quiz_round``; or nobody with this id competes in the round.
        Forbidden: the round has ended.
    """
    file, by = quiz_round(round_id, year, by, lock=True)
    contestant, token = _competing(file, contestant_id), secret_for("quiz-link", by)
    if seen_before(by.request_key):
        return token
    if not links_open(file.round, file.season, by.now):
        raise Forbidden("round_closed")
    _end(contestant_id, by)
    link = _link(contestant, token, by)
    db.session.add(link)
    db.session.flush()
    _record("issue_quiz_link", file, contestant, by, link=link.id)
    return token


@use_case
def revoke_link(round_id: int, year: int, contestant_id: int, *, by: By) -> None:
    """Take back the link of a contestant; from now on it opens nothing.

    Raises:
        NotFound, Forbidden: as in ``quiz_round``; or nobody with this id competes in the round.
    """
    file, by = quiz_round(round_id, year, by, lock=True)
    contestant = _competing(file, contestant_id)
    if seen_before(by.request_key):
        return
    if ended := _end(contestant_id, by):
        _record("revoke_quiz_link", file, contestant, by, link=ended[-1])


def _competing(file: RoundFile, contestant_id: int) -> Contestant:
    asked = select(Contestant).where(Contestant.id == contestant_id, Contestant.out_at.is_(None))
    contestant = db.session.scalar(asked.where(Contestant.round_id == file.round.id))
    if contestant is None:
        raise NotFound
    return contestant


def _link(contestant: Contestant, token: str, by: By) -> QuizLink:
    return QuizLink(
        district_id=contestant.district_id,
        contestant_id=contestant.id,
        token_hash=digest_of(token),
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
    )


def _end(contestant_id: int, by: By) -> list[int]:
    """End the links of a contestant and return their numbers."""
    links = links_of(contestant_id)
    for link in links:
        link.revoked_at = by.now
    return [link.id for link in links]


def _record(step: str, file: RoundFile, contestant: Contestant, by: By, *, link: int) -> None:
    facts = {"contestant": contestant.id, "piece": contestant.code, "link": link}
    record(file.round, Change(step, facts=facts), by)
