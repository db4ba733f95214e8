"""A transfer at the screen: opened from the person's page, handed on desk by desk, received."""

from datetime import date

import pytest

from app.extensions import db
from app.models import Dossier, Event, Transfer
from tests.acceptance.desk import by_hand, carrying, dossier, events, standing, state, take, typed
from tests.clock import TODAY
from tests.factories import MemberFactory, PersonFactory
from tests.moves import DAY, MOVED, OUTSIDE, Coming, Move
from workflows.calendar import months_after
from workflows.membership import PersonStatus
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind

STATES = {
    "prepared": lambda _move: None,
    "introduced": Move.ask,
    "arrived": Move.introduce,
    "assigned": Move.assign,
    "declined": lambda move: move.ask().take("decline_introduction", "xa_a", reason="Chưa"),
    "received": lambda move: move.assign().take("receive", "ap_b1", received_on=TODAY),
    "cancelled": lambda move: move.take("cancel", "ap_a1", reason="Thôi"),
}
ACCOUNTS = ("huyen", "xa_a", "xa_b", "ap_a1", "ap_a2", "ap_b1", "co_so")
ORIGIN = {"huyen", "xa_a", "ap_a1"}


def at(world, place):
    """Return a transfer in a state."""
    if place == "turned_away":
        move = Coming(world)
        move.take("decline_arrival", "xa_b", reason="Giấy không hợp lệ")
        return move
    if place == "gone":
        return Move(world, None).introduce()
    move = Move(world, "xa_b")
    STATES[place](move)
    return move


@pytest.fixture
def member(world):
    return world.members["ap_a1"][5]


@pytest.fixture
def address(member):
    return f"/dossiers/new/transfer?person={member.id}"


def days(**more):
    return {"moved_on": typed(MOVED), "reason": "Theo gia đình", **more}


def refs():
    return [row.ref for row in db.session.query(Dossier).order_by(Dossier.id)]


def test_member_is_moved_from_the_first_press_to_reception(world, sign_in, member, address):
    branch = sign_in("ap_a1")
    assert branch.get(f"/people/{member.id}").all("a", href=address)
    page = branch.send(address, destination_id=str(world.units["xa_b"].id), **days())
    (ref,) = refs()
    assert (page.status, page.path, state(page)) == (200, f"/dossiers/{ref}", "prepared")
    assert "Thu đoàn phí đến hết tháng" in page.words()
    page = branch.send(f"/dossiers/{ref}/sections/comment", **COMMENT)
    assert COMMENT["comment"] in page.words()
    assert state(press(branch, ref, "ask_to_move")) == "introduced"
    assert state(press(sign_in("xa_a"), ref, "introduce")) == "arrived"
    place = str(world.units["ap_b1"].id)
    assert state(take(sign_in("xa_b"), ref, "assign_branch", to_branch_id=place)) == "assigned"
    page = take(sign_in("ap_b1"), ref, "receive")
    assert state(page) == "received"
    assert "Hồ sơ đã xong: Đã tiếp nhận." in page.words()
    assert "Tiếp theo" not in page.words()
    seen = [sign_in(who).get(f"/people/{member.id}").status for who in ("ap_a1", "ap_b1")]
    assert seen == [404, 200]


COMMENT = {"comment": "Sinh hoạt đều, nhiệt tình", "dues_paid_until": typed(TODAY)}


def press(browser, ref, step):
    """Press the button of a step that asks for nothing more."""
    return browser.send(f"/dossiers/{ref}", action=f"/dossiers/{ref}/steps/{step}")


def test_opening_offers_the_units_of_the_commune_the_other_communes_and_outside(
    world, sign_in, address
):
    page = sign_in("ap_a1").get(address)
    groups = {
        group.get("label"): [option.get("value") for option in group]
        for group in page.all("optgroup")
    }
    ids = {name: str(unit.id) for name, unit in world.units.items()}
    assert set(groups["Trong cùng đoàn cơ sở"]) == {ids["ap_a2"], ids["xa_a"]}
    assert set(groups["Sang đoàn cơ sở khác trong huyện"]) == {ids["xa_b"], ids["co_so"]}
    assert groups["Ra ngoài huyện"] == ["out"]


