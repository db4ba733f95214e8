"""Who is judged by whom in a round, as sharing out and the chair's page need it."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.models import Contestant, Dossier, PanelSeat, Sheet, Unit
from app.models.contest_sheets import SheetState
from app.queries.units.past import past_paths
from workflows.contest.assignment import Pair
from workflows.contest.conflicts import Entrant


def entrants_of(round_id: int) -> dict[int, Entrant]:
    """Return those who compete in a round, by the number of the contestant."""
    query = (
        select(Contestant.id, Dossier.id, Dossier.person_id, Unit.path, past_paths(Unit))
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Contestant.round_id == round_id, Contestant.out_at.is_(None))
        .order_by(Contestant.code, Contestant.id)
    )
    rows = db.session.execute(query)
    return {row[0]: Entrant(row[1], row[2], row[3], row[4] or ()) for row in rows}


def given_pairs(round_id: int, part: str) -> set[Pair]:
    """Return the pairs of contestant and judge that stand in a part."""
    query = select(Sheet.contestant_id, Sheet.judge_id).where(
        Sheet.round_id == round_id, Sheet.part == part, Sheet.state != SheetState.REMOVED
    )
    return {(contestant, judge) for contestant, judge in db.session.execute(query)}


def competing(round_id: int) -> list[tuple[int, str, str, str]]:
    """List who competes in a round by their numbers: id, number, name and unit."""
    query = (
        select(Contestant.id, Contestant.code, Dossier.person_name, Unit.name)
        .join(Dossier, Dossier.id == Contestant.dossier_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Contestant.round_id == round_id, Contestant.out_at.is_(None))
        .order_by(Contestant.code, Contestant.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in db.session.execute(query)]


def named_contestants(round_id: int) -> list[tuple[int, str]]:
    """List who competes in a round, as a choice names them."""
    rows = competing(round_id)
    return [(number, f"{code} {name} ({unit})") for number, code, name, unit in rows]


def panel_sizes(round_id: int, parts: Sequence[str]) -> dict[str, int]:
    """Count the judges of each part; the chair leads and does not score."""
    query = select(PanelSeat.part, PanelSeat.account_id).where(
        PanelSeat.round_id == round_id, PanelSeat.left_at.is_(None), ~PanelSeat.is_chair
    )
    seats = db.session.execute(query).all()
    return {
        part: len({account for seated, account in seats if seated in {"", part}}) for part in parts
    }
