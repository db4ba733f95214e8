"""The end of a round's judging, as its chair makes it, and going on where it was too early."""

from app.services.events import By, Change, record, seen_before
from app.services.judging.rounds import still_scoring, to_lead
from app.services.quiz.attempts import finish_all
from app.services.refusals import Invalid
from app.services.use_case import use_case


@use_case
def end_round(round_id: int, year: int, *, by: By) -> None:
    """End a round; what judges sent before still counts for the time of grace.

    Whoever is still at a quiz of it hands in what they have.

    Raises:
        NotFound, Forbidden: no such round for this person, or they do not chair it.
    """
    file, by = to_lead(round_id, year, by)
    if seen_before(by.request_key) or file.round.closed_at:
        return
    still_scoring(file)
    file.round.closed_at = by.now
    facts = {"quizzes_ended": finish_all(round_id, by)}
    record(file.round, Change("end_round", facts=facts), by)


@use_case
def go_on(round_id: int, year: int, reason: str, *, by: By) -> None:
    """Take scores again in a round that its chair had ended, for a reason, until its set close.

    Raises:
        NotFound, Forbidden: no such round for this person, or they do not chair it.
        Invalid: the set close has passed; single sheets can still be let in.
    """
    file, by = to_lead(round_id, year, by)
    if seen_before(by.request_key):
        return
    still_scoring(file)
    if file.round.closes_at and file.round.closes_at <= by.now:
        raise Invalid("reason", "past_close")
    file.round.closed_at = None
    record(file.round, Change("go_on_round", comment=reason), by)