@pytest.mark.parametrize(
    ("typed_in", "field"),
    [
        ({"destination_id": ""}, "destination_id"),
        ({"destination_id": "out", "outside_unit": "  "}, "outside_unit"),
        ({"destination_id": "out", "outside_unit": OUTSIDE, "moved_on": ""}, "moved_on"),
        ({"destination_id": "out", "outside_unit": OUTSIDE, "moved_on": "31/02/2024"}, "moved_on"),
        ({"destination_id": "out", "outside_unit": OUTSIDE, "temporary": "y"}, "from_on"),
        (
            {
                "destination_id": "out",
                "outside_unit": OUTSIDE,
                "temporary": "y",
                "from_on": typed(TODAY),
                "until_on": typed(TODAY - DAY),
            },
            "until_on",
        ),
        ({"destination_id": "out", "outside_unit": "x" * 201}, "outside_unit"),
        ({"destination_id": "999999"}, "destination_id"),
    ],
)
def test_what_is_wrong_is_named_at_its_field_and_what_was_typed_stays(
    sign_in, address, typed_in, field
):
    page = sign_in("ap_a1").send(address, **days(**typed_in))
    assert (page.status, refs()) == (422, [])
    assert page.all("a", href=f"#{field}")
    assert page.form()["reason"] == ["Theo gia đình"]


def test_temporary_stay_of_more_than_three_months_is_told_with_the_last_day(
    world, sign_in, address
):
    last = months_after(MOVED, 3)
    stay = {"temporary": "y", "from_on": typed(MOVED), "until_on": typed(last + DAY)}
    page = sign_in("ap_a1").send(address, destination_id=str(world.units["xa_b"].id), **stay)
    assert (page.status, typed(last) in page.words()) == (200, True)
    (ref,) = refs()
    mend = f"/dossiers/{ref}/sections/move"
    page = sign_in("ap_a1").send(mend, until_on=typed(last))
    assert "nhiều nhất đến" not in page.words()


def test_second_transfer_leads_to_the_one_under_way(world, sign_in, member, address):
    branch = sign_in("ap_a1")
    sent = branch.get(address).form()
    move = Move(world, "xa_b")
    assert branch.get(address).path == f"/dossiers/{move.ref}"
    page = branch.post(address, sent | days(destination_id="out", outside_unit=OUTSIDE))
    assert (page.status, move.ref in page.words(), refs()) == (422, True, [move.ref])
    assert member.id == move.person_id


def test_a11_opening_twice_with_one_key_opens_one(world, sign_in, address):
    browser = sign_in("ap_a1")
    sent = browser.get(address).form()
    sent |= days(destination_id=str(world.units["xa_b"].id))
    first, second = browser.post(address, sent), browser.post(address, sent)
    assert (first.path, len(refs())) == (second.path, 1)


def test_a19_opening_can_be_put_aside_and_taken_up_again(sign_in, member, address):
    browser = sign_in("ap_a1")
    browser.send(address, later="1", **days(destination_id="out", outside_unit=OUTSIDE))
    desk = browser.get("/")
    assert desk.all("a", href=address)
    assert member.name in desk.words()
    assert browser.get(address).form()["outside_unit"] == [OUTSIDE]
    page = browser.send(address)
    assert state(page) == "prepared"
    assert not browser.get("/").all("a", href=address)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ap_a1", 200), ("ap_a1.pho", 200), ("xa_a", 403), ("ap_a2", 404), ("xa_b", 404)],
)
def test_a15_only_the_branch_itself_opens_the_transfer_of_its_member(sign_in, address, who, status):
    assert sign_in(who).get(address).status == status


def test_unknown_person_is_not_there(sign_in, world):  # noqa: ARG001
    assert sign_in("ap_a1").get("/dossiers/new/transfer?person=999999").status == 404


def test_a_candidate_has_no_transfer(world, sign_in):
    candidate = PersonFactory(unit=world.units["ap_a1"])
    db.session.commit()
    path = f"/dossiers/new/transfer?person={candidate.id}"
    assert not sign_in("ap_a1").get(f"/people/{candidate.id}").all("a", href=path)
    page = sign_in("ap_a1").send(path, **days(destination_id="out", outside_unit=OUTSIDE))
    assert (page.status, refs()) == (422, [])


COMING = {
    "name": "Trần Thị Về",
    "birth_date": "26/03/2006",
    "sex": "female",
    "joined_on": "26/03/2022",
    "outside_unit": OUTSIDE,
    "moved_on": typed(MOVED),
}


def test_commune_receives_from_outside(world, sign_in):
    commune = sign_in("xa_b")
    assert commune.get("/").all("a", href="/dossiers/new/transfer")
    page = commune.send("/dossiers/new/transfer", **COMING)
    (ref,) = refs()
    assert (page.path, state(page)) == (f"/dossiers/{ref}", "arrived")
    assert "Đã chuyển đi" not in page.words()
    assert db.session.query(Transfer).one().kind == Kind.IN
    place = str(world.units["ap_b1"].id)
    assert state(take(commune, ref, "assign_branch", to_branch_id=place)) == "assigned"
    page = take(sign_in("ap_b1"), ref, "receive")
    assert (state(page), dossier(ref).district_id) == ("received", world.units["huyen"].id)


