"""A branch is handed to another commune with all it holds; transfers under way follow units."""

import pytest

from app.extensions import db
from app.models import ClassificationSheet, Draft, Event
from app.queries.admission.meetings import roll_of
from app.queries.queues import QueueFilter, waiting_for
from app.queries.transfers import open_transfer_of
from app.queries.units.changes import changes_of
from app.queries.units.tree import tree_below
from app.services.audit import verify
from app.services.drafts import keep_draft
from app.services.refusals import Forbidden, Invalid, NotFound
from app.services.units.handing import Handing, hand_unit
from app.services.units.register import Decision
from tests.clock import NOW, TODAY
from tests.moves import Move
from tests.services.changed_units import (
    DAY,
    PAPER,
    astray,
    by,
    crooked,
    figures,
    merge,
    posts_at,
    queued,
    said,
    two_branches,
)
from workflows.transfer_facts import Kind


def hand(world, branch="ap_a1", to="xa_b", who="huyen", **rest):
    key = rest.pop("key", None)
    handing = Handing(to_id=world.units[to].id, **{"decision": PAPER, **rest})
    hand_unit(world.units[branch].id, handing, by=by(world, who, key))
    db.session.expire_all()


def waits(world, who):
    return {line.ref for line in waiting_for(world.actor(who), QueueFilter())}


def test_a_branch_goes_to_another_commune_with_all_it_holds(journey):
    reviewed, raised = journey().to("commune_review"), journey(name="Võ Hai").to("education")
    done, sister = journey(name="Võ Ba").to("refused"), journey("ap_a2", "Võ Tư").to("education")
    world, before, waiting = reviewed.world, figures(), queued()
    hand(world)
    assert (figures(), queued(), astray(), crooked()) == (before, waiting, {}, [])
    commune, branch = world.units["xa_b"].id, world.units["ap_a1"].id
    for way in (reviewed, raised, done):
        assert (way.dossier.branch_id, way.dossier.commune_id) == (branch, commune)
    assert (reviewed.dossier.desk_unit_id, raised.dossier.desk_unit_id) == (commune, branch)
    assert sister.dossier.commune_id == world.units["xa_a"].id
    assert (waits(world, "xa_a"), waits(world, "xa_b")) == (set(), {reviewed.ref})
    assert posts_at(branch) == [("ap_a1", "secretary"), ("ap_a1.pho", "deputy")]
    assert [len(roll_of(world.units[name], TODAY)) for name in ("xa_a", "xa_b")] == [9, 18]
    reviewed.take("approve", "xa_b", signed_on=TODAY)
    assert (reviewed.dossier.state, verify().fault) == ("ceremony", None)


def test_the_new_commune_sees_what_the_branch_did_and_the_old_one_no_more(journey, sign_in):
    way = journey().to("ready")
    hand(way.world)
    statuses = [sign_in(who).get(f"/dossiers/{way.ref}").status for who in ("xa_a", "xa_b")]
    assert statuses == [404, 200]
    assert [line.unit.name for line in tree_below(way.world.actor("xa_b").posts, TODAY)] == [
        *("Đoàn xã Mỹ Thuận", "Chi đoàn ap_a1", "Chi đoàn ap_b1"),
    ]


def test_history_of_all_three_tells_of_it(world):
    hand(world)
    names = {key: world.units[key].name for key in ("ap_a1", "xa_a", "xa_b")}
    for key in names:
        (entry,) = changes_of(world.units[key].id)
        assert (entry.kind, entry.on_day, entry.decision) == ("hand", TODAY, "12-QĐ/ĐTN")
        assert set(entry.before.values()) == {names["ap_a1"], names["xa_a"]}
        assert set(entry.after.values()) == {names["ap_a1"], names["xa_b"]}
        event = db.session.query(Event).filter_by(step="hand_unit", subject="units")
        assert event.filter_by(subject_id=world.units[key].id).one().actor_name


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("xa_a", Forbidden), ("xa_b", NotFound), ("ap_a1", Forbidden), ("huyen.canbo", Forbidden)],
)
def test_only_who_keeps_the_unit_above_both_communes_hands_a_branch(world, who, refusal):
    with pytest.raises(refusal):
        hand(world, who=who)


