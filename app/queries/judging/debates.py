"""Debates of a round: who meets whom, who has nobody to meet, whom a judge is about to hear."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased, joinedload

from app.extensions import db
from app.models import Contestant, Debate, Dossier, Sheet, Speaker, Unit
from app.models.contest_sheets import SheetState
from app.queries.judging.rounds import RoundFile
from app.queries.judging.shares import entrants_of, named_contestants
from workflows.contest.conflicts import part_below


def speaks_on(sheet: Any, speaker: Any) -> ColumnElement[bool]:  # noqa: ANN401
    """Say that a speaker is scored on a sheet; both are the tables or aliases of them."""
    return and_(
        speaker.contestant_id == sheet.contestant_id,
        speaker.part == sheet.part,
        speaker.is_scored,
    )


def debates_in(round_id: int, part: str) -> list[Debate]:
    """List the debates of a part with their speakers, by number."""
    query = select(Debate).where(Debate.round_id == round_id, Debate.part == part)
    query = query.options(joinedload(Debate.speakers)).order_by(Debate.number)
    return list(db.session.scalars(query).unique())


def units_of(file: RoundFile) -> dict[int, str]:
    """Name by contestant of a round the unit they come from, right below its organiser."""
    entrants = entrants_of(file.round.id)
    return {each: part_below(file.unit.path, who.path) for each, who in entrants.items()}


def debates_that_stand(round_id: int, part: str) -> list[Debate]:
    """List the debates of a part that stand, by number.

    One whose speaker left stands only for another who is still in and was scored there.
    """
    still_in, heard = set(entrants_of(round_id)), _heard_in(round_id, part)

    def stands(debate: Debate) -> bool:
        speaking = {each.contestant_id for each in debate.speakers}
        scored = {each.contestant_id for each in debate.speakers if each.is_scored} & still_in
        return speaking <= still_in or (bool(scored) and scored <= heard)

    return [each for each in debates_in(round_id, part) if stands(each)]


def alone_in(round_id: int, part: str) -> list[str]:
    """Name those who compete in a round and are scored in no debate of a part that stands."""
    pairs = scored_together(debates_that_stand(round_id, part))
    paired = {each for pair in pairs for each in pair}
    return [name for number, name in named_contestants(round_id) if number not in paired]


def _heard_in(round_id: int, part: str) -> set[int]:
    """Return the contestants who have a final sheet in a part."""
    query = select(Sheet.contestant_id).where(
        Sheet.round_id == round_id, Sheet.part == part, Sheet.state == SheetState.FINAL
    )
    return set(db.session.scalars(query))


def scored_together(debates: Iterable[Debate]) -> list[tuple[int, ...]]:
    """List the contestants of each debate whom judges score there."""
    speakers = ((each for each in debate.speakers if each.is_scored) for debate in debates)
    return [tuple(each.contestant_id for each in scored) for scored in speakers]


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """A speaker as a list of debates shows them."""

    code: str
    name: str
    unit_name: str
    is_scored: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class DebateLine:
    """A debate as a list shows it: who speaks for the motion and who against."""

    debate: Debate
    speakers: tuple[SpeakerLine, ...]


def debate_lines(round_id: int, part: str) -> list[DebateLine]:
    """List the debates of a part with the names of who speaks, by number."""
    query = (
        select(Debate, Contestant.code, Dossier.person_name, Unit.name, Speaker.is_scored)
        .add_columns(Contestant.out_at.is_not(None))
        .join(Speaker, Speaker.debate_id == Debate.id)
        .join(Contestant, Contestant.id == Speaker.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Debate.round_id == round_id, Debate.part == part)
        .order_by(Debate.number, Speaker.is_against)
    )
    found: dict[Debate, list[SpeakerLine]] = {}
    for debate, *speaker in db.session.execute(query):
        found.setdefault(debate, []).append(SpeakerLine(*speaker))
    return [DebateLine(debate, tuple(speakers)) for debate, speakers in found.items()]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The debate in which a contestant is scored, and whom they meet there."""

    number: int
    motion: str
    is_against: bool
    code: str
    name: str


def meeting_of(contestant_id: int, part: str) -> Meeting | None:
    """Return the debate of a contestant in a part; there is none before it is drawn."""
    other = aliased(Speaker)
    query = (
        select(Debate.number, Debate.motion, Speaker.is_against)
        .add_columns(Contestant.code, Dossier.person_name)
        .join(Speaker, Speaker.debate_id == Debate.id)
        .join(other, and_(other.debate_id == Debate.id, other.is_against != Speaker.is_against))
        .join(Contestant, Contestant.id == other.contestant_id)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .where(Speaker.contestant_id == contestant_id, Speaker.part == part, Speaker.is_scored)
    )
    row = db.session.execute(query).one_or_none()
    return Meeting(*row) if row else None
