"""Nobody decides on their own, and nobody sees what is another unit's."""

import io

import pytest

from app.extensions import db
from app.models import Account, Dossier, Paper
from app.services.admission.classes import ClassPlan, open_class
from tests.acceptance.desk import by_hand, dossier, events, open_dossier, raw, standing, take, typed
from tests.clock import TODAY
from tests.factories import AccountFactory, AppointmentFactory
from tests.services.samples import pdf
from workflows.admission import ADMISSION
from workflows.levels import Post

DECISIONS = sorted({step.name for step in ADMISSION.steps if step.decides})
OF_THE_COMMUNE = ("approve", "send_back", "refuse", "ask_superior")


def about(way, account):
    """The dossier is about the account's own person."""
    account.person_id = way.dossier.person_id


def introduced_by(way, account):
    """The account's person introduced the candidate."""
    friend = way.world.members["ap_a1"][5].id
    way.dossier.introduced_by_id = friend
    account.person_id = friend


def created_by(way, account):
    """The account opened the dossier, in another post."""
    way.dossier.created_by_id = account.id


def handed_up_by(way, account):
    """The account handed the dossier up, in another post."""
    way.dossier.handed_up_by_id = account.id


@pytest.mark.parametrize("bond", [about, introduced_by, created_by, handed_up_by])
@pytest.mark.parametrize("place", ["commune_review", "superior_review"])
def test_a14_who_has_a_part_in_a_dossier_decides_nothing_on_it(journey, sign_in, place, bond):
    way = journey().to(place)
    who = "xa_a" if place == "commune_review" else "huyen"
    bond(way, db.session.get(Account, way.world.accounts[who].id))
    db.session.commit()
    browser, before = sign_in(who), standing(way.ref)
    page = browser.get(f"/dossiers/{way.ref}")
    decided = [step for step in ADMISSION.steps_from(place) if step.decides and step.desk is None]
    assert decided
    for step in decided:
        path = f"/dossiers/{way.ref}/steps/{step.name}"
        assert path not in page.text
        assert browser.get(path).status == 403
        assert browser.post(path, by_hand(browser, way.ref)).status == 403
    assert standing(way.ref) == before


def test_a14_a_colleague_without_a_part_decides(journey, sign_in):
    way = journey().to("commune_review")
    created_by(way, way.world.accounts["xa_a"])
    db.session.commit()
    page = take(sign_in("xa_a.pho"), way.ref, "approve", signed_on=typed(TODAY))
    assert (page.status, dossier(way.ref).state) == (200, "ceremony")


def test_a14_who_hands_up_in_one_post_does_not_approve_in_the_other(journey, sign_in):
    way = journey().to("ready")
    both = AccountFactory(username="hai.viec")
    for unit in ("ap_a1", "xa_a"):
        AppointmentFactory(account=both, unit=way.world.units[unit], post=Post.SECRETARY)
    way.world.accounts["hai.viec"] = both
    db.session.commit()
    browser = sign_in("hai.viec")
    browser.send(
        f"/dossiers/{way.ref}/sections/proposal", proposed_on=typed(TODAY), proposal="Đề nghị"
    )
    assert dossier(way.ref).state == "ready"
    take(browser, way.ref, "submit")
    assert dossier(way.ref).state == "commune_review"
    for step in OF_THE_COMMUNE:
        answer = browser.post(f"/dossiers/{way.ref}/steps/{step}", by_hand(browser, way.ref))
        assert (step, answer.status) == (step, 403)
    assert events(way.ref)[-1].step == "submit"


def test_a14_a_chi_doan_co_so_needs_two_people_to_admit(journey, sign_in):
    way = journey("co_so").to("ready")
    assert (
        take(sign_in("co_so.pho"), way.ref, "adopt_resolution", signed_on=typed(TODAY)).status
        == 200
    )
    assert dossier(way.ref).state == "ceremony"
    other = journey("co_so", "Lê Thị Khác").to("ready")
    browser = sign_in("co_so")
    path = f"/dossiers/{other.ref}/steps/adopt_resolution"
    assert browser.post(path, by_hand(browser, other.ref)).status == 403


@pytest.mark.parametrize("who", ["xa_b", "ap_b1", "ap_a2", "co_so"])
def test_a15_what_is_another_units_is_not_there(journey, sign_in, who):
    way = journey().to("commune_review")
    browser = sign_in(who)
    before = standing(way.ref)
    sent = by_hand(browser, way.ref)
    for path in (
        f"/dossiers/{way.ref}",
        f"/dossiers/{way.ref}/sections/person",
        *(f"/dossiers/{way.ref}/steps/{step}" for step in DECISIONS),
        f"/dossiers/{way.ref}/steps/withdraw",
    ):
        assert (path, browser.get(path).status) == (path, 404)
        if path != f"/dossiers/{way.ref}":
            assert (path, browser.post(path, sent).status) == (path, 404)
    assert standing(way.ref) == before


