"""Units merge by decision of the one above, with all they hold (HD20 §5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from app.extensions import db
from app.models import Unit, UnitChange
from app.models.restructures import ChangeKind
from app.queries.units.changes import cards_twice, season_twice, seats_in
from app.services.events import By, Change, record
from app.services.refusals import Forbidden, Invalid
from app.services.transfer.following import follow_units
from app.services.units import passing as moves
from app.services.units.contests import pass_contests
from app.services.units.founding import Description, kept_unit, new_unit
from app.services.units.passing import Passage
from app.services.units.posts import Choice, check_posts, pass_posts, usual_posts
from app.services.units.register import (
    Decision,
    check_day,
    done_before,
    end_before,
    names_of,
    note_change,
)
from app.services.units.sheets import pass_sheets
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Which units become one: one of them, the unit above, or a new one that is described.

    ``posts`` says what each appointment becomes; of those it does not name, the usual. The first
    unit leads where a new one is made.
    """

    unit_ids: Sequence[int]
    decision: Decision
    into_id: int | None = None
    said: Description | None = None
    posts: Choice = field(default_factory=dict)


@use_case
def merge_units(merger: Merger, *, by: By) -> int:
    """Merge units with all they hold into one, and return its id; numbers stay what they were.

    Raises:
        NotFound, Forbidden: no such unit for this person, or it is not theirs to merge.
        Stale: somebody moved a unit meanwhile.
        Invalid: units that cannot merge, a wrong day or name, or posts that cannot be.
    """
    if (made := done_before(by)) is not None:
        return made
    units, above, by = _sisters(merger, by)
    check_day(units, merger.decision, by)
    before = names_of(*units)
    into = _one_of(merger.into_id, units, above)
    old = [unit for unit in units if unit is not into]
    for unit in old:
        end_before(unit, merger.decision.on_day)
    db.session.flush()
    into = into or new_unit(
        above, units[0].level, _described(merger), replace(by, request_key=None)
    )
    change = note_change(ChangeKind.MERGE, merger.decision, before, names_of(into), by=by)
    passage = Passage([unit.id for unit in old], into, change.on_day, change.id, by)
    _merge(passage, merger.into_id or merger.unit_ids[0], merger.posts)
    return _settled(passage, change)


def _sisters(merger: Merger, by: By) -> tuple[list[Unit], Unit, By]:
    """Return the units that merge with the one above them, so that nobody changes them now."""
    numbers = sorted(set(merger.unit_ids))
    first, above, by = kept_unit(numbers[0], by)
    query = select(Unit).where(Unit.id.in_(numbers), Unit.parent_id == above.id).order_by(Unit.id)
    units = list(db.session.scalars(query.with_for_update(key_share=True)))
    alike = {(unit.level, unit.is_grassroots) for unit in units}
    if len(units) < len(numbers) or len(alike) > 1:
        raise Invalid("units", "not_sisters")
    if first.level is above.level:
        raise Forbidden("unit_closed")
    return units, above, by


def _one_of(into_id: int | None, units: Sequence[Unit], above: Unit) -> Unit | None:
    """Return the unit that stays; a level that falls away passes into the one above it."""
    into = next((unit for unit in (*units, above) if unit.id == into_id), None)
    falls_away = into is above and units[0].level is Level.DISTRICT
    if (into is None) is not (into_id is None) or (into is above and not falls_away):
        raise Invalid("into", "not_a_target")
    if len(units) < 2 and into is not above:  # noqa: PLR2004
        raise Invalid("units", "one_alone")
    return into


def _described(merger: Merger) -> Description:
    if merger.said is None:
        raise Invalid("name", "no_name")
    return replace(merger.said, valid_from=merger.decision.on_day)


def _merge(passage: Passage, lead_id: int, posts: Choice) -> None:
    """Move everything: people before dossiers, as steps lock them; districts last."""
    today = local_day(passage.by.now)
    moves.hold_still(passage)
    seats = seats_in([*passage.from_ids, passage.to.id], today)
    chosen = {**usual_posts(seats, lead_id), **posts}
    check_posts(seats, chosen)
    moves.move_people(passage)
    _pass_work(passage)
    pass_posts(passage, {seat.appointment_id: chosen[seat.appointment_id] for seat in seats})
    moves.move_subtrees(passage)
    _pass_district(passage)
    db.session.flush()
    db.session.expire_all()


def _pass_work(passage: Passage) -> None:
    moves.move_dossiers(passage)
    moves.move_what_waits(passage)
    pass_contests(passage)
    pass_sheets(passage)


def _pass_district(passage: Passage) -> None:
    for number in passage.from_ids:
        if db.session.get_one(Unit, number).district_id == number:
            superior = passage.to.district_id or passage.to.id
            if twice := cards_twice(number, superior):
                raise Invalid("into", "cards_twice", number=twice)
            if year := season_twice(number, superior):
                raise Invalid("into", "season_twice", year=year)
            moves.move_district(replace(passage, from_ids=[number]))


def _settled(passage: Passage, change: UnitChange) -> int:
    """Let what is under way follow, and say in the chain of each unit what became of it."""
    follow_units([passage.to.id], change, passage.by)
    facts = {"change": passage.change_id, "into": passage.to.id, "units": [*passage.from_ids]}
    once = replace(passage.by, request_key=None)
    for number in passage.from_ids:
        record(db.session.get_one(Unit, number), Change("merge_unit", facts=facts), once)
    record(passage.to, Change("merge_unit", facts=facts), passage.by)
    return passage.to.id
