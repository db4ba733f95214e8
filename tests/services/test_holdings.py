from datetime import date, timedelta

import pytest

from app.extensions import db
from app.models import Event, Membership, Person
from app.queries.people.holdings import losses_below
from app.queries.units.figures import holdings_below, summed
from app.services.events import By
from app.services.people.holdings import answer_loss, keep_holdings
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.clock import NOW, TODAY
from tests.factories import MemberFactory
from workflows.engine import NoSuchStep, Refused
from workflows.holdings import Item, LossAnswers, Move, Stage
from workflows.membership import Holding

DAY = timedelta(days=1)
HAS, LACKS, LOST, REISSUED = Holding.HAS, Holding.LACKS, Holding.LOST, Holding.REISSUED
BOOK, CARD, BADGE = Item.BOOK, Item.CARD, Item.BADGE


def by(world, name, key=None):
    return By(world.actor(name), NOW, request_key=key)


def again(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def events_of(person):
    db.session.expire_all()
    found = db.session.query(Event).filter_by(subject="people", subject_id=person.id)
    return [event for event in found.order_by(Event.sequence) if event.step != "enter"]


def keep(world, sheet, *, who="ap_a1", unit="ap_a1", key=None):
    number = world.units[unit].id
    marks = {person.id: each for person, each in sheet.items()}
    return keep_holdings(number, marks, by=by(world, who, key))


@pytest.fixture
def holder(world):
    """A member of a branch with a book and a card."""
    person = MemberFactory(
        unit=world.units["ap_a1"], name="Lê Văn Mất", book=HAS, card=HAS, card_number="863000042"
    )
    db.session.commit()
    return person


def test_one_sheet_marks_many_members_and_each_gets_one_event(world):
    first, second, third = world.members["ap_a1"][:3]
    sheet = {
        first: {BOOK: (LACKS, HAS), CARD: (LACKS, HAS), BADGE: (LACKS, LACKS)},
        second: {BOOK: (LACKS, LOST)},
        third: {BOOK: (LACKS, LACKS)},
    }
    assert keep(world, sheet) == []
    assert (again(first).book, first.card, first.badge) == (HAS, HAS, LACKS)
    assert again(second).book is LOST
    (event,) = events_of(first)
    assert event.facts["changes"] == {"book": ["lacks", "has"], "card": ["lacks", "has"]}
    assert (event.step, event.post, len(events_of(second))) == ("set_holdings", "secretary", 1)
    assert events_of(third) == []


def test_who_was_marked_otherwise_meanwhile_is_left_out_and_named(world, holder):
    other = world.members["ap_a1"][0]
    keep(world, {holder: {BADGE: (LACKS, LOST)}}, who="ap_a1.pho")
    left_out = keep(world, {holder: {BADGE: (HAS, LACKS)}, other: {BADGE: (LACKS, HAS)}})
    assert left_out == ["Lê Văn Mất"]
    assert again(holder).badge is LOST
    assert again(other).badge is HAS


def test_two_who_say_the_same_leave_nobody_out(world, holder):
    for who in ("ap_a1", "ap_a1.pho"):
        assert keep(world, {holder: {BADGE: (LACKS, HAS)}}, who=who) == []
    assert len(events_of(holder)) == 1


def test_a_sheet_sent_twice_is_written_once_and_answers_the_same(world, holder):
    sheet = {holder: {BADGE: (LACKS, HAS)}}
    assert keep(world, sheet, key="once") == keep(world, sheet, key="once") == []
    assert len(events_of(holder)) == 1


def test_a_sheet_cannot_say_that_something_was_re_issued(world, holder):
    with pytest.raises(Invalid):
        keep(world, {holder: {CARD: (HAS, REISSUED)}})
    assert again(holder).card is HAS


def test_a_member_of_another_unit_is_no_part_of_a_sheet(world):
    other = world.members["ap_a2"][0]
    keep(world, {other: {BOOK: (LACKS, HAS)}})
    assert again(other).book is LACKS


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("ap_a2", NotFound), ("xa_b", NotFound), ("huyen", Forbidden), ("huyen.canbo", Forbidden)],
)
def test_a_sheet_is_kept_by_the_branch_and_its_union_alone(world, holder, who, refusal):
    with pytest.raises(refusal):
        keep(world, {holder: {BADGE: (LACKS, HAS)}}, who=who)
    assert again(holder).badge is LACKS


def test_the_union_keeps_the_sheets_of_its_branches(world, holder):
    keep(world, {holder: {BADGE: (LACKS, HAS)}}, who="xa_a.canbo")
    assert events_of(holder)[0].post == "officer"


