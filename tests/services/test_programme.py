"""The training programme through the use cases: adapted, registered, carried out, concluded."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from app import create_app
from app.extensions import db
from app.models import Account, Event, Membership, ProgrammeEdition, ProgrammeLink
from app.queries.programme.contents import editions_of, in_force, programme_of
from app.queries.programme.figures import shares_below, shares_of
from app.queries.programme.results import ProgrammeResult, results_by_year, results_of
from app.queries.programme.sheets import holder_of, sheet_of
from app.services.audit import verify
from app.services.events import By
from app.services.people.standings import PeopleRefused
from app.services.programme.contents import Origin, begin_draft, open_edition, write_draft
from app.services.programme.links import (
    issue_link,
    register_by_link,
    revoke_links,
    track_by_link,
)
from app.services.programme.registering import Wanted, register
from app.services.programme.steps import Said, take_step
from app.services.programme.tracking import Progress, Told, track
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.clock import NOW, TODAY
from tests.programmes import CONTENTS, YEAR, Programme
from workflows.engine import NoSuchStep, Refused
from workflows.programme_facts import Content, Field, Mark

LOCAL = Content("Giúp một thanh niên yếu thế", Field.LIFESTYLE)


@pytest.fixture
def programme(world):
    """The district's programme of this year, open."""
    return Programme(world).opened()


def texts(edition):
    return [(each.text, each.is_required) for each in edition.contents]


def codes(refused):
    return {number: [each.code for each in unmet] for number, unmet in refused.value.unmet.items()}


def test_commune_and_branch_adapt_what_stands_above_and_the_required_stays(world, programme):
    commune, branch = world.units["xa_a"], world.units["ap_a1"]
    by = programme.by("xa_a")
    seen = begin_draft(commune.id, YEAR, Origin.ABOVE, by=by, seen=0)
    [draft] = editions_of(programme_of(commune.id, YEAR).id)
    assert texts(draft) == [(each.text, each.is_required) for each in CONTENTS]
    seen = write_draft(commune.id, YEAR, [LOCAL, CONTENTS[2]], by=by, seen=seen)
    open_edition(commune.id, YEAR, TODAY, by=by, seen=seen)
    of_the_commune = texts(in_force(branch, YEAR, TODAY))
    required, _dropped, kept = CONTENTS
    assert of_the_commune == [(required.text, True), (LOCAL.text, False), (kept.text, False)]
    assert texts(in_force(world.units["ap_b1"], YEAR, TODAY))[1] == (CONTENTS[1].text, False)
    by = programme.by("ap_a1")
    begin_draft(branch.id, YEAR, Origin.ABOVE, by=by, seen=0)
    [draft] = editions_of(programme_of(branch.id, YEAR).id)
    assert texts(draft) == of_the_commune
    assert verify().fault is None


def test_what_was_opened_is_frozen_and_a_later_change_is_a_new_edition(world, programme):
    unit, by = world.units["huyen"], programme.by("huyen")
    programme.register(programme.people[0])
    seen = programme.seen_of(unit)
    with pytest.raises(Invalid):
        write_draft(unit.id, YEAR, [LOCAL], by=by, seen=seen)
    seen = begin_draft(unit.id, YEAR, Origin.BLANK, by=by, seen=seen)
    seen = write_draft(unit.id, YEAR, [*CONTENTS, LOCAL], by=by, seen=seen)
    assert in_force(programme.unit, YEAR, TODAY).number == 1
    assert open_edition(unit.id, YEAR, TODAY, by=by, seen=seen) == 2
    assert in_force(programme.unit, YEAR, TODAY).number == 2
    old = db.session.get(ProgrammeEdition, programme.row(programme.people[0]).edition_id)
    assert old.number == 1
    programme.register(programme.people[1])
    new = db.session.get(ProgrammeEdition, programme.row(programme.people[1]).edition_id)
    assert new.number == 2


