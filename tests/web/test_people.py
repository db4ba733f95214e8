from datetime import date
from urllib.parse import urlencode

import pytest

from app.extensions import db
from app.models import Event
from app.queries.people.roster import PAGE
from tests.clock import TODAY
from tests.factories import MemberFactory, PersonFactory
from workflows.membership import PersonStatus

SECRETS = {
    "religion": "Phật giáo Hòa Hảo",
    "family_class": "Trung nông",
    "health": "Loại B2",
    "family": "Cha: Nguyễn Văn Kín",
    "citizen_id": "086208000123",
}


def names(page):
    rows = [row for body in page.all("tbody") for row in body]
    return [" ".join(row[0].itertext()).strip() for row in rows]


def found(browser, query, **more):
    page = browser.get(f"/people?{urlencode({'name': query, **more})}")
    assert page.status == 200
    return names(page)


@pytest.fixture
def roster(world):
    """People of two branches whose names differ by their marks alone."""
    for name in ("Nguyễn Thị Đào", "Nguyễn Thị Dạo", "Nguyễn Thị Dao", "Đào Văn Nguyện"):
        PersonFactory(name=name, unit=world.units["ap_a1"])
    PersonFactory(name="Nguyễn Thị Đào", unit=world.units["ap_b1"])
    db.session.commit()
    return world


@pytest.fixture
def person(world):
    """A candidate of a branch, with something in every field of the member book."""
    made = PersonFactory(
        name="Trần Thị Bưởi",
        unit=world.units["ap_a1"],
        phone="0909123456",
        email="buoi@doanthanhnien.vn",
        residence="Ấp 1, xã Tân Quới",
        **SECRETS,
    )
    db.session.commit()
    return made


def test_a55_names_are_found_with_and_without_marks(roster, sign_in):  # noqa: ARG001
    browser = sign_in("ap_a1")
    everyone = {"Nguyễn Thị Đào", "Nguyễn Thị Dạo", "Nguyễn Thị Dao", "Đào Văn Nguyện"}
    for query in ("dao nguyen", "DAO  NGUYEN", "nguyen thi dao", "nguyễn thị đào"):
        assert "Nguyễn Thị Đào" in found(browser, query)
    assert set(found(browser, "dao nguyen")) == everyone
    assert "Nguyễn Thị Đào" in found(browser, "Đào")
    assert "Nguyễn Thị Đào" in found(browser, "thi da")


def test_a55_with_marks_typed_exact_hits_come_first(roster, sign_in):  # noqa: ARG001
    browser = sign_in("ap_a1")
    exact = {"Nguyễn Thị Đào", "Đào Văn Nguyện"}
    assert set(found(browser, "Đào")[:2]) == exact
    assert set(found(browser, "đào")[:2]) == exact
    assert set(found(browser, "Đào")) > exact
    assert found(browser, "Nguyễn Thị Dạo")[0] == "Nguyễn Thị Dạo"
    assert found(browser, "Đào nguyen thi")[0] == "Nguyễn Thị Đào"


@pytest.mark.parametrize(
    "query",
    [
        *("d", "đ", "D" * 500, "đ" * 500, "x" * 20_000, "%", "_", "_%_", "d%", "' OR 1=1 --"),
        *("&", "|", "!", ":*", "dao:*", "\\", "(", '"', "\u0300", "\u200b", "😀", "\x00", "a\x00b"),
        *("Đào " * 200, "1e5", "ー", "ﬁ", "İ", "\u202eoaĐ", "<script>alert(1)</script>"),
    ],
)
def test_a55_any_query_gets_an_answer(roster, sign_in, query):  # noqa: ARG001
    found(sign_in("ap_a1"), query)


def test_a55_one_letter_finds_and_a_wildcard_does_not(roster, sign_in):  # noqa: ARG001
    browser = sign_in("ap_a1")
    assert set(found(browser, "đ")) == set(found(browser, "d"))
    assert "Nguyễn Thị Đào" in found(browser, "d")
    assert found(browser, "%") == found(browser, "_") == []


def test_a_query_is_shown_as_text(roster, sign_in):  # noqa: ARG001
    page = sign_in("ap_a1").get("/people?name=<script>alert(1)</script>")
    assert not page.all("script")


