import pytest

from app.extensions import db
from app.models import Event, Person
from tests.clock import TODAY
from tests.factories import MemberFactory
from workflows.membership import Holding

DAY = TODAY.strftime("%d/%m/%Y")


@pytest.fixture
def holder(world):
    """A member of a branch with a book and a card."""
    person = MemberFactory(
        unit=world.units["ap_a1"],
        name="Lê Văn Mất",
        book=Holding.HAS,
        card=Holding.HAS,
        card_number="863000042",
    )
    db.session.commit()
    return person


def again(person):
    db.session.expire_all()
    return db.session.get(Person, person.id)


def sheet(world, unit="ap_a1"):
    return f"/units/{world.units[unit].id}/holdings"


def losses(person, item, move):
    return f"/people/{person.id}/losses/{item}/{move}"


def steps(person):
    db.session.expire_all()
    found = db.session.query(Event.step).filter_by(subject="people", subject_id=person.id)
    return [step for (step,) in found.order_by(Event.sequence) if step != "enter"]


def test_a_branch_marks_its_members_in_one_sheet(world, sign_in, holder):
    other = world.members["ap_a1"][0]
    typed = {f"badge_{holder.id}": "has", f"book_{other.id}": "lost"}
    page = sign_in("ap_a1").send(sheet(world), **typed)
    assert (page.status, page.path) == (200, sheet(world))
    assert again(holder).badge is Holding.HAS
    assert again(other).book is Holding.LOST
    assert "Đủ cả sổ, thẻ và huy hiệu: 1 trong 10 đoàn viên." in page.words()


def test_one_tick_gives_everyone_who_lacks_it(world, sign_in, holder):
    lost = world.members["ap_a1"][0]
    typed = {"all_card": "1", f"card_{lost.id}": "lost"}
    sign_in("ap_a1").send(sheet(world), **typed)
    cards = {again(each).card for each in world.members["ap_a1"][1:]}
    assert cards == {Holding.HAS}
    assert again(lost).card is Holding.LOST
    assert steps(holder) == []


def test_who_was_marked_meanwhile_is_named_and_the_others_are_kept(world, sign_in, holder):
    other = world.members["ap_a1"][0]
    browser = sign_in("ap_a1")
    form = browser.get(sheet(world)).form()
    sign_in("ap_a1.pho").send(sheet(world), **{f"badge_{holder.id}": "lost"})
    typed = {**form, f"was_badge_{holder.id}": "has", f"badge_{other.id}": "has"}
    page = browser.post(sheet(world), typed)
    assert "Vừa có người khác ghi cho Lê Văn Mất" in page.words()
    assert again(holder).badge is Holding.LOST
    assert again(other).badge is Holding.HAS


@pytest.mark.parametrize("said", ["reissued", "unknown", ""])
def test_a_mark_that_a_sheet_cannot_give_changes_nothing(world, sign_in, holder, said):
    page = sign_in("ap_a1").send(sheet(world), **{f"card_{holder.id}": said})
    assert page.status == (422 if said == "reissued" else 200)
    assert again(holder).card is Holding.HAS


def test_the_sheet_offers_re_issued_only_where_it_is_so(world, sign_in, holder):
    holder.card = Holding.REISSUED
    db.session.commit()
    page = sign_in("ap_a1").get(sheet(world))
    offered = [each.get("value") for each in page.all("option")]
    assert offered.count("reissued") == 1


def test_the_union_sees_what_is_lacking_by_unit_with_the_way_to_the_names(world, sign_in):
    browser = sign_in("xa_a")
    page = browser.get(sheet(world, "xa_a"))
    assert "Chi đoàn ap_a1 9 0 9" in page.words()
    unit = world.units["ap_a1"].id
    listed = f"/people?unit={unit}&holding=card.lacks"
    assert page.all("a", href=listed)
    world.members["ap_a1"][0].card = Holding.HAS
    db.session.commit()
    names = [row for body in browser.get(listed).all("tbody") for row in body]
    assert len(names) == 8


