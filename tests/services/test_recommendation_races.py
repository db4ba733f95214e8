"""Recommendations at the same moment: parallel requests in transactions of their own."""

from collections import Counter

from app.extensions import db
from app.models import Dossier, ExemplaryLine, ExemplaryTitle, Person, QuarterComment, Reading
from tests.acceptance.desk import dossier, typed
from tests.clock import TODAY
from tests.recommending import RECOGNISED, Way, grade
from tests.services.at_once import Desk, at_once, row_of, statuses
from workflows.quarters import quarters_between
from workflows.recommendation_facts import Part

TIMES = 50


def test_a10_one_quarter_is_commented_on_once_whoever_presses(world, sign_in):
    way = Way(world).to("prospect")
    number, path = way.dossier.id, f"/dossiers/{way.ref}/sections/branch_quarter"
    hers, his = Desk(sign_in("ap_a1")), Desk(sign_in("ap_a1.pho"))
    for quarter in quarters_between(RECOGNISED, TODAY):
        seen = dossier(way.ref).version
        sent = {"quarter": f"{quarter.year}.{quarter.number}", "comment": "Gương mẫu"}
        deeds = [each.post(path, seen, **sent) for each in (hers, his)]
        assert statuses(at_once(row_of(Dossier, number), *deeds)) == [303, 409]
    assert db.session.query(QuarterComment).count() == len(quarters_between(RECOGNISED, TODAY))


def test_a10_resolution_and_return_at_the_same_moment(world, sign_in):
    way = Way(world).to("resolution")
    number, outcomes = way.dossier.id, Counter()
    hers, his = Desk(sign_in("xa_a")), Desk(sign_in("xa_a.canbo"))
    numbers = {"members": 9, "present": 9, "in_favour": 4, "against": 5, "on": typed(TODAY)}
    said = dict.fromkeys(("strengths", "weaknesses", "against_reason"), "Rõ")
    for _ in range(TIMES):
        deeds = (
            hers.take(way.ref, "record_resolution", **numbers, **said),
            his.take(way.ref, "send_back", sections=["effort"], why_effort="Thiếu"),
        )
        assert statuses(at_once(row_of(Dossier, number), *deeds)) == [303, 409]
        outcomes[dossier(way.ref).state] += 1
        _back_to_resolution(way)
    assert set(outcomes) <= {"prospect", "returned"}


def _back_to_resolution(way):
    """Lay the dossier before the committee again, by the way it went."""
    if way.dossier.state == "returned":
        way.write(Part.EFFORT, "ap_a1", union_work=f"Bổ sung {way.dossier.version}")
        way.take("resubmit", "ap_a1")
        return
    way.take("ask_opinion", "xa_a")
    way.vote()
    way.take("submit", "ap_a1")


def test_two_officers_choose_the_same_people_and_each_is_chosen_once(world, sign_in):
    people = world.members["ap_a1"][2:5]
    for person in people:
        grade(person, TODAY.year)
    numbers = [person.id for person in people]
    desks = [Desk(sign_in(who)) for who in ("xa_a", "xa_a.canbo")]
    path = f"/recommendations/choose?unit={world.units['xa_a'].id}&year={TODAY.year}"
    deeds = [each.post(path, 0, chosen=numbers, held_on=typed(TODAY)) for each in desks]
    assert statuses(at_once(row_of(Person, min(numbers)), *deeds)) == [303, 303]
    assert (db.session.query(Dossier).count(), db.session.query(ExemplaryTitle).count()) == (3, 3)
    problems = Counter(line.problem for line in db.session.query(ExemplaryLine))
    assert problems == {"": 3, "chosen_already": 3}


def test_list_handed_over_twice_at_once_takes_each_dossier_once(world, sign_in):
    ways = [Way(world, member=number) for number in (4, 5)]
    for way in ways:
        way.complete()
        way.write(Part.UNION_COMMENT, "xa_a", union_comment="Tốt")
    seen = {f"seen_{way.ref}": way.dossier.version for way in ways}
    desks = [Desk(sign_in(who)) for who in ("xa_a", "xa_a.canbo")]
    path = f"/recommendations/hand-over?unit={world.units['xa_a'].id}"
    sent = {"chosen": [way.ref for way in ways], "on": typed(TODAY), "to_whom": "Đảng ủy"}
    deeds = [each.post(path, 0, **sent, **seen) for each in desks]
    lock = row_of(Person, min(way.person_id for way in ways))
    assert statuses(at_once(lock, *deeds)) == [303, 303]
    assert {way.dossier.state for way in ways} == {"with_party"}
    problems = Counter(line.problem for line in db.session.query(ExemplaryLine))
    assert problems["stale"] == len(ways)


def test_dossier_opened_twice_at_once_is_one_reading(world, sign_in):
    way = Way(world).to("listing")
    browsers = [sign_in("xa_a"), sign_in("xa_a")]
    deeds = [lambda browser=each: browser.get(f"/dossiers/{way.ref}") for each in browsers]
    pages = at_once(row_of(Dossier, way.dossier.id), *deeds)
    assert [page.status for page in pages] == [200, 200]
    assert db.session.query(Reading).count() == 1
