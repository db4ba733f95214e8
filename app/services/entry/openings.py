"""Opening an entry: the secretary's own, or the branch's nomination of who leads it with them."""

from datetime import datetime

from sqlalchemy import select

from app.extensions import db
from app.models import Entry, Person, Season, Unit
from app.queries.contest.entries import leads, open_entry_of, takes_entries
from app.queries.contest.seasons import call_ends, season_of
from app.services.dossiers import Receipt
from app.services.events import By, Change, found
from app.services.new_dossiers import new_dossier, opened_before, place_to_prepare
from app.services.refusals import Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.contest.entry import ENTRY
from workflows.contest.season import TAKING_ENTRIES
from workflows.membership import MEMBER_STATUSES


@use_case
def open_entry(year: int, unit_id: int, person_id: int, *, by: By) -> Receipt:
    """Open an entry of a season for a member who leads the branch.

    Raises:
        NotFound: no such season or branch for this person.
        Forbidden: the branch is not theirs to prepare for.
        Invalid: the call is closed, the person leads no such branch, or has an entry already.
    """
    unit, by = place_to_prepare(unit_id, by)
    if receipt := opened_before(by.request_key):
        return receipt
    season = _season(unit, year)
    check_call(season, call_ends(season, unit), by.now)
    person = _contestant(unit, person_id, by)
    if ref := open_entry_of(person.id, season.id):
        raise Invalid("person", "entry_open", ref=ref)
    dossier = new_dossier(ENTRY, unit, person, by)
    is_own = by.actor is not None and by.actor.person_id == person.id
    facts = {"person": person.id, "year": year, "own": is_own}
    found(dossier, Change("open", None, dossier.state, facts=facts), by)
    db.session.add(Entry(dossier_id=dossier.id, season_id=season.id, is_own=is_own))
    return Receipt(dossier.ref, "open", dossier.state, by.now)


def _season(unit: Unit, year: int) -> Season:
    season = season_of(unit.district_id or unit.id, year)
    if season is None or season.state in {"draft", "rehearsal"}:
        raise NotFound
    return season


def check_call(season: Season, ends: datetime | None, now: datetime) -> None:
    """Make sure that entries are taken now, where the call for the unit ends at ``ends``.

    Raises:
        Invalid: it has not begun or is over, with the moment.
    """
    if takes_entries(season, ends, now):
        return
    early = season.state in TAKING_ENTRIES and season.call_from and now < season.call_from
    if early:
        raise Invalid("person", "call_not_begun", begins=season.call_from)
    raise Invalid("person", "call_ended", until=ends)


def _contestant(unit: Unit, person_id: int, by: By) -> Person:
    """Take the member; who else opens an entry for them waits for this one."""
    asked = select(Person).where(Person.id == person_id, Person.unit_id == unit.id)
    person = db.session.scalar(asked.with_for_update(key_share=True))
    fits = person is not None and person.status in MEMBER_STATUSES
    if person is None or not fits or not leads(person.id, unit, local_day(by.now)):
        raise Invalid("person", "leads_no_branch")
    return person