def test_edition_that_opens_on_a_later_day_is_not_in_force_before(world, programme):
    unit, by, later = world.units["xa_a"], programme.by("xa_a"), TODAY + timedelta(days=7)
    seen = begin_draft(unit.id, YEAR, Origin.ABOVE, by=by, seen=0)
    open_edition(unit.id, YEAR, later, by=by, seen=seen)
    assert in_force(programme.unit, YEAR, TODAY).programme.unit_id == world.units["huyen"].id
    assert in_force(programme.unit, YEAR, later).programme.unit_id == unit.id


def test_last_years_contents_are_copied_without_days_that_are_over(world):
    before = Programme(world, year=YEAR - 1)
    dated = replace(LOCAL, due_on=date(YEAR - 1, 6, 30))
    before.opened("huyen", [dated])
    unit = world.units["huyen"]
    begin_draft(unit.id, YEAR, Origin.LAST_YEAR, by=before.by("huyen"), seen=0)
    [draft] = editions_of(programme_of(unit.id, YEAR).id)
    assert [(each.text, each.due_on) for each in draft.contents] == [(LOCAL.text, None)]


@pytest.mark.parametrize("who", ["ap_a1", "xa_a", "xa_b"])
def test_programme_of_another_unit_is_nobody_elses_to_write(world, programme, who):
    unit = world.units["huyen"]
    with pytest.raises((Forbidden, NotFound)):
        begin_draft(unit.id, YEAR, Origin.BLANK, by=programme.by(who), seen=1)
    branch = world.units["ap_a2"]
    with pytest.raises((Forbidden, NotFound)):
        begin_draft(branch.id, YEAR, Origin.ABOVE, by=programme.by(who), seen=0)


@pytest.mark.parametrize("year", [2012, YEAR + 2])
def test_programme_of_a_year_out_of_reach_is_refused(world, programme, year):
    with pytest.raises(Invalid):
        begin_draft(world.units["xa_a"].id, year, Origin.BLANK, by=programme.by("xa_a"), seen=0)


def test_draft_is_begun_once_opened_with_contents_and_on_a_day_to_come(world, programme):
    unit, by = world.units["xa_a"], programme.by("xa_a")
    seen = begin_draft(unit.id, YEAR, Origin.ABOVE, by=by, seen=0)
    with pytest.raises(Invalid, match="there_is_one"):
        begin_draft(unit.id, YEAR, Origin.ABOVE, by=by, seen=seen)
    with pytest.raises(Stale):
        write_draft(unit.id, YEAR, [LOCAL], by=by, seen=seen - 1)
    with pytest.raises(Invalid, match="twice"):
        write_draft(unit.id, YEAR, [CONTENTS[0]], by=by, seen=seen)
    with pytest.raises(Invalid, match="over"):
        open_edition(unit.id, YEAR, TODAY - timedelta(days=1), by=by, seen=seen)
    other = world.units["xa_b"]
    db.session.query(ProgrammeEdition).filter_by(number=1).update({"opened_on": None})
    seen = begin_draft(other.id, YEAR, Origin.BLANK, by=programme.by("xa_b"), seen=0)
    with pytest.raises(Invalid, match="none"):
        open_edition(other.id, YEAR, TODAY, by=programme.by("xa_b"), seen=seen)


def test_branch_is_registered_approved_and_concluded_in_three_acts(programme):
    assert programme.register() == 9
    assert programme.take("approve") == 9
    for person in programme.people:
        programme.track(person, done=4, self_mark=Mark.DONE_WELL, evaluates=True)
    for person in programme.people:
        programme.conclude(person, Mark.DONE_WELL, Mark.DONE_WELL, result=Mark.DONE_WELL)
    found = results_of([each.id for each in programme.people], YEAR)
    assert set(found.values()) == {
        ProgrammeResult(registered=True, mark=Mark.DONE_WELL, done=2, of=2)
    }
    steps = [
        event.step
        for event in db.session.query(Event)
        .filter_by(
            subject="programme_registrations", subject_id=programme.row(programme.people[0]).id
        )
        .order_by(Event.sequence)
    ]
    assert steps == ["register", "approve", "self_evaluate", "conclude"]
    assert verify().fault is None


