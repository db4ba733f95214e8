"""The bank of questions: filled from a file, and closed once somebody has drawn from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.extensions import db
from app.models import Question, Season
from app.policies import Right
from app.queries.contest.seasons import season_by_id
from app.queries.quiz.bank import attempts_began, competes, questions_named, questions_of
from app.services.authority import over
from app.services.events import By, Change, record, seen_before
from app.services.quiz.question_file import NewQuestion, RowFault
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case


class QuestionsRefused(Exception):  # noqa: N818
    """A file of which nothing was taken, with everything that is wrong in it, row by row."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(", ".join(each.code for each in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many questions a file brought, and how many were there already."""

    new: int
    same: int


@use_case
def add_questions(
    season_id: int, questions: Sequence[NewQuestion], faults: Sequence[RowFault], *, by: By
) -> Taken:
    """Add the questions of a file to the bank of a season; all of them or none.

    Raises:
        NotFound, Forbidden: it is not theirs to fill, or they compete themselves.
        Invalid: somebody has drawn questions already.
        QuestionsRefused: rows are wrong; all of them are named.
    """
    season, by = _bank_of(season_id, by)
    if event := seen_before(by.request_key):
        return Taken(event.facts["new"], event.facts["same"])
    if attempts_began(season_id):
        raise Invalid("file", "attempts_began")
    if faults:
        raise QuestionsRefused(faults)
    known = questions_named(season_id, {each.key for each in questions})
    new = [each for each in questions if each.key not in known]
    db.session.add_all(_row(season, each) for each in new)
    taken = Taken(len(new), len(questions) - len(new))
    facts = {"new": taken.new, "same": taken.same}
    record(season, Change("add_questions", season.state, season.state, facts=facts), by)
    return taken


def _row(season: Season, question: NewQuestion) -> Question:
    return Question(
        district_id=season.district_id,
        season_id=season.id,
        topic=question.topic,
        text=question.text,
        text_key=question.key,
        options=list(question.options),
        right=question.right,
    )


@use_case
def empty_bank(season_id: int, *, by: By) -> None:
    """Take all questions out of the bank of a season, to fill it anew.

    Raises:
        NotFound, Forbidden: it is not theirs to empty, or they compete themselves.
        Invalid: somebody has drawn questions already.
    """
    season, by = _bank_of(season_id, by)
    if seen_before(by.request_key):
        return
    if attempts_began(season_id):
        raise Invalid("file", "attempts_began")
    questions = questions_of(season_id)
    for each in questions:
        db.session.delete(each)
    facts = {"removed": len(questions)}
    record(season, Change("empty_bank", season.state, season.state, facts=facts), by)


@use_case
def open_bank(season_id: int, *, by: By) -> list[Question]:
    """Read the questions of a season with their answers; whoever does leaves a trace.

    Raises:
        NotFound, Forbidden: they are not theirs to read, or they compete themselves.
    """
    season, by = _bank_of(season_id, by)
    questions = questions_of(season_id)
    facts = {"questions": len(questions)}
    record(season, Change("open_bank", season.state, season.state, facts=facts), by)
    db.session.flush()
    db.session.expunge_all()
    return questions


def _bank_of(season_id: int, by: By) -> tuple[Season, By]:
    season = season_by_id(season_id, lock=True)
    if season is None:
        raise NotFound
    _unit, by = over(season.district_id, Right.RUN_CONTEST, by)
    if by.actor and competes(season_id, by.actor.person_id):
        raise Forbidden("competes_yourself")
    return season, by