def test_of_whom_only_the_year_of_birth_is_known_no_day_is_told(world, sign_in, member, address):
    member.birth_date, member.birth_year_only = date(2006, 1, 1), True
    db.session.commit()
    page = sign_in("ap_a1").send(address, destination_id=str(world.units["xa_b"].id), **days())
    assert "Ngày sinh 2006" in page.words()
    assert "01/01/2006" not in page.words()


def test_a31_who_bears_a_known_name_is_asked_about(world, sign_in):
    known = PersonFactory(
        unit=world.units["ap_a2"],
        name="TRẦN THỊ VE",
        birth_date=TODAY.replace(year=2006, month=3, day=26),
        status=PersonStatus.TRANSFERRED,
    )
    db.session.commit()
    commune = sign_in("xa_b")
    page = commune.send("/dossiers/new/transfer", **COMING)
    assert (page.status, refs(), known.name in page.words()) == (422, [], True)
    commune.send("/dossiers/new/transfer", **COMING, same_as=str(known.id))
    assert db.session.query(Dossier).one().person_id == known.id


def test_member_of_the_district_is_not_received_from_outside(world, sign_in):
    born = TODAY.replace(year=2006, month=3, day=26)
    known = MemberFactory(unit=world.units["ap_a2"], name="Trần Thị Về", birth_date=born)
    db.session.commit()
    page = sign_in("xa_b").send("/dossiers/new/transfer", **COMING, same_as=str(known.id))
    assert (page.status, refs()) == (422, [])
    assert "đang là đoàn viên trong huyện" in page.words()


def test_branch_is_led_to_its_people_when_nobody_is_named(world, sign_in):  # noqa: ARG001
    page = sign_in("ap_a1").get("/dossiers/new/transfer")
    assert (page.path, "Chọn đoàn viên" in page.words()) == ("/people", True)
    assert not sign_in("ap_a1").get("/").all("a", href="/dossiers/new/transfer")


@pytest.mark.parametrize("place", TRANSFER.states)
def test_a07_a_step_the_state_does_not_have_is_refused_whoever_asks(world, sign_in, place):
    move = at(world, place)
    known = {step.name for step in TRANSFER.steps_from(place)}
    before, count = standing(move.ref), len(events(move.ref))
    seen = [who for who in ACCOUNTS if sign_in(who).get(f"/dossiers/{move.ref}").status == 200]
    assert len(seen) > 1
    for who in seen:
        browser = sign_in(who)
        sent = by_hand(browser, move.ref)
        for step in {each.name for each in TRANSFER.steps} | {"to_received", "approve"}:
            if step not in known:
                path = f"/dossiers/{move.ref}/steps/{step}"
                assert (step, browser.post(path, sent).status) == (step, 409)
                assert (step, browser.get(path).status) == (step, 409)
    assert (standing(move.ref), len(events(move.ref))) == (before, count)


SEEN_BY = {
    **dict.fromkeys(("prepared", "introduced", "declined", "cancelled", "gone"), ORIGIN),
    "arrived": ORIGIN | {"xa_b"},
    **dict.fromkeys(("assigned", "received"), ORIGIN | {"xa_b", "ap_b1"}),
    "turned_away": {"huyen", "xa_b"},
}
DESKS = {
    **dict.fromkeys(("prepared", "declined"), "ap_a1"),
    "introduced": "xa_a",
    "arrived": "xa_b",
    "assigned": "ap_b1",
}


@pytest.mark.parametrize("place", TRANSFER.states)
def test_a15_who_sees_a_transfer_and_who_may_take_its_steps(world, sign_in, place):
    move = at(world, place)
    step = next((each.name for each in TRANSFER.steps_from(place) if each.desk is None), "cancel")
    for who in ACCOUNTS:
        browser = sign_in(who)
        assert (who, browser.get(f"/dossiers/{move.ref}").status) == (who, found(who, place, 200))
        sent = by_hand(browser, move.ref) | {"reason": "Có lý do"}
        elsewhere = 409 if TRANSFER.states[place].is_final else 403
        if who != DESKS.get(place):
            status = browser.post(f"/dossiers/{move.ref}/steps/{step}", sent).status
            assert (who, status) == (who, found(who, place, elsewhere))
        assert browser.get(f"/dossiers/{move.ref}/sections/comment").status != 500
    assert dossier(move.ref).state == place


def found(who, place, status):
    """Return 404 for whoever must not know of the transfer."""
    return status if who in SEEN_BY[place] else 404


def test_a02_it_stands_in_the_queue_of_its_desk_alone(world, sign_in):
    for place, desk in DESKS.items():
        move = at(world, place)
        holders = {
            who for who in ACCOUNTS if move.ref in carrying(sign_in(who).get("/queue"), "ref")
        }
        assert (place, holders) == (place, {desk})
        move.dossier.desk_unit_id = None
        db.session.commit()


