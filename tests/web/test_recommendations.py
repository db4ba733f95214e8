"""Recommendations through the front door: chosen, handed over, and on to the Party cell."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models import Dossier, Event, Person
from tests.acceptance.desk import badge, carrying, events, state, take, typed, write
from tests.clock import TODAY
from tests.recommending import PROFILE, SECRET, Way, grade
from workflows.admission_facts import Schooling
from workflows.recommendation import RECOMMENDATION

DAY = timedelta(days=1)
ACCOUNTS = (
    *("huyen", "huyen.canbo", "xa_a", "xa_a.pho", "xa_a.canbo", "xa_b", "xa_b.pho"),
    *("ap_a1", "ap_a1.pho", "ap_a2", "ap_b1", "co_so", "co_so.pho"),
)
TRUSTED = {"huyen", "xa_a", "xa_a.pho", "xa_a.canbo", "ap_a1", "ap_a1.pho"}


@pytest.fixture
def member(world):
    """A member of ap_a1 who was graded excellent this year and the one before."""
    person = db.session.get_one(Person, world.members["ap_a1"][5].id)
    person.schooling = Schooling.UPPER_SECONDARY
    for year in (TODAY.year - 1, TODAY.year):
        grade(person, year)
    return person


def test_member_goes_from_the_title_to_the_party_cell(world, sign_in, member):
    commune, second, branch = sign_in("xa_a.canbo"), sign_in("xa_a"), sign_in("ap_a1")
    page = commune.send("/recommendations/choose", chosen=str(member.id))
    assert page.path.startswith("/recommendations/lists/")
    ref = db.session.query(Dossier).one().ref
    assert (ref[:3], carrying(page, "ref")) == ("UT-", [ref])
    for part, values in (
        ("profile", PROFILE),
        ("wish", {"wish_on": typed(TODAY), "essay_on": typed(TODAY), "branch_comment": SECRET}),
        ("effort", {"union_work": "Tình nguyện", "work_results": "Giỏi"}),
    ):
        assert write(branch, ref, part, **values).path == f"/dossiers/{ref}"
    assert state(press(branch, ref, "complete_file")) == "listing"
    write(second, ref, "union_comment", union_comment=SECRET)
    page = second.send("/recommendations/hand-over", to_whom="Đảng ủy xã", chosen=ref)
    assert (page.path.startswith("/recommendations/lists/"), state_of(ref)) == (True, "with_party")
    assert state(take(second, ref, "recognise", number="15-QĐ/ĐU")) == "prospect"
    learnt = {"class_on": typed(TODAY), "class_ref": "CN 07", "party_helper": "Đồng chí Ba"}
    write(second, ref, "prospect", **learnt)
    write(branch, ref, "branch_quarter", comment=SECRET)
    assert state(press(second, ref, "ask_opinion")) == "branch_vote"
    assert state_of(meet(branch, world, ref)) == "ready"
    write(branch, ref, "proposal", proposed_on=typed(TODAY), proposal_text=SECRET)
    assert state(press(branch, ref, "submit")) == "resolution"
    numbers = {"members": "9", "present": "8", "in_favour": "6", "against": "2"}
    said = dict.fromkeys(("strengths", "weaknesses", "against_reason"), SECRET)
    page = take(second, ref, "record_resolution", **numbers, **said)
    assert (state(page), "6 (66,7 %)" in page.words()) == ("resolved", True)
    assert state(take(second, ref, "hand_to_cell", to_whom="Chi bộ Ấp 1")) == "with_cell"
    assert state(take(second, ref, "cell_accepts")) == "accepted"
    page = take(second, ref, "admit_to_party")
    assert (state(page), "None" in page.words()) == ("probation", False)


def press(browser, ref, step):
    """Press the button of a step that asks for nothing more."""
    return browser.send(f"/dossiers/{ref}", action=f"/dossiers/{ref}/steps/{step}")


def state_of(ref):
    """Return the state as the database holds it."""
    db.session.expire_all()
    return db.session.query(Dossier).filter_by(ref=ref).one().state


def meet(browser, world, ref, in_favour=8):
    """Record the branch's meeting with everybody present, and return the reference."""
    unit = world.units["ap_a1"].id
    path = f"/meetings/new?unit={unit}&on={typed(TODAY)}"
    people = [str(person.id) for person in world.members["ap_a1"]]
    counts = {f"in_favour_{ref}": str(in_favour), f"against_{ref}": str(len(people) - in_favour)}
    minutes = {"place": "Ấp 1", "chair": "Ba", "minute_taker": "Tư", "present": people}
    page = browser.send(path, **minutes, **counts, **{f"chosen_{ref}": "y"})
    assert page.path.startswith("/meetings/"), page.words()
    return ref
