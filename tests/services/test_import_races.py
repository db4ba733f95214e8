"""Lists taken at the same moment as others enter the same people, fifty times each."""

from sqlalchemy import text

from app.extensions import db
from app.models import Person
from app.services.events import By
from app.services.imports.previewing import judge_on
from app.services.imports.receiving import receive_list
from tests.acceptance.desk import CANDIDATE
from tests.clock import NOW
from tests.lists import csv_text, person
from tests.services.at_once import Desk, at_once, statuses

REPETITIONS = range(50)
PEOPLE = text("LOCK TABLE people IN EXCLUSIVE MODE")


def previewed(world, who, name):
    """Bring a list of one to where it can be taken, and return the address of that."""
    by, unit = By(world.actor(who), NOW), world.units["ap_a1"].id
    made = receive_list(unit, csv_text(person(name, "26/03/2008")).encode(), "ds.csv", by=by)
    judge_on(made, by=by)
    return f"/imports/{made}/take"


def known(name):
    db.session.expire_all()
    return db.session.query(Person).filter_by(name=name).count()


def test_a54_the_same_list_taken_by_two_at_the_same_moment(world, sign_in):
    desks = {who: Desk(sign_in(who)) for who in ("xa_a", "xa_a.pho")}
    for turn in REPETITIONS:
        name = f"Lê Thị Mới {turn}"
        deeds = [desk.post(previewed(world, who, name), 1) for who, desk in desks.items()]
        assert statuses(at_once(PEOPLE, *deeds)) == [303, 303]
        assert known(name) == 1


def test_a54_the_same_list_taken_twice_at_the_same_moment(world, sign_in):
    desk = Desk(sign_in("xa_a"))
    for turn in REPETITIONS:
        name = f"Lê Thị Mới {turn}"
        path = previewed(world, "xa_a", name)
        deeds = [desk.post(path, 1, "one key") for _tap in range(2)]
        assert statuses(at_once(PEOPLE, *deeds)) == [303, 303]
        assert known(name) == 1


def test_a31_a_person_imported_and_entered_at_the_same_moment(world, sign_in):
    union, branch = Desk(sign_in("xa_a")), Desk(sign_in("ap_a1"))
    for turn in REPETITIONS:
        form = {**CANDIDATE, "source": "pupil", "name": f"Lê Thị Mới {turn}"}
        pages = at_once(
            PEOPLE,
            union.post(previewed(world, "xa_a", form["name"]), 1),
            branch.post("/dossiers/new/admission", 0, **form, unit_id=world.units["ap_a1"].id),
        )
        assert statuses(pages) in ([303, 303], [303, 422])
        assert known(form["name"]) == 1