def test_a15_a_paper_is_there_only_with_its_own_dossier(journey, sign_in):
    mine, theirs = journey().to("education"), journey("ap_b1", "Lê Thị Khác").to("education")
    files = [(io.BytesIO(pdf()), "don.pdf")]
    sign_in("ap_b1").send(f"/dossiers/{theirs.ref}/sections/application", files=files)
    paper = db.session.query(Paper).one()
    for who, ref, status in (
        ("ap_b1", theirs.ref, 200),
        ("xa_b", theirs.ref, 200),
        ("huyen", theirs.ref, 200),
        ("huyen.canbo", theirs.ref, 403),
        ("ap_a1", theirs.ref, 404),
        ("ap_a1", mine.ref, 404),
        ("ap_b1", mine.ref, 404),
        ("huyen", mine.ref, 404),
    ):
        answer = raw(sign_in(who), f"/dossiers/{ref}/papers/{paper.id}")
        assert (who, ref, answer[0]) == (who, ref, status)


def test_a15_a_staged_file_of_somebody_else_is_not_taken(journey, sign_in):
    mine, theirs = journey().to("education"), journey("ap_b1", "Lê Thị Khác").to("education")
    files = [(io.BytesIO(pdf()), "don.pdf")]
    wrong = {"files": files, "applied_on": "31/02/2026"}
    page = sign_in("ap_b1").send(f"/dossiers/{theirs.ref}/sections/application", **wrong)
    staged = page.form()["staged"]
    sign_in("ap_a1").send(
        f"/dossiers/{mine.ref}/sections/application", staged=staged, own_words="Em"
    )
    assert db.session.query(Paper).count() == 0


def test_a15_a_dossier_is_opened_in_no_other_unit(world, sign_in):
    for who, unit, status in (
        ("ap_a1", "ap_b1", 404),
        ("ap_a1", "ap_a2", 404),
        ("xa_a", "xa_b", 404),
        ("xa_a", "ap_a1", 403),
    ):
        page = open_dossier(sign_in(who), unit_id=str(world.units[unit].id))
        assert (who, unit, page.status) == (who, unit, status)
    assert db.session.query(Dossier).count() == 0


@pytest.mark.parametrize("field", ["helper_id", "introducer_id"])
def test_a15_nobody_of_another_commune_is_chosen(journey, sign_in, field):
    way = journey().to("nomination")
    stranger = way.world.members["ap_b1"][0]
    section = "nomination" if field == "helper_id" else "introducer"
    page = sign_in("ap_a1").send(
        f"/dossiers/{way.ref}/sections/{section}", **{field: str(stranger.id)}
    )
    assert (page.status, stranger.name in page.text) == (422, False)


NOBODYS = (
    *("KN-2026-999999", "KN-2026-1", "kn-2026-000001", "UT-2026-000001", "%2e%2e"),
    *(
        "KN-%00",
        "KN-2026-00000%00",
        "KN-2026-999999999999",
        "KN-2026-%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1",
    ),
)


@pytest.mark.usefixtures("world")
def test_a15_a_reference_that_nobody_has_is_not_there(sign_in):
    browser = sign_in("ap_a1")
    for ref in NOBODYS:
        for rest in ("", "/sections/person", "/steps/submit"):
            path = f"/dossiers/{ref}{rest}"
            assert (path, raw(browser, path)[0]) == (path, 404)


def test_a15_no_form_takes_up_a_dossier_of_another_unit(journey, sign_in):
    mine, theirs = journey().to("commune_review"), journey("ap_b1", "Lê Thị Khác")
    theirs.to("commune_review")
    commune, before = sign_in("xa_a"), standing(theirs.ref)
    sent = by_hand(commune, mine.ref, held_on=typed(TODAY))
    for ref in (theirs.ref, "KN-2026-999999", "x\x00"):
        for refs in ([ref], [mine.ref, ref]):
            for kind in ("sitting", "ceremony", "card_list"):
                path = f"/acts/new/{kind}"
                answer = commune.post(path, sent | {"ref": refs})
                assert (path, refs, answer.status) == (path, refs, 404)
    assert (standing(theirs.ref), dossier(mine.ref).state) == (before, "commune_review")


def test_a15_no_class_or_meeting_takes_up_a_dossier_of_another_unit(journey, sign_in):
    mine, theirs = journey().to("education"), journey("ap_b1", "Lê Thị Khác").to("education")
    plan = ClassPlan("Lớp", "Nhà văn hóa", TODAY, TODAY, 2)
    number = open_class(mine.world.units["xa_a"].id, plan, by=mine.by("xa_a"))
    commune, before = sign_in("xa_a"), standing(theirs.ref)
    for refs in ([theirs.ref], [mine.ref, theirs.ref], [mine.ref, "x\x00"]):
        path = f"/classes/{number}/candidates"
        sent = by_hand(commune, mine.ref, chosen=refs, seen="1")
        assert (refs, commune.post(path, sent).status) == (refs, 404)
    branch, unit = sign_in("ap_a1"), mine.world.units["ap_b1"].id
    assert branch.get(f"/meetings/new?unit={unit}").status == 404
    sent = by_hand(branch, mine.ref, held_on=typed(TODAY), **{f"chosen_{theirs.ref}": "y"})
    assert branch.post("/meetings/new", sent).status in {404, 422}
    assert standing(theirs.ref) == before
