"""Quizzes in the demo: the bank is filled, contestants answer as well as they can."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.actors import Actor
from app.demo.contest.questions import bank
from app.demo.places import Place
from app.extensions import db
from app.models import Account, Contestant, Dossier, Question, QuizAnswer
from app.queries.accounts import actor_for
from app.queries.contest.seasons import season_of
from app.queries.judging.rounds import RoundFile
from app.services.events import By
from app.services.quiz.attempts import begin, finish
from app.services.quiz.bank import add_questions
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.contest.rules import PartKind

SECONDS_EACH = (12, 34)
SKILL = (0.55, 0.95)  # which share of the answers is right


def fill_bank(district: Place, year: int, now: datetime) -> None:
    """Take the forty questions in, as the district's officer."""
    if season := season_of(district.unit.id, year):
        add_questions(season.id, bank(), (), by=By(district.officers[1], now))


def answer_all(file: RoundFile, now: datetime) -> None:
    """Let everybody in a round answer its quiz; nobody needs just as long as somebody else."""
    parts = [each.code for each in file.rules.parts if each.kind is PartKind.QUIZ]
    for contestant_id, person_id in _competing(file.round.id):
        actor = _actor(person_id, now)
        for part in parts if actor else ():
            dice = random.Random(f"{contestant_id} {part}")  # noqa: S311  (nothing secret)
            _answer(file.round.id, part, By(actor, now), dice)


def _competing(round_id: int) -> list[tuple[int, int]]:
    query = (
        select(Contestant.id, Dossier.person_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(Contestant.round_id == round_id, Contestant.out_at.is_(None))
        .order_by(Contestant.id)
    )
    return [(number, person) for number, person in db.session.execute(query)]


def _actor(person_id: int, now: datetime) -> Actor | None:
    account = db.session.scalar(select(Account).where(Account.person_id == person_id))
    return actor_for(account.id, account.session_epoch, local_day(now)) if account else None


def _answer(round_id: int, part: str, by: By, dice: random.Random) -> None:
    attempt, now, skill = begin(round_id, part, by=by), by.now, dice.uniform(*SKILL)
    given = []
    for position, shuffle, right in _drawn(attempt):
        now += timedelta(seconds=dice.randint(*SECONDS_EACH))
        knows = dice.random() < skill
        place = next(n for n, each in enumerate(shuffle) if (each == right) is knows)
        spot = {"attempt_id": attempt, "position": position}
        given.append({**spot, "chosen": place, "answered_at": now})
    _keep(given)
    finish(attempt, by=By(by.actor, now))


@use_case
def _keep(given: Sequence[dict[str, Any]]) -> None:
    """Keep the answers at one go: one after the other they would take most of the time."""
    db.session.execute(update(QuizAnswer), given)


def _drawn(attempt_id: int) -> list[tuple[int, list[int], int]]:
    query = (
        select(QuizAnswer.position, QuizAnswer.shuffle, Question.right)
        .join(Question, Question.id == QuizAnswer.question_id)
        .where(QuizAnswer.attempt_id == attempt_id)
        .order_by(QuizAnswer.position)
    )
    return [(row.position, row.shuffle, row.right) for row in db.session.execute(query)]
