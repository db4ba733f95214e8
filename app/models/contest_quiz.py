"""The online quiz: a bank of questions, an attempt drawn from a seed, its answers, its links."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from app.extensions import Model
from app.models.events import Chained
from app.models.links import PersonalLink


class Question(Model):
    """A question of a season's bank; ``right`` is the place of the right option, from 0."""

    __tablename__ = "quiz_questions"
    __table_args__ = (
        UniqueConstraint("season_id", "text_key"),
        CheckConstraint('"right" >= 0 AND "right" < cardinality(options)', "right"),
        CheckConstraint("cardinality(options) >= 2", "options"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    season_id: Mapped[int] = mapped_column(ForeignKey("contest_seasons.id"))
    topic: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    text_key: Mapped[str]
    options: Mapped[list[str]] = mapped_column(ARRAY(Text))
    right: Mapped[int]


class QuizAttempt(Chained, Model):
    """One contestant's only attempt at a part: its seed, its clock, and the graded result."""

    __tablename__ = "quiz_attempts"
    __table_args__ = (UniqueConstraint("contestant_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"))
    part: Mapped[str]
    seed: Mapped[str]
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    points: Mapped[Decimal | None] = mapped_column(Numeric(9, 3))
    seconds: Mapped[int | None]


class QuizAnswer(Model):
    """One drawn question of an attempt, with the shuffled options and the answer given so far.

    ``shuffle`` lists the options' places in the order shown; ``chosen`` is a place in it.
    """

    __tablename__ = "quiz_answers"
    __table_args__ = (Index("ix_quiz_answers_question", "question_id"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_questions.id"))
    shuffle: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    chosen: Mapped[int | None]
    answered_at: Mapped[datetime | None]


class QuizLink(PersonalLink, Model):
    """The personal link of a contestant to the quizzes of a round, open until the round ends."""

    __tablename__ = "quiz_links"
    __table_args__ = (Index("ix_quiz_links_contestant", "contestant_id"),)

    contestant_id: Mapped[int] = mapped_column(ForeignKey("contestants.id"))
