"""Who acts in a round: the unit that holds it sets it up, the chair of its panel leads it."""

from dataclasses import replace

from app import policies
from app.actors import Actor
from app.policies import Right
from app.queries.judging.panels import is_chair
from app.queries.judging.rounds import RoundFile, round_file
from app.services.events import By
from app.services.judging.holding import hold_still
from app.services.refusals import Forbidden, NotFound
from workflows.contest.hours import SCORING


def round_seen(round_id: int, year: int, actor: Actor) -> RoundFile:
    """Return a round that exists for this person: they look over who holds it, or chair it.

    Raises:
        NotFound: there is none for them. A judge knows only the own sheets.
    """
    file = round_file(round_id, year)
    if file is None or not (_looks_over(file, actor) or is_chair(round_id, actor.account_id)):
        raise NotFound
    return file


def _looks_over(file: RoundFile, actor: Actor) -> bool:
    return policies.may(actor, Right.RUN_CONTEST, file.unit.id, file.unit.path)


def may_organise(file: RoundFile, actor: Actor) -> bool:
    """Whether a person sets the round up, in a post at the unit that holds it."""
    held = policies.posts_with(actor, Right.RUN_CONTEST)
    return any(each.unit_id == file.unit.id for each in held)


def to_organise(round_id: int, year: int, by: By, *, lock: bool = True) -> tuple[RoundFile, By]:
    """Return a round, locked, and the act in the post that sets it up.

    Raises:
        NotFound, Forbidden: there is none for this person, or it is another unit's to set up.
    """
    file = _round(round_id, year, by, lock=lock)
    held = policies.posts_with(by.actor, Right.RUN_CONTEST) if by.actor else []
    post = next((each for each in held if each.unit_id == file.unit.id), None)
    if by.actor and post is None:
        raise Forbidden("not_your_desk")
    return file, replace(by, post=post)


def to_lead(round_id: int, year: int, by: By, *, lock: bool = True) -> tuple[RoundFile, By]:
    """Return a round, locked, for an act that is its chair's alone.

    Raises:
        NotFound, Forbidden: there is none for this person, or they do not chair it.
    """
    file = _round(round_id, year, by, lock=lock)
    if by.actor and not is_chair(round_id, by.actor.account_id):
        raise Forbidden("only_the_chair")
    return file, by


def to_run(round_id: int, year: int, by: By, *, lock: bool = True) -> tuple[RoundFile, By]:
    """Return a round, locked, for what its unit and its chair may both do.

    Raises:
        NotFound, Forbidden: there is none for this person, or it is neither theirs nor led by them.
    """
    if by.actor and is_chair(round_id, by.actor.account_id):
        return to_lead(round_id, year, by, lock=lock)
    return to_organise(round_id, year, by, lock=lock)


def still_scoring(file: RoundFile) -> None:
    """Let nothing change what was published.

    Raises:
        Forbidden: the season is not, or no longer, at the stage of scoring.
    """
    if file.season.state not in SCORING:
        raise Forbidden("season_shut")


def _round(round_id: int, year: int, by: By, *, lock: bool) -> RoundFile:
    file = round_seen(round_id, year, by.actor) if by.actor else round_file(round_id, year)
    if file is None:
        raise NotFound
    if lock:
        _season, held = hold_still(round_id, change=True)
        if held.unit_id != file.unit.id:  # units merged just now
            return round_file(round_id, year) or file
    return file