def test_result_counts_what_was_done_after_its_day(world):
    due = TODAY - timedelta(days=10)
    programme = Programme(world).opened(
        contents=[replace(CONTENTS[0], due_on=due), replace(CONTENTS[1], due_on=due), LOCAL]
    )
    person, other = programme.people[:2]
    programme.register(person)
    programme.take("approve", person)
    programme.track(person, done=4, done_on=TODAY, self_mark=Mark.AVERAGE, evaluates=True)
    programme.conclude(person, Mark.AVERAGE, Mark.NOT_DONE, result=Mark.AVERAGE)
    assert results_of([person.id, other.id], YEAR) == {
        person.id: ProgrammeResult(registered=True, mark=Mark.AVERAGE, done=1, of=2, late=1),
        other.id: ProgrammeResult(registered=False),
    }
    assert results_by_year(person.id) == {
        YEAR: ProgrammeResult(registered=True, mark=Mark.AVERAGE, done=1, of=2, late=1)
    }
    assert results_of([], YEAR) == {}


def test_too_few_contents_or_a_required_one_missing_are_refused_by_name(programme):
    first, second = programme.people[:2]
    required, chosen, other = programme.contents
    wanted = {first.id: Wanted(0, [required]), second.id: Wanted(0, [chosen, other])}
    with pytest.raises(PeopleRefused) as refused:
        register(programme.unit.id, YEAR, wanted, by=programme.by())
    assert codes(refused) == {first.id: ["enough_contents"], second.id: ["required_chosen"]}
    assert programme.row(first) is None


def test_registration_is_changed_until_it_is_approved_and_returned_with_a_reason(programme):
    [person, *_rest] = programme.people
    programme.register(person)
    programme.register(person, contents=programme.contents)
    assert len(programme.row(person).choices) == 3
    with pytest.raises(PeopleRefused) as refused:
        programme.take("send_back", person)
    assert codes(refused) == {person.id: ["programme_return_reasoned"]}
    programme.take("approve", person)
    with pytest.raises(NoSuchStep):
        programme.register(person)
    programme.take("send_back", person, text="Chọn thêm thể lực")
    assert (programme.row(person).state, programme.row(person).returned) == (
        "returned",
        "Chọn thêm thể lực",
    )
    programme.register(person)
    assert programme.row(person).state == "registered"


def test_sheet_that_changed_meanwhile_writes_nothing_and_names_who(programme):
    one, other = programme.people[:2]
    programme.register(one, other)
    seen = {each.id: Said(programme.seen(each)) for each in (one, other)}
    programme.register(one, contents=programme.contents, who="ap_a1.pho")
    with pytest.raises(PeopleRefused) as refused:
        take_step(programme.unit.id, YEAR, "approve", seen, by=programme.by())
    assert list(refused.value.changed) == [one.id]
    assert programme.row(other).state == "registered"


def test_same_request_twice_is_done_once(programme):
    [person, *_rest] = programme.people
    wanted = {person.id: Wanted(0, programme.contents[:2])}
    for _tap in range(2):
        register(programme.unit.id, YEAR, wanted, by=programme.by(key="x"))
    said = {person.id: Said(1)}
    for _tap in range(2):
        take_step(programme.unit.id, YEAR, "approve", said, by=programme.by(key="y"))
    assert programme.row(person).version == 2


def test_a14_nobody_decides_on_themselves_and_the_union_may_on_a_branchs_officer(world, programme):
    [officer, member, *_rest] = programme.people
    world.accounts["ap_a1"].person_id = officer.id
    db.session.commit()
    programme.register()
    with pytest.raises(Forbidden, match="about_yourself"):
        programme.take("approve")
    with pytest.raises(Forbidden, match="not_your_desk"):
        programme.take("approve", member, who="xa_a")
    with pytest.raises(NotFound):
        programme.take("approve", officer, who="xa_b")
    programme.take("approve", officer, who="xa_a")
    programme.take("approve", member)
    programme.take("review", officer, text="Nhận xét")
    assert db.session.get(Account, world.accounts["ap_a1"].id).person_id == officer.id
    assert programme.row(officer).state == "reviewed"


