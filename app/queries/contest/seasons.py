"""Seasons of the contest: one a year and district, its rules, and the rounds units hold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import func, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from app.actors import HeldPost
from app.extensions import db
from app.models import ContestExtension, ContestRound, Season, Unit
from workflows.contest.plain import from_plain
from workflows.contest.rules import ContestRules, Round


def season_of(district_id: int, year: int) -> Season | None:
    """Return the season that a district holds in a year."""
    query = select(Season).where(Season.district_id == district_id, Season.year == year)
    return db.session.scalar(query)


def season_seen(posts: Sequence[HeldPost], year: int) -> Season | None:
    """Return the season of a year in the district that somebody's posts belong to."""
    mine = {each.district_id for each in posts}
    query = select(Season).where(Season.district_id.in_(mine), Season.year == year)
    return db.session.scalar(query.order_by(Season.district_id).limit(1))


def seasons_of(posts: Sequence[HeldPost]) -> list[Season]:
    """List the seasons of the districts that somebody's posts belong to, the newest first."""
    mine = {each.district_id for each in posts}
    query = select(Season).where(Season.district_id.in_(mine))
    return list(db.session.scalars(query.order_by(Season.year.desc(), Season.district_id)))


def season_by_id(season_id: int, *, lock: bool = False) -> Season | None:
    """Return a season; locked, as it stands now, until the transaction ends."""
    query = select(Season).where(Season.id == season_id)
    if not lock:
        return db.session.scalar(query)
    fresh = {"populate_existing": True}
    return db.session.scalar(query.with_for_update(), execution_options=fresh)


def rules_of(season: Season) -> ContestRules:
    """Return the rules of a season; the same rules are read once."""
    return _read(json.dumps(season.rules, sort_keys=True))


@lru_cache(maxsize=64)
def _read(written: str) -> ContestRules:
    return from_plain(json.loads(written))


def round_by_id(round_id: int) -> ContestRound | None:
    """Return the round of a unit with its season and its unit."""
    query = select(ContestRound).where(ContestRound.id == round_id)
    return db.session.scalar(
        query.options(joinedload(ContestRound.season), joinedload(ContestRound.unit))
    )


def round_rules(held: ContestRound) -> Round:
    """Return the rules of a round that is loaded with its season."""
    return rules_of(held.season).round(held.code)


def rounds_of(season_id: int) -> list[ContestRound]:
    """List the rounds of a season with their units, by unit within a round of the rules."""
    query = select(ContestRound).join(Unit, Unit.id == ContestRound.unit_id)
    return list(
        db.session.scalars(
            query.where(ContestRound.season_id == season_id)
            .options(contains_eager(ContestRound.unit))
            .order_by(ContestRound.code, Unit.sort_key, Unit.id)
        )
    )


def grassroots_units(district_id: int, today: date) -> list[Unit]:
    """List the grass-roots unions of a district today: communes, and branches that are one."""
    query = select(Unit).where(Unit.district_id == district_id, Unit.is_grassroots)
    there = (Unit.valid_from <= today, Unit.valid_to.is_(None) | (Unit.valid_to >= today))
    return list(db.session.scalars(query.where(*there).order_by(Unit.sort_key, Unit.id)))


def call_ends(season: Season, unit: Unit) -> datetime | None:
    """Return when entries of a unit close: the end of the call, or the latest extension for it."""
    longest = (
        select(func.max(ContestExtension.until))
        .join(Unit, Unit.id == ContestExtension.unit_id)
        .where(ContestExtension.season_id == season.id)
        .where(literal(unit.path).startswith(Unit.path))
    )
    ends = [each for each in (season.call_until, db.session.scalar(longest)) if each]
    return max(ends, default=None)


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """An extension of the call as the season's page lists it."""

    unit_name: str
    until: datetime
    reason: str
    granted_at: datetime


def extensions_of(season_id: int) -> list[ExtensionLine]:
    """List the extensions of a season's call, the newest first."""
    columns = (ContestExtension.until, ContestExtension.reason, ContestExtension.granted_at)
    rows = db.session.execute(
        select(Unit.name, *columns)
        .join(Unit, Unit.id == ContestExtension.unit_id)
        .where(ContestExtension.season_id == season_id)
        .order_by(ContestExtension.id.desc())
    )
    return [ExtensionLine(*row) for row in rows]
