"""The register of changes of units: by which decision, from which day, who became whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.extensions import db
from app.models import Unit, UnitChange, UnitChangeLine
from app.models.restructures import ChangeKind
from app.services.events import By, seen_before
from app.services.refusals import Invalid
from workflows.calendar import local_day

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """The day from which a change holds, the number of its paper, and a remark."""

    on_day: date
    number: str = ""
    note: str = ""


def names_of(*units: Unit) -> Names:
    """Return the names that some units bear now."""
    return {unit.id: unit.name for unit in units}


def done_before(by: By) -> int | None:
    """Return the unit that came of a request which arrived already, so that it is done once."""
    event = seen_before(by.request_key)
    is_own = event and by.actor and event.actor_id == by.actor.account_id
    return event.subject_id if event and is_own else None


def check_day(units: Iterable[Unit], decision: Decision, by: By) -> None:
    """Make sure that a change of units holds from a day that can be.

    Raises:
        Invalid: the day is still ahead, or a unit was not there the day before.
    """
    if decision.on_day > local_day(by.now):
        raise Invalid("on_day", "ahead")
    if any(unit.valid_from >= decision.on_day for unit in units):
        raise Invalid("on_day", "before_founding")


def end_before(unit: Unit, on_day: date) -> None:
    """Let the day before a change be the last of a unit."""
    last = on_day - timedelta(days=1)
    unit.valid_to = min(unit.valid_to or last, last)


def note_change(
    kind: ChangeKind, decision: Decision, before: Names, after: Names, *, by: By
) -> UnitChange:
    """Enter a change with the units before and after it by their names, and return it.

    It belongs to the district of the first of them; this is part of a running transaction.
    """
    first = db.session.get_one(Unit, next(iter([*before, *after])))
    change = UnitChange(
        district_id=first.district_id or first.id,
        kind=kind,
        on_day=decision.on_day,
        decision=decision.number.strip(),
        note=decision.note.strip(),
        made_at=by.now,
        made_by_id=by.actor.account_id if by.actor else None,
        lines=[
            UnitChangeLine(unit_id=number, is_after=is_after, name_then=name)
            for is_after, names in ((False, before), (True, after))
            for number, name in names.items()
        ],
    )
    db.session.add(change)
    db.session.flush()
    return change
