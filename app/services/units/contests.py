"""What a contest that is under way does when units change: rounds, places and days follow."""

from collections.abc import Collection

from sqlalchemy import case, func, insert, select

from app.extensions import db
from app.models import ContestExtension, ContestRound, Dossier, Entry, Season, Unit
from app.services.chains import record_all
from app.services.units.passing import Passage, write
from workflows.contest.season import SeasonState

OVER = (SeasonState.PUBLISHED, SeasonState.CLOSED)


def pass_contests(passage: Passage) -> None:
    """Let the new unit hold the rounds of the old ones, each for itself, with their places.

    A season that is published or closed stays as it is.
    """
    seasons = _under_way(passage)
    _pass_rounds(passage, seasons)
    _pass_places(passage, seasons)
    _pass_days(passage, seasons)


def keep_days(passage: Passage, unit_id: int) -> None:
    """Give a unit that leaves the old ones the longer days that it had there to enter."""
    extension = ContestExtension
    longer = extension.unit_id.in_(passage.from_ids), extension.season_id.in_(_under_way(passage))
    columns = [each for each in extension.__table__.c if each.key not in {"id", "unit_id"}]
    given = db.session.execute(select(*columns).where(*longer).order_by(extension.id)).mappings()
    if rows := [{**row, "unit_id": unit_id} for row in given]:
        db.session.execute(insert(extension), rows)
        _tell(passage, {row["season_id"] for row in rows}, unit_id)


def _under_way(passage: Passage) -> list[int]:
    """Return the seasons that concern the old units and are not over, locked like for a step."""
    old = passage.from_ids
    concerned = (
        select(ContestRound.season_id).where(ContestRound.unit_id.in_(old)),
        select(ContestExtension.season_id).where(ContestExtension.unit_id.in_(old)),
        select(Entry.season_id).where(Entry.endorsing_unit_id.in_(old)),
    )
    query = select(Season.id).where(
        Season.id.in_(concerned[0].union(*concerned[1:])), Season.state.not_in(OVER)
    )
    return list(db.session.scalars(query.order_by(Season.id).with_for_update(key_share=True)))


def _pass_rounds(passage: Passage, seasons: Collection[int]) -> None:
    held = ContestRound
    theirs = held.unit_id.in_(passage.from_ids), held.season_id.in_(seasons)
    query = select(held.id, held.unit_id).where(*theirs).order_by(held.id)
    rows = db.session.execute(query.with_for_update()).all()
    name = select(Unit.name).where(Unit.id == held.unit_id).scalar_subquery()
    write(
        held,
        theirs,
        begun_as=case((held.begun_as == "", name), else_=held.begun_as),
        begun_by_id=func.coalesce(held.begun_by_id, held.unit_id),
        unit_id=passage.to.id,
    )
    record_all(held, {row: passage.told("unit", unit) for row, unit in rows}, passage.by)


def _pass_places(passage: Passage, seasons: Collection[int]) -> None:
    taken = Entry.endorsing_unit_id.in_(passage.from_ids), Entry.season_id.in_(seasons)
    rows = db.session.execute(select(Entry.dossier_id, Entry.endorsing_unit_id).where(*taken)).all()
    write(Entry, taken, endorsing_unit_id=passage.to.id)
    record_all(Dossier, {row: passage.told("place", unit) for row, unit in rows}, passage.by)


def _pass_days(passage: Passage, seasons: Collection[int]) -> None:
    longer = ContestExtension.unit_id.in_(passage.from_ids), ContestExtension.season_id.in_(seasons)
    concerned = set(db.session.scalars(select(ContestExtension.season_id).where(*longer)))
    write(ContestExtension, longer, unit_id=passage.to.id)
    _tell(passage, concerned, sorted(passage.from_ids))


def _tell(passage: Passage, seasons: Collection[int], before: object) -> None:
    record_all(Season, dict.fromkeys(seasons, passage.told("days", before)), passage.by)