@pytest.mark.parametrize("to", ["xa_a", "huyen", "co_so", "ap_b1"])
def test_a_branch_goes_to_another_commune_of_the_same_superior(world, to):
    with pytest.raises(Invalid) as refusal:
        hand(world, to=to)
    assert (refusal.value.field, refusal.value.code) == ("to_id", "not_a_union")


@pytest.mark.parametrize("branch", ["xa_a", "co_so"])
def test_what_is_no_branch_of_a_commune_is_not_handed(world, branch):
    with pytest.raises(Forbidden):
        hand(world, branch)


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY.replace(year=2001)])
def test_it_holds_from_a_day_that_can_be(world, day):
    with pytest.raises(Invalid) as refusal:
        hand(world, decision=Decision(day, "3-QĐ/ĐTN"))
    assert refusal.value.field == "on_day"


def test_where_the_name_is_taken_the_branch_gets_another_one(world):
    world.units["ap_b1"].name = world.units["ap_a1"].name = "Chi đoàn Ấp 1"
    db.session.commit()
    with pytest.raises(Invalid) as refusal:
        hand(world)
    assert (refusal.value.field, refusal.value.code) == ("name", "taken_here")
    db.session.rollback()
    hand(world, name="Chi đoàn Ấp 1 Tây")
    assert world.units["ap_a1"].name == "Chi đoàn Ấp 1 Tây"
    assert set(changes_of(world.units["ap_a1"].id)[0].after.values()) == {
        *("Chi đoàn Ấp 1 Tây", "Đoàn xã Mỹ Thuận"),
    }


def test_it_is_done_once_for_one_request(world):
    for _tap in range(2):
        hand(world, key="once")
    assert len(changes_of(world.units["ap_a1"].id)) == 1


def test_the_new_commune_confirms_the_classification_of_the_branch(world):
    of_branch = {"district_id": world.units["huyen"].id, "unit_id": world.units["ap_a1"].id}
    sheet = ClassificationSheet(
        confirming_unit_id=world.units["xa_a"].id, year=TODAY.year, state="proposed", **of_branch
    )
    sheet.version, sheet.chain_head = 0, ""
    db.session.add(sheet)
    db.session.commit()
    hand(world)
    assert sheet.confirming_unit_id == world.units["xa_b"].id


# --- transfers under way --------------------------------------------------------------------------


def way_of(move):
    """Return the kind of a transfer, where the branch asks to, and to whom it was introduced."""
    names = {unit.id: key for key, unit in move.world.units.items()}
    dossier, transfer = move.dossier, move.transfer
    return (
        *(transfer.kind, names.get(transfer.destination_id), names.get(dossier.to_commune_id)),
        names.get(dossier.desk_unit_id),
    )


def test_who_moves_to_a_sister_of_the_branch_now_moves_to_another_commune(world):
    move = Move(world, "ap_a2")
    hand(world)
    assert way_of(move) == (Kind.BETWEEN, "xa_a", None, "ap_a1")
    move.ask().take("introduce", "xa_b")
    move.take("assign_branch", "xa_a", to_branch_id=move.unit("ap_a2"))
    move.take("receive", "ap_a2", received_on=TODAY)
    assert (move.person.unit_id, verify().fault) == (move.unit("ap_a2"), None)


def test_who_was_introduced_to_a_sister_is_received_there_all_the_same(world):
    move = Move(world, "ap_a2").introduce()
    hand(world)
    assert way_of(move) == (Kind.BETWEEN, "ap_a2", "xa_a", "ap_a2")
    move.take("receive", "ap_a2", received_on=TODAY)
    assert move.person.unit_id == move.unit("ap_a2")


def test_who_moves_to_the_branch_is_led_to_its_new_commune(world):
    asked = Move(world, "ap_a2")
    hand(world, "ap_a2")
    assert way_of(asked) == (Kind.BETWEEN, "xa_b", None, "ap_a1")
    asked.ask()
    assert way_of(asked) == (Kind.BETWEEN, "xa_b", None, "xa_a")


