"""Writing the rules of a season: anything may change until they are frozen, nothing after it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select, union

from app.extensions import db
from app.models import Contestant, ContestRound, PanelSeat, QuizAttempt, Season, Sheet
from app.models.contest_sheets import SheetState
from app.queries.contest.seasons import rounds_of, rules_of
from app.services.contest.round_layout import lay_out_rounds
from app.services.contest.rules_freeze import freeze, refuse_if_frozen
from app.services.contest.seasons import season_run
from app.services.events import By, Change, hash_of, record, seen_before
from app.services.refusals import Forbidden
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.contest.plain import Fault, to_plain
from workflows.contest.rules import ContestRules
from workflows.contest.season import WRITING, SeasonState
from workflows.contest.validity import judge

FREEZING = (SeasonState.CALL_OPEN, SeasonState.ROUNDS)


class RulesWrong(Exception):  # noqa: N818
    """Rules that cannot stand; ``faults`` are all of them, by their paths."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(f"{each.path}: {each.code}" for each in faults))
        self.faults = tuple(faults)


@use_case
def write_rules(year: int, rules: ContestRules, what: str, *, by: By, seen: int) -> None:
    """Put rules in the place of those of a season; ``what`` names the piece that changed.

    What is still missing may be missing; what is wrong is refused.

    Raises:
        NotFound, Forbidden, Stale: as for every act on a season; frozen rules are forbidden.
        RulesWrong: with everything that is wrong.
    """
    season, by = season_run(year, by)
    if seen_before(by.request_key):
        return
    check_version(season, seen)
    refuse_if_frozen(season)
    if season.state not in {*WRITING, SeasonState.ROUNDS}:
        raise Forbidden("rules_are_set")
    if faults := [*judge(rules).wrong, *_orphans(season, rules)]:
        raise RulesWrong(faults)
    season.rules = to_plain(rules)
    season.rules_hash = hash_of(season.rules)
    if season.state not in {SeasonState.DRAFT, SeasonState.REHEARSAL}:
        lay_out_rounds(season, by)
    facts = {"piece": what, "sha256": season.rules_hash}
    record(season, Change("write_rules", season.state, season.state, facts=facts), by)


@use_case
def freeze_rules(year: int, *, by: By, seen: int) -> None:
    """Freeze whole rules by hand, before the first score does it.

    Raises:
        NotFound, Forbidden, Stale: as for every act on a season.
        RulesWrong: they lack something that nobody could score without.
    """
    season, by = season_run(year, by)
    if season.frozen_at or seen_before(by.request_key):
        return
    check_version(season, seen)
    if season.state not in FREEZING:
        raise Forbidden("freezing_too_early")
    judgement = judge(rules_of(season))
    if not judgement.is_whole:
        raise RulesWrong((*judgement.wrong, *judgement.gaps))
    freeze(season, by)


def _orphans(season: Season, rules: ContestRules) -> Iterator[Fault]:
    """Whoever holds, judges or sat a round or part keeps it."""
    old, kept = rules_of(season), {each.code: each for each in rules.rounds}
    for held in dict.fromkeys(each.code for each in rounds_of(season.id)):
        there = kept.get(held)
        if there is None or there.level is not old.round(held).level:
            yield Fault("rounds", "round_laid_out", {"name": old.round(held).title})
    for code, part in _parts_in_use(season.id):
        there = kept.get(code)
        if there and part not in {each.code for each in there.parts}:
            name = old.round(code).part(part).title
            yield Fault(f"rounds.{rules.rounds.index(there)}.parts", "in_use", {"name": name})


def _parts_in_use(season_id: int) -> list[tuple[str, str]]:
    """List the parts, by round and code, that somebody sits for, has scored or answered."""
    seats = select(PanelSeat.round_id, PanelSeat.part).where(PanelSeat.left_at.is_(None))
    sheets = select(Sheet.round_id, Sheet.part).where(Sheet.state != SheetState.REMOVED)
    attempts = select(Contestant.round_id, QuizAttempt.part).join(
        QuizAttempt, QuizAttempt.contestant_id == Contestant.id
    )
    used = union(seats, sheets, attempts).subquery()
    query = select(ContestRound.code, used.c.part).join(ContestRound, ContestRound.id == used.c[0])
    query = query.where(ContestRound.season_id == season_id, used.c.part != "").distinct()
    return [(code, part) for code, part in db.session.execute(query)]