def test_people_are_sorted_by_given_name_the_vietnamese_way(world, sign_in):
    for name in ("Lê Văn Đạt", "Lê Văn Dũng", "Lê Văn An", "Lê Văn Ân", "Bùi Thị Án"):
        PersonFactory(name=name, unit=world.units["co_so"], status=PersonStatus.HONORARY)
    db.session.commit()
    shown = found(sign_in("co_so"), "", status="honorary")
    assert shown == ["Lê Văn An", "Bùi Thị Án", "Lê Văn Ân", "Lê Văn Dũng", "Lê Văn Đạt"]


def pages(browser, path):
    """Walk from the first page to the last and return the names of each."""
    seen = []
    while path:
        page = browser.get(path)
        seen.append(names(page))
        links = page.all("a", rel="next")
        path = links[0].get("href") if links else None
    return seen


@pytest.mark.parametrize("query", ["", "?name=mai", "?name=Mãi", "?name=Mai+Thị"])
def test_every_person_stands_on_precisely_one_page(world, sign_in, query):
    unit = world.units["ap_a1"]
    for number in range(30):
        PersonFactory(name=f"Mai Thị Mai {number}", unit=unit)
        PersonFactory(name=f"Mai Thị Mãi {number}", unit=unit)
    PersonFactory.create_batch(3, name="Mai Thị Mãi", unit=unit)
    db.session.commit()
    walked = pages(sign_in("ap_a1"), f"/people{query}")
    everyone = [name for page in walked for name in page]
    assert [len(page) for page in walked[:-1]] == [PAGE] * (len(walked) - 1)
    assert len(everyone) == (63 if query else 72)
    assert len(set(everyone)) == len(everyone) - 2


def test_exact_hits_come_first_across_pages(world, sign_in):
    for number in range(30):
        PersonFactory(name=f"Lê Thị Mai {number}", unit=world.units["ap_a1"])
        PersonFactory(name=f"Lê Thị Mãi {number}", unit=world.units["ap_a1"])
    db.session.commit()
    everyone = [name for page in pages(sign_in("ap_a1"), "/people?name=Mãi") for name in page]
    assert all("Mãi" in name for name in everyone[:30])
    assert all("Mai" in name for name in everyone[30:])


@pytest.mark.parametrize("after", ["x", "-1", "0", "99999999999999", "2000000000", "1e3", "²"])
def test_a_page_that_is_not_there_is_the_first(roster, sign_in, after):  # noqa: ARG001
    browser = sign_in("ap_a1")
    assert names(browser.get(f"/people?after={after}")) == names(browser.get("/people"))


def test_people_are_filtered_by_unit_with_all_below_it_and_by_status(roster, sign_in):
    browser = sign_in("huyen")
    commune, branch = roster.units["xa_b"].id, roster.units["ap_b1"].id
    assert len(found(browser, "", unit=commune)) == len(found(browser, "", unit=branch)) == 10
    assert found(browser, "", unit=commune, status="candidate") == ["Nguyễn Thị Đào"]
    assert len(found(browser, "", unit=commune, status="member")) == 9
    assert len(found(browser, "", unit=commune, status="unknown")) == 10


@pytest.mark.parametrize("unit", ["ap_b1", "xa_b", "huyen", "tinh"])
def test_people_cannot_be_filtered_by_a_unit_of_others(world, sign_in, unit):
    assert sign_in("xa_a").get(f"/people?unit={world.units[unit].id}").status == 404


def test_everyone_sees_the_people_of_their_own_subtree(roster, sign_in):  # noqa: ARG001
    counts = {name: len(found(sign_in(name), "Đào")) for name in ("ap_a1", "ap_a2", "xa_b", "xa_a")}
    assert counts == {"ap_a1": 4, "ap_a2": 0, "xa_b": 1, "xa_a": 4}
    assert len(found(sign_in("huyen"), "Nguyễn Thị Đào")) == 4


def test_the_list_of_people_asks_the_database_for_nothing_sensitive(person, sign_in):  # noqa: ARG001
    page = sign_in("ap_a1").get("/people")
    assert "Trần Thị Bưởi" in page.words()
    for secret in (*SECRETS.values(), "0909123456"):
        assert secret not in page.text


def test_the_page_of_a_person_covers_what_is_sensitive(person, sign_in):
    page = sign_in("ap_a1").get(f"/people/{person.id}")
    assert page.status == 200
    assert "Ấp 1, xã Tân Quới" in page.words()
    assert not [secret for secret in SECRETS.values() if secret in page.text]
    assert page.words().count("•••") == len(SECRETS)


