"""Publishing: a numbered snapshot of the result that nothing changes any more (statement 41)."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app import policies
from app.actors import Actor
from app.extensions import db
from app.models import Dossier, Entry, Person, Publication, Season
from app.policies import HEADS, Right
from app.queries.contest.seasons import rounds_of, rules_of, season_by_id, season_seen
from app.queries.judging.panels import is_chair
from app.queries.judging.rounds import round_file
from app.queries.quiz.bank import competes
from app.queries.results.publications import last_publication
from app.queries.results.rankings import Competitor, RankedRound, ranked
from app.services.contest.seasons import advance_season
from app.services.events import By, Change, hash_of, record, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.contest.awarding import Honours, honours
from workflows.contest.plain import amount
from workflows.contest.scoring import PartLine, Place
from workflows.levels import Level


@use_case
def publish(year: int, reason: str, *, by: By, seen: int) -> int:
    """Publish the result of a season and return the number of the snapshot.

    The people who entered are locked, as by every step of an entry, and then the season: a sheet
    made final at the same moment is in it or refused.

    Raises:
        NotFound, Forbidden: no such season for this person, or it is not theirs to publish.
        Stale: somebody changed it since.
        Invalid: a correction without a reason.
        NoSuchStep, Refused: it is not at this stage, or something is missing; all of it is named.
    """
    _hold_people(season_to_publish(year, by, lock=False)[0])
    season, by = season_to_publish(year, by)
    if event := seen_before(by.request_key):
        return int(event.facts["number"])
    check_version(season, seen)
    number = _next_number(season, reason)
    content, given = snapshot(season)
    made = Publication(number=number, content=content, content_hash=hash_of(content))
    facts = {"number": number, "sha256": made.content_hash}
    advance_season(season, "publish", by, reason=reason, facts=facts)
    _keep(season, made, reason, by)
    _give(season, given, by)
    return number


def _hold_people(season: Season) -> None:
    entered = (
        select(Dossier.person_id)
        .join(Entry, Entry.dossier_id == Dossier.id)
        .where(Entry.season_id == season.id)
    )
    people = select(Person.id).where(Person.id.in_(entered)).order_by(Person.id)
    db.session.execute(people.with_for_update())


def _next_number(season: Season, reason: str) -> int:
    before = last_publication(season.id)
    if before and not reason.strip():
        raise Invalid("reason", "reason_missing")
    return 1 + (before.number if before else 0)


def season_to_publish(year: int, by: By, *, lock: bool = True) -> tuple[Season, By]:
    """Return a season, locked unless only looked at, and who publishes: district or jury chair.

    Raises:
        NotFound, Forbidden: no such season for this person, or it is not theirs to publish.
    """
    seen = season_seen(by.actor.posts, year) if by.actor else None
    if seen is None or by.actor is None:
        raise NotFound
    posts = policies.posts_with(by.actor, Right.RUN_CONTEST)
    held = [each for each in posts if each.unit_id == seen.district_id]
    if not (held or leads_the_jury(seen, by.actor)):
        raise Forbidden("not_your_desk")
    if competes(seen.id, by.actor.person_id):
        raise Forbidden("competes_yourself")
    season: Any = season_by_id(seen.id, lock=True) if lock else seen
    return season, replace(by, post=held[0] if held else None)


def leads_the_jury(season: Season, actor: Actor) -> bool:
    """Whether a person chairs a round that the district of a season holds."""
    of_district = [each for each in rounds_of(season.id) if each.unit_id == season.district_id]
    return any(is_chair(each.id, actor.account_id) for each in of_district)


def snapshot(season: Season) -> tuple[dict[str, Any], dict[int, str]]:
    """Return the result of a season as plain data, and the award of each entry's dossier."""
    rules = rules_of(season)
    files = [round_file(each.id, season.year) for each in rounds_of(season.id)]
    held = [ranked(file) for file in files if file]
    held = [each for each in held if each.people]
    last = next((each for each in reversed(held) if _is_last(each, rules.rounds[-1].code)), None)
    given = honours(rules.awards, last.ranking) if last else Honours({}, ())
    named = {last.people[entry]: award for entry, award in given.awards.items()} if last else {}
    content = {
        "title": season.title,
        "year": season.year,
        "rules_sha256": season.rules_hash,
        "rounds": [_round(each) for each in held],
        "awards": [_award(award, person) for person, award in named.items()],
    }
    return content, {person.dossier_id: award for person, award in named.items()}


