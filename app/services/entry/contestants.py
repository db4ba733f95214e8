"""Who competes in a round: sent on from the round before, or taken out for a reason."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier
from app.queries.contest.competitors import round_after
from app.queries.judging.rounds import RoundFile
from app.queries.results.rankings import RankedRound, ranked
from app.services.entry.numbering import let_in
from app.services.events import By, Change, record, seen_before
from app.services.judging.rounds import to_organise, to_run
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.results.access import ranking_seen
from app.services.use_case import use_case
from workflows.contest.season import TAKING_ENTRIES, UNPUBLISHED


def next_round(file: RoundFile) -> ContestRound | None:
    """Return the next round that the same unit holds, by the rules of the season."""
    rounds, level = file.season_rules.rounds, file.rules.level
    return round_after(file.round, [each.code for each in rounds if each.level is level])


@use_case
def send_on(round_id: int, year: int, *, by: By) -> int:
    """Let who advances into the unit's next round, each with the number they had; say how many.

    Raises:
        NotFound, Forbidden: no such round for this person, or it is not theirs to run.
        Forbidden: it goes on still, or there is no next round that takes anybody.
        Invalid: who goes on is not settled yet.
    """
    if by.actor:
        ranking_seen(round_id, year, by.actor)
    file, by = to_run(round_id, year, by)
    if event := seen_before(by.request_key):
        return len(event.facts["sent_on"])
    _while(TAKING_ENTRIES, file)
    following, found = next_round(file), ranked(file)
    if following is None or following.closed_at:
        raise Forbidden("no_next_round")
    _settled(found)
    going = [who for place, who in found.lines if place.advances]
    sent = [_into(following, who.dossier_id, who.code, by) for who in going]
    codes = sorted(code for code in sent if code)
    record(file.round, Change("send_on", facts={"to": following.id, "sent_on": codes}), by)
    return len(codes)


def _while(states: Sequence[str], file: RoundFile) -> None:
    if file.season.state not in states:
        raise Forbidden("season_shut")


def _settled(found: RankedRound) -> None:
    if found.file.round.closed_at is None:
        raise Forbidden("round_still_open")
    if found.lacking:
        raise Invalid("round", "sheets_lack", number=found.lacking)
    if found.ranking.cut_in_tie:
        raise Invalid("round", "cut_open")


def _into(held: ContestRound, dossier_id: int, code: str, by: By) -> str:
    """Let somebody in unless they are there already; return the number of who came."""
    there = select(Contestant.id).where(
        Contestant.round_id == held.id, Contestant.dossier_id == dossier_id
    )
    if db.session.scalar(there):
        return ""
    return let_in(held, db.session.get_one(Dossier, dossier_id), by, code).code


@use_case
def take_out(round_id: int, year: int, contestant_id: int, reason: str, *, by: By) -> None:
    """Take somebody out of a round: what they scored no longer counts, and stays on record.

    Raises:
        NotFound, Forbidden: no such round for this person, or it is another unit's to set up.
        NotFound: nobody with this id competes in it.
        Invalid: no reason.
    """
    file, by = to_organise(round_id, year, by)
    if seen_before(by.request_key):
        return
    _while(UNPUBLISHED, file)
    if not reason.strip():
        raise Invalid("reason", "reason_missing")
    asked = select(Contestant).where(Contestant.id == contestant_id)
    contestant = db.session.scalar(asked.where(Contestant.round_id == round_id).with_for_update())
    if contestant is None or contestant.out_at:
        raise NotFound
    contestant.out_at, contestant.out_reason = by.now, reason.strip()
    facts = {"contestant": contestant.id, "piece": contestant.code}
    record(file.round, Change("take_out", comment=reason.strip(), facts=facts), by)
