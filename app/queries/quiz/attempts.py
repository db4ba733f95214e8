"""Attempts at a quiz: those open to a contestant, and the questions that one has drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, false, func, select

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
from app.queries.judging.rounds import hour_at
from workflows.contest.hours import Hour
from workflows.contest.quiz import Given
from workflows.contest.rules import Part


@dataclass(frozen=True, slots=True)
class QuizFile:
    """A contestant's place in a round, with the round and its season."""

    contestant: Contestant
    round: ContestRound
    season: Season
    unit: Unit

    @property
    def holder(self) -> str:
        """The name of the unit that holds the round, and of the one whose round it was."""
        return self.round.held_by(self.unit)

    def part(self, code: str) -> Part | None:
        """Return a quiz of the round by its code."""
        return next((each for each in self.quizzes if each.code == code), None)

    @property
    def quizzes(self) -> list[Part]:
        """The quizzes of the round, in the order of the rules."""
        return rules_of(self.season).round(self.round.code).quizzes

    def may_begin(self, now: datetime) -> bool:
        """Whether an attempt can begin now; there is no time of grace to begin in."""
        has_ended = bool(self.round.closes_at and now > self.round.closes_at)
        return hour_at(self.round, self.season, now) is Hour.OPEN and not has_ended


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes quizzes: a person by their account, or the contestant of a personal link."""

    person_id: int | None = None
    contestant_id: int | None = None
    link_id: int | None = None

    @property
    def own(self) -> ColumnElement[bool]:
        """Match what is theirs, among contestants with their dossiers; nobody has nothing."""
        if self.contestant_id is not None:
            return Contestant.id == self.contestant_id
        return Dossier.person_id == self.person_id if self.person_id is not None else false()


def files_asked() -> Select[Contestant, ContestRound, Season, Unit]:
    """Ask for contestants' places in rounds, joined with their dossiers."""
    return (
        select(Contestant, ContestRound, Season, Unit)
        .join(ContestRound, ContestRound.id == Contestant.round_id)
        .join(Season, Season.id == ContestRound.season_id)
        .join(Unit, Unit.id == ContestRound.unit_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
    )


def my_rounds(taker: Taker, year: int) -> list[QuizFile]:
    """List the rounds of a year in which somebody competes, the latest first."""
    query = files_asked().where(taker.own, Season.year == year, Contestant.out_at.is_(None))
    return [QuizFile(*row) for row in db.session.execute(query.order_by(ContestRound.id.desc()))]


def file_of_mine(taker: Taker, round_id: int) -> QuizFile | None:
    """Return somebody's own place in a round."""
    query = files_asked().where(
        taker.own, Contestant.round_id == round_id, Contestant.out_at.is_(None)
    )
    row = db.session.execute(query).one_or_none()
    return QuizFile(*row) if row else None


def attempts_of(contestant_ids: Sequence[int]) -> dict[tuple[int, str], QuizAttempt]:
    """Return the attempts of some contestants, by contestant and part."""
    query = select(QuizAttempt).where(QuizAttempt.contestant_id.in_(contestant_ids))
    return {(each.contestant_id, each.part): each for each in db.session.scalars(query)}


def my_attempt(
    taker: Taker, attempt_id: int, *, share: bool = False, lock: bool = False
) -> QuizAttempt | None:
    """Return somebody's own attempt; ``share`` keeps it from ending, ``lock`` from all else."""
    query = (
        select(QuizAttempt)
        .join(Contestant, Contestant.id == QuizAttempt.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(QuizAttempt.id == attempt_id, taker.own)
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
