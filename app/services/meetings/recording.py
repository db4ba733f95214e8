"""Recording a branch meeting: who was there, and the totals of each vote; frozen from then on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from app import policies
from app.actors import Actor, HeldPost
from app.extensions import db
from app.models import Meeting, MeetingAttendance, MeetingVote, Unit
from app.models.meetings import Body
from app.policies import Right
from app.queries.admission.meetings import WAITING, roll_of
from app.queries.rules import rulebook
from app.queries.units.tree import unit_by_id
from app.services.areas import AREAS
from app.services.dossiers import advance, files_for
from app.services.events import By, Change, found, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from app.services.use_case import use_case
from app.services.versions import stale
from workflows.engine import Unmet
from workflows.levels import Level
from workflows.registry import BRANCH_VOTES
from workflows.voting import Ballots, Roll, verdict

Presence = Mapping[int, bool]
Votes = Mapping[str, Ballots]
Versions = Mapping[str, int]
UNSEEN: Versions = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say of a meeting beside names and numbers."""

    held_on: date
    place: str
    chair: str
    minute_taker: str
    by_committee: bool = False
    online: bool = False
    secret: bool = False
    guests: str = ""
    notes: str = ""


class VotesRefused(Exception):  # noqa: N818
    """Votes that cannot stand, by reference: what is unmet, and which dossiers changed since."""

    def __init__(self, unmet: Mapping[str, list[Unmet]], changed: Mapping[str, Stale]) -> None:
        super().__init__(", ".join([*unmet, *changed]))
        self.unmet, self.changed = dict(unmet), dict(changed)