def move(person, item, name, who, *, seen=None, **answers):
    said = {"applied_on": TODAY, "was_active": True, "decided_on": TODAY, **answers}
    seen = again(person).version if seen is None else seen
    answer_loss(person.id, item, name, LossAnswers(**said), by=who, seen=seen)


def test_a_lost_card_is_re_issued_over_three_desks_with_a_new_number(world, holder):
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    assert again(holder).card is LOST
    move(holder, CARD, Move.PROPOSE, by(world, "xa_a.canbo"))
    move(
        holder,
        CARD,
        Move.REISSUE_CARD,
        by(world, "huyen"),
        card_number=" 863000777 ",
        decision="12",
    )
    person = again(holder)
    assert (person.card, person.card_number, person.card_issued_on) == (
        REISSUED,
        "863000777",
        TODAY,
    )
    *_before, last = events_of(holder)
    assert [event.step for event in events_of(holder)] == [
        *("report_loss", "propose_reissue", "reissue_card"),
    ]
    assert last.facts == {
        "item": "card",
        "decided_on": TODAY.isoformat(),
        "decision": "12",
        "lost_number": "863000042",
        "card_number": "863000777",
    }


def test_a_lost_book_is_re_issued_by_the_commune(world, holder):
    move(holder, BOOK, Move.REPORT, by(world, "ap_a1"))
    with pytest.raises(Forbidden):
        move(holder, BOOK, Move.REISSUE_BOOK, by(world, "huyen"))
    move(holder, BOOK, Move.REISSUE_BOOK, by(world, "xa_a"))
    assert (again(holder).book, holder.card) == (REISSUED, HAS)


@pytest.mark.parametrize(
    "asked",
    [
        (Move.REPORT, "xa_a", Forbidden),
        (Move.REPORT, "huyen", Forbidden),
        (Move.REPORT, "ap_a2", NotFound),
        (Move.REPORT, "xa_b", NotFound),
        (Move.PROPOSE, "ap_a1", NoSuchStep),
        (Move.REISSUE_CARD, "huyen", NoSuchStep),
        (Move.DECLINE, "xa_a", NoSuchStep),
    ],
)
def test_a_loss_begins_at_the_branch(world, holder, asked):
    name, who, refusal = asked
    with pytest.raises(refusal):
        move(holder, CARD, name, by(world, who))
    assert events_of(holder) == []


@pytest.mark.parametrize(
    "asked",
    [
        (Move.REPORT, "ap_a1", NoSuchStep),
        (Move.PROPOSE, "ap_a1", Forbidden),
        (Move.PROPOSE, "huyen", Forbidden),
        (Move.PROPOSE, "xa_b", NotFound),
        (Move.REISSUE_CARD, "huyen", NoSuchStep),
        (Move.REISSUE_BOOK, "xa_a", NoSuchStep),
    ],
)
def test_a_reported_card_waits_for_the_commune(world, holder, asked):
    name, who, refusal = asked
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    with pytest.raises(refusal):
        move(holder, CARD, name, by(world, who), card_number="863000777")
    assert len(events_of(holder)) == 1


def test_a_declined_request_returns_to_the_branch_which_may_report_again(world, holder):
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    with pytest.raises(Refused):
        move(holder, CARD, Move.DECLINE, by(world, "xa_a"), reason="  ")
    move(holder, CARD, Move.DECLINE, by(world, "xa_a"), reason="Đơn chưa ký")
    assert (again(holder).card, events_of(holder)[-1].comment) == (LOST, "Đơn chưa ký")
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    move(holder, CARD, Move.PROPOSE, by(world, "xa_a"))
    move(holder, CARD, Move.DECLINE, by(world, "huyen"), reason="Số cũ sai")
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))


def test_a_card_found_again_ends_the_re_issue(world, holder):
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    keep(world, {holder: {CARD: (LOST, HAS)}})
    with pytest.raises(NoSuchStep):
        move(holder, CARD, Move.PROPOSE, by(world, "xa_a"))
    keep(world, {holder: {CARD: (HAS, LOST)}})
    with pytest.raises(NoSuchStep):
        move(holder, CARD, Move.PROPOSE, by(world, "xa_a"))


def test_a_card_number_is_nobody_elses_in_the_district(world, holder):
    other = world.members["ap_b1"][0]
    other.card_number = "863000777"
    db.session.commit()
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    move(holder, CARD, Move.PROPOSE, by(world, "xa_a"))
    with pytest.raises(Invalid) as refused:
        move(holder, CARD, Move.REISSUE_CARD, by(world, "huyen"), card_number="863000777")
    assert (refused.value.field, refused.value.code) == ("card_number", "taken")
    assert again(holder).card is LOST