def test_a15_sheet_of_another_branch_does_not_exist_and_strangers_are_not_on_it(world, programme):
    stranger = world.members["ap_a2"][0]
    wanted = {stranger.id: Wanted(0, programme.contents[:2])}
    with pytest.raises(Invalid, match="stranger"):
        register(programme.unit.id, YEAR, wanted, by=programme.by())
    with pytest.raises(NotFound):
        register(programme.unit.id, YEAR, {}, by=programme.by("ap_a2"))
    with pytest.raises(Forbidden):
        register(programme.unit.id, YEAR, {}, by=programme.by("xa_a"))
    mine = {programme.people[0].id: Wanted(0, [10**6])}
    with pytest.raises(Invalid, match="stranger"):
        register(programme.unit.id, YEAR, mine, by=programme.by())


def test_no_programme_is_nothing_to_register_for(world):
    wanted = {world.members["ap_a1"][0].id: Wanted(0, [1])}
    with pytest.raises(Invalid, match="no_programme"):
        register(world.units["ap_a1"].id, YEAR, wanted, by=Programme(world).by())


def test_what_is_done_is_written_while_it_lasts_and_no_day_lies_ahead(programme):
    [person, *_rest] = programme.people
    programme.register(person)
    with pytest.raises(Forbidden, match="programme_closed"):
        programme.track(person, evidence="Giấy khen")
    programme.take("approve", person)
    programme.track(person, done=2, evidence="Giấy khen")
    programme.track(person, done=2, evidence="Giấy khen")
    assert programme.row(person).version == 3
    with pytest.raises(Invalid, match="still_ahead"):
        programme.track(person, done_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        programme.track(person, evaluates=True)
    with pytest.raises(Stale):
        track(programme.unit.id, YEAR, person.id, Told(1), by=programme.by())
    told = Told(3, {10**6: Progress()})
    with pytest.raises(Invalid, match="stranger"):
        track(programme.unit.id, YEAR, person.id, told, by=programme.by())
    assert [each.evidence for each in programme.row(person).choices] == ["Giấy khen"] * 2


def test_conclusion_asks_each_mark_a_reason_where_it_differs_and_is_frozen(programme):
    [person, *_rest] = programme.people
    programme.register(person)
    programme.take("approve", person)
    well, average = Mark.DONE_WELL, Mark.AVERAGE
    with pytest.raises(PeopleRefused) as refused:
        programme.take("conclude", person, result=well)
    assert codes(refused) == {person.id: ["each_content_marked", "silence_reasoned"]}
    with pytest.raises(PeopleRefused) as refused:
        programme.conclude(person, well, average, result=well)
    assert codes(refused) == {person.id: ["other_result_reasoned", "silence_reasoned"]}
    with pytest.raises(PeopleRefused) as refused:
        programme.conclude(person, well, average)
    assert codes(refused) == {person.id: ["silence_reasoned"]}
    programme.conclude(person, well, average, result=well, reason="Có sáng kiến")
    row = programme.row(person)
    assert (row.computed, row.mark, row.concluded_on) == (average, well, TODAY)
    for name in ("approve", "send_back", "review", "self_evaluate", "conclude"):
        with pytest.raises(NoSuchStep):
            programme.take(name, person, text="x")
    with pytest.raises(Forbidden):
        programme.track(person, evidence="muộn")


def test_member_of_last_years_end_stands_on_last_years_sheet(world):
    programme = Programme(world, year=YEAR - 1).opened()
    [mover, *_rest] = programme.people
    stay = db.session.query(Membership).filter_by(person_id=mover.id).one()
    stay.to_on = date(YEAR, 1, 5)
    db.session.commit()
    names = [line.person_id for line in sheet_of(programme.unit.id, YEAR - 1, TODAY)]
    assert mover.id in names
    assert mover.id not in [line.person_id for line in sheet_of(programme.unit.id, YEAR, TODAY)]


def test_shares_add_up_over_branches_and_communes(world, programme):
    programme.register(*programme.people[:4])
    programme.take("approve", *programme.people[:3])
    programme.conclude(
        programme.people[0], Mark.DONE_WELL, Mark.DONE_WELL, result=Mark.DONE_WELL, reason="Tốt"
    )
    first, second = shares_below(world.units["xa_a"], YEAR, TODAY)
    assert (first.members, first.waiting, first.approved, first.concluded) == (9, 1, 2, 1)
    assert (first.registered, first.missing, first.done_well) == (4, 5, 1)
    assert (second.members, second.registered) == (9, 0)
    units = [world.units[key] for key in ("huyen", "xa_a")]
    shares = shares_of(units, YEAR, TODAY)
    assert [shares[each.id].members for each in units] == [36, 18]
    assert [shares[each.id].registered for each in units] == [4, 4]


def token_for(programme, person, key=None):
    return issue_link(programme.unit.id, person.id, by=programme.by(key=key))[0]


NOBODY = By(None, NOW)


def test_member_registers_and_evaluates_by_a_link_that_is_kept_only_as_a_hash(programme):
    [person, *_rest] = programme.people
    token = token_for(programme, person)
    [link] = db.session.query(ProgrammeLink).all()
    assert token not in {link.token_hash, ""}
    assert len(token) >= 43
    register_by_link(token, YEAR, Wanted(0, programme.contents[:2]), by=NOBODY)
    event = db.session.query(Event).filter_by(step="register").one()
    assert (event.actor_id, event.facts["through_link"]) == (None, link.id)
    programme.take("approve", person)
    contents = {
        number: Progress(4, TODAY, "Ảnh", Mark.DONE_WELL) for number in programme.contents[:2]
    }
    track_by_link(token, YEAR, Told(2, contents, "Tự thấy tốt", evaluates=True), by=NOBODY)
    assert programme.row(person).state == "self_evaluated"
    assert verify().fault is None


def test_link_ends_by_time_by_a_newer_one_by_revoking_and_with_membership(programme):
    [person, other, *_rest] = programme.people
    first = token_for(programme, person)
    assert holder_of(first, YEAR, NOW, TODAY).person_id == person.id
    late = NOW + timedelta(days=30)
    assert holder_of(first, YEAR, late, TODAY) is None
    second = token_for(programme, person)
    assert holder_of(first, YEAR, NOW, TODAY) is None
    revoke_links(programme.unit.id, person.id, by=programme.by())
    assert holder_of(second, YEAR, NOW, TODAY) is None
    third = token_for(programme, other)
    stay = db.session.query(Membership).filter_by(person_id=other.id).one()
    stay.to_on = TODAY - timedelta(days=1)
    db.session.commit()
    assert holder_of(third, YEAR, NOW, TODAY) is None
    for token in (first, second, third, "", "\x00", "x" * 10_000):
        with pytest.raises(NotFound):
            register_by_link(token, YEAR, Wanted(0, []), by=NOBODY)
        with pytest.raises(NotFound):
            track_by_link(token, YEAR, Told(0), by=NOBODY)


def test_link_asked_for_twice_by_one_request_is_one(programme):
    [person, *_rest] = programme.people
    assert token_for(programme, person, "k") == token_for(programme, person, "k")
    assert db.session.query(ProgrammeLink).count() == 1
    with pytest.raises(Invalid):
        issue_link(programme.unit.id, 10**6, by=programme.by())
    with pytest.raises(NotFound):
        issue_link(programme.unit.id, person.id, by=programme.by("ap_a2"))


def test_settings_of_the_place_reach_the_rule_of_the_result(app):
    made = replace(
        app.config["SETTINGS"], programme_least=3, programme_shares=(Fraction(1, 2),) * 2
    )
    rules = create_app(made).config["RULEBOOK"].on(TODAY)
    assert rules.local.programme_least == 3
    assert rules.local.programme_shares == (Fraction(1, 2), Fraction(1, 2))
