"""What the steps of a season ask about, counted from its rounds."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier, Entry, Publication, Season, Sheet
from app.models.contest_sheets import SheetState
from app.queries.contest.seasons import call_ends, rounds_of, rules_of
from app.queries.contest.sheets import scores_of
from app.queries.units.tree import unit_by_id
from workflows.contest.ranking import rank
from workflows.contest.rules import ContestRules
from workflows.contest.scoring import Ranking
from workflows.contest.season import SeasonState
from workflows.contest.season_facts import SeasonFacts
from workflows.contest.validity import judge
from workflows.levels import Level

SCORED = {SeasonState.ROUNDS, SeasonState.DELIBERATION}
Spot = tuple[int, str]  # a contestant and a part


def season_facts(season: Season, now: datetime, reason: str = "") -> SeasonFacts:
    """Return what the steps of a season ask about, at a moment."""
    rules, judgement = rules_of(season), judge(rules_of(season))
    district = unit_by_id(season.district_id)
    held = competing(season.id) if season.state not in {"draft", "rehearsal"} else {}
    scored = held if season.state in SCORED else {}
    rounds = [each for each in rounds_of(season.id) if each.id in scored] if scored else []
    rankings = _rankings(rules, rounds)
    return SeasonFacts(
        now,
        season.publish_on,
        gaps=len(judgement.wrong) + len(judgement.gaps),
        call_from=season.call_from,
        call_until=call_ends(season, district) if district else season.call_until,
        contestants=sum(len(each) for each in held.values()),
        finalists=_finalists(rules, rounds, held),
        entries_waiting=_entries_waiting(season.id) if scored else 0,
        rounds_open=sum(each.closed_at is None for each in rounds),
        sheets_missing=_missing(rules, rounds, held),
        ties_open=sum(len(each.open_ties) for each in rankings),
        cuts_in_tie=sum(each.cut_in_tie for each in rankings),
        awards_decided=_awards_decided(season.id),
        reason=reason,
    )


def competing(season_id: int) -> Mapping[int, Sequence[int]]:
    """Return the contestants of each round of a season that has any."""
    query = (
        select(Contestant.round_id, func.array_agg(Contestant.id))
        .join(ContestRound, ContestRound.id == Contestant.round_id)
        .where(ContestRound.season_id == season_id, Contestant.out_at.is_(None))
        .group_by(Contestant.round_id)
    )
    return {row.round_id: row[1] for row in db.session.execute(query)}


def _finalists(
    rules: ContestRules, rounds: Sequence[ContestRound], held: Mapping[int, Sequence[int]]
) -> int:
    last = rules.rounds[-1].code if rules.rounds else ""
    return sum(len(held[each.id]) for each in rounds if each.code == last)


def _entries_waiting(season_id: int) -> int:
    query = (
        select(func.count())
        .select_from(Entry)
        .join(Dossier, Dossier.id == Entry.dossier_id)
        .where(Entry.season_id == season_id, Dossier.state == "endorsed")
    )
    return db.session.scalar(query) or 0


def _awards_decided(season_id: int) -> bool:
    query = select(Publication.decided_on).where(Publication.season_id == season_id)
    return db.session.scalar(query.order_by(Publication.number.desc()).limit(1)) is not None


def _rankings(rules: ContestRules, rounds: Sequence[ContestRound]) -> list[Ranking]:
    """Rank the district's rounds; who stands equal in a commune is settled there."""
    named = [(rules.round(each.code), each.id) for each in rounds]
    return [rank(each, scores_of(number)) for each, number in named if each.level is Level.DISTRICT]


def _missing(
    rules: ContestRules, rounds: Sequence[ContestRound], held: Mapping[int, Sequence[int]]
) -> int:
    given = _final_sheets([each.id for each in rounds])
    return sum(
        max(part.sheets - given.get((contestant, part.code), 0), 0)
        for each in rounds
        for part in rules.round(each.code).parts
        if part.is_judged
        for contestant in held[each.id]
    )


def _final_sheets(round_ids: Sequence[int]) -> Mapping[Spot, int]:
    query = (
        select(Sheet.contestant_id, Sheet.part, func.count())
        .where(Sheet.round_id.in_(round_ids), Sheet.state == SheetState.FINAL)
        .group_by(Sheet.contestant_id, Sheet.part)
    )
    return {(number, part): count for number, part, count in db.session.execute(query)}