def test_the_number_of_a_lost_card_is_never_given_again(world, holder):
    lost = "863000042"
    other = MemberFactory(unit=world.units["ap_b1"], card=HAS, card_number="863000043")
    db.session.commit()
    for person, branch, commune, number in (
        (holder, "ap_a1", "xa_a", "863000777"),
        (other, "ap_b1", "xa_b", lost),
    ):
        move(person, CARD, Move.REPORT, by(world, branch))
        move(person, CARD, Move.PROPOSE, by(world, commune))
        if number == lost:
            with pytest.raises(Refused) as refused:
                move(person, CARD, Move.REISSUE_CARD, by(world, "huyen"), card_number=number)
            assert [each.code for each in refused.value.unmet] == ["number_is_new"]
        else:
            move(person, CARD, Move.REISSUE_CARD, by(world, "huyen"), card_number=number)


def test_a14_nobody_decides_on_their_own_loss(world, holder):
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    world.accounts["xa_a"].person_id = holder.id
    db.session.commit()
    with pytest.raises(Forbidden) as refused:
        move(holder, CARD, Move.PROPOSE, by(world, "xa_a"))
    assert refused.value.code == "about_yourself"
    move(holder, CARD, Move.PROPOSE, by(world, "xa_a.pho"))


def test_a_move_sent_twice_is_made_once(world, holder):
    for _ in range(2):
        move(holder, CARD, Move.REPORT, by(world, "ap_a1", "once"), seen=1)
    assert len(events_of(holder)) == 1


def test_who_read_an_older_version_of_a_person_is_told(world, holder):
    keep(world, {holder: {BADGE: (LACKS, HAS)}})
    with pytest.raises(Stale) as stale:
        move(holder, CARD, Move.REPORT, by(world, "ap_a1.pho"), seen=1)
    assert stale.value.last.who == world.accounts["ap_a1"].name
    assert again(holder).card is HAS


def test_who_came_from_another_unit_lately_needs_its_word_for_a_book(world, holder):
    stay = db.session.query(Membership).filter_by(person_id=holder.id).one()
    stay.from_on, stay.to_on = date(2022, 3, 26), TODAY - 30 * DAY
    unit = world.units["ap_a1"]
    here = Membership(
        district_id=unit.district_id,
        person_id=holder.id,
        unit_id=unit.id,
        from_on=TODAY - 29 * DAY,
    )
    db.session.add(here)
    db.session.commit()
    with pytest.raises(Refused) as refused:
        move(holder, BOOK, Move.REPORT, by(world, "ap_a1"))
    assert [each.code for each in refused.value.unmet] == ["former_unit_confirms"]
    move(holder, BOOK, Move.REPORT, by(world, "ap_a1"), former_unit="Chi đoàn Ấp 3")
    assert events_of(holder)[-1].facts["former_unit"] == "Chi đoàn Ấp 3"


def test_a_new_member_has_no_former_unit_to_ask(world):
    person = MemberFactory(unit=world.units["ap_a1"], joined_on=TODAY - 29 * DAY, book=HAS)
    db.session.commit()
    move(person, BOOK, Move.REPORT, by(world, "ap_a1"))
    assert again(person).book is LOST


def test_what_is_lost_below_a_unit_tells_how_far_its_re_issue_has_come(world, holder):
    move(holder, CARD, Move.REPORT, by(world, "ap_a1"))
    other = world.members["ap_a2"][0]
    keep(world, {other: {BADGE: (LACKS, LOST)}}, who="ap_a2", unit="ap_a2")

    def lost(unit):
        found = losses_below(world.units[unit].path, TODAY)
        return [(line.name, line.item, line.loss.stage) for line in found]

    reported = ("Lê Văn Mất", CARD, Stage.REPORTED)
    assert lost("ap_a1") == [reported]
    assert lost("xa_a") == [reported, (other.name, BADGE, Stage.UNREPORTED)]
    assert lost("xa_b") == []
    move(holder, CARD, Move.PROPOSE, by(world, "xa_a"))
    assert lost("huyen")[0] == ("Lê Văn Mất", CARD, Stage.PROPOSED)


def test_figures_count_members_by_what_they_have(world, holder):
    keep(world, {holder: {BADGE: (LACKS, HAS)}})
    (line,) = holdings_below(world.units["ap_a1"].path)
    assert (line.members, line.complete) == (10, 1)
    assert (line.held(CARD), line.numbers[CARD, LACKS]) == (1, 9)
    total = summed(holdings_below(world.units["huyen"].path))
    assert (total.members, total.complete, total.numbers[BOOK, LACKS]) == (37, 1, 36)


def test_the_card_of_a_new_member_is_on_the_sheet(journey):
    way = journey().to("admitted")
    assert db.session.get(Person, way.dossier.person_id).card is HAS