def test_the_list_by_what_is_lacking_holds_members_alone(journey, world, sign_in):
    candidate = journey().dossier.person_name
    unit = world.units["ap_a1"].id
    page = sign_in("ap_a1").get(f"/people?unit={unit}&holding=book.lacks")
    assert candidate not in page.words()
    everyone = sign_in("ap_a1").get(f"/people?unit={unit}&holding=book.unknown")
    assert candidate in everyone.words()


@pytest.mark.parametrize(
    ("who", "unit"), [("xa_b", "ap_a1"), ("ap_a2", "ap_a1"), ("ap_a1", "xa_a")]
)
def test_a15_a_sheet_of_others_is_not_there(world, sign_in, who, unit):
    assert sign_in(who).get(sheet(world, unit)).status == 404


def test_the_district_reads_a_sheet_and_writes_none(world, sign_in):
    page = sign_in("huyen").get(sheet(world))
    assert (page.status, page.all("select")) == (200, [])


def test_a_lost_card_goes_over_three_desks(world, sign_in, holder):
    page = sign_in("ap_a1").send(losses(holder, "card", "report_loss"), applied_on=DAY)
    assert page.path == f"/people/{holder.id}"
    assert "Đã mất (chờ đoàn cơ sở)" in page.words()
    assert (
        "Lê Văn Mất Chi đoàn ap_a1 Thẻ đoàn viên"
        in sign_in("xa_a").get(sheet(world, "xa_a")).words()
    )
    page = sign_in("xa_a").send(losses(holder, "card", "propose_reissue"))
    assert "chờ cấp trên cấp lại" in page.words()
    path = losses(holder, "card", "reissue_card")
    page = sign_in("huyen.canbo").send(path, decided_on=DAY, card_number="863000777")
    assert "Đã cấp lại" in page.words()
    assert again(holder).card_number == "863000777"
    assert steps(holder) == ["report_loss", "propose_reissue", "reissue_card"]


def test_each_desk_is_offered_its_own_move_on_the_page_of_the_person(sign_in, holder):
    def offered(who):
        links = sign_in(who).get(f"/people/{holder.id}").all("a")
        found = (each.get("href").partition("/losses/")[2] for each in links)
        return [each for each in found if each]

    assert offered("ap_a1") == ["book/report_loss", "card/report_loss"]
    assert offered("xa_a") == offered("huyen") == []
    sign_in("ap_a1").send(losses(holder, "card", "report_loss"), applied_on=DAY)
    assert offered("ap_a1") == ["book/report_loss"]
    assert offered("xa_a") == ["card/propose_reissue", "card/decline_reissue"]


def test_what_waits_to_be_issued_again_shows_on_the_first_page_of_who_does_it(sign_in, holder):
    def waiting(who):
        page = sign_in(who).get("/")
        links = [each for each in page.all("a") if (each.get("href") or "").endswith("#lost")]
        assert all(sign_in(who).get(each.get("href")).status == 200 for each in links)
        return [each.text for each in links]

    above, union = "Huyện đoàn Bình Tân", "Đoàn xã Tân Quới"
    everyone = ("ap_a1", "xa_a", "xa_a.canbo", "xa_b", "huyen", "huyen.canbo")
    assert [waiting(who) for who in everyone] == [[]] * 6
    sign_in("ap_a1").send(losses(holder, "card", "report_loss"), applied_on=DAY)
    sign_in("ap_a1").send(losses(holder, "book", "report_loss"), applied_on=DAY, was_active="y")
    both = [f"{union}: 2"]
    assert [waiting(who) for who in everyone] == [[], both, both, [], [], []]
    sign_in("xa_a").send(losses(holder, "card", "propose_reissue"))
    one, card = [f"{union}: 1"], [f"{above}: 1"]
    assert [waiting(who) for who in everyone] == [[], one, one, [], card, card]
    sign_in("xa_a").send(losses(holder, "book", "reissue_book"), decided_on=DAY)
    path = losses(holder, "card", "reissue_card")
    sign_in("huyen.canbo").send(path, decided_on=DAY, card_number="863000777")
    assert [waiting(who) for who in everyone] == [[]] * 6


