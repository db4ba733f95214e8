"""The meeting that classifies: its roll, and the totals of the vote on each member."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.models import ClassificationLine, ClassificationSheet
from app.policies import Right
from app.queries.admission.meetings import roll_of
from app.queries.classification.members import Member, frozen_figures
from app.queries.classification.sheets import facts_of, members_of, sheet_of
from app.services.classification.desks import check_seen, in_post
from app.services.classification.sheets import lines_for
from app.services.dues.sheets import keeper
from app.services.events import By, Change, record, seen_before
from app.services.meetings.recording import Minutes, Presence, hold
from app.services.refusals import Invalid, NotFound
from app.services.use_case import use_case
from workflows.calendar import local_day
from workflows.classification.facts import Gathering, SheetFacts, Vote
from workflows.classification.process import CLASSIFICATION
from workflows.engine import Case
from workflows.voting import Ballots, Roll, verdict


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting with its minutes, who was there, and the totals of each vote by person."""

    minutes: Minutes
    roll: Presence
    votes: Mapping[int, Ballots]


@use_case
def hold_meeting(unit_id: int, year: int, meeting: Held, *, by: By, seen: int) -> int:
    """Record the meeting that voted on the grades of a sheet, and return its id.

    Of a returned sheet those alone are voted on whose grade changed. From here on figures and
    proposals are frozen.

    Raises:
        NotFound, Forbidden, Stale, NoSuchStep: as ``take_step``.
        Invalid: the roll, or a vote, names a stranger.
        Refused: with everything that is unmet; nothing is recorded then.
    """
    unit, by = keeper(unit_id, by, Right.PREPARE, at=unit_id)
    sheet = sheet_of(unit_id, year, lock=True)
    if event := seen_before(by.request_key):
        return int(event.facts["meeting"])
    check_seen(sheet, unit, seen, by)
    if sheet is None:
        raise NotFound
    by = in_post(sheet, CLASSIFICATION, "hold_meeting", by)
    members = members_of(unit, year, sheet, local_day(by.now))
    case = Case(sheet.state, _facts(sheet, members, meeting, by))
    CLASSIFICATION.fire(case, "hold_meeting")
    return _keep(sheet, members, case, meeting, by=by)


def _facts(sheet: ClassificationSheet, members: list[Member], meeting: Held, by: By) -> SheetFacts:
    graded = {each.person_id: each.grade for each in members if each.grade}
    if meeting.votes.keys() - graded.keys():
        raise Invalid("votes", "stranger")
    minutes, roll = meeting.minutes, meeting.roll
    counted = _must_come(sheet, minutes, roll)
    gathering = Gathering(minutes.held_on, Roll(counted, sum(roll.values())), minutes.online)
    votes = {number: Vote(graded[number], each) for number, each in meeting.votes.items()}
    return facts_of(sheet.year, members, local_day(by.now), gathering=gathering, votes=votes)


def _must_come(sheet: ClassificationSheet, minutes: Minutes, roll: Presence) -> int:
    """Count who must be there: nobody is left off the roll to reach the quorum."""
    known = roll_of(sheet.unit, minutes.held_on)
    return max(len(roll), sum(each.counts for each in known))


def _keep(
    sheet: ClassificationSheet, members: list[Member], case: Case, meeting: Held, *, by: By
) -> int:
    facts: SheetFacts = case.facts
    about = {"classification": {"sheet": sheet.id, "year": sheet.year}}
    held = hold(
        sheet.unit, meeting.minutes, meeting.roll, replace(by, request_key=None), about=about
    )
    lines = lines_for(sheet, members)
    for each in members:
        line = lines[each.person_id]
        line.grade, line.computed = each.grade, each.computed
        line.excluded, line.figures = each.excluded, frozen_figures(each)
        if vote := facts.votes.get(each.person_id):
            _count(line, vote, facts)
    before, sheet.state, sheet.meeting_id = sheet.state, case.state, held.id
    told = {
        "meeting": held.id,
        "votes": {str(who): _told(vote) for who, vote in facts.votes.items()},
    }
    record(sheet, Change("hold_meeting", before, case.state, facts=told), by)
    return held.id


def _count(line: ClassificationLine, vote: Vote, facts: SheetFacts) -> None:
    """Write down the totals; who voted how is known to nobody."""
    if facts.gathering is None:
        return
    roll, ballots = facts.gathering.roll, vote.ballots
    line.voted_grade, line.present = vote.grade, roll.present
    line.in_favour, line.against, line.blank = ballots.in_favour, ballots.against, ballots.blank
    line.needed = verdict(roll, ballots, facts.rules.local.grade_majority).needed


def _told(vote: Vote) -> list[object]:
    counts = vote.ballots
    return [vote.grade.value, counts.in_favour, counts.against, counts.blank]
