"""Branches merge in the middle of a year: what they wrote of their members goes on."""

import pytest

from app.extensions import db
from app.models import BranchRating, ClassificationSheet, Event, Meeting, Unit
from app.queries.classification.grades import grades_of
from app.queries.classification.members import Typed
from app.queries.classification.overview import count_waiting_at, rows_for, waiting_at
from app.queries.classification.ratings import TypedRating, rating_row
from app.queries.classification.sheets import sheet_of
from app.queries.programme.sheets import holder_of
from app.services.audit import verify
from app.services.classification.ratings import rate_step, write_rating
from app.services.dues.sheets import Sheet, keep_sheet
from app.services.programme.links import issue_link
from app.services.refusals import Forbidden, Invalid
from app.services.units.handing import Handing, hand_unit
from app.services.units.single import Split, split_unit
from tests.clock import NOW, TODAY
from tests.programmes import Programme
from tests.services.changed_units import PAPER, by, merge, said, two_branches
from tests.services.test_classification import Branch
from workflows.classification import Grade
from workflows.classification.scales import BranchGrade
from workflows.dues import months_of
from workflows.levels import UnitKind

YEAR = TODAY.year
YEARS = pytest.mark.parametrize("year", [YEAR, YEAR - 1])


def branches(world, year=YEAR):
    """Return the two branches of one commune, as they classify their members."""
    return Branch(world, "ap_a1", year), Branch(world, "ap_a2", year)


def united(world, into=None, year=YEAR, **rest):
    """Let both merge, into a new branch unless one is named, and return it as it goes on."""
    new = two_branches(world, into, **rest)
    db.session.expire_all()
    world.units["moi"] = db.session.get(Unit, new)
    world.members["moi"] = [*world.members["ap_a1"], *world.members["ap_a2"]]
    world.accounts["moi"] = world.accounts["ap_a1"]
    return Branch(world, "moi", year)


def words_of(person):
    """Return what somebody wrote of a member."""
    return Typed(own_grade=Grade.GOOD, grade=Grade.GOOD, reason=f"Vì {person.name}", tasks_done=2)


def half_done(branch, count=3):
    """Write something of the first members of a branch."""
    branch.write({each.id: words_of(each) for each in branch.people[:count]})


def kept(branch):
    """Return what stands of whom on a sheet."""
    return {
        line.person_id: (line.own_grade, line.grade, line.reason, line.tasks_done)
        for line in branch.sheet.lines
        if line.reason
    }


def states():
    db.session.expire_all()
    rows = db.session.query(ClassificationSheet).order_by(ClassificationSheet.id)
    return [(row.unit_id, row.state) for row in rows]


@YEARS
@pytest.mark.parametrize("into", [None, "ap_a1", "ap_a2"])
def test_what_two_branches_had_written_stands_on_one_sheet(world, into, year):
    both = branches(world, year)
    for branch in both:
        half_done(branch)
    before = {**kept(both[0]), **kept(both[1])}
    merged = united(world, into, year)
    assert (len(before), kept(merged)) == (6, before)
    assert len(merged.members()) == 18
    assert not any(each.asks_former_unit for each in merged.members().values())
    assert sorted(state for _unit, state in states()) == ["draft", "joined"]
    merged.confirmed()
    assert grades_of([both[1].people[0].id]) == {both[1].people[0].id: {year: Grade.GOOD}}
    assert verify().fault is None


@YEARS
def test_the_sheet_of_the_only_branch_that_had_one_becomes_that_of_the_merged_one(world, year):
    first, _second = branches(world, year)
    half_done(first)
    number, before = first.sheet.id, kept(first)
    merged = united(world, year=year)
    assert (merged.sheet.id, kept(merged)) == (number, before)
    merged.write()
    assert (kept(merged), len(merged.sheet.lines)) == (before, 18)


def test_votes_of_the_old_branches_count_no_more_and_their_meetings_stay(world):
    both = branches(world)
    both[0].write({})
    both[0].meet()
    half_done(both[1])
    merged = united(world, "ap_a1")
    assert merged.sheet.state == "draft"
    assert all(line.voted_grade is None for line in merged.sheet.lines)
    assert db.session.query(Meeting).filter_by(unit_id=both[0].unit.id).count() == 1
    merged.meet()
    assert merged.take("submit") == "submitted"


def test_what_was_handed_up_waits_on_and_is_confirmed_as_it_was_voted(world):
    first, second = branches(world)
    first.to_commune()
    half_done(second)
    merged = united(world)
    mine = {each.id for each in first.people}
    listed = merged.members()
    assert {number for number, each in listed.items() if each.graded_in} == mine
    assert [each.unit_id for each in waiting_at(world.actor("xa_a").posts)] == [first.unit.id]
    assert first.take("confirm", "xa_a") == "confirmed"
    merged.confirmed()
    assert len(grades_of([each.id for each in (*first.people, *second.people)])) == 18
    assert verify().fault is None