def test_a_lost_book_says_what_is_missing_beside_its_field(sign_in, holder):
    path = losses(holder, "book", "report_loss")
    page = sign_in("ap_a1").send(path, applied_on=DAY)
    assert page.status == 422
    assert "Chi đoàn phải xác nhận đoàn viên sinh hoạt liên tục." in page.words()
    assert page.form()["applied_on"] == [DAY]
    sign_in("ap_a1").send(path, applied_on=DAY, was_active="y")
    page = sign_in("xa_a").send(losses(holder, "book", "reissue_book"), decided_on=DAY)
    assert again(holder).book is Holding.REISSUED
    assert "Cấp lại sổ (Sổ đoàn viên)" in page.words()


def test_a_number_on_another_card_is_named_and_the_form_keeps_what_was_typed(
    world, sign_in, holder
):
    world.members["ap_b1"][0].card_number = "863000777"
    db.session.commit()
    sign_in("ap_a1").send(losses(holder, "card", "report_loss"), applied_on=DAY)
    sign_in("xa_a").send(losses(holder, "card", "propose_reissue"))
    path = losses(holder, "card", "reissue_card")
    page = sign_in("huyen").send(path, decided_on=DAY, card_number="863000777", decision="12")
    assert page.status == 422
    assert "Số thẻ này đã cấp cho người khác" in page.words()
    assert page.form()["decision"] == ["12"]
    assert again(holder).card is Holding.LOST


def test_a05_declining_needs_a_reason(sign_in, holder):
    sign_in("ap_a1").send(losses(holder, "card", "report_loss"), applied_on=DAY)
    path = losses(holder, "card", "decline_reissue")
    page = sign_in("xa_a").send(path, reason=" \n ")
    assert (page.status, steps(holder)) == (422, ["report_loss"])
    page = sign_in("xa_a").send(path, reason="Đơn chưa ký")
    assert "“Đơn chưa ký”" in page.words()


def test_a_move_sent_twice_gets_the_same_answer(sign_in, holder):
    browser, path = sign_in("ap_a1"), losses(holder, "card", "report_loss")
    form = {**browser.get(path).form(), "applied_on": DAY}
    assert [browser.post(path, form).path for _ in range(2)] == [f"/people/{holder.id}"] * 2
    assert steps(holder) == ["report_loss"]


def test_a_move_that_is_past_is_told_so(sign_in, holder):
    path = losses(holder, "card", "report_loss")
    sign_in("ap_a1").send(path, applied_on=DAY)
    assert sign_in("ap_a1.pho").get(path).status == 409


def test_who_never_had_a_card_is_led_to_the_sheet(world, sign_in):
    bare = world.members["ap_a1"][0]
    page = sign_in("ap_a1").get(losses(bare, "card", "report_loss"))
    assert "Chưa được cấp lần nào" in page.words()
    assert not [
        each for each in page.all("form", method="post") if "losses" in each.get("action", "")
    ]
    assert not page.all("input", name="applied_on")


@pytest.mark.parametrize("path", ["badge/report_loss", "card/fly", "x/y", "card/reissue_book"])
def test_what_nobody_does_about_a_loss_is_not_there(sign_in, holder, path):
    assert sign_in("ap_a1").get(f"/people/{holder.id}/losses/{path}").status == 404


def test_somebody_who_changed_the_person_meanwhile_is_named(world, sign_in, holder):
    path = losses(holder, "card", "report_loss")
    browser = sign_in("ap_a1")
    form = {**browser.get(path).form(), "applied_on": DAY}
    sign_in("ap_a1.pho").send(sheet(world), **{f"badge_{holder.id}": "has"})
    page = browser.post(path, form)
    assert page.status == 409
    assert world.accounts["ap_a1.pho"].name in page.words()
    assert browser.post(path, {**page.form()}).path == f"/people/{holder.id}"
