"""Classes through their use cases: who may, who is free, what is recorded, what the events keep."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.extensions import db
from app.models import ClassPlace, Event, TrainingClass
from app.queries.admission.files import load
from app.services.admission.classes import (
    ClassPlan,
    Result,
    list_candidates,
    open_class,
    record_results,
)
from app.services.events import By
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.clock import NOW, TODAY

OVER = ClassPlan("Lớp tìm hiểu về Đoàn", "Hội trường xã", TODAY - timedelta(days=9), TODAY, 3)
AHEAD = replace(OVER, to_on=TODAY + timedelta(days=1))


def by(world, who, key=None):
    return By(world.actor(who), NOW, request_key=key)


def class_of(world, plan=OVER, unit="xa_a", who="xa_a"):
    return open_class(world.units[unit].id, plan, by=by(world, who))


def version(class_id):
    db.session.expire_all()
    return db.session.get(TrainingClass, class_id).version


def join(world, class_id, *refs, who="xa_a"):
    list_candidates(class_id, refs, by=by(world, who), seen=version(class_id))


def record(world, class_id, results, who="xa_a"):
    record_results(class_id, results, by=by(world, who), seen=version(class_id))


def places(class_id):
    rows = db.session.query(ClassPlace).filter_by(class_id=class_id)
    return {row.dossier_id: (row.attended, row.passed) for row in rows}


def steps(journey):
    events = db.session.query(Event).filter_by(subject="dossiers", subject_id=journey.dossier.id)
    return [event.step for event in events.order_by(Event.sequence)]


def test_commune_opens_a_class_lists_candidates_and_records_many_results(world, journey):
    one, two = journey().to("education"), journey("ap_a2", "Trần Văn Hai").to("education")
    number = class_of(world)
    join(world, number, one.ref, two.ref)
    record(world, number, {one.ref: Result(3, passed=True), two.ref: Result(1, passed=False)})
    assert places(number) == {one.dossier.id: (3, True), two.dossier.id: (1, False)}
    assert steps(one)[-2:] == ["join_class", "class_result"]


def test_passed_class_counts_as_study_from_its_last_day(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    assert load([way.ref], lock=False)[0].class_passed_on is None
    record(world, number, {way.ref: Result(3, passed=True)})
    assert load([way.ref], lock=False)[0].class_passed_on == OVER.to_on


def test_chain_of_the_dossier_goes_on_through_a_class(world, journey):
    way = journey().to("education")
    before = way.dossier.version
    number = class_of(world)
    join(world, number, way.ref)
    record(world, number, {way.ref: Result(2, passed=None)})
    dossier = way.dossier
    events = db.session.query(Event).filter_by(subject="dossiers", subject_id=dossier.id)
    last = events.order_by(Event.sequence.desc()).first()
    assert (dossier.version, dossier.chain_head) == (before + 2, last.hash)
    assert last.facts["attended"] == [0, 2]


@pytest.mark.parametrize("state", ["nomination", "branch_vote", "commune_review", "withdrawn"])
def test_only_candidates_in_education_join(world, journey, state):
    way = journey().to(state)
    number = class_of(world)
    with pytest.raises(Invalid, match="not_free"):
        join(world, number, way.ref)
    assert places(number) == {}


def test_candidate_of_a_class_that_is_not_over_joins_no_other(world, journey):
    way = journey().to("education")
    join(world, class_of(world, AHEAD), way.ref)
    other = class_of(world)
    with pytest.raises(Invalid) as refusal:
        join(world, other, way.ref)
    assert refusal.value.values == {"names": "Lê Thị Mới"}


def test_candidate_who_did_not_pass_may_join_another_class_and_who_passed_needs_none(
    world, journey
):
    failed, passed = journey().to("education"), journey("ap_a2", "Trần Văn Hai").to("education")
    first, second = class_of(world), class_of(world)
    join(world, first, failed.ref, passed.ref)
    record(world, first, {failed.ref: Result(3, passed=False), passed.ref: Result(3, passed=True)})
    join(world, second, failed.ref)
    with pytest.raises(Invalid, match="not_free"):
        join(world, second, passed.ref)


def test_nobody_joins_the_same_class_twice(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    record(world, number, {way.ref: Result(3, passed=False)})
    with pytest.raises(Invalid, match="not_free"):
        join(world, number, way.ref)


def test_result_before_the_last_day_is_refused_and_attendance_is_not(world, journey):
    way = journey().to("education")
    number = class_of(world, AHEAD)
    join(world, number, way.ref)
    with pytest.raises(Invalid, match="not_over"):
        record(world, number, {way.ref: Result(3, passed=True)})
    record(world, number, {way.ref: Result(2, passed=None)})
    assert places(number) == {way.dossier.id: (2, None)}


def test_more_sessions_than_the_class_has_are_refused(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    for attended in (4, -1):
        with pytest.raises(Invalid, match="too_many_sessions"):
            record(world, number, {way.ref: Result(attended, passed=None)})


def test_correction_keeps_what_was_there_before_in_the_event(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    record(world, number, {way.ref: Result(3, passed=True)})
    record(world, number, {way.ref: Result(2, passed=False)})
    events = db.session.query(Event).filter_by(subject="training_classes", subject_id=number)
    last = events.order_by(Event.sequence.desc()).first()
    change = {"attended": [3, 2], "passed": [True, False]}
    assert (last.step, last.facts) == ("record_results", {"results": {way.ref: change}})


def test_result_that_is_as_it_was_leaves_no_event(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    record(world, number, {way.ref: Result(3, passed=True)})
    before = way.dossier.version, version(number)
    record(world, number, {way.ref: Result(3, passed=True)})
    assert (way.dossier.version, version(number)) == before


def test_result_of_a_closed_dossier_stays(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    way.take("withdraw", "ap_a1", reason="Chuyển đi nơi khác")
    with pytest.raises(Invalid, match="closed"):
        record(world, number, {way.ref: Result(3, passed=True)})
    assert places(number) == {way.dossier.id: (0, None)}


def test_class_that_changed_since_it_was_read_is_not_written(world, journey):
    one, two = journey().to("education"), journey("ap_a2", "Trần Văn Hai").to("education")
    number = class_of(world)
    seen = version(number)
    join(world, number, one.ref, who="xa_a.pho")
    with pytest.raises(Stale) as stale:
        list_candidates(number, [two.ref], by=by(world, "xa_a"), seen=seen)
    assert stale.value.last.who == world.accounts["xa_a.pho"].name
    assert list(places(number)) == [one.dossier.id]


def test_request_that_comes_twice_is_done_once(world, journey):
    way = journey().to("education")
    plan_by = by(world, "xa_a", "mở")
    unit = world.units["xa_a"].id
    number = open_class(unit, OVER, by=plan_by)
    assert open_class(unit, OVER, by=plan_by) == number
    seen = version(number)
    for _ in range(2):
        list_candidates(number, [way.ref], by=by(world, "xa_a", "vào"), seen=seen)
    seen = version(number)
    for attended in (3, 1):
        result = {way.ref: Result(attended, passed=None)}
        record_results(number, result, by=by(world, "xa_a", "ghi"), seen=seen)
    assert places(number) == {way.dossier.id: (3, None)}


def test_plan_that_cannot_be_is_refused(world):
    with pytest.raises(Invalid, match="ends_before_it_begins"):
        class_of(world, replace(OVER, to_on=OVER.from_on - timedelta(days=1)))
    with pytest.raises(Invalid, match="no_session"):
        class_of(world, replace(OVER, sessions=0))


def test_only_the_grassroots_union_keeps_its_classes(world, journey):
    way = journey().to("education")
    number = class_of(world)
    join(world, number, way.ref)
    for who, answer in {
        "huyen": Forbidden,
        "ap_a1": Forbidden,
        "ap_a2": NotFound,
        "xa_b": NotFound,
    }.items():
        with pytest.raises(answer):
            record(world, number, {way.ref: Result(3, passed=True)}, who=who)
    for who, answer in {"huyen": Forbidden, "ap_a1": NotFound, "xa_b": NotFound}.items():
        with pytest.raises(answer):
            class_of(world, who=who)
    with pytest.raises(NotFound):
        class_of(world, unit="tinh")


def test_candidates_of_another_commune_do_not_join(world, journey):
    stranger = journey("ap_b1").to("education")
    number = class_of(world)
    with pytest.raises(NotFound):
        join(world, number, stranger.ref)
    with pytest.raises(NotFound):
        record(world, number, {stranger.ref: Result(1, passed=None)})
    with pytest.raises(Invalid, match="nobody_chosen"):
        join(world, number)
