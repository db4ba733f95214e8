"""Who may see how a round stands before it is published (statements 35 and 43)."""

from app.actors import Actor
from app.queries.judging.panels import is_chair, owes_sheets, seats_of
from app.queries.judging.rounds import RoundFile
from app.queries.quiz.bank import competes
from app.services.events import By
from app.services.judging.rounds import may_organise, round_seen, to_run
from app.services.refusals import Forbidden, NotFound
from workflows.contest.season import SeasonState

# From here on a judge may see how a round stands that they judged themselves.
SHOWN_TO_JUDGES = {SeasonState.DELIBERATION, SeasonState.PUBLISHED, SeasonState.CLOSED}


def ranking_seen(round_id: int, year: int, actor: Actor) -> RoundFile:
    """Return a round whose ranking this person may see: they run it, or chair its panel.

    Raises:
        NotFound: there is none for them.
        Forbidden: they compete themselves, or judge in it and the jury is not done.
    """
    file = round_seen(round_id, year, actor)
    if competes(file.season.id, actor.person_id):
        raise Forbidden("competes_yourself")
    if is_chair(round_id, actor.account_id):
        return file
    judges = any(seat.account_id == actor.account_id for seat in seats_of(round_id))
    too_early = file.season.state not in SHOWN_TO_JUDGES
    if judges and (too_early or owes_sheets(round_id, actor.account_id)):
        raise Forbidden("judging_still")
    return file


def sees_ranking(round_id: int, year: int, actor: Actor) -> bool:
    """Whether this person may see the ranking of a round now."""
    try:
        ranking_seen(round_id, year, actor)
    except (Forbidden, NotFound):
        return False
    return True


def to_settle(round_id: int, year: int, by: By) -> tuple[RoundFile, By]:
    """Return a round, locked, for what its unit and its chair decide on its result.

    Raises:
        NotFound, Forbidden: as above, or it is neither theirs nor led by them.
    """
    if by.actor:
        ranking_seen(round_id, year, by.actor)
    return to_run(round_id, year, by)


def may_settle(file: RoundFile, actor: Actor) -> bool:
    """Whether a person settles ties and releases results: the chair, or who runs the round."""
    return is_chair(file.round.id, actor.account_id) or may_organise(file, actor)
