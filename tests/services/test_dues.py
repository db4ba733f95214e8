"""Dues through the use cases: the sheet, what goes up, exemptions, and what is owed."""

from datetime import date, timedelta

import pytest

from app.extensions import db
from app.models import DuesPayment, DuesRemittance, Event, Membership, Person
from app.queries.dues.figures import figures_of, remittances_of
from app.queries.dues.sheets import sheet_of, unpaid_months
from app.services.audit import verify
from app.services.dues.exemptions import Exemption, exempt
from app.services.dues.remittances import Passed, confirm, pass_up, take_back
from app.services.dues.sheets import Sheet, keep_sheet
from app.services.events import By
from app.services.refusals import Forbidden, Invalid, NotFound
from tests import lists
from tests.clock import NOW, TODAY
from tests.factories import MemberFactory
from workflows.calendar import months_after
from workflows.dues import month_of, months_before
from workflows.engine import Refused

THIS_MONTH = month_of(TODAY)
MONTHS = months_before(THIS_MONTH, 3)
NONE = frozenset()


def asked(world, who="ap_a1", key=None):
    return By(world.actor(who), NOW, request_key=key)


def keep(world, paid=NONE, was=NONE, *, who="ap_a1", unit="ap_a1", key=None, **wages):
    """Send a sheet: what is ticked now, and what was ticked when it was drawn."""
    earning, earned = wages.get("earning", NONE), wages.get("earned", NONE)
    sheet = Sheet(frozenset(paid), frozenset(was), frozenset(earning), frozenset(earned))
    return keep_sheet(world.units[unit].id, sheet, by=asked(world, who, key))


def spots(*people, months=MONTHS):
    return {(person.id, month) for person in people for month in months}


def paid():
    db.session.expire_all()
    rows = db.session.query(DuesPayment).all()
    return {(row.person_id, row.month): row.amount for row in rows}


def row_of(world, person, months=MONTHS, unit="ap_a1"):
    rows = sheet_of(world.units[unit].id, months, TODAY)
    return next((row for row in rows if row.person_id == person.id), None)


def test_whole_branch_is_written_in_one_act_with_an_event_for_each_member(world):
    people = world.members["ap_a1"]
    assert keep(world, spots(*people)) == 27
    assert paid() == dict.fromkeys(spots(*people), 2000)
    events = db.session.query(Event).filter_by(step="pay_dues").all()
    assert sorted(event.subject_id for event in events) == sorted(each.id for each in people)
    assert {event.facts["amount"] for event in events} == {6000}
    assert verify().fault is None


def test_member_with_a_wage_pays_five_thousand(world):
    first, second = world.members["ap_a1"][:2]
    keep(world, spots(first, second), earning={first.id})
    assert {paid()[first.id, month] for month in MONTHS} == {5000}
    assert {paid()[second.id, month] for month in MONTHS} == {2000}
    assert db.session.get(Person, first.id).has_wage


def test_two_who_keep_the_same_sheet_do_not_undo_each_others_ticks(world):
    first, second = world.members["ap_a1"][:2]
    keep(world, spots(first, months=MONTHS[:1]))
    drawn = spots(first, months=MONTHS[:1])
    keep(world, drawn | spots(first, months=MONTHS[1:2]), drawn)
    keep(world, spots(second, months=MONTHS[:1]), drawn, who="ap_a1.pho")
    assert paid().keys() == spots(first, months=MONTHS[1:2]) | spots(second, months=MONTHS[:1])


def test_sheet_sent_twice_answers_the_same_and_writes_once(world):
    ticked = spots(world.members["ap_a1"][0])
    answers = [keep(world, ticked, key="the same sheet") for _again in range(2)]
    assert answers == [3, 3]
    assert keep(world, ticked) == 0
    assert db.session.query(Event).filter_by(step="pay_dues").count() == 1


def test_payment_taken_back_leaves_its_trace(world):
    person = world.members["ap_a1"][0]
    keep(world, spots(person))
    assert keep(world, NONE, spots(person, months=MONTHS[:1])) == 1
    assert paid().keys() == spots(person, months=MONTHS[1:])
    event = db.session.query(Event).filter_by(step="pay_dues").order_by(Event.id.desc()).first()
    assert event.facts["taken_back"] == [MONTHS[0].isoformat()]


