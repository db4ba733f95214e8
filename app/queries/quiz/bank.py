"""The bank of questions of a season."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import exists, func, select

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier, Question, QuizAttempt


def sizes_of(season_id: int) -> dict[int, int]:
    """Return how many options each question of a season has, by the question's number."""
    counted = func.cardinality(Question.options)
    rows = db.session.execute(
        select(Question.id, counted).where(Question.season_id == season_id).order_by(Question.id)
    )
    return {row.id: row[1] for row in rows}


def topics_of(season_id: int) -> Counter[str]:
    """Count the questions of a season by topic."""
    query = select(Question.topic, func.count()).where(Question.season_id == season_id)
    rows = db.session.execute(query.group_by(Question.topic).order_by(Question.topic))
    return Counter({row.topic: row[1] for row in rows})


def questions_of(season_id: int) -> list[Question]:
    """List the questions of a season with their answers, by topic."""
    query = select(Question).where(Question.season_id == season_id)
    return list(db.session.scalars(query.order_by(Question.topic, Question.id)))


def questions_named(season_id: int, keys: Collection[str]) -> dict[str, Question]:
    """Return the questions of a season among some, by the key of their text."""
    query = select(Question).where(
        Question.season_id == season_id, Question.text_key == func.any(list(keys))
    )
    return {each.text_key: each for each in db.session.scalars(query)}


def attempts_began(season_id: int) -> bool:
    """Whether somebody has drawn questions of a season."""
    return bool(
        db.session.scalar(
            select(
                exists(
                    select(QuizAttempt.id)
                    .join(Contestant, Contestant.id == QuizAttempt.contestant_id)
                    .join(ContestRound, ContestRound.id == Contestant.round_id)
                    .where(ContestRound.season_id == season_id)
                )
            )
        )
    )


def competes(season_id: int, person_id: int | None) -> bool:
    """Whether a person is a contestant of a season: then the answers are not theirs to read."""
    if person_id is None:
        return False
    query = (
        select(Contestant.id)
        .join(ContestRound, ContestRound.id == Contestant.round_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(ContestRound.season_id == season_id, Dossier.person_id == person_id)
    )
    return db.session.scalar(query.limit(1)) is not None
