"""The yearly classification through the use cases: written, voted on, handed up, confirmed."""

from datetime import date, timedelta

import pytest

from app.extensions import db
from app.models import (
    ClassificationLine,
    ClassificationSheet,
    Event,
    Meeting,
    MeetingVote,
    Membership,
    Standing,
)
from app.queries.admission.meetings import roll_of
from app.queries.classification.grades import grades_of, members_graded
from app.queries.classification.members import Typed
from app.queries.classification.sheets import members_of, sheet_of
from app.services.audit import verify
from app.services.classification.corrections import correct_grade
from app.services.classification.meetings import Held, hold_meeting
from app.services.classification.sheets import write_sheet
from app.services.classification.steps import Decision, confirm_many, take_step
from app.services.dues.sheets import Sheet, keep_sheet
from app.services.events import By
from app.services.meetings.recording import Minutes
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.clock import NOW, TODAY
from tests.factories import MemberFactory
from workflows.classification import Grade
from workflows.classification.scope import Circumstance, Discipline, NotClassified
from workflows.dues import months_of
from workflows.engine import NoSuchStep, Refused
from workflows.membership import PersonStatus
from workflows.voting import Ballots

YEAR = TODAY.year - 1
MINUTES = Minutes(TODAY, "Nhà văn hóa ấp", "Bí thư", "Phó bí thư")


class Branch:
    """A branch that classifies its members, act by act."""

    def __init__(self, world, key="ap_a1", year=YEAR):
        self.world, self.key, self.year = world, key, year
        self.unit = world.units[key]
        self.people = world.members[key]

    def by(self, who=None, key=None):
        return By(self.world.actor(who or self.key), NOW, request_key=key)

    @property
    def sheet(self):
        db.session.expire_all()
        return sheet_of(self.unit.id, self.year)

    @property
    def seen(self):
        return self.sheet.version if self.sheet else 0

    def line(self, person):
        return next(line for line in self.sheet.lines if line.person_id == person.id)

    def members(self):
        return {
            each.person_id: each for each in members_of(self.unit, self.year, self.sheet, TODAY)
        }

    def write(self, typed=None, **more):
        by, seen = self.by(more.get("who"), more.get("key")), more.get("seen", self.seen)
        return write_sheet(self.unit.id, self.year, typed or {}, by=by, seen=seen)

    def meet(self, minutes=MINUTES, absent=0, votes=None, **counts):
        people = roll_of(self.unit, minutes.held_on)
        roll = {each.id: place >= absent for place, each in enumerate(people)}
        present = sum(roll.values())
        usual = Ballots(counts.get("in_favour", present), counts.get("against", 0), 0, 0)
        graded = [number for number, each in self.members().items() if each.grade]
        all_votes = dict.fromkeys(graded, usual) | (votes or {})
        held = Held(minutes, roll, all_votes)
        return hold_meeting(self.unit.id, self.year, held, by=self.by(), seen=self.seen)

    def take(self, step, who=None, key=None, **decision):
        by = self.by(who, key)
        return take_step(self.unit.id, self.year, step, Decision(**decision), by=by, seen=self.seen)

    def to_commune(self):
        self.write()
        self.meet()
        self.take("submit")
        return self

    def confirmed(self, who="xa_a"):
        self.to_commune()
        self.take("confirm", who)
        return self


@pytest.fixture
def branch(world):
    return Branch(world)


def test_sheet_goes_from_the_branch_to_the_confirmed_grades(branch, world):
    branch.write({branch.people[0].id: Typed(own_grade=Grade.GOOD)})
    meeting = db.session.get(Meeting, branch.meet())
    assert (meeting.present, meeting.online) == (9, False)
    assert branch.take("submit") == "submitted"
    assert grades_of([branch.people[0].id]) == {}
    assert branch.take("confirm", "xa_a") == "confirmed"
    assert grades_of([branch.people[0].id]) == {branch.people[0].id: {YEAR: Grade.EXCELLENT}}
    best = members_graded(world.units["xa_a"].id, YEAR, Grade.EXCELLENT)
    assert [each.person_id for each in best] == [each.id for each in branch.people]
    assert members_graded(world.units["xa_b"].id, YEAR, Grade.EXCELLENT) == []
    steps = [event.step for event in events(branch)]
    assert steps == ["write_sheet", "hold_meeting", "submit", "confirm"]
    assert verify().fault is None


def events(branch):
    rows = db.session.query(Event).filter_by(
        subject="classification_sheets", subject_id=branch.sheet.id
    )
    return rows.order_by(Event.sequence).all()
