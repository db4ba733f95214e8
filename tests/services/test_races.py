"""Two at the same moment: parallel requests in transactions of their own, fifty times each."""

from collections import Counter
from uuid import uuid4

from sqlalchemy import func, select, text

from app.extensions import db
from app.models import Dossier, Event, Membership, Person
from tests.acceptance.desk import ANSWERS, CANDIDATE, dossier, events
from tests.factories import AccountFactory, AppointmentFactory
from tests.services.at_once import Desk, at_once, back_to, row_of, statuses
from workflows.levels import Post

REPETITIONS = range(50)
PEOPLE = text("LOCK TABLE people IN EXCLUSIVE MODE")


def test_a10_approve_and_return_at_the_same_moment(journey, sign_in):
    way = journey().to("commune_review")
    number, again = way.dossier.id, back_to(way.ref)
    hers, his = Desk(sign_in("xa_a")), Desk(sign_in("xa_a.pho"))
    outcomes = Counter()
    for _ in REPETITIONS:
        before = dossier(way.ref).version
        deeds = (hers.take(way.ref, "approve"), his.take(way.ref, "send_back"))
        pages = at_once(row_of(Dossier, number), *deeds)
        (last,) = events(way.ref)[before:]
        assert statuses(pages) == [303, 409]
        outcomes[last.step] += 1
        told = next(page for page in pages if page.status == 409)
        kept = ANSWERS["why_study"] if last.step == "approve" else ""
        assert all(said in told.words() for said in (last.actor_name, kept))
        again()
    assert outcomes.total() == len(REPETITIONS)


def test_a11_the_same_request_twice_at_the_same_moment(journey, sign_in):
    way = journey().to("commune_review")
    number, again, one = way.dossier.id, back_to(way.ref), Desk(sign_in("xa_a"))
    for _ in REPETITIONS:
        before, key = dossier(way.ref).version, uuid4().hex
        deeds = [one.take(way.ref, "approve", key) for _tap in range(2)]
        assert statuses(at_once(row_of(Dossier, number), *deeds)) == [303, 303]
        assert [each.step for each in events(way.ref)[before:]] == ["approve"]
        again()


def test_a11_a_dossier_opened_twice_at_the_same_moment(world, sign_in):
    one = Desk(sign_in("ap_a1"))
    form = {**CANDIDATE, "source": "pupil", "unit_id": world.units["ap_a1"].id}
    for turn in REPETITIONS:
        key, name = uuid4().hex, f"Lê Thị Mới {turn}"
        deeds = [
            one.post("/dossiers/new/admission", 0, key, **form | {"name": name})
            for _tap in range(2)
        ]
        assert statuses(at_once(PEOPLE, *deeds)) == [303, 303]
        assert db.session.query(Dossier).filter_by(person_name=name).count() == 1


def test_a31_one_person_entered_by_two_branches_at_the_same_moment(world, sign_in):
    desks = {unit: Desk(sign_in(unit)) for unit in ("ap_a1", "ap_b1")}
    for turn in REPETITIONS:
        form = {**CANDIDATE, "source": "pupil", "name": f"Lê Thị Mới {turn}"}
        deeds = [
            one.post("/dossiers/new/admission", 0, **form, unit_id=world.units[unit].id)
            for unit, one in desks.items()
        ]
        assert statuses(at_once(PEOPLE, *deeds)) == [303, 422]
        assert db.session.query(Dossier).filter_by(person_name=form["name"]).count() == 1


def test_a12_two_tabs_save_at_the_same_moment(journey, sign_in):
    way = journey().to("education")
    number, one = way.dossier.id, Desk(sign_in("ap_a1"))
    path = f"/dossiers/{way.ref}/sections/study"
    for turn in REPETITIONS:
        seen = dossier(way.ref).version
        deeds = [one.post(path, seen, self_study_result=f"{turn} {tab}") for tab in "ab"]
        assert statuses(at_once(row_of(Dossier, number), *deeds)) == [303, 409]
        assert dossier(way.ref).version == seen + 1


