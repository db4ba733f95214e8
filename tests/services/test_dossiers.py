"""Taking a step: all of it or nothing, once, on the version that was seen, by who may."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.models import Event, Membership, Person
from app.services import dossiers
from app.services.admission import steps as admissions
from app.services.admission.openings import Nominee, open_admission
from app.services.admission.sections import save_section
from app.services.dossiers import take_step
from app.services.papers.attachments import Attachments
from app.services.refusals import Forbidden, Invalid, NotFound, Stale
from tests.acceptance.desk import dossier, events, standing
from tests.clock import NOW, TODAY
from tests.journeys import BORN
from workflows.admission_facts import Answers, Section
from workflows.calendar import months_after
from workflows.engine import NoSuchStep, Refused
from workflows.membership import PersonStatus, Sex

SIGNED = Answers(signed_on=TODAY)


def approve(way, who="xa_a", **by):
    """Approve on the version that stands."""
    seen = dossier(way.ref).version
    return take_step(way.ref, "approve", SIGNED, by=replace(way.by(who), **by), seen=seen)


@pytest.mark.parametrize("broken", ["record", "apply", "commit"])
def test_a09_an_error_on_the_way_leaves_nothing_behind(journey, monkeypatch, broken):
    way = journey().to("commune_review")
    before, number = standing(way.ref), db.session.query(Event).count()

    def fail(*_args, **_rest):
        raise OperationalError("COMMIT", {}, Exception("the line is cut"))

    places = {"record": (dossiers, "record"), "commit": (db.session, "commit")}
    if broken == "apply":
        monkeypatch.setitem(admissions.WRITES, "approve", fail)
    else:
        monkeypatch.setattr(*places[broken], fail)
    with pytest.raises(OperationalError):
        approve(way)
    monkeypatch.undo()
    person = db.session.get(Person, dossier(way.ref).person_id)
    assert (standing(way.ref), db.session.query(Event).count()) == (before, number)
    assert (
        person.status,
        db.session.query(Membership).filter_by(dossier_id=before["id"]).count(),
    ) == (PersonStatus.CANDIDATE, 0)


def test_a09_who_asked_sees_that_nothing_was_saved_and_keeps_the_words(
    journey, sign_in, monkeypatch
):
    way = journey().to("commune_review")
    browser, path = sign_in("xa_a"), f"/dossiers/{way.ref}/steps/refuse"
    sent = browser.get(path).form() | {"reason": "Lý do dài và quý"}

    def fail(*_args, **_rest):
        raise OperationalError("COMMIT", {}, Exception("the line is cut"))

    monkeypatch.setattr(dossiers, "record", fail)
    page = browser.post(path, sent)
    assert (page.status, dossier(way.ref).state) == (503, "commune_review")
    assert "thử lại" in page.words()
    assert "Lý do dài và quý" in page.words()
    monkeypatch.undo()
    assert browser.post(path, sent).status == 200


def test_a09_the_page_stands_even_when_the_database_is_away(journey, sign_in, monkeypatch):
    way = journey().to("commune_review")
    browser = sign_in("xa_a")

    def fail(*_args, **_rest):
        raise OperationalError("SELECT", {}, Exception("the line is cut"))

    monkeypatch.setattr("app.extensions.db.session.execute", fail)
    page = browser.get(f"/dossiers/{way.ref}")
    assert (page.status, "thử lại" in page.words()) == (503, True)


def test_the_receipt_says_what_was_done_and_the_same_again(journey):
    way = journey().to("commune_review")
    key = uuid4().hex
    seen = dossier(way.ref).version
    by = replace(way.by("xa_a"), request_key=key)
    first = take_step(way.ref, "approve", SIGNED, by=by, seen=seen)
    again = take_step(
        way.ref, "approve", SIGNED, by=replace(by, now=NOW + timedelta(minutes=3)), seen=seen
    )
    assert (first.ref, first.step, first.state, first.repeated) == (
        way.ref,
        "approve",
        "ceremony",
        False,
    )
    assert again == replace(first, repeated=True)


def test_an_event_keeps_who_in_which_post_did_what(journey):
    way = journey().to("commune_review")
    approve(way)
    last, account = events(way.ref)[-1], way.world.accounts["xa_a"]
    assert (last.actor_id, last.actor_name, last.post) == (account.id, account.name, "secretary")
    assert (last.unit_id, last.step) == (way.world.units["xa_a"].id, "approve")
    assert (last.from_state, last.to_state) == ("commune_review", "ceremony")
    assert last.facts["signed_on"] == TODAY.isoformat()


@pytest.mark.parametrize(
    ("who", "step", "refusal"),
    [
        ("xa_b", "approve", NotFound),
        ("ap_a2", "withdraw", NotFound),
        ("huyen", "approve", Forbidden),
        ("ap_a1", "approve", Forbidden),
        ("xa_a", "withdraw", Forbidden),
        ("xa_a", "record_vote", NoSuchStep),
        ("xa_a", "correct_vote", NoSuchStep),
        ("xa_a", "issue_card", NoSuchStep),
        ("xa_a", "to_admitted", NoSuchStep),
        ("xa_a", "refuse", Refused),
    ],
)
def test_what_is_refused_changes_nothing(journey, who, step, refusal):
    way = journey().to("commune_review")
    before = standing(way.ref)
    with pytest.raises(refusal):
        take_step(way.ref, step, Answers(), by=way.by(who), seen=before["version"])
    assert standing(way.ref) == before


def test_who_comes_late_is_told_who_was_faster(journey):
    way = journey().to("commune_review")
    seen = dossier(way.ref).version
    approve(way)
    with pytest.raises(Stale) as told:
        take_step(way.ref, "refuse", Answers(reason="x"), by=way.by("xa_a.pho"), seen=seen)
    last = told.value.last
    assert (last.who, last.step, last.to_state) == (
        way.world.accounts["xa_a"].name,
        "approve",
        "ceremony",
    )
    assert told.value.version == seen + 1


def test_all_that_is_unmet_is_named_at_once(journey):
    way = journey().to("nomination")
    with pytest.raises(Refused) as told:
        way.take("begin_education", "ap_a1")
    assert [reason.code for reason in told.value.unmet] == ["helper_assigned"]


def test_a_desk_has_its_days(journey):
    way = journey().to("commune_review")
    assert dossier(way.ref).due_on == TODAY + timedelta(days=7)
    way.send_back()
    assert dossier(way.ref).due_on == TODAY + timedelta(days=30)
    other = journey(name="Lê Thị Hai").to("ceremony")
    assert dossier(other.ref).due_on == months_after(TODAY, 1)


def test_a_closed_dossier_lies_on_no_desk(journey):
    for place in ("admitted", "refused", "withdrawn"):
        row = journey(name=f"Lê Thị {place}").to(place).dossier
        assert (row.state, row.desk_unit_id, row.due_on) == (place, None, None)


def test_a_step_that_stays_keeps_the_day_the_dossier_came(journey):
    """A card issued while the ceremony still waits is no new arrival."""
    way = journey().to("ceremony")
    row = way.dossier
    row.entered_desk_at = NOW - timedelta(days=9)
    db.session.commit()
    way.take("issue_card", "huyen", card_number="V1", card_issued_on=TODAY)
    assert (dossier(way.ref).state, dossier(way.ref).entered_desk_at) == (
        "ceremony",
        NOW - timedelta(days=9),
    )


def test_a_card_number_of_somebody_else_is_named(journey):
    first, second = (journey(name=name).to("card_issue") for name in ("Lê Thị Một", "Lê Thị Hai"))
    first.take("issue_card", "huyen", card_number="V1", card_issued_on=TODAY)
    before = standing(second.ref)
    with pytest.raises(Invalid) as told:
        second.take("issue_card", "huyen", card_number=" V1 ", card_issued_on=TODAY)
    assert (told.value.field, told.value.code) == ("card_number", "taken")
    assert standing(second.ref) == before


def test_a_section_saved_without_a_change_writes_nothing(journey):
    way = journey().to("education")
    before = standing(way.ref)
    way.write(Section.PERSON, ethnicity="")
    assert standing(way.ref) == before


def test_an_edit_keeps_before_and_after_and_hides_what_is_private(journey):
    way = journey().to("education")
    way.write(Section.PERSON, ethnicity="Khmer", religion="Phật giáo")
    assert events(way.ref)[-1].facts["changes"] == {
        "ethnicity": ["", "Khmer"],
        "religion": [None, "•••"],
    }


@pytest.mark.parametrize(
    "place", ["branch_vote", "commune_review", "ceremony", "admitted", "withdrawn"]
)
def test_a_closed_section_is_not_written(journey, place):
    way = journey().to(place)
    before = standing(way.ref)
    for section in Section:
        with pytest.raises(Forbidden):
            save_section(
                way.ref,
                section,
                {"own_words": "x"},
                Attachments(),
                by=way.by("ap_a1"),
                seen=before["version"],
            )
    assert standing(way.ref) == before


def test_after_a_return_only_the_named_sections_are_written_and_all_must_be(journey):
    way = journey().to("returned")
    with pytest.raises(Forbidden):
        way.write(Section.PERSON, ethnicity="Khmer")
    way.write(Section.STUDY, self_study_result="Đạt 9/10")
    with pytest.raises(Refused) as told:
        way.take("resubmit", "ap_a1")
    assert told.value.unmet[0].values["sections"] == ("application",)
    way.write(Section.APPLICATION, own_words="Em xin, đã ký")
    way.take("resubmit", "ap_a1")
    assert (dossier(way.ref).state, dossier(way.ref).returned_sections) == ("commune_review", [])


def test_a_place_without_a_branch_opens_at_the_commune(world, journey):
    way = journey()
    unit = world.units["xa_b"]
    nominee = Nominee(name="Lê Thị Lẻ", birth_date=BORN, sex=Sex.FEMALE)
    ref = open_admission(unit.id, nominee, by=way.by("xa_b")).ref
    row = dossier(ref)
    assert (row.branch_id, row.commune_id, row.desk_unit_id) == (unit.id, unit.id, unit.id)
