"""What was published of a contest, for everybody and for each contestant."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from app.extensions import db
from app.models import (
    BoardRelease,
    Contestant,
    ContestRound,
    Dossier,
    Entry,
    Publication,
    Season,
    Sheet,
    Unit,
)
from app.models.contest_sheets import SheetState


@dataclass(frozen=True, slots=True)
class Published:
    """A publication with its season and the district that holds it."""

    publication: Publication
    season: Season
    district: str


def latest_of(year: int) -> list[Published]:
    """List the latest publication of each district in a year."""
    newest = select(func.max(Publication.id)).group_by(Publication.season_id)
    rows = db.session.execute(
        select(Publication, Season, Unit.name)
        .join(Season, Season.id == Publication.season_id)
        .join(Unit, Unit.id == Season.district_id)
        .where(Season.year == year, Publication.id.in_(newest))
        .order_by(Unit.sort_key, Unit.id)
    )
    return [Published(*row) for row in rows]


def publications_of(season_id: int) -> list[Publication]:
    """List the publications of a season, the newest first."""
    query = select(Publication).where(Publication.season_id == season_id)
    return list(db.session.scalars(query.order_by(Publication.number.desc())))


def last_publication(season_id: int, *, lock: bool = False) -> Publication | None:
    """Return the publication of a season that holds now."""
    query = select(Publication).where(Publication.season_id == season_id)
    if lock:
        query = query.with_for_update()
    return db.session.scalar(query.order_by(Publication.number.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Honour:
    """An award that a person won, as their page records it."""

    year: int
    title: str
    award: str


def honours_of(person_id: int) -> list[Honour]:
    """List the awards of a person, the newest first."""
    rows = db.session.execute(
        select(Season.year, Season.title, Entry.award)
        .join(Entry, Entry.season_id == Season.id)
        .join(Dossier, Dossier.id == Entry.dossier_id)
        .where(Dossier.person_id == person_id, Entry.award != "")
        .order_by(Season.year.desc())
    )
    return [Honour(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Comment:
    """What a judge wrote about a contestant in a part, released by the chair."""

    round: str
    part: str
    text: str


def comments_for(dossier_ids: Sequence[int]) -> list[Comment]:
    """List the released comments about some entries, without the names of judges."""
    rows = db.session.execute(
        select(ContestRound.code, Sheet.part, Sheet.comment)
        .join(Contestant, Contestant.id == Sheet.contestant_id)
        .join(ContestRound, ContestRound.id == Contestant.round_id)
        .where(
            Contestant.dossier_id.in_(dossier_ids),
            and_(Sheet.state == SheetState.FINAL, Sheet.comment_released, Sheet.comment != ""),
        )
        .order_by(ContestRound.id, Sheet.part, func.md5(Sheet.comment))
    )
    return [Comment(*row) for row in rows]


def comments_left(round_id: int) -> int:
    """Count the comments of a round's final sheets that are not released."""
    query = select(func.count()).where(
        Sheet.round_id == round_id,
        Sheet.state == SheetState.FINAL,
        Sheet.comment != "",
        ~Sheet.comment_released,
    )
    return db.session.scalar(query) or 0


def entries_of(season_id: int, person_id: int | None) -> list[int]:
    """List the entries of a person in a season, by their dossiers."""
    if person_id is None:
        return []
    query = (
        select(Entry.dossier_id)
        .join(Dossier, Dossier.id == Entry.dossier_id)
        .where(Entry.season_id == season_id, Dossier.person_id == person_id)
    )
    return list(db.session.scalars(query))


def released_on_board(round_id: int) -> set[str]:
    """Return what the board may show of a round: codes of parts, and "" for the ranking."""
    return set(
        db.session.scalars(select(BoardRelease.part).where(BoardRelease.round_id == round_id))
    )


def entries_per_commune(season_id: int) -> list[tuple[str, int]]:
    """Count the entries of a season by commune."""
    rows = db.session.execute(
        select(Unit.name, func.count())
        .join(Dossier, Dossier.commune_id == Unit.id)
        .join(Entry, Entry.dossier_id == Dossier.id)
        .where(Entry.season_id == season_id)
        .group_by(Unit.id)
        .order_by(func.count().desc(), Unit.sort_key)
    )
    return [(row[0], row[1]) for row in rows]
