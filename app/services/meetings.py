"""Recording a branch meeting: who was there, and the totals of each vote; frozen from then on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app import policies
from app.extensions import db
from app.models import Meeting, MeetingAttendance, MeetingVote, Person, Unit
from app.models.meetings import Body
from app.policies import Right
from app.queries.admissions import AdmissionFile, facts_of
from app.queries.meetings import roll_of
from app.queries.rules import rulebook
from app.queries.units import unit_by_id
from app.services.dossiers import advance, file_for
from app.services.events import By, Change, found, seen_before
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.use_case import use_case
from workflows.admission import ADMISSION
from workflows.admission_facts import Answers
from workflows.calendar import local_day
from workflows.engine import Unmet
from workflows.voting import Ballots, Roll, verdict


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
    """Votes that cannot stand: by reference, everything that is unmet."""

    def __init__(self, unmet: Mapping[str, list[Unmet]]) -> None:
        super().__init__(", ".join(unmet))
        self.unmet = dict(unmet)


@use_case
def record_meeting(
    unit_id: int,
    minutes: Minutes,
    roll: Mapping[int, bool],
    votes: Mapping[str, Ballots],
    *,
    by: By,
) -> int:
    """Record a meeting with the vote on each candidate and return its id; all of it or nothing.

    ``roll`` names the people entitled to vote and whether each was present.

    Raises:
        NotFound: no such unit or dossier for this person.
        Forbidden: it is not theirs to record.
        Invalid: nobody was put to the vote, or the roll names a stranger.
        VotesRefused: with everything unmet, by reference.
    """
    unit, by = _unit(unit_id, by)
    if event := seen_before(by.request_key):
        return event.subject_id
    people = {person.id: person for person in roll_of(unit, minutes.held_on)}
    _check_roll(roll, people, votes)
    meeting = _meeting(unit, minutes, roll, by)
    files = [_file(ref, unit, by) for ref in sorted(votes)]
    _put_to_the_vote(meeting, files, votes, by)
    facts = {"held_on": minutes.held_on.isoformat(), "dossiers": sorted(votes)}
    found(meeting, Change("record", facts=facts), by)
    _keep(meeting, people, roll, files)
    for file in files:
        advance(file, "record_vote", Answers(), replace(by, request_key=None))
    return meeting.id


def _unit(unit_id: int, by: By) -> tuple[Unit, By]:
    unit, actor = unit_by_id(unit_id), by.actor
    if unit is None or actor is None or not policies.may(actor, Right.LOOK, unit.id, unit.path):
        raise NotFound
    held = [post for post in policies.posts_with(actor, Right.MEET) if post.unit_id == unit_id]
    if not held:
        raise Forbidden("not_your_desk")
    return unit, replace(by, post=held[0])


def _check_roll(
    roll: Mapping[int, bool], people: Mapping[int, Person], votes: Mapping[str, Ballots]
) -> None:
    if not votes:
        raise Invalid("votes", "nobody_voted_on")
    if roll.keys() - people.keys():
        raise Invalid("roll", "stranger")


def _meeting(unit: Unit, minutes: Minutes, roll: Mapping[int, bool], by: By) -> Meeting:
    return Meeting(
        district_id=unit.district_id or unit.id,
        unit_id=unit.id,
        body=Body.COMMITTEE if minutes.by_committee else Body.BRANCH,
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


def _file(ref: str, unit: Unit, by: By) -> AdmissionFile:
    file: Any = file_for(ref, by.actor, lock=True)
    if file.dossier.branch_id != unit.id:
        raise NotFound
    return file  # type: ignore[no-any-return]


def _put_to_the_vote(
    meeting: Meeting, files: list[AdmissionFile], votes: Mapping[str, Ballots], by: By
) -> None:
    """Lay each vote before the rules; what is refused names everything at once."""
    refused: dict[str, list[Unmet]] = {}
    for file in files:
        file.meeting = meeting
        file.vote = _vote(meeting, file, votes[file.dossier.ref], by)
        step = ADMISSION.step_from(file.dossier.state, "record_vote")
        rules = rulebook().named(file.dossier.rule_set)
        facts = facts_of(file, rules, local_day(by.now), Answers())
        if unmet := step.unmet(facts):
            refused[file.dossier.ref] = unmet
            continue
        result = verdict(
            Roll(meeting.entitled, meeting.present), votes[file.dossier.ref], rules.majority
        )
        file.vote.needed, file.vote.passed = result.needed, result.passed
        file.vote.clause = rules.clause("vote").text
    if refused:
        raise VotesRefused(refused)


def _vote(meeting: Meeting, file: AdmissionFile, ballots: Ballots, by: By) -> MeetingVote:
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


def _keep(
    meeting: Meeting,
    people: Mapping[int, Person],
    roll: Mapping[int, bool],
    files: list[AdmissionFile],
) -> None:
    """Names are copied: what the minutes say does not change when people move later."""
    db.session.add_all(
        MeetingAttendance(
            meeting_id=meeting.id, person_id=number, name=people[number].name, is_present=present
        )
        for number, present in roll.items()
    )
    for file in files:
        vote: Any = file.vote
        vote.meeting_id = meeting.id
        db.session.add(vote)
    db.session.flush()
