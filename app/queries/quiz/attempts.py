"""Attempts at a quiz: those open to a contestant, and the questions that one has drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.extensions import db
from app.models import (
    Contestant,
    ContestRound,
    Dossier,
    Question,
    QuizAnswer,
    QuizAttempt,
    Season,
    Unit,
)
from app.queries.contest.seasons import rules_of
from workflows.contest.quiz import Given
from workflows.contest.rules import Part, PartKind


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A contestant's place in a round, with the round and its season."""

    contestant: Contestant
    round: ContestRound
    season: Season
    unit: Unit

    def part(self, code: str) -> Part | None:
        """Return a quiz of the round by its code."""
        return next((each for each in self.quizzes if each.code == code), None)

    @property
    def quizzes(self) -> list[Part]:
        """The quizzes of the round, in the order of the rules."""
        parts = rules_of(self.season).round(self.round.code).parts
        return [each for each in parts if each.kind is PartKind.QUIZ]


def _files() -> Select[Contestant, ContestRound, Season, Unit]:
    return (
        select(Contestant, ContestRound, Season, Unit)
        .join(ContestRound, ContestRound.id == Contestant.round_id)
        .join(Season, Season.id == ContestRound.season_id)
        .join(Unit, Unit.id == ContestRound.unit_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
    )


def my_rounds(person_id: int | None, year: int) -> list[QuizFile]:
    """List the rounds of a year in which a person competes, the latest first."""
    if person_id is None:
        return []
    query = _files().where(
        Dossier.person_id == person_id, Season.year == year, Contestant.out_at.is_(None)
    )
    return [QuizFile(*row) for row in db.session.execute(query.order_by(ContestRound.id.desc()))]


def file_of_mine(person_id: int | None, round_id: int) -> QuizFile | None:
    """Return a person's own place in a round."""
    query = _files().where(
        Dossier.person_id == person_id,
        Contestant.round_id == round_id,
        Contestant.out_at.is_(None),
    )
    row = db.session.execute(query).one_or_none() if person_id is not None else None
    return QuizFile(*row) if row else None


def attempts_of(contestant_ids: Sequence[int]) -> dict[tuple[int, str], QuizAttempt]:
    """Return the attempts of some contestants, by contestant and part."""
    query = select(QuizAttempt).where(QuizAttempt.contestant_id.in_(contestant_ids))
    return {(each.contestant_id, each.part): each for each in db.session.scalars(query)}


def my_attempt(
    person_id: int | None, attempt_id: int, *, share: bool = False, lock: bool = False
) -> QuizAttempt | None:
    """Return a person's own attempt; ``share`` keeps it from ending, ``lock`` from all else."""
    query = (
        select(QuizAttempt)
        .join(Contestant, Contestant.id == QuizAttempt.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(QuizAttempt.id == attempt_id, Dossier.person_id == person_id)
    )
    if share or lock:
        query = query.with_for_update(read=share, of=QuizAttempt)
    return db.session.scalar(query, execution_options={"populate_existing": share or lock})


def part_of(attempt: QuizAttempt) -> Part:
    """Return the rules of the part that an attempt belongs to."""
    season, code = db.session.execute(
        select(Season, ContestRound.code)
        .join(ContestRound, ContestRound.season_id == Season.id)
        .join(Contestant, Contestant.round_id == ContestRound.id)
        .where(Contestant.id == attempt.contestant_id)
    ).one()
    return rules_of(season).round(code).part(attempt.part)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its contestant sees it; which option is right is not among it."""

    position: int
    text: str
    options: tuple[str, ...]
    chosen: int | None


def question_at(attempt_id: int, position: int) -> Asked | None:
    """Return a drawn question with its options in the order shown."""
    row = db.session.execute(
        select(QuizAnswer, Question.text, Question.options)
        .join(Question, Question.id == QuizAnswer.question_id)
        .where(QuizAnswer.attempt_id == attempt_id, QuizAnswer.position == position)
    ).one_or_none()
    if row is None:
        return None
    answer, text, options = row
    shown = tuple(options[place] for place in answer.shuffle)
    return Asked(position, text, shown, answer.chosen)


def answered(attempt_id: int) -> dict[int, bool]:
    """Return whether each question of an attempt was answered, by its position."""
    query = select(QuizAnswer.position, QuizAnswer.chosen.is_not(None)).where(
        QuizAnswer.attempt_id == attempt_id
    )
    rows = db.session.execute(query.order_by(QuizAnswer.position))
    return {row.position: row[1] for row in rows}


def given_in(attempt_id: int) -> list[Given]:
    """Return all answers of an attempt with what is right, as the grading reads them."""
    right = func.array_position(QuizAnswer.shuffle, Question.right) - 1
    rows = db.session.execute(
        select(right, QuizAnswer.chosen)
        .join(Question, Question.id == QuizAnswer.question_id)
        .where(QuizAnswer.attempt_id == attempt_id)
        .order_by(QuizAnswer.position)
    )
    return [Given(*row) for row in rows]


def unfinished(round_id: int) -> list[int]:
    """List the attempts of a round that nobody has ended."""
    query = (
        select(QuizAttempt.id)
        .join(Contestant, Contestant.id == QuizAttempt.contestant_id)
        .where(Contestant.round_id == round_id, QuizAttempt.finished_at.is_(None))
    )
    return list(db.session.scalars(query.order_by(QuizAttempt.id)))