def test_what_came_back_is_one_figure_that_leads_to_the_list_of_it(journey, world, sign_in):
    declined, returned = at(world, "declined"), journey().to("returned")
    journey(name="Võ Hai").to("education")
    browser = sign_in("ap_a1")
    (figure,) = browser.get("/").all("a", href="/queue?back=1")
    assert " ".join("".join(figure.itertext()).split()) == "2 bị trả lại"
    listed = browser.get("/queue?back=1")
    assert set(carrying(listed, "ref")) == {declined.ref, returned.ref}
    assert listed.all("input", name="back", checked="")


def test_refused_at_reception_shows_the_reason_to_the_branch(world, sign_in):
    move = at(world, "arrived")
    page = take(sign_in("xa_b"), move.ref, "decline_arrival", reason=" ")
    assert (page.status, dossier(move.ref).state) == (422, "arrived")
    page = take(sign_in("xa_b"), move.ref, "decline_arrival", reason="Không có nhà <b>ở đây</b>")
    assert (page.status, state(page)) == (200, "declined")
    page = sign_in("ap_a1").get(f"/dossiers/{move.ref}")
    assert "Không có nhà <b>ở đây</b>" in page.words()
    assert page.all("a", href=f"/dossiers/{move.ref}/sections/move")


def test_branch_of_another_commune_is_no_answer(world, sign_in):
    move = at(world, "arrived")
    other = str(world.units["ap_a2"].id)
    page = take(sign_in("xa_b"), move.ref, "assign_branch", to_branch_id=other)
    assert (page.status, dossier(move.ref).state) == (422, "arrived")
    options = {each.get("value") for each in page.all("option")}
    assert options == {"", str(world.units["ap_b1"].id), str(world.units["xa_b"].id)}
    assert take(sign_in("xa_b"), move.ref, "assign_branch", to_branch_id="").status == 422


def test_day_of_reception_is_not_before_the_move(world, sign_in):
    move = at(world, "assigned")
    early = typed(MOVED - DAY)
    page = take(sign_in("ap_b1"), move.ref, "receive", received_on=early)
    assert (page.status, page.form()["received_on"]) == (422, [early])
    assert typed(MOVED) in page.words()


def test_a12_second_tab_sees_both_versions_of_the_comment(world, sign_in):
    move = at(world, "prepared")
    browser, path = sign_in("ap_a1"), f"/dossiers/{move.ref}/sections/comment"
    first = browser.get(path).form()
    browser.send(path, comment="Nhận xét thứ nhất")
    page = browser.post(path, first | {"comment": "Nhận xét thứ hai"})
    assert page.status == 409
    assert "Nhận xét thứ nhất" in page.words()
    assert "Nhận xét thứ hai" in page.text
    page = browser.post(path, page.form())
    assert (page.status, "Nhận xét thứ hai" in page.words()) == (200, True)


def test_part_of_a_step_or_unknown_has_no_form(world, sign_in):
    move = at(world, "prepared")
    for part in ("member", "reception", "person", "nonsense"):
        assert sign_in("ap_a1").get(f"/dossiers/{move.ref}/sections/{part}").status == 404
    assert sign_in("xa_a").get(f"/dossiers/{move.ref}/sections/move").status == 403
    move.ask()
    assert sign_in("ap_a1").get(f"/dossiers/{move.ref}/sections/move").status == 403


def test_a08_no_form_of_a_transfer_sets_a_state_a_desk_or_a_unit(world, sign_in):
    move = at(world, "prepared")
    before = standing(move.ref)
    smuggled = {
        "state": "received",
        "to_branch_id": str(world.units["ap_b1"].id),
        "to_commune_id": str(world.units["xa_b"].id),
        "kind": "in",
        "status": "member",
        "received_on": typed(TODAY),
    }
    sign_in("ap_a1").send(f"/dossiers/{move.ref}/sections/move", **smuggled, reason="Khác")
    after = standing(move.ref)
    assert {name for name in before if before[name] != after[name]} <= {"version", "chain_head"}
    assert (move.transfer.kind, move.transfer.received_on) == (Kind.BETWEEN, None)


def test_history_tells_the_way_in_words(world, sign_in):
    move = at(world, "received")
    words = sign_in("ap_a1").get(f"/dossiers/{move.ref}").words()
    for said in ("Giới thiệu chuyển sinh hoạt", "Phân về chi đoàn", "Đã tiếp nhận", "Nhận xét"):
        assert said in words
    assert db.session.query(Event).filter_by(subject="dossiers").count() == 6


@pytest.mark.parametrize("place", TRANSFER.states)
def test_every_state_has_its_page_for_everyone_who_sees_it(world, sign_in, place):
    move = at(world, place)
    for who in SEEN_BY[place]:
        page = sign_in(who).get(f"/dossiers/{move.ref}")
        assert (state(page), move.person.name in page.words()) == (place, True)
        assert "None" not in page.words()