def test_what_is_returned_to_a_branch_that_merged_goes_on_at_the_merged_one(world):
    first, second = branches(world)
    first.write({each.id: words_of(each) for each in first.people})
    first.meet()
    first.take("submit")
    half_done(second)
    merged = united(world)
    merged.write()
    person = first.people[0].id
    assert first.take("send_back", "xa_a", reasons={person: "Xem lại"}) == "returned"
    db.session.expire_all()
    assert (first.sheet.state, merged.sheet.state) == ("joined", "draft")
    assert len(kept(merged)) == 12
    assert merged.line(first.people[0]).returned == "Xem lại"
    merged.write({person: Typed(grade=Grade.COMPLETED, reason="Đã xem")})
    merged.confirmed()
    assert verify().fault is None


def test_where_the_merged_branch_is_confirmed_nothing_is_returned_to_a_branch_that_ended(world):
    first, second = branches(world)
    first.to_commune()
    second.confirmed()
    united(world, "ap_a2")
    with pytest.raises(Forbidden):
        first.take("send_back", "xa_a", reasons={first.people[0].id: "Xem lại"})
    assert first.take("confirm", "xa_a") == "confirmed"


def test_the_sheet_of_this_year_is_finished_before_a_branch_joins_one_that_is_confirmed(world):
    first, second = branches(world)
    half_done(first)
    second.confirmed()
    before = states()
    with pytest.raises(Invalid) as refusal:
        united(world, "ap_a2")
    assert (refusal.value.field, refusal.value.code) == ("units", "sheet_confirmed")
    assert states() == before
    united(world)


def test_a_sheet_of_years_ago_that_was_never_finished_stays_where_it_is(world):
    first, second = branches(world, YEAR - 2)
    half_done(first)
    second.confirmed()
    before = states()
    united(world, "ap_a2")
    assert states() == before


def test_what_is_confirmed_stays_as_it_is_and_readable(world, sign_in):
    first, second = branches(world)
    first.confirmed()
    half_done(second)
    before = (first.sheet.version, first.sheet.unit_id, len(first.sheet.lines))
    merged = united(world)
    assert (first.sheet.version, first.sheet.unit_id, len(first.sheet.lines)) == before
    for who in ("xa_a", "ap_a1"):
        page = sign_in(who).get(f"/classifications/{first.unit.id}/{YEAR}")
        assert page.status == 200
        assert first.people[0].name in page.words()
    assert len(grades_of([each.id for each in first.people])) == 9
    (row,) = rows_for([merged.unit], YEAR)
    assert dict(row.states) == {"confirmed": 1, "draft": 1}


def test_it_says_in_the_chains_of_both_what_became_of_them(world):
    both = branches(world)
    for branch in both:
        half_done(branch)
    old = both[1].sheet.id
    merged = united(world, "ap_a1", key="once")
    united(world, "ap_a1", key="once")
    rows = db.session.query(Event).filter_by(subject="classification_sheets")
    told = [(row.subject_id, row.step, row.facts["unit"]) for row in rows if "unit" in row.facts]
    units = [both[1].unit.id, merged.unit.id]
    assert sorted(told) == sorted([(old, "join", units), (merged.sheet.id, "take_in", units)])


def test_the_merged_branch_goes_on_at_the_screen(world, sign_in):
    both = branches(world)
    for branch in both:
        half_done(branch)
    merged = united(world)
    secretary = sign_in("ap_a1")
    page = secretary.get(f"/classifications/{merged.unit.id}/{YEAR}")
    for branch in both:
        assert branch.people[0].name in page.words()
    assert len(kept(merged)) == 6
    gone = both[1].unit.id
    assert "Đã gộp vào chi đoàn mới" in secretary.get(f"/classifications/{gone}/{YEAR}").words()
    listing = sign_in("xa_a").get(f"/classifications?year={YEAR}")
    assert "Đã gộp" not in listing.words()


def test_dues_that_the_old_branches_kept_count_on(world):
    both = branches(world, YEAR - 1)
    paid = {(each.id, month) for each in both[0].people for month in months_of(YEAR - 1)}
    none = frozenset()
    ticks = Sheet(frozenset(paid), none, none, none)
    keep_sheet(both[0].unit.id, ticks, by=both[0].by())
    both[0].write({})
    found = both[0].members()[both[0].people[0].id].found
    merged = united(world, year=YEAR - 1)
    assert merged.members()[both[0].people[0].id].found == found


# --- ratings of branches ------------------------------------------------------------------------


def rate(world, key):
    row = rating_row(world.units[key].id, YEAR)
    seen = row.version if row else 0
    typed = TypedRating(first_half=6, second_half=6, grade=BranchGrade.GOOD, reason="Đạt")
    write_rating(world.units[key].id, YEAR, typed, by=by(world, key), seen=seen)


def ratings():
    db.session.expire_all()
    rows = db.session.query(BranchRating).order_by(BranchRating.id)
    return [(row.unit_id, row.state, row.reason) for row in rows]


