"""Rows that hold still while judging goes on; always a sheet first, then its season, its round."""

from sqlalchemy import ColumnElement, select

from app.extensions import db
from app.models import ContestRound, Season, Sheet

_PLACE = (
    select(Season, ContestRound)
    .join(ContestRound, ContestRound.season_id == Season.id)
    .execution_options(populate_existing=True)
)
_SHARED = _PLACE.with_for_update(read=True)
_SEASON = _PLACE.with_for_update(read=True, of=Season)
_ROUND = _PLACE.with_for_update(of=ContestRound)


def hold_still(round_id: int, *, change: bool = False) -> tuple[Season, ContestRound]:
    """Keep a season and a round as they are until the transaction ends, and return them.

    To ``change`` the round keeps everybody else from holding it.
    """
    place = ContestRound.id == round_id
    if change:
        db.session.execute(_SEASON.where(place))
    season, round_ = db.session.execute((_ROUND if change else _SHARED).where(place)).one()
    return season, round_


def lock_sheets(*conditions: ColumnElement[bool]) -> list[Sheet]:
    """Lock sheets, in the order of their ids."""
    query = select(Sheet).where(*conditions).order_by(Sheet.id).with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))