def _is_last(held: RankedRound, code: str) -> bool:
    return held.file.round.code == code and held.file.unit.level is not Level.COMMUNE


def _round(held: RankedRound) -> dict[str, Any]:
    return {
        "code": held.file.round.code,
        "title": held.file.rules.title,
        "unit": held.file.holder,
        "places": [_place(place, who) for place, who in held.lines],
    }


def _place(place: Place, who: Competitor) -> dict[str, Any]:
    return {
        "rank": place.rank,
        "dossier": who.dossier_id,
        "code": who.code,
        "name": who.name,
        "branch": who.branch,
        "commune": who.commune,
        "total": amount(place.total),
        "decided_by": place.decided_by,
        "parts": [_part(line) for line in place.parts],
    }


def _part(line: PartLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "by_judge": {str(judge): amount(points) for judge, points in line.by_judge.items()},
        "dropped": sorted(line.dropped),
        "combined": None if line.combined is None else amount(line.combined),
        "added": None if line.added is None else amount(line.added),
    }


def _award(award: str, who: Competitor) -> dict[str, Any]:
    return {
        "award": award,
        "dossier": who.dossier_id,
        "name": who.name,
        "born": who.birth_date.isoformat(),
        "branch": who.branch,
        "commune": who.commune,
    }


def _keep(season: Season, publication: Publication, reason: str, by: By) -> None:
    publication.district_id, publication.season_id = season.district_id, season.id
    publication.reason, publication.published_at = reason, by.now
    publication.published_by_id = by.actor.account_id if by.actor else 0
    db.session.add(publication)


def _give(season: Season, given: dict[int, str], by: By) -> None:
    """Write each award on its entry, and on the page of whoever won it."""
    entries = {each.dossier_id: each for each in _entries(season.id)}
    changed = [each for each in entries.values() if each.award != given.get(each.dossier_id, "")]
    for entry in changed:
        entry.award = given.get(entry.dossier_id, "")
        person = db.session.get_one(Person, entry.dossier.person_id, with_for_update=True)
        facts = {"year": season.year, "award": entry.award}
        record(person, Change("award", facts=facts), replace(by, request_key=None))


def _entries(season_id: int) -> list[Entry]:
    query = (
        select(Entry)
        .where(Entry.season_id == season_id)
        .options(joinedload(Entry.dossier))
        .order_by(Entry.dossier_id)
    )
    return list(db.session.scalars(query))


def decides_awards(by: By) -> bool:
    """Whether somebody who may publish records the decision too: who leads the district."""
    return by.post is not None and by.post.post in HEADS


@use_case
def decide_awards(year: int, ref: str, decided_on: Any, *, by: By) -> None:  # noqa: ANN401
    """Record the district's decision on the awards that were published.

    Raises:
        NotFound, Forbidden: no such season for this person, or not theirs to decide.
        Invalid: nothing was published, it is decided already, or the day does not fit.
    """
    season, by = season_to_publish(year, by)
    if not decides_awards(by):
        raise Forbidden("not_your_desk")
    if seen_before(by.request_key):
        return
    publication = last_publication(season.id, lock=True)
    if publication is None:
        raise Invalid("decision_ref", "nothing_published")
    if publication.decided_on:
        raise Invalid("decision_ref", "decided_already")
    publication.decision_ref, publication.decided_on = ref, decided_on
    facts = {"number": publication.number, "ref": ref, "on": decided_on.isoformat()}
    record(season, Change("decide_awards", season.state, season.state, facts=facts), by)