def meeting_place(unit_id: int, actor: Actor | None) -> tuple[Unit, HeldPost]:
    """Return the unit whose meetings a person records, and the post in which they do so.

    Raises:
        NotFound: no such unit for this person.
        Forbidden: its meetings are not theirs to record.
    """
    unit = unit_by_id(unit_id)
    if unit is None or actor is None or not policies.may(actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    held = [post for post in policies.posts_with(actor, Right.MEET) if post.unit_id == unit_id]
    if not held:
        raise Forbidden("not_your_desk")
    return unit, held[0]


@use_case
def record_meeting(
    unit_id: int, minutes: Minutes, roll: Presence, votes: Votes, *, by: By, seen: Versions = UNSEEN
) -> int:
    """Record a meeting with the vote on each candidate and return its id; all of it or nothing.

    ``roll`` names the people entitled to vote and whether each was present; ``seen`` the versions
    of the dossiers that the person saw.

    Raises:
        NotFound: no such unit or dossier for this person.
        Forbidden: it is not theirs to record.
        Invalid: nobody was put to the vote, or the roll names a stranger.
        VotesRefused: with everything unmet and everything changed, by reference.
    """
    unit, post = meeting_place(unit_id, by.actor)
    by = replace(by, post=post)
    files = _candidates(unit, votes, by)
    if event := seen_before(by.request_key):
        return event.subject_id
    refs = [file.dossier.ref for file in files]
    meeting = hold(unit, minutes, roll, by, about={"dossiers": refs})
    _put_to_the_vote(meeting, files, votes, by, seen=seen)
    _keep(meeting, files, by)
    return meeting.id


def hold(unit: Unit, minutes: Minutes, roll: Presence, by: By, *, about: dict[str, Any]) -> Meeting:
    """Keep a meeting with its roll, within a running transaction; ``about`` tells what for.

    Names are copied: what the minutes say does not change when people move later.

    Raises:
        Invalid: the roll names a stranger.
    """
    names = _names(unit, minutes.held_on, roll)
    meeting = _meeting(unit, minutes, roll, by)
    found(meeting, Change("record", facts={"held_on": minutes.held_on.isoformat(), **about}), by)
    db.session.add_all(
        MeetingAttendance(
            meeting_id=meeting.id, person_id=number, name=names[number], is_present=present
        )
        for number, present in roll.items()
    )
    return meeting


def _candidates(unit: Unit, votes: Votes, by: By) -> list[Any]:
    """Take the dossiers in one order: two meetings on the same ones never lock up."""
    if not votes:
        raise Invalid("votes", "nobody_voted_on")
    files: list[Any] = list(files_for(list(votes), by.actor, lock=True))
    if {file.dossier.ref for file in files if _is_voted_on(file, unit)} != votes.keys():
        raise NotFound
    return files


def _is_voted_on(file: Any, unit: Unit) -> bool:  # noqa: ANN401
    return file.dossier.branch_id == unit.id and file.dossier.workflow in BRANCH_VOTES


def _names(unit: Unit, on: date, roll: Presence) -> dict[int, str]:
    names = {person.id: person.name for person in roll_of(unit, on)}
    if roll.keys() - names.keys():
        raise Invalid("roll", "stranger")
    return names


def _meeting(unit: Unit, minutes: Minutes, roll: Presence, by: By) -> Meeting:
    """Where there is no branch, it is the committee of the grass-roots union that meets."""
    is_committee = minutes.by_committee or unit.level is not Level.BRANCH
    return Meeting(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        body=Body.COMMITTEE if is_committee else Body.BRANCH,
        online=minutes.online,
        secret=minutes.secret,
        held_on=minutes.held_on,
        place=minutes.place,
        chair=minutes.chair,
        minute_taker=minutes.minute_taker,
        guests=minutes.guests,
        notes=minutes.notes,
        entitled=len(roll),
        present=sum(roll.values()),
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )


def _put_to_the_vote(
    meeting: Meeting,
    files: list[Any],
    votes: Votes,
    by: By,
    *,
    seen: Versions,
) -> None:
    """Lay each vote before the rules; what is refused names everything at once."""
    refused: dict[str, list[Unmet]] = {}
    changed: dict[str, Stale] = {}
    for file in files:
        dossier = file.dossier
        if dossier.state != WAITING or seen.get(dossier.ref, dossier.version) != dossier.version:
            changed[dossier.ref] = stale(dossier)
        elif unmet := _judge(meeting, file, votes[dossier.ref], by):
            refused[dossier.ref] = unmet
    if refused or changed:
        raise VotesRefused(refused, changed)


def _judge(meeting: Meeting, file: Any, ballots: Ballots, by: By) -> list[Unmet]:  # noqa: ANN401
    """Give a vote its verdict, or say why it cannot stand."""
    area, decided = AREAS[file.dossier.workflow], BRANCH_VOTES[file.dossier.workflow]
    file.meeting, file.vote = meeting, _vote(meeting, file, ballots, by)
    step = area.workflow.step_from(file.dossier.state, "record_vote")
    rules = rulebook().named(file.dossier.rule_set)
    if unmet := step.unmet(area.facts(file, rules, by.now, area.no_answers)):
        return unmet
    roll = Roll(meeting.entitled, meeting.present)
    result = verdict(roll, ballots, decided.share(rules))
    file.vote.needed, file.vote.passed = result.needed, result.passed
    file.vote.clause = rules.clause(decided.clause).text
    return []


def _vote(meeting: Meeting, file: Any, ballots: Ballots, by: By) -> MeetingVote:  # noqa: ANN401
    return MeetingVote(
        dossier_id=file.dossier.id,
        revision=1,
        is_current=True,
        entitled=meeting.entitled,
        present=meeting.present,
        in_favour=ballots.in_favour,
        against=ballots.against,
        blank=ballots.blank,
        spoiled=ballots.spoiled,
        recorded_at=by.now,
        recorded_by_id=by.actor.account_id if by.actor else None,
    )


def _keep(meeting: Meeting, files: list[Any], by: By) -> None:
    votes: list[Any] = [file.vote for file in files]
    for vote in votes:
        vote.meeting_id = meeting.id
    db.session.add_all(votes)
    db.session.flush()
    for file in files:
        answers = AREAS[file.dossier.workflow].no_answers
        advance(file, "record_vote", answers, replace(by, request_key=None))