def test_only_members_pay_and_only_in_months_of_their_stay(world):
    with pytest.raises(Invalid):
        keep(world, spots(world.members["ap_a2"][0]))
    late = MemberFactory(unit=world.units["ap_a1"], joined_on=MONTHS[-1] + timedelta(days=14))
    db.session.commit()
    with pytest.raises(Invalid):
        keep(world, spots(late, months=MONTHS[:1]))
    assert keep(world, spots(late, months=MONTHS[-1:])) == 1
    with pytest.raises(Invalid):
        keep(world, spots(world.members["ap_a1"][0], months=[date(2010, 12, 1)]))
    assert len(paid()) == 1


def test_sheet_is_kept_by_its_branch_alone(world):
    ticked = spots(world.members["ap_a1"][0])
    for who, refusal in (("xa_a", Forbidden), ("huyen", Forbidden), ("ap_a2", NotFound)):
        with pytest.raises(refusal):
            keep(world, ticked, who=who)
    assert paid() == {}


def moved(world, person, to="ap_a2"):
    """Move a member to another branch in the middle of the last month."""
    day = MONTHS[-1] + timedelta(days=14)
    stay = db.session.query(Membership).filter_by(person_id=person.id).one()
    stay.to_on = day - timedelta(days=1)
    place = {"district_id": person.district_id, "unit_id": world.units[to].id}
    db.session.add(Membership(person_id=person.id, from_on=day, **place))
    person.unit_id = world.units[to].id
    db.session.commit()


def test_month_is_owed_to_the_unit_of_its_first_day_and_paid_once(world):
    person = world.members["ap_a1"][0]
    moved(world, person)
    assert [cell.is_owed for cell in row_of(world, person).cells] == [True, True, True]
    assert row_of(world, person, unit="ap_a2").owed == 0
    keep(world, spots(person, months=MONTHS[-1:]), unit="ap_a2", who="ap_a2")
    assert [cell.is_owed for cell in row_of(world, person).cells] == [True, True, False]
    assert row_of(world, person).cells[-1].elsewhere == world.units["ap_a2"].name
    assert keep(world, spots(person, months=MONTHS[-1:])) == 0
    assert keep(world, NONE, spots(person, months=MONTHS[-1:])) == 0
    assert len(paid()) == 1


def test_months_owed_are_counted_once_they_are_over(world):
    person = world.members["ap_a1"][0]
    keep(world, spots(person, months=MONTHS[:1]))
    months = [*MONTHS, THIS_MONTH, months_after(THIS_MONTH, 1)]
    assert row_of(world, person, months).owed == 2
    assert unpaid_months(person.id, months, TODAY) == MONTHS[1:]


def test_who_came_with_a_list_owes_nothing_of_the_months_before_it(world, sign_in):
    file = lists.xlsx(lists.person("Lê Thị Vừa Nhập", joined="26/03/2023"))
    commune = sign_in("xa_a")
    lists.take(commune, lists.send_list(commune, world.units["ap_a1"].id, file))
    listed = db.session.query(Person).filter_by(name="Lê Thị Vừa Nhập").one()
    assert [cell.is_open for cell in row_of(world, listed).cells] == [True, True, True]
    assert unpaid_months(listed.id, MONTHS, TODAY) == []
    soon = months_after(THIS_MONTH, 2)
    assert unpaid_months(listed.id, [THIS_MONTH, *MONTHS], soon) == [THIS_MONTH]


def hardship(months=2, first=MONTHS[1], reason="Cha bệnh nặng", on=TODAY):
    return Exemption(first, months, on, reason)


def test_exempt_months_are_not_owed(world):
    person = world.members["ap_a1"][0]
    exempt(person.id, hardship(), by=asked(world, "xa_a.canbo", "one form"))
    exempt(person.id, hardship(), by=asked(world, "xa_a.canbo", "one form"))
    assert unpaid_months(person.id, MONTHS, TODAY) == MONTHS[:1]
    assert [cell.is_exempt for cell in row_of(world, person).cells] == [False, True, True]
    event = db.session.query(Event).filter_by(step="exempt_dues").one()
    assert (event.subject_id, event.comment) == (person.id, "Cha bệnh nặng")