def test_who_was_given_to_the_branch_is_received_by_it_under_its_new_commune(world):
    given = Move(world, "ap_a2").introduce()
    hand(world, "ap_a2")
    assert way_of(given) == (Kind.BETWEEN, "ap_a2", "xa_b", "ap_a2")
    given.take("decline_arrival", "ap_a2", reason="Không có nhà ở đây")
    assert way_of(given)[3] == "ap_a1"


def test_a_move_to_the_new_commune_stays_within_it(world):
    given, asked = Move(world, "xa_b").assign(), None
    hand(world)
    assert way_of(given) == (Kind.WITHIN, "xa_b", "xa_b", "ap_b1")
    given.take("receive", "ap_b1", received_on=TODAY)
    world.members["ap_a1"][5] = world.members["ap_a1"][6]
    asked = Move(world, "ap_b1")
    assert asked.transfer.kind is Kind.WITHIN


def test_a_move_to_the_new_commune_that_waits_at_home_is_assigned_by_it(world):
    move = Move(world, "xa_b").ask()
    hand(world)
    assert way_of(move) == (Kind.BETWEEN, "xa_b", None, "xa_b")
    move.take("introduce", "xa_b")
    move.take("assign_branch", "xa_b", to_branch_id=move.unit("ap_b1"))
    assert way_of(move) == (Kind.WITHIN, "xa_b", "xa_b", "ap_b1")


def declined(move):
    move.introduce().take("decline_arrival", "ap_a2", reason="Không có nhà ở đây")


STAGES = {
    "prepared": lambda _move: None,
    "introduced": Move.ask,
    "assigned": Move.introduce,
    "declined": declined,
}


@pytest.mark.parametrize("state", STAGES)
def test_a_move_between_two_branches_that_merge_ends_by_itself_with_the_reason(world, state):
    move = Move(world, "ap_a2")
    STAGES[state](move)
    assert move.dossier.state == state
    new = two_branches(world)
    assert (move.dossier.state, move.dossier.desk_unit_id) == ("cancelled", None)
    assert move.person.unit_id == new
    last = db.session.query(Event).filter_by(subject="dossiers", subject_id=move.dossier.id)
    last = last.order_by(Event.sequence.desc()).first()
    assert (last.step, last.actor_id) == ("cancel", None)
    assert last.comment == "Nơi đi và nơi đến nay là một đơn vị, theo quyết định 12-QĐ/ĐTN."
    assert (open_transfer_of(move.person_id), verify().fault) == (None, None)


def test_a_move_between_communes_that_merge_goes_on_within_the_new_one(world):
    given = Move(world, "xa_b").assign()
    new = merge(world, ("xa_a", "xa_b"), "huyen", said=said("Đoàn xã Mới"))
    assert given.transfer.kind is Kind.WITHIN
    assert (given.dossier.state, given.dossier.to_commune_id) == ("assigned", new)
    given.take("receive", "ap_b1", received_on=TODAY)
    assert given.person.unit_id == given.unit("ap_b1")


def test_a_draft_that_names_a_merged_unit_names_the_one_that_follows(world):
    officer, old = world.accounts["xa_a"].id, world.units["ap_a2"].id
    other = world.units["ap_b1"].id
    drafts = {
        "/dossiers/new/transfer?person=7": {"destination_id": [str(old)], "reason": [str(old)]},
        "/dossiers/new/admission": {"unit_id": [str(old)]},
        "/dossiers/new/contest?year=2026": {"person": [f"{old}-7", str(old)]},
        f"/meetings/new?unit={old}": {"place": ["Nhà văn hóa"]},
        f"/meetings/new?unit={other}": {"unit_id": [str(other)]},
    }
    for place, fields in drafts.items():
        keep_draft(officer, place, "Đang làm dở", fields, now=NOW)
    new = two_branches(world)
    left = {draft.place: draft.fields for draft in db.session.query(Draft)}
    assert left == {
        "/dossiers/new/transfer?person=7": {"destination_id": [str(new)], "reason": [str(old)]},
        "/dossiers/new/admission": {"unit_id": [str(new)]},
        "/dossiers/new/contest?year=2026": {"person": [f"{new}-7", str(old)]},
        f"/meetings/new?unit={new}": {"place": ["Nhà văn hóa"]},
        f"/meetings/new?unit={other}": {"unit_id": [str(other)]},
    }
