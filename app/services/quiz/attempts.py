"""Attempts at a quiz: begun once, each answer kept as it is given, ended by hand or clock."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, insert, update

from app.actors import Actor
from app.extensions import db
from app.models import QuizAnswer, QuizAttempt
from app.queries.judging.rounds import hour_at
from app.queries.quiz.attempts import (
    QuizFile,
    attempts_of,
    file_of_mine,
    given_in,
    my_attempt,
    part_of,
    unfinished,
)
from app.queries.quiz.bank import sizes_of
from app.services.contest.rules_freeze import freeze
from app.services.events import By, Change, found, record
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.contest.hours import Hour
from workflows.contest.quiz import draw, ends, graded
from workflows.contest.rules import Part

# What was on its way when the clock ran out is still taken: the line is poor, the clock is ours.
ON_ITS_WAY = timedelta(seconds=15)


class TimeIsOver(Exception):  # noqa: N818
    """An answer that came after the time of the attempt: it does not count."""


@use_case
def begin(round_id: int, part_code: str, *, by: By) -> int:
    """Begin the only attempt of the one who asks, and return its number; again: the same number.

    The rules are frozen with the first attempt, the questions drawn from a seed that is kept.

    Raises:
        NotFound: they do not compete in this round, or it has no such quiz.
        Forbidden: the round is not open.
        Invalid: the bank holds too few questions.
    """
    file = file_of_mine(_person(by.actor), round_id)
    part = file.part(part_code) if file else None
    if file is None or part is None:
        raise NotFound
    if begun := attempts_of([file.contestant.id]).get((file.contestant.id, part_code)):
        return begun.id
    if hour_at(file.round, file.season, by.now) is not Hour.OPEN or _has_ended(file, by.now):
        raise Forbidden("round_not_open")
    freeze(file.season, by)
    return _drawn(file, part, by).id


def _person(actor: Actor | None) -> int | None:
    return actor.person_id if actor else None


def _has_ended(file: QuizFile, now: datetime) -> bool:
    """No time of grace to begin in."""
    return bool(file.round.closes_at and now > file.round.closes_at)


def _drawn(file: QuizFile, part: Part, by: By) -> QuizAttempt:
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
    found(attempt, Change("begin", facts={"part": part.code, "seed": seed}), by)
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
def answer(attempt_id: int, position: int, chosen: int, *, by: By) -> None:
    """Keep an answer as it is given; a later one takes its place, the same one again is the same.

    Raises:
        NotFound: it is not their attempt, or has no such question or option.
        TimeIsOver: the attempt has ended.
    """
    attempt = my_attempt(_person(by.actor), attempt_id, share=True)
    if attempt is None:
        raise NotFound
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
def finish(attempt_id: int, *, by: By) -> None:
    """End an attempt and grade it; what has ended stays as it was graded.

    Raises:
        NotFound: it is not their attempt.
    """
    attempt = my_attempt(_person(by.actor), attempt_id, lock=True)
    if attempt is None:
        raise NotFound
    _grade(attempt, by)


def finish_all(round_id: int, by: By) -> int:
    """End the attempts of a round that nobody has ended, within a running transaction.

    Returns how many there were. Whoever ends a round calls it.
    """
    left = unfinished(round_id)
    for number in left:
        attempt = db.session.get_one(QuizAttempt, number, with_for_update=True)
        _grade(attempt, replace(by, request_key=None))
    return len(left)


def _grade(attempt: QuizAttempt, by: By) -> None:
    if attempt.finished_at:
        return
    part, answers = part_of(attempt), given_in(attempt.id)
    attempt.finished_at = min(by.now, attempt.ends_at)
    attempt.points = graded(part, answers)
    attempt.seconds = int((attempt.finished_at - attempt.started_at).total_seconds())
    facts = {
        "answers": [each.chosen for each in answers],
        "points": str(attempt.points),
        "seconds": attempt.seconds,
    }
    record(attempt, Change("finish", facts=facts), by)
