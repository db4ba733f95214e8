"""Settling a tie as the rules say: an extra question, the chair's word, or lots drawn openly."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.extensions import db
from app.models import TieRuling
from app.queries.judging.rounds import RoundFile
from app.queries.results.rankings import ranked
from app.services.events import By, Change, record, seen_before
from app.services.judging.rounds import still_scoring
from app.services.refusals import Forbidden, Invalid
from app.services.results.access import to_settle
from app.services.use_case import use_case
from workflows.contest.draws import drawn
from workflows.contest.plain import amount
from workflows.contest.ranking import awaits
from workflows.contest.rules import TieKind


@dataclass(frozen=True, slots=True)
class Settlement:
    """How equals are set apart; ``values`` are their points or order, empty for a draw."""

    kind: TieKind
    among: frozenset[int]
    values: Mapping[int, Decimal]
    reason: str = ""


@use_case
def settle_tie(round_id: int, year: int, said: Settlement, *, by: By) -> None:
    """Record how entries that stand equal were set apart; the ranking follows from it.

    Raises:
        NotFound, Forbidden: no such round for this person, or it is not theirs to settle.
        Invalid: they do not stand equal, it is not the rules' next tie-break, or a value lacks.
    """
    file, by = to_settle(round_id, year, by)
    if seen_before(by.request_key):
        return
    _check(file, said)
    ruling = _ruling(file, said, by)
    db.session.add(ruling)
    facts = {"kind": said.kind, "among": sorted(said.among), "seed": ruling.seed}
    record(file.round, Change("settle_tie", comment=said.reason, facts=facts), by)


def _ruling(file: RoundFile, said: Settlement, by: By) -> TieRuling:
    seed = secrets.token_hex(16) if said.kind is TieKind.DRAW else ""
    standing = drawn(said.among, seed) if seed else _complete(said)
    return TieRuling(
        district_id=file.round.district_id,
        round_id=file.round.id,
        kind=said.kind,
        standing={str(entry): amount(value) for entry, value in standing.items()},
        seed=seed,
        reason=said.reason,
        ruled_at=by.now,
        ruled_by_id=by.actor.account_id if by.actor else None,
    )


def _check(file: RoundFile, said: Settlement) -> None:
    still_scoring(file)
    if file.round.closed_at is None:
        raise Forbidden("round_still_open")
    found = ranked(file)
    if said.among not in found.ranking.open_ties:
        raise Invalid("values", "not_equal_now")
    if awaits(file.rules, said.among, found.scores.decisions)[0] is not said.kind:
        raise Invalid("values", "other_tie_break_first")


def _complete(said: Settlement) -> Mapping[int, Decimal]:
    if said.values.keys() != said.among:
        raise Invalid("values", "value_missing")
    if said.kind is TieKind.CHAIR and not said.reason.strip():
        raise Invalid("reason", "reason_missing")
    return said.values
