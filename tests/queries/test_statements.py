"""How many statements a page or a decision takes: what makes it slow is their number."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.extensions import db
from tests.acceptance.desk import by_hand
from tests.clock import TODAY
from tests.web.minutes import hold
from workflows.admission_facts import Section


@contextmanager
def counted() -> Iterator[list[str]]:
    """Note every statement that is sent to the database."""
    said: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield said
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 7),
        ("/queue", 5),
        ("/queue?name=le&late=y&state=commune_review", 5),
        ("/overview", 5),
        ("/people", 4),
        ("/people?name=le&status=member", 4),
        ("/units", 3),
        ("/dossiers/{}", 6),
        ("/dossiers/{}/steps/approve", 5),
        ("/dossiers/{}/steps/send_back", 5),
    ],
)
def test_a_page_takes_few_statements_however_much_it_lists(journey, sign_in, path, most):
    browser, numbers = sign_in("xa_a"), []
    for names in (["Lê Thị Một"], ["Lê Thị Hai", "Lê Thị Ba", "Lê Thị Tư"]):
        for name in names:
            way = journey(name=name).to("commune_review")
        with counted() as said:
            assert browser.get(path.format(way.ref)).status == 200
        numbers.append(len(said))
    assert numbers == [numbers[0]] * 2
    assert numbers[0] <= most, "\n".join(said)


@pytest.mark.usefixtures("world")
def test_the_list_of_people_counts_nobody(sign_in):
    browser = sign_in("xa_a")
    with counted() as said:
        assert browser.get("/people?name=nguyen").status == 200
    assert not [statement for statement in said if "count(" in statement and "people" in statement]


def test_a_list_of_meetings_asks_for_names_by_meeting_and_not_by_each_vote(journey, sign_in, world):
    ways = [journey(name=name).to("branch_vote") for name in ("Lê Thị Một", "Võ Hai", "Lý Ba")]
    browser = sign_in("ap_a1")
    hold(browser, world, {way.ref: (9, 0, 0, 0) for way in ways})
    with counted() as said:
        page = browser.get("/meetings")
    assert all(f"{way.dossier.person_name}: Đạt" in page.words() for way in ways)
    assert any("person_name" in each and "meeting_votes" in each for each in said)


DECISIONS = {
    "approve": ("commune_review", "xa_a"),
    "send_back": ("commune_review", "xa_a"),
    "refuse": ("commune_review", "xa_a"),
    "withdraw": ("commune_review", "ap_a1"),
    "consent": ("superior_review", "huyen"),
    "record_ceremony": ("ceremony", "ap_a1"),
    "issue_card": ("card_issue", "huyen"),
    "submit": ("ready", "ap_a1"),
}


@pytest.mark.parametrize("step", DECISIONS)
def test_a_decision_takes_at_most_eight_statements(journey, sign_in, step):
    place, who = DECISIONS[step]
    way = journey().to(place)
    if step == "submit":
        way.write(Section.PROPOSAL, proposed_on=TODAY, proposal="Đề nghị")
    browser = sign_in(who)
    sent = by_hand(browser, way.ref)
    with counted() as said:
        page = browser.post(f"/dossiers/{way.ref}/steps/{step}", sent, follow=False)
    assert page.status == 303
    assert len(said) <= 8, "\n".join(said)
