"""Group acts through their use case: each dossier on its own, once, and never in a circle."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from app.extensions import db
from app.models import (
    Dossier,
    Event,
    GroupAct,
    GroupActLine,
    Membership,
    Person,
)
from app.queries.admission.acts import act_lines
from app.services.admission.acts import Plan, act_on_many
from app.services.dossiers import take_step
from app.services.events import By
from app.services.refusals import Forbidden, Invalid, NotFound
from tests.clock import NOW, TODAY
from workflows.admission_facts import Answers
from workflows.membership import PersonStatus

ROUNDS = 50
SIGNED = Answers(signed_on=TODAY)


def by(world, who, key=None):
    return By(world.actor(who), NOW, request_key=key)


def plan(world, kind, unit, *journeys, answers=SIGNED):
    lines = {each.ref: (each.dossier.version, answers) for each in journeys}
    return Plan(kind, world.units[unit].id, TODAY, lines)


def cards(world, numbers, unit="huyen"):
    lines = {
        each.ref: (each.dossier.version, Answers(card_number=number, card_issued_on=TODAY))
        for each, number in numbers.items()
    }
    return Plan("card_list", world.units[unit].id, TODAY, lines)


def problems(act_id):
    return {line.ref: line.problem for line in act_lines(act_id)}


@pytest.fixture
def two(journey):
    """Two dossiers at the commune, of two branches."""
    return [
        journey().to("commune_review"),
        journey("ap_a2", "Trần Văn Hai").to("commune_review"),
    ]


def test_sitting_approves_each_and_makes_members(world, two):
    act_id = act_on_many(plan(world, "sitting", "xa_a", *two), by=by(world, "xa_a"))
    assert problems(act_id) == dict.fromkeys([each.ref for each in two], "")
    assert [each.dossier.state for each in two] == ["ceremony", "ceremony"]
    assert db.session.query(Membership).filter(Membership.dossier_id.is_not(None)).count() == 2


def test_note_of_the_sitting_stands_in_each_history(world, two):
    noted = replace(SIGNED, reason="Phiên họp quý III")
    asked = plan(world, "sitting", "xa_a", *two, answers=noted)
    act_on_many(asked, by=by(world, "xa_a"))
    comments = db.session.query(Event.comment).filter_by(step="approve").all()
    assert comments == [("Phiên họp quý III",), ("Phiên họp quý III",)]


def test_dossier_that_changed_meanwhile_is_left_out_with_who_and_what(world, two):
    asked = plan(world, "sitting", "xa_a", *two)
    two[0].take("ask_superior", "xa_a.pho", reason="Xin ý kiến")
    act_id = act_on_many(asked, by=by(world, "xa_a"))
    assert problems(act_id) == {two[0].ref: "stale", two[1].ref: ""}
    left_out = act_lines(act_id)[0]
    name = world.accounts["xa_a.pho"].name
    assert (left_out.detail["who"], left_out.detail["step"]) == (name, "ask_superior")
    assert left_out.changed_at == NOW


def test_refused_dossier_is_left_out_with_what_is_unmet(world, two):
    early = replace(SIGNED, signed_on=TODAY - timedelta(days=30))
    asked = plan(world, "sitting", "xa_a", *two)
    seen = asked.lines[two[0].ref][0]
    asked = replace(asked, lines={**asked.lines, two[0].ref: (seen, early)})
    act_id = act_on_many(asked, by=by(world, "xa_a"))
    assert problems(act_id) == {two[0].ref: "refused", two[1].ref: ""}
    [reason] = act_lines(act_id)[0].reasons
    assert (reason.code, reason.values["last"]) == ("signed_after_meeting", TODAY)
    assert two[0].dossier.state == "commune_review"


def test_step_that_the_state_does_not_have_is_left_out(world, two, journey):
    third = journey("ap_a1", "Võ Thị Ba").to("ready")
    act_id = act_on_many(plan(world, "sitting", "xa_a", *two, third), by=by(world, "xa_a"))
    assert problems(act_id)[third.ref] == "no_such_step"
    assert act_lines(act_id)[0].detail == {"state": "ready"}


def test_who_introduced_handed_up_or_created_is_left_out_of_deciding(world, two, journey):
    third = journey("ap_a2", "Võ Thị Ba").to("commune_review")
    account = world.accounts["xa_a"]
    account.person_id = two[0].dossier.introduced_by_id
    for each, column in ((two[1], "handed_up_by_id"), (third, "created_by_id")):
        db.session.execute(
            update(Dossier).where(Dossier.ref == each.ref).values({column: account.id})
        )
    db.session.commit()
    act_id = act_on_many(plan(world, "sitting", "xa_a", *two, third), by=by(world, "xa_a"))
    assert {line.ref: line.detail for line in act_lines(act_id)} == {
        two[0].ref: {"bar": "introduced_by_you"},
        two[1].ref: {"bar": "prepared_by_you"},
        third.ref: {"bar": "prepared_by_you"},
    }


def test_two_dossiers_of_one_person_are_not_both_approved(world, two):
    person_id = two[0].dossier.person_id
    db.session.execute(update(Dossier).where(Dossier.ref == two[1].ref).values(person_id=person_id))
    db.session.commit()
    act_id = act_on_many(plan(world, "sitting", "xa_a", *two), by=by(world, "xa_a"))
    assert problems(act_id) == {two[0].ref: "", two[1].ref: "refused"}


def test_ceremony_is_one_act_of_the_branch_and_a_late_one_goes_through(world, journey):
    one = journey().to("ceremony")
    two = journey("ap_a1", "Trần Văn Hai").to("ceremony")
    db.session.execute(
        update(Dossier).where(Dossier.ref == one.ref).values(due_on=TODAY - timedelta(days=1))
    )
    db.session.commit()
    held = Answers(ceremony_on=TODAY)
    asked = plan(world, "ceremony", "ap_a1", one, two, answers=held)
    act_id = act_on_many(asked, by=by(world, "ap_a1"))
    assert [each.dossier.state for each in (one, two)] == ["card_issue", "card_issue"]
    due = {line.ref: line.due_on for line in act_lines(act_id)}
    assert due[one.ref] == TODAY - timedelta(days=1)


def test_card_list_gives_numbers_after_the_ceremony_and_ahead_of_it(world, journey):
    after, ahead = journey().to("card_issue"), journey("ap_b1", "Trần Văn Hai").to("ceremony")
    act_on_many(cards(world, {after: "000123", ahead: "000124"}), by=by(world, "huyen.canbo"))
    assert [each.dossier.state for each in (after, ahead)] == ["admitted", "ceremony"]
    numbers = db.session.query(Person.card_number).filter(Person.card_number.is_not(None))
    assert sorted(numbers.all()) == [("000123",), ("000124",)]


def test_number_that_is_taken_leaves_one_out_and_the_others_go_through(world, journey):
    holder = world.members["ap_b1"][0]
    holder.card_number = "000124"
    db.session.commit()
    one, two = journey().to("card_issue"), journey("ap_a2", "Trần Văn Hai").to("card_issue")
    three = journey("ap_b1", "Võ Thị Ba").to("card_issue")
    numbers = {one: "000123", two: "000124", three: "000125"}
    act_id = act_on_many(cards(world, numbers), by=by(world, "huyen"))
    assert problems(act_id) == {one.ref: "", two.ref: "number_taken", three.ref: ""}
    assert [each.dossier.state for each in (one, two, three)] == [
        *("admitted", "card_issue", "admitted")
    ]


def test_act_that_comes_twice_is_done_once(world, two):
    asked = plan(world, "sitting", "xa_a", *two)
    first = act_on_many(asked, by=by(world, "xa_a", "một lần"))
    assert act_on_many(asked, by=by(world, "xa_a", "một lần")) == first
    assert db.session.query(GroupAct).count() == 1
    assert problems(first) == dict.fromkeys([each.ref for each in two], "")


def test_act_of_nobody_or_of_another_unit_is_not_done(world, two, journey):
    stranger = journey("ap_b1", "Võ Thị Ba").to("commune_review")
    with pytest.raises(Invalid, match="nothing_chosen"):
        act_on_many(plan(world, "sitting", "xa_a"), by=by(world, "xa_a"))
    with pytest.raises(NotFound):
        act_on_many(plan(world, "sitting", "xa_a", *two, stranger), by=by(world, "xa_a"))
    with pytest.raises(NotFound):
        act_on_many(plan(world, "sitting", "xa_a", *two), by=By(None, NOW))
    for who in ("xa_b", "ap_a1", "huyen"):
        with pytest.raises(Forbidden):
            act_on_many(plan(world, "sitting", "xa_a", *two), by=by(world, who))
    assert db.session.query(GroupAct).count() == 0


def test_posts_in_other_units_add_nothing_to_an_act(world, two, journey):
    stranger = journey("ap_b1", "Võ Thị Ba").to("commune_review")
    both = world.actor("xa_a")
    both = replace(both, posts=(*both.posts, *world.actor("xa_b").posts))
    act_id = act_on_many(plan(world, "sitting", "xa_a", *two, stranger), by=By(both, NOW))
    assert problems(act_id)[stranger.ref] == "forbidden"
    assert stranger.dossier.state == "commune_review"


def at_once(app, *acts):
    """Run acts in threads of their own that all start together."""
    start = threading.Barrier(len(acts))

    def run(act):
        start.wait(10)
        return within(app, act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(run, act) for act in acts]]


def within(app, act):
    with app.app_context():
        return act()


def undecide(world, journeys):
    """Lay dossiers before the commune again, as if nothing had been decided."""
    refs = [each.ref for each in journeys]
    people = [each.dossier.person_id for each in journeys]
    back = {"state": "commune_review", "desk_unit_id": world.units["xa_a"].id}
    db.session.execute(update(Dossier).where(Dossier.ref.in_(refs)).values(back))
    candidate = {"status": PersonStatus.CANDIDATE, "joined_on": None, "card_number": None}
    db.session.execute(update(Person).where(Person.id.in_(people)).values(candidate))
    db.session.query(Membership).filter(Membership.dossier_id.is_not(None)).delete()
    db.session.commit()


def test_two_sittings_over_the_same_dossiers_at_once_decide_each_once(app, world, two):
    actors = [by(world, "xa_a"), by(world, "xa_a.pho")]
    for number in range(ROUNDS):
        asked = plan(world, "sitting", "xa_a", *two)
        turned = replace(asked, lines=dict(reversed(asked.lines.items())))
        acts = [
            lambda way=way, who=who, key=f"{number}/{at}": act_on_many(
                way, by=replace(who, request_key=key)
            )
            for at, (way, who) in enumerate(zip((asked, turned), actors, strict=True))
        ]
        results = [problems(act_id) for act_id in at_once(app, *acts)]
        for each in two:
            assert sorted(result[each.ref] for result in results) == ["", "stale"]
            assert each.dossier.state == "ceremony"
        undecide(world, two)
    assert db.session.query(Event).filter_by(step="approve").count() == 2 * ROUNDS


def test_who_waits_for_a_person_holds_none_of_the_dossiers(app, world, two):
    asked = plan(world, "sitting", "xa_a", *two)
    first = min(two, key=lambda each: each.dossier.person_id)
    person = select(Person.id).where(Person.id == first.dossier.person_id).with_for_update()
    free = select(Dossier.id).with_for_update(nowait=True)
    with db.engine.connect() as holder, ThreadPoolExecutor(1) as pool:
        holder.execute(person)
        waiting = pool.submit(within, app, lambda: act_on_many(asked, by=by(world, "xa_a")))
        while not holder.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            time.sleep(0.01)
        with db.engine.connect() as other:
            assert len(other.execute(free).all()) == 2
        holder.rollback()
        assert set(problems(waiting.result(30)).values()) == {""}


def test_card_lists_with_crossing_numbers_at_once_give_each_number_once(app, world, journey):
    names = ("Lê Thị Mới", "Trần Văn Hai", "Võ Thị Ba", "Phan Văn Tư")
    ways = [journey("ap_a1", name).to("ceremony") for name in names]
    who = by(world, "huyen")
    for _ in range(ROUNDS):
        lists = [
            cards(world, {ways[0]: "001", ways[1]: "002"}),
            cards(world, {ways[2]: "002", ways[3]: "001"}),
        ]
        results = at_once(app, *(lambda way=way: act_on_many(way, by=who) for way in lists))
        done = [problem for act_id in results for problem in problems(act_id).values()]
        assert sorted(done) == ["", "", "number_taken", "number_taken"]
        db.session.execute(update(Person).values(card_number=None))
        db.session.commit()


def test_the_same_act_sent_twice_at_once_is_one_act(app, world, two):
    who = by(world, "xa_a")
    for number in range(ROUNDS):
        asked = plan(world, "sitting", "xa_a", *two)
        keyed = replace(who, request_key=f"lần {number}")
        act = lambda asked=asked, keyed=keyed: act_on_many(asked, by=keyed)  # noqa: E731
        first, second = at_once(app, act, act)
        assert first == second
        assert set(problems(first).values()) == {""}
        undecide(world, two)


def test_sitting_beside_a_single_decision_lets_one_of_them_win(app, world, two):
    secretary, deputy = by(world, "xa_a"), by(world, "xa_a.pho")
    for _ in range(ROUNDS):
        asked = plan(world, "sitting", "xa_a", *two)
        seen = two[1].dossier.version

        def single(seen=seen):
            try:
                take_step(two[1].ref, "approve", SIGNED, by=deputy, seen=seen)
            except Exception as error:  # noqa: BLE001  (the loser's answer is what is looked at)
                return type(error).__name__
            return "done"

        act_id, alone = at_once(app, lambda asked=asked: act_on_many(asked, by=secretary), single)
        assert (problems(act_id)[two[1].ref], alone) in {("", "Stale"), ("stale", "done")}
        undecide(world, two)


def test_lines_of_an_act_keep_every_dossier_once(world, two):
    act_id = act_on_many(plan(world, "sitting", "xa_a", *two), by=by(world, "xa_a"))
    kept = db.session.query(GroupActLine.dossier_id).filter_by(act_id=act_id)
    assert sorted(number for (number,) in kept) == [each.dossier.id for each in two]