def test_exemption_is_refused_with_everything_that_is_wrong(world):
    person = world.members["ap_a1"][0]
    exempt(person.id, hardship(months=6), by=asked(world, "xa_a"))
    wrong = hardship(months=7, reason=" ", on=TODAY + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        exempt(person.id, wrong, by=asked(world, "xa_a"))
    assert [each.code for each in refused.value.unmet] == [
        *("exempt_for_half_a_year", "exempt_once", "hardship_told", "exemption_decided")
    ]


def test_exemption_is_decided_by_the_grassroots_union_alone(world):
    person = world.members["ap_a1"][0]
    for who, refusal in (
        *(("ap_a1", Forbidden), ("huyen", Forbidden)),
        *(("xa_b", NotFound), ("ap_a2", NotFound)),
    ):
        with pytest.raises(refusal):
            exempt(person.id, hardship(), by=asked(world, who))
    world.accounts["xa_a"].person_id = person.id
    db.session.commit()
    with pytest.raises(Forbidden):
        exempt(person.id, hardship(), by=asked(world, "xa_a"))


def pass_on(world, amount=18000, who="ap_a1", *, key=None, on=TODAY):
    passed = Passed(MONTHS[-1], amount, on)
    return pass_up(world.units[who].id, passed, by=asked(world, who, key))


def figures(world, *units):
    found = figures_of([world.units[unit] for unit in units], MONTHS, TODAY)
    return [found[world.units[unit].id] for unit in units]


def test_a_third_goes_up_from_branch_to_commune_and_from_there_to_the_district(world):
    keep(world, spots(*world.members["ap_a1"]))
    [branch] = figures(world, "ap_a1")
    assert (branch.collected, branch.share, branch.lacking) == (54000, 18000, 18000)
    number = pass_on(world)
    assert figures(world, "xa_a")[0].collected == 0
    confirm(world.units["ap_a1"].id, number, by=asked(world, "xa_a"))
    [branch], [commune] = figures(world, "ap_a1"), figures(world, "xa_a")
    assert (branch.passed, branch.confirmed, branch.lacking) == (18000, 18000, 0)
    assert (commune.collected, commune.share) == (18000, 6000)
    up = pass_on(world, 6000, "xa_a")
    confirm(world.units["xa_a"].id, up, by=asked(world, "huyen.canbo"))
    assert figures(world, "xa_a")[0].confirmed == 6000


def test_commune_sees_how_many_owe_how_many_months_in_each_branch(world):
    keep(
        world,
        spots(*world.members["ap_a1"][:7]) | spots(*world.members["ap_a1"][7:8], months=MONTHS[:1]),
    )
    first, second = figures(world, "ap_a1", "ap_a2")
    assert (first.owing, first.owed_months) == (2, 5)
    assert (second.owing, second.owed_months) == (9, 27)
    assert figures(world, "xa_a")[0].owed_months == 32


def test_remittance_is_written_once_and_confirmed_once_by_the_unit_above(world):
    number = pass_on(world, key="one form")
    assert pass_on(world, key="one form") == number
    unit = world.units["ap_a1"].id
    for who, refusal in (("ap_a1", Forbidden), ("huyen", Forbidden), ("xa_b", NotFound)):
        with pytest.raises(refusal):
            confirm(unit, number, by=asked(world, who))
    with pytest.raises(NotFound):
        confirm(world.units["ap_a2"].id, number, by=asked(world, "xa_a"))
    for who in ("xa_a", "xa_a.pho"):
        confirm(unit, number, by=asked(world, who))
    [line] = remittances_of([unit], MONTHS)
    assert line.confirmed_by == world.accounts["xa_a"].name
    assert db.session.query(Event).filter_by(step="confirm_dues").count() == 1


def test_nobody_confirms_what_they_wrote_down_themselves(world):
    number = pass_on(world)
    row = db.session.get(DuesRemittance, number)
    row.recorded_by_id = world.accounts["xa_a"].id
    db.session.commit()
    with pytest.raises(Forbidden) as forbidden:
        confirm(world.units["ap_a1"].id, number, by=asked(world, "xa_a"))
    assert forbidden.value.code == "prepared_by_you"


def test_remittance_is_taken_back_until_it_is_confirmed(world):
    unit = world.units["ap_a1"].id
    take_back(unit, pass_on(world), by=asked(world))
    assert remittances_of([unit], MONTHS) == []
    number = pass_on(world)
    confirm(unit, number, by=asked(world, "xa_a"))
    with pytest.raises(Invalid):
        take_back(unit, number, by=asked(world))
    steps = ("pass_dues_up", "take_dues_back", "pass_dues_up", "confirm_dues")
    events = db.session.query(Event).filter_by(subject="units", subject_id=unit)
    assert tuple(each.step for each in events.order_by(Event.sequence))[-4:] == steps


@pytest.mark.parametrize(("amount", "days", "field"), [(0, 0, "amount"), (5, 1, "passed_on")])
def test_remittance_has_an_amount_and_a_day_that_has_come(world, amount, days, field):
    with pytest.raises(Invalid) as invalid:
        pass_on(world, amount, on=TODAY + timedelta(days=days))
    assert invalid.value.field == field
