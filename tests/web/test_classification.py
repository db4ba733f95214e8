"""The yearly classification through the front door, on a phone and without scripts."""

from datetime import timedelta

import pytest

from app.extensions import db
from app.models import ClassificationSheet, Event
from app.queries.classification.grades import grades_of
from tests.clock import TODAY
from workflows.classification import Grade

YEAR = TODAY.year - 1
MINUTES = {"place": "Nhà văn hóa ấp", "chair": "Bí thư", "minute_taker": "Phó bí thư"}


class Door:
    """A branch that classifies its members at the screen."""

    def __init__(self, world, sign_in, key="ap_a1"):
        self.world, self.key = world, key
        self.people = world.members[key]
        self.path = f"/classifications/{world.units[key].id}/{YEAR}"
        self.branch, self.commune = sign_in(key), sign_in("xa_a")

    @property
    def state(self):
        db.session.expire_all()
        unit = self.world.units[self.key].id
        return db.session.query(ClassificationSheet).filter_by(unit_id=unit).one().state

    def write(self, **typed):
        return self.branch.send(self.path, action=self.path, **typed)

    def meet(self, **typed):
        everyone = [str(person.id) for person in self.people]
        fields = {**MINUTES, "present": everyone, **typed}
        return self.branch.send(f"{self.path}/meeting", **fields)

    def press(self, who, step):
        return who.send(self.path, action=f"{self.path}/steps/{step}")

    def to_commune(self):
        self.write()
        self.meet()
        self.press(self.branch, "submit")
        return self


@pytest.fixture
def door(world, sign_in):
    return Door(world, sign_in)


def test_whole_branch_is_classified_in_three_posts_and_confirmed_by_the_commune(door):
    first = door.people[0]
    page = door.write(**{f"own_{first.id}": "good"})
    assert "Đã ghi bản xếp loại." in page.words()
    page = door.meet()
    assert "Đã ghi cuộc họp xếp loại." in page.words()
    assert "9/9 tán thành" in page.words()
    page = door.press(door.branch, "submit")
    assert "Chờ cấp trên xác nhận" in page.words()
    page = door.press(door.commune, "confirm")
    assert "Đã xác nhận" in page.words()
    assert grades_of([first.id]) == {first.id: {YEAR: Grade.EXCELLENT}}
    person = door.commune.get(f"/people/{first.id}")
    assert f"{YEAR} Hoàn thành xuất sắc" in person.words()