def test_what_is_empty_is_covered_like_what_is_not(world, sign_in):
    bare = world.members["ap_a1"][0]
    page = sign_in("ap_a1").get(f"/people/{bare.id}")
    assert page.words().count("•••") == len(SECRETS)


def events_of(person):
    db.session.expire_all()
    kept = db.session.query(Event).filter_by(subject="people", subject_id=person.id)
    return [event for event in kept.order_by(Event.sequence) if event.step == "read_sensitive"]


def reveal(browser, person):
    path = f"/people/{person.id}"
    return browser.send(path, action=f"{path}/sensitive")


@pytest.mark.parametrize("who", ["ap_a1", "ap_a1.pho", "xa_a", "xa_a.canbo", "huyen"])
def test_opening_what_is_sensitive_shows_it_once_and_is_kept(person, sign_in, world, who):
    browser = sign_in(who)
    page = reveal(browser, person)
    assert page.status == 200
    assert not [secret for secret in SECRETS.values() if secret not in page.words()]
    (event,) = events_of(person)
    assert event.actor_id == world.accounts[who].id
    assert event.facts == {}
    assert "Phật giáo" not in browser.get(f"/people/{person.id}").text


def test_the_same_opening_sent_twice_is_kept_once(person, sign_in):
    browser = sign_in("ap_a1")
    path = f"/people/{person.id}"
    form = browser.get(path).form(f"{path}/sensitive")
    for _ in range(2):
        assert "Phật giáo" in browser.post(f"{path}/sensitive", form).text
    assert len(events_of(person)) == 1


def test_an_officer_of_the_district_sees_the_person_but_not_what_is_sensitive(person, sign_in):
    browser = sign_in("huyen.canbo")
    page = browser.get(f"/people/{person.id}")
    assert page.status == 200
    assert not [text for text in ("0909123456", "buoi@") if text in page.text]
    assert not page.all("form", action=f"/people/{person.id}/sensitive")
    refused = browser.post(f"/people/{person.id}/sensitive", {"csrf_token": token(browser)})
    assert refused.status == 403
    assert events_of(person) == []


def token(browser):
    return browser.get("/").all("input", name="csrf_token")[0].get("value")


def test_phone_and_mail_are_for_those_who_work_with_the_person(person, sign_in):
    page = sign_in("ap_a1").get(f"/people/{person.id}")
    assert "0909123456" in page.words()
    assert "buoi@doanthanhnien.vn" in page.words()


@pytest.mark.parametrize("who", ["xa_b", "ap_a2", "ap_b1", "co_so"])
def test_a_person_of_others_is_not_there(person, sign_in, who):
    browser = sign_in(who)
    assert browser.get(f"/people/{person.id}").status == 404
    asked = browser.post(f"/people/{person.id}/sensitive", {"csrf_token": token(browser)})
    assert asked.status == 404
    assert events_of(person) == []


def test_a_person_who_is_not_there_is_not_there(sign_in):
    assert sign_in("huyen").get("/people/2000000000").status == 404


def test_nobody_opens_what_is_sensitive_by_a_link(person, sign_in):
    assert sign_in("ap_a1").get(f"/people/{person.id}/sensitive").status == 405


def test_the_page_of_a_member_tells_the_stays_and_the_card(world, sign_in):
    member = MemberFactory(
        unit=world.units["ap_a1"],
        card_number="BT-000123",
        card_issued_on=date(2022, 4, 20),
    )
    db.session.commit()
    words = sign_in("ap_a1").get(f"/people/{member.id}").words()
    assert "BT-000123" in words
    assert "20/04/2022" in words
    assert "Chi đoàn ap_a1 26/03/2022 nay" in words


def test_the_page_of_a_person_leads_to_the_dossiers_about_them(journey, sign_in):
    way = journey(name="Lê Thị Mới").to("admitted")
    path = f"/people/{way.dossier.person_id}"
    for who in ("ap_a1", "xa_a", "huyen", "huyen.canbo"):
        page = sign_in(who).get(path)
        assert page.all("a", href=f"/dossiers/{way.ref}")
        assert "Đã kết nạp" in page.words()
        assert TODAY.strftime("%d/%m/%Y") in page.words()
