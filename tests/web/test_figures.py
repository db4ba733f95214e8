from datetime import date
from xml.etree.ElementTree import Element

import pytest

from app.extensions import db
from app.queries.units.figures import BANDS, ages_below
from tests.clock import TODAY
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
)
from tests.journeys import Journey
from workflows.calendar import anniversary
from workflows.levels import Post, UnitKind
from workflows.membership import Holding, PersonStatus, Sex

SVG = "{http://www.w3.org/2000/svg}"
# How wide the longest bar is drawn.
FULL = 318


def page_of(browser, unit):
    page = browser.get(f"/units/{unit.id}/figures")
    assert page.status == 200
    return page


def table(page, caption):
    """Return the rows of a table as texts, by its caption."""
    for each in page.all("table"):
        name = " ".join("".join(each[0].itertext()).split())
        if name == caption:
            body = each[2]
            return [["".join(cell.itertext()).strip() for cell in row] for row in body]
    raise AssertionError(caption)


def charts(page):
    return list(page.tree.iter(f"{SVG}svg"))


def widths(chart: Element, part: int) -> list[float]:
    """Return how wide the bars of a part are, without its square in the legend."""
    bars = [each for each in chart.iter(f"{SVG}rect") if each.get("class") == f"part-{part}"]
    return [float(each.get("width")) for each in bars if each.get("height") == "13"]


def member(world, unit, age, **more):
    born = anniversary(TODAY, -age)
    return MemberFactory(unit=world.units[unit], birth_date=born, **more)


def test_ages_are_counted_by_sex_for_a_unit_and_all_below_it(world, sign_in):
    for age, sex in ((17, Sex.MALE), (17, Sex.MALE), (31, Sex.FEMALE), (26, None)):
        member(world, "ap_b1", age, sex=sex)
    PersonFactory(unit=world.units["ap_b1"], sex=Sex.MALE)
    db.session.commit()
    page = page_of(sign_in("xa_b"), world.units["xa_b"])
    assert table(page, "Đoàn viên theo tuổi và giới tính") == [
        ["Dưới 18 tuổi", "2", "0", "0"],
        ["18–20 tuổi", "0", "9", "0"],
        ["21–23 tuổi", "0", "0", "0"],
        ["24–26 tuổi", "0", "0", "1"],
        ["27–30 tuổi", "0", "0", "0"],
        ["Trên 30 tuổi", "0", "1", "0"],
    ]
    assert "13 đoàn viên" in page.words()


@pytest.mark.parametrize("age", sorted(set(BANDS) - {0}))
def test_a_birthday_leads_into_the_next_band_on_the_day(world, age):
    born = anniversary(TODAY, -age)
    MemberFactory(unit=world.units["co_so"], birth_date=born, sex=Sex.MALE)
    db.session.commit()

    def band(day):
        found = ages_below(world.units["co_so"].path, day)
        return next(each.first for each in found if each.numbers.get(Sex.MALE))

    assert band(TODAY) == age
    assert band(date.fromordinal(TODAY.toordinal() - 1)) < age


def test_where_only_the_year_is_known_the_year_counts(world):
    MemberFactory(
        unit=world.units["co_so"],
        birth_date=date(TODAY.year - 24, 1, 1),
        birth_year_only=True,
        sex=Sex.MALE,
    )
    db.session.commit()
    found = ages_below(world.units["co_so"].path, TODAY)
    assert next(each.first for each in found if each.numbers.get(Sex.MALE)) == 24


def test_bars_are_as_long_as_their_numbers(world, sign_in):
    member(world, "ap_b1", 17, sex=Sex.MALE)
    for age in (25, 25, 25):
        member(world, "ap_b1", age, sex=Sex.MALE)
    db.session.commit()
    ages = charts(page_of(sign_in("ap_b1"), world.units["ap_b1"]))[0]
    assert widths(ages, 1) == [pytest.approx(FULL / 9, abs=0.01), pytest.approx(FULL / 3, abs=0.01)]
    assert widths(ages, 2) == [FULL]