def test_the_rating_under_way_becomes_that_of_the_merged_branch_and_others_end(world):
    rate(world, "ap_a1")
    rate(world, "ap_a2")
    merged = united(world)
    gone = world.units["ap_a2"].id
    assert ratings() == [(merged.unit.id, "draft", "Đạt"), (gone, "joined", "Đạt")]
    merged.confirmed()
    seen = rating_row(merged.unit.id, YEAR).version
    rate_step(merged.unit.id, YEAR, "submit", by=merged.by(), seen=seen)
    assert verify().fault is None


def test_a_rating_that_was_handed_up_waits_on(world):
    first, _second = branches(world)
    first.to_commune()
    rate(world, "ap_a1")
    rate_step(first.unit.id, YEAR, "submit", by=first.by(), seen=1)
    united(world)
    assert ratings() == [(first.unit.id, "submitted", "Đạt")]
    assert count_waiting_at(world.actor("xa_a").posts) == 2
    first.take("confirm", "xa_a")
    rate_step(first.unit.id, YEAR, "confirm", by=by(world, "xa_a"), seen=2)
    assert [state for _unit, state, _reason in ratings()] == ["confirmed"]


# --- other changes ------------------------------------------------------------------------------


def test_what_waits_at_the_old_commune_waits_at_the_one_a_branch_was_handed_to(world):
    first, _second = branches(world)
    first.to_commune()
    handing = Handing(to_id=world.units["xa_b"].id, decision=PAPER)
    hand_unit(first.unit.id, handing, by=by(world, "huyen"))
    db.session.expire_all()
    waits = [len(waiting_at(world.actor(who).posts)) for who in ("xa_a", "xa_b")]
    assert waits == [0, 1]
    assert first.take("confirm", "xa_b") == "confirmed"


def test_what_waits_at_communes_waits_at_the_merged_one(world):
    first, _second = branches(world)
    first.to_commune()
    merge(world, ("xa_a", "xa_b"), who="huyen", said=said("Đoàn xã Mới"))
    db.session.expire_all()
    assert len(waiting_at(world.actor("xa_b").posts)) == 1
    assert first.take("confirm", "xa_b") == "confirmed"


def test_who_is_split_off_takes_along_what_was_written_of_them(world):
    first, _second = branches(world)
    half_done(first)
    before = kept(first)
    going = first.people[2:]
    split = Split(
        people=frozenset(each.id for each in going),
        said=said("Chi đoàn Mới", UnitKind.HAMLET),
        decision=PAPER,
    )
    new = split_unit(first.unit.id, split, by=by(world, "xa_a"))
    both = {**kept(first), **_written(new)}
    assert both == before
    assert _written(new).keys() == {going[0].id}
    assert {line.person_id for line in sheet_of(new, YEAR).lines} == {each.id for each in going}
    assert verify().fault is None


def _written(unit_id):
    return {
        line.person_id: (line.own_grade, line.grade, line.reason, line.tasks_done)
        for line in sheet_of(unit_id, YEAR).lines
        if line.reason
    }


# --- the training programme ---------------------------------------------------------------------


@YEARS
def test_registrations_go_on_at_the_merged_branch(world, year):
    first = Programme(world, "ap_a1", year).opened()
    second = Programme(world, "ap_a2", year)
    first.register()
    second.register(*second.people[:2])
    first.take("approve", *first.people[:5], who="ap_a1.pho")
    united(world, year=year)
    merged = Programme(world, "moi", year)
    assert {merged.row(each).unit_id for each in first.people} == {merged.unit.id}
    states_ = {each.id: merged.row(each).state for each in first.people}
    assert sorted(states_.values()).count("approved") == 5
    merged.track(first.people[1], done=1)
    assert merged.row(first.people[1]).choices[0].done == 1
    merged.register(*second.people[2:4])
    assert merged.row(second.people[2]).unit_id == merged.unit.id
    assert verify().fault is None


def test_a_personal_link_registers_at_the_merged_branch(world, visitor, sign_in):
    first = Programme(world, "ap_a1").opened()
    person = first.people[3]
    token, _until = issue_link(first.unit.id, person.id, by=first.by())
    united(world)
    assert visitor.send(f"/mine/{token}", contents=list(map(str, first.contents))).status == 200
    assert first.row(person).unit_id == world.units["moi"].id
    page = sign_in("ap_a1").get(f"/programmes/{world.units['moi'].id}/{YEAR}")
    assert person.name in page.words()


def test_a_link_of_last_year_leads_to_the_branch_of_today(world):
    first = Programme(world, "ap_a1", YEAR - 1).opened()
    person = first.people[3]
    first.register(person)
    first.take("approve", person)
    token, _until = issue_link(first.unit.id, person.id, by=first.by())
    united(world)
    assert holder_of(token, YEAR - 1, NOW, TODAY).unit.id == world.units["moi"].id
