"""Entries of a contest with all that their steps and pages read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select

from app.extensions import db
from app.models import (
    Account,
    Appointment,
    Contestant,
    ContestRound,
    Dossier,
    Entry,
    Person,
    Season,
    Unit,
)
from app.queries.accounts import holds_on
from app.queries.contest.seasons import call_ends, rules_of
from app.queries.judging.rounds import RoundFile
from app.queries.results.rankings import ranked
from app.queries.units.past import one_with
from workflows.calendar import anniversary, local_day
from workflows.contest.entry_facts import EntryAnswers, EntryFacts, Section
from workflows.contest.season import TAKING_ENTRIES
from workflows.contest.timeline import is_over
from workflows.levels import Level, Post
from workflows.membership import MEMBER_STATUSES
from workflows.rules import RuleSet

LEADERS = (Post.SECRETARY, Post.DEPUTY)
AT_THE_COMMUNE = {"entered", "commune_round"}
ENDORSED = {"endorsed", "returned", "accepted"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A round that its commune or the district holds, and the entry's place in it if any."""

    held: ContestRound
    contestant: Contestant | None


@dataclass(slots=True)
class EntryFile:
    """A dossier with the rows around it.

    ``stages`` are the rounds of its commune and district, and those in which it is already.
    """

    dossier: Dossier
    entry: Entry
    season: Season
    person: Person
    branch: Unit
    stages: list[Stage] = field(default_factory=list)

    def at(self, level: Level) -> list[Stage]:
        """Return the stages of a level in the order of the rules, one of each round.

        Of several, which a union holds after a merger, it is the one where the contestant is, else
        that of the same union before it, else one that is not over.
        """
        codes = [each.code for each in rules_of(self.season).rounds if each.level is level]
        home = {each.held.origin for each in self.stages if each.contestant}
        ranked = sorted(self.stages, key=lambda each: _fits(each, home))
        there = {each.held.code: each for each in ranked}
        return [there[code] for code in codes if code in there]


def _fits(stage: Stage, home: Collection[int]) -> tuple[bool, bool, bool]:
    held = stage.held
    return stage.contestant is not None, held.origin in home, held.closed_at is None


