"""Attempts at a quiz: begun once, each answer kept as it is given, ended by hand or clock."""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, update

from app.extensions import db
from app.models import QuizAnswer, QuizAttempt
from app.queries.quiz.attempts import (
    QuizFile,
    Taker,
    attempts_of,
    file_of_mine,
    given_in,
    my_attempt,
    part_of,
    unfinished,
)
from app.queries.quiz.bank import sizes_of
from app.queries.quiz.links import holder_of
from app.services.contest.rules_freeze import freeze
from app.services.events import By, Change, found, record
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.contest.quiz import draw, ends, graded
from workflows.contest.rules import Part

# What was on its way when the clock ran out is still taken: the line is poor, the clock is ours.
ON_ITS_WAY = timedelta(seconds=15)


class TimeIsOver(Exception):  # noqa: N818
    """An answer that came after the time of the attempt: it does not count."""


@use_case
def begin(round_id: int, part_code: str, *, by: By, token: str | None = None) -> int:
    """Begin the only attempt of the one who asks, and return its number; again: the same number.

    Whoever has no account asks with the ``token`` of their personal link. The rules are frozen with
    the first attempt, the questions drawn from a seed that is kept.

    Raises:
        NotFound: they do not compete in this round, or it has no such quiz; or the link is dead.
        Forbidden: the round is not open.
        Invalid: the bank holds too few questions.
    """
    taker = _taker(by, token)
    file = file_of_mine(taker, round_id)
    part = file.part(part_code) if file else None
    if file is None or part is None:
        raise NotFound
    if begun := attempts_of([file.contestant.id]).get((file.contestant.id, part_code)):
        return begun.id
    if not file.may_begin(by.now):
        raise Forbidden("round_not_open")
    freeze(file.season, by)
    return _drawn(file, part, by, _through(taker)).id


def _taker(by: By, token: str | None) -> Taker:
    if token is None:
        return Taker(by.actor.person_id if by.actor else None)
    holder = holder_of(token, by.now)
    if holder is None:
        raise NotFound
    return holder.taker


def _through(taker: Taker) -> dict[str, Any]:
    """Return the facts that tell of an act through a link."""
    return {} if taker.link_id is None else {"through_link": taker.link_id}


def _drawn(file: QuizFile, part: Part, by: By, facts: dict[str, Any]) -> QuizAttempt:
    bank, seed = sizes_of(file.season.id), secrets.token_hex(16)
    if len(bank) < (part.questions or 0):
        raise Invalid("questions", "too_few_questions", here=len(bank), needed=part.questions)
    attempt = QuizAttempt(
        district_id=file.contestant.district_id,
        contestant_id=file.contestant.id,
        part=part.code,
        seed=seed,
        started_at=by.now,
        ends_at=ends(part, by.now, file.round.closes_at),
    )
    found(attempt, Change("begin", facts={"part": part.code, "seed": seed} | facts), by)
    rows = [
        {
            "attempt_id": attempt.id,
            "position": position,
            "question_id": each.question,
            "shuffle": list(each.shuffle),
        }
        for position, each in enumerate(draw(bank, part.questions or 0, seed), 1)
    ]
    db.session.execute(insert(QuizAnswer), rows)
    return attempt


@use_case
def answer(
    attempt_id: int, position: int, chosen: int, *, by: By, token: str | None = None
) -> None:
    """Keep an answer as it is given; a later one takes its place, the same one again is the same.

    Raises:
        NotFound: it is not their attempt, or has no such question or option.
        TimeIsOver: the attempt has ended.
    """
    attempt = _own(_taker(by, token), attempt_id, share=True)
    if attempt.finished_at or by.now > attempt.ends_at + ON_ITS_WAY:
        raise TimeIsOver
    kept = db.session.execute(
        update(QuizAnswer)
        .where(
            QuizAnswer.attempt_id == attempt_id,
            QuizAnswer.position == position,
            func.cardinality(QuizAnswer.shuffle) > chosen,
        )
        .values(chosen=chosen, answered_at=by.now)
        .returning(QuizAnswer.position)
    ).first()
    if kept is None:
        raise NotFound


@use_case
def finish(attempt_id: int, *, by: By, token: str | None = None) -> None:
    """End an attempt and grade it; what has ended stays as it was graded.

    Raises:
        NotFound: it is not their attempt.
    """
    taker = _taker(by, token)
    _grade(_own(taker, attempt_id, lock=True), by, **_through(taker))


def _own(taker: Taker, attempt_id: int, *, share: bool = False, lock: bool = False) -> QuizAttempt:
    attempt = my_attempt(taker, attempt_id, share=share, lock=lock)
    if attempt is None:
        raise NotFound
    return attempt


def finish_all(round_id: int, by: By) -> int:
    """End the attempts of a round that nobody has ended, within a running transaction.

    Returns how many there were. Whoever ends a round calls it.
    """
    left = unfinished(round_id)
    for number in left:
        attempt = db.session.get_one(QuizAttempt, number, with_for_update=True)
        _grade(attempt, replace(by, request_key=None))
    return len(left)


def _grade(attempt: QuizAttempt, by: By, **facts: Any) -> None:  # noqa: ANN401
    if attempt.finished_at:
        return
    part, answers = part_of(attempt), given_in(attempt.id)
    attempt.finished_at = min(by.now, attempt.ends_at)
    attempt.points = graded(part, answers)
    attempt.seconds = int((attempt.finished_at - attempt.started_at).total_seconds())
    facts |= {
        "answers": [each.chosen for each in answers],
        "points": str(attempt.points),
        "seconds": attempt.seconds,
    }
    record(attempt, Change("finish", facts=facts), by)
