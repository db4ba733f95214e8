"""The yearly classification through the use cases: written, voted on, handed up, confirmed."""

from datetime import date

import pytest

from app.extensions import db
from app.models import (
    ClassificationLine,
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


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return {reason.code: dict(reason.values) for reason in caught.value.unmet}


def test_figures_of_the_registers_make_the_proposal_and_say_what_limits_it(branch):
    first, second = branch.people[:2]
    months = months_of(YEAR)
    paid = {(person.id, month) for person in branch.people for month in months}
    paid -= {(first.id, month) for month in months[:2]}
    none = frozenset()
    keep_sheet(branch.unit.id, Sheet(frozenset(paid), none, none, none), by=branch.by())
    branch.write({second.id: Typed(tasks_assigned=10, tasks_done=7)})
    members = branch.members()
    assert members[first.id].computed is Grade.COMPLETED
    found = {each.criterion: (each.values, each.binds) for each in members[first.id].found}
    assert found == {"dues": ({"paid": 10, "payable": 12}, True)}
    assert members[second.id].computed is Grade.NOT_COMPLETED
    assert members[branch.people[2].id].computed is Grade.EXCELLENT


def test_attendance_counts_the_meetings_that_one_was_to_attend(world):
    for year, absent in ((YEAR, 0), (YEAR - 1, 1), (YEAR - 2, 1)):
        older = Branch(world, year=year)
        older.write()
        older.meet(absent=absent)
    now = Branch(world, year=TODAY.year)
    first, second = (now.members()[each.id] for each in roll_of(now.unit, TODAY)[:2])
    assert first.found[0].values == {"present": 1, "entitled": 3, "percent": 33}
    assert first.computed is Grade.NOT_COMPLETED
    assert second.computed is Grade.EXCELLENT


def test_branch_may_propose_another_grade_with_a_reason(branch):
    first = branch.people[0]
    branch.write({first.id: Typed(grade=Grade.GOOD)})
    assert refused(branch.meet) == {"other_grade_reasoned": {"names": first.name}}
    branch.write({first.id: Typed(grade=Grade.GOOD, reason="Việc còn chậm")})
    branch.meet()
    assert (branch.line(first).grade, branch.line(first).computed) == (
        Grade.GOOD,
        Grade.EXCELLENT,
    )


def test_vote_is_kept_in_totals_and_a_grade_that_fails_is_refused(branch):
    first = branch.people[0]
    branch.write()
    assert refused(branch.meet, votes={first.id: Ballots(4, 5, 0, 0)}) == {
        "grades_passed": {"names": first.name}
    }
    assert refused(branch.meet, votes={first.id: Ballots(9, 1, 0, 0)}).keys() == {
        "grade_counts_agree"
    }
    assert db.session.query(Meeting).count() == 0
    branch.meet(votes={first.id: Ballots(5, 3, 1, 0)})
    line = branch.line(first)
    assert (line.in_favour, line.against, line.blank, line.present, line.needed) == (5, 3, 1, 9, 5)
    assert db.session.query(MeetingVote).count() == 0
    assert events(branch)[-1].facts["votes"][str(first.id)] == ["excellent", 5, 3, 1]


def test_members_are_never_classified_online_nor_by_too_few(branch):
    branch.write()
    online = Minutes(TODAY, "Zalo", "Bí thư", "Phó", online=True)
    assert refused(branch.meet, online).keys() == {"classified_in_person"}
    assert refused(branch.meet, absent=4)["enough_at_the_meeting"] == {"present": 5, "needed": 6}


def test_quorum_counts_who_is_left_off_the_roll_too(branch):
    branch.write()
    roll = {branch.people[0].id: True}
    votes = {person.id: Ballots(1, 0, 0, 0) for person in branch.people}
    meeting = Held(MINUTES, roll, votes)
    told = refused(hold_meeting, branch.unit.id, YEAR, meeting, by=branch.by(), seen=branch.seen)
    assert told["enough_at_the_meeting"] == {"present": 1, "needed": 6}


def test_roll_or_vote_that_names_a_stranger_is_refused(branch, world):
    branch.write()
    stranger = world.members["ap_a2"][0].id
    votes = {person.id: Ballots(9, 0, 0, 0) for person in branch.people}
    roll = {person.id: True for person in branch.people}
    for meeting in (
        Held(MINUTES, roll, votes | {stranger: Ballots(9, 0, 0, 0)}),
        Held(MINUTES, roll | {stranger: True}, {k: Ballots(10, 0, 0, 0) for k in votes}),
    ):
        with pytest.raises(Invalid):
            hold_meeting(branch.unit.id, YEAR, meeting, by=branch.by(), seen=branch.seen)
    with pytest.raises(Invalid):
        branch.write({stranger: Typed()})


def test_commune_returns_with_reasons_and_only_those_members_open(branch):
    first, second = branch.people[:2]
    branch.to_commune()
    assert refused(branch.take, "send_back", "xa_a").keys() == {"return_reasoned"}
    assert branch.take("send_back", "xa_a", reasons={first.id: "Còn nợ đoàn phí"}) == "returned"
    assert events(branch)[-1].comment == f"{first.name}: Còn nợ đoàn phí"
    changed = Typed(grade=Grade.GOOD, reason="Còn nợ đoàn phí")
    assert refused(branch.take, "resubmit")["returns_mended"] == {"names": first.name}
    branch.write({first.id: changed, second.id: changed})
    assert (branch.line(first).grade, branch.line(second).grade) == (Grade.GOOD, Grade.EXCELLENT)
    assert refused(branch.take, "resubmit")["votes_stand"] == {"names": first.name}
    branch.meet()
    branch.take("submit")
    branch.take("confirm", "xa_a")
    assert grades_of([first.id])[first.id] == {YEAR: Grade.GOOD}


def test_return_that_needs_no_new_vote_goes_up_at_once(branch):
    first = branch.people[0]
    branch.to_commune()
    branch.take("send_back", "xa_a", reasons={first.id: "Ghi số việc"})
    branch.write({first.id: Typed(grade=Grade.EXCELLENT, tasks_assigned=3, tasks_done=3)})
    assert branch.take("resubmit") == "submitted"
    assert branch.line(first).is_mended


def test_branch_takes_up_again_what_it_has_not_handed_up(branch):
    branch.write()
    branch.meet()
    assert branch.take("reopen") == "draft"
    assert {line.voted_grade for line in branch.sheet.lines} == {None}
    with pytest.raises(NoSuchStep):
        branch.take("submit")


@pytest.mark.parametrize(
    ("who", "refusal"), [("ap_a1", Forbidden), ("xa_b", NotFound), ("huyen", Forbidden)]
)
def test_a15_nobody_else_confirms(branch, who, refusal):
    branch.to_commune()
    with pytest.raises(refusal):
        branch.take("confirm", who)
    assert branch.sheet.state == "submitted"


def test_a14_nobody_confirms_what_they_handed_up_nor_themselves(branch, world):
    branch.to_commune()
    row = branch.sheet
    row.handed_up_by_id = world.accounts["xa_a"].id
    world.accounts["xa_a.pho"].person_id = branch.people[0].id
    db.session.commit()
    codes = []
    for who in ("xa_a", "xa_a.pho"):
        with pytest.raises(Forbidden) as forbidden:
            branch.take("confirm", who)
        codes.append(forbidden.value.code)
    assert codes == ["prepared_by_you", "about_yourself"]
    assert branch.take("confirm", "xa_a.canbo") == "confirmed"


def test_grassroots_branch_is_confirmed_by_the_one_above_it(world):
    alone = Branch(world, "co_so")
    alone.to_commune()
    with pytest.raises(Forbidden):
        alone.take("confirm", "co_so.pho")
    assert alone.take("confirm", "huyen") == "confirmed"


def test_confirmed_sheet_is_frozen_and_corrected_with_both_versions_kept(branch):
    first = branch.people[0]
    branch.confirmed()
    with pytest.raises(Forbidden):
        branch.write({first.id: Typed(grade=Grade.GOOD, reason="…")})
    with pytest.raises(NoSuchStep):
        branch.take("send_back", "xa_a", reasons={first.id: "…"})
    for grade, reason in ((Grade.EXCELLENT, "Nhầm"), (Grade.GOOD, " "), (Grade.FAIR, "Nhầm")):
        with pytest.raises(Invalid):
            correct(branch, first, grade, reason)
    for who, refusal in (("ap_a1", Forbidden), ("xa_b", NotFound)):
        with pytest.raises(refusal):
            correct(branch, first, Grade.GOOD, "Nhầm", who)
    correct(branch, first, Grade.GOOD, "Ghi nhầm mức")
    assert grades_of([first.id])[first.id] == {YEAR: Grade.GOOD}
    last = events(branch)[-1]
    assert (last.facts["was"], last.facts["now"], last.comment) == (
        "excellent",
        "good",
        "Ghi nhầm mức",
    )
    assert verify().fault is None


def correct(branch, person, grade, reason, who="xa_a"):
    where = (branch.unit.id, YEAR)
    correct_grade(where, person.id, grade, reason, by=branch.by(who), seen=branch.seen)


def test_nobody_corrects_their_own_grade_and_nothing_before_it_stands(branch, world):
    first = branch.people[0]
    branch.to_commune()
    with pytest.raises(NoSuchStep):
        correct(branch, first, Grade.GOOD, "Nhầm")
    branch.take("confirm", "xa_a")
    world.accounts["xa_a"].person_id = first.id
    db.session.commit()
    with pytest.raises(Forbidden):
        correct(branch, first, Grade.GOOD, "Nhầm")


def test_a44_commune_confirms_many_and_what_changed_is_left_out_by_name(branch, world):
    other = Branch(world, "ap_a2")
    branch.to_commune(), other.to_commune()
    seen = {branch.sheet.id: branch.seen, other.sheet.id: other.seen - 1}
    first, second = confirm_many(seen, by=branch.by("xa_a", "one press"))
    assert (first.unit_name, first.refusal) == (branch.unit.name, None)
    assert isinstance(second.refusal, Stale)
    assert (branch.sheet.state, other.sheet.state) == ("confirmed", "submitted")
    again = confirm_many(seen, by=branch.by("xa_a", "one press"))
    assert again[0].refusal is None
    assert [each.step for each in events(branch)].count("confirm") == 1
    with pytest.raises(NotFound):
        confirm_many({other.sheet.id: other.seen}, by=branch.by("xa_b"))


def test_a12_second_writer_is_told_and_nothing_is_overwritten(branch):
    branch.write(seen=0)
    assert verify().fault is None
    with pytest.raises(Stale):
        branch.write({branch.people[0].id: Typed(own_grade=Grade.GOOD)}, seen=0, who="ap_a1.pho")
    assert branch.line(branch.people[0]).own_grade is None


def test_a11_a_form_sent_twice_is_done_once(branch):
    branch.write(key="one")
    branch.write(key="one", seen=0)
    assert branch.meet()
    assert branch.sheet.state == "voted"
    assert branch.take("submit", key="up") == "submitted"
    by = branch.by(key="up")
    assert take_step(branch.unit.id, YEAR, "submit", by=by, seen=branch.seen - 1) == "submitted"
    assert [each.step for each in events(branch)] == ["write_sheet", "hold_meeting", "submit"]


def test_scope_of_each_member_is_its_own_line(branch, world):
    party, sick, late, moved = branch.people[:4]
    late.joined_on = date(YEAR, 9, 1)
    stay = db.session.query(Membership).filter_by(person_id=moved.id).one()
    other = world.units["ap_a2"].id
    stay.unit_id, stay.to_on = other, date(YEAR, 10, 1)
    db.session.add(
        Membership(
            district_id=moved.district_id,
            person_id=moved.id,
            unit_id=branch.unit.id,
            from_on=date(YEAR, 10, 1),
        )
    )
    db.session.commit()
    branch.write(
        {
            party.id: Typed(circumstance=Circumstance.PARTY_MEMBER),
            sick.id: Typed(circumstance=Circumstance.SICK),
        }
    )
    members = branch.members()
    assert members[party.id].excluded is NotClassified.PARTY_MEMBER
    assert members[sick.id].computed is Grade.COMPLETED
    assert members[late.id].excluded is NotClassified.NEW
    assert (members[moved.id].asks_former_unit, members[moved.id].former_unit) == (
        True,
        world.units["ap_a2"].name,
    )
    assert refused(branch.meet) == {"former_unit_heard": {"names": moved.name}}


def test_who_was_away_for_more_than_half_a_year_is_not_classified(branch):
    person = branch.people[0]
    db.session.add(
        Standing(
            district_id=person.district_id,
            person_id=person.id,
            unit_id=branch.unit.id,
            status=PersonStatus.DEFERRED,
            from_on=date(YEAR, 1, 15),
            to_on=date(YEAR, 11, 15),
            recorded_at=NOW,
        )
    )
    db.session.commit()
    branch.confirmed()
    line = branch.line(person)
    assert (line.excluded, line.grade) == (NotClassified.ABSENT, None)
    assert grades_of([person.id]) == {}


def test_of_a_member_and_year_one_grade_stands(branch, world):
    person = branch.people[0]
    other = Branch(world, "ap_a2")
    other.write()
    line = ClassificationLine(
        sheet_id=other.sheet.id,
        person_id=person.id,
        year=YEAR,
        place=99,
        name=person.name,
        grade=Grade.GOOD,
        is_confirmed=True,
    )
    branch.to_commune()
    db.session.add(line)
    db.session.commit()
    assert refused(branch.take, "confirm", "xa_a") == {"graded_once": {"names": person.name}}
    branch.take("send_back", "xa_a", reasons={person.id: "Đã xếp loại nơi khác"})
    assert branch.members()[person.id].excluded is NotClassified.ELSEWHERE


def test_who_joins_before_the_meeting_is_on_the_sheet_and_who_left_is_not(branch):
    branch.write()
    gone = branch.people[0]
    stay = db.session.query(Membership).filter_by(person_id=gone.id).one()
    stay.to_on = date(YEAR, 12, 1)
    fresh = MemberFactory(unit=branch.unit, name="Lê Thị Vừa Đến")
    db.session.commit()
    branch.meet()
    assert {line.person_id for line in branch.sheet.lines} == {
        *(person.id for person in branch.people[1:]),
        fresh.id,
    }


def test_what_is_private_is_encrypted_and_told_by_no_event(branch):
    person = branch.people[0]
    branch.write({person.id: Typed(discipline=Discipline.WARNING)})
    branch.meet()
    row = db.session.execute(
        db.text("SELECT private, figures::text FROM classification_lines WHERE person_id = :id"),
        {"id": person.id},
    ).one()
    assert "warning" not in row[0]
    assert "discipline" not in row[1]
    written = [str(event.facts) for event in events(branch)]
    assert [text for text in written if "warning" in text] == []
    assert branch.members()[person.id].typed.discipline is Discipline.WARNING
    assert branch.line(person).grade is Grade.NOT_COMPLETED


def test_year_that_has_not_come_has_no_sheet(world):
    for year in (TODAY.year + 1, 2012):
        with pytest.raises(Invalid):
            Branch(world, year=year).write()


def test_old_year_has_the_old_scale(world):
    old = Branch(world, year=2018)
    for person in old.people:
        person.joined_on = date(2016, 3, 26)
        db.session.query(Membership).filter_by(person_id=person.id).update(
            {"from_on": date(2016, 3, 26)}
        )
    db.session.commit()
    old.write({old.people[0].id: Typed(grade=Grade.FAIR, reason="Chưa đều")})
    old.meet()
    assert old.line(old.people[0]).grade is Grade.FAIR
    assert old.line(old.people[1]).grade is Grade.EXCELLENT