def load(refs: Sequence[str], *, lock: bool) -> list[EntryFile]:
    """List the files that have one of these references, locked as admissions are.

    The season is locked with them: its entries take their steps one after another, so that a
    commune's last place and a contestant's number are given once.
    """
    query = (
        select(Dossier, Entry, Season, Person, Unit)
        .join(Entry, Entry.dossier_id == Dossier.id)
        .join(Season, Season.id == Entry.season_id)
        .join(Person, Person.id == Dossier.person_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .where(Dossier.ref.in_(refs))
        .order_by(Person.id, Dossier.id)
    )
    if lock:
        query = query.with_for_update(of=[Person, Dossier, Season], key_share=True)
    rows = db.session.execute(query, execution_options={"populate_existing": lock})
    files = [EntryFile(*row) for row in rows]
    for file in files:
        file.stages = _stages(file.dossier, file.season.id)
    return files


def _stages(dossier: Dossier, season_id: int) -> list[Stage]:
    mine = (Contestant.round_id == ContestRound.id) & (Contestant.dossier_id == dossier.id)
    rows = db.session.execute(
        select(ContestRound, Contestant)
        .outerjoin(Contestant, mine)
        .where(ContestRound.season_id == season_id)
        .where(
            ContestRound.unit_id.in_((dossier.commune_id, dossier.district_id))
            | Contestant.id.is_not(None)
        )
        .order_by(ContestRound.id.desc())
    )
    return [Stage(*row) for row in rows]


def facts_of(file: EntryFile, rules: RuleSet, now: datetime, answers: EntryAnswers) -> EntryFacts:
    """Draw the frozen picture of a file that the requirements read."""
    today, contest, entry = local_day(now), rules_of(file.season), file.entry
    ends = call_ends(file.season, file.branch)
    return EntryFacts(
        rules=rules,
        today=today,
        answers=answers,
        call_open=takes_entries(file.season, ends, now),
        call_until=ends,
        is_member=file.person.status in MEMBER_STATUSES,
        leads_branch=leads(file.person.id, file.branch, today),
        age=age_on(file.person.birth_date, today),
        max_age=contest.max_age,
        posts_told=bool(entry.posts_held.strip()),
        achievements_told=bool(entry.achievements.strip() and entry.branch_results.strip()),
        unmended=_unmended(file.dossier),
        is_endorsed=entry.endorsed_at is not None,
        **_rounds(file, rules),
    )


def _rounds(file: EntryFile, rules: RuleSet) -> dict[str, Any]:
    contest = rules_of(file.season)
    last = next(iter(file.at(Level.COMMUNE)[-1:]), None)
    is_over = last is not None and last.held.closed_at is not None
    decides = is_over and file.dossier.state in AT_THE_COMMUNE
    return {
        "has_commune_round": any(each.level is Level.COMMUNE for each in contest.rounds),
        "round_closed": is_over,
        "goes_on": bool(decides and last and _advances(file, last)),
        "endorsed": endorsed_by(file.dossier.commune_id, file.season.id),
        "endorsed_most": contest.endorsed * _unions_in(file, rules),
        "takes_contestants": _takes_contestants(file),
    }


def _unmended(dossier: Dossier) -> tuple[str, ...]:
    left = set(dossier.returned_sections) - set(dossier.amended_sections)
    return tuple(each for each in Section if each in left)


def takes_entries(season: Season, ends: datetime | None, now: datetime) -> bool:
    """Whether entries are handed up now, where the call for a unit ends at ``ends``."""
    if season.state not in TAKING_ENTRIES or season.call_from is None or ends is None:
        return False
    return season.call_from <= now and not is_over(ends, now)


def leads(person_id: int, branch: Unit, today: date) -> bool:
    """Whether a person is secretary or deputy of a branch on a day, by an office of their own."""
    query = (
        exists()
        .where(Account.person_id == person_id, Appointment.account_id == Account.id)
        .where(Appointment.unit_id == branch.id, Appointment.post.in_(LEADERS))
        .where(Appointment.stands_in_for_id.is_(None), holds_on(today))
    )
    return branch.level is Level.BRANCH and bool(db.session.scalar(select(query)))


def age_on(born: date, day: date) -> int:
    """Return the full years that somebody has lived on a day."""
    years = day.year - born.year
    return years - (anniversary(born, years) > day)


def endorsed_by(commune_id: int, season_id: int) -> int:
    """Return how many entries hold one of a commune's places in the district's contest."""
    query = (
        select(func.count())
        .select_from(Entry)
        .join(Dossier, Dossier.id == Entry.dossier_id)
        .where(Entry.season_id == season_id, Entry.endorsed_at.is_not(None))
        .where(Entry.endorsing_unit_id == commune_id, Dossier.state.in_(ENDORSED))
    )
    return db.session.scalar(query) or 0


def _unions_in(file: EntryFile, rules: RuleSet) -> int:
    """Count the unions that became the one of an entry since the call opened; itself at least."""
    union, call = db.session.get_one(Unit, file.dossier.commune_id), file.season.call_from
    if rules.local.merged_places == "one" or call is None:
        return 1
    opened = local_day(call)
    there = Unit.valid_from <= opened, Unit.valid_to.is_(None) | (Unit.valid_to >= opened)
    query = select(func.count()).where(Unit.id.in_(one_with(union)), *there)
    rounds = {each.held.origin for each in file.stages if each.held.unit_id == union.id}
    return max(1, len(rounds), db.session.scalar(query) or 0)


def _advances(file: EntryFile, stage: Stage) -> bool:
    """Whether the contestant is among those who go on from a round that has ended."""
    if stage.contestant is None or stage.contestant.out_at:
        return False
    union = db.session.get_one(Unit, stage.held.unit_id)
    places = ranked(RoundFile(stage.held, file.season, union)).ranking.places
    return any(each.advances for each in places if each.entry == stage.contestant.id)


def _takes_contestants(file: EntryFile) -> bool:
    """Whether the first round that follows, of the commune or the district, still takes them."""
    level = Level.COMMUNE if file.dossier.state in AT_THE_COMMUNE else Level.DISTRICT
    first = next(iter(file.at(level)), None)
    is_asked = any(each.level is level for each in rules_of(file.season).rounds)
    there = first is not None and first.held.closed_at is None
    return file.season.state in TAKING_ENTRIES and (there or not is_asked)


def open_entry_of(person_id: int, season_id: int) -> str | None:
    """Return the reference of a person's entry of a season that is open or was accepted."""
    query = (
        select(Dossier.ref)
        .join(Entry, Entry.dossier_id == Dossier.id)
        .where(Dossier.person_id == person_id, Entry.season_id == season_id)
        .where(Dossier.desk_unit_id.is_not(None) | (Dossier.state == "accepted"))
    )
    return db.session.scalar(query.limit(1))
