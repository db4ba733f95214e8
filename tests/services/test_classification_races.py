"""Two at the same moment on a sheet: one of them wins, and nothing is done twice."""

from collections import Counter
from uuid import uuid4

from sqlalchemy import text, update

from app.extensions import db
from app.models import ClassificationLine, ClassificationSheet, Event, Unit
from app.queries.classification.grades import grades_of
from tests.services.at_once import Desk, at_once, row_of, statuses
from tests.services.test_classification import YEAR, Branch

REPETITIONS = range(50)
LINES = text("LOCK TABLE classification_lines IN EXCLUSIVE MODE")


def again(*branches):
    """Lay sheets back at the desk of the unit above, whatever happened."""
    for branch in branches:
        number = branch.sheet.id
        db.session.execute(
            update(ClassificationSheet)
            .where(ClassificationSheet.id == number)
            .values(state="submitted")
        )
        db.session.execute(
            update(ClassificationLine)
            .where(ClassificationLine.sheet_id == number)
            .values(is_confirmed=False, returned="")
        )
    db.session.commit()


def test_a10_confirm_and_return_at_the_same_moment(world, sign_in):
    branch = Branch(world).to_commune()
    number, person = branch.sheet.id, branch.people[0].id
    hers, his = Desk(sign_in("xa_a")), Desk(sign_in("xa_a.pho"))
    path, outcomes = f"/classifications/{branch.unit.id}/{YEAR}", Counter()
    for _ in REPETITIONS:
        seen = branch.seen
        deeds = (
            hers.post(f"{path}/steps/confirm", seen),
            his.post(f"{path}/return", seen, **{f"why_{person}": "Còn nợ đoàn phí"}),
        )
        pages = at_once(row_of(ClassificationSheet, number), *deeds)
        assert statuses(pages) == [303, 409]
        assert branch.seen == seen + 1
        outcomes[branch.sheet.state] += 1
        again(branch)
    assert outcomes.total() == len(REPETITIONS)


def test_a11_the_same_press_twice_at_the_same_moment(world, sign_in):
    branch = Branch(world).to_commune()
    number, one = branch.sheet.id, Desk(sign_in("xa_a"))
    path = f"/classifications/{branch.unit.id}/{YEAR}/steps/confirm"
    for _ in REPETITIONS:
        seen, key = branch.seen, uuid4().hex
        deeds = [one.post(path, seen, key) for _tap in range(2)]
        assert statuses(at_once(row_of(ClassificationSheet, number), *deeds)) == [303, 303]
        assert branch.seen == seen + 1
        again(branch)


def test_two_who_begin_the_same_sheet_at_the_same_moment(world, sign_in):
    branch = Branch(world)
    one, other = Desk(sign_in("ap_a1")), Desk(sign_in("ap_a1.pho"))
    for turn in range(10):
        path = f"/classifications/{branch.unit.id}/{YEAR - turn}"
        deeds = (one.post(path, 0), other.post(path, 0))
        pages = at_once(row_of(Unit, branch.unit.id), *deeds)
        assert statuses(pages) == [303, 409]
    assert db.session.query(ClassificationSheet).count() == 10


def test_a_member_on_two_sheets_is_confirmed_on_one_of_them(world, sign_in):
    branch, other = Branch(world).to_commune(), Branch(world, "ap_b1").to_commune()
    person = branch.people[0].id
    twin = next(line for line in other.sheet.lines)
    values = {name: getattr(twin, name) for name in ("year", "place", "name", "grade", "computed")}
    db.session.add(ClassificationLine(sheet_id=other.sheet.id, person_id=person, **values))
    db.session.commit()
    desks = [Desk(sign_in("xa_a")), Desk(sign_in("xa_b"))]
    for _ in range(20):
        deeds = [
            desk.post(f"/classifications/{each.unit.id}/{YEAR}/steps/confirm", each.seen)
            for desk, each in zip(desks, (branch, other), strict=True)
        ]
        assert statuses(at_once(LINES, *deeds)) == [303, 303]
        assert sorted((branch.sheet.state, other.sheet.state)) == ["confirmed", "submitted"]
        assert list(grades_of([person])[person]) == [YEAR]
        again(branch, other)
    assert db.session.query(Event).filter_by(step="confirm").count() == 20
