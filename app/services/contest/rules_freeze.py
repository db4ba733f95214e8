"""Freezing the rules of a season: from the first score on, nobody changes what is scored by."""

from dataclasses import replace

from app.models import Season
from app.queries.contest.seasons import season_by_id
from app.services.events import By, Change, hash_of, record
from app.services.refusals import Forbidden, NotFound


def freeze(season: Season, by: By) -> None:
    """Freeze and hash the rules within a running transaction; frozen ones stay as they are.

    Whoever scores calls it before the first final sheet or quiz attempt (statement 37). The
    season is locked, so that a change of the rules at the same moment comes before or is refused.

    Raises:
        NotFound: the season is gone.
    """
    if season.frozen_at:
        return
    fresh = season_by_id(season.id, lock=True)
    if fresh is None:
        raise NotFound
    if fresh.frozen_at:
        return
    fresh.rules_hash, fresh.frozen_at = hash_of(fresh.rules), by.now
    change = Change("freeze_rules", fresh.state, fresh.state, facts={"sha256": fresh.rules_hash})
    record(fresh, change, replace(by, request_key=None))


def refuse_if_frozen(season: Season) -> None:
    """Let nothing through that changes frozen rules.

    Raises:
        Forbidden: the rules are frozen.
    """
    if season.frozen_at:
        raise Forbidden("rules_frozen")