def test_branches_are_drawn_by_size_with_the_mark_of_nine(world, sign_in):
    MemberFactory(unit=world.units["ap_a1"])
    small = UnitFactory(
        name="Chi đoàn Ấp Nhỏ",
        parent=world.units["xa_a"],
        district_id=world.units["huyen"].id,
        kind=UnitKind.ENTERPRISE,
    )
    MemberFactory.create_batch(2, unit=small)
    db.session.commit()
    browser = sign_in("xa_a")
    page = page_of(browser, world.units["xa_a"])
    assert table(page, "Đoàn viên của từng chi đoàn") == [
        ["Chi đoàn ap_a1", "10"],
        ["Chi đoàn ap_a2", "9"],
        ["Chi đoàn Ấp Nhỏ", "2"],
    ]
    marks = [each for each in charts(page)[1].iter(f"{SVG}line") if each.get("class") == "mark"]
    assert len({each.get("x1") for each in marks}) == 1
    unit = browser.get(f"/units/{world.units['xa_a'].id}")
    assert table(unit, "Quy mô chi đoàn") == [
        ["Mọi chi đoàn", "3", "2 (67%)", "1 (33%)", "1"],
        ["Chi đoàn ấp, khóm", "2", "2 (100%)", "1 (50%)", "0"],
    ]
    assert "Chi đoàn dưới 3 đoàn viên: Chi đoàn Ấp Nhỏ (2)" in unit.words()


def test_many_branches_are_drawn_by_classes_of_size(world, sign_in):
    for number in range(31):
        UnitFactory(
            name=f"Chi đoàn Ấp {number}",
            parent=world.units["xa_a"],
            district_id=world.units["huyen"].id,
        )
    db.session.commit()
    page = page_of(sign_in("xa_a"), world.units["xa_a"])
    assert table(page, "Số chi đoàn theo quy mô") == [
        ["Dưới 3 đoàn viên", "31"],
        ["3–8 đoàn viên", "0"],
        ["Đúng 9 đoàn viên", "2"],
        ["Trên 9 đoàn viên", "0"],
    ]


def test_book_card_and_badge_are_drawn_by_who_has_them(world, sign_in):
    for number, person in enumerate(world.members["ap_a1"][:4]):
        person.card = [Holding.HAS, Holding.HAS, Holding.REISSUED, Holding.LOST][number]
    world.members["ap_a1"][4].status = PersonStatus.MATURED
    db.session.commit()
    page = page_of(sign_in("ap_a1"), world.units["ap_a1"])
    assert table(page, "Đoàn viên có sổ, thẻ, huy hiệu") == [
        ["Sổ đoàn viên", "0", "0", "0", "8"],
        ["Thẻ đoàn viên", "2", "1", "1", "4"],
        ["Huy hiệu Đoàn", "0", "0", "0", "8"],
    ]


def test_a_picture_says_what_it_is_and_its_numbers_without_colour(world, sign_in):
    page = page_of(sign_in("xa_a"), world.units["xa_a"])
    for chart in charts(page):
        assert chart.get("role") == "img"
        named = page.all("figcaption", id=chart.get("aria-labelledby"))
        assert "".join(named[0].itertext()).strip()
    assert not page.all("script")
    assert " style=" not in page.text


def test_a_unit_without_members_has_no_picture(world, sign_in):
    bare = UnitFactory(parent=world.units["xa_a"], district_id=world.units["huyen"].id)
    db.session.commit()
    page = page_of(sign_in("xa_a"), bare)
    assert "Chưa có đoàn viên nào" in page.words()
    assert charts(page) == []


@pytest.mark.parametrize("who", ["xa_b", "ap_a2", "ap_b1"])
def test_a15_the_picture_of_a_unit_of_others_is_not_there(world, sign_in, who):
    assert sign_in(who).get(f"/units/{world.units['ap_a1'].id}/figures").status == 404


def test_the_page_of_a_unit_counts_what_waits_there(world, sign_in):
    Journey(world).to("commune_review")
    Journey(world, name="Lê Thị Hai").to("commune_review")
    Journey(world, name="Lê Thị Ba")
    unit = world.units["xa_a"].id
    words = sign_in("huyen").get(f"/units/{unit}").words()
    assert "Đoàn cơ sở xét (Kết nạp đoàn viên) 2" in words
    branch = sign_in("xa_a").get(f"/units/{world.units['ap_a1'].id}").words()
    assert "Chọn đối tượng (Kết nạp đoàn viên) 1" in branch


def test_an_administrator_finds_the_units_in_the_menu_and_no_people(world, sign_in):
    world.accounts["quan_tri"] = AccountFactory()
    commune = world.units["xa_a"]
    AppointmentFactory(account=world.accounts["quan_tri"], unit=commune, post=Post.ADMINISTRATOR)
    db.session.commit()
    browser = sign_in("quan_tri")
    page = browser.get("/")
    assert page.all("a", href="/units")
    assert not page.all("a", href="/people")
    shown = browser.get(f"/units/{commune.id}")
    assert shown.status == 200
    assert "Đang chờ ở đây" not in shown.words()