def test_a13_withdraw_and_approve_at_the_same_moment(journey, sign_in):
    way = journey().to("commune_review")
    number, again = way.dossier.id, back_to(way.ref)
    branch, commune = Desk(sign_in("ap_a1")), Desk(sign_in("xa_a"))
    for _ in REPETITIONS:
        before = dossier(way.ref).version
        deeds = (branch.take(way.ref, "withdraw"), commune.take(way.ref, "approve"))
        pages = at_once(row_of(Dossier, number), *deeds)
        (last,) = events(way.ref)[before:]
        assert (statuses(pages), last.step in {"withdraw", "approve"}) == ([303, 409], True)
        assert db.session.query(Membership).filter_by(dossier_id=number).count() == (
            last.step == "approve"
        )
        again()


def test_a31_two_dossiers_of_one_person_approved_at_the_same_moment(journey, sign_in):
    first = journey().to("commune_review")
    second = journey("ap_a2", "Lê Thị Hai").to("commune_review")
    person = first.dossier.person_id
    second.dossier.person_id = person
    db.session.commit()
    laid = [back_to(first.ref), back_to(second.ref)]
    desks = (Desk(sign_in("xa_a")), Desk(sign_in("xa_a.pho")))
    for _ in REPETITIONS:
        deeds = [
            one.take(way.ref, "approve") for one, way in zip(desks, (first, second), strict=True)
        ]
        assert statuses(at_once(row_of(Person, person), *deeds)) == [303, 422]
        approved = {dossier(way.ref).state for way in (first, second)}
        assert approved == {"ceremony", "commune_review"}
        assert db.session.scalar(select(func.count()).where(Membership.person_id == person)) == 1
        for again in laid:
            again()


def test_eight_people_decide_the_same_dossier_and_one_wins(journey, sign_in):
    way = journey().to("commune_review")
    number, again = way.dossier.id, back_to(way.ref)
    desks = [Desk(sign_in(name)) for name in eight_officers(way.world)]
    for _ in REPETITIONS:
        before = dossier(way.ref).version
        deeds = [one.take(way.ref, "approve") for one in desks]
        assert statuses(at_once(row_of(Dossier, number), *deeds)) == [303, *[409] * 7]
        assert [each.step for each in events(way.ref)[before:]] == ["approve"]
        again()


def eight_officers(world) -> list[str]:
    """Appoint eight people who may decide in the commune, and return their names."""
    for number in range(8):
        account = world.accounts[f"canbo{number}"] = AccountFactory()
        AppointmentFactory(account=account, unit=world.units["xa_a"], post=Post.OFFICER)
    db.session.commit()
    return [f"canbo{number}" for number in range(8)]


def test_one_card_number_for_two_people_at_the_same_moment(journey, sign_in):
    ways = [journey(name=name).to("card_issue") for name in ("Lê Thị Một", "Lê Thị Hai")]
    laid = [back_to(way.ref) for way in ways]
    desks = (Desk(sign_in("huyen")), Desk(sign_in("huyen.canbo")))
    rows = select(Dossier.id).with_for_update()
    for turn in REPETITIONS:
        number = f"V{turn:012}"
        deeds = [
            one.take(way.ref, "issue_card", card_number=number)
            for one, way in zip(desks, ways, strict=True)
        ]
        assert statuses(at_once(rows, *deeds)) == [303, 422]
        assert db.session.query(Person).filter_by(card_number=number).count() == 1
        for again in laid:
            again()


def test_what_parallel_transactions_wrote_is_one_chain(journey, sign_in):
    way = journey().to("commune_review")
    number, again = way.dossier.id, back_to(way.ref)
    desks = [Desk(sign_in(name)) for name in ("xa_a", "xa_a.pho", "xa_a.canbo")]
    for step in ("approve", "refuse", "send_back"):
        at_once(row_of(Dossier, number), *(one.take(way.ref, step) for one in desks))
        again()
    chain = db.session.query(Event).filter_by(subject="dossiers", subject_id=number)
    rows = chain.order_by(Event.sequence).all()
    assert [row.previous for row in rows] == ["", *(row.hash for row in rows[:-1])]
    assert dossier(way.ref).chain_head == rows[-1].hash
