"""Two at the same moment on the sheet of a branch, fifty times: one wins, the other is told."""

import pytest

from app.extensions import db
from app.models import ProgrammeRegistration, Unit
from tests.programmes import YEAR, Programme
from tests.services.at_once import Desk, at_once, row_of, statuses

REPETITIONS = range(50)


@pytest.fixture
def programme(world):
    """The district's programme of this year, open."""
    return Programme(world).opened()


def place(programme, page):
    return f"/programmes/{programme.unit.id}/{YEAR}/{page}"


def test_a10_secretary_and_deputy_register_one_member_at_the_same_moment(programme, sign_in):
    [person, *_rest] = programme.people
    first, second, third = programme.contents
    lock, desks = (
        row_of(Unit, programme.unit.id),
        [Desk(sign_in(n)) for n in ("ap_a1", "ap_a1.pho")],
    )
    for turn in REPETITIONS:
        version = programme.seen(person)
        field = f"contents_{person.id}"
        choices = (
            ([first, second], [first, third]) if turn % 2 else ([first, third], [first, second])
        )
        deeds = [
            desk.post(
                place(programme, "register"), f"{person.id}.{version}", was="", **{field: chosen}
            )
            for desk, chosen in zip(desks, choices, strict=True)
        ]
        pages = at_once(lock, *deeds)
        assert statuses(pages) == [303, 409]
        assert programme.seen(person) == version + 1
        told = next(page for page in pages if page.status == 409)
        assert "Vừa có thay đổi" in told.words()
    assert db.session.query(ProgrammeRegistration).count() == 1


def test_a10_one_approves_and_one_returns_at_the_same_moment(programme, sign_in):
    [person, *_rest] = programme.people
    lock, desks = (
        row_of(Unit, programme.unit.id),
        [Desk(sign_in(n)) for n in ("ap_a1", "ap_a1.pho")],
    )
    for _turn in REPETITIONS:
        programme.register(person)
        version = programme.seen(person)
        sent = {"person": [person.id], f"text_{person.id}": "Chọn lại"}
        deeds = [
            desk.post(place(programme, "approve"), f"{person.id}.{version}", step=step, **sent)
            for desk, step in zip(desks, ("approve", "send_back"), strict=True)
        ]
        assert statuses(at_once(lock, *deeds)) == [303, 409]
        if programme.row(person).state == "approved":
            programme.take("send_back", person, text="Làm lại")


def test_a11_member_presses_twice_at_the_same_moment(programme, sign_in, visitor):
    [person, *_rest] = programme.people
    page = sign_in("ap_a1").send(
        place(programme, f"members/{person.id}"),
        action=place(programme, f"members/{person.id}/link"),
    )
    link = page.all("textarea", id="link")[0].text
    path = link[link.index("/mine/") :]
    fields = visitor.get(path).form()
    fields["contents"] = [str(number) for number in programme.contents[:2]]
    lock = row_of(Unit, programme.unit.id)
    deeds = [lambda: visitor.post(path, fields, follow=False) for _tap in range(2)]
    assert statuses(at_once(lock, *deeds)) == [303, 303]
    assert programme.row(person).version == 1
